import { fill } from '@fangang/domain/basics/say.ts';
import type { PlanGapLine, PlanView } from '@fangang/domain/trips/api-planning.ts';
import { planningWords, planText, reasonWords, remedyWords } from '@fangang/domain/trips/words-planning.ts';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';

function Who({ gap }: { gap: PlanGapLine }): ReactNode {
  const say = useWords(planningWords);
  const nameOf = useNames();
  const [first] = gap.persons;
  if (!first) return null;
  const name = nameOf(first.name, first.pinyin);
  return (
    <Link to="/people" search={{ person: first.id }} className="link">
      {gap.persons.length > 1 ? say('whoMore', { name, n: gap.persons.length }) : name}
    </Link>
  );
}

function useColumns(): readonly Column<PlanGapLine>[] {
  const say = useWords(planningWords);
  const nameOf = useNames();
  const { language } = useLanguage();
  return useMemo(
    () => [
      {
        key: 'who',
        title: say('who'),
        width: 150,
        cell: (it) => <Who gap={it} />,
        sortBy: (it) => it.persons.length,
      },
      {
        key: 'home',
        title: say('home'),
        width: 110,
        cell: (it) => nameOf(it.areaName, it.areaPinyin),
        minor: true,
      },
      {
        key: 'why',
        title: say('why'),
        cell: (it) => fill(planText(reasonWords, it.reason), language, it.facts),
      },
      {
        key: 'helps',
        title: say('helps'),
        cell: (it) => <b>{fill(planText(remedyWords, it.remedy), language, it.remedyFacts)}</b>,
        sortBy: (it) => it.remedy,
      },
      {
        key: 'owner',
        title: say('owner'),
        width: 120,
        cell: (it) => it.owner?.name ?? <span className="tone-danger">{say('noOwner')}</span>,
      },
    ],
    [say, nameOf, language],
  );
}

/** Everybody the plan has no way for, by reason: why, what would help, and who answers. */
export function PlanGaps({ plan }: { plan: PlanView }): ReactNode {
  const say = useWords(planningWords);
  const columns = useColumns();
  const { language } = useLanguage();
  const people = plan.gaps.reduce((sum, it) => sum + it.persons.length, 0);
  const rows = useMemo(
    () => plan.gaps.toSorted((a, b) => (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0)),
    [plan],
  );
  const heading = (it: PlanGapLine): string =>
    fill(planText(reasonWords, it.reason), language).replace(/[（(]?\{[^{}]+\}[）)]?/g, '…');
  return (
    <section className="plan-section" aria-label={say('gapsTitle', { n: people })}>
      <div className="section-head">
        <h2>
          {people > 0 ? (
            <StatusMark kind="held" strong>
              {say('gapsTitle', { n: people })}
            </StatusMark>
          ) : (
            <StatusMark kind="done">{say('noGaps')}</StatusMark>
          )}
        </h2>
      </div>
      {people > 0 && (
        <RuledTable
          label={say('gapsTitle', { n: people })}
          columns={columns}
          rows={rows}
          keyOf={(it) => `${it.party} ${it.persons[0]?.id ?? ''}`}
          groupOf={heading}
        />
      )}
    </section>
  );
}

import { fill } from '@fangang/domain/basics/say.ts';
import type { PlanGapLine, PlanView } from '@fangang/domain/trips/api-planning.ts';
import { planningWords, planText, reasonWords, remedyWords } from '@fangang/domain/trips/words-planning.ts';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode, useMemo } from 'react';
import { shortDate, timeOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';

/** Days and moments among the facts, as they are written elsewhere on the page. */
function readable(facts: PlanGapLine['facts']): Record<string, string | number> {
  const shown = (it: string | number): string | number => {
    if (typeof it === 'number') return it;
    if (/^\d{4}-\d{2}-\d{2}T/.test(it)) return `${shortDate(it)} ${timeOf(it)}`;
    return /^\d{4}-\d{2}-\d{2}$/.test(it) ? shortDate(it) : it;
  };
  return Object.fromEntries(Object.entries(facts).map(([key, it]) => [key, shown(it)]));
}

function Who({ gap }: { gap: PlanGapLine }): ReactNode {
  const nameOf = useNames();
  return gap.persons.map((it, i) => (
    <Fragment key={it.id}>
      {i > 0 && ' · '}
      <Link to="/people" search={{ person: it.id }} className="link">
        {nameOf(it.name, it.pinyin)}
      </Link>
    </Fragment>
  ));
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
        width: 190,
        cell: (it) => <Who gap={it} />,
        sortBy: (it) => it.persons[0]?.pinyin,
      },
      {
        key: 'home',
        title: say('home'),
        width: 110,
        cell: (it) => nameOf(it.areaName, it.areaPinyin),
        sortBy: (it) => it.area,
        minor: true,
      },
      { key: 'why', title: say('why'), cell: (it) => <Long text={sentence(reasonWords, it, language)} /> },
      {
        key: 'helps',
        title: say('helps'),
        cell: (it) => (
          <b>
            <Long text={fill(planText(remedyWords, it.remedy), language, readable(it.remedyFacts))} />
          </b>
        ),
        sortBy: (it) => it.remedy,
      },
      {
        key: 'owner',
        title: say('owner'),
        width: 132,
        cell: (it) =>
          (it.owner && nameOf(it.owner.name, it.owner.pinyin)) ?? (
            <span className="tone-danger">{say('noOwner')}</span>
          ),
        sortBy: (it) => it.owner?.name,
      },
    ],
    [say, nameOf, language],
  );
}

/** A sentence that may be cut by its column: whole on hover. */
function Long({ text }: { text: string }): ReactNode {
  return <span title={text}>{text}</span>;
}

function sentence(table: typeof reasonWords, it: PlanGapLine, language: 'zh' | 'en'): string {
  return fill(planText(table, it.reason), language, readable(it.facts));
}

/** Everybody the plan has no way for, by reason: why, what would help, and who answers. */
export function PlanGaps({ plan }: { plan: PlanView }): ReactNode {
  const say = useWords(planningWords);
  const columns = useColumns();
  const { language } = useLanguage();
  const people = useMemo(() => {
    const sums = new Map<string, number>();
    for (const it of plan.gaps) sums.set(it.reason, (sums.get(it.reason) ?? 0) + it.persons.length);
    return sums;
  }, [plan.gaps]);
  const rows = useMemo(
    () =>
      plan.gaps.toSorted(
        (a, b) =>
          (people.get(b.reason) ?? 0) - (people.get(a.reason) ?? 0) ||
          (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0),
      ),
    [plan.gaps, people],
  );
  if (rows.length === 0) return <EmptyState title={say('noGaps')} />;
  // A group holds many: the numbers of one of them would be wrong for the others.
  const heading = (it: PlanGapLine): string => {
    const text = fill(planText(reasonWords, it.reason), language);
    const plain = text.replace(/[（(]?\{[^{}]+\}(\s*[–-]\s*\{[^{}]+\})?[）)]?/g, '…');
    return `${plain}　${say('gapsTitle', { n: people.get(it.reason) ?? 0 })}　`;
  };
  return (
    <RuledTable
      label={say('gapsTitle', { n: plan.unplaced })}
      columns={columns}
      rows={rows}
      keyOf={(it) => `${it.party} ${it.persons[0]?.id ?? ''}`}
      groupOf={heading}
      height="100%"
    />
  );
}

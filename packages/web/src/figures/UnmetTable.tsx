import { grouped } from '@fangang/domain/basics/say.ts';
import type { UnmetGroup } from '@fangang/domain/figures/schema.ts';
import { figurePageWords, unmetWords } from '@fangang/domain/figures/words.ts';
import { type ReactNode, useId, useState } from 'react';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import type { OpenedRows } from './RowsDrawer.tsx';
import { reasonsOf, type UnmetReason } from './unmet-reasons.ts';
import './figures.css';

type Open = (rows: OpenedRows) => void;

/** Words of a reason or a remedy; a code without words is shown as it is. */
function useCodeWords(): (kind: 'reason' | 'remedy', code: string | null) => string {
  const { language } = useLanguage();
  return (kind, code) => {
    const table: Readonly<Record<string, { zh: string; en: string }>> = unmetWords;
    return table[`${kind}.${code ?? 'none'}`]?.[language] ?? code ?? '';
  };
}

function FoldMark({ open }: { open: boolean }): ReactNode {
  return (
    <svg width="10" height="10" aria-hidden="true">
      <path d={open ? 'M1,3h8l-4,5z' : 'M3,1v8l5,-4z'} fill="currentColor" />
    </svg>
  );
}

/** How many people: opens their rows. */
function CountCell({ n, label, onOpen }: { n: number; label: string; onOpen: () => void }): ReactNode {
  const say = useWords(figurePageWords);
  return (
    <td className="end">
      <button
        type="button"
        className="link"
        aria-label={say('openPeople', { what: label, n })}
        onClick={onOpen}
      >
        {grouped(n)}
      </button>
    </td>
  );
}

function OwnerRow({ group, title, onOpen }: { group: UnmetGroup; title: string; onOpen: Open }): ReactNode {
  const say = useWords(figurePageWords);
  const nameOf = useNames();
  const { reason, remedy, district, ownerId, owner, ownerPinyin } = group;
  const place = nameOf(group.districtName, group.districtPinyin);
  const which = {
    ...(reason && { reason }),
    ...(remedy && { remedy }),
    district,
    ...(ownerId && { owner: ownerId }),
  };
  const open = (): void => onOpen({ key: 'unmet', title: `${place} · ${title}`, which });
  return (
    <tr>
      <CountCell n={group.persons} label={`${place} ${title}`} onOpen={open} />
      <th scope="row">{place}</th>
      <td className="unmet-remedy" />
      <td>{owner ? nameOf(owner, ownerPinyin) : say('nobody')}</td>
    </tr>
  );
}

function ReasonRows({ it, onOpen }: { it: UnmetReason; onOpen: Open }): ReactNode {
  const say = useWords(figurePageWords);
  const wordsOf = useCodeWords();
  const nameOf = useNames();
  const id = useId();
  const [open, setOpen] = useState(false);
  const title = wordsOf('reason', it.reason);
  const remedy = wordsOf('remedy', it.remedy);
  const which = { ...(it.reason && { reason: it.reason }), ...(it.remedy && { remedy: it.remedy }) };
  const [only, ...others] = it.owners;
  return (
    <>
      <tbody>
        <tr>
          <CountCell n={it.persons} label={title} onOpen={() => onOpen({ key: 'unmet', title, which })} />
          <th scope="row">
            <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
              <FoldMark open={open} /> <b>{title}</b>
            </button>
            <span className="unmet-remedy-below">{remedy}</span>
          </th>
          <td className="unmet-remedy">{remedy}</td>
          <td>
            {only && others.length === 0
              ? `${nameOf(only.districtName, only.districtPinyin)} ${only.owner ? nameOf(only.owner, only.ownerPinyin) : say('nobody')}`
              : say('ownersOf', { n: it.owners.length })}
          </td>
        </tr>
      </tbody>
      <tbody id={id} className="unmet-owners" hidden={!open}>
        {it.owners.map((group) => (
          <OwnerRow key={`${group.district} ${group.ownerId}`} group={group} title={title} onOpen={onOpen} />
        ))}
      </tbody>
    </>
  );
}

/** People without a way: one line for each reason and what would help; folded under it who answers for how many (law 7). */
export function UnmetTable({ groups, onOpen }: { groups: readonly UnmetGroup[]; onOpen: Open }): ReactNode {
  const say = useWords(figurePageWords);
  return (
    <table className="ruled unmet" aria-label={say('unmetBy')}>
      <thead>
        <tr>
          <th scope="col" className="end unmet-count">
            {say('people')}
          </th>
          <th scope="col">{say('reason')}</th>
          <th scope="col" className="unmet-remedy">
            {say('remedy')}
          </th>
          <th scope="col" className="unmet-owner">
            {say('owner')}
          </th>
        </tr>
      </thead>
      {reasonsOf(groups).map((it) => (
        <ReasonRows key={it.key} it={it} onOpen={onOpen} />
      ))}
    </table>
  );
}

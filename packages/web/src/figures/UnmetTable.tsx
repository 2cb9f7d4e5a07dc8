import { grouped } from '@fangang/domain/basics/say.ts';
import type { UnmetGroup } from '@fangang/domain/figures/schema.ts';
import { figurePageWords, unmetWords } from '@fangang/domain/figures/words.ts';
import type { ReactNode } from 'react';
import { useLanguage, useWords } from '../platform/language.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import './figures.css';

/** Words of a reason or a remedy; a code without words is shown as it is. */
function useCodeWords(): (kind: 'reason' | 'remedy', code: string | null) => string {
  const { language } = useLanguage();
  return (kind, code) => {
    const table: Readonly<Record<string, { zh: string; en: string }>> = unmetWords;
    return table[`${kind}.${code ?? 'none'}`]?.[language] ?? code ?? '';
  };
}

/** People without a way: why, what would help, who answers (law 7). */
export function UnmetTable({ groups }: { groups: readonly UnmetGroup[] }): ReactNode {
  const say = useWords(figurePageWords);
  const wordsOf = useCodeWords();
  const columns: Column<UnmetGroup>[] = [
    {
      key: 'n',
      title: say('people'),
      width: 72,
      align: 'end',
      cell: (it) => <b>{grouped(it.persons)}</b>,
      sortBy: (it) => it.persons,
    },
    {
      key: 'reason',
      title: say('reason'),
      cell: (it) => wordsOf('reason', it.reason),
      sortBy: (it) => it.reason,
    },
    { key: 'remedy', title: say('remedy'), cell: (it) => wordsOf('remedy', it.remedy) },
    {
      key: 'owner',
      title: say('owner'),
      width: 120,
      cell: (it) => it.owner ?? say('nobody'),
      sortBy: (it) => it.owner,
    },
  ];
  return (
    <RuledTable
      label={say('unmetBy')}
      columns={columns}
      rows={groups}
      keyOf={(it) => `${it.reason} ${it.remedy} ${it.owner}`}
    />
  );
}

import { words } from '@fangang/domain/basics/words.ts';
import { figurePageWords, figureWords } from '@fangang/domain/figures/words.ts';
import type { ReactNode } from 'react';
import { longDate, timeOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';

/** Head of the figures on paper: what it is, whose, of when. The screen does not show it. */
export function SheetHead({ asOf }: { asOf: string }): ReactNode {
  const say = useWords(figurePageWords);
  const shell = useWords(words);
  const nameOf = useNames();
  const { language } = useLanguage();
  const { staff, sample } = useSession();
  return (
    <header className="sheet-head">
      <p className="sheet-title">{say('sheetTitle')}</p>
      <p className="sheet-facts">
        <span>{staff ? nameOf(staff.areaName, staff.areaPinyin) : shell('productName')}</span>
        <span>{shell('asOf', { at: `${longDate(asOf, language)} ${timeOf(asOf)}` })}</span>
        <span>{sample ? shell('sampleIsSynthetic') : ''}</span>
      </p>
    </header>
  );
}

const DEFINED = ['runs', 'persons', 'unmet'] as const;

/** Foot of the figures on paper: how they are counted, and the seal. */
export function SheetFoot(): ReactNode {
  const say = useWords(figurePageWords);
  const sayFigure = useWords(figureWords);
  return (
    <footer className="sheet-foot">
      <dl>
        {DEFINED.map((it) => (
          <div key={it}>
            <dt>{sayFigure(it)}</dt>
            <dd>{sayFigure(`${it}.as`)}</dd>
          </div>
        ))}
      </dl>
      <p className="sheet-seal">{say('sheetSeal')}</p>
    </footer>
  );
}

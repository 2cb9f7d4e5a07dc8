import { needsOfPerson } from '@fangang/domain/people/api-needs.ts';
import { difficultyWords } from '@fangang/domain/people/words-difficulty.ts';
import { needKindWords, needWords } from '@fangang/domain/people/words-needs.ts';
import { type ReactNode, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { DifficultyMark, NeedMark, useDifficultyKind } from './need-marks.tsx';
import { TellDifficulty } from './TellDifficulty.tsx';
import './people.css';

/** What one person needs and has told, in the person's drawer; a difficulty told by phone is written down here. */
export function PersonNeeds({ personId, season }: { personId: string; season: string }): ReactNode {
  const say = useWords(needWords);
  const sayKind = useWords(needKindWords);
  const sayDifficulty = useWords(difficultyWords);
  const kindOf = useDifficultyKind();
  const [telling, setTelling] = useState(false);
  const { data, error } = useRead(needsOfPerson, { params: { personId }, query: { season } });
  if (error) return <ErrorNote error={error} />;
  if (!data) return null;
  return (
    <section className="person-needs">
      <h3>{say('ofPerson')}</h3>
      {data.needs.length === 0 && <p className="hint">{say('noNeeds')}</p>}
      <ul className="record-list">
        {data.needs.map((it) => (
          <li key={it.id}>
            <b>{sayKind(it.kind)}</b> <NeedMark need={it} /> <span className="hint">{it.due}</span>{' '}
            {it.owner ?? (it.status === 'open' ? say('nobody') : '')}
          </li>
        ))}
        {data.difficulties.map((it) => (
          <li key={it.id}>
            <b>
              {sayDifficulty('title')}: {kindOf(it.kind)}
            </b>{' '}
            <DifficultyMark it={it} /> <span className="hint">{it.due}</span> {it.owner}
          </li>
        ))}
      </ul>
      {telling ? (
        <TellDifficulty personId={personId} season={season} onDone={() => setTelling(false)} />
      ) : (
        <Button onPress={() => setTelling(true)}>{sayDifficulty('tell')}</Button>
      )}
    </section>
  );
}

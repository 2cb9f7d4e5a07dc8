import { grouped } from '@fangang/domain/basics/say.ts';
import { type Check, type SystemLine, systemLines } from '@fangang/domain/figures/programme.ts';
import type { FigureKey } from '@fangang/domain/figures/schema.ts';
import { firstScreenWords } from '@fangang/domain/figures/words.ts';
import type { ReactNode } from 'react';
import { useLanguage, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { type MarkKind, StatusMark } from '../platform/ui/StatusMark.tsx';
import type { FirstScreenFacts } from './first-screen-map.tsx';

const MARK_OF = {
  agrees: 'done',
  fewer: 'todo',
  more: 'moved',
  underWay: 'now',
  notBuilt: 'unbuilt',
} as const satisfies Record<Check, MarkKind>;

type Try = NonNullable<SystemLine['tryIt']>;

function LineOf({
  line,
  onOpen,
  onTry,
}: {
  line: SystemLine;
  onOpen: (key: FigureKey, area: string | null) => void;
  onTry: (it: Try) => void;
}): ReactNode {
  const say = useWords(firstScreenWords);
  const { rows, tryIt } = line;
  return (
    <tr className={line.built ? undefined : 'unbuilt'}>
      <td className="no">{line.no}</td>
      <th scope="row">{line.title}</th>
      <td className="where">{line.where}</td>
      <td className="said">{line.published}</td>
      <td className="counted">{line.built ? line.counted : say('notBuilt')}</td>
      <td className="agrees">
        <StatusMark kind={MARK_OF[line.check]}>{say(`check.${line.check}`)}</StatusMark>
      </td>
      <td className="end rows">
        {rows ? (
          <Button
            kind="link"
            onPress={() => onOpen(rows.key, rows.district)}
            aria-label={`${line.title}: ${rows.n}`}
          >
            {grouped(rows.n)}
          </Button>
        ) : (
          '—'
        )}
      </td>
      <td className="end do">
        {tryIt ? (
          <Button kind="link" onPress={() => onTry(tryIt)}>
            {tryIt.word}
          </Button>
        ) : (
          '—'
        )}
      </td>
    </tr>
  );
}

/** The sixteen systems of the reference programme: published beside counted; what is not built says so. */
export function FirstScreenProgramme({
  facts,
  onOpen,
  onTry,
}: {
  facts: FirstScreenFacts;
  onOpen: (key: FigureKey, area: string | null) => void;
  onTry: (it: Try) => void;
}): ReactNode {
  const say = useWords(firstScreenWords);
  const { language } = useLanguage();
  return (
    <section className="first-programme">
      <h2>
        {say('programme')} <span>{say('programmeNote')}</span>
      </h2>
      <div className="first-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col" className="no">
                <span className="unseen">{say('number')}</span>
              </th>
              <th scope="col">{say('system')}</th>
              <th scope="col">{say('where')}</th>
              <th scope="col">{say('published')}</th>
              <th scope="col">{say('counted')}</th>
              <th scope="col">{say('check')}</th>
              <th scope="col" className="end">
                {say('rows')}
              </th>
              <th scope="col" className="end">
                {say('doIt')}
              </th>
            </tr>
          </thead>
          <tbody>
            {systemLines(facts.programme, language).map((line) => (
              <LineOf key={line.no} line={line} onOpen={onOpen} onTry={onTry} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

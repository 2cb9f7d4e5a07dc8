import { grouped } from '@fangang/domain/basics/say.ts';
import { exportUpload, type UploadView } from '@fangang/domain/people/api.ts';
import { peopleWords } from '@fangang/domain/people/words.ts';
import { importWords, wishFieldWords } from '@fangang/domain/people/words-import.ts';
import { recordFieldWords } from '@fangang/domain/people/words-registry.ts';
import { type ReactNode, useMemo } from 'react';
import { addressOf } from '../platform/call.ts';
import { useLanguage, useWords } from '../platform/language.tsx';

/** Field by field: how many of the people on the books get a value they had not, how many another one. */
function WouldChange({ view }: { view: UploadView }): ReactNode {
  const sayImport = useWords(importWords);
  const sayField = useWords({ ...wishFieldWords, ...recordFieldWords });
  return (
    <table className="import-counts">
      <thead>
        <tr>
          <th>{sayImport('changes')}</th>
          <th>{sayImport('fills')}</th>
          <th>{sayImport('differs')}</th>
        </tr>
      </thead>
      <tbody>
        {view.wouldChange.map(({ field, fills, differs }) => (
          <tr key={field}>
            <td>{sayField(field as keyof typeof recordFieldWords)}</td>
            <td>{grouped(fills)}</td>
            <td>{grouped(differs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What submitting would do, and where rows are bad. */
export function WouldBe({ view }: { view: UploadView }): ReactNode {
  const say = useWords(peopleWords);
  const sayImport = useWords(importWords);
  const { language } = useLanguage();
  const reasons = useMemo(() => {
    const counts = new Map<string, number>();
    for (const it of view.rejected) {
      const reason = it.message.split(' → ')[0] ?? it.code;
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1]);
  }, [view.rejected]);
  const lines = [
    [say('wouldCreate'), view.would.created],
    [say('wouldUpdate'), view.would.updated],
    [say('wouldKeep'), view.would.unchanged],
    [say('wouldSkip'), view.skipped],
  ] as const;
  return (
    <aside>
      <div className="section-head">
        <h2>{say('wouldTitle')}</h2>
      </div>
      <table className="import-counts">
        <tbody>
          {lines.map(([label, n]) => (
            <tr key={label}>
              <td>{label}</td>
              <td>{grouped(n)}</td>
            </tr>
          ))}
          <tr>
            <td>{say('wouldLeave')}</td>
            <td className={view.bad > 0 ? 'bad' : undefined}>{grouped(view.bad)}</td>
          </tr>
        </tbody>
      </table>
      {view.wouldChange.length > 0 && <WouldChange view={view} />}
      {(view.bad > 0 || view.warnings.length > 0) && (
        <p>
          <a
            className="link"
            href={addressOf(exportUpload, { params: { uploadId: view.uploadId }, query: { lang: language } })}
          >
            {sayImport('marked')}
          </a>
        </p>
      )}
      {reasons.length > 0 && (
        <>
          <div className="section-head">
            <h2>{say('badWhere')}</h2>
          </div>
          <table className="import-counts">
            <tbody>
              {reasons.map(([reason, n]) => (
                <tr key={reason}>
                  <td>{reason}</td>
                  <td>{grouped(n)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {view.warnings.length > 0 && (
        <details>
          <summary>{say('warnings', { n: view.warnings.length })}</summary>
          <ul>
            {view.warnings.map((it) => (
              <li key={`${it.row} ${it.field} ${it.code}`}>
                {it.row} {it.column}　{it.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </aside>
  );
}

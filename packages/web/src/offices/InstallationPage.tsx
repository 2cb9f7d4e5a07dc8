import { words } from '@fangang/domain/basics/words.ts';
import {
  type CheckLine,
  type Installation,
  readInstallation,
} from '@fangang/domain/offices/api-installation.ts';
import { checkWords, installationWords, sayFound } from '@fangang/domain/offices/words-installation.ts';
import type { ReactNode } from 'react';
import { useRead } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useLanguage, useWords } from '../platform/language.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useTitle } from '../platform/use-title.ts';
import './installation.css';

const MEGABYTE = 1024 * 1024;

function Checks({ checks }: { checks: readonly CheckLine[] }): ReactNode {
  const say = useWords(installationWords);
  const sayCheck = useWords(checkWords);
  const { language } = useLanguage();
  const wrong = checks.filter((it) => !it.ok).length;
  return (
    <section className="page-body">
      <div className="section-head">
        <h2>{say('checks')}</h2>
        <span>{wrong === 0 ? say('allSound', { n: checks.length }) : say('notSound', { n: wrong })}</span>
      </div>
      <ul className="checks">
        {checks.map((it) => (
          <li key={it.check} className={it.ok ? undefined : 'wrong'}>
            <StatusMark kind={it.ok ? 'done' : 'wrong'}>{say(it.ok ? 'sound' : 'wrong')}</StatusMark>
            <b>{sayCheck(it.check)}</b>
            <span>{sayFound(it, language)}</span>
            {!it.ok && <span>→ {sayCheck(`${it.check}.remedy`)}</span>}
          </li>
        ))}
      </ul>
      <p className="sub">{say('sameAsDoctor')}</p>
    </section>
  );
}

function SampleMark({ sample }: { sample: Installation['sample'] }): ReactNode {
  const say = useWords(installationWords);
  if (!sample) return say('noSample');
  const { seed, scale, state } = sample;
  const is = say('sampleIs', { seed: String(seed), scale });
  return state === 'filling' ? `${is} · ${say('sampleFilling')}` : is;
}

function Facts({ it }: { it: Installation }): ReactNode {
  const say = useWords(installationWords);
  const { database, clock, migrations } = it;
  const facts: readonly [string, ReactNode][] = [
    [say('version'), it.version],
    [say('node'), it.node],
    [say('started'), momentOf(it.startedAt)],
    [say('database'), `PostgreSQL ${database.version}`],
    [say('size'), say('megabytes', { n: Math.round(database.bytes / MEGABYTE) })],
    [say('dataDir'), <code key="dir">{database.dataDir}</code>],
    [say('migrations'), migrations.map(({ name }) => name.replace(/\.sql$/, '')).join(' · ')],
    [say('clock'), `${momentOf(clock.now)} · ${say(`clock.${clock.mode}`)}`],
    [say('sample'), <SampleMark key="sample" sample={it.sample} />],
    [say('accounts'), say('accountsOf', { offices: it.offices, accounts: it.accounts })],
  ];
  return (
    <section className="page-body">
      <div className="section-head">
        <h2>{say('facts')}</h2>
      </div>
      <dl className="facts">
        {facts.flatMap(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} is`}>{value}</dd>])}
      </dl>
    </section>
  );
}

/** For IT: what runs here, since when, on which database, and whether it is sound. */
export function InstallationPage(): ReactNode {
  const say = useWords(words);
  const { data, error, refetch } = useRead(readInstallation, undefined);
  useTitle(say('installation'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('installation')}</h1>
      </div>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="installation">
          <Checks checks={data.checks} />
          <Facts it={data} />
        </div>
      )}
    </>
  );
}

import { words } from '@fangang/domain/basics/words.ts';
import { type GateView, readGate } from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { FieldMenu } from '../offices/SignOut.tsx';
import { useRead } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Tabs } from '../platform/ui/Tabs.tsx';
import { useTitle } from '../platform/use-title.ts';
import { GateSigned, GateSigns, GateWaits } from './gate-steps.tsx';
import './gate.css';

function GateBody({ view }: { view: GateView }): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const { stop: asked } = useSearch({ strict: false }) as { stop?: string };
  const first = view.stops.find((it) => it.signedAt === null) ?? view.stops[0];
  // Chosen once: whoever has signed at one of two gates goes on seeing what was signed.
  const [chosen, setChosen] = useState(asked ?? String(first?.no));
  const stop = view.stops.find((it) => String(it.no) === chosen) ?? first;
  if (!stop) return <EmptyState title={say('noGate')} next={say('noGateNext')} />;
  const tabs = view.stops.map((it) => ({ key: String(it.no), title: names(it.name, it.pinyin) }));
  const Step = stop.signedAt ? GateSigned : stop.arrivedAt ? GateSigns : GateWaits;
  return (
    <>
      {tabs.length > 1 && (
        <Tabs label={say('stops')} tabs={tabs} value={String(stop.no)} onChange={setChosen} />
      )}
      <Step key={stop.no} view={view} stop={stop} />
    </>
  );
}

/** The factory gate: the bus is here, who came, one signature. */
export function GatePage(): ReactNode {
  const shell = useWords(words);
  const names = useNames();
  useTitle(shell('gate'));
  const { tripId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useRead(readGate, { params: { tripId } }, { everyMs: 10_000 });
  const only = data?.stops.length === 1 ? data.stops[0] : undefined;
  return (
    <main className="field-page field gate">
      <header className="field-head">
        <h1>{only ? names(only.name, only.pinyin) : shell('gate')}</h1>
        {data && <span className="to">{data.trip.code}</span>}
        <FieldMenu />
      </header>
      {error && <ErrorNote error={error} tables={[tripRefusals]} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <GateBody view={data} />}
    </main>
  );
}

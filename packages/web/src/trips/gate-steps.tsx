import { arriveAtStop, type GateStop, type GateView } from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { momentOf, timeOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { DOORS, ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { useTried } from './gate-attempt.ts';
import { GateCounts } from './gate-count.tsx';
import { Signature } from './gate-pad.tsx';
import type { Turned } from './gate-reading.ts';
import { GateSignature, GateWay } from './gate-sign.tsx';
import { useTravellerNames } from './traveller-name.ts';

interface At {
  readonly view: GateView;
  readonly stop: GateStop;
}

/** The names, to be read: whoever did not come is struck through. */
function Names({ stop, isOver }: { stop: GateStop; isOver: boolean }): ReactNode {
  const travellers = useTravellerNames();
  const { language } = useLanguage();
  return (
    <ol className={`roll roll-${language}`}>
      {stop.people.map((it) => (
        <li key={it.leg} className={isOver && it.state !== 'arrived' ? 'missing' : undefined}>
          <span>{it.seat}</span>
          {travellers(it)}
        </li>
      ))}
    </ol>
  );
}

/** The bus is on its way, or before the gate: the guard notes that it is here. */
export function GateWaits({ view, stop }: At): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const { send, busy } = useWrite(arriveAtStop, ['figures']);
  const { error, attempt } = useTried();
  const { trip } = view;
  const isUnderWay = trip.status === 'departed';
  const arrive = (): void =>
    attempt(async () => {
      const answer = await send({ params: { tripId: trip.id }, body: { stop: stop.no } });
      return answer.ok ? null : answer.refusal;
    });
  return (
    <>
      <div className="field-body">
        <ThreeDoorLine doors={isUnderWay ? DOORS.departed : DOORS.ticketed} size="phone" />
        <h2>{say('busComes', { n: String(trip.nth), at: momentOf(stop.arriveAt) })}</h2>
        <p>{say('fromPlace', { at: timeOf(trip.departAt), place: names(trip.areaName, trip.areaPinyin) })}</p>
        {!isUnderWay && <p>{say('notLeft')}</p>}
        {error !== null && <ErrorNote error={error} tables={[tripRefusals]} />}
      </div>
      <div className="gate-scroll">
        <Names stop={stop} isOver={false} />
      </div>
      <div className="one-bar">
        <button type="button" className="all" disabled={!isUnderWay || busy} onClick={arrive}>
          {say('itIsHere')}
          <small>{say('itIsHereMeans')}</small>
        </button>
      </div>
    </>
  );
}

/** Counting first, then the signature; going back keeps who was missing. */
export function GateSigns({ view, stop }: At): ReactNode {
  const [turned, setTurned] = useState<Turned>(new Map());
  const [isCounted, setCounted] = useState(false);
  if (isCounted)
    return <GateSignature view={view} stop={stop} turned={turned} onBack={() => setCounted(false)} />;
  return (
    <GateCounts
      view={view}
      stop={stop}
      turned={turned}
      onTurned={setTurned}
      onCounted={() => setCounted(true)}
    />
  );
}

function SignedFacts({ view, stop }: At): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const { trip } = view;
  const { handover } = stop;
  if (!handover) return null;
  return (
    <dl className="gate-facts">
      <dt>{say('busFact')}</dt>
      <dd>
        {[say('bus', { n: String(trip.nth) }), trip.plate, trip.code].filter(Boolean).join(say('listJoin'))}
      </dd>
      <dt>{say('sentFrom')}</dt>
      <dd>{names(trip.areaName, trip.areaPinyin)}</dd>
      <dt>{say('gateFact')}</dt>
      <dd>{names(stop.name, stop.pinyin)}</dd>
      <dt>{say('signer')}</dt>
      <dd>{say('signedBy', { name: handover.signerName, at: momentOf(handover.at) })}</dd>
      {handover.note && (
        <>
          <dt>{say('noteFact')}</dt>
          <dd>{handover.note}</dd>
        </>
      )}
    </dl>
  );
}

/** The paper as it was signed, to be kept or printed. */
export function GateSigned({ view, stop }: At): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const { handover } = stop;
  if (!handover) return null;
  const short = stop.people.length - handover.heads;
  return (
    <>
      <div className="gate-scroll">
        <div className="field-body">
          <p className="gate-title" aria-hidden="true">
            {say('receiptTitle')}
          </p>
          <GateWay view={view} stop={stop} />
          <h2 className="gate-done">
            <StatusMark kind="done">{say('signedTitle', { n: handover.heads })}</StatusMark>
            {short > 0 && <StatusMark kind="again">{say('shortNow', { n: short })}</StatusMark>}
          </h2>
          <SignedFacts view={view} stop={stop} />
        </div>
        <div className="gate-signed">
          {handover.signature && <Signature path={handover.signature} />}
          <p className="gate-seal" aria-hidden="true">
            {say('seal')}
          </p>
        </div>
        <Names stop={stop} isOver />
        <p className="gate-hint">
          {say('signedWrong', { place: names(view.trip.areaName, view.trip.areaPinyin) })}
        </p>
      </div>
      <div className="field-foot">
        <Button onPress={() => window.print()}>{say('printReceipt')}</Button>
      </div>
    </>
  );
}

import {
  type Arrival,
  arriveAtStop,
  type GateStop,
  type GateView,
  signForPeople,
} from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { momentOf, timeOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Check, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { MarkShape, StatusMark } from '../platform/ui/StatusMark.tsx';
import { DOORS, ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { Signature, SignPad } from './gate-pad.tsx';
import { MARK_OF_LEG } from './trip-parts.tsx';

interface At {
  readonly view: GateView;
  readonly stop: GateStop;
}

function useTried(): { error: unknown; attempt: (work: () => Promise<unknown>) => void } {
  const [error, setError] = useState<unknown>(null);
  return {
    error,
    attempt: (work) => {
      setError(null);
      work().then(
        (refusal) => setError(refusal ?? null),
        (fault: unknown) => setError(fault),
      );
    },
  };
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
      <ol className="roll">
        {stop.people.map((it) => (
          <li key={it.leg}>
            <span>{it.seat}</span>
            {names(it.name, it.pinyin)}
          </li>
        ))}
      </ol>
      <div className="one-bar">
        <button type="button" className="all" disabled={!isUnderWay || busy} onClick={arrive}>
          {say('itIsHere')}
          <small>{say('itIsHereMeans')}</small>
        </button>
      </div>
    </>
  );
}

/** `Ran Xiaohe (31), …`: who is missing, by name and seat. */
function useSayMissing(): (missing: readonly Arrival[]) => string {
  const say = useWords(tripWords);
  const names = useNames();
  return (missing) => missing.map((it) => `${names(it.name, it.pinyin)} (${it.seat})`).join(say('listJoin'));
}

function Roll({
  people,
  isHere,
  onTick,
}: {
  people: readonly Arrival[];
  isHere: (it: Arrival) => boolean;
  onTick: (it: Arrival) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  return (
    <ol className="gate-roll">
      {people.map((it) => (
        <li key={it.leg} className={isHere(it) ? undefined : 'missing'}>
          <label>
            <input type="checkbox" checked={isHere(it)} onChange={() => onTick(it)} />
            <span>{it.seat}</span>
            <b>{names(it.name, it.pinyin)}</b>
            {it.state !== 'arrived' && (
              <StatusMark kind={MARK_OF_LEG[it.state]}>{say(`state.${it.state}`)}</StatusMark>
            )}
          </label>
        </li>
      ))}
    </ol>
  );
}

/** Who came off the bus: the list ticks them, the guard only looks for who is missing. */
function GateCounts({
  view,
  stop,
  onCounted,
}: At & { onCounted: (here: readonly Arrival[]) => void }): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const sayMissing = useSayMissing();
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const isHere = (it: Arrival): boolean => (it.state === 'arrived') !== turned.has(it.leg);
  const tick = (it: Arrival): void =>
    setTurned((before) => {
      const next = new Set(before);
      if (!next.delete(it.leg)) next.add(it.leg);
      return next;
    });
  const here = stop.people.filter(isHere);
  const missing = stop.people.filter((it) => !isHere(it));
  const { trip } = view;
  return (
    <>
      <div className="field-count">
        <p className="n">
          {here.length}
          <small>/{stop.people.length}</small>
        </p>
        <p className="missing">
          <b>{say('busHere', { n: String(trip.nth) })}</b>
          <br />
          {say('fromPlace', {
            at: timeOf(stop.arrivedAt ?? stop.arriveAt),
            place: names(trip.areaName, trip.areaPinyin),
          })}
        </p>
      </div>
      {missing.length > 0 && (
        <p className="gate-short">
          <MarkShape kind="again" size={24} />
          {say('missingTitle', {
            n: missing.length,
            names: sayMissing(missing),
          })}
        </p>
      )}
      <p className="field-body">{say('tickHint')}</p>
      <Roll people={stop.people} isHere={isHere} onTick={tick} />
      <div className="field-foot">
        <Button kind="main" onPress={() => onCounted(here)}>
          {say('headsRight', { n: here.length })}
        </Button>
      </div>
    </>
  );
}

/** Counting first, then the signature. */
export function GateSigns({ view, stop }: At): ReactNode {
  const [here, setHere] = useState<readonly Arrival[] | null>(null);
  if (here === null) return <GateCounts view={view} stop={stop} onCounted={setHere} />;
  return <GateSignature view={view} stop={stop} here={here} onBack={() => setHere(null)} />;
}

function SignFacts({ view, stop, here }: At & { here: readonly Arrival[] }): ReactNode {
  const say = useWords(tripWords);
  const sayMissing = useSayMissing();
  const missing = stop.people.filter((it) => !here.includes(it));
  const facts = { n: here.length, m: missing.length };
  return (
    <>
      <h2>{missing.length > 0 ? say('signTitleShort', facts) : say('signTitle', { n: facts.n })}</h2>
      <dl className="facts">
        <dt>{say('busFact')}</dt>
        <dd>{[say('bus', { n: String(view.trip.nth) }), view.trip.plate].filter(Boolean).join(' ')}</dd>
        {missing.length > 0 && (
          <>
            <dt>{say('missingFact')}</dt>
            <dd>{sayMissing(missing)}</dd>
          </>
        )}
      </dl>
    </>
  );
}

/** Name, drawing, remarks; the drawing may be left out where a device or a hand cannot make one. */
function GateSignature({
  view,
  stop,
  here,
  onBack,
}: At & { here: readonly Arrival[]; onBack: () => void }): ReactNode {
  const say = useWords(tripWords);
  const { send, busy } = useWrite(signForPeople, ['figures', 'people']);
  const { error, attempt } = useTried();
  const [signerName, setName] = useState('');
  const [note, setNote] = useState('');
  const [path, setPath] = useState('');
  const [isWithout, setWithout] = useState(false);
  const isReady = signerName.trim() !== '' && (path !== '' || isWithout);
  const sign = (): void =>
    attempt(async () => {
      const signature = isWithout ? null : path;
      const body = { stop: stop.no, heads: here.length, signerName, signature, note: note || null };
      const answer = await send({ params: { tripId: view.trip.id }, body });
      return answer.ok ? null : answer.refusal;
    });
  return (
    <>
      <div className="field-body">
        <SignFacts view={view} stop={stop} here={here} />
        <TextField
          label={say('signer')}
          value={signerName}
          onChange={setName}
          maxLength={40}
          autoComplete="name"
        />
        <TextField label={say('note')} value={note} onChange={setNote} maxLength={500} />
        {error !== null && <ErrorNote error={error} tables={[tripRefusals]} />}
        <div className="gate-without">
          <Check label={say('withoutPad')} checked={isWithout} onChange={setWithout} />
        </div>
      </div>
      {!isWithout && <SignPad path={path} onChange={setPath} />}
      <div className="field-foot">
        <Button onPress={() => (path ? setPath('') : onBack())}>{say(path ? 'signAgain' : 'back')}</Button>
        <Button kind="main" busy={busy} disabled={!isReady} onPress={sign}>
          {say('sign', { n: here.length })}
        </Button>
      </div>
    </>
  );
}

/** The paper as it was signed. */
export function GateSigned({ view, stop }: At): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const { handover } = stop;
  if (!handover) return null;
  const { trip } = view;
  const short = stop.people.length - handover.heads;
  return (
    <>
      <div className="field-body">
        <ThreeDoorLine doors={DOORS.arrived} size="phone" />
        <h2>
          <StatusMark kind="done">{say('signedTitle', { n: handover.heads })}</StatusMark>
        </h2>
        {short > 0 && <p>{say('shortNow', { n: short })}</p>}
        <dl className="facts">
          <dt>{say('busFact')}</dt>
          <dd>{[say('bus', { n: String(trip.nth) }), trip.plate].filter(Boolean).join(' ')}</dd>
          <dt>{say('sentFrom')}</dt>
          <dd>{names(trip.areaName, trip.areaPinyin)}</dd>
          <dt>{say('signer')}</dt>
          <dd>{say('signedBy', { name: handover.signerName, at: momentOf(handover.at) })}</dd>
          {handover.note && (
            <>
              <dt>{say('note')}</dt>
              <dd>{handover.note}</dd>
            </>
          )}
        </dl>
      </div>
      {handover.signature && <Signature path={handover.signature} />}
      <ol className="roll">
        {stop.people.map((it) => (
          <li key={it.leg} className={it.state === 'arrived' ? undefined : 'missing'}>
            <span>{it.seat}</span>
            {names(it.name, it.pinyin)}
          </li>
        ))}
      </ol>
    </>
  );
}

import { words } from '@fangang/domain/basics/words.ts';
import { type Arrival, type GateStop, type GateView, signForPeople } from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { timeOf } from '../platform/dates.ts';
import { useKeys } from '../platform/keys.tsx';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Check, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { DOORS, ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { orTheFocused } from './door-keys.ts';
import { useTried } from './gate-attempt.ts';
import { SignPad } from './gate-pad.tsx';
import { goneOf, hereOf, noteOf, type Turned } from './gate-reading.ts';

interface Counted {
  readonly view: GateView;
  readonly stop: GateStop;
  readonly turned: Turned;
}

/** `Ran Xiaohe (31), …`: who is missing, by name and seat. */
function useSayMissing(): (missing: readonly Arrival[]) => string {
  const say = useWords(tripWords);
  const names = useNames();
  return (missing) =>
    missing
      .map((it) => say('nameAndSeat', { name: names(it.name, it.pinyin), seat: String(it.seat) }))
      .join(say('listJoin'));
}

function SignFacts({ view, stop, turned }: Counted): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const sayMissing = useSayMissing();
  const missing = goneOf(stop.people, turned).map((it) => it.person);
  const n = hereOf(stop.people, turned).length;
  const { trip } = view;
  return (
    <>
      <h2>
        {missing.length > 0 ? say('signTitleShort', { n, m: missing.length }) : say('signTitle', { n })}
      </h2>
      <dl className="gate-facts">
        <dt>{say('busFact')}</dt>
        <dd>
          {[say('bus', { n: String(trip.nth) }), trip.plate, names(trip.areaName, trip.areaPinyin)]
            .filter(Boolean)
            .join(say('listJoin'))}
        </dd>
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

/** The way that ends here, with the two times that are known. */
export function GateWay({ view, stop }: { view: GateView; stop: GateStop }): ReactNode {
  const shell = useWords(words);
  return (
    <div className="gate-way">
      <ThreeDoorLine doors={DOORS.arrived} size="phone" />
      <span>{shell('homeDoor')}</span>
      <span>
        {shell('vehicleDoor')} {timeOf(view.trip.departAt)}
      </span>
      <span>
        {shell('factoryGate')} {timeOf(stop.arrivedAt ?? stop.arriveAt)}
      </span>
    </div>
  );
}

interface Signing {
  readonly signerName: string;
  readonly note: string;
  readonly hasNote: boolean;
  readonly path: string;
  readonly isWithout: boolean;
}

function useSign({ view, stop, turned }: Counted, it: Signing) {
  const say = useWords(tripWords);
  const { send, busy } = useWrite(signForPeople, ['figures', 'people']);
  const { error, attempt } = useTried();
  const note = noteOf(stop.people, turned, it.hasNote ? it.note : '', (reason, seats) =>
    say('goneSeats', { reason: say(`gone.${reason}`), seats }),
  );
  const sign = (): void =>
    attempt(async () => {
      const heads = hereOf(stop.people, turned).length;
      const signature = it.isWithout ? null : it.path;
      const body = { stop: stop.no, heads, signerName: it.signerName, signature, note };
      const answer = await send({ params: { tripId: view.trip.id }, body });
      return answer.ok ? null : answer.refusal;
    });
  return { sign, busy, error };
}

/** Name, drawing, remarks; the drawing may be left out where a device or a hand cannot make one. */
export function GateSignature({ onBack, ...counted }: Counted & { onBack: () => void }): ReactNode {
  const say = useWords(tripWords);
  const { staff } = useSession();
  const [it, set] = useState<Signing>({
    signerName: staff?.role === 'employer' ? staff.name : '',
    note: '',
    hasNote: false,
    path: '',
    isWithout: false,
  });
  const change = (part: Partial<Signing>): void => set({ ...it, ...part });
  const { sign, busy, error } = useSign(counted, it);
  const isReady = it.signerName.trim() !== '' && (it.path !== '' || it.isWithout);
  useKeys([
    {
      keys: 'Enter',
      label: say('signKey'),
      run: (event) => orTheFocused(event, () => isReady && !busy && sign()),
      whileTyping: true,
    },
    { keys: 'Escape', label: say('back'), run: onBack, whileTyping: true },
  ]);
  return (
    <>
      <div className="gate-sign">
        <GateWay view={counted.view} stop={counted.stop} />
        <SignFacts {...counted} />
        <TextField
          label={say('signer')}
          value={it.signerName}
          onChange={(signerName) => change({ signerName })}
          maxLength={40}
          autoComplete="name"
        />
        <div className="gate-choices">
          <Check label={say('note')} checked={it.hasNote} onChange={(hasNote) => change({ hasNote })} />
          <Check
            label={say('withoutPad')}
            checked={it.isWithout}
            onChange={(isWithout) => change({ isWithout })}
          />
        </div>
        {it.hasNote && (
          <TextField
            label={say('note')}
            value={it.note}
            onChange={(note) => change({ note })}
            maxLength={300}
          />
        )}
        {error !== null && <ErrorNote error={error} tables={[tripRefusals]} />}
        {!it.isWithout && <SignPad path={it.path} onChange={(path) => change({ path })} />}
      </div>
      <div className="field-foot">
        <Button onPress={() => (it.path && !it.isWithout ? change({ path: '' }) : onBack())}>
          {say(it.path && !it.isWithout ? 'signAgain' : 'back')}
        </Button>
        <Button kind="main" busy={busy} disabled={!isReady} onPress={sign}>
          {say('sign', { n: hereOf(counted.stop.people, counted.turned).length })}
        </Button>
      </div>
    </>
  );
}

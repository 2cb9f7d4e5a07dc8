import {
  arriveAtStop,
  countHeadsAt,
  departFrom,
  openTripDoor,
  type TripStop,
  type TripView,
} from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useKeys } from '../platform/keys.tsx';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { PeopleList } from './door-four.tsx';
import { orTheFocused } from './door-keys.ts';
import { hasBoarded } from './trip-parts.tsx';

function useStep(): { error: unknown; attempt: (work: () => Promise<unknown>) => Promise<void> } {
  const [error, setError] = useState<unknown>(null);
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setError(null);
    try {
      setError((await work()) ?? null);
    } catch (fault) {
      setError(fault);
    }
  };
  return { error, attempt };
}

/** Before the bus leaves a stop: who is missing, heads counted against the list, then one button. */
export function DoorLeave({
  view,
  stop,
  onBack,
}: {
  view: TripView;
  stop: TripStop;
  /** Back to the door; with somebody of the missing who has come. */
  onBack: (leg: string | null) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const toast = useToast();
  const counting = useWrite(countHeadsAt);
  const leaving = useWrite(departFrom, ['figures', 'people']);
  const { error, attempt } = useStep();
  const [heads, setHeads] = useState('');
  const here = view.passengers.filter((it) => it.board === stop.no);
  const missing = here.filter((it) => !hasBoarded(it));
  const held = missing.filter((it) => it.state === 'held').length;
  const absent = missing.length - held;
  const aboard = view.counts.boarded;
  const counted = /^\d{1,4}$/.test(heads) ? Number(heads) : null;
  const params = { tripId: view.trip.id };
  const place = names(stop.name, stop.pinyin);
  const leave = (): Promise<void> =>
    attempt(async () => {
      if (counted !== null) {
        const count = await counting.send({ params, body: { stop: stop.no, heads: counted } });
        if (!count.ok) return count.refusal;
      }
      const left = await leaving.send({ params, body: { stop: stop.no } });
      if (!left.ok) return left.refusal;
      toast({ text: say('departed', { place, n: left.value.counts.boarded }) });
      onBack(null);
      return null;
    });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!counting.busy && !leaving.busy) void leave();
  };
  useKeys([{ keys: 'Escape', label: say('back'), run: () => onBack(null), whileTyping: true }]);
  return (
    <form className="door-next" onSubmit={submit}>
      <div className="field-body">
        <h2>{absent > 0 ? say('missingHere', { n: absent }) : say('allHere')}</h2>
        {absent > 0 && <p>{say('missingMeans')}</p>}
        {held > 0 && <p>{say('heldHere', { n: held })}</p>}
      </div>
      <PeopleList people={missing} onChoose={(it) => onBack(it.leg)} />
      <div className="field-body">
        <TextField
          label={say('headCount')}
          hint={say('headsList', { n: aboard })}
          error={
            counted !== null && counted !== aboard
              ? say('headsDiffer', { n: Math.abs(counted - aboard) })
              : undefined
          }
          value={heads}
          onChange={setHeads}
          inputMode="numeric"
          autoComplete="off"
        />
        {error !== null && <ErrorNote error={error} tables={[tripRefusals]} />}
      </div>
      <div className="field-foot">
        <Button onPress={() => onBack(null)}>{say('back')}</Button>
        <Button
          kind={absent > 0 ? 'danger' : 'main'}
          submit
          busy={counting.busy || leaving.busy}
          onPress={() => undefined}
        >
          {absent > 0 ? say('departShort', { n: absent, place }) : say('departFrom', { place })}
        </Button>
      </div>
    </form>
  );
}

/** Between stops: the next door to open, or the place that was reached. */
export function DoorBetween({ view, stop }: { view: TripView; stop: TripStop }): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const toast = useToast();
  const opening = useWrite(openTripDoor, ['figures']);
  const reaching = useWrite(arriveAtStop, ['figures', 'people']);
  const { error, attempt } = useStep();
  const boards = view.passengers.filter((it) => it.board === stop.no).length;
  const alights = view.passengers.filter((it) => it.alight === stop.no && it.state === 'boarded').length;
  const isLast = stop.no === view.stops[view.stops.length - 1]?.no;
  const opens = !isLast && stop.departedAt === null && (boards > 0 || stop.no === 0 || alights === 0);
  const params = { tripId: view.trip.id };
  const place = names(stop.name, stop.pinyin);
  const go = (): Promise<void> =>
    attempt(async () => {
      const answer = await (opens ? opening : reaching).send({ params, body: { stop: stop.no } });
      if (!answer.ok) return answer.refusal;
      if (!opens) toast({ text: say('arrived', { place, n: alights }) });
      return null;
    });
  useKeys([
    {
      keys: 'Enter',
      label: opens ? say('openDoor') : say('arriveAt', { place }),
      run: (event) => orTheFocused(event, () => !opening.busy && !reaching.busy && void go()),
    },
  ]);
  return (
    <div className="door-next">
      <div className="field-body">
        {error !== null && <ErrorNote error={error} tables={[tripRefusals]} />}
      </div>
      <div className="one-bar">
        <button
          type="button"
          className="all"
          disabled={opening.busy || reaching.busy}
          onClick={() => void go()}
        >
          {opens ? say('openDoor') : say('arriveAt', { place })}
          <small>{opens ? say('atPlace', { place, n: boards }) : say('arriveMeans', { n: alights })}</small>
        </button>
      </div>
    </div>
  );
}

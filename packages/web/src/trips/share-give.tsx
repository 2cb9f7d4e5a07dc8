import { listAreas } from '@fangang/domain/offices/api.ts';
import { listTrips } from '@fangang/domain/trips/api.ts';
import { shareTripWith } from '@fangang/domain/trips/api-share.ts';
import { shareRefusalWords, shareWords } from '@fangang/domain/trips/words-share.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession, useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { DateField } from '../platform/ui/DateField.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { Labelled } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { PickOne } from '../platform/ui/PickOne.tsx';
import { useToast } from '../platform/ui/Toast.tsx';

const OVER = ['cancelled', 'closed', 'proposed'];

function useRuns() {
  const { season } = useSession();
  const query = { season: season?.id ?? '', from: 0, count: 200 };
  const { data } = useRead(listTrips, { query }, { enabled: season !== null });
  return (data?.trips ?? [])
    .filter((it) => !OVER.includes(it.status))
    .map((it) => ({ value: it.id, label: `${it.code} · ${it.day}`, find: `${it.code} ${it.day}` }));
}

function useDistricts() {
  const { areaCode } = useStaff();
  const nameOf = useNames();
  const { data } = useRead(listAreas, { query: { within: `${areaCode.slice(0, 2)}0000000000` } });
  return (data?.areas ?? [])
    .filter((it) => it.level === 'district' && it.code.slice(0, 6) !== areaCode.slice(0, 6))
    .map((it) => ({ value: it.code, label: nameOf(it.name, it.pinyin), find: `${it.name} ${it.pinyin}` }));
}

/** Which run, with which district, until when. */
export function GiveShare({ onClose }: { onClose: () => void }): ReactNode {
  const say = useWords(shareWords);
  const toast = useToast();
  const runs = useRuns();
  const districts = useDistricts();
  const { send, busy } = useWrite(shareTripWith);
  const [tripId, setTripId] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [until, setUntil] = useState('');
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const needed = (empty: boolean): string | undefined => (asked && empty ? say('needed') : undefined);
  const give = async (trip: string, district: string): Promise<void> => {
    setProblem(null);
    try {
      const done = await send({ params: { tripId: trip }, body: { to: district, until } });
      if (!done.ok) return setProblem(done.refusal);
      toast({ text: say('shared') });
      onClose();
    } catch (fault) {
      setProblem(fault);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (tripId && to && until) void give(tripId, to);
  };
  return (
    <Drawer title={say('give')} sub={say('sub')} onClose={onClose}>
      <form className="share-form" onSubmit={submit} noValidate>
        {problem !== null && <ErrorNote error={problem} tables={[shareRefusalWords]} />}
        <Labelled
          label={say('run')}
          {...(runs.length === 0 && { hint: say('runNone') })}
          error={needed(!tripId)}
        >
          {({ id }) => (
            <PickOne id={id} label={say('run')} value={tripId} options={runs} onChange={setTripId} />
          )}
        </Labelled>
        <Labelled label={say('to')} error={needed(!to)}>
          {({ id }) => <PickOne id={id} label={say('to')} value={to} options={districts} onChange={setTo} />}
        </Labelled>
        <DateField label={say('until')} value={until} onChange={setUntil} error={needed(until === '')} />
        <p>
          <Button kind="main" submit busy={busy} onPress={() => undefined}>
            {say('share')}
          </Button>{' '}
          <Button onPress={onClose}>{say('cancel')}</Button>
        </p>
      </form>
    </Drawer>
  );
}

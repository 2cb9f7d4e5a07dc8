import type { Refusal } from '@fangang/domain/basics/result.ts';
import { askPlan } from '@fangang/domain/trips/api-planning.ts';
import { readFleet, writeFleet } from '@fangang/domain/trips/rules-planning.ts';
import {
  planningPageWords,
  planningRefusalWords,
  planningWords,
} from '@fangang/domain/trips/words-planning.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Labelled, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote, useErrorWords } from '../platform/ui/Notes.tsx';
import { PickDate } from '../platform/ui/PickOne.tsx';

/** The kind of coach the suggestion counts in; what is asked for may be any other. */
const USUAL_SEATS = 49;

interface Ground {
  readonly fromDay: string;
  readonly toDay: string;
  readonly waiting: number;
  readonly fleet: readonly { day: string; seats: number; count: number }[];
}

/** Coaches that can be hired on the best day of each kind, as one text. */
function hireText(fleet: Ground['fleet']): string {
  const most = new Map<number, number>();
  for (const it of fleet) most.set(it.seats, Math.max(most.get(it.seats) ?? 0, it.count));
  return writeFleet([...most].sort(([a], [b]) => b - a).map(([seats, count]) => ({ seats, count })));
}

interface AskBarProps {
  readonly season: string;
  readonly ground: Ground;
  /** The district or city that is planned. */
  readonly area: string;
  readonly withFleet: boolean;
  readonly running: boolean;
  readonly onAsked: () => void;
}

/** What is asked, in one line: from which day to which, with which coaches. */
export function PlanAskBar(props: AskBarProps): ReactNode {
  const { ground, withFleet, running } = props;
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [text, setText] = useState('');
  const days = { from: from ?? ground.fromDay, to: to ?? ground.toDay };
  const fleet = readFleet(text);
  const { ask, busy, trouble } = useAsking(props);
  const press = (): void => {
    if (fleet.ok && !busy && !running) void ask(days, withFleet ? fleet.value : []);
  };
  return (
    <>
      <div className="plan-ask">
        <Day label={say('from')} value={days.from} onChange={setFrom} least={ground.fromDay} most={days.to} />
        <Day label={say('to')} value={days.to} onChange={setTo} least={days.from} most={ground.toDay} />
        {withFleet && <FleetField ground={ground} text={text} onChange={setText} onEnter={press} />}
        <Button
          kind="main"
          className="plan-press"
          keys="Ctrl+Enter"
          busy={busy || running}
          disabled={!fleet.ok}
          onPress={press}
        >
          {page('makeDraft')}
        </Button>
      </div>
      {trouble !== null && <ErrorNote error={trouble} tables={[planningRefusalWords]} />}
    </>
  );
}

interface Asking {
  readonly ask: (
    days: { from: string; to: string },
    fleet: readonly { seats: number; count: number }[],
  ) => Promise<void>;
  readonly busy: boolean;
  readonly trouble: unknown;
}

function useAsking({ season, area, onAsked }: AskBarProps): Asking {
  const [trouble, setTrouble] = useState<unknown>(null);
  const asking = useWrite(askPlan);
  const ask: Asking['ask'] = async ({ from, to }, fleet) => {
    setTrouble(null);
    try {
      const body = { season, area, fromDay: from, toDay: to, ...(fleet.length > 0 && { fleet: [...fleet] }) };
      const answer = await asking.send({ body });
      if (answer.ok) onAsked();
      else setTrouble(answer.refusal);
    } catch (error) {
      setTrouble(error);
    }
  };
  return { ask, busy: asking.busy, trouble };
}

/** "3 × 49", checked while it is typed; where nothing is on record for hire, a number to start from. */
function FleetField({
  ground,
  text,
  onChange,
  onEnter,
}: {
  ground: Ground;
  text: string;
  onChange: (text: string) => void;
  onEnter: () => void;
}): ReactNode {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  const errorWords = useErrorWords([planningRefusalWords]);
  const fleet = readFleet(text);
  const bad: Refusal | null = fleet.ok ? null : fleet.refusal;
  const hire = hireText(ground.fleet);
  const enough = writeFleet([
    { seats: USUAL_SEATS, count: Math.max(1, Math.ceil(ground.waiting / USUAL_SEATS)) },
  ]);
  const hint = hire
    ? `${say('fleetHire', { text: hire })} · ${say('fleetHint')}`
    : page('noHire', { waiting: ground.waiting, text: enough });
  return (
    <>
      <div className="plan-fleet">
        <TextField
          label={say('fleet')}
          hint={hint}
          error={bad ? `${errorWords(bad).what} → ${errorWords(bad).remedy ?? ''}` : undefined}
          value={text}
          onChange={onChange}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) onEnter();
          }}
          placeholder="3 × 49"
          autoComplete="off"
        />
      </div>
      {!hire && text === '' && (
        <Button kind="link" className="plan-press" onPress={() => onChange(enough)}>
          {page('useFleet', { text: enough })}
        </Button>
      )}
    </>
  );
}

function Day({
  label,
  value,
  onChange,
  least,
  most,
}: {
  label: string;
  value: string;
  onChange: (day: string | null) => void;
  least: string;
  most: string;
}): ReactNode {
  return (
    <Labelled label={label}>
      {({ id }) => (
        <PickDate id={id} label={label} value={value} onChange={onChange} from={least} to={most} />
      )}
    </Labelled>
  );
}

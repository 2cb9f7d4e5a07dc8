import type { Refusal } from '@fangang/domain/basics/result.ts';
import { askPlan } from '@fangang/domain/trips/api-planning.ts';
import { readFleet, writeFleet } from '@fangang/domain/trips/rules-planning.ts';
import { planningRefusalWords, planningWords } from '@fangang/domain/trips/words-planning.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Labelled, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote, useErrorWords } from '../platform/ui/Notes.tsx';
import { PickDate } from '../platform/ui/PickOne.tsx';

/** Coaches of one day's hire as one text; a district's usual day stands for all. */
function hireText(fleet: readonly { day: string; seats: number; count: number }[]): string {
  const most = new Map<number, number>();
  for (const it of fleet) most.set(it.seats, Math.max(most.get(it.seats) ?? 0, it.count));
  return writeFleet([...most].sort(([a], [b]) => b - a).map(([seats, count]) => ({ seats, count })));
}

/** What is asked: from which day to which, with which coaches. */
export function PlanAskBar({
  season,
  ground,
  area,
  withFleet,
  running,
  onAsked,
  children,
}: {
  season: string;
  ground: {
    fromDay: string;
    toDay: string;
    fleet: readonly { day: string; seats: number; count: number }[];
  };
  /** The district that is planned; none is everything within sight. */
  area: string | undefined;
  withFleet: boolean;
  running: boolean;
  onAsked: (plans: readonly { id: string; area: string }[]) => void;
  children?: ReactNode;
}): ReactNode {
  const say = useWords(planningWords);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [trouble, setTrouble] = useState<unknown>(null);
  const errorWords = useErrorWords([planningRefusalWords]);
  const asking = useWrite(askPlan);
  const fleet = readFleet(text);
  const bad: Refusal | null = fleet.ok ? null : fleet.refusal;
  const hire = hireText(ground.fleet);
  const ask = async (): Promise<void> => {
    if (!fleet.ok) return;
    setTrouble(null);
    try {
      const answer = await asking.send({
        body: {
          season,
          ...(area && { area }),
          fromDay: from ?? ground.fromDay,
          toDay: to ?? ground.toDay,
          ...(withFleet && fleet.value.length > 0 && { fleet: [...fleet.value] }),
        },
      });
      if (answer.ok) onAsked(answer.value.plans);
      else setTrouble(answer.refusal);
    } catch (error) {
      setTrouble(error);
    }
  };
  return (
    <>
      <div className="plan-ask">
        <Day label={say('from')} value={from ?? ground.fromDay} onChange={setFrom} ground={ground} />
        <Day label={say('to')} value={to ?? ground.toDay} onChange={setTo} ground={ground} />
        {withFleet && (
          <div className="plan-fleet">
            <TextField
              label={say('fleet')}
              hint={hire ? say('fleetHire', { text: hire }) : say('fleetHint')}
              error={bad ? `${errorWords(bad).what} → ${errorWords(bad).remedy ?? ''}` : undefined}
              value={text}
              onChange={setText}
              placeholder="3 × 49"
            />
          </div>
        )}
        <Button
          kind="main"
          keys="Ctrl+Enter"
          busy={asking.busy || running}
          disabled={!fleet.ok}
          onPress={() => void ask()}
        >
          {say('makePlan')}
        </Button>
        <span className="space" />
        {children}
      </div>
      {trouble !== null && <ErrorNote error={trouble} tables={[planningRefusalWords]} />}
    </>
  );
}

function Day({
  label,
  value,
  onChange,
  ground,
}: {
  label: string;
  value: string;
  onChange: (day: string | null) => void;
  ground: { fromDay: string; toDay: string };
}): ReactNode {
  return (
    <Labelled label={label}>
      {({ id }) => (
        <PickDate
          id={id}
          label={label}
          value={value}
          onChange={onChange}
          from={ground.fromDay}
          to={ground.toDay}
        />
      )}
    </Labelled>
  );
}

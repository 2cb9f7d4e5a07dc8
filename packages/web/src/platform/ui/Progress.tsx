import { grouped } from '@fangang/domain/basics/say.ts';
import type { ReactNode } from 'react';
import { DoorMark, type DoorState } from './ThreeDoorLine.tsx';

/** A task on its way; without a total it only says that it runs. */
export function Progress({
  label,
  done,
  total,
}: {
  label: string;
  done?: number;
  total?: number;
}): ReactNode {
  const known = done !== undefined && total !== undefined && total > 0;
  return (
    <div className="progress">
      <span className="progress-label">
        {label}
        {known && (
          <b>
            {grouped(done)} / {grouped(total)}
          </b>
        )}
      </span>
      {known ? <progress aria-label={label} value={done} max={total} /> : <progress aria-label={label} />}
    </div>
  );
}

/** Steps of a short way, as a line: 放入文件 ● ━ 对列 ● ━ 改坏行 ◐ ┄ 提交 ○. */
export function Steps({ steps, at }: { steps: readonly string[]; at: number }): ReactNode {
  const stateOf = (i: number): DoorState => (i < at ? 'done' : i === at ? 'now' : 'todo');
  return (
    <ol className="steps">
      {steps.map((step, i) => (
        <li key={step} className={`step step-${stateOf(i)}`} aria-current={i === at ? 'step' : undefined}>
          <svg width="14" height="14" aria-hidden="true">
            <DoorMark state={stateOf(i)} cx={7} cy={7} r={5} />
          </svg>
          {step}
        </li>
      ))}
    </ol>
  );
}

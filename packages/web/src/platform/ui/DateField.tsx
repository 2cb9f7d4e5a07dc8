import type { ReactNode } from 'react';
import { Labelled } from './Form.tsx';
import { PickDate } from './PickOne.tsx';

interface DateFieldProps {
  readonly label: string;
  /** `2022-02-13`, or empty. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly error?: string | undefined;
  /** First and last day that may be chosen. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A day with its label, written year first in both languages. */
export function DateField({ label, value, onChange, error, from, to }: DateFieldProps): ReactNode {
  return (
    <Labelled label={label} error={error}>
      {({ id }) => (
        <PickDate
          id={id}
          label={label}
          value={value || null}
          onChange={(day) => onChange(day ?? '')}
          {...(from && { from })}
          {...(to && { to })}
        />
      )}
    </Labelled>
  );
}

import { lazy, type ReactNode, Suspense } from 'react';

const Select = lazy(() => import('./OfficePickers.tsx').then((it) => ({ default: it.OfficeSelect })));
const Calendar = lazy(() => import('./OfficePickers.tsx').then((it) => ({ default: it.OfficeDate })));

export interface PickOption {
  readonly value: string;
  readonly label: string;
  /** Further text the search looks into: pinyin initials, the district's name. */
  readonly find?: string;
}

export interface PickOneProps {
  readonly id?: string;
  readonly value: string | null;
  readonly options: readonly PickOption[];
  readonly onChange: (value: string | null) => void;
  readonly placeholder?: string;
  readonly label: string;
  readonly clearable?: boolean;
  readonly disabled?: boolean;
}

/** Chooses one of many (1,031 towns, all destinations) by typing. Loaded when first shown. */
export function PickOne(props: PickOneProps): ReactNode {
  return (
    <Suspense fallback={<span className="input input-waiting" />}>
      <Select {...props} />
    </Suspense>
  );
}

export interface PickDateProps {
  readonly id?: string;
  /** `2022-02-13`. */
  readonly value: string | null;
  readonly onChange: (date: string | null) => void;
  readonly label: string;
  /** First and last date that may be chosen. */
  readonly from?: string;
  readonly to?: string;
}

/** Chooses a day from a calendar. Loaded when first shown. */
export function PickDate(props: PickDateProps): ReactNode {
  return (
    <Suspense fallback={<span className="input input-waiting" />}>
      <Calendar {...props} />
    </Suspense>
  );
}

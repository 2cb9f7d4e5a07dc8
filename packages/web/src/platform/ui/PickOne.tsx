import { lazy, type ReactNode, Suspense } from 'react';
import type { PickDateProps, PickOneProps } from './pick-props.ts';

const Select = lazy(() => import('./OfficePickers.tsx').then((it) => ({ default: it.OfficeSelect })));
const Calendar = lazy(() => import('./OfficePickers.tsx').then((it) => ({ default: it.OfficeDate })));

/** Chooses one of many (1,031 towns, all destinations) by typing. Loaded when first shown. */
export function PickOne(props: PickOneProps): ReactNode {
  return (
    <Suspense fallback={<span className="input input-waiting" />}>
      <Select {...props} />
    </Suspense>
  );
}

/** Chooses a day from a calendar. Loaded when first shown. */
export function PickDate(props: PickDateProps): ReactNode {
  return (
    <Suspense fallback={<span className="input input-waiting" />}>
      <Calendar {...props} />
    </Suspense>
  );
}

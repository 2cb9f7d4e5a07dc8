import { TripRole, TripStatus } from '@fangang/domain/trips/schema.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import { type ReactNode, useRef } from 'react';
import { shortDate } from '../platform/dates.ts';
import { useKeys } from '../platform/keys.tsx';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { SelectField } from '../platform/ui/Form.tsx';
import { PickDate } from '../platform/ui/PickOne.tsx';
import { Tabs } from '../platform/ui/Tabs.tsx';

const ALL = 'all';
/** Days beside each other; the calendar has the rest. */
const SHOWN = 5;

export interface TripFilter {
  /** Null: every day of the season. */
  readonly day: string | null;
  readonly status?: TripStatus;
  readonly role?: TripRole;
  readonly text: string;
}

/**
 * What the address asks for; what it does not know is left out.
 *
 * Without a day it is the clock's, but for a link that asks for a status or a kind: that one means all days.
 */
export function filterOf(search: Record<string, unknown>, today: string): TripFilter {
  const status = TripStatus.safeParse(search.status);
  const role = TripRole.safeParse(search.role);
  const asked =
    typeof search.day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(search.day) ? search.day : undefined;
  const isWide = search.day === ALL || status.success || role.success;
  return {
    day: asked ?? (isWide ? null : today),
    text: typeof search.text === 'string' ? search.text : '',
    ...(status.success ? { status: status.data } : {}),
    ...(role.success ? { role: role.data } : {}),
  };
}

interface Day {
  readonly day: string;
  readonly trips: number;
  readonly people: number;
}

/** Days around the chosen one; the chosen one is among them even where nothing runs. */
export function daysAround(days: readonly Day[], chosen: string | null, today: string): Day[] {
  const all = [...days];
  if (chosen && !all.some((it) => it.day === chosen)) all.push({ day: chosen, trips: 0, people: 0 });
  all.sort((a, b) => (a.day < b.day ? -1 : 1));
  const found = all.findIndex((it) => it.day >= (chosen ?? today));
  const at = found < 0 ? all.length - 1 : found;
  const from = Math.max(0, Math.min(at - Math.floor(SHOWN / 2), all.length - SHOWN));
  return all.slice(from, from + SHOWN);
}

interface Choosing {
  readonly filter: TripFilter;
  readonly onChange: (filter: TripFilter) => void;
}

/** Chooses the day: those around it with their numbers, one before, one after, or any from the calendar. */
export function TripDays({
  filter,
  today,
  days,
  onChange,
}: Choosing & { today: string; days: readonly Day[] }): ReactNode {
  const say = useWords(tripWords);
  const { day } = filter;
  const to = (next: string | null): void => onChange({ ...filter, day: next });
  const from = day ?? today;
  const before = days.filter((it) => it.day < from).at(-1);
  const after = days.find((it) => it.day > from);
  const tabs = daysAround(days, day, today).map((it) => ({
    key: it.day,
    title: shortDate(it.day),
    sub: say('dayPeople', { trips: it.trips, people: it.people }),
  }));
  return (
    <>
      <div className="trips-day">
        <PickDate label={say('pickDay')} value={day} onChange={to} />
      </div>
      <Button
        keys="["
        keyLabel={say('dayBefore')}
        aria-label={say('dayBefore')}
        disabled={!before}
        onPress={() => before && to(before.day)}
      >
        ‹
      </Button>
      <Tabs
        label={say('pickDay')}
        value={day ?? ALL}
        tabs={[{ key: ALL, title: say('allDays') }, ...tabs]}
        onChange={(key) => to(key === ALL ? null : key)}
      />
      <Button
        keys="]"
        keyLabel={say('dayAfter')}
        aria-label={say('dayAfter')}
        disabled={!after}
        onPress={() => after && to(after.day)}
      >
        ›
      </Button>
    </>
  );
}

/** Narrows the list: kind, status, and a text that `F` goes to. */
export function TripFilters({ filter, onChange }: Choosing): ReactNode {
  const say = useWords(tripWords);
  const { status: _status, ...noStatus } = filter;
  const { role: _role, ...noRole } = filter;
  return (
    <div className="actions">
      <FilterText
        value={filter.text}
        hint={say('filterTextHint')}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <SelectField
        label={say('filterRole')}
        value={filter.role ?? ALL}
        onChange={(role) => onChange(role === ALL ? noRole : { ...filter, role })}
        options={[
          { value: ALL, label: say('anyRole') },
          ...TripRole.options.map((value) => ({ value, label: say(`role.${value}`) })),
        ]}
      />
      <SelectField
        label={say('filterStatus')}
        value={filter.status ?? ALL}
        onChange={(status) => onChange(status === ALL ? noStatus : { ...filter, status })}
        options={[
          { value: ALL, label: say('anyStatus') },
          ...TripStatus.options
            .filter((it) => it !== 'proposed')
            .map((value) => ({ value, label: say(`status.${value}`) })),
        ]}
      />
    </div>
  );
}

/** A text to filter what is on the page; `F` goes there, Escape empties it. */
export function FilterText({
  value,
  hint,
  onChange,
}: {
  value: string;
  hint: string;
  onChange: (text: string) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const input = useRef<HTMLInputElement>(null);
  useKeys([{ keys: 'F', label: say('filterText'), run: () => input.current?.select() }]);
  return (
    <label className="labelled trips-text">
      <span>
        {say('filterText')} <kbd>F</kbd>
      </span>
      <input
        ref={input}
        className="input"
        value={value}
        placeholder={hint}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          onChange('');
          event.currentTarget.blur();
        }}
        autoComplete="off"
        spellCheck={false}
      />
    </label>
  );
}

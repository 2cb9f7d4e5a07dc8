import { shuffle } from '@fangang/solver/random.ts';
import { busRun } from './bus-runs.ts';
import { between, share, stream } from './chance.ts';
import { type Draft, districtOf } from './draft.ts';
import {
  BUS_FLOWS,
  type BusFlow,
  DAYS,
  NAMED_FLOWS,
  PERSONS,
  RAIL_FLOWS,
  type RailFlow,
  RUNS,
} from './programme.ts';
import { railRun } from './rail-runs.ts';
import { capacityOf } from './season.ts';
import { MINUTE, secondsOf } from './time.ts';
import type { Destination } from './world.ts';

/** What one coach of ours may hold at most, and the least the sample puts on one. */
const MOST = capacityOf(55);
const LEAST = 24;

interface PlannedBus {
  readonly flow: BusFlow;
  date: string;
  people: number;
}

/** Everything that happened up to the clock: the programme's runs, what was cancelled, what opens its doors, what is published ahead. */
export function makeRecord(draft: Draft): void {
  const rail = makeRail(draft);
  const named = NAMED_FLOWS.length;
  const buses = Math.max(named, Math.round(RUNS * draft.scale) - rail.runs);
  const runs = spreadRuns(buses);
  setLoads(draft, runs, Math.round(PERSONS * draft.scale) - rail.people);
  setDates(draft, runs);
  runs.forEach((run, no) => {
    const { flow } = run;
    busRun(draft, {
      district: districtOf(draft, flow.from),
      destination: destinationOf(draft, flow.to),
      date: run.date,
      people: run.people,
      nonStop: flow.nonStop === true,
      allPoverty: flow.allPoverty === true,
      no,
    });
  });
  makeCancelled(draft);
  makeWaiting(draft);
}

function destinationOf(draft: Draft, key: string): Destination {
  const found = draft.destinationByKey.get(key);
  if (!found) throw new Error(`no destination ${key}`);
  return found;
}

/** Trains and flights: below full size fewer days and shorter trains, above it more carriages a day. */
function makeRail(draft: Draft): { runs: number; people: number } {
  let runs = 0;
  let people = 0;
  for (const flow of RAIL_FLOWS) {
    for (const day of railDays(flow, draft.scale)) {
      for (let no = 0; no < Math.max(1, Math.round(draft.scale)); no++) {
        const shrink = day.boarded !== null && flow.places > 150 ? Math.min(1, draft.scale) : 1;
        const boarded =
          day.boarded === null ? null : Math.max(Math.min(40, day.boarded), Math.round(day.boarded * shrink));
        const places = shrink === 1 ? flow.places : Math.max(60, Math.round(flow.places * shrink));
        railRun(draft, {
          flow,
          district: districtOf(draft, flow.from),
          destination: destinationOf(draft, flow.to),
          date: day.date,
          people: boarded,
          places,
          no,
        });
        if (boarded === null) continue;
        runs++;
        people += boarded;
      }
    }
  }
  return { runs, people };
}

function railDays(flow: RailFlow, scale: number): { date: string; boarded: number | null }[] {
  const all = flow.days.map(([date, boarded]) => ({ date, boarded }));
  const past = all.filter((day) => day.boarded !== null);
  const kept = past.slice(past.length - Math.ceil(past.length * Math.min(1, scale)));
  return [...kept, ...all.filter((day) => day.boarded === null)];
}

function spreadRuns(buses: number): PlannedBus[] {
  const flows = [...NAMED_FLOWS, ...BUS_FLOWS];
  const named = new Set(NAMED_FLOWS.map((_, i) => i));
  const parts = share(
    buses,
    flows.map((flow) => flow.runs),
    named,
  );
  return flows.flatMap((flow, i) =>
    Array.from({ length: parts[i] ?? 0 }, () => ({ flow, date: flow.date ?? '', people: 0 })),
  );
}

/** Loads by chance, moved until the flows with a published number and the total are met. */
function setLoads(draft: Draft, runs: PlannedBus[], total: number): void {
  const random = stream(draft.seed, 'loads');
  for (const run of runs) run.people = between(random, 34, MOST);
  for (const flow of NAMED_FLOWS) {
    const own = runs.filter((run) => run.flow === flow);
    adjust(
      draft,
      own,
      Math.round(((flow.persons ?? 0) * own.length) / flow.runs),
      `named ${flow.from} ${flow.to}`,
    );
  }
  const free = runs.filter((run) => run.flow.persons === undefined);
  const fixed = runs.reduce((sum, run) => sum + (run.flow.persons === undefined ? 0 : run.people), 0);
  adjust(draft, free, total - fixed, 'free');
}

function adjust(draft: Draft, runs: readonly PlannedBus[], target: number, label: string): void {
  if (runs.length === 0) return;
  const random = stream(draft.seed, `adjust ${label}`);
  let missing =
    Math.min(MOST * runs.length, Math.max(LEAST * runs.length, target)) -
    runs.reduce((sum, run) => sum + run.people, 0);
  while (missing !== 0) {
    const step = Math.sign(missing);
    for (const run of shuffle(random, [...runs])) {
      if (missing === 0) break;
      if (run.people + step > MOST || run.people + step < LEAST) continue;
      run.people += step;
      missing -= step;
    }
  }
}

function setDates(draft: Draft, runs: PlannedBus[]): void {
  const open = shuffle(
    stream(draft.seed, 'dates'),
    runs.filter((run) => run.date === ''),
  );
  const parts = share(
    open.length,
    DAYS.map(([, weight]) => weight),
  );
  let at = 0;
  DAYS.forEach(([date], i) => {
    for (let k = 0; k < (parts[i] ?? 0); k++) (open[at++] as PlannedBus).date = date;
  });
}

/** Two runs that never left: snow above Wuxi, a coach broken down in Chengkou. Their people still have to go. */
function makeCancelled(draft: Draft): void {
  const times = Math.max(1, Math.round(draft.scale));
  for (let i = 0; i < times; i++) {
    busRun(draft, {
      district: districtOf(draft, '500238'),
      destination: destinationOf(draft, 'beilun'),
      date: '2022-02-08',
      people: 41,
      nonStop: false,
      allPoverty: false,
      no: 9000 + i,
      calm: true,
      cancelled: { at: secondsOf('2022-02-08T05:40'), reason: 'snow' },
    });
    busRun(draft, {
      district: districtOf(draft, '500229'),
      destination: destinationOf(draft, 'ruian'),
      date: '2022-02-10',
      people: 37,
      nonStop: false,
      allPoverty: false,
      no: 9500 + i,
      calm: true,
      cancelled: { at: secondsOf('2022-02-09T21:15'), reason: 'vehicle' },
    });
  }
}

/** Two coaches with open doors at the clock, nobody through them yet, and some published for the next two days. */
function makeWaiting(draft: Draft): void {
  const random = stream(draft.seed, 'waiting');
  const now = [
    ['500233', 'lucheng', '2022-02-11T17:31'],
    ['500101', 'beilun', '2022-02-11T17:35'],
  ] as const;
  now.forEach(([from, to, at], no) => {
    busRun(draft, {
      district: districtOf(draft, from),
      destination: destinationOf(draft, to),
      date: '2022-02-11',
      people: between(random, 40, 44),
      nonStop: true,
      allPoverty: false,
      no: 8000 + no,
      calm: true,
      departAt: secondsOf(at),
    });
  });
  const ahead = shuffle(
    random,
    BUS_FLOWS.filter((flow) => flow.runs >= 4),
  ).slice(0, Math.max(1, Math.round(6 * Math.min(1, draft.scale))));
  ahead.forEach((flow, no) => {
    const date = no % 3 === 2 ? '2022-02-13' : '2022-02-12';
    busRun(draft, {
      district: districtOf(draft, flow.from),
      destination: destinationOf(draft, flow.to),
      date,
      people: between(random, 31, 38),
      nonStop: false,
      allPoverty: false,
      no: 8500 + no,
      calm: true,
      departAt: secondsOf(`${date}T09:00`) + (no % 4) * 30 * MINUTE,
    });
  });
}

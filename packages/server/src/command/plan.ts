import type { Refusal } from '@fangang/domain/basics/result.ts';
import { fill, grouped } from '@fangang/domain/basics/say.ts';
import { isCalendarDay } from '@fangang/domain/people/roster-dates.ts';
import { readFleet } from '@fangang/domain/trips/rules-planning.ts';
import { planText, reasonWords, remedyWords } from '@fangang/domain/trips/words-planning.ts';
import type { Command } from 'commander';
import { findArea } from '../offices/store.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { within } from '../platform/services.ts';
import { commitPlans, dropPlansCutOff, type PlanEnd, planSeason } from '../trips/planning.ts';
import { type House, type OpenHouse, withHouse } from './house.ts';

interface Options {
  readonly season: string;
  readonly area?: string;
  readonly date?: string;
  readonly fleet?: string;
  readonly time?: string;
  readonly commit?: boolean;
  readonly json?: boolean;
}

/** `fangang plan`: draft plans for a district or the whole city, here and now; with `--commit` they become real. */
export function addPlan(program: Command, house: House): void {
  program
    .command('plan')
    .description('plan everybody’s way from home door to factory gate')
    .requiredOption('--season <id>', 'for example 2022-spring')
    .option('--area <code>', 'twelve digits of a district; the whole city unless told')
    .option('--date <day>', 'one day only, for example 2022-02-12; else tomorrow to the end of the season')
    .option('--fleet <coaches>', 'the whole fleet of one district: 3x49,1x19')
    .option('--time <seconds>', 'seconds of search for all districts together')
    .option('--commit', 'commit and publish the plans')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fangang plan --season 2022-spring --area 500156000000 --fleet 3x49\n  fangang plan --season 2022-spring --commit --json\n\nExit code 6 when nobody could be placed.',
    )
    .action((options: Options) => plan(house, options));
}

async function plan(house: House, options: Options): Promise<void> {
  const ask = askOf(options);
  const work = async ({ services }: OpenHouse): Promise<void> => {
    await refuseUnknownArea(services, house, options.area);
    const bar = house.progress('plan');
    const begun = performance.now();
    const ends = await planSeason(services, house.asCity(services), {
      ...ask,
      onShare: (share) => bar.update(share),
    }).finally(() => bar.stop());
    if (!ends.ok) throw refused(ends.refusal);
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    const committed = options.commit ? await commit(services, house, ends.value) : null;
    const result = { season: options.season, seconds, ...totalsOf(ends.value), committed };
    house.print(result, textOf(result), options.json ?? false);
    const broken = ends.value.filter((it) => it.state === 'failed');
    if (broken.length > 0) process.exitCode = ExitCode.fault;
    else if (result.placed === 0) process.exitCode = ExitCode.infeasible;
  };
  // A draft left running would keep its district's page waiting.
  await withHouse(house, work, ({ services }) => dropPlansCutOff(services, house.asCity(services)));
}

async function refuseUnknownArea(
  services: OpenHouse['services'],
  house: House,
  area: string | undefined,
): Promise<void> {
  if (area === undefined || (await within(services, house.asCity(services), (tx) => findArea(tx, area))))
    return;
  throw new CommandError(ExitCode.notFound, 'offices.no_such_area', `there is no area ${area} in this city`);
}

function askOf(options: Options): Parameters<typeof planSeason>[2] {
  const fleet = readFleet(options.fleet ?? '');
  if (!fleet.ok) {
    throw new CommandError(
      ExitCode.usage,
      fleet.refusal.code,
      `“${fleet.refusal.facts.text}” is no fleet: write 3x49,1x19 for three coaches of 49 seats and one of 19`,
    );
  }
  const seconds = options.time === undefined ? undefined : Number(options.time);
  if (seconds !== undefined && !(seconds > 0 && seconds <= 3600)) {
    throw new CommandError(
      ExitCode.usage,
      'trips.bad_time',
      `“${options.time}” is no time: write seconds, such as 45`,
    );
  }
  if (options.area !== undefined && !/^\d{12}$/.test(options.area)) {
    throw new CommandError(
      ExitCode.usage,
      'offices.no_such_area',
      `“${options.area}” is no area code of 12 digits`,
    );
  }
  if (options.date !== undefined && !isCalendarDay(options.date)) {
    throw new CommandError(
      ExitCode.usage,
      'offices.bad_day',
      `“${options.date}” is no day: write it as 2022-02-12`,
    );
  }
  const { season, area, date } = options;
  return { season, area, fromDay: date, toDay: date, fleet: fleet.value, seconds };
}

const SENTENCES: Readonly<
  Record<string, { exit: ExitCode; say: (facts: NonNullable<Refusal['facts']>) => string }>
> = {
  'trips.no_such_season': { exit: ExitCode.notFound, say: (it) => `there is no season ${it.season}` },
  'trips.no_days_left': {
    exit: ExitCode.validation,
    say: (it) => `there are no days to plan between ${it.from} and ${it.to}`,
  },
  'trips.nobody_waiting': { exit: ExitCode.infeasible, say: () => 'nobody is waiting for a way there' },
  'trips.fleet_needs_district': {
    exit: ExitCode.usage,
    say: () => 'a fleet belongs to one district: add --area',
  },
  'trips.plan_outdated': {
    exit: ExitCode.conflict,
    say: () => 'other runs were added since the plan was made: plan again',
  },
  'trips.seats_gone': {
    exit: ExitCode.conflict,
    say: () => 'somebody took the same seats just now: plan again',
  },
};

function refused({ code, facts = {} }: Refusal): CommandError {
  const known = SENTENCES[code];
  return new CommandError(known?.exit ?? ExitCode.conflict, code, known?.say(facts) ?? `refused: ${code}`);
}

async function commit(
  services: OpenHouse['services'],
  house: House,
  ends: readonly PlanEnd[],
): Promise<{ placed: number; runs: number; leftOut: number }> {
  const ready = ends.filter((it) => it.state === 'ready').map((it) => it.id);
  const done = await commitPlans(services, house.asCity(services), ready, { publish: true });
  const bad = done.find((it) => !it.result.ok);
  if (bad && !bad.result.ok) throw refused(bad.result.refusal);
  const outcomes = done.flatMap((it) => (it.result.ok ? [it.result.value] : []));
  return {
    placed: outcomes.reduce((sum, it) => sum + it.placed, 0),
    runs: outcomes.reduce((sum, it) => sum + it.runs, 0),
    leftOut: outcomes.flatMap((it) => it.leftOut).reduce((sum, it) => sum + it.people, 0),
  };
}

interface Reason {
  readonly reason: string;
  readonly people: number;
  readonly wishes: readonly {
    readonly wish: string;
    readonly remedy: string;
    readonly owner: string | null;
  }[];
}

interface Totals {
  readonly districts: number;
  readonly placed: number;
  readonly unplaced: number;
  readonly runs: number;
  readonly costFen: number;
  readonly boundFen: number;
  readonly plans: readonly { readonly id: string; readonly area: string; readonly state: PlanEnd['state'] }[];
  readonly reasons: readonly Reason[];
}

function totalsOf(ends: readonly PlanEnd[]): Totals {
  const plans = ends.flatMap((it) => (it.plan ? [it.plan] : []));
  const sum = (pick: (plan: (typeof plans)[number]) => number) => plans.reduce((n, it) => n + pick(it), 0);
  const gaps = plans.flatMap((it) => it.gaps);
  const codes = [...new Set(gaps.map((it) => it.reason))];
  const reasons = codes.map((reason): Reason => {
    const wishes = gaps
      .filter((it) => it.reason === reason)
      .flatMap(({ members, remedy, owner }) => members.map(({ wish }) => ({ wish, remedy, owner })));
    return { reason, people: wishes.length, wishes };
  });
  return {
    districts: ends.length,
    placed: sum((it) => it.totals.placed),
    unplaced: sum((it) => it.totals.unplaced),
    runs: sum((it) => it.totals.runs),
    costFen: sum((it) => it.totals.costFen),
    boundFen: sum((it) => it.totals.boundFen),
    plans: ends.map(({ id, area, state }) => ({ id, area, state })),
    reasons: reasons.sort((a, b) => b.people - a.people),
  };
}

function textOf(
  it: Totals & { seconds: number; committed: { placed: number; runs: number; leftOut: number } | null },
): string {
  const lines = [
    `●━◐┄○ ${grouped(it.placed)} placed on ${grouped(it.runs)} runs, ${grouped(it.unplaced)} not placed, in ${it.districts} districts (${it.seconds} s)`,
    `about ¥${grouped(Math.round(it.costFen / 100))}; no plan that serves them can cost less than ¥${grouped(Math.round(it.boundFen / 100))}`,
  ];
  for (const { reason, people, wishes } of it.reasons) {
    const remedies = [...new Set(wishes.map((wish) => wish.remedy))].map((code) =>
      shortOf(remedyWords, code),
    );
    lines.push(`${String(people).padStart(6)}  ${shortOf(reasonWords, reason)} → ${remedies.join('; ')}`);
  }
  for (const failed of it.plans.filter((plan) => plan.state === 'failed'))
    lines.push(`the plan of ${failed.area} did not pass the independent check and is not used`);
  if (it.committed)
    lines.push(
      `committed and published: ${grouped(it.committed.placed)} people on ${grouped(it.committed.runs)} new runs; ${grouped(it.committed.leftOut)} left out`,
    );
  return lines.join('\n');
}

/** A reason or remedy for many people: its words, with the numbers that differ from person to person left open. */
function shortOf(table: Parameters<typeof planText>[0], code: string): string {
  return fill(planText(table, code), 'en').replace(/\{[^{}]+\}/g, '…');
}

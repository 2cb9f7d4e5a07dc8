import { addDays, dayOf } from '@fangang/domain/basics/moment.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import { CLIMB_AFTER_DAYS } from '@fangang/domain/people/rules-need.ts';
import { readClock } from '../platform/clock.ts';
import type { Scope } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import type { Services } from '../platform/services.ts';
import { within } from '../platform/services.ts';
import { climbRows, listDistricts } from './store-needs.ts';

/** The service that lifts what is late: no account, known by this id in the journal. */
export const CLIMBER = '00000000-0000-0000-0000-0000000c117b';

function scopeOf(area: string): Scope {
  const { from, to } = areaRange(area);
  return { kind: 'office', staffId: CLIMBER, officeId: CLIMBER, areaFrom: from, areaTo: to };
}

/**
 * Lifts the late needs and difficulties of one area to the office above, once for each level, with an event for each. Answers how many.
 * Run again on the same day it finds nothing to do.
 */
export async function climbIn(services: Services, area: string): Promise<number> {
  return await within(services, scopeOf(area), async (tx) => {
    const { now } = await readClock(tx);
    const today = dayOf(now);
    const lateFrom = CLIMB_AFTER_DAYS.map((days) => addDays(today, -days));
    const key = newId();
    const needs = await climbRows(tx, 'people_need', lateFrom, today);
    const told = await climbRows(tx, 'people_difficulty', lateFrom, today);
    const events = [
      ...needs.map((it) => ({ it, type: 'people.need_climbed' })),
      ...told.map((it) => ({ it, type: 'people.difficulty_climbed' })),
    ].map(({ it, type }, ordinal) => ({
      ...{ at: now, actor: CLIMBER, key, ordinal, subject: it.id, type, area: it.area, season: it.season },
      data: { kind: it.kind, level: it.climbed },
    }));
    await append(tx, events, now);
    return events.length;
  });
}

async function climbEverywhere(services: Services): Promise<void> {
  const districts = await within(services, { kind: 'open' }, listDistricts);
  for (const district of districts) await climbIn(services, district);
}

/** What runs in the background for the people: each hour, district by district. */
export const climbTasks: Readonly<Record<string, (payload: unknown, services: Services) => Promise<void>>> = {
  people_climb: (_payload, services) => climbEverywhere(services),
};

/** At five past each hour. In UTC. */
export const CLIMB_CRONTAB = '5 * * * * people_climb';

import { setTimeout as pause } from 'node:timers/promises';
import type { TripView } from '@fangang/domain/trips/api.ts';
import type { PlanLine } from '@fangang/domain/trips/api-planning.ts';
import { type Canary, isBad, rosterOf, rowOf } from './canary-people.ts';
import { type Visitor, visitor } from './http.ts';

const SEASON = '2022-spring';
const TOMORROW = '2022-02-12';
const TOWN = '500156101000';
const DISTRICT = '500156000000';
const WAIT_MS = 180_000;

/** What was done with them, to be told with the result. */
export interface Toured {
  readonly imported: number;
  readonly edited: number;
  readonly revealed: number;
  readonly seated: number;
  readonly boarded: number;
  readonly exports: number;
  readonly refused: number;
}

async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + WAIT_MS;
  while (Date.now() < end) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await pause(200);
  }
  throw new Error(`${what}: not within ${WAIT_MS / 1000} s`);
}

/** Waits for the sample season and its drafts, so that nothing else is under way. */
export function sampleReady(url: string): Promise<true> {
  const anyone = visitor(url);
  return until('the sample season', async () => {
    const { sample } = await anyone.get<{ sample: { state: string } | null }>('/api/session');
    return sample?.state === 'ready' ? true : undefined;
  });
}

async function bringIn(desk: Visitor, people: readonly Canary[]): Promise<number> {
  const file = await rosterOf(people, TOMORROW);
  const { uploadId } = await desk.upload<{ uploadId: string }>(
    '/api/people/uploads',
    { season: SEASON, area: TOWN },
    file,
  );
  await desk.get(`/api/people/uploads/${uploadId}`);
  const wrong = people.flatMap((it, i) =>
    isBad(i) ? [{ row: rowOf(i), field: 'idNumber', value: it.idNumber }] : [],
  );
  await desk.post(`/api/people/uploads/${uploadId}/fix`, { fixes: wrong });
  const done = await desk.post<{ created: number }>(`/api/people/uploads/${uploadId}/commit`, {
    skipBad: false,
  });
  return done.created;
}

/** Ids of people of the town's list, as many as are asked for. */
async function idsOf(desk: Visitor, people: readonly Canary[]): Promise<string[]> {
  const ids: string[] = [];
  for (const it of people) {
    const found = await desk.post<{ people: { id: string; name: string }[] }>('/api/people/find', {
      text: it.name,
    });
    const hit = found.people.find((other) => other.name === it.name);
    if (hit) ids.push(hit.id);
  }
  return ids;
}

/** By hand: a person more, wishes changed and withdrawn, numbers read, a person's own file, a person erased. */
async function work(desk: Visitor, added: Canary, ids: readonly string[]): Promise<Partial<Toured>> {
  const { personId } = await desk.post<{ personId: string }>('/api/people', {
    ...{ season: SEASON, name: added.name, idNumber: added.idNumber, phone: added.phone, area: TOWN },
  });
  const wish = {
    ...{
      kind: 'sameJob',
      mode: 'ours',
      destination: '330302',
      gateText: null,
      earliest: TOMORROW,
      latest: TOMORROW,
    },
    ...{ wheelchair: false, mayPart: true, remark: null },
  };
  await desk.post(`/api/people/${personId}/wish`, { season: SEASON, wish });
  let revealed = 0;
  for (const id of ids) {
    await desk.get(`/api/people/${id}?season=${SEASON}`);
    for (const what of ['idNumber', 'phone', 'phone2']) {
      await desk.get(`/api/people/${id}/number?what=${what}&purpose=callTraveller`);
      revealed += 1;
    }
  }
  const [first = personId, second = personId] = ids;
  await desk.bytes(`/api/people/${first}/file.xlsx`);
  await desk
    .post(`/api/people/${second}/wish/withdraw`, { season: SEASON, why: 'staysHome' })
    .catch(() => undefined);
  return { edited: 2, revealed, exports: 1 };
}

async function plan(desk: Visitor, people: number): Promise<number> {
  const fleet = [{ seats: 49, count: Math.ceil(people / 35) + 1 }];
  const asked = { season: SEASON, area: DISTRICT, fromDay: TOMORROW, toDay: TOMORROW, fleet, seconds: 5 };
  const { plans } = await desk.post<{ plans: { id: string }[] }>('/api/plans', asked);
  const id = plans[0]?.id ?? '';
  const line = await until('the draft plan', async () => {
    const one = await desk.get<PlanLine>(`/api/plans/${id}`);
    return one.state === 'ready' || one.state === 'failed' ? one : undefined;
  });
  if (line.state !== 'ready') throw new Error(`the plan is ${line.state}`);
  await desk.post(`/api/plans/${id}/commit`, { publish: true });
  return line.placed;
}

/** Every run of tomorrow: doors opened, people boarded in the three ways, departed; feeders arrive first. */
async function ride(desk: Visitor, most: number): Promise<{ boarded: number; exports: number }> {
  await desk.post('/api/clock', { to: 'nextMorning' });
  const { trips } = await desk.get<{ trips: { id: string; role: string }[] }>(
    `/api/trips?season=${SEASON}&day=${TOMORROW}&count=500`,
  );
  let [boarded, exports] = [0, 0];
  const ordered = [...trips].sort((a, b) => Number(b.role === 'feeder') - Number(a.role === 'feeder'));
  for (const { id, role } of ordered.slice(0, most)) {
    for (const kind of ['pdf', 'xlsx']) {
      await desk
        .bytes(`/api/trips/${id}/manifest.${kind}?full=true`)
        .catch(() => desk.bytes(`/api/trips/${id}/manifest.${kind}`));
      exports += 1;
    }
    const { stops, passengers } = await desk.get<TripView>(`/api/trips/${id}`);
    for (const { no } of stops.slice(0, -1).filter((it) => it.kind === 'pickUp')) {
      await desk.post(`/api/trips/${id}/open-door`, { stop: no });
      for (const it of passengers.filter((one) => one.board === no)) {
        await desk.post(`/api/trips/${id}/find`, { tail: it.idTail.toUpperCase() }).catch(() => undefined);
        await desk.post(`/api/trips/${id}/board`, { who: { leg: it.leg }, check: 'allNormal' });
        boarded += 1;
      }
      await desk.post(`/api/trips/${id}/depart`, { stop: no });
    }
    if (role === 'feeder') await desk.post(`/api/trips/${id}/arrive`, { stop: stops.length - 1 });
  }
  return { boarded, exports };
}

/** Numbers where they do not belong: every one of these is refused, and must leave nothing behind. */
async function misplace(desk: Visitor, url: string, people: readonly Canary[]): Promise<number> {
  const anyone = visitor(url);
  let refused = 0;
  for (const { idNumber, phone, phone2 } of people.slice(0, 40)) {
    const tried = [
      await desk.try('GET', `/api/people/${idNumber}`),
      await desk.try('GET', `/api/trips/${phone}`),
      await desk.try('GET', `/t/${idNumber}`),
      await desk.try('POST', '/api/people', { idNumber, phone, [phone2]: idNumber }),
      await anyone.try('POST', '/api/session', { login: idNumber, password: phone }),
      await anyone.try('GET', `/${idNumber}?phone=${phone}`),
    ];
    refused += tried.filter((it) => it >= 400).length;
  }
  return refused;
}

/**
 * Leads people through everything an office does with them: a roster with wrong cells, fixes, work by hand, numbers read, a plan, seats,
 * the vehicle's door, papers, a person's own file; and through what is refused.
 *
 * @param people the last of them is added by hand, the others come in the roster.
 * @param runs how many of tomorrow's runs are boarded.
 */
export async function tour(url: string, people: readonly Canary[], runs: number): Promise<Toured> {
  const desk = visitor(url);
  await desk.post('/api/session/door', { role: 'dispatcher' });
  const [roster, added] = [people.slice(0, -1), people.at(-1)];
  if (!added) throw new Error('nobody to lead through');
  const imported = await bringIn(desk, roster);
  const worked = await work(desk, added, await idsOf(desk, roster.slice(0, 12)));
  const seated = await plan(desk, people.length);
  const rode = await ride(desk, runs);
  const refused = await misplace(desk, url, people);
  const exports = (worked.exports ?? 0) + rode.exports;
  return {
    imported,
    edited: worked.edited ?? 0,
    revealed: worked.revealed ?? 0,
    seated,
    boarded: rode.boarded,
    exports,
    refused,
  };
}

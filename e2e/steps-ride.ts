import type { Passenger, TripStop, TripView } from '@fangang/domain/trips/api.ts';
import type { Page } from 'playwright-core';
import type { Product } from './server.ts';
import {
  boardAll,
  firmOf,
  holdOne,
  leave,
  openNextDoor,
  reach,
  readRun,
  signAtGate,
  signInAsGuard,
} from './steps-door.ts';
import { numberIn } from './steps-sample.ts';

/** On the planning page of a district: its draft becomes runs with tickets. Answers how many people have a seat. */
export async function commitDraft(desk: Page): Promise<number> {
  await desk.getByRole('button', { name: '提交并下票' }).click();
  const done = desk.getByText(/^已提交：\d+ 人上座，\d+ 趟$/).first();
  await done.waitFor({ timeout: 60_000 });
  return numberIn(await done.textContent());
}

/** Opens the first coach of tomorrow from the lists of a committed plan; answers the id of the run. */
export async function openFirstCoach(desk: Page): Promise<string> {
  const coach = desk.getByRole('row').filter({ hasText: /WL0212-.+主程/ });
  await coach
    .first()
    .getByRole('link', { name: /^WL0212-\d+$/ })
    .click();
  await desk.waitForURL('**/trips/*');
  await desk.getByRole('heading', { level: 1, name: /^WL0212-/ }).waitFor();
  return new URL(desk.url()).pathname.split('/').at(-1) ?? '';
}

/** The sample's clock goes on to the next morning, by its banner. */
export async function nextMorning(desk: Page, day: string): Promise<void> {
  await desk.getByRole('button', { name: '次日早晨' }).click();
  await desk.getByText(`${day} 08:00`).first().waitFor();
}

/** How a bus was boarded. */
export interface Ride {
  readonly aboard: number;
  readonly byFour: number;
  readonly byList: number;
}

/**
 * Door by door, from the first pick-up to the last: everybody gets on but one who is held.
 *
 * @param held who, if anybody
 * @param onFirst done while the first door is still open
 */
export async function boardBus(
  phone: Page,
  bus: TripView,
  { held, onFirst }: { readonly held?: Passenger | undefined; readonly onFirst?: () => Promise<void> } = {},
): Promise<Ride> {
  let [aboard, byFour, byList] = [0, 0, 0];
  for (const stop of bus.stops.filter((it) => it.kind === 'pickUp')) {
    await openNextDoor(phone, stop.name);
    const here = bus.passengers.filter((it) => it.board === stop.no);
    if (held?.board === stop.no) await holdOne(phone, held);
    const done = await boardAll(
      phone,
      here.filter((it) => it !== held),
      bus,
    );
    byFour += done.byFour;
    byList += done.byList;
    aboard += done.byFour + done.byList;
    if (stop.no === 0) await onFirst?.();
    await leave(phone, stop.name, aboard);
  }
  return { aboard, byFour, byList };
}

/** Brings everybody of a village feeder to the pick-up point, by the calls that the escort's phone makes. */
export async function runFeeder(phone: Page, url: string, tripId: string): Promise<void> {
  const send = async (step: string, data: object): Promise<void> => {
    const reply = await phone.request.post(`${url}/api/trips/${tripId}/${step}`, { data });
    if (!reply.ok()) throw new Error(`${step} of a feeder answered ${reply.status()}: ${await reply.text()}`);
  };
  const { stops, passengers } = await readRun(phone, url, tripId);
  for (const { no } of stops.slice(0, -1)) {
    await send('open-door', { stop: no });
    for (const { leg } of passengers.filter((it) => it.board === no)) {
      await send('board', { who: { leg }, check: 'allNormal' });
    }
    await send('depart', { stop: no });
  }
  await send('arrive', { stop: stops.length - 1 });
}

export const gatesOf = (bus: TripView): TripStop[] => bus.stops.filter((it) => it.kind === 'gate');

/** What is in hand at the gates: the escort's phone, the guard's, and the product they speak to. */
export interface Hands {
  readonly phone: Page;
  readonly guard: Page;
  readonly product: Product;
  /** Done while the guard counts. */
  readonly onGate?: () => Promise<unknown>;
}

/** Gate by gate: the guard of the first notes the bus and signs on the own phone; at the others the escort hands over hers. */
export async function handOver({ phone, guard, product, onGate }: Hands, bus: TripView): Promise<void> {
  const tripId = bus.trip.id;
  for (const [i, gate] of gatesOf(bus).entries()) {
    const { passengers } = await readRun(phone, product.url, tripId);
    const heads = passengers.filter((it) => it.alight === gate.no && it.state === 'boarded').length;
    if (i === 0) {
      await signInAsGuard(guard, product, { firm: firmOf(gate.name), tripId });
      await guard.getByRole('button', { name: /^车到了/ }).click();
      await guard.getByRole('button', { name: `${heads} 人，对的` }).waitFor();
      await onGate?.();
      await signAtGate(guard, heads, '张门卫');
    } else {
      await reach(phone, gate.name);
      await phone.getByRole('link', { name: '到厂门签收' }).click();
      await signAtGate(phone, heads, '李门卫');
    }
    await phone.goto(`${product.url}/door/${tripId}`);
  }
  await phone.getByText('这趟车到了').waitFor();
}

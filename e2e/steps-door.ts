import type { Passenger, TripView } from '@fangang/domain/trips/api.ts';
import type { Locator, Page } from 'playwright-core';
import { type Product, runCommand } from './server.ts';

/** A run as the phone in hand sees it now. */
export async function readRun(phone: Page, url: string, tripId: string): Promise<TripView> {
  const reply = await phone.request.get(`${url}/api/trips/${tripId}`);
  if (!reply.ok()) throw new Error(`the run answered ${reply.status()}`);
  return (await reply.json()) as TripView;
}

/** Four characters that only this person of the bus has, if there are any. */
function ownFour(it: Passenger, all: readonly Passenger[]): string | undefined {
  const tails = all.flatMap((other) => [other.idTail.toUpperCase(), other.phoneTail]);
  return [it.idTail.toUpperCase(), it.phoneTail].find(
    (tail) => /^[0-9]{3}[0-9X]$/.test(tail) && tails.filter((other) => other === tail).length === 1,
  );
}

const barOf = (phone: Page) => phone.getByRole('button', { name: /^全部正常/ });
const onward = (phone: Page) => phone.getByRole('button', { name: /^下一位/ });
const toLeave = (phone: Page) => phone.getByRole('button', { name: /^发车/ });

async function choose(phone: Page, { seat, name }: Passenger): Promise<void> {
  await phone.getByRole('button', { name: '名单', exact: true }).click();
  await phone.getByRole('button', { name: new RegExp(`^${seat} ?${name}`) }).click();
  await phone
    .getByRole('status')
    .filter({ hasText: `${seat} 座 · ${name}` })
    .waitFor();
}

/** Boards somebody by the last four on the keypad: six taps. */
async function boardByFour(phone: Page, it: Passenger, four: string): Promise<void> {
  await phone.getByRole('button', { name: '后四位', exact: true }).click();
  for (const key of four) await phone.getByRole('button', { name: key, exact: true }).click();
  await phone
    .getByRole('status')
    .filter({ hasText: `${it.seat} 座 · ${it.name}` })
    .waitFor();
  await barOf(phone).click();
}

/** Boards somebody from the list. */
async function boardByList(phone: Page, it: Passenger): Promise<void> {
  await choose(phone, it);
  await barOf(phone).click();
}

/** Holds somebody for a mask that is not there; the phone says so to be read from two metres. */
export async function holdOne(phone: Page, it: Passenger): Promise<void> {
  await choose(phone, it);
  await phone.getByRole('button', { name: '有问题' }).click();
  await phone.getByRole('alert').getByText('哪里不对？').waitFor();
  await phone.getByRole('button', { name: '没戴口罩' }).click();
  await phone.getByRole('alert').getByText('请到旁边复核').waitFor();
  await onward(phone).click();
}

/** Takes a good answer away; it also goes by itself after some seconds, so that a queue does not stop. */
async function goOn(phone: Page, answer: Locator): Promise<void> {
  const gone = () => answer.waitFor({ state: 'detached' });
  await onward(phone).click({ timeout: 5_000 }).catch(gone);
  await gone();
}

/** How many were boarded in which way. */
export interface Boarded {
  byFour: number;
  byList: number;
}

/**
 * Boards people one after the other, by turns with the keypad and from the list. The answer of each says the seat and that a
 * gift pack is due.
 */
export async function boardAll(phone: Page, people: readonly Passenger[], bus: TripView): Promise<Boarded> {
  const boarded: Boarded = { byFour: 0, byList: 0 };
  for (const [i, it] of people.entries()) {
    const four = i % 2 === 0 ? ownFour(it, bus.passengers) : undefined;
    await (four ? boardByFour(phone, it, four) : boardByList(phone, it));
    boarded[four ? 'byFour' : 'byList'] += 1;
    const answer = phone.getByRole('alert').filter({ hasText: `${it.seat} 座` });
    await answer.filter({ hasText: /礼包\s*发 1 份/ }).waitFor();
    await goOn(phone, answer);
  }
  return boarded;
}

/** Opens the door of the stop that comes next. */
export async function openNextDoor(phone: Page, place: string): Promise<void> {
  await phone.getByRole('button', { name: new RegExp(`^开门\\s*${place}`) }).click();
  await toLeave(phone).waitFor();
}

/** Leaves a stop: heads counted against the list, then one button. */
export async function leave(phone: Page, place: string, aboard: number): Promise<void> {
  await toLeave(phone).click();
  await phone.getByLabel('车上点数').fill(String(aboard));
  await phone.getByRole('button', { name: `${place} 发车` }).click();
  await phone.getByText(`${place} 已发车，${aboard} 人在车`).first().waitFor();
}

/** The escort notes that the bus has reached a gate. */
export async function reach(phone: Page, place: string): Promise<void> {
  await phone.getByRole('button', { name: new RegExp(`^到了 ${place}`) }).click();
  await phone
    .getByText(new RegExp(`到达 ${place}，\\d+ 人下车`))
    .first()
    .waitFor();
}

/** Counts the people at a gate and signs for them, with a stroke of the finger. */
export async function signAtGate(phone: Page, heads: number, signer: string): Promise<void> {
  await phone.getByRole('button', { name: `${heads} 人，对的` }).click();
  await phone.getByLabel('签收人').fill(signer);
  const pad = phone.getByRole('img', { name: '请在框里签字' });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('no field to sign in');
  await phone.mouse.move(box.x + 40, box.y + 60);
  await phone.mouse.down();
  await phone.mouse.move(box.x + 160, box.y + 30, { steps: 4 });
  await phone.mouse.move(box.x + 220, box.y + 90, { steps: 4 });
  await phone.mouse.up();
  await phone.getByRole('button', { name: `签收 ${heads} 人` }).click();
  await phone.getByRole('heading', { name: `已签收 ${heads} 人` }).waitFor();
}

/** The firm of a gate: 启杉汽车部件（样例）东门 is a gate of 启杉汽车部件（样例）. */
export function firmOf(gate: string): string {
  return /^.*（样例）/.exec(gate)?.[0] ?? gate;
}

/** The guard of a firm gets an account from the command line and signs in with it on the own phone, at the gate of a run. */
export async function signInAsGuard(
  phone: Page,
  { url, dataDir }: Product,
  { firm, tripId }: { readonly firm: string; readonly tripId: string },
): Promise<void> {
  const [login, password] = [`gate-${tripId.slice(-6)}`, 'open-the-gate-22'];
  const rights = ['--role', 'employer', '--employer', firm, '--area', '500000000000', '--name', '张门卫'];
  const secret = { FANGANG_DATA: dataDir, FANGANG_PASSWORD: password };
  const said = await runCommand(['user', 'add', login, ...rights], secret);
  if (said.code !== 0) throw new Error(said.stderr);
  await phone.goto(`${url}/sign-in?next=/gate/${tripId}`);
  await phone.getByLabel('账号').fill(login);
  await phone.getByLabel('密码').fill(password);
  await phone.getByRole('button', { name: '登录', exact: true }).click();
  await phone.waitForURL(`**/gate/${tripId}`);
}

import { addMinutes, dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import {
  answerTransfer,
  askTransfer,
  listTransfers,
  withdrawTransferOf,
} from '@fangang/domain/people/api-transfer.ts';
import { readIdNumber } from '@fangang/domain/people/id-number.ts';
import { readName } from '@fangang/domain/people/roster-cells.ts';
import {
  TRANSFER_DAYS,
  type TransferEvent,
  transferStateAt,
  withdrawTransfer,
} from '@fangang/domain/people/rules-transfer.ts';
import { findArea } from '../offices/store.ts';
import { noteAudit } from '../platform/audit.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { indexesOf, type NumberKeys, numberKeys } from '../platform/index-keys.ts';
import { append } from '../platform/journal.ts';
import { hitOf } from './person-lines.ts';
import { isWithin } from './routes-roster.ts';
import { districtDigits, openNumber } from './sealed-numbers.ts';
import { findPerson } from './store-people.ts';
import {
  type AskedFor,
  type AskingOfUsRow,
  addAsking,
  agreeAsking,
  closeAsking,
  findAsking,
  forgetAskings,
  isAskedAlready,
  isOnOwnBooks,
  listAnswered,
  listAskings,
  listAskingsOfUs,
  type OwnSearch,
  refuseAsking,
} from './store-transfer.ts';
import type { PersonRow } from './tables.ts';

const MOST = 200;
/** Days after its last day for which an asking is kept. */
const KEEP_DAYS = 90;

async function tell(
  { tx, now, actor, key }: Ctx,
  subject: string,
  events: readonly (TransferEvent & { readonly area: string })[],
): Promise<void> {
  await append(
    tx,
    events.map((it, ordinal) => ({ ...it, at: now, actor, key, ordinal, subject })),
    now,
  );
}

/** What was typed, as it is kept, and as the own books are asked. */
interface Typed {
  readonly asked: AskedFor;
  readonly own: OwnSearch;
}

type Said = { readonly idNumber: string; readonly name: string; readonly tail: string };

function byNumber(ctx: Ctx, keys: NumberKeys, said: Said): Result<Typed> {
  const read = readIdNumber(said.idNumber, dayOf(ctx.now));
  if (!read.ok) return read;
  const { idNumber } = read.value;
  const { now, next } = indexesOf(keys, 'idNumber', '', idNumber);
  const own = indexesOf(keys, 'idNumber', districtDigits(ctx.asker?.areaCode ?? ''), idNumber);
  return accept({
    asked: { idIndex: now, idIndexNext: next, name: null, tail: idNumber.slice(-4) },
    own: { index: own.now, next: own.next },
  });
}

function byName({ name, tail }: Said): Result<Typed> {
  const named = readName(name);
  const digits = tail.trim().toUpperCase();
  if (name.trim() === '' || !/^\d{3}[\dX]$/.test(digits)) return refuse({ code: 'people.transfer_needs' });
  if ('fault' in named) return refuse({ code: named.fault });
  return accept({
    asked: { idIndex: null, idIndexNext: null, name: named.name, tail: digits },
    own: { name: named.name, tail: digits },
  });
}

/** Files the asking and looks nobody up beyond the own books: what is answered, and how fast, does not depend on anybody else's. */
const ask = route(askTransfer, async (ctx, { body }) => {
  const { tx, now, asker, actor, services } = ctx;
  if (!asker) throw new Error('an asking without an office');
  const keys = await numberKeys(tx, services.secrets);
  const typed = body.idNumber.trim() === '' ? byName(body) : byNumber(ctx, keys, body);
  if (!typed.ok) return typed;
  const place = isWithin(ctx, body.area) ? await findArea(tx, body.area) : undefined;
  if (!place || place.level === 'city') return refuse({ code: 'people.no_such_area' });
  const { asked, own } = typed.value;
  if (await isOnOwnBooks(tx, own)) return refuse({ code: 'people.on_own_books' });
  const { areaCode: area, officeId } = asker;
  if (await isAskedAlready(tx, area, asked, now)) return refuse({ code: 'people.transfer_open' });
  await forgetAskings(tx, addMinutes(now, -KEEP_DAYS * 1440));
  const id = newId();
  await addAsking(tx, {
    ...{ id, ...asked, area, areaUpto: areaRange(area).to, toArea: body.area, officeId, askedBy: actor },
    ...{ askedAt: now, expiresAt: addMinutes(now, TRANSFER_DAYS * 1440), why: body.why },
  });
  const how = asked.idIndex ? 'idNumber' : 'nameTail';
  await noteAudit(tx, { actor, area, action: 'people.transfer_asked', subject: id, facts: { how } });
  await tell(ctx, id, [{ type: 'people.transfer_asked', data: { how, why: body.why }, area }]);
  return accept({ transferId: id });
});

const list = route(listTransfers, async (ctx) => {
  const { tx, now } = ctx;
  const askings = await listAskings(tx, MOST);
  const ofUs = await listAskingsOfUs(tx, now);
  return accept({
    askings: askings.map(({ area: _, ...it }) => ({
      ...it,
      state: transferStateAt(it, now) as Exclude<ReturnType<typeof transferStateAt>, 'agreed'>,
    })),
    ofUs: ofUs
      .slice(0, MOST)
      .map(({ personId: _person, toArea: _to, person, ...it }) => ({ ...it, person: hitOf(person) })),
    answered: await listAnswered(tx, MOST),
  });
});

/** The numbers of a person as another district finds them. */
function newIndexes(
  keys: NumberKeys,
  person: PersonRow,
  toArea: string,
  witness: Parameters<typeof openNumber>[3],
) {
  const of = (kind: 'idNumber' | 'phone', column: 'id_sealed' | 'phone_sealed') => {
    const number = openNumber(keys.secrets, person, column, witness);
    return number === null
      ? { now: null, next: null }
      : indexesOf(keys, kind, districtDigits(toArea), number);
  };
  const [id, phone] = [of('idNumber', 'id_sealed'), of('phone', 'phone_sealed')];
  return { id: id.now, idNext: id.next, phone: phone.now, phoneNext: phone.next };
}

async function agree(ctx: Ctx, asking: AskingOfUsRow, person: PersonRow) {
  const { tx, now, actor, services } = ctx;
  const keys = await numberKeys(tx, services.secrets);
  const { id, area } = person;
  const facts = { transfer: asking.id };
  const note = { actor, area, action: 'people.transfer_agreed', subject: id, facts, opens: [id] };
  const indexes = newIndexes(keys, person, asking.toArea, await noteAudit(tx, note));
  const done = await agreeAsking(tx, { id: asking.id, personId: id, at: now, fresh: newId(), indexes });
  if (!done) return refuse({ code: 'basics.not_found' });
  await tell(ctx, asking.id, [
    { type: 'people.transfer_agreed', data: { person: id }, area },
    { type: 'people.transfer_done', data: { person: done.personId }, area: done.toArea },
  ]);
  return accept({ state: 'done' as const });
}

const answer = route(answerTransfer, async (ctx, { params, body }) => {
  const { tx, now, actor } = ctx;
  const { personId, reason } = body;
  if (body.answer === 'refuse' && !reason) return refuse({ code: 'people.transfer_needs_reason' });
  const person = await findPerson(tx, personId, true);
  const open = person ? await listAskingsOfUs(tx, now, params.transferId) : [];
  const asking = open.find((it) => it.personId === personId);
  if (!person || !asking) return refuse({ code: 'basics.not_found' });
  if (body.answer === 'agree') return agree(ctx, asking, person);
  if (!reason || !(await refuseAsking(tx, { id: asking.id, personId, reason, at: now })))
    return refuse({ code: 'basics.not_found' });
  const { area } = person;
  const facts = { transfer: asking.id, reason };
  await noteAudit(tx, { actor, area, action: 'people.transfer_refused', subject: personId, facts });
  await tell(ctx, asking.id, [{ type: 'people.transfer_refused', data: { person: personId, reason }, area }]);
  return accept({ state: 'refused' });
});

const withdraw = route(withdrawTransferOf, async (ctx, { params }) => {
  const { tx, now, actor } = ctx;
  const asking = await findAsking(tx, params.transferId);
  if (!asking) return refuse({ code: 'basics.not_found' });
  const decided = withdrawTransfer(transferStateAt(asking, now));
  if (!decided.ok) return decided;
  const { id, area } = asking;
  await closeAsking(tx, id, now);
  await noteAudit(tx, { actor, area, action: 'people.transfer_withdrawn', subject: id });
  await tell(ctx, id, [{ ...decided.value, area }]);
  return accept({});
});

/** People who go from the books of one office to those of another. */
export const transferRoutes: readonly Route[] = [ask, list, answer, withdraw];

import { dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { addPerson, recordWish, type WishSaid, withdrawWish } from '@fangang/domain/people/api.ts';
import { readIdNumber } from '@fangang/domain/people/id-number.ts';
import { readPhones } from '@fangang/domain/people/phone.ts';
import { readName } from '@fangang/domain/people/roster-cells.ts';
import { wishAfter, withdraw } from '@fangang/domain/people/rules.ts';
import { type FullWish, sayWish } from '@fangang/domain/people/rules-wish.ts';
import type { PersonEvent, WishEvent } from '@fangang/domain/people/schema.ts';
import { findArea, findSeason } from '../offices/store.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { indexesOf, numberKeys } from '../platform/index-keys.ts';
import { append } from '../platform/journal.ts';
import { initials, pinyinName } from '../platform/pinyin.ts';
import { compareLater } from './duplicate-jobs.ts';
import { wishBefore } from './import-history.ts';
import { sealedHistory } from './record-history.ts';
import { isWithin } from './routes-roster.ts';
import {
  districtDigits,
  NO_ID,
  NO_PHONE,
  sealedId,
  sealedPhone,
  sealedSecondPhone,
} from './sealed-numbers.ts';
import { findPerson, findPlace, findWish, insertWish, setWishStatus } from './store-people.ts';
import { addHistory } from './store-registry.ts';
import { identitiesOf, insertPersons, lockDistricts, updateWishes } from './store-roster.ts';
import type { WishRow } from './tables.ts';

async function tell(
  { tx, now, actor, key }: Ctx,
  at: { subject: string; area: string; season: string },
  event: WishEvent | PersonEvent,
): Promise<void> {
  await append(tx, [{ at: now, actor, key, ordinal: 0, ...at, ...event }], now);
}

function factsOf(wish: WishRow): FullWish {
  return {
    kind: wish.kind,
    mode: wish.mode,
    destination: wish.destination,
    destinationText: wish.destination_text,
    gateText: wish.gate_text,
    earliest: wish.earliest,
    latest: wish.latest,
    wheelchair: wish.wheelchair,
    mayPart: wish.may_part,
    remark: wish.remark,
  };
}

/** What the office says, with the place's name; the words of a roster stay while its place stays. */
async function wishSaid(ctx: Ctx, said: WishSaid, known: WishRow | undefined): Promise<FullWish | undefined> {
  const place = said.destination === null ? undefined : await findPlace(ctx.tx, said.destination);
  const same = known !== undefined && known.destination === said.destination;
  // A province is known to rosters and not to the table of places.
  if (said.destination !== null && !place && !same) return undefined;
  const text = same ? known.destination_text : (place?.full_name ?? null);
  return { ...said, destinationText: text, gateText: said.gateText || null, remark: said.remark || null };
}

/** How a wish stood before an office changed it, under seal: an import that is taken back later finds it changed. */
async function keepWish(
  { tx, services, actor, now: at }: Ctx,
  whose: { readonly personId: string; readonly area: string; readonly wishId: string },
  known: WishRow | undefined,
): Promise<void> {
  const { personId, area, wishId: record } = whose;
  const before = known ? wishBefore(known) : null;
  const kept = { personId, area, at, actor, part: 'wish' as const, record, fields: [], before };
  await addHistory(tx, sealedHistory(services.secrets, kept));
}

const record = route(recordWish, async (ctx, { params, body }) => {
  const { tx, now } = ctx;
  const { season } = body;
  const person = await findPerson(tx, params.personId);
  if (!person || !(await findSeason(tx, season))) return refuse({ code: 'basics.not_found' });
  const known = await findWish(tx, season, person.id, true);
  const said = await wishSaid(ctx, body.wish, known);
  if (!said) return refuse({ code: 'people.no_such_place' });
  const before = known && { status: known.status, facts: factsOf(known) };
  const decided = sayWish(before, said, person, dayOf(now));
  if (!decided.ok) return decided;
  const event = decided.value;
  if (!event && known) return accept({ wishId: known.id, changed: false });
  if (!event) throw new Error('a wish that is new has an event');
  const { destinationText, gateText, mayPart, ...same } = said;
  const row = {
    ...same,
    id: known?.id ?? newId(),
    destination_text: destinationText,
    gate_text: gateText,
    gate_id: gateText === known?.gate_text ? (known?.gate_id ?? null) : null,
    may_part: mayPart,
    party: known?.party ?? newId(),
    status: wishAfter(known?.status, event),
  };
  if (known) await updateWishes(tx, [row]);
  else {
    const { identity, area, ledger_office } = person;
    const added = { ...row, season, person_id: person.id, identity, area, ledger_office, recorded_at: now };
    // Somebody else has just recorded one: it is read again and not written over.
    if (!(await insertWish(tx, added))) return refuse({ code: 'people.wish_just_recorded' });
  }
  await keepWish(ctx, { personId: person.id, area: person.area, wishId: row.id }, known);
  await tell(ctx, { subject: row.id, area: person.area, season }, event);
  return accept({ wishId: row.id, changed: true });
});

const takeBack = route(withdrawWish, async (ctx, { params, body }) => {
  const wish = await findWish(ctx.tx, body.season, params.personId, true);
  if (!wish) return refuse({ code: 'basics.not_found' });
  const decided = withdraw(wish, body.why);
  if (!decided.ok) return decided;
  await setWishStatus(ctx.tx, wish.id, wishAfter(wish.status, decided.value));
  await keepWish(ctx, { personId: wish.person_id, area: wish.area, wishId: wish.id }, wish);
  await tell(ctx, { subject: wish.id, area: wish.area, season: body.season }, decided.value);
  return accept({});
});

const add = route(addPerson, async (ctx, { body }) => {
  const { tx, now, actor, services } = ctx;
  const keys = await numberKeys(tx, services.secrets);
  const { area } = body;
  if (!(await findSeason(tx, body.season))) return refuse({ code: 'basics.not_found' });
  const named = readName(body.name);
  if ('fault' in named) return refuse({ code: named.fault });
  const typed = body.idNumber.trim();
  const id = typed === '' ? undefined : readIdNumber(typed, dayOf(now));
  if (id && !id.ok) return id;
  const phones = readPhones(body.phone);
  if (!phones.ok && phones.refusal.code !== 'people.phone_missing') return phones;
  const place = isWithin(ctx, area) ? await findArea(tx, area) : undefined;
  if (!place || place.level === 'city') return refuse({ code: 'people.no_such_area' });
  await lockDistricts(tx, [districtDigits(area)]);
  const personId = newId();
  const number = id?.value.idNumber;
  const [first, second] = phones.ok ? phones.value : [];
  const fresh = newId();
  const [identity = fresh] =
    number === undefined ? [] : await identitiesOf(tx, [indexesOf(keys, 'idNumber', '', number)], [fresh]);
  const added = await insertPersons(tx, [
    {
      id: personId,
      identity,
      area,
      name: named.name,
      pinyin: pinyinName(named.name),
      initials: initials(named.name),
      gender: id?.value.gender ?? null,
      birth: id?.value.birthDate ?? null,
      id_kind: id?.value.kind ?? 'none',
      ...(number === undefined ? NO_ID : sealedId(keys, personId, area, number)),
      ...(first ? sealedPhone(keys, personId, area, first.number) : NO_PHONE),
      phone2_sealed: second ? sealedSecondPhone(keys, personId, second.number) : null,
      household_id: null,
      ledger_office: null,
      nation: null,
      education: null,
      job_type: null,
      workplace: null,
      channel: 'townStation',
      registered_at: now,
      registered_by: actor,
    },
  ]);
  if (!added.has(personId)) return refuse({ code: 'people.already_registered' });
  const event: PersonEvent = {
    type: 'people.person_registered',
    data: { identity, channel: 'townStation' },
  };
  await tell(ctx, { subject: personId, area, season: body.season }, event);
  await compareLater(tx, ctx.asker, ctx.key);
  return accept({ personId });
});

export const wishRoutes: readonly Route[] = [record, takeBack, add];

import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { indexesOf, type NumberKeys } from '../platform/index-keys.ts';
import { insideOnly } from '../platform/witness.ts';
import { districtDigits, openNumber, sealedId, sealedPhone, sealedSecondPhone } from './sealed-numbers.ts';
import type { PersonRow } from './tables.ts';

type Numbers = Pick<
  PersonRow,
  | 'id'
  | 'identity'
  | 'area'
  | 'id_sealed'
  | 'id_index'
  | 'id_index_next'
  | 'phone_sealed'
  | 'phone_index'
  | 'phone_index_next'
  | 'phone2_sealed'
>;

/** What one person's row gets; the old texts say that nobody has written there meanwhile. */
interface Renewed extends Numbers {
  readonly old_id: Buffer | null;
  readonly old_phone: Buffer | null;
  readonly old_phone2: Buffer | null;
  readonly identity_now: Buffer | null;
  readonly identity_next: Buffer | null;
}

const unseen = insideOnly('rotateKeys');

function renew(keys: NumberKeys, it: Numbers): Renewed {
  const { secrets } = keys;
  const id = openNumber(secrets, it, 'id_sealed', unseen);
  const phone = openNumber(secrets, it, 'phone_sealed', unseen);
  const second = openNumber(secrets, it, 'phone2_sealed', unseen);
  const city = id === null ? null : indexesOf(keys, 'idNumber', '', id);
  return {
    ...it,
    ...(id !== null && sealedId(keys, it.id, it.area, id)),
    ...(phone !== null && sealedPhone(keys, it.id, it.area, phone)),
    phone2_sealed: second === null ? null : sealedSecondPhone(keys, it.id, second),
    old_id: it.id_sealed,
    old_phone: it.phone_sealed,
    old_phone2: it.phone2_sealed,
    identity_now: city?.now ?? null,
    identity_next: city?.next ?? null,
  };
}

/**
 * Seals the numbers of some people with the newest key, and finds them under the next one where the key of the index is being changed.
 *
 * A row that somebody writes at the same time is left to the next pass: the old texts are the condition of the update, so that no change is
 * lost. `last` is the last person looked at; undefined at the end.
 */
export async function rotatePeople(
  tx: Tx,
  keys: NumberKeys,
  at: { readonly newest: number; readonly after: string; readonly limit: number },
): Promise<{ done: number; last: string | undefined }> {
  const { rows } = await sql<Numbers>`
    select id, identity, area, id_sealed, id_index, id_index_next, phone_sealed, phone_index, phone_index_next, phone2_sealed
    from people_person where id > ${at.after}::uuid and (
      get_byte(id_sealed, 1) < ${at.newest} or get_byte(phone_sealed, 1) < ${at.newest} or get_byte(phone2_sealed, 1) < ${at.newest}
      or ${keys.nextNo !== null} and (id_sealed is not null and id_index_next is null
        or phone_sealed is not null and phone_index_next is null))
    order by id limit ${at.limit}`.execute(tx);
  const renewed = rows.map((it) => renew(keys, it));
  return { done: await write(tx, renewed), last: rows[rows.length - 1]?.id };
}

async function write(tx: Tx, renewed: readonly Renewed[]): Promise<number> {
  if (renewed.length === 0) return 0;
  const of = <K extends keyof Renewed>(name: K) => renewed.map((it) => it[name]);
  const done = await sql`
    update people_person p set id_sealed = u.id_sealed, id_index_next = u.id_index_next, phone_sealed = u.phone_sealed,
      phone_index_next = u.phone_index_next, phone2_sealed = u.phone2_sealed
    from unnest(${of('id')}::uuid[], ${of('id_sealed')}::bytea[], ${of('id_index_next')}::bytea[], ${of('phone_sealed')}::bytea[],
      ${of('phone_index_next')}::bytea[], ${of('phone2_sealed')}::bytea[], ${of('old_id')}::bytea[], ${of('old_phone')}::bytea[],
      ${of('old_phone2')}::bytea[], ${renewed.map((it) => districtDigits(it.area))}::text[])
      u(id, id_sealed, id_index_next, phone_sealed, phone_index_next, phone2_sealed, old_id, old_phone, old_phone2, district)
    where p.id = u.id and p.district = u.district and p.id_sealed is not distinct from u.old_id
      and p.phone_sealed is not distinct from u.old_phone and p.phone2_sealed is not distinct from u.old_phone2`.execute(
    tx,
  );
  // The tie between the books of two districts: by the number itself, never by what the row says of it alone.
  await sql`update people_identity i set id_index_next = u.next
    from unnest(${of('identity')}::uuid[], ${of('identity_now')}::bytea[], ${of('identity_next')}::bytea[]) u(id, now, next)
    where i.id = u.id and i.id_index = u.now and u.next is not null and i.id_index_next is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}

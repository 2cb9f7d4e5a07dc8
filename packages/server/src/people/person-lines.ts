import type { PersonHit, WishLine } from '@fangang/domain/people/api.ts';
import type { HitRow, ListRow } from './store-people.ts';

/** A person as lists show them: never a whole number. */
export function hitOf(row: HitRow): PersonHit {
  return {
    id: row.id,
    name: row.name,
    pinyin: row.pinyin,
    gender: row.gender,
    area: row.area,
    idTail: row.id_tail,
    phoneTail: row.phone_tail,
    areaName: row.area_name ?? '',
    areaPinyin: row.area_pinyin ?? '',
  };
}

/** A wish as lists show it. */
export function wishLine(row: Omit<ListRow, keyof HitRow | 'wish_id'>): WishLine {
  return {
    kind: row.kind,
    mode: row.mode,
    status: row.status,
    destination: row.destination,
    destinationName: row.place_name ?? row.destination_text,
    destinationPinyin: row.place_pinyin,
    earliest: row.earliest,
    latest: row.latest,
    wheelchair: row.wheelchair,
    unplacedReason: row.unplaced_reason,
  };
}

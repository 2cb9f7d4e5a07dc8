import { accept, type Result, refuse } from '../basics/result.ts';
import { ageOn, type IdRefusal, readIdNumber } from './id-number.ts';
import { type PhoneRefusal, readPhones } from './phone.ts';
import type { ChangedPart, LaborAbility, WorkSpell } from './registry.ts';
import { type NameFault, readName } from './roster-cells.ts';
import type { PersonField } from './schema.ts';

/** Every field of a person's row that an office may change by hand; null = not known. Numbers in the clear. */
export type PersonRecord = Readonly<Record<PersonField, string | null>>;

/** What an office types over a record; a field left out stays, an empty text takes away what is there. */
export type PersonEdit = Readonly<Partial<Record<PersonField, string>>>;

export type EditRefusal =
  | IdRefusal
  | PhoneRefusal
  | { readonly code: NameFault }
  | { readonly code: 'people.born_later' }
  | { readonly code: 'people.birth_differs_from_id' }
  | { readonly code: 'people.gender_differs_from_id' }
  | { readonly code: 'people.one_phone_a_field' };

const textOrNull = (text: string): string | null => text.trim() || null;

function readPhone(text: string): Result<string | null, EditRefusal> {
  if (text.trim() === '') return accept(null);
  const phones = readPhones(text);
  if (!phones.ok) return phones;
  const [first, second] = phones.value;
  return second ? refuse({ code: 'people.one_phone_a_field' }) : accept(first?.number ?? null);
}

/** An ID number says birth and gender itself: what is typed beside it must agree. */
function readId(edit: PersonEdit, today: string): Result<Partial<PersonRecord>, EditRefusal> {
  const text = edit.idNumber;
  if (text === undefined) return accept({});
  if (text.trim() === '') return accept({ idNumber: null });
  const id = readIdNumber(text, today);
  if (!id.ok) return id;
  const { idNumber, birthDate: birth, gender } = id.value;
  if (edit.birth && edit.birth !== birth) return refuse({ code: 'people.birth_differs_from_id' });
  if (edit.gender && edit.gender !== gender) return refuse({ code: 'people.gender_differs_from_id' });
  return accept({ idNumber, birth, gender });
}

/**
 * What an office has typed, as the record keeps it. Names, numbers and days are read by the rules of the roster.
 *
 * @param today ISO date of the installation's clock.
 */
export function readEdit(edit: PersonEdit, today: string): Result<Partial<PersonRecord>, EditRefusal> {
  const { idNumber: _id, phone, phone2, name, ...plain } = edit;
  const patch: Partial<Record<PersonField, string | null>> = {};
  for (const [field, text] of Object.entries(plain)) patch[field as PersonField] = textOrNull(text);
  if (patch.birth && patch.birth > today) return refuse({ code: 'people.born_later' });
  if (name !== undefined) {
    const read = readName(name);
    if ('fault' in read) return refuse({ code: read.fault });
    patch.name = read.name;
  }
  for (const [field, text] of [['phone', phone] as const, ['phone2', phone2] as const]) {
    if (text === undefined) continue;
    const read = readPhone(text);
    if (!read.ok) return read;
    patch[field] = read.value;
  }
  const id = readId(edit, today);
  return id.ok ? accept({ ...patch, ...id.value }) : id;
}

/** Fields in which a record would change, in the order of the patch. */
export function changedFields(known: PersonRecord, patch: Partial<PersonRecord>): PersonField[] {
  return (Object.keys(patch) as PersonField[]).filter((it) => (patch[it] ?? null) !== known[it]);
}

/** A spell of work as the books hold it. */
export interface KnownSpell extends WorkSpell {
  readonly id: string;
}

export type SpellRefusal =
  | { readonly code: 'people.spell_reversed' }
  | { readonly code: 'people.spell_ahead' }
  | { readonly code: 'people.spell_overlaps'; readonly facts: { from: string; to: string } };

/** Doubts of the national checks that do not stop anything. */
export type SpellDoubt = 'people.pay_doubtful' | 'people.unable_yet_working' | 'people.worked_under_sixteen';

/** Pay of a month that the national monitoring takes without asking back, in fen: 100 to 30,000 yuan. */
export const MONTHLY_PAY_FEN = { least: 10_000, most: 3_000_000 } as const;

/**
 * May this spell stand beside the others? Days in order, begun by today, and at most one place at a time: the last day of one may be the
 * first of the next.
 */
export function admitSpell(
  spell: WorkSpell & { readonly id?: string },
  others: readonly KnownSpell[],
  today: string,
): Result<WorkSpell, SpellRefusal> {
  const { fromDay, toDay } = spell;
  if (toDay !== null && toDay < fromDay) return refuse({ code: 'people.spell_reversed' });
  if (fromDay > today || (toDay !== null && toDay > today)) return refuse({ code: 'people.spell_ahead' });
  const FAR = '9999-12-31';
  const clash = others.find(
    (it) => it.id !== spell.id && it.fromDay < (toDay ?? FAR) && fromDay < (it.toDay ?? FAR),
  );
  if (clash) {
    return refuse({ code: 'people.spell_overlaps', facts: { from: clash.fromDay, to: clash.toDay ?? '' } });
  }
  return accept(spell);
}

/** What the national checks doubt about a spell. Source: checks of the poverty relief monitoring system, 2021. */
export function doubtSpell(
  spell: WorkSpell,
  person: { readonly birth: string | null; readonly laborAbility: string | null },
): SpellDoubt[] {
  const pay = spell.monthlyPayFen;
  const age = person.birth === null ? undefined : ageOn(person.birth, spell.fromDay);
  const doubts: SpellDoubt[] = [];
  if (pay !== null && (pay < MONTHLY_PAY_FEN.least || pay > MONTHLY_PAY_FEN.most))
    doubts.push('people.pay_doubtful');
  if (cannotWork(person.laborAbility) && spell.toDay === null) doubts.push('people.unable_yet_working');
  if (age !== undefined && age < 16) doubts.push('people.worked_under_sixteen');
  return doubts;
}

/** No labor ability, or lost. */
export function cannotWork(ability: string | null): boolean {
  return ability === ('none' satisfies LaborAbility) || ability === ('lost' satisfies LaborAbility);
}

const SAID_ABILITY: readonly (readonly [RegExp, LaborAbility])[] = [
  [/丧失/, 'lost'],
  [/无劳|没有劳/, 'none'],
  [/弱|半/, 'partial'],
  [/技能/, 'skilled'],
  [/普通|正常|有劳/, 'ordinary'],
];

/** Labor ability as rosters write it; undefined where it says none. */
export function readLaborAbility(text: string): LaborAbility | undefined {
  return SAID_ABILITY.find(([like]) => like.test(text))?.[1];
}

/** A change of a record, as its history holds it. */
export interface RecordChange {
  readonly id: string;
  readonly part: ChangedPart;
  /** Of a part; null for the person's row. */
  readonly record: string | null;
  /** Fields of the person's row; empty for a part, which changes as a whole. */
  readonly fields: readonly string[];
  readonly undone: boolean;
}

export type UndoRefusal =
  | { readonly code: 'people.undone_already' }
  | { readonly code: 'people.changed_since' };

/** May a change be undone? Only what nobody has changed since: later changes are undone first. */
export function decideUndo(change: RecordChange, later: readonly RecordChange[]): Result<true, UndoRefusal> {
  if (change.undone) return refuse({ code: 'people.undone_already' });
  const touches = (it: RecordChange): boolean => {
    if (it.undone) return false;
    if (it.part === 'merged') return true;
    if (it.part !== change.part || it.record !== change.record) return false;
    return change.part !== 'person' || it.fields.some((field) => change.fields.includes(field));
  };
  return later.some(touches) ? refuse({ code: 'people.changed_since' }) : accept(true);
}

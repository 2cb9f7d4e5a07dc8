import type { PersonEvent } from '@fangang/domain/people/schema.ts';
import { compareSome } from '../people/likeness.ts';
import { NO_ID, NO_PHONE, sealedPhone } from '../people/sealed-numbers.ts';
import { newId } from '../platform/ids.ts';
import { numberKeys } from '../platform/index-keys.ts';
import { copyRows } from '../platform/journal.ts';
import { doorsOf } from './doors.ts';
import { type Filling, itemOf } from './filling.ts';
import { CLOCK } from './season.ts';
import { addRecords, type RecordRow } from './store.ts';
import type { Person, PersonNo, World } from './world.ts';
import { PERSON } from './write-people.ts';

/** Characters of the same sound, as a pinyin keyboard offers them. */
const SOUNDS_LIKE: Readonly<Record<string, string>> = {
  ...{
    伟: '玮',
    军: '君',
    明: '鸣',
    华: '桦',
    芳: '方',
    英: '瑛',
    梅: '玫',
    秀: '绣',
    玉: '育',
    志: '智',
    成: '诚',
    平: '萍',
  },
  ...{
    强: '蔷',
    辉: '晖',
    波: '博',
    云: '芸',
    红: '虹',
    丽: '莉',
    燕: '艳',
    敏: '闽',
    静: '婧',
    琴: '芹',
    文: '雯',
    海: '孩',
  },
};

/** What another list says of a person who is on the books already: nothing of an ID number, and one thing otherwise. */
type Said = Partial<Pick<Person, 'name' | 'village'>> & {
  readonly birth?: string | null;
  readonly phone?: string | null;
};

const asHeard = (name: string) => [...name].map((it, i) => (i === 0 ? it : (SOUNDS_LIKE[it] ?? it))).join('');

/** How other lists differ, one after the other. */
const LISTS: readonly ((it: Person) => Said)[] = [
  (it) => ({ name: asHeard(it.name) }),
  (it) => ({ birth: `${it.birth.slice(0, 4)}-01-01`, phone: null }),
  () => ({ birth: null }),
  (it) => ({ village: `${it.village.slice(0, 9)}000`, phone: null }),
  (it) => ({ birth: `${it.birth.slice(0, 9)}${(Number(it.birth.slice(9)) + 1) % 10}` }),
  () => ({ birth: null, phone: null }),
  (it) => ({ name: `${it.name.slice(0, 1)}?${it.name.slice(2)}` }),
  () => ({}),
];

const isDay = (text: string) => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** People of the sample's open town who lie on its books twice: a handful, for whoever wants to try it. */
export function peopleTwice(world: World): readonly PersonNo[] {
  const officer = doorsOf(world).get('townOfficer');
  if (officer === undefined) return [];
  const town = itemOf(world.accounts, officer).area.slice(0, 9);
  const there = world.persons.flatMap((it, no) =>
    it.village.startsWith(town) && it.name.length === 3 ? [no] : [],
  );
  const step = Math.max(1, Math.floor(there.length / LISTS.length));
  return LISTS.flatMap((_, i) => there[i * step] ?? []);
}

/** Second records of some people, as an agency's list brings them; compared with the books at once. */
export async function writeDuplicates(it: Filling): Promise<void> {
  const { world, ids, secrets, reading, season } = it;
  await it.transaction(async (tx) => {
    const keys = await numberKeys(tx, secrets);
    const officer = doorsOf(world).get('townOfficer');
    if (officer === undefined) return;
    const actor = itemOf(ids.accounts, officer);
    const made = peopleTwice(world).map((no, i) => {
      const person = itemOf(world.persons, no);
      const said = { ...person, ...itemOf(LISTS, i % LISTS.length)(person) };
      const birth = said.birth !== null && isDay(said.birth) ? said.birth : null;
      const id = newId();
      return {
        ...{ id, identity: newId(), area: said.village, name: said.name, birth, gender: person.gender },
        ...{
          pinyin: reading.name(said.name),
          initials: reading.initials(said.name),
          id_kind: 'none',
          ...NO_ID,
        },
        ...(said.phone === null ? NO_PHONE : sealedPhone(keys, id, said.village, said.phone)),
        ...{ household_id: null, ledger_office: null, education: null, job_type: person.occupation },
        ...{ channel: 'import', registered_at: CLOCK, registered_by: actor },
      };
    });
    await copyRows(tx, 'people_person', PERSON, made);
    await addRecords(
      tx,
      made.map((row, ordinal): RecordRow => {
        const event: PersonEvent = {
          type: 'people.person_registered',
          data: { identity: row.identity, channel: 'import' },
        };
        return {
          at: CLOCK,
          actor,
          key: newId(),
          ordinal,
          subject: row.id,
          area: row.area,
          season: season.id,
          ...event,
        };
      }),
    );
    await compareSome(
      tx,
      made.map((row) => row.id),
      CLOCK,
    );
  });
}

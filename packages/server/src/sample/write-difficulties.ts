import {
  DIFFICULTY_KINDS,
  type DifficultyEvent,
  type DifficultyKind,
  type DifficultyState,
  dueOf,
} from '@fangang/domain/people/rules-difficulty.ts';
import { sealWords } from '../people/difficulty-words.ts';
import { newId } from '../platform/ids.ts';
import { copyRows } from '../platform/journal.ts';
import { type Filling, itemOf } from './filling.ts';
import { CLOCK } from './season.ts';
import { addRecords, type RecordRow } from './store.ts';
import { dayOf, HOUR, momentOf, secondsOf } from './time.ts';
import type { Need } from './world.ts';

/** What people say, and what an office answers; made up. */
const SAID: Readonly<Record<DifficultyKind, readonly [told: string, answer: string]>> = {
  road: ['村口到镇上的路结冰，三轮车不敢走。', '明早六点派越野车到村口接。'],
  pay: ['去年腊月的工资还差半个月没发。', '已与厂方联系，月底前补发。'],
  contract: ['招工时说包吃，到厂又说不包。', '厂方已按招工启事改正。'],
  health: ['腰疼，坐不了十几个小时的车。', '换成火车卧铺，随车有药。'],
  lodging: ['宿舍要后天才能住进去。', '厂方先安排招待所两晚，不收钱。'],
  family: ['老人一个人在家，没人送饭。', '村里安排了助餐，每天上门。'],
  papers: ['身份证过期了，怕上不了火车。', '派出所开了临时证明，已通知来取。'],
  other: ['行李多，带了两床被子。', '大巴行李舱放得下，提前半小时到即可。'],
};

type Play = readonly [DifficultyState, hoursAgo: number];
/** How a handful stands at the sample's clock, in turn. */
const PLAYS: readonly Play[] = [
  ['told', 3],
  ['owned', 20],
  ['answered', 30],
  ['solved', 70],
  ['climbed', 60],
];
interface Told {
  readonly row: Readonly<Record<string, unknown>>;
  readonly records: readonly RecordRow[];
}

function tell(it: Filling, need: Need, no: number): Told {
  const { world, ids, season, secrets } = it;
  const [status, hours] = itemOf(PLAYS, no % PLAYS.length);
  const kind = itemOf(DIFFICULTY_KINDS, no % DIFFICULTY_KINDS.length);
  const [told, answer] = SAID[kind];
  const [id, owner] = [newId(), itemOf(ids.accounts, need.owner)];
  const start = secondsOf(CLOCK) - hours * HOUR;
  const at = (after: number) => momentOf(start + after * HOUR);
  const isAnswered = status === 'answered' || status === 'solved';
  const area = itemOf(world.persons, need.person).village;
  const channel = no % 3 === 0 ? 'phone' : 'ticket';
  const events: (DifficultyEvent & { at: string; actor: string })[] = [
    { type: 'people.difficulty_told', data: { kind, channel }, at: at(0), actor: owner },
  ];
  if (status === 'owned' || isAnswered)
    events.push({ type: 'people.difficulty_owned', data: { kind }, at: at(1), actor: owner });
  if (isAnswered)
    events.push({ type: 'people.difficulty_answered', data: { kind }, at: at(2), actor: owner });
  if (status === 'solved')
    events.push({ type: 'people.difficulty_solved', data: { by: 'person' }, at: at(3), actor: owner });
  if (status === 'climbed')
    events.push({ type: 'people.difficulty_climbed', data: { kind, level: 1 }, at: at(48), actor: owner });
  return {
    row: {
      ...{ id, season: season.id, person_id: itemOf(ids.persons, need.person), area, kind, channel, status },
      ...{ told_at: at(0), due: dueOf(kind, dayOf(start)), owner: status === 'told' ? null : owner },
      ...{
        climbed: status === 'climbed' ? 1 : 0,
        climbed_on: status === 'climbed' ? dayOf(start + 48 * HOUR) : null,
      },
      told_sealed: sealWords(secrets, id, 'told_sealed', told),
      answer_sealed: isAnswered ? sealWords(secrets, id, 'answer_sealed', answer) : null,
      ...{ answered_at: isAnswered ? at(2) : null, closed_at: status === 'solved' ? at(3) : null },
      confirmed_by: status === 'solved' ? 'person' : null,
    },
    records: events.map((event) => ({
      ...event,
      key: newId(),
      ordinal: 0,
      subject: id,
      area,
      season: season.id,
    })),
  };
}

/** Difficulties of a handful of those who need a way, in every district and every state. */
export async function writeDifficulties(it: Filling): Promise<void> {
  const byDistrict = new Map<string, Need[]>();
  for (const need of it.world.needs.filter((one) => one.kind === 'travel')) {
    const district = itemOf(it.world.persons, need.person).village.slice(0, 6);
    const known = byDistrict.get(district);
    if (known) known.push(need);
    else byDistrict.set(district, [need]);
  }
  const some = [...byDistrict.values()].flatMap((needs) => {
    const every = Math.max(1, Math.ceil(needs.length / PLAYS.length));
    return needs.filter((_, no) => no % every === 0);
  });
  const told = some.map((need, no) => tell(it, need, no));
  const first = told[0];
  if (!first) return;
  await it.transaction(async (tx) => {
    await copyRows(
      tx,
      'people_difficulty',
      Object.keys(first.row),
      told.map(({ row }) => row),
    );
    await addRecords(
      tx,
      told.flatMap(({ records }) => records),
    );
  });
}

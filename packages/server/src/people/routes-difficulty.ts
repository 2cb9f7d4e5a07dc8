import { dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import {
  answerDifficultyOf,
  closeDifficultyOf,
  type DifficultyLine,
  listDifficulties,
  readDifficulty,
  takeDifficultyOf,
  tellDifficulty,
} from '@fangang/domain/people/api-difficulty.ts';
import {
  answerDifficulty,
  closeDifficulty,
  type DifficultyEvent,
  type DifficultyRefusal,
  difficultyAfter,
  dueOf,
  ownDifficulty,
} from '@fangang/domain/people/rules-difficulty.ts';
import { findSeason } from '../offices/store.ts';
import { noteAudit } from '../platform/audit.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import { openWords, sealWords } from './difficulty-words.ts';
import { hitOf } from './person-lines.ts';
import {
  addDifficulty,
  type DifficultyHit,
  type DifficultyRow,
  type DifficultyStep,
  findDifficulty,
  listDifficultyPage,
  lockDifficulty,
  stepDifficulty,
} from './store-difficulty.ts';
import { findPerson } from './store-people.ts';

const ROWS = 100;

export function difficultyLine(row: DifficultyRow, today: string): DifficultyLine {
  const { id, kind, channel, status, due, climbed } = row;
  const waits = status !== 'answered' && status !== 'solved';
  return {
    ...{ id, kind, channel, status, due, climbed, overdue: waits && due < today, toldAt: row.told_at },
    ...{ owner: row.owner_name, ownerId: row.owner, confirmedBy: row.confirmed_by },
    ...{ ownerAreaName: row.owner_area_name, ownerAreaPinyin: row.owner_area_pinyin },
  };
}

const withPerson = (row: DifficultyHit, today: string) => ({
  ...difficultyLine(row, today),
  person: hitOf(row.person),
});

const list = route(listDifficulties, async ({ tx, now, actor, asker }, { query }) => {
  const { season, kind, owner, page = 1, state = 'waiting' } = query;
  const today = dayOf(now);
  const which = {
    ...{ season, state, kind },
    owner: owner === 'mine' ? actor : undefined,
    ownerArea: owner === 'office' ? asker?.areaCode : undefined,
    before: query.overdue && today,
  };
  const { rows, total } = await listDifficultyPage(tx, which, { limit: ROWS, offset: (page - 1) * ROWS });
  return accept({ difficulties: rows.map((row) => withPerson(row, today)), total, page });
});

const one = route(readDifficulty, async ({ tx, now, actor, services }, { params }) => {
  const row = await findDifficulty(tx, params.difficultyId);
  if (!row) return refuse({ code: 'basics.not_found' });
  const { id, area, person_id: subject } = row;
  const note = { actor, area, action: 'people.difficulty_read', subject, opens: [id] };
  const witness = await noteAudit(tx, note);
  return accept({
    ...withPerson(row, dayOf(now)),
    told: openWords(services.secrets, id, 'told_sealed', row.told_sealed, witness),
    answer: openWords(services.secrets, id, 'answer_sealed', row.answer_sealed, witness),
  });
});

const tell = route(tellDifficulty, async (ctx, { params, body }) => {
  const { tx, now, actor, key, services } = ctx;
  const { season, kind, channel } = body;
  const person = await findPerson(tx, params.personId, true);
  if (!person || person.erased_at !== null || !(await findSeason(tx, season)))
    return refuse({ code: 'basics.not_found' });
  const id = newId();
  const { area } = person;
  const told = sealWords(services.secrets, id, 'told_sealed', body.text);
  const due = dueOf(kind, dayOf(now));
  await addDifficulty(tx, { id, season, personId: person.id, area, kind, channel, toldAt: now, due, told });
  const event: DifficultyEvent = { type: 'people.difficulty_told', data: { kind, channel } };
  await append(tx, [{ at: now, actor, key, ordinal: 0, subject: id, area, season, ...event }], now);
  return accept({ difficultyId: id });
});

/** Locks the difficulty, asks the rule, writes row and journal; the words stay under seal. */
async function step(
  { tx, now, actor, key }: Ctx,
  id: string,
  rule: (it: DifficultyRow) => Result<DifficultyEvent, DifficultyRefusal>,
  beside: Partial<DifficultyStep> = {},
) {
  const row = await lockDifficulty(tx, id);
  if (!row) return refuse({ code: 'basics.not_found' });
  const decided = rule(row);
  if (!decided.ok) return decided;
  const status = difficultyAfter(decided.value);
  await stepDifficulty(tx, row.id, { status, ...beside }, now);
  const { area, season } = row;
  await append(
    tx,
    [{ at: now, actor, key, ordinal: 0, subject: row.id, area, season, ...decided.value }],
    now,
  );
  return accept({ status });
}

const take = route(takeDifficultyOf, (ctx, { params }) =>
  step(ctx, params.difficultyId, (it) => ownDifficulty(it, ctx.actor), { owner: ctx.actor }),
);

const answer = route(answerDifficultyOf, (ctx, { params, body }) => {
  const { actor, services } = ctx;
  const sealed = sealWords(services.secrets, params.difficultyId, 'answer_sealed', body.text);
  return step(ctx, params.difficultyId, answerDifficulty, { owner: actor, answer: sealed });
});

const close = route(closeDifficultyOf, (ctx, { params, body }) =>
  step(
    ctx,
    params.difficultyId,
    (it) => closeDifficulty(it, body.solved),
    body.solved ? { confirmedBy: 'office' } : {},
  ),
);

/** What people have told: listed, read, looked after, answered, and closed by the person's own word. */
export const difficultyRoutes: readonly Route[] = [list, one, tell, take, answer, close];

import { dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import {
  countNeedClasses,
  handNeedOf,
  listHands,
  listNeeds,
  meetNeedOf,
  NEED_ROWS,
  type NeedFacts,
  needsOfPerson,
  takeNeedOf,
  voidNeedOf,
} from '@fangang/domain/people/api-needs.ts';
import {
  handNeed,
  meetNeed,
  type NeedEvent,
  type NeedRefusal,
  needAfter,
  type SurveyClass,
  surveyClasses,
  takeNeed,
  voidNeed,
} from '@fangang/domain/people/rules-need.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import { hitOf } from './person-lines.ts';
import { difficultyLine } from './routes-difficulty.ts';
import { listDifficultiesOf } from './store-difficulty.ts';
import {
  groupTravel,
  listNeedPage,
  listNeedsOf,
  listStaffHands,
  lockNeed,
  type NeedRow,
  type NeedStep,
  stepNeed,
  sumNeeds,
} from './store-needs.ts';
import { findPerson } from './store-people.ts';

const MOST_HANDS = 500;

function needFacts(row: NeedRow, today: string): NeedFacts {
  const { id, kind, status, due, reason, climbed } = row;
  const waits = status === 'open' || status === 'taken';
  return {
    ...{ id, kind, status, due, reason, climbed, overdue: waits && due < today },
    ...{ voidReason: row.void_reason, owner: row.owner_name, ownerId: row.owner },
    ...{ ownerAreaName: row.owner_area_name, ownerAreaPinyin: row.owner_area_pinyin },
    hasEvidence: row.has_evidence,
  };
}

const list = route(listNeeds, async ({ tx, now, actor, asker }, { query }) => {
  const { season, kind, owner, area, page = 1, state = 'waiting' } = query;
  const today = dayOf(now);
  const which = {
    ...{ season, state, kind },
    owner: owner === 'mine' ? actor : undefined,
    ownerArea: owner === 'office' ? asker?.areaCode : undefined,
    before: query.overdue && today,
    range: area === undefined ? undefined : areaRange(area),
  };
  const { rows, total } = await listNeedPage(tx, which, { limit: NEED_ROWS, offset: (page - 1) * NEED_ROWS });
  const sums = await sumNeeds(tx, season, today);
  const needs = rows.map((row) => ({ ...needFacts(row, today), person: hitOf(row.person) }));
  return accept({ needs, total, page, sums });
});

const classes = route(countNeedClasses, async ({ tx }, { query }) => {
  const towns = new Map<
    string,
    { area: string; areaName: string; areaPinyin: string; people: number } & Record<SurveyClass, number>
  >();
  for (const group of await groupTravel(tx, query.season)) {
    const { home, name, pinyin, people } = group;
    const nothing = { withinProvince: 0, acrossProvinces: 0, noPlace: 0, concentrated: 0, byEmployer: 0 };
    const town = towns.get(home) ?? { area: home, areaName: name, areaPinyin: pinyin, people: 0, ...nothing };
    town.people += people;
    const counted = surveyClasses(group);
    for (const it of Object.keys(counted) as SurveyClass[]) town[it] += counted[it];
    towns.set(home, town);
  }
  return accept({ towns: [...towns.values()] });
});

const hands = route(listHands, async ({ tx }) => {
  const staff = await listStaffHands(tx, null, MOST_HANDS);
  return accept({ staff: staff.map(({ id, name, areaName }) => ({ id, name, areaName })) });
});

const ofPerson = route(needsOfPerson, async ({ tx, now }, { params, query }) => {
  const person = await findPerson(tx, params.personId);
  if (!person) return refuse({ code: 'basics.not_found' });
  const today = dayOf(now);
  const needs = await listNeedsOf(tx, query.season, person.id);
  const told = await listDifficultiesOf(tx, query.season, person.id);
  return accept({
    needs: needs.map((it) => needFacts(it, today)),
    difficulties: told.map((it) => difficultyLine(it, today)),
  });
});

/** Locks the need, asks the rule, writes row and journal. `metBy` of a fact is the key of its own journal row. */
async function step(
  ctx: Ctx,
  id: string,
  rule: (need: NeedRow) => Result<NeedEvent, NeedRefusal>,
  beside: (need: NeedRow, event: string) => Partial<NeedStep> = () => ({}),
) {
  const { tx, now, actor, key } = ctx;
  const need = await lockNeed(tx, id);
  if (!need) return refuse({ code: 'basics.not_found' });
  const decided = rule(need);
  if (!decided.ok) return decided;
  const status = needAfter(need.status, decided.value);
  await stepNeed(tx, need.id, { status, ...beside(need, key) });
  const { area, season } = need;
  await append(
    tx,
    [{ at: now, actor, key, ordinal: 0, subject: need.id, area, season, ...decided.value }],
    now,
  );
  return accept({ status });
}

const take = route(takeNeedOf, (ctx, { params }) =>
  step(
    ctx,
    params.needId,
    (need) => takeNeed(need, ctx.actor),
    () => ({ owner: ctx.actor }),
  ),
);

const hand = route(handNeedOf, async (ctx, { params, body }) => {
  const [to] = await listStaffHands(ctx.tx, body.staffId, 1);
  if (!to) return refuse({ code: 'people.need_no_such_hand' });
  return await step(
    ctx,
    params.needId,
    (need) => handNeed(need, to.id),
    () => ({ owner: to.id }),
  );
});

const drop = route(voidNeedOf, (ctx, { params, body }) =>
  step(
    ctx,
    params.needId,
    (need) => voidNeed(need, body.why),
    () => ({ voidReason: body.why }),
  ),
);

const meet = route(meetNeedOf, (ctx, { params, body }) =>
  step(
    ctx,
    params.needId,
    (need) => meetNeed(need, body.fact),
    (need, event) => {
      const place = { table: 'people_need', column: 'evidence_sealed', row: need.id };
      const evidence = body.note.trim() === '' ? null : ctx.services.secrets.seal(place, body.note.trim());
      return { metBy: event || newId(), reason: body.fact, evidence };
    },
  ),
);

/** The demand list: read, taken, handed on, met by a fact, or void for a reason. */
export const needRoutes: readonly Route[] = [list, classes, hands, ofPerson, take, hand, drop, meet];

import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { closeCollisionOf, listCollisions } from '@fangang/domain/people/api-collision.ts';
import { closeCollision } from '@fangang/domain/people/rules-collision.ts';
import { noteAudit } from '../platform/audit.ts';
import { type Route, route } from '../platform/http.ts';
import { append } from '../platform/journal.ts';
import {
  type CollisionRow,
  findCollision,
  keepBoth,
  listClosedCollisions,
  listOpenCollisions,
  settleCollision,
} from './store-collision.ts';

const MOST = 200;

function sidesOf(it: Omit<CollisionRow, 'since'>) {
  return {
    first: {
      ...{ personId: it.first_person, officeName: it.first_office },
      ...{ areaName: it.first_name, areaPinyin: it.first_pinyin },
    },
    second: {
      ...{ personId: it.second_person, officeName: it.second_office },
      ...{ areaName: it.second_name, areaPinyin: it.second_pinyin },
    },
  };
}

const list = route(listCollisions, async ({ tx }) => {
  const open = await listOpenCollisions(tx, MOST);
  const closed = await listClosedCollisions(tx, MOST);
  return accept({
    open: open.map((it) => ({ ...sidesOf(it), since: it.since })),
    closed: closed.map((it) => ({ ...sidesOf(it), how: it.how, at: it.at })),
  });
});

/** Both districts have a row of the audit and of the journal, whichever keeps the person. */
const close = route(closeCollisionOf, async ({ tx, now, actor, asker, key }, { body }) => {
  const { firstId, secondId, how } = body;
  const found = await findCollision(tx, body);
  if (!found || !asker) return refuse({ code: 'basics.not_found' });
  const decided = closeCollision(body, body);
  if (!decided.ok) return decided;
  const { gone, kept } = decided.value;
  for (const area of [found.firstArea, found.secondArea]) {
    const subject = area === found.firstArea ? firstId : secondId;
    await noteAudit(tx, { actor, area, action: 'people.collision_closed', subject, facts: { how } });
  }
  if (gone && kept) {
    if (!(await settleCollision(tx, gone, kept))) return refuse({ code: 'basics.not_found' });
  } else await keepBoth(tx, { firstId, secondId, ...found, area: asker.areaCode, actor, at: now });
  const said = { at: now, actor, key, type: 'people.collision_closed', data: { how } };
  await append(
    tx,
    [
      { ...said, ordinal: 0, subject: firstId, area: found.firstArea },
      { ...said, ordinal: 1, subject: secondId, area: found.secondArea },
    ],
    now,
  );
  return accept({});
});

/** One person on two books: the city's tasks. */
export const collisionRoutes: readonly Route[] = [list, close];

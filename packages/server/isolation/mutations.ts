import { openDatabase, schemaOf, withLogin } from '../src/platform/database.ts';
import { openCopy, type Stage } from './house.ts';
import { judge, send } from './look.ts';
import { isReading } from './openapi.ts';
import { samplesOf } from './probes.ts';
import type { Report } from './report.ts';
import type { Ask } from './requests.ts';
import { closedPolicies, type Policy, probeStranger, switchedOff } from './store-probes.ts';

/** Requests that look for one policy's loss, at most. */
const LOOKS = 25;

/** Switches every policy off, one after the other, on a copy: each has to be noticed. */
export async function killPolicies(stage: Stage, asks: readonly Ask[]): Promise<Report['kills']> {
  const { fresh } = stage;
  const schema = schemaOf(fresh.city);
  // With a policy gone the second layer may well stop a request in the middle: that is no fault of the house.
  const copy = await openCopy({ ...stage, faults: [] }, {});
  const db = openDatabase(withLogin(copy.adminUrl, 'fangang_app', fresh.secrets.appPassword), { max: 4 });
  try {
    const ask = { ...(await samplesOf(stage, copy.adminUrl)), db };
    const policies = await closedPolicies(copy.adminUrl, schema);
    const survived: string[] = [];
    let byRequests = 0;
    for (const policy of policies) {
      const [bySql, byAsking] = await switchedOff(copy.adminUrl, schema, policy, async () => [
        await isNoticed(policy, (eyes) => probeStranger(ask, eyes, policy.table)),
        await isShown(stage, copy.app, policy, asks),
      ]);
      if (byAsking) byRequests += 1;
      if (!bySql && !byAsking) survived.push(`${policy.name} on ${policy.table}`);
    }
    return { total: policies.length, killed: policies.length - survived.length, byRequests, survived };
  } finally {
    await db.close();
    await copy.close();
  }
}

/** Every role of the policy has to be caught reaching further. */
async function isNoticed(
  policy: Policy,
  probe: (eyes: Policy['eyes'][number]) => Promise<string[]>,
): Promise<boolean> {
  for (const eyes of policy.eyes) if ((await probe(eyes)).length === 0) return false;
  return true;
}

/** Does any answer of the running product show it? Where the stores narrow too, it need not. */
async function isShown(
  stage: Stage,
  app: Parameters<typeof send>[0],
  policy: Policy,
  asks: readonly Ask[],
): Promise<boolean> {
  if (policy.command !== 'ALL' && policy.command !== 'SELECT') return false;
  const rooms = policy.table.startsWith('people_') ? ['people.', 'figures.'] : ['trips.', 'figures.'];
  const looks = asks.filter(
    ({ operation, actor }) =>
      isReading(operation) &&
      policy.eyes.includes(actor.eyes) &&
      (actor.area !== '500000000000' || actor.eyes === 'employer') &&
      (actor.eyes === 'link' || rooms.some((room) => operation.name.startsWith(room))),
  );
  for (const it of looks.slice(0, LOOKS)) {
    const answer = await send(app, it);
    if (judge(stage.world.canaries, it.actor, it, answer).leaks.length > 0) return true;
  }
  return false;
}

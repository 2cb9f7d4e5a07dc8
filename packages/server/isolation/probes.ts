import { openDatabase, withLogin } from '../src/platform/database.ts';
import { asOwner } from '../src/platform/owner.ts';
import type { Stage } from './house.ts';
import { type Eyes, SEES } from './policy-table.ts';
import { type ProbeAsk, probeInsider, probeStranger } from './store-probes.ts';
import { readRows, sampleRows, tableShapes } from './store-rows.ts';

export const ALL_EYES: readonly Eyes[] = [
  'office',
  'broker',
  'employer',
  'link',
  'system',
  'security',
  'audit',
];

/** What probes need to know of a database: shapes, and a row of somebody's in each table. */
export async function samplesOf(stage: Stage, adminUrl: string): Promise<Omit<ProbeAsk, 'db'>> {
  const { fresh, world } = stage;
  const known = (id: string) => world.canaries.ownersOf(id);
  return await asOwner(adminUrl, fresh.city, async (tx) => {
    const shapes = await tableShapes(tx);
    const unknown = shapes.filter((it) => !(it.name in SEES)).map((it) => it.name);
    if (unknown.length > 0) throw new Error(`the policy table has no line for ${unknown.join(', ')}`);
    const samples = await sampleRows(tx, shapes);
    const closed = shapes.filter((it) => !Object.values(SEES[it.name] ?? {}).every((rule) => rule === 'all'));
    for (const shape of closed) samples.set(`all ${shape.name}`, await readRows(tx, [shape], { known }));
    return { city: fresh.city, shapes, known, samples };
  });
}

/** Bare SQL under every database role: strangers reach nothing, everybody sees exactly what the policy table says. */
export async function probeEverybody(stage: Stage): Promise<string[]> {
  const { fresh, actors } = stage;
  const ask = await samplesOf(stage, fresh.adminUrl);
  const db = openDatabase(withLogin(fresh.adminUrl, 'fangang_app', fresh.secrets.appPassword), { max: 4 });
  try {
    const found: string[] = [];
    for (const eyes of ALL_EYES) found.push(...(await probeStranger({ ...ask, db }, eyes)));
    for (const actor of actors.filter((it) => it.eyes !== 'open')) {
      const { leaks, missing } = await probeInsider({ ...ask, db }, actor);
      found.push(...leaks, ...missing);
    }
    return found;
  } finally {
    await db.close();
  }
}

import { type DistrictAreas, EARLIER, type Maker } from './world-maker.ts';

/** In a district two people who look alike in one town, two in two towns, a comparison, and a merge that was undone. */
export function addDuplicates(maker: Maker, { code, towns }: DistrictAreas, ledger: string): void {
  const [here, there] = towns.map((town) =>
    maker.people.filter((it) => it.area.startsWith(town.code.slice(0, 9))),
  );
  const [one, two, far] = [here?.[0], here?.[1], there?.[0]];
  if (!one || !two || !far) throw new Error(`nobody who is twice in ${code}`);
  const town = towns[0]?.code as string;
  addPair(maker, town, [one.id, two.id]);
  addPair(maker, code, [one.id, far.id]);
  const run = {
    id: maker.id(),
    area: code,
    asked_by: maker.id(),
    asked_at: EARLIER,
    state: 'ready',
    share: 1,
  };
  maker.canaries.note(run.id, maker.facts('people_pair_run', { area: code }));
  maker.put('people_pair_run', run);
  const merge = maker.id();
  maker.canaries.note(merge, maker.facts('people_merge', { area: town }));
  maker.put('people_merge', {
    ...{
      id: merge,
      pair_id: maker.id(),
      area: town,
      kept: one.id,
      gone: two.id,
      fields: ['phone'],
      moved: {},
    },
    ...{ history: maker.id(), actor: 'world', at: EARLIER, undone_at: EARLIER, undone_by: 'world' },
  });
  maker.put('people_merge_claim', {
    ...{ merge_id: merge, person_id: one.id, area: town, ledger_office: ledger },
    ...{ channel: 'broker', registered_at: EARLIER, credited: true },
  });
  // Whose ledger it is reads that the claim stands: by the ids of the merge and of the person.
  for (const mark of [merge, one.id])
    maker.canaries.note(mark, maker.facts('people_merge_claim', { area: town, ledger }));
}

function addPair(maker: Maker, area: string, people: readonly [string, string]): void {
  const [first, second] = [...people].sort();
  const id = maker.id();
  maker.canaries.note(id, maker.facts('people_pair', { area }));
  maker.put('people_pair', {
    ...{ id, first_person: first, second_person: second, area, status: 'open', band: 'ask', score: 12 },
    ...{ reasons: ['name.sound', 'place.village'], seen_at: EARLIER },
  });
}

import type { AccountNo, SampleRole, World } from './world.ts';

/** The district whose dispatcher, officer, town and broker stand behind the doors: 武隆区. */
const WULONG = '500156';

/**
 * Who stands behind each role's door, so that every door leads to work that waits: the escort's to a coach with open doors, the
 * employer's to people at the gate still to be signed for, the town's and the broker's to those with most people on the books.
 */
export function doorsOf(world: World): ReadonlyMap<SampleRole, AccountNo> {
  const doors = new Map<SampleRole, AccountNo>();
  world.accounts.forEach(({ role, area }, no) => {
    const inDistrict = !['dispatcher', 'districtOfficer'].includes(role) || area.startsWith(WULONG);
    if (!doors.has(role) && inDistrict) doors.set(role, no);
  });
  const busiest = busiestTown(world);
  world.accounts.forEach(({ role, area }, no) => {
    if ((role === 'townOfficer' || role === 'laborBroker') && area === busiest) doors.set(role, no);
  });
  const escort = escortAtOpenDoor(world);
  if (escort !== undefined) doors.set('escort', escort);
  const employer = employerToSign(world);
  if (employer !== undefined) doors.set('employer', employer);
  return doors;
}

function busiestTown(world: World): string | undefined {
  const people = new Map<string, number>();
  for (const { village } of world.persons) {
    if (!village.startsWith(WULONG)) continue;
    const town = `${village.slice(0, 9)}000`;
    people.set(town, (people.get(town) ?? 0) + 1);
  }
  return [...people].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0]?.[0];
}

function escortAtOpenDoor(world: World): AccountNo | undefined {
  const boarding = world.trips.find(
    (trip) =>
      trip.escort !== null &&
      trip.acts.some((act) => act.type === 'opened') &&
      !trip.acts.some((act) => act.type === 'departed' || act.type === 'cancelled'),
  );
  return boarding?.escort ?? undefined;
}

function employerToSign(world: World): AccountNo | undefined {
  for (const trip of world.trips) {
    for (const act of trip.acts) {
      if (act.type !== 'arrived') continue;
      const gate = trip.stops[act.stop]?.gate;
      if (gate === null || gate === undefined) continue;
      if (trip.acts.some((other) => other.type === 'signed' && other.stop === act.stop)) continue;
      const employer = world.gates[gate]?.employer;
      return employer === undefined ? undefined : world.employers[employer]?.account;
    }
  }
  return undefined;
}

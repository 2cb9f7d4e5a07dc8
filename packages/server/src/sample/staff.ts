import type { Random } from '@fangang/solver/random.ts';
import { one, stream } from './chance.ts';
import { DESTINATIONS, WINDOWS } from './destinations.ts';
import { type District, type Draft, nextPhone, push } from './draft.ts';
import { firmName, personName } from './names.ts';
import type { Account, Destination, SampleRole } from './world.ts';

export const CITY = '500000000000';
/** 九龙坡区, where agencies recruit (S8). */
export const AGENCY_DISTRICT = '500107';

/** Bureaus of the city and the districts with their staff, two agencies, and one carrier for each district. */
export function makeOffices(draft: Draft): void {
  const random = stream(draft.seed, 'offices');
  const bureau = push(draft.offices, {
    kind: 'bureau',
    name: '重庆市人力资源和社会保障局（样例）',
    area: CITY,
  });
  account(draft, random, 'leader', bureau, CITY, 'leader');
  account(draft, random, 'cityOfficer', bureau, CITY, 'city');
  account(draft, random, 'cityOfficer', bureau, CITY, 'city2');
  account(draft, random, 'systemAdministrator', bureau, CITY, 'admin');
  account(draft, random, 'securityAdministrator', bureau, CITY, 'security');
  account(draft, random, 'auditAdministrator', bureau, CITY, 'audit');
  for (const district of draft.districts.values()) districtOffice(draft, random, district);
  for (const name of ['嘉岭人力资源（样例）', '渡澄人力资源（样例）']) {
    const area = `${AGENCY_DISTRICT}000000`;
    const office = push(draft.offices, { kind: 'agency', name, area });
    const made = account(draft, random, 'agency', office, area, `agency${office}`);
    draft.agencies.set(AGENCY_DISTRICT, [...(draft.agencies.get(AGENCY_DISTRICT) ?? []), made]);
  }
}

function districtOffice(draft: Draft, random: Random, district: District): void {
  const bureau = push(draft.offices, {
    kind: 'bureau',
    name: `${district.name}人力资源和社会保障局（样例）`,
    area: district.code,
  });
  draft.bureauByDistrict.set(district.short, bureau);
  account(draft, random, 'districtOfficer', bureau, district.code, `d${district.short}`);
  account(draft, random, 'dispatcher', bureau, district.code, `dispatch${district.short}`);
  const carrier = push(draft.carriers, {
    name: firmName(random, '客运', draft.firmNames),
    area: district.code,
    phone: nextPhone(draft),
  });
  draft.carrierByDistrict.set(district.short, carrier);
}

/** Staff of a town, made when somebody there is first registered: one officer of the station, one labor broker with a ledger. */
export function townStaff(draft: Draft, town: string): { officer: number; broker: number } {
  const known = draft.townStaff.get(town);
  if (known) return known;
  const random = stream(draft.seed, `town ${town}`);
  const name = draft.towns.get(town)?.name ?? town;
  const station = push(draft.offices, { kind: 'townStation', name: `${name}就业社保平台`, area: town });
  const outpost = push(draft.offices, { kind: 'broker', name: `${name}劳务经纪点`, area: town });
  const made = {
    officer: account(draft, random, 'townOfficer', station, town, `t${town.slice(0, 9)}`),
    broker: account(draft, random, 'laborBroker', outpost, town, `b${town.slice(0, 9)}`),
  };
  draft.townStaff.set(town, made);
  return made;
}

/** An escort of the district who is back by then; hired where none is. */
export function escortFor(draft: Draft, district: District, from: number, until: number): number {
  const pool = draft.escorts.get(district.short) ?? [];
  draft.escorts.set(district.short, pool);
  const free = pool.find((it) => it.freeAt <= from);
  if (free) {
    free.freeAt = until;
    return free.account;
  }
  const random = stream(draft.seed, `escort ${district.short} ${pool.length}`);
  const bureau = draft.bureauByDistrict.get(district.short) ?? 0;
  const made = account(
    draft,
    random,
    'escort',
    bureau,
    district.code,
    `e${district.short}-${pool.length + 1}`,
  );
  pool.push({ account: made, freeAt: until });
  return made;
}

function account(
  draft: Draft,
  random: Random,
  role: SampleRole,
  office: number,
  area: string,
  login: string,
  employer?: number,
): number {
  const name = personName(random, random() < 0.5 ? 'male' : 'female');
  const made: Account = { role, name, login, office, area, ...(employer === undefined ? {} : { employer }) };
  return push(draft.accounts, made);
}

/** Employers with one or two gates each in every destination, and their personnel officers. */
export function makeEmployers(draft: Draft): void {
  for (const seed of DESTINATIONS) {
    const random = stream(draft.seed, `firms ${seed.county}`);
    const gates: number[] = [];
    for (let i = 0; i < seed.firms; i++) {
      const industry = seed.industries[i % seed.industries.length] as string;
      const name = firmName(random, industry, draft.firmNames);
      const employer = draft.employers.length;
      const office = push(draft.offices, { kind: 'employer', name, area: CITY });
      draft.employers.push({
        name,
        industry,
        county: seed.county,
        account: account(draft, random, 'employer', office, CITY, `hr${employer + 1}`, employer),
      });
      const windows = one(random, WINDOWS);
      const count = random() < 0.35 ? 2 : 1;
      for (let g = 0; g < count; g++)
        gates.push(gate(draft, random, employer, seed, count === 1 ? '大门' : `${'东西'[g]}门`, windows));
    }
    const { county, lon, lat } = seed;
    const destination: Destination = { county, name: seed.name, city: seed.city, lon, lat, gates };
    draft.destinations.push(destination);
    draft.destinationByKey.set(seed.key, destination);
  }
}

function gate(
  draft: Draft,
  random: Random,
  employer: number,
  at: { county: string; lon: number; lat: number },
  name: string,
  windows: (typeof WINDOWS)[number],
): number {
  return push(draft.gates, {
    employer,
    name,
    county: at.county,
    lon: Number((at.lon + (random() - 0.5) * 0.09).toFixed(5)),
    lat: Number((at.lat + (random() - 0.5) * 0.08).toFixed(5)),
    contactName: personName(random, random() < 0.4 ? 'male' : 'female'),
    contactPhone: nextPhone(draft),
    windows,
  });
}

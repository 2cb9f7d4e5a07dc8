import { chinaMoment, dayOf, msOf } from '@fangang/domain/basics/moment.ts';
import type { SeasonSettings } from '@fangang/domain/offices/schema.ts';
import {
  type DoorCheckKind,
  type LegKind,
  type ManifestFacts,
  type ManifestPassenger,
  maskPhone,
  type WayRule,
} from '@fangang/domain/trips/manifest.ts';
import type { TripMode, TripRole } from '@fangang/domain/trips/schema.ts';
import { noteAudit } from '../platform/audit.ts';
import type { Tx } from '../platform/database.ts';
import { lunarDay } from '../platform/lunar.ts';
import type { Secrets } from '../platform/secrets.ts';
import { insideOnly, type Witness } from '../platform/witness.ts';
import { manifestCheckCode } from './manifest-lines.ts';
import {
  type DriverLine,
  findTrip,
  listDrivers,
  listPaperPeople,
  listStops,
  type OneTrip,
  type PaperPerson,
  type StopLine,
  settingsOf,
} from './store.ts';

/** Letters of stops on paper, in the order of travel. */
const LETTERS = [...'甲乙丙丁戊己庚辛壬癸'];
const FOUR_HOURS_MS = 4 * 3_600_000;
const HOUR_MS = 3_600_000;

/** What a leg is called on paper, by what the trip is for and what runs. */
export function legKindOf(role: TripRole, mode: TripMode): LegKind {
  if (role !== 'main') return role;
  return mode === 'railTickets' ? 'reservedCarriage' : mode;
}

/** A moment with the offset of China, as paper shows it. */
export function paperMoment(moment: string): string {
  return chinaMoment(msOf(moment));
}

/** What the season asks at the door of a vehicle; packs are handed over on the main leg. */
export function checksOf(settings: SeasonSettings, role: TripRole): DoorCheckKind[] {
  const asked: readonly [DoorCheckKind, boolean][] = [
    ['temperature', settings.temperature !== null],
    ['healthCode', settings.healthCode],
    ['travelCode', settings.travelCode],
    ['mask', settings.mask],
    ['giftPack', settings.giftPack && role === 'main'],
  ];
  return asked.filter(([, isAsked]) => isAsked).map(([kind]) => kind);
}

/** Rules of the way that the run's times make due. Source: driving-time rules of passenger coaches (4 h, 02:00–05:00). */
function wayRulesOf(trip: OneTrip, stops: readonly StopLine[]): WayRule[] {
  if (trip.mode !== 'charterBus') return ['headCount'];
  const [from, to] = [msOf(trip.departAt), msOf(trip.arriveAt)];
  const rules: WayRule[] = [];
  if (to - from > FOUR_HOURS_MS) rules.push('restAfterFourHours');
  for (let at = from; at < to; at += HOUR_MS / 2) {
    const hour = Number(chinaMoment(at).slice(11, 13));
    if (hour < 2 || hour >= 5) continue;
    rules.push('nightStop');
    break;
  }
  if (trip.drivers >= 2 || trip.driverIds.length >= 2) rules.push('twoDrivers');
  if (stops.length === 2 && to - from <= FOUR_HOURS_MS) rules.push('nonStop');
  return [...rules, 'headCount'];
}

/** A number of a row with its witness; empty where there is none. */
function openOf(
  secrets: Secrets,
  place: { table: string; column: string; row: string },
  sealed: Buffer | null,
  witness: Witness,
): string {
  return sealed ? secrets.open(place, sealed, witness) : '';
}

function driverOf(secrets: Secrets, it: DriverLine): { name: string; phoneMasked: string } {
  const place = { table: 'trips_driver', column: 'phone_sealed', row: it.id };
  return {
    name: it.name,
    phoneMasked: maskPhone(openOf(secrets, place, it.phone_sealed, insideOnly('mask'))),
  };
}

function hidden(tail: string): string {
  return tail === '' ? '' : `****${tail}`;
}

function passengerOf(
  secrets: Secrets,
  it: PaperPerson,
  letter: string,
  witness: Witness | null,
): ManifestPassenger {
  const masked: ManifestPassenger = {
    seat: String(it.seat),
    name: it.name,
    pinyin: it.pinyin,
    gender: it.gender,
    idMasked: hidden(it.id_tail),
    phoneMasked: hidden(it.phone_tail),
    stopLetter: letter,
    needs: it.wheelchair ? ['wheelchair'] : [],
  };
  if (!witness) return masked;
  const at = { table: 'people_person', row: it.id };
  return {
    ...masked,
    idNumber: openOf(secrets, { ...at, column: 'id_sealed' }, it.id_sealed, witness),
    phone: openOf(secrets, { ...at, column: 'phone_sealed' }, it.phone_sealed, witness),
  };
}

/** Who takes a register with whole numbers; the area is that of the audit's row. */
export interface Reader {
  readonly actor: string;
  readonly area: string;
  readonly purpose?: string;
}

/** Says in the audit that whole numbers of a trip's people are read; its witness opens theirs and nobody else's. */
function noteFullNumbers(
  tx: Tx,
  { actor, area, purpose }: Reader,
  trip: OneTrip,
  people: readonly PaperPerson[],
): Promise<Witness> {
  return noteAudit(tx, {
    actor,
    area,
    action: 'trips.full_manifest',
    subject: trip.id,
    facts: { people: people.length, purpose },
    opens: people.map((it) => it.id),
  });
}

/** Where a printed code leads: the trip in this installation, in the version that was printed; never a person. */
function verifyUrlOf(trip: OneTrip): string {
  const base = process.env.FANGANG_URL ?? 'http://127.0.0.1:8080';
  return new URL(`/trips/${trip.id}?version=${trip.version}`, base).href;
}

/**
 * Everything the passenger register of a trip says, from the rows; undefined where no such trip is in scope.
 *
 * Whole numbers are opened only where a reader is named: the audit knows of them before, in the same transaction.
 */
export async function manifestFacts(
  tx: Tx,
  secrets: Secrets,
  tripId: string,
  options: { readonly reader: Reader | null; readonly now: string },
): Promise<ManifestFacts | undefined> {
  const trip = await findTrip(tx, tripId);
  if (!trip) return undefined;
  const { reader, now } = options;
  const stops = await listStops(tx, trip.id);
  const people = await listPaperPeople(tx, trip.id);
  const witness = reader && (await noteFullNumbers(tx, reader, trip, people));
  const drivers = await listDrivers(tx, trip.driverIds);
  const settings = await settingsOf(tx, trip.season);
  const boarding = stops.filter((it) => people.some((person) => person.board === it.no));
  const letterOf = (no: number): string => {
    const at = boarding.findIndex((it) => it.no === no);
    return boarding.length < 2 || at < 0 ? '' : (LETTERS[at] ?? String(at + 1));
  };
  const facts: Omit<ManifestFacts, 'checkCode' | 'verifyUrl'> = {
    legKind: legKindOf(trip.role, trip.mode),
    tripNumber: trip.code,
    order: { office: { name: trip.areaName, pinyin: trip.areaPinyin }, nth: trip.nth, of: trip.of },
    from: { name: trip.from, pinyin: trip.fromPinyin },
    to: { name: trip.to, pinyin: trip.toPinyin },
    vehicle: {
      plate: trip.number ?? trip.plate,
      ...(trip.carriage === null ? {} : { carriage: trip.carriage }),
      seats: trip.places,
    },
    departAt: paperMoment(trip.departAt),
    departLunar: lunarDay(dayOf(trip.departAt)),
    arriveAt: paperMoment(trip.arriveAt),
    drivers: drivers.map((it) => driverOf(secrets, it)),
    escort: trip.escortName === null ? null : { name: trip.escortName, phone: '' },
    marshal: null,
    stops: boarding.map((it) => ({
      letter: letterOf(it.no),
      place: { name: it.name, pinyin: it.pinyin },
      at: paperMoment(it.departAt),
    })),
    feederStops: [],
    wayRules: wayRulesOf(trip, stops),
    checks: checksOf(settings, trip.role),
    passengers: people.map((it) => passengerOf(secrets, it, letterOf(it.board), witness)),
    numbers: witness ? 'full' : 'masked',
    version: trip.version,
    asOf: paperMoment(now),
  };
  return { ...facts, checkCode: manifestCheckCode(facts), verifyUrl: verifyUrlOf(trip) };
}

import { createHash } from 'node:crypto';
import { type Language, type Say, speaker } from '@fangang/domain/basics/say.ts';
import { bySeat, ManifestFacts, type Named, type PaperMoment } from '@fangang/domain/trips/manifest.ts';
import { manifestWords } from '@fangang/domain/trips/paper-words.ts';
import { printable } from '../platform/pdf.ts';
import { pinyinName } from '../platform/pinyin.ts';

/** A manifest, the language it is printed in, and its words. */
export interface Paper {
  readonly facts: ManifestFacts;
  readonly lang: Language;
  readonly say: Say<typeof manifestWords>;
}

/** Opens a manifest for printing. */
export function paperOf(facts: ManifestFacts, lang: Language): Paper {
  return { facts, lang, say: speaker(manifestWords, lang) };
}

/** A name in the language of the paper: pinyin first in English, where it is known. */
export function saidName(named: Named, lang: Language): string {
  return lang === 'en' ? (named.pinyin ?? named.name) : named.name;
}

/** `07:50` of a moment. */
export const clock = (moment: PaperMoment): string => moment.slice(11, 16);
/** `2022-02-12` of a moment. */
export const day = (moment: PaperMoment): string => moment.slice(0, 10);

/**
 * The check code of a manifest: the first 32 bits of SHA-256 over what it says, so that paper, spreadsheet and the page behind the
 * QR code can be held against each other. Masked and full manifests of one version have the same code.
 */
export function manifestCheckCode(facts: Omit<ManifestFacts, 'checkCode' | 'verifyUrl'>): string {
  const {
    numbers: _numbers,
    passengers,
    ...rest
  } = ManifestFacts.omit({ checkCode: true, verifyUrl: true }).parse(facts);
  const people = bySeat(passengers).map(({ idNumber: _id, phone: _phone, ...person }) => person);
  const hex = createHash('sha256')
    .update(JSON.stringify([rest, people]))
    .digest('hex')
    .slice(0, 8)
    .toUpperCase();
  return `${hex.slice(0, 4)} ${hex.slice(4)}`;
}

/** What the vehicle is called: plate, train with carriage, or flight, with seats and load. */
export function vehicleFact({ facts, say }: Paper): { label: string; value: string } {
  const { plate, carriage, seats } = facts.vehicle;
  const rail = facts.legKind === 'charterTrain' || facts.legKind === 'reservedCarriage';
  const label = rail ? say('train') : facts.legKind === 'charterFlight' ? say('flight') : say('plate');
  const name = plate ?? say('toBeWritten');
  const inTrain = carriage === undefined ? '' : ` ${say('carriage', { carriage })}`;
  return { label, value: `${name}${inTrain}${say('seats', { seats, load: facts.passengers.length })}` };
}

/** The line that says which of the day's vehicles this is. */
export function orderLine({ facts, lang, say }: Paper): string {
  const order = facts.order && say('order', { ...facts.order, office: saidName(facts.order.office, lang) });
  return [say(`kind.${facts.legKind}`), order ?? say('tripNumber', { number: facts.tripNumber })].join(' · ');
}

/** Name of somebody who has no pinyin on the books; in English pinyin stands before it, as on the roll. */
function bothNames(name: string, lang: Language): string {
  return lang === 'en' && /\p{Script=Han}/u.test(name) ? `${pinyinName(name)} ${name}` : name;
}

/** Each driver with the phone as it may lie on a table. */
export function driverNames({ facts, lang }: Paper): readonly string[] {
  return facts.drivers.map((it) => `${bothNames(it.name, lang)} ${it.phoneMasked}`);
}

/** Labels and values of the block under the title, three to a line. */
export function headFacts(paper: Paper): readonly { label: string; value: string }[] {
  const { facts, lang, say } = paper;
  const none = say('toBeWritten');
  const lunar = lang === 'zh' && facts.departLunar ? ` ${facts.departLunar}` : '';
  return [
    vehicleFact(paper),
    { label: say('departs'), value: `${day(facts.departAt)}${lunar} ${clock(facts.departAt)}` },
    {
      label: say(endsAtGate(paper) ? 'arrives' : 'arrivesNext'),
      value: facts.arriveAt ? `${facts.arriveAt.slice(5, 10)} ${clock(facts.arriveAt)}` : none,
    },
    {
      label: say('drivers'),
      value: driverNames(paper).join('　') || none,
    },
    {
      label: say('escort'),
      value: facts.escort ? `${bothNames(facts.escort.name, lang)} ${facts.escort.phone}` : none,
    },
    { label: say('marshal'), value: facts.marshal ? say('marshalSeat', facts.marshal) : none },
  ];
}

/** The stops and the rules of the way, each as a bold head and its items. */
export function wayLines({ facts, lang, say }: Paper): readonly { head: string; items: readonly string[] }[] {
  const stops = facts.stops.map((it) =>
    say('stop', { letter: it.letter, place: saidName(it.place, lang), time: clock(it.at) }).trim(),
  );
  const last = facts.stops[facts.stops.length - 1];
  if (last && facts.feederStops.length > 0) {
    const letters = facts.feederStops.join(lang === 'zh' ? '' : ', ');
    stops[stops.length - 1] += say('feederStops', { letters, last: last.letter });
  }
  const rules = facts.wayRules.map((rule) => say(`way.${rule}`));
  return [
    { head: say('stops'), items: stops },
    { head: say('way'), items: rules },
  ].filter((it) => it.items.length > 0);
}

/** True if the leg ends at the factory gate, where the employer signs; else the next carrier or escort takes over. */
export function endsAtGate({ facts }: Paper): boolean {
  return facts.legKind === 'charterBus' || facts.legKind === 'lastMile';
}

/** What the tick of the column 上 stands for, by the season's checks; second line: what the marks beside names mean. */
export function legend({ facts, lang, say }: Paper): readonly string[] {
  const { checks } = facts;
  const both = checks.includes('healthCode') && checks.includes('travelCode');
  const said: string[] = [];
  if (both) said.push(say('check.codes'));
  else if (checks.includes('healthCode')) said.push(say('check.oneCode'));
  else if (checks.includes('travelCode')) said.push(say('check.travelCode'));
  if (checks.includes('mask')) said.push(say('check.mask'));
  if (checks.includes('giftPack')) said.push(say('check.giftPack'));
  const marks = [...new Set(facts.passengers.flatMap((it) => it.needs))].map((need) =>
    say('markMeans', { mark: say(`mark.${need}`), need: say(`need.${need}`) }),
  );
  const ticks =
    said.length === 0 ? say('onMeansPlain') : say('onMeans', { checks: said.join(say('listJoin')) });
  return [ticks, marks.join(lang === 'zh' ? '；' : '; ')].filter(Boolean);
}

/** Names with characters the font lacks, said in words, so that someone writes them in. */
export function rareNote({ facts, say }: Paper): string {
  const found = bySeat(facts.passengers).flatMap((person) =>
    printable(person.name).rare.map((it) =>
      say('rareAt', { seat: person.seat, character: `${it.codePoint}${it.pinyin && ` ${it.pinyin}`}` }),
    ),
  );
  if (found.length === 0) return '';
  const shown = found.slice(0, 6);
  const more = found.length > shown.length ? say('rareMore', { n: found.length }) : '';
  return say('rareNote', { list: [shown.join(say('listJoin')), more].filter(Boolean).join(' ') });
}

/** Columns of the roll on paper. */
export type RollField = 'seat' | 'name' | 'gender' | 'id' | 'phone' | 'stop' | 'hand' | 'on' | 'arrived';
export type RollWidths = Readonly<Record<RollField, number>>;

/** RollWidths of the columns, 346 in all: whole numbers need room, pinyin needs room. */
export function rollWidths(paper: Paper): RollWidths {
  const widths = allWidths(paper);
  // Where everybody gets on at one stop, what is written by hand gets its column.
  if (paper.facts.passengers.some((it) => it.stopLetter !== '')) return widths;
  return { ...widths, hand: widths.hand + widths.stop, stop: 0 };
}

function allWidths({ facts, lang }: Paper): RollWidths {
  const rest = { on: 18, arrived: 18 };
  if (facts.numbers === 'full') {
    return lang === 'zh'
      ? { seat: 22, name: 48, gender: 18, id: 108, phone: 70, stop: 18, hand: 26, ...rest }
      : { seat: 22, name: 62, gender: 16, id: 102, phone: 64, stop: 18, hand: 26, ...rest };
  }
  return lang === 'zh'
    ? { seat: 24, name: 54, gender: 20, id: 80, phone: 72, stop: 22, hand: 38, ...rest }
    : { seat: 26, name: 78, gender: 20, id: 72, phone: 66, stop: 22, hand: 26, ...rest };
}

/** Where each column of the roll begins. */
export function rollEdges(widths: RollWidths, left: number): Readonly<Record<RollField, number>> {
  let x = left;
  const at = {} as Record<RollField, number>;
  for (const [field, width] of Object.entries(widths) as [RollField, number][]) {
    at[field] = x;
    x += width;
  }
  return at;
}

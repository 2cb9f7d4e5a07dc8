import { type Language, type Say, speaker } from '@fangang/domain/basics/say.ts';
import type { Named, PaperMoment } from '@fangang/domain/trips/manifest.ts';
import { ticketWords } from '@fangang/domain/trips/paper-words.ts';
import {
  type BringItem,
  type DoorState,
  mainLegIndex,
  type TicketFacts,
  type TicketLeg,
  type WayPoint,
  wayBeginsAt,
  wayPoints,
} from '@fangang/domain/trips/ticket.ts';
import { type Html, html, htmlDocument, telHref, trusted } from '../platform/html.ts';
import { pinyinName } from '../platform/pinyin.ts';
import { qrSvg } from '../platform/qr.ts';
import { clock, saidName } from './manifest-lines.ts';
import { TICKET_CSS } from './ticket-css.ts';
import { consentLink, type TicketOptions, ticketHref } from './ticket-links.ts';

type TicketSay = Say<typeof ticketWords>;

/** Name of a contact, who has no pinyin on the books: 何芳, He Fang. */
export function saidContact(name: string, language: Language): string {
  return language === 'en' && /\p{Script=Han}/u.test(name) ? pinyinName(name) : name;
}

/** Month, day and time of a moment as the words ask for them; numbers without leading zero. */
function dateFacts(
  moment: PaperMoment,
  say: TicketSay,
): { month: string; day: string; monthName: string; time: string } {
  const month = Number(moment.slice(5, 7));
  const monthName = say(`month.${month}` as 'month.1');
  return { month: String(month), day: String(Number(moment.slice(8, 10))), monthName, time: clock(moment) };
}

const DOOR_SHAPES: Readonly<Record<DoorState, string>> = {
  done: '<circle cx="12" cy="12" r="10" fill="#0b6e69"/>',
  now: '<circle cx="12" cy="12" r="9" fill="#fff" stroke="#0b6e69" stroke-width="3"/><path d="M12 3a9 9 0 0 0 0 18z" fill="#0b6e69"/>',
  todo: '<circle cx="12" cy="12" r="9" fill="#fff" stroke="#5c6b68" stroke-width="3"/>',
  held: '<path d="M12 0l12 12-12 12L0 12z" fill="#b5382a"/>',
};

function doorSvg(state: DoorState): Html {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">${trusted(DOOR_SHAPES[state])}</svg>`;
}

/** Vehicle and seat in the head: the two things a person looks for on the square and in the aisle. */
function seatLine(leg: TicketLeg, { language }: TicketOptions, say: TicketSay): Html {
  const rail = leg.kind === 'charterTrain' || leg.kind === 'reservedCarriage';
  const flight = leg.kind === 'charterFlight';
  const part = (value: string, unit: string): Html =>
    language === 'zh' && unit !== say('flight')
      ? html`<span><b>${value}</b> ${unit}</span>`
      : html`<span>${unit} <b>${value}</b></span>`;
  const vehicle = leg.number ?? (rail || flight ? null : leg.plate);
  const unit = rail ? say('train') : flight ? say('flight') : leg.number === null ? '' : say('bus');
  const long = rail || flight || leg.number === null;
  return html`<p class="seat${long && ' long'}">${vehicle !== null && part(vehicle, unit)}${
    leg.carriage !== undefined && part(leg.carriage, say('carriage'))
  }${leg.seat === null ? html`<span>${say('seatLater')}</span>` : part(leg.seat, say('seat'))}</p>`;
}

function busDoes(leg: TicketLeg, changes: boolean, say: TicketSay): string {
  if (leg.number === null)
    return say(leg.boarded ? 'boardedPlainBus' : changes ? 'changeToPlainBus' : 'takePlainBus');
  return say(leg.boarded ? 'boardedBus' : changes ? 'changeToBus' : 'takeBus', { number: leg.number });
}

/** What the person does at a point that boards something, in words. */
function legDoes(leg: TicketLeg, changes: boolean, elder: boolean, say: TicketSay): string {
  const plate = elder && leg.boarded ? '' : (leg.plate ?? '');
  const number = leg.number ?? '';
  switch (leg.kind) {
    case 'feeder':
      return say(leg.boarded ? 'boardedFeeder' : 'takeFeeder', { plate });
    case 'charterBus':
      return elder ? busDoes({ ...leg, number: null }, changes, say) : busDoes(leg, changes, say);
    case 'charterTrain':
    case 'reservedCarriage':
      return say(leg.boarded ? 'boardedTrain' : 'takeTrain', { number });
    case 'charterFlight':
      return say(leg.boarded ? 'boardedFlight' : 'takeFlight', { number });
    case 'lastMile':
      return leg.boarded ? say('boardedLastMile') : say('takeLastMile', { plate });
  }
}

function pointDoes(
  point: WayPoint,
  changes: boolean,
  facts: TicketFacts,
  { elder, language }: TicketOptions,
  say: TicketSay,
): string {
  if (point.leg) {
    const what = legDoes(point.leg, changes, elder, say).replace(/ {2,}/g, ' ').trim();
    return point.leg.besideParty && !elder ? say('beside', { what }) : what;
  }
  if (point.door === 'home') return say('leaveHome');
  if (point.state === 'done') return say('arrived');
  if (elder) return say('toGate');
  return facts.gate.contactName === null
    ? say('toGate')
    : say('meets', { name: saidContact(facts.gate.contactName, language) });
}

const DOOR_WORDS = { home: 'homeDoor', vehicle: 'vehicleDoor', change: 'change', gate: 'gate' } as const;
const STATE_WORDS = { done: 'doorDone', now: 'doorNow', todo: 'doorTodo', held: 'doorHeld' } as const;

function dayWord(offset: number, say: TicketSay): string {
  return offset === 0 ? '' : say(`day.${Math.min(offset, 3)}` as 'day.1');
}

interface PointWords {
  readonly time: Html;
  readonly words: Html;
}

/** The words at a point, its number plate never broken over two lines. */
function unbroken(what: string, plate: string | null | undefined): Html {
  const at = plate ? what.indexOf(plate) : -1;
  if (!plate || at < 0) return html`${what}`;
  return html`${what.slice(0, at)}<em>${plate}</em>${what.slice(at + plate.length)}`;
}

/** One point of the three-door line in normal type: time and door, place and what happens there. */
function plainPoint(
  point: WayPoint,
  what: Html,
  facts: TicketFacts,
  options: TicketOptions,
  say: TicketSay,
): PointWords {
  const door = [say(DOOR_WORDS[point.door]), dayWord(point.dayOffset, say)].filter(Boolean).join(' · ');
  const plate = point.leg?.kind === 'charterBus' ? point.leg.plate : null;
  const phone = point.door === 'gate' && point.state !== 'done' ? facts.gate.contactPhone : null;
  return {
    time: html`${clock(point.at)}<small>${door}</small>`,
    words: html`<b>${saidName(point.place, options.language)}</b><span>${what}</span>${plate !== null && html`<span>${plate}</span>`}${
      phone !== null && html`<span><a href="${telHref(phone)}">${phone}</a></span>`
    }`,
  };
}

/** The same point for elders: time at 40 px, what to do in bold, the place where it is still to be found. */
function elderPoint(
  point: WayPoint,
  what: Html,
  isFirst: boolean,
  options: TicketOptions,
  say: TicketSay,
): PointWords {
  const beside = isFirst ? say('date', dateFacts(point.at, say)) : dayWord(point.dayOffset, say);
  const place = point.state === 'done' ? '' : saidName(point.place, options.language);
  const plate = point.leg?.kind === 'charterBus' && !point.leg.boarded ? point.leg.plate : null;
  return {
    time: html`${clock(point.at)}${beside !== '' && html`<small>${beside}</small>`}`,
    words: html`<b>${what}${plate !== null && html` <em>${plate}</em>`}</b>${place !== '' && html`<span>${place}</span>`}`,
  };
}

function wayList(facts: TicketFacts, options: TicketOptions, say: TicketSay): Html {
  const points = wayPoints(facts);
  const items = points.map((point, i) => {
    const changes = points.slice(0, i).some((earlier) => earlier.leg !== undefined);
    const what = unbroken(pointDoes(point, changes, facts, options, say), point.leg?.plate);
    const { time, words } = options.elder
      ? elderPoint(point, what, i === 0, options, say)
      : plainPoint(point, what, facts, options, say);
    const state = say(STATE_WORDS[point.state]);
    const said =
      point.state === 'held'
        ? html`<span class="held">${state}</span>`
        : html`<span class="quiet">${state}</span>`;
    return html`<li class="${point.state === 'done' ? 'on' : 'off'}">${doorSvg(point.state)}<p class="t">${time}</p><div class="w">${words}${said}</div></li>`;
  });
  return html`<ol class="way">${items}</ol>`;
}

function bringList(facts: TicketFacts, options: TicketOptions, say: TicketSay): Html {
  if (options.elder) {
    const items = facts.bring.map((item) => html`<dd>${say(`elder.${item}`)}</dd>`);
    return html`<dl><dt>${say('bring')}</dt>${items}</dl>`;
  }
  const joined = (items: readonly BringItem[], word: (item: BringItem) => string): readonly Html[] =>
    items.map((item, i) => html`<span>${word(item)}${i < items.length - 1 && say('listJoin')}</span><wbr>`);
  const spared = (item: BringItem): string => (item === 'food' ? say('foodIsPacked') : say(`item.${item}`));
  return html`<dl>${facts.bring.length > 0 && html`<dt>${say('bring')}</dt><dd>${joined(facts.bring, (item) => say(`item.${item}`))}</dd>`}${
    facts.noNeed.length > 0 && html`<dt>${say('noNeed')}</dt><dd>${joined(facts.noNeed, spared)}</dd>`
  }</dl>`;
}

const PHONE_SHAPE =
  '<path d="M9.5 4.2l4 .2 2 6.4-3.2 2.8c1.2 2.8 3.3 4.9 6.1 6.1l2.8-3.2 6.4 2 .2 4c-.1 2.5-1.8 4.3-4.3 4.3C13 26.8 5.2 19 5.2 8.5c0-2.5 1.8-4.2 4.3-4.3z" fill="currentColor"/>';

/** The button that calls a person; `under` is the small line below the name. */
export function callButton(label: string, under: string, phone: string): Html {
  return html`<a class="call" href="${telHref(phone)}"><svg viewBox="0 0 32 32" aria-hidden="true">${trusted(PHONE_SHAPE)}</svg><span>${label}<small>${under}</small></span></a>`;
}

/** Giving up the seat in two taps and without script: the button opens the question, its form posts the answer. */
function declineForm(facts: TicketFacts, options: TicketOptions, say: TicketSay): Html {
  const name = saidName(facts.person, options.language);
  return html`<details><summary class="btn">${say('cannotGo')}</summary><div class="ask"><p><b>${say('declineAskTitle', { name })}</b></p><p>${say('declineAskNext', { contact: saidContact(facts.contact.name, options.language) })}</p><form method="post" action="${ticketHref(`${facts.path}/decline`, options)}"><button class="btn give" type="submit">${say('declineYes')}</button></form><a class="btn" href="${ticketHref(facts.path, options)}">${say('declineNo')}</a></div></details>`;
}

function whoAndWhen(facts: TicketFacts, options: TicketOptions, say: TicketSay): Html {
  const { language, elder } = options;
  const person: Named = facts.person;
  const hanzi = language === 'en' && person.pinyin !== undefined ? person.name : '';
  const weekday = say(`weekday.${facts.weekday}` as 'weekday.0');
  const when = [
    say('date', dateFacts(wayBeginsAt(facts), say)),
    language === 'zh' ? facts.lunar : '',
    weekday,
  ].filter(Boolean);
  return html`<h1>${saidName(person, language)}${hanzi !== '' && html` <small>${hanzi}</small>`}${!elder && html`<small>${when.join(language === 'zh' ? ' ' : ', ')}</small>`}</h1>`;
}

/**
 * The traveller's ticket as one page without script: seat, the three-door line from home door to factory gate, QR code, what to
 * bring, whom to call. `POST <path>/decline` gives up the seat.
 */
export function ticketPage(facts: TicketFacts, options: TicketOptions): string {
  const { language, elder, nonce } = options;
  const say = speaker(ticketWords, language);
  const main = facts.legs[mainLegIndex(facts.legs)] as TicketLeg;
  const { contact } = facts;
  const updated = say('updated', dateFacts(facts.updatedAt, say));
  const body = html`<main class="page${elder && ' elder'}">
<header class="head">${whoAndWhen(facts, options, say)}${seatLine(main, options, say)}</header>
${wayList(facts, options, say)}
<section class="mid"><div class="code">${qrSvg(facts.qrText, 124, say('qr'))}<p>${say(elder ? 'showItElder' : 'showIt')}</p></div>${bringList(facts, options, say)}</section>
<p class="asof">${updated}</p>
<footer class="foot">${facts.canDecline && declineForm(facts, options, say)}${callButton(say('call', { name: saidContact(contact.name, language) }), elder ? say('callElder') : contact.phone, contact.phone)}</footer>
<nav class="more"><a href="${ticketHref(`${facts.path}/difficulty`, options)}">${say('difficulty')}</a><a href="${ticketHref(facts.path, { language, elder: !elder })}">${say(elder ? 'smaller' : 'larger')}</a>${consentLink(facts.path, options)}<a href="${ticketHref(facts.path, { language: language === 'zh' ? 'en' : 'zh', elder })}" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${say('otherLanguage')}</a></nav>
</main>`;
  return htmlDocument({ language, title: say('pageTitle'), nonce, css: TICKET_CSS, body });
}

import { type Actor, maySee } from './oracle.ts';
import type { World } from './world.ts';
import { SEASON } from './world-maker.ts';

/** Choices of one request, taken from numbers that fast-check drew. */
export class Draw {
  readonly #numbers: readonly number[];
  #at = 0;
  /** The trip this request is about, once it is drawn. */
  trip = '';

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  next(): number {
    const n = this.#numbers[this.#at % this.#numbers.length] ?? 0;
    this.#at += 1;
    // The second time round the numbers are others.
    return (n + this.#at * 7919) >>> 0;
  }

  below(limit: number): number {
    return limit <= 0 ? 0 : this.next() % limit;
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** True in so many of a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

/** Where the words, ids and numbers of requests come from: own ones, foreign ones, ones that never existed. */
export class Pools {
  readonly #world: World;
  readonly #areas: readonly string[];
  readonly #marks: Readonly<Record<string, readonly string[]>>;

  constructor(
    world: World,
    areas: readonly string[],
    marks: {
      readonly plans: readonly string[];
      readonly uploads: readonly string[];
      readonly transfers: readonly string[];
      readonly shares: readonly string[];
    },
  ) {
    const { people, trips, accounts } = world;
    this.#world = world;
    this.#areas = areas;
    this.#marks = {
      personId: people.map((it) => it.id),
      tripId: trips.map((it) => it.id),
      leg: people.flatMap((it) => it.leg ?? []),
      planId: marks.plans,
      uploadId: marks.uploads,
      transferId: marks.transfers,
      shareId: marks.shares,
      needId: world.canaries.idsOf('people_need'),
      difficultyId: world.canaries.idsOf('people_difficulty'),
      reportId: world.canaries.idsOf('people_report'),
      issueId: world.canaries.idsOf('people_report_issue'),
      pairId: world.canaries.idsOf('people_pair'),
      keepId: people.map((it) => it.id),
      gateId: [],
      // Accounts that ask keep what they ask with.
      staffId: accounts.flatMap((it) => (it.spare ? [it.id] : [])),
      sessionId: accounts.flatMap((it) => it.session ?? []),
      deviceId: accounts.flatMap((it) => it.device ?? []),
      passkeyId: accounts.flatMap((it) => it.passkey ?? []),
      officeId: world.canaries.idsOf('offices_office'),
    };
  }

  /** An id that never existed, of the same shape as the others. */
  freshId(draw: Draw): string {
    const hex = (n: number, length: number) => n.toString(16).padStart(length, '0').slice(-length);
    return `017ee6${hex(draw.next(), 2)}-${hex(draw.next(), 4)}-7000-8000-${hex(draw.next(), 6)}${hex(draw.next(), 6)}`;
  }

  /** A value for a field of this name; undefined where the name says nothing. */
  named(name: string, actor: Actor, draw: Draw): string | number | undefined {
    if (name in this.#marks || name.endsWith('Id')) {
      const id = this.#id(name, actor, draw);
      if (name === 'tripId') draw.trip = id;
      return id;
    }
    switch (name) {
      case 'season':
        return draw.chance(94) ? SEASON : draw.of(['2021-spring', 'nothing']);
      case 'area':
      case 'within':
      case 'district':
        return draw.chance(40) ? actor.area : draw.of(this.#areas);
      case 'text':
        return this.#search(actor, draw);
      case 'code':
        return this.#code(actor, draw);
      case 'purpose':
        return draw.of(['showToEmployer', 'shareWithPartner', 'publishPortrait', 'keepBooks']);
      case 'action':
        return draw.of(['people', 'people.care_read', 'offices', 'offices.signed_in', 'trips.full_manifest']);
      case 'actor':
        return draw.of(this.#world.accounts).login;
      case 'subject':
        return draw.chance(50) ? draw.of(this.#world.accounts).id : this.#id('personId', actor, draw);
      case 'from':
        return draw.of(['2022-02-01', '2022-02-12']);
      case 'to':
        return draw.of(['2022-02-14', '2199-12-31']);
      case 'login':
        return draw.chance(60) ? draw.of(this.#world.accounts).login : `n${this.freshId(draw).slice(-12)}`;
      case 'tail':
        return this.#person(actor, draw)?.phone.slice(-4) ?? '0000';
      case 'idNumber':
        return draw.chance(70) ? (this.#person(actor, draw)?.idNumber ?? '') : '';
      case 'key':
        return this.freshId(draw);
      case 'asOf':
      case 'knownAt':
        return draw.of([
          '2022-02-12T07:00:00+08:00',
          '2022-02-09T12:00:00+08:00',
          '2022-02-01T00:00:00+08:00',
        ]);
      case 'stop':
        return draw.below(5);
      case 'page':
        return draw.below(4);
      default:
        return undefined;
    }
  }

  #id(name: string, actor: Actor, draw: Draw): string {
    const all = this.#marks[name] ?? [];
    if (all.length === 0 || draw.chance(12)) return this.freshId(draw);
    if (draw.chance(40)) return draw.of(all);
    const own = all.filter((it) => this.#world.canaries.ownersOf(it)?.some((row) => maySee(actor, row)));
    return draw.of(own.length > 0 ? own : all);
  }

  #person(actor: Actor, draw: Draw) {
    const { people, canaries } = this.#world;
    const aboard = people.filter((it) => it.trip === draw.trip);
    if (aboard.length > 0 && draw.chance(60)) return draw.of(aboard);
    const own = people.filter((it) => canaries.ownersOf(it.id)?.some((row) => maySee(actor, row)));
    return draw.of(draw.chance(50) && own.length > 0 ? own : people);
  }

  #code(actor: Actor, draw: Draw): string {
    if (actor.way) return this.#world.people.find((it) => it.way === actor.way)?.code ?? '';
    return draw.chance(80) ? (this.#person(actor, draw)?.code ?? 'ABCDEFGHJK') : 'ABCDEFGHJK';
  }

  #search(actor: Actor, draw: Draw): string {
    const person = this.#person(actor, draw);
    if (!person) return '王建';
    const { name, idNumber, phone } = person;
    return draw.of([
      name,
      name.slice(0, 2),
      name.slice(0, 1),
      /Kq\w+x/.exec(name)?.[0] ?? name,
      idNumber,
      phone,
      phone.slice(-4),
      idNumber.slice(-4),
      'wjg',
      '%',
      '_',
      "' or 1=1 --",
    ]);
  }
}

import type { DriverLaw, Rest } from './problem.ts';

/**
 * A vehicle's way through the hours that drivers may drive
 * [road passenger transport enterprise safety management rules, art. 38].
 *
 * Stricter than the text where it leaves room: the vehicle as a whole stands after the continuous limit even where
 * a second driver could take over, and a stretch may hold at most `nightMin` night minutes and `dayMin` in all.
 */
export class Wheel {
  at: number;
  readonly rests: Rest[] = [];
  private readonly law: DriverLaw;
  private readonly crew: number;
  private stretch = 0;
  private nightStretch = 0;
  /** Start and end of each driven stretch, for the hours of any 24. */
  private readonly driven: number[] = [];
  /** End of the halt for which drivers have changed already. */
  private changedUntil = -1;

  constructor(law: DriverLaw, crew: number, at: number) {
    this.law = law;
    this.crew = crew;
    this.at = at;
  }

  /** Drives `minutes`, with the stands the law asks for; `afterStop` is noted with each stand. */
  drive(minutes: number, afterStop: number): void {
    let left = minutes;
    while (left > 0) {
      if (this.standsForHalt(afterStop)) continue;
      // The hours of the day come first: they may let time pass, which the other two look at.
      const hours = this.hoursRoom(left, afterStop);
      const room = Math.min(hours, this.stretchRoom(), this.toNextHalt());
      if (room <= 0) {
        this.rest(this.law.restMin, afterStop, false);
        continue;
      }
      this.roll(Math.min(left, room));
      left -= Math.min(left, room);
    }
  }

  /** Stands at a stop; long enough, it counts as a rest. */
  stand(minutes: number): void {
    this.at += minutes;
    if (minutes >= this.law.restMin) this.refreshed();
  }

  /** Stands on the way, written down as a rest. */
  rest(minutes: number, afterStop: number, change: boolean): void {
    if (minutes <= 0) return;
    this.rests.push({ afterStop, at: this.at, minutes, change });
    this.stand(minutes);
  }

  private refreshed(): void {
    this.stretch = 0;
    this.nightStretch = 0;
  }

  private standsForHalt(afterStop: number): boolean {
    const minute = mod(this.at);
    const { haltFromMin, haltToMin, halt, restMin } = this.law;
    if (minute < haltFromMin || minute >= haltToMin || this.changedUntil > this.at) return false;
    const end = this.at - minute + haltToMin;
    if (halt === 'change' && this.crew >= 2) {
      this.changedUntil = end;
      this.rest(restMin, afterStop, true);
    } else this.rest(end - this.at, afterStop, false);
    return true;
  }

  private toNextHalt(): number {
    const ahead = this.law.haltFromMin - mod(this.at);
    return ahead > 0 ? ahead : ahead + 1440;
  }

  /** Minutes until the continuous limit, not beyond the next change of day and night. */
  private stretchRoom(): number {
    const all = this.law.dayMin - this.stretch;
    const minute = mod(this.at);
    if (isNight(this.law, minute)) {
      const toMorning = mod(this.law.nightToMin - minute);
      return Math.min(all, this.law.nightMin - this.nightStretch, toMorning);
    }
    return Math.min(all, mod(this.law.nightFromMin - minute));
  }

  /** Minutes the crew may still drive in these 24 h; with none left it stands until an old stretch is a day ago. */
  private hoursRoom(wanted: number, afterStop: number): number {
    const cap = this.law.perDriverMin * this.crew;
    for (;;) {
      const room = cap - this.drivenSince(this.at - 1440);
      if (room >= Math.min(wanted, this.law.restMin)) return room;
      const oldest = this.driven[1] as number;
      this.rest(Math.max(this.law.restMin, oldest + 1440 - this.at), afterStop, false);
      if (mod(this.at) >= this.law.haltFromMin && mod(this.at) < this.law.haltToMin) return 0;
    }
  }

  private drivenSince(from: number): number {
    while (this.driven.length > 0 && (this.driven[1] as number) <= from) this.driven.splice(0, 2);
    let sum = 0;
    for (let i = 0; i < this.driven.length; i += 2) {
      sum += (this.driven[i + 1] as number) - Math.max(from, this.driven[i] as number);
    }
    return sum;
  }

  private roll(minutes: number): void {
    if (isNight(this.law, mod(this.at))) this.nightStretch += minutes;
    this.stretch += minutes;
    const last = this.driven.length - 1;
    if (this.driven[last] === this.at) this.driven[last] = this.at + minutes;
    else this.driven.push(this.at, this.at + minutes);
    this.at += minutes;
  }
}

/** Drivers a run needs so that its driving fits into 24 h; the crew limit where even that does not suffice. */
export function crewFor(law: DriverLaw, driveMin: number, maxCrew: number): number {
  const needed = Math.max(1, Math.ceil(driveMin / law.perDriverMin));
  const relay = law.halt === 'change' && driveMin > law.dayMin ? 2 : 1;
  return Math.max(1, Math.min(maxCrew, Math.max(needed, relay)));
}

function isNight(law: DriverLaw, minute: number): boolean {
  return law.nightFromMin > law.nightToMin
    ? minute >= law.nightFromMin || minute < law.nightToMin
    : minute >= law.nightFromMin && minute < law.nightToMin;
}

/** Minute of day, never negative. */
function mod(moment: number): number {
  return ((moment % 1440) + 1440) % 1440;
}

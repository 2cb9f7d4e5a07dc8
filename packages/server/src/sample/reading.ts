import { initials, pinyinName, pinyinPlace } from '../platform/pinyin.ts';

function remembered(read: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let reading = known.get(text);
    if (reading === undefined) {
      reading = read(text);
      known.set(text, reading);
    }
    return reading;
  };
}

/** How names are read, each looked up once: a season repeats the same names thousands of times. */
export interface Reading {
  readonly name: (name: string) => string;
  readonly initials: (name: string) => string;
  readonly place: (name: string) => string;
  /** Without the mark that says it is made up. */
  readonly firm: (name: string) => string;
}

export function newReading(): Reading {
  const place = remembered(pinyinPlace);
  return {
    name: remembered(pinyinName),
    initials: remembered(initials),
    place,
    firm: (name) => place(name.replace('（样例）', '')),
  };
}

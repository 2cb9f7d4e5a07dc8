import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bySeat,
  type ManifestPassenger,
  MaskedNumber,
  manifestPages,
  maskIdNumber,
  maskPhone,
  PaperMoment,
} from './manifest.ts';

const passenger = (seat: string): ManifestPassenger => ({
  seat,
  name: '甲',
  gender: null,
  idMasked: '',
  phoneMasked: '',
  stopLetter: '',
  needs: [],
});
const people = (count: number): ManifestPassenger[] =>
  Array.from({ length: count }, (_, i) => passenger(String(i + 1)));

describe('numbers on a manifest', () => {
  it('hides the middle of IDs and phones and refuses whole ones', () => {
    expect(maskIdNumber('50023819900101001X')).toBe('5002****001X');
    expect(maskIdNumber('')).toBe('');
    expect(maskPhone('13800000012')).toBe('138****0012');
    expect(maskPhone('51221')).toBe('****21');
    expect(MaskedNumber.safeParse('5002****001X').success).toBe(true);
    expect(MaskedNumber.safeParse('13800000012').success).toBe(false);
    expect(MaskedNumber.safeParse('50023819900101001X').success).toBe(false);
  });

  it('takes moments in the clock of the place only', () => {
    expect(PaperMoment.safeParse('2022-02-12T07:50:00+08:00').success).toBe(true);
    expect(PaperMoment.safeParse('2022-02-11T23:50:00Z').success).toBe(false);
  });
});

describe('pages of a manifest', () => {
  it('counts seats as numbers: 2 before 12, 12A before 12B', () => {
    const seats = bySeat(['12B', '12A', '2', '100'].map(passenger)).map((it) => it.seat);
    expect(seats).toEqual(['2', '12A', '12B', '100']);
  });

  it.each([
    [0, 1],
    [49, 1],
    [56, 1],
    [57, 2],
    [98, 2],
    [118, 2],
  ])('sets %i people on %i sheets', (count, sheets) => {
    expect(manifestPages(people(count))).toHaveLength(sheets);
  });

  it('holds everyone once, in order, within the rows, signed on the last page only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (count) => {
        const pages = manifestPages(people(count));
        const seats = pages.flatMap((page) => [...page.left, ...page.right]).map((it) => Number(it.seat));
        expect(seats).toEqual(Array.from({ length: count }, (_, i) => i + 1));
        expect(pages.map((page) => page.isFirst)).toEqual(pages.map((_, i) => i === 0));
        expect(pages.map((page) => page.isLast)).toEqual(pages.map((_, i) => i === pages.length - 1));
        for (const page of pages)
          expect(Math.max(page.left.length, page.right.length)).toBeLessThanOrEqual(page.rows);
        const last = pages[pages.length - 1];
        if (pages.length > 1)
          expect((last?.left.length ?? 0) + (last?.right.length ?? 0)).toBeGreaterThanOrEqual(10);
      }),
    );
  });
});

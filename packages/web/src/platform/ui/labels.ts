/** A name that wants a place on a map. */
export interface WantedLabel {
  readonly key: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Greater goes first. */
  readonly weight: number;
  readonly size: number;
  /** Beside or above its dot, in the order in which they are tried; `on` = centred upon the spot. */
  readonly sides: readonly ('on' | 'above' | 'below' | 'right' | 'left')[];
}

export interface PlacedLabel {
  readonly key: string;
  readonly text: string;
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Chinese characters are as wide as tall, Latin letters about half. */
export function widthOfText(text: string, size: number): number {
  let width = 0;
  for (const char of text) width += char.charCodeAt(0) > 0x2e80 ? size : size * 0.56;
  return width;
}

function put(label: WantedLabel, side: WantedLabel['sides'][number]): { placed: PlacedLabel; box: Box } {
  const w = widthOfText(label.text, label.size);
  const h = label.size;
  const gap = 7;
  const [dx, dy, anchor] = {
    on: [0, h * 0.36, 'middle'],
    above: [0, -gap, 'middle'],
    below: [0, gap + h * 0.8, 'middle'],
    right: [gap + 1, h * 0.36, 'start'],
    left: [-gap - 1, h * 0.36, 'end'],
  }[side] as [number, number, PlacedLabel['anchor']];
  const x = label.x + dx;
  const y = label.y + dy;
  const x1 = anchor === 'middle' ? x - w / 2 : anchor === 'end' ? x - w : x;
  return {
    placed: { key: label.key, text: label.text, x, y, anchor },
    box: { x1, y1: y - h * 0.9, x2: x1 + w, y2: y + h * 0.15 },
  };
}

function meet(a: Box, b: Box): boolean {
  return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
}

/**
 * Places names so that none covers another or a dot; a name without room is left out (its place still says it on hover).
 * Greedy by weight: O(n²), for the few dozen names of a map.
 */
export function placeLabels(
  wanted: readonly WantedLabel[],
  dots: readonly { x: number; y: number }[] = [],
  within?: Box,
): PlacedLabel[] {
  const taken: Box[] = dots.map(({ x, y }) => ({ x1: x - 5, y1: y - 5, x2: x + 5, y2: y + 5 }));
  const placed: PlacedLabel[] = [];
  for (const label of [...wanted].sort((a, b) => b.weight - a.weight)) {
    const options = label.sides.map((side) => put(label, side));
    const free = options.find(
      ({ box }) =>
        !taken.some((it) => meet(box, it)) &&
        (!within ||
          (box.x1 >= within.x1 && box.x2 <= within.x2 && box.y1 >= within.y1 && box.y2 <= within.y2)),
    );
    if (!free) continue;
    taken.push(free.box);
    placed.push(free.placed);
  }
  return placed;
}

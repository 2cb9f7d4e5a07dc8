import { grouped } from '@fangang/domain/basics/say.ts';
import { words } from '@fangang/domain/basics/words.ts';
import { type ReactNode, useMemo } from 'react';
import { useWords } from '../language.tsx';
import { useWidth } from '../use-width.ts';
import {
  type AreaFeature,
  type AreaMap,
  centreOf,
  cornersOf,
  fitted,
  middleOf,
  rightWay,
  type Spot,
  shapeOf,
} from './geo.ts';
import { type PlacedLabel, placeLabels, type WantedLabel, widthOfText } from './labels.ts';

export interface MapDestination {
  readonly key: string;
  readonly label: string;
  readonly n: number;
}

export interface MapFlow {
  /** District code it leaves from. */
  readonly from: string;
  /** Key of a destination, or a district code for a run inside the municipality. */
  readonly to: string;
  readonly n: number;
}

export interface DistrictMapProps {
  readonly map: AreaMap;
  /** Short name of a district for the drawing, by code: 武隆, Wulong. */
  readonly names: Readonly<Record<string, string>>;
  /** Number that shades a district, by code. */
  readonly values: Readonly<Record<string, number>>;
  /** Lower bounds of the 2nd, 3rd and 4th shade. */
  readonly steps: readonly [number, number, number];
  /** What the shade counts: 底色：已上车人数，按区县. */
  readonly legend: string;
  readonly destinations: readonly MapDestination[];
  readonly flows: readonly MapFlow[];
  readonly label: string;
  readonly height?: number;
  readonly onOpenDistrict?: (code: string) => void;
  readonly onOpenDestination?: (key: string) => void;
}

interface Drawn {
  readonly code: string;
  readonly path: string;
  readonly seat: Spot;
  readonly centre: Spot;
}

const LEAST_COLUMN = 92;
const LEAST_PITCH = 44;
/** From the ring of a destination to its name, and room behind the name. */
const BESIDE_NAME = 24;
const TALLEST = 566;
const LOWEST = 400;

/** Room for the longest name of a destination: 广州 is half as wide as Guangzhou. */
function columnFor(destinations: readonly MapDestination[]): number {
  const longest = Math.max(0, ...destinations.map((it) => widthOfText(it.label, 14) * 1.08));
  return Math.max(LEAST_COLUMN, Math.ceil(longest) + BESIDE_NAME);
}

/** Destinations from north to south by where their people leave, so that few lines cross. */
function inOrder(props: DistrictMapProps): readonly MapDestination[] {
  const seats = new Map(props.map.features.map((it) => [it.properties.code, latitudeOf(it)]));
  const mean = (key: string): number => {
    const flows = props.flows.filter((it) => it.to === key && seats.has(it.from));
    const n = flows.reduce((sum, it) => sum + it.n, 0);
    return n === 0 ? 0 : flows.reduce((sum, it) => sum + it.n * (seats.get(it.from) ?? 0), 0) / n;
  };
  return [...props.destinations].sort((a, b) => mean(b.key) - mean(a.key));
}

function latitudeOf(feature: AreaFeature): number {
  const all = [...cornersOf(feature)].map(([, lat]) => lat);
  return feature.properties.seat?.[1] ?? all.reduce((sum, it) => sum + it, 0) / all.length;
}

interface Ground {
  readonly drawn: readonly Drawn[];
  /** Height from which the destinations' column is clear of land. */
  readonly top: number;
}

/** Lowest point of land that reaches into the column of the destinations. */
function landIn(
  column: number,
  features: readonly AreaFeature[],
  project: (at: [number, number]) => [number, number] | null,
): number {
  let lowest = 0;
  for (const feature of features) {
    for (const [lon, lat] of cornersOf(feature)) {
      const spot = project([lon, lat]);
      if (spot && spot[0] > column && spot[1] > lowest) lowest = spot[1];
    }
  }
  return lowest;
}

/**
 * Draws the land as large as it goes: the column of destinations stands where the land leaves room for it,
 * and the land shrinks only as far as that needs.
 */
function draw(map: AreaMap, width: number, height: number, places: number, room: number): Ground {
  const features = map.features.map((it: AreaFeature) => rightWay(it));
  const column = width - room;
  for (let aside = 0; ; aside += room / 8) {
    const last = aside >= room || places === 0;
    const projection = fitted(features, { x: 6, y: 8, width: width - aside - 12, height: height - 64 });
    const clear = places === 0 ? 0 : landIn(column - 8, features, projection);
    if (!last && height - 76 - (clear + 16) < (places - 1) * LEAST_PITCH) continue;
    const drawn = features.map((it) => ({
      code: it.properties.code,
      path: shapeOf(projection, it),
      seat: middleOf(projection, it),
      centre: centreOf(projection, it),
    }));
    return { drawn, top: Math.max(clear + 20, height * 0.16) };
  }
}

function shadeOf(value: number, steps: DistrictMapProps['steps']): number {
  return steps.filter((it) => value >= it).length;
}

/** Leaves its district sideways and comes into the destination level, so that many lines end as a readable bundle. */
function curve(from: Spot, to: Spot): string {
  const reach = Math.max(30, (to.x - from.x) * 0.5);
  return `M${from.x},${from.y}C${from.x + reach * 0.5},${from.y + (to.y - from.y) * 0.25} ${to.x - reach},${to.y} ${to.x},${to.y}`;
}

/** A run inside the municipality bows, or it would hide under the borders. */
function bow(from: Spot, to: Spot): string {
  const [mx, my] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return `M${from.x},${from.y}Q${mx - dy * 0.22},${my + dx * 0.22} ${to.x},${to.y}`;
}

function widthOf(n: number, most: number): number {
  return 1.2 + 3.4 * Math.sqrt(n / Math.max(1, most));
}

function namesOn(
  drawn: readonly Drawn[],
  { names, flows }: DistrictMapProps,
  dots: readonly Spot[],
  within: { x2: number; y2: number },
): PlacedLabel[] {
  const busy = new Set(flows.flatMap((it) => [it.from, it.to]));
  const wanted = drawn.map((it): WantedLabel => {
    const from = busy.has(it.code);
    const at = from ? it.seat : it.centre;
    return {
      key: it.code,
      text: names[it.code] ?? '',
      ...at,
      size: 12,
      weight: from ? 2 : 1,
      sides: from ? ['above', 'below', 'right', 'left'] : ['on'],
    };
  });
  return placeLabels(wanted, dots, { x1: 0, y1: 0, ...within });
}

interface Scene {
  readonly drawn: readonly Drawn[];
  readonly labels: readonly PlacedLabel[];
  readonly busy: ReadonlySet<string>;
  readonly ends: ReadonlyMap<string, Spot>;
}

function useScene(props: DistrictMapProps, width: number, height: number): Scene {
  const { map, flows } = props;
  const destinations = inOrder(props);
  const room = columnFor(destinations);
  const { drawn, top } = useMemo(
    () => draw(map, width, height, destinations.length, room),
    [map, width, height, destinations.length, room],
  );
  const pitch = destinations.length > 1 ? Math.min(54, (height - 76 - top) / (destinations.length - 1)) : 0;
  const ends = new Map(destinations.map((it, i) => [it.key, { x: width - room + 6, y: top + i * pitch }]));
  const busy = new Set(flows.flatMap((it) => [it.from, it.to]));
  const dots = drawn.filter((it) => busy.has(it.code)).map((it) => it.seat);
  const labels = namesOn(drawn, props, [...dots, ...ends.values()], { x2: width, y2: height - 50 });
  return { drawn, labels, busy, ends };
}

function Flows({ flows, scene }: { flows: readonly MapFlow[]; scene: Scene }): ReactNode {
  const seatOf = new Map(scene.drawn.map((it) => [it.code, it.seat]));
  const most = Math.max(1, ...flows.map((it) => it.n));
  return flows.map((it) => {
    const from = seatOf.get(it.from);
    const inside = seatOf.get(it.to);
    const to = scene.ends.get(it.to) ?? inside;
    if (!from || !to) return null;
    const key = `${it.from} ${it.to}`;
    if (inside) {
      return (
        <g key={key}>
          <path d={bow(from, inside)} className="flow-inside" strokeWidth={3} />
          <circle cx={inside.x} cy={inside.y} r={4.5} className="flow-inside-end" />
        </g>
      );
    }
    return <path key={key} d={curve(from, to)} className="flow" strokeWidth={widthOf(it.n, most)} />;
  });
}

function Shades({ props, height }: { props: DistrictMapProps; height: number }): ReactNode {
  const say = useWords(words);
  const [a, b, c] = props.steps;
  const texts = [say('under', { n: a }), `${a}–${b - 1}`, `${b}–${c - 1}`, say('andOver', { n: c })];
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a drawing, never focused.
    <g className="shades" aria-hidden="true">
      <text x={0} y={height - 36}>
        {props.legend}
      </text>
      {texts.map((text, i) => (
        <g key={text}>
          <rect x={i * 82} y={height - 28} width={82} height={8} className={`land-${i}`} />
          <text x={i * 82} y={height - 4}>
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

function Destinations({ props, scene }: { props: DistrictMapProps; scene: Scene }): ReactNode {
  const say = useWords(words);
  return props.destinations.map((it) => {
    const end = scene.ends.get(it.key);
    if (!end) return null;
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the same rows open from the table beside the map.
      <g key={it.key} className="map-destination" onClick={() => props.onOpenDestination?.(it.key)}>
        <circle cx={end.x} cy={end.y} r={5} className="door-ring" strokeWidth={1.75} />
        <text x={end.x + 11} y={end.y + 1} className="map-destination-name">
          {it.label}
        </text>
        <text x={end.x + 11} y={end.y + 17} className="map-destination-count">
          {say('peopleCount', { n: it.n })}
        </text>
      </g>
    );
  });
}

/** Districts shaded by a count, with lines to where their people go. Pure drawing of its props. */
export function DistrictMap(props: DistrictMapProps): ReactNode {
  const { values, steps, names } = props;
  const [ref, width] = useWidth<HTMLDivElement>(498);
  const height = props.height ?? Math.round(Math.min(TALLEST, Math.max(LOWEST, width * 1.16)));
  const scene = useScene(props, width, height);
  return (
    <div className="district-map" ref={ref}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={props.label}
      >
        <g className="map-outline">
          {scene.drawn.map((it) => (
            <path key={it.code} d={it.path} />
          ))}
        </g>
        {scene.drawn.map((it) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the same rows open from the table beside the map.
          <path
            key={it.code}
            d={it.path}
            className={`district land-${shadeOf(values[it.code] ?? 0, steps)}`}
            onClick={() => props.onOpenDistrict?.(it.code)}
          >
            <title>{`${names[it.code] ?? ''} ${grouped(values[it.code] ?? 0)}`}</title>
          </path>
        ))}
        <Flows flows={props.flows} scene={scene} />
        {scene.drawn
          .filter((it) => props.flows.some((flow) => flow.from === it.code))
          .map((it) => (
            <circle
              key={it.code}
              cx={it.seat.x}
              cy={it.seat.y}
              r={4}
              className={
                props.flows.some((flow) => flow.from === it.code && !scene.ends.has(flow.to))
                  ? 'flow-dot flow-dot-inside'
                  : 'flow-dot'
              }
            />
          ))}
        {scene.labels.map((it) => (
          <text
            key={it.key}
            x={it.x}
            y={it.y}
            textAnchor={it.anchor}
            className={`map-name${scene.busy.has(it.key) ? ' map-name-busy' : ''}`}
          >
            {it.text}
          </text>
        ))}
        <Destinations props={props} scene={scene} />
        <Shades props={props} height={height} />
      </svg>
    </div>
  );
}

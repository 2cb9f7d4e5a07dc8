import { words } from '@fangang/domain/basics/words.ts';
import { type ReactNode, useMemo } from 'react';
import { useWords } from '../language.tsx';
import { useWidth } from '../use-width.ts';
import {
  type AreaFeature,
  type AreaMap,
  fitted,
  type LonLat,
  rightWay,
  type Spot,
  shapeOf,
  spotInside,
  spotOf,
} from './geo.ts';
import { placeLabels } from './labels.ts';

export interface MapPoint {
  readonly key: string;
  readonly at: LonLat;
  readonly label: string;
  /** People waiting here. */
  readonly n: number;
  /** A place not yet confirmed by the township. */
  readonly estimated?: boolean;
  readonly tone?: 'plain' | 'danger' | 'chosen';
}

export interface MapLine {
  readonly key: string;
  /** Stops in order; a last point far outside leaves the map at its edge. */
  readonly path: readonly LonLat[];
  readonly kind: 'chosen' | 'draft' | 'fixed' | 'rail';
}

export interface LocalMapProps {
  readonly map: AreaMap;
  /** Code of the district in the middle; its neighbours stand around it in grey. */
  readonly code: string;
  readonly names: Readonly<Record<string, string>>;
  readonly points: readonly MapPoint[];
  readonly lines: readonly MapLine[];
  readonly label: string;
  readonly height?: number;
  readonly onChoosePoint?: (key: string) => void;
  readonly onChooseLine?: (key: string) => void;
}

interface Ground {
  readonly own: string;
  readonly others: readonly { readonly code: string; readonly path: string; readonly name: Spot | null }[];
  readonly spot: (at: LonLat) => { x: number; y: number };
}

function lay({ map, code }: LocalMapProps, width: number, height: number): Ground {
  const features = map.features.map((it: AreaFeature) => rightWay(it));
  const own = features.find((it) => it.properties.code === code);
  const projection = fitted(own ? [own] : features, { x: 44, y: 36, width: width - 88, height: height - 72 });
  const inner = { x: 36, y: 26, width: width - 72, height: height - 52 };
  return {
    own: own ? shapeOf(projection, own) : '',
    others: features
      .filter((it) => it !== own)
      .map((it) => ({
        code: it.properties.code,
        path: shapeOf(projection, it),
        name: spotInside(projection, it, inner),
      })),
    spot: (at) => spotOf(projection, at),
  };
}

function Points({ props, ground }: { props: LocalMapProps; ground: Ground }): ReactNode {
  const say = useWords(words);
  return props.points.map((it) => {
    const { x, y } = ground.spot(it.at);
    const hint = `${it.label} ${say('peopleCount', { n: it.n })}${it.estimated ? ` · ${say('estimatedPlace')}` : ''}`;
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: points are chosen by keyboard in the list beside the map.
      <g
        key={it.key}
        className={`map-point tone-${it.tone ?? 'plain'}${it.estimated ? ' estimated' : ''}`}
        onClick={() => props.onChoosePoint?.(it.key)}
      >
        <title>{hint}</title>
        <circle cx={x} cy={y} r={3.5 + Math.min(4, Math.sqrt(it.n) * 0.5)} />
      </g>
    );
  });
}

function Names({
  props,
  ground,
  width,
  height,
}: {
  props: LocalMapProps;
  ground: Ground;
  width: number;
  height: number;
}): ReactNode {
  const dots = props.points.map((it) => ground.spot(it.at));
  const wanted = props.points.map((it, i) => ({
    key: it.key,
    text: `${it.label} ${it.n}`,
    x: dots[i]?.x ?? 0,
    y: dots[i]?.y ?? 0,
    weight: it.n,
    size: 13,
    sides: ['right', 'above', 'left', 'below'] as const,
  }));
  const placed = placeLabels(wanted, dots, { x1: 0, y1: 0, x2: width, y2: height });
  return placed.map((it) => {
    const point = props.points.find((p) => p.key === it.key);
    return (
      <text key={it.key} x={it.x} y={it.y} textAnchor={it.anchor} className="point-name">
        <tspan className="point-place">{point?.label}</tspan> {point?.n}
      </text>
    );
  });
}

/** Pick-up points of one district and the lines that serve them; a dashed ring is an estimated place. */
export function LocalMap(props: LocalMapProps): ReactNode {
  const { height = 534, names, lines } = props;
  const [ref, width] = useWidth<HTMLDivElement>(470);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only these of the props change the ground
  const ground = useMemo(() => lay(props, width, height), [props.map, props.code, width, height]);
  return (
    <div className="local-map" ref={ref}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={props.label}
      >
        {ground.others.map((it) => (
          <path key={it.code} d={it.path} className="map-around" />
        ))}
        <path d={ground.own} className="map-own" />
        {ground.others.map(
          (it) =>
            it.name && (
              <text key={it.code} x={it.name.x} y={it.name.y} className="map-around-name">
                {names[it.code]}
              </text>
            ),
        )}
        {lines.map((it) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: lines are chosen by keyboard in the table of trips.
          <path
            key={it.key}
            d={`M${it.path
              .map((at) => {
                const { x, y } = ground.spot(at);
                return `${x.toFixed(1)},${y.toFixed(1)}`;
              })
              .join('L')}`}
            className={`map-line map-line-${it.kind}`}
            onClick={() => props.onChooseLine?.(it.key)}
          />
        ))}
        <Points props={props} ground={ground} />
        <Names props={props} ground={ground} width={width} height={height} />
      </svg>
    </div>
  );
}

import { tripWords } from '@fangang/domain/trips/words.ts';
import { type PointerEvent, type ReactNode, useRef } from 'react';
import { useWords } from '../platform/language.tsx';

/** Size of the drawing, whatever the screen's. */
const WIDTH = 600;
const HEIGHT = 400;
/** Characters beyond which a drawing takes no more; the server takes 20,000. */
const MOST = 19_000;
/** Points nearer than this to the last one say nothing new. */
const NEAR = 3;

/** A field for a finger or a pen: strokes become the path of an SVG, `M12,40L14,42…`. */
export function SignPad({ path, onChange }: { path: string; onChange: (path: string) => void }): ReactNode {
  const say = useWords(tripWords);
  const last = useRef<{ x: number; y: number } | null>(null);
  const drawn = useRef(path);
  drawn.current = path;
  const pointOf = (event: PointerEvent<SVGSVGElement>): { x: number; y: number } => {
    // The field is as wide as the screen and as high as there is room: the drawing keeps its shape and the field shows its middle.
    const box = event.currentTarget.getBoundingClientRect();
    const scale = Math.min(WIDTH / box.width, HEIGHT / box.height);
    return {
      x: Math.round(WIDTH / 2 + (event.clientX - box.left - box.width / 2) * scale),
      y: Math.round(HEIGHT / 2 + (event.clientY - box.top - box.height / 2) * scale),
    };
  };
  const add = (letter: 'M' | 'L', { x, y }: { x: number; y: number }): void => {
    if (drawn.current.length > MOST) return;
    drawn.current += `${letter}${x},${y}`;
    last.current = { x, y };
    onChange(drawn.current);
  };
  const down = (event: PointerEvent<SVGSVGElement>): void => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    add('M', pointOf(event));
  };
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    const from = last.current;
    if (!from) return;
    const to = pointOf(event);
    if (Math.hypot(to.x - from.x, to.y - from.y) >= NEAR) add('L', to);
  };
  const up = (): void => {
    last.current = null;
  };
  return (
    <svg
      className="sign-pad"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={say('signHere')}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
    >
      {path === '' && (
        <text x={WIDTH / 2} y={HEIGHT / 2 + 10} textAnchor="middle" className="sign-hint">
          {say('signHere')}
        </text>
      )}
      <path d={path} className="sign-path" />
    </svg>
  );
}

/** A signature as it was given. */
export function Signature({ path }: { path: string }): ReactNode {
  const say = useWords(tripWords);
  return (
    <svg className="sign-pad" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say('signed')}>
      <path d={path} className="sign-path" />
    </svg>
  );
}

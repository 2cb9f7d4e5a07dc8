import { tripWords } from '@fangang/domain/trips/words.ts';
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import zxingUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { useWords } from '../platform/language.tsx';

const LOOK_MS = 150;
/** The same ticket held before the camera is one reading. */
const SAME_MS = 4000;

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}

/** The reader lies with the pages: a bus door must not depend on a server elsewhere. */
function makeDetector(): Detector {
  prepareZXingModule({ overrides: { locateFile: () => zxingUrl } });
  return new BarcodeDetector({ formats: ['qr_code'] });
}

interface Watching {
  readonly onCode: (text: string) => void;
  /** The reader itself did not load or broke. */
  readonly onFault: () => void;
}

/** Opens the camera at the back and says each code it reads, until `stop`. */
async function watch(video: HTMLVideoElement, { onCode, onFault }: Watching): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const end = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  video.srcObject = stream;
  await video.play();
  const detector = makeDetector();
  let last = { text: '', at: 0 };
  let timer = 0;
  const look = async (): Promise<void> => {
    const [found] = await detector.detect(video);
    const now = performance.now();
    if (found && (found.rawValue !== last.text || now - last.at > SAME_MS)) {
      last = { text: found.rawValue, at: now };
      onCode(found.rawValue);
    }
    timer = window.setTimeout(again, LOOK_MS);
  };
  const again = (): void => {
    look().catch(() => {
      end();
      onFault();
    });
  };
  again();
  return () => {
    window.clearTimeout(timer);
    end();
  };
}

/** The camera of the bus door; where there is none it says so and the keypad goes on. */
export function DoorScan({
  onCode,
  onStop,
}: {
  onCode: (text: string) => void;
  onStop: () => void;
}): ReactNode {
  const say = useWords(tripWords);
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<'noCamera' | 'scanFault' | null>(
    navigator.mediaDevices ? null : 'noCamera',
  );
  const latest = useRef(onCode);
  latest.current = onCode;
  useEffect(() => {
    const element = video.current;
    if (!element || !navigator.mediaDevices) return;
    let isGone = false;
    let stop: (() => void) | null = null;
    watch(element, {
      onCode: (text) => !isGone && latest.current(text),
      onFault: () => !isGone && setTrouble('scanFault'),
    }).then(
      (ends) => {
        if (isGone) ends();
        else stop = ends;
      },
      () => !isGone && setTrouble('noCamera'),
    );
    return () => {
      isGone = true;
      stop?.();
    };
  }, []);
  return (
    <div className={trouble ? 'door-scan door-noscan' : 'door-scan'}>
      {trouble ? (
        <p role="status">{say(trouble)}</p>
      ) : (
        <>
          <video ref={video} muted playsInline aria-label={say('scanAim')} />
          <p>
            {say('scanAim')}　<small>{say('scanHint')}</small>
          </p>
          <i aria-hidden="true" />
          <button type="button" onClick={onStop}>
            {say('stopScan')}
          </button>
        </>
      )}
    </div>
  );
}

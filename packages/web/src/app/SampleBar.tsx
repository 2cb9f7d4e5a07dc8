import { words } from '@fangang/domain/basics/words.ts';
import { moveClock } from '@fangang/domain/offices/api.ts';
import type { ReactNode } from 'react';
import { useWrite } from '../platform/asking.ts';
import { lunarText, momentOf, weekdayOf } from '../platform/dates.ts';
import { useLanguage, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { useErrorWords } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';

/** Every room's rows depend on the clock. */
const ALL_ROOMS = ['people', 'trips', 'figures'] as const;
const PLAY_SPEED = 60;

function ClockKeys({ playing }: { playing: boolean }): ReactNode {
  const say = useWords(words);
  const toast = useToast();
  const errorWords = useErrorWords([]);
  const { send, busy } = useWrite(moveClock, ALL_ROOMS);
  const move = async (to: 'nextMorning' | 'february8' | 'play' | 'stop'): Promise<void> => {
    const answer = await send({ body: { to } }).catch((fault: unknown) => ({
      ok: false as const,
      refusal: fault,
    }));
    if (answer.ok) return;
    const { what, remedy } = errorWords(answer.refusal);
    toast({ text: remedy ? `${what} → ${remedy}` : what, tone: 'danger' });
  };
  return (
    <span className="sample-keys">
      <button type="button" disabled={busy} onClick={() => void move('february8')}>
        {say('goToFebruary8')}
      </button>
      <button type="button" disabled={busy} onClick={() => void move('nextMorning')}>
        {say('nextMorning')}
      </button>
      <button type="button" disabled={busy} onClick={() => void move(playing ? 'stop' : 'play')}>
        {playing ? `■ ${say('pause')}` : `▶ ${say('play', { speed: PLAY_SPEED })}`}
      </button>
    </span>
  );
}

/** The sample's clock: where it stands, and how to move it. Not there outside the sample. */
export function SampleBar(): ReactNode {
  const say = useWords(words);
  const { language } = useLanguage();
  const { sample, clock } = useSession();
  if (!sample) return null;
  const playing = clock.speed > 1;
  return (
    <div className="sample-bar" role="status">
      <span className="tag">{say('sampleSeason')}</span>
      <span>
        {playing ? say('clockRunsAt', { speed: clock.speed }) : say('clockStandsAt')}{' '}
        <b>{momentOf(clock.now)}</b>
      </span>
      <span className="sample-day">
        {lunarText(clock.lunar, language)}　{weekdayOf(clock.now, language)}
      </span>
      <span className="quiet">{say('sampleIsSynthetic')}</span>
      <span className="apart">{say('sampleOnly')}</span>
      <ClockKeys playing={playing} />
    </div>
  );
}

import { DIFFICULTY_CHARS, tellDifficulty } from '@fangang/domain/people/api-difficulty.ts';
import { DIFFICULTY_CHANNELS, DIFFICULTY_KINDS } from '@fangang/domain/people/rules-difficulty.ts';
import {
  difficultyChannelWords,
  difficultyKindWords,
  difficultyWords,
} from '@fangang/domain/people/words-difficulty.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Labelled, SelectField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useSteps } from './use-step.ts';

type Kind = (typeof DIFFICULTY_KINDS)[number];
type Channel = Exclude<(typeof DIFFICULTY_CHANNELS)[number], 'ticket'>;
const CHANNELS = DIFFICULTY_CHANNELS.filter((it): it is Channel => it !== 'ticket');

/** A text of several lines. */
export function LongText({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  value: string;
  onChange: (text: string) => void;
}): ReactNode {
  return (
    <Labelled label={label} hint={hint}>
      {(tie) => (
        <textarea
          className="input long-text"
          {...tie}
          value={value}
          maxLength={DIFFICULTY_CHARS}
          rows={4}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

/** What somebody has told by phone, at the counter or through somebody else. */
export function TellDifficulty({
  personId,
  season,
  onDone,
}: {
  personId: string;
  season: string;
  onDone: () => void;
}): ReactNode {
  const say = useWords(difficultyWords);
  const sayKind = useWords(difficultyKindWords);
  const sayChannel = useWords(difficultyChannelWords);
  const { send, busy } = useWrite(tellDifficulty);
  const { run, problem } = useSteps();
  const [kind, setKind] = useState<Kind>('road');
  const [channel, setChannel] = useState<Channel>('phone');
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { season, kind, channel, text };
    void run(() => send({ params: { personId }, body }), say('saved')).then((done) => done && onDone());
  };
  return (
    <form className="people-form" onSubmit={submit}>
      {problem !== null && <ErrorNote error={problem} />}
      <SelectField
        label={say('kind')}
        value={kind}
        options={DIFFICULTY_KINDS.map((value) => ({ value, label: sayKind(value) }))}
        onChange={setKind}
      />
      <SelectField
        label={say('channel')}
        value={channel}
        options={CHANNELS.map((value) => ({ value, label: sayChannel(value) }))}
        onChange={setChannel}
      />
      <LongText label={say('text')} hint={say('textHint')} value={text} onChange={setText} />
      <p>
        <Button kind="main" submit busy={busy} disabled={text.trim() === ''} onPress={() => undefined}>
          {say('save')}
        </Button>
      </p>
    </form>
  );
}

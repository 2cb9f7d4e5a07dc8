import {
  answerDifficultyOf,
  closeDifficultyOf,
  readDifficulty,
  takeDifficultyOf,
} from '@fangang/domain/people/api-difficulty.ts';
import {
  difficultyChannelWords,
  difficultyRefusalWords,
  difficultyWords,
} from '@fangang/domain/people/words-difficulty.ts';
import { needWords } from '@fangang/domain/people/words-needs.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { DifficultyMark, useDifficultyKind } from './need-marks.tsx';
import { LongText } from './TellDifficulty.tsx';
import { useSteps } from './use-step.ts';
import './people.css';

type Run = ReturnType<typeof useSteps>['run'];

/** An answer, and once there is one the person's word on it. */
function Steps({ id, status, run }: { id: string; status: string; run: Run }): ReactNode {
  const say = useWords(difficultyWords);
  const answering = useWrite(answerDifficultyOf);
  const closing = useWrite(closeDifficultyOf);
  const [text, setText] = useState('');
  const params = { difficultyId: id };
  const close = (solved: boolean): void => {
    void run(() => closing.send({ params, body: { solved } }), say('closed'));
  };
  return (
    <div className="people-form">
      <LongText label={say('answer')} hint={say('answerHint')} value={text} onChange={setText} />
      <p className="need-steps">
        <Button
          kind="main"
          busy={answering.busy}
          disabled={text.trim() === ''}
          onPress={() => void run(() => answering.send({ params, body: { text } }), say('answered'))}
        >
          {say('sendAnswer')}
        </Button>
        {status === 'answered' && (
          <>
            <Button busy={closing.busy} onPress={() => close(true)}>
              {say('solved')}
            </Button>
            <Button busy={closing.busy} onPress={() => close(false)}>
              {say('notSolved')}
            </Button>
          </>
        )}
      </p>
    </div>
  );
}

/** One difficulty with its words; opening it leaves a row in the audit. */
export function DifficultyDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const say = useWords(difficultyWords);
  const sayNeed = useWords(needWords);
  const sayChannel = useWords(difficultyChannelWords);
  const kindOf = useDifficultyKind();
  const nameOf = useNames();
  const staff = useStaff();
  const { run, problem } = useSteps();
  const taking = useWrite(takeDifficultyOf);
  const { data: it, error } = useRead(readDifficulty, { params: { difficultyId: id } });
  if (!it)
    return (
      <Drawer title={say('title')} onClose={onClose}>
        {error ? <ErrorNote error={error} /> : <Loading />}
      </Drawer>
    );
  const { person } = it;
  const isMine = it.status === 'owned' && it.ownerId === staff.id;
  const take = (): void => {
    void run(() => taking.send({ params: { difficultyId: id }, body: {} }), say('taken'));
  };
  return (
    <Drawer
      title={`${nameOf(person.name, person.pinyin)} · ${kindOf(it.kind)}`}
      sub={nameOf(person.areaName, person.areaPinyin)}
      onClose={onClose}
    >
      {problem !== null && <ErrorNote error={problem} tables={[difficultyRefusalWords]} />}
      <dl className="facts">
        <dt>{sayNeed('state')}</dt>
        <dd>
          <DifficultyMark it={it} />{' '}
          {it.confirmedBy && say(it.confirmedBy === 'person' ? 'byPerson' : 'byOffice')}
        </dd>
        <dt>{say('told')}</dt>
        <dd>
          <p className="need-words">{it.told ?? say('erased')}</p>
        </dd>
        {it.answer !== null && (
          <>
            <dt>{say('answer')}</dt>
            <dd>
              <p className="need-words">{it.answer}</p>
            </dd>
          </>
        )}
        <dt>{say('toldAt')}</dt>
        <dd>
          {momentOf(it.toldAt)} · {sayChannel(it.channel)}
        </dd>
        <dt>{sayNeed('due')}</dt>
        <dd>{it.due}</dd>
        <dt>{sayNeed('owner')}</dt>
        <dd>{it.owner ?? sayNeed('nobody')}</dd>
        <dt>{sayNeed('answers')}</dt>
        <dd>{nameOf(it.ownerAreaName, it.ownerAreaPinyin)}</dd>
      </dl>
      {it.status !== 'solved' && (
        <>
          {!isMine && (
            <p className="need-steps">
              <Button keys="T" busy={taking.busy} onPress={take}>
                {say('take')}
              </Button>
            </p>
          )}
          <Steps key={it.status} id={id} status={it.status} run={run} />
        </>
      )}
    </Drawer>
  );
}

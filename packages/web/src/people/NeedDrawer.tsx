import {
  handNeedOf,
  listHands,
  meetNeedOf,
  type NeedLine,
  takeNeedOf,
  voidNeedOf,
} from '@fangang/domain/people/api-needs.ts';
import {
  FACTS_OF,
  type NeedFact,
  SAID_VOID_REASONS,
  type SaidVoidReason,
} from '@fangang/domain/people/rules-need.ts';
import {
  needFactWords,
  needKindWords,
  needReasonWords,
  needRefusalWords,
  needWords,
  voidReasonWords,
} from '@fangang/domain/people/words-needs.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { Labelled, SelectField, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { PickOne } from '../platform/ui/PickOne.tsx';
import { NeedMark } from './need-marks.tsx';
import { useSteps } from './use-step.ts';
import './people.css';

type Run = ReturnType<typeof useSteps>['run'];

/** A code of a plan or a door in short words; a code without words stands as it is. */
export function useNeedReason(): (code: string) => string {
  const { language } = useLanguage();
  const table: Readonly<Record<string, { zh: string; en: string }>> = needReasonWords;
  return (code) => table[code]?.[language] ?? code;
}

function HandOn({ need, run }: { need: NeedLine; run: Run }): ReactNode {
  const say = useWords(needWords);
  const { data } = useRead(listHands, undefined);
  const { send, busy } = useWrite(handNeedOf);
  const [to, setTo] = useState<string | null>(null);
  const staff = data?.staff ?? [];
  const chosen = staff.find((it) => it.id === to);
  const give = (staffId: string, name: string): void => {
    void run(() => send({ params: { needId: need.id }, body: { staffId } }), say('handed', { name }));
  };
  return (
    <div className="people-form">
      <Labelled label={say('to')}>
        {(tie) => (
          <PickOne
            id={tie.id}
            label={say('to')}
            value={to}
            options={staff.map((it) => ({ value: it.id, label: `${it.name} · ${it.areaName}` }))}
            onChange={setTo}
          />
        )}
      </Labelled>
      <p>
        <Button busy={busy} disabled={!chosen} onPress={() => chosen && give(chosen.id, chosen.name)}>
          {say('hand')}
        </Button>
      </p>
    </div>
  );
}

function Meet({ need, run }: { need: NeedLine; run: Run }): ReactNode {
  const say = useWords(needWords);
  const sayFact = useWords(needFactWords);
  const { send, busy } = useWrite(meetNeedOf);
  const facts: readonly NeedFact[] = FACTS_OF[need.kind];
  const [fact, setFact] = useState<NeedFact | ''>(facts[0] ?? '');
  const [note, setNote] = useState('');
  if (fact === '') return <p className="hint">{say('metBySeat')}</p>;
  return (
    <div className="people-form">
      <SelectField
        label={say('fact')}
        value={fact}
        options={facts.map((value) => ({ value, label: sayFact(value) }))}
        onChange={setFact}
      />
      <TextField label={say('note')} hint={say('noteHint')} value={note} onChange={setNote} maxLength={200} />
      <p>
        <Button
          kind="main"
          busy={busy}
          onPress={() =>
            void run(() => send({ params: { needId: need.id }, body: { fact, note } }), say('met'))
          }
        >
          {say('meet')}
        </Button>
      </p>
    </div>
  );
}

function Drop({ need, run }: { need: NeedLine; run: Run }): ReactNode {
  const say = useWords(needWords);
  const sayWhy = useWords(voidReasonWords);
  const { send, busy } = useWrite(voidNeedOf);
  const [why, setWhy] = useState<SaidVoidReason | ''>('');
  const drop = (): void => {
    if (why !== '') void run(() => send({ params: { needId: need.id }, body: { why } }), say('dropped'));
  };
  return (
    <div className="people-form">
      <SelectField
        label={say('drop')}
        value={why}
        options={SAID_VOID_REASONS.map((value) => ({ value, label: sayWhy(value) }))}
        onChange={setWhy}
      />
      <p>
        <Button busy={busy} disabled={why === ''} onPress={drop}>
          {say('drop')}
        </Button>
      </p>
    </div>
  );
}

/** One need of one person and what can be done about it. */
export function NeedDrawer({
  need,
  onPerson,
  onClose,
}: {
  need: NeedLine;
  onPerson: () => void;
  onClose: () => void;
}): ReactNode {
  const say = useWords(needWords);
  const sayKind = useWords(needKindWords);
  const reasonOf = useNeedReason();
  const nameOf = useNames();
  const { id } = useStaff();
  const { run, problem } = useSteps();
  const { send, busy } = useWrite(takeNeedOf);
  const { person } = need;
  const waits = need.status === 'open' || need.status === 'taken';
  const isMine = need.status === 'taken' && need.ownerId === id;
  return (
    <Drawer
      title={`${nameOf(person.name, person.pinyin)} · ${sayKind(need.kind)}`}
      sub={nameOf(person.areaName, person.areaPinyin)}
      onClose={onClose}
    >
      {problem !== null && <ErrorNote error={problem} tables={[needRefusalWords]} />}
      <dl className="facts">
        <dt>{say('state')}</dt>
        <dd>
          <NeedMark need={need} />
        </dd>
        <dt>{say('why')}</dt>
        <dd>
          {reasonOf(need.reason)} {need.hasEvidence && `· ${say('hasEvidence')}`}
        </dd>
        <dt>{say('due')}</dt>
        <dd>{need.due}</dd>
        <dt>{say('owner')}</dt>
        <dd>{need.owner ?? say('nobody')}</dd>
        <dt>{say('answers')}</dt>
        <dd>
          {nameOf(need.ownerAreaName, need.ownerAreaPinyin)}{' '}
          {need.climbed > 0 && say('climbed', { n: need.climbed })}
        </dd>
      </dl>
      <p className="need-steps">
        {waits && !isMine && (
          <Button
            kind="main"
            keys="T"
            busy={busy}
            onPress={() => void run(() => send({ params: { needId: need.id }, body: {} }), say('taken'))}
          >
            {say('take')}
          </Button>
        )}
        <Button onPress={onPerson}>{say('openPerson')}</Button>
      </p>
      {waits && (
        <>
          <Meet need={need} run={run} />
          <HandOn need={need} run={run} />
          <Drop need={need} run={run} />
        </>
      )}
    </Drawer>
  );
}

import { type ConsentLine, readConsents, sayConsentOf } from '@fangang/domain/people/api-consent.ts';
import {
  basisWords,
  consentRefusalWords,
  consentWayWords,
  consentWords,
  fieldClassWords,
  purposeWords,
} from '@fangang/domain/people/words-consent.ts';
import { erasePerson, exportPersonFile } from '@fangang/domain/trips/api-person.ts';
import { EraseReason } from '@fangang/domain/trips/rules-erase.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { addressOf } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useLanguage, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { SelectField } from '../platform/ui/Form.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import '../people/people.css';

type Way = 'counter' | 'phone' | 'paper';
const WAYS: readonly Way[] = ['counter', 'phone', 'paper'];

/** ● in use, ◆ withdrawn, ○ never given: shape, colour and word. */
function UseState({ use }: { use: ConsentLine }): ReactNode {
  const say = useWords(consentWords);
  const sayWay = useWords(consentWayWords);
  if (use.basis !== 'separateConsent') return <span className="hint">{say('needsNone')}</span>;
  const word = use.allowed ? say('given') : say(use.said ? 'withdrawn' : 'notAsked');
  const how = use.said
    ? `${sayWay(use.said.how)} ${momentOf(use.said.at)}`
    : use.allowed
      ? say('onForm')
      : '';
  return (
    <>
      <b className={use.allowed ? 'good' : 'bad'}>
        {use.allowed ? '●' : use.said ? '◆' : '○'} {word}
      </b>{' '}
      <span className="hint">{how}</span>
    </>
  );
}

function UseLine({ personId, use }: { personId: string; use: ConsentLine }): ReactNode {
  const say = useWords(consentWords);
  const sayPurpose = useWords(purposeWords);
  const sayField = useWords(fieldClassWords);
  const sayBasis = useWords(basisWords);
  const sayWay = useWords(consentWayWords);
  const { language } = useLanguage();
  const toast = useToast();
  const { send, busy } = useWrite(sayConsentOf, ['trips']);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const state = use.allowed ? 'withdrawn' : 'given';
  const note = async (how: Way): Promise<void> => {
    try {
      const answer = await send({ params: { personId }, body: { purpose: use.purpose, state, how } });
      if (!answer.ok) return setProblem(answer.refusal);
      toast({ text: say('saved') });
      setAsking(false);
    } catch (fault) {
      setProblem(fault);
    }
  };
  return (
    <>
      <dt>{sayPurpose(use.purpose)}</dt>
      <dd>
        <UseState use={use} />{' '}
        {use.basis === 'separateConsent' && !asking && (
          <Button kind="link" busy={busy} onPress={() => setAsking(true)}>
            {say(use.allowed ? 'takeBack' : 'give')}
          </Button>
        )}
        {asking && (
          <SelectField<Way>
            label={say('how')}
            value=""
            options={WAYS.map((value) => ({ value, label: sayWay(value) }))}
            onChange={(how) => void note(how)}
          />
        )}
        <br />
        <small className="hint">
          {use.fields.map((it) => sayField(it)).join(language === 'zh' ? '、' : ', ')} · {sayBasis(use.basis)}{' '}
          · {say('law', { article: use.article })}
        </small>
        {problem !== null && <ErrorNote error={problem} tables={[consentRefusalWords]} />}
      </dd>
    </>
  );
}

/** Erasing says what goes and what stays, and asks for a reason; there is no way back. */
function Erase({ personId, onGone }: { personId: string; onGone: () => void }): ReactNode {
  const say = useWords(consentWords);
  const toast = useToast();
  const { send, busy } = useWrite(erasePerson, ['people', 'figures']);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const erase = async (why: EraseReason): Promise<void> => {
    try {
      const answer = await send({ params: { personId }, body: { why } });
      if (!answer.ok) return setProblem(answer.refusal);
      toast({ text: say('erased') });
      onGone();
    } catch (fault) {
      setProblem(fault);
    }
  };
  if (!asking) {
    return (
      <Button kind="danger" onPress={() => setAsking(true)}>
        {say('erase')}
      </Button>
    );
  }
  return (
    <div>
      <p>{say('eraseSure')}</p>
      {!busy && (
        <SelectField<EraseReason>
          label={say('eraseWhy')}
          value=""
          options={EraseReason.options.map((value) => ({ value, label: say(`eraseWhy.${value}`) }))}
          onChange={(why) => void erase(why)}
        />
      )}
      {problem !== null && <ErrorNote error={problem} tables={[consentRefusalWords]} />}
    </div>
  );
}

/** What a person's data is used for, with what was said of it; the file of everything kept, and erasure. */
export function PersonRights({ personId, onGone }: { personId: string; onGone: () => void }): ReactNode {
  const say = useWords(consentWords);
  const { language } = useLanguage();
  const { role } = useStaff();
  const read = useRead(readConsents, { params: { personId } });
  const isOffice = (exportPersonFile.callers as readonly string[]).includes(role);
  return (
    <details className="people-rights">
      <summary>{say('title')}</summary>
      {read.isLoading && <Loading />}
      {read.error && <ErrorNote error={read.error} tables={[consentRefusalWords]} />}
      <dl className="facts">
        {read.data?.uses.map((use) => (
          <UseLine key={`${use.purpose} ${use.allowed}`} personId={personId} use={use} />
        ))}
      </dl>
      {isOffice && (
        <p className="people-number">
          <a
            className="button"
            href={addressOf(exportPersonFile, { params: { personId }, query: { lang: language } })}
            download
          >
            {say('file')}
          </a>{' '}
          <Erase personId={personId} onGone={onGone} />
        </p>
      )}
    </details>
  );
}

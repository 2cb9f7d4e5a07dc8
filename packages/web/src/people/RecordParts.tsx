import { removePart } from '@fangang/domain/people/api-registry.ts';
import type { PartName } from '@fangang/domain/people/registry.ts';
import { careWords, peopleRefusalWords } from '@fangang/domain/people/words.ts';
import {
  doubtWords,
  recordWords,
  registryRefusalWords,
  sourceWords,
} from '@fangang/domain/people/words-registry.ts';
import { type ReactNode, useState } from 'react';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { CareForm, CertificateForm, SkillForm, SpellForm } from './RecordPartForms.tsx';
import type { PersonRecordRead } from './record-read.ts';
import { useRecordWrite } from './use-record-write.ts';

interface Entry<T> {
  readonly it: T & { readonly id: string };
  readonly text: ReactNode;
}

/** Entries of one kind, each to be changed in its place or taken off, and a button for another one. */
function Entries<T>({
  personId,
  part,
  entries,
  none,
  add,
  form,
}: {
  personId: string;
  part: PartName;
  entries: readonly Entry<T>[];
  /** Said while there is no entry; two kinds on one page share it. */
  none?: 'noSpells' | 'noSkills' | 'noCare' | undefined;
  add: 'addSpell' | 'addSkill' | 'addCertificate' | 'addCare';
  form: (entry: (T & { id: string }) | null, onDone: () => void) => ReactNode;
}): ReactNode {
  const say = useWords(recordWords);
  const { save, busy, problem } = useRecordWrite(removePart);
  const [open, setOpen] = useState<string | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      {problem !== null && <ErrorNote error={problem} tables={[registryRefusalWords, peopleRefusalWords]} />}
      {none && entries.length === 0 && open === null && <p className="hint">{say(none)}</p>}
      <ul className="record-list">
        {entries.map(({ it, text }) => (
          <li key={it.id}>
            {open === it.id ? (
              form(it, close)
            ) : (
              <>
                <div>{text}</div>
                <Button kind="link" onPress={() => setOpen(it.id)}>
                  {say('change')}
                </Button>
                <Button
                  kind="link"
                  busy={busy}
                  onPress={() =>
                    void save({ params: { personId }, body: { recordId: it.id, part } }, 'removed')
                  }
                >
                  {say('remove')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {open === 'new' ? (
        form(null, close)
      ) : (
        <p>
          <Button onPress={() => setOpen('new')}>{say(add)}</Button>
        </p>
      )}
    </>
  );
}

/** Times of work, the latest first, with what the national checks doubt. */
export function RecordWork({
  personId,
  spells,
}: {
  personId: string;
  spells: PersonRecordRead['spells'];
}): ReactNode {
  const say = useWords(recordWords);
  const saySource = useWords(sourceWords);
  const sayDoubt = useWords(doubtWords);
  const nameOf = useNames();
  const entries = spells.map((it) => ({
    it,
    text: (
      <>
        <b>{nameOf(it.placeName, it.placePinyin)}</b>{' '}
        {[it.employer, it.occupation].filter(Boolean).join(' · ')}
        <div className="hint">
          {it.fromDay} – {it.toDay ?? say('now')} · {saySource(it.source)}
          {it.monthlyPayFen !== null && ` · ${say('payOf', { yuan: it.monthlyPayFen / 100 })}`}
        </div>
        {it.doubts.map((doubt) => (
          <div key={doubt} className="record-doubt">
            ▲ {sayDoubt(doubt as keyof typeof doubtWords)}
          </div>
        ))}
      </>
    ),
  }));
  return (
    <Entries
      personId={personId}
      part="spell"
      entries={entries}
      none="noSpells"
      add="addSpell"
      form={(it, onDone) => <SpellForm personId={personId} spell={it} onDone={onDone} />}
    />
  );
}

export function RecordSkills({
  personId,
  record,
}: {
  personId: string;
  record: Pick<PersonRecordRead, 'skills' | 'certificates'>;
}): ReactNode {
  const say = useWords(recordWords);
  const saySource = useWords(sourceWords);
  const { skills, certificates } = record;
  const ofSkills = skills.map((it) => ({
    it,
    text: (
      <>
        <b>{it.name}</b>{' '}
        <span className="hint">
          {it.years !== null && `${say('yearsOf', { n: it.years })} · `}
          {saySource(it.source)}
        </span>
      </>
    ),
  }));
  const ofCertificates = certificates.map((it) => ({
    it,
    text: (
      <>
        <b>{it.name}</b> {it.level}
        <div className="hint">
          {[it.number, it.issuedDay, it.expiresDay && `${say('expires')} ${it.expiresDay}`]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </>
    ),
  }));
  return (
    <>
      <Entries
        personId={personId}
        part="skill"
        entries={ofSkills}
        none={certificates.length === 0 ? 'noSkills' : undefined}
        add="addSkill"
        form={(it, onDone) => <SkillForm personId={personId} skill={it} onDone={onDone} />}
      />
      <Entries
        personId={personId}
        part="certificate"
        entries={ofCertificates}
        add="addCertificate"
        form={(it, onDone) => <CertificateForm personId={personId} certificate={it} onDone={onDone} />}
      />
    </>
  );
}

export function RecordCare({
  personId,
  care,
}: {
  personId: string;
  care: PersonRecordRead['care'];
}): ReactNode {
  const say = useWords(recordWords);
  const sayCare = useWords(careWords);
  const entries = care.map((it) => ({
    it,
    text: (
      <>
        <b>{sayCare(it.kind)}</b>{' '}
        <span className="hint">
          {it.since} – {it.until ?? say('now')} · {it.source}
        </span>
      </>
    ),
  }));
  return (
    <Entries
      personId={personId}
      part="care"
      entries={entries}
      none="noCare"
      add="addCare"
      form={(it, onDone) => <CareForm personId={personId} care={it} onDone={onDone} />}
    />
  );
}

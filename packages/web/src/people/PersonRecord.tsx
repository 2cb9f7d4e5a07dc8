import { readRecord } from '@fangang/domain/people/api-registry.ts';
import { peopleRefusalWords } from '@fangang/domain/people/words.ts';
import { recordWords, registryRefusalWords } from '@fangang/domain/people/words-registry.ts';
import { type ReactNode, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Tabs } from '../platform/ui/Tabs.tsx';
import { RecordFacts } from './RecordFacts.tsx';
import { RecordHistory } from './RecordHistory.tsx';
import { RecordCare, RecordSkills, RecordWork } from './RecordParts.tsx';
import './people.css';

type Part = 'facts' | 'work' | 'skills' | 'care' | 'history';

function Open({ personId }: { personId: string }): ReactNode {
  const say = useWords(recordWords);
  const read = useRead(readRecord, { params: { personId } });
  const [part, setPart] = useState<Part>('facts');
  if (read.error) return <ErrorNote error={read.error} tables={[registryRefusalWords, peopleRefusalWords]} />;
  if (!read.data) return <Loading />;
  const record = read.data;
  const sub = (n: number): { sub: string } | object => (n > 0 ? { sub: String(n) } : {});
  const tabs = [
    { key: 'facts' as const, title: say('facts') },
    { key: 'work' as const, title: say('work'), ...sub(record.spells.length) },
    {
      key: 'skills' as const,
      title: say('skills'),
      ...sub(record.skills.length + record.certificates.length),
    },
    { key: 'care' as const, title: say('care'), ...sub(record.care.length) },
    { key: 'history' as const, title: say('history'), ...sub(record.history.length) },
  ];
  return (
    <>
      <Tabs tabs={tabs} value={part} onChange={setPart} label={say('tabs')} />
      {part === 'facts' && <RecordFacts personId={personId} facts={record.facts} />}
      {part === 'work' && <RecordWork personId={personId} spells={record.spells} />}
      {part === 'skills' && <RecordSkills personId={personId} record={record} />}
      {part === 'care' && <RecordCare personId={personId} care={record.care} />}
      {part === 'history' && <RecordHistory personId={personId} history={record.history} />}
    </>
  );
}

/** Everything on the books of one person, read when it is opened: the reading leaves a row in the audit. */
export function PersonRecord({ personId }: { personId: string }): ReactNode {
  const say = useWords(recordWords);
  const [open, setOpen] = useState(false);
  return (
    <details className="people-record" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('record')}</summary>
      {open && <Open personId={personId} />}
    </details>
  );
}

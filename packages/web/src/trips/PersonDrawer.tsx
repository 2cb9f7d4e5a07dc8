import { readPerson } from '@fangang/domain/people/api.ts';
import { readConsents } from '@fangang/domain/people/api-consent.ts';
import { needsOfPerson } from '@fangang/domain/people/api-needs.ts';
import { readRecord } from '@fangang/domain/people/api-registry.ts';
import { peopleRefusalWords, peopleWords } from '@fangang/domain/people/words.ts';
import { readWay } from '@fangang/domain/trips/api-people.ts';
import type { ReactNode } from 'react';
import { PersonFacts } from '../people/PersonFacts.tsx';
import { PersonNeeds } from '../people/PersonNeeds.tsx';
import { PersonRecord } from '../people/PersonRecord.tsx';
import { PersonWish } from '../people/PersonWish.tsx';
import { useRead } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { PersonRights } from './PersonRights.tsx';
import { PersonPast, PersonWay } from './person-way.tsx';

/** One person: how far the way has come, who it is, what they wish, and what has happened so far. */
export function PersonDrawer({
  personId,
  season,
  onClose,
}: {
  personId: string;
  season: string;
  onClose: () => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const nameOf = useNames();
  const { role } = useStaff();
  const ask = { params: { personId }, query: { season } };
  const read = useRead(readPerson, ask);
  const way = useRead(readWay, ask);
  const person = read.data?.person;
  return (
    <Drawer
      title={person ? nameOf(person.name, person.pinyin) : say('person')}
      sub={person && nameOf(person.areaName, person.areaPinyin)}
      onClose={onClose}
    >
      {read.isLoading && <Loading />}
      {read.error && <ErrorNote error={read.error} tables={[peopleRefusalWords]} />}
      {read.data && (
        <>
          {way.error && <ErrorNote error={way.error} tables={[peopleRefusalWords]} />}
          {way.data && <PersonWay wish={read.data.wish} way={way.data.way} />}
          <PersonFacts person={read.data.person} />
          <PersonWish key={read.data.wish?.recordedAt ?? 'none'} read={read.data} season={season} />
          {(needsOfPerson.callers as readonly string[]).includes(role) && (
            <PersonNeeds personId={personId} season={season} />
          )}
          {(readRecord.callers as readonly string[]).includes(role) && <PersonRecord personId={personId} />}
          {way.data && <PersonPast past={way.data.past} />}
          {(readConsents.callers as readonly string[]).includes(role) && (
            <PersonRights personId={personId} onGone={onClose} />
          )}
        </>
      )}
    </Drawer>
  );
}

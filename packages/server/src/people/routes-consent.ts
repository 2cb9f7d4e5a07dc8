import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { readConsents, sayConsentOf } from '@fangang/domain/people/api-consent.ts';
import {
  consentsAfter,
  mayUse,
  PURPOSES,
  type Purpose,
  sayConsent,
  USES,
} from '@fangang/domain/people/rules-consent.ts';
import { type Route, route } from '../platform/http.ts';
import { append } from '../platform/journal.ts';
import { type ConsentRow, consentsOf, listConsents, writeConsent } from './store-consent.ts';
import { findPerson } from './store-people.ts';

function lineOf(purpose: Purpose, rows: readonly ConsentRow[]) {
  const { fields, basis, article } = USES[purpose];
  const said = rows.find((it) => it.purpose === purpose);
  return {
    purpose,
    fields: [...fields],
    basis,
    article,
    allowed: mayUse(purpose, consentsOf(rows)),
    said: said ? { state: said.state, how: said.how, at: said.at } : null,
  };
}

const read = route(readConsents, async ({ tx }, { params }) => {
  const person = await findPerson(tx, params.personId);
  if (!person) return refuse({ code: 'basics.not_found' });
  const rows = await listConsents(tx, person.id);
  return accept({ uses: PURPOSES.map((it) => lineOf(it, rows)) });
});

const say = route(sayConsentOf, async ({ tx, now, actor, key }, { params, body }) => {
  const person = await findPerson(tx, params.personId, true);
  if (!person) return refuse({ code: 'basics.not_found' });
  const { area } = person;
  const before = consentsOf(await listConsents(tx, person.id));
  const decided = sayConsent(before, body);
  if (!decided.ok) return decided;
  const { purpose, state, how } = body;
  const said = { personId: person.id, area, actor, purpose, state, how, at: now };
  if (!(await writeConsent(tx, said))) return refuse({ code: 'people.consent_same', facts: { purpose } });
  await append(tx, [{ at: now, actor, key, ordinal: 0, subject: person.id, area, ...decided.value }], now);
  return accept({ allowed: mayUse(purpose, consentsAfter(before, decided.value)) });
});

/** What a person's data is used for, and what the person has said of it. */
export const consentRoutes: readonly Route[] = [read, say];

import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { erasePerson, exportPersonFile } from '@fangang/domain/trips/api-person.ts';
import { erase } from '@fangang/domain/trips/rules-erase.ts';
import { openCertificate } from '../people/record-parts.ts';
import { openNumber } from '../people/sealed-numbers.ts';
import { listConsents } from '../people/store-consent.ts';
import { erasePeople } from '../people/store-erase.ts';
import { findCareOf, findPerson } from '../people/store-people.ts';
import { type CertificateRow, listCertificates, listSkills, listSpells } from '../people/store-registry.ts';
import { noteAudit, openCare } from '../platform/audit.ts';
import { XLSX } from '../platform/export-cells.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { append } from '../platform/journal.ts';
import type { Witness } from '../platform/witness.ts';
import { type PersonFile, personFileXlsx } from './person-file.ts';
import {
  closeTickets,
  listFileEvents,
  listFileJourneys,
  listFileReadings,
  listFileWishes,
  listJourneyStates,
} from './store-person-file.ts';

async function fileOf(
  { tx, services }: Ctx,
  person: NonNullable<Awaited<ReturnType<typeof findPerson>>>,
  witness: Witness,
  certificates: readonly CertificateRow[],
): Promise<PersonFile> {
  const { secrets } = services;
  const phones = (['phone_sealed', 'phone2_sealed'] as const).map((it) =>
    openNumber(secrets, person, it, witness),
  );
  return {
    person,
    homeName: person.area_name ?? person.area,
    idNumber: openNumber(secrets, person, 'id_sealed', witness),
    phones: phones.filter((it) => it !== null),
    careGroups: await findCareOf(tx, person.id, witness),
    spells: await listSpells(tx, person.id),
    skills: await listSkills(tx, person.id),
    certificates: certificates.map((it) => openCertificate({ services }, it, witness)),
    wishes: await listFileWishes(tx, person.id),
    journeys: await listFileJourneys(tx, person.id),
    consents: await listConsents(tx, person.id),
    events: await listFileEvents(tx, person.id),
    readings: await listFileReadings(tx, person.id),
  };
}

const file = route(exportPersonFile, async (ctx, { params, query }) => {
  const { tx, actor } = ctx;
  const person = await findPerson(tx, params.personId);
  if (!person) return refuse({ code: 'basics.not_found' });
  const { area, id: subject } = person;
  const certificates = await listCertificates(tx, subject);
  const witness = await noteAudit(tx, {
    actor,
    area,
    action: 'people.file_exported',
    subject,
    opens: [subject, ...certificates.map((it) => it.id)],
  });
  const body = await personFileXlsx(
    await fileOf(ctx, person, witness, certificates),
    query.lang ?? ctx.language,
    ctx.now,
  );
  return accept({ name: `${person.name}.xlsx`, type: XLSX, body });
});

const gone = route(erasePerson, async ({ tx, now, actor, key }, { params, body }) => {
  const person = await findPerson(tx, params.personId, true);
  if (!person) return refuse({ code: 'basics.not_found' });
  const { id: subject, area, erased_at: erasedAt } = person;
  if (erasedAt !== null) return accept({ erased: false });
  const journeys = await listJourneyStates(tx, [subject]);
  const decided = erase(
    journeys.map((it) => it.status),
    body.why,
  );
  if (!decided.ok) return decided;
  await openCare(tx, await noteAudit(tx, { actor, area, action: 'people.person_erased', subject }));
  await erasePeople(tx, [subject], now);
  await closeTickets(tx, [subject]);
  await append(tx, [{ at: now, actor, key, ordinal: 0, subject, area, ...decided.value }], now);
  return accept({ erased: true });
});

/** A person's own file, and its erasure. */
export const personRoutes: readonly Route[] = [file, gone];

import { type Language, speaker, type Text } from '@fangang/domain/basics/say.ts';
import type { Certificate, Skill } from '@fangang/domain/people/registry.ts';
import { mayUse, PURPOSES, USES } from '@fangang/domain/people/rules-consent.ts';
import type { CareGroup } from '@fangang/domain/people/schema.ts';
import {
  careWords,
  fieldWords,
  peopleWords,
  wishKindWords,
  wishModeWords,
  wishStatusWords,
} from '@fangang/domain/people/words.ts';
import { basisWords, fieldClassWords, purposeWords } from '@fangang/domain/people/words-consent.ts';
import {
  abilityWords,
  partWords,
  recordFieldWords,
  recordWords,
} from '@fangang/domain/people/words-registry.ts';
import { personFileWords } from '@fangang/domain/trips/words-person-file.ts';
import ExcelJS from 'exceljs';
import { type ConsentRow, consentsOf } from '../people/store-consent.ts';
import type { SpellRow } from '../people/store-registry.ts';
import type { PersonRow } from '../people/tables.ts';
import { plainXlsx } from '../platform/export-cells.ts';
import type { FileJourney, FileReading, FileWish } from './store-person-file.ts';

/** Everything that is kept of one person. */
export interface PersonFile {
  readonly person: PersonRow;
  readonly homeName: string;
  readonly idNumber: string | null;
  readonly phones: readonly string[];
  readonly careGroups: readonly CareGroup[];
  readonly spells: readonly SpellRow[];
  readonly skills: readonly Skill[];
  readonly certificates: readonly Certificate[];
  readonly wishes: readonly FileWish[];
  readonly journeys: readonly FileJourney[];
  readonly consents: readonly ConsentRow[];
  readonly events: readonly { at: string; type: string }[];
  readonly readings: readonly FileReading[];
}

type Cells = readonly (string | number | null)[];

/** A sheet whose every cell is text: an ID number never becomes a number, a name never a formula. */
function sheetOf(
  book: ExcelJS.Workbook,
  name: string,
  heads: readonly string[],
  rows: readonly Cells[],
): void {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow([...heads]).font = { bold: true };
  for (const cells of rows) {
    const row = sheet.addRow([]);
    cells.forEach((value, i) => {
      const cell = row.getCell(i + 1);
      cell.numFmt = '@';
      cell.value = value === null ? '' : String(value);
    });
  }
  sheet.columns.forEach((column, i) => {
    const longest = Math.max(4, ...[heads, ...rows].map((it) => String(it[i] ?? '').length));
    column.width = Math.min(44, longest * 1.8 + 2);
  });
}

const textIn = (words: Readonly<Record<string, Text>>, key: string, language: Language): string =>
  words[key]?.[language] ?? key;

function personRows(file: PersonFile, language: Language): Cells[] {
  const say = speaker(personFileWords, language);
  const field = (key: keyof typeof fieldWords): string => fieldWords[key][language];
  const { person } = file;
  return [
    [field('name'), person.name],
    [field('gender'), person.gender && textIn(peopleWords, person.gender, language)],
    [field('birth'), person.birth],
    [field('idNumber'), file.idNumber],
    [field('phone'), file.phones.join(language === 'zh' ? '、' : ', ')],
    [say('home'), file.homeName],
    [field('nation'), person.nation],
    [field('education'), person.education],
    [field('jobType'), person.job_type],
    [field('workplace'), person.workplace],
    [recordFieldWords.relation[language], person.relation],
    [recordFieldWords.registeredPlace[language], person.registered_place],
    [recordFieldWords.address[language], person.address],
    [
      recordFieldWords.laborAbility[language],
      person.labor_ability && abilityWords[person.labor_ability][language],
    ],
    [say('careGroups'), file.careGroups.map((it) => careWords[it][language]).join('、')],
    [say('registeredAt'), person.registered_at],
  ];
}

function partRows(file: PersonFile, language: Language): Cells[] {
  const say = speaker(recordWords, language);
  const days = (from: string | null, to: string | null) =>
    [from, to ?? say('now')].filter(Boolean).join(' – ');
  return [
    ...file.spells.map((it) => [
      say('work'),
      [it.placeName ?? it.county, it.employer, it.occupation].filter(Boolean).join(' · '),
      days(it.fromDay, it.toDay),
      it.monthlyPayFen === null ? null : say('payOf', { yuan: it.monthlyPayFen / 100 }),
    ]),
    ...file.skills.map((it) => [
      partWords.skill[language],
      it.name,
      null,
      it.years && say('yearsOf', { n: it.years }),
    ]),
    ...file.certificates.map((it) => [
      partWords.certificate[language],
      [it.name, it.level].filter(Boolean).join(' '),
      it.issuedDay && days(it.issuedDay, it.expiresDay),
      it.number,
    ]),
  ];
}

function consentRows(file: PersonFile, language: Language): Cells[] {
  const say = speaker(personFileWords, language);
  const consents = consentsOf(file.consents);
  return PURPOSES.map((it) => [
    purposeWords[it][language],
    USES[it].fields.map((one) => fieldClassWords[one][language]).join('、'),
    `${basisWords[USES[it].basis][language]} (${USES[it].article})`,
    say(mayUse(it, consents) ? 'yes' : 'no'),
  ]);
}

function wishRows(file: PersonFile, language: Language): Cells[] {
  return file.wishes.map((it) => [
    it.season,
    textIn(wishKindWords, it.kind, language),
    textIn(wishModeWords, it.mode, language),
    textIn(wishStatusWords, it.status, language),
    it.destination,
    [it.earliest, it.latest].filter(Boolean).join(' – '),
    it.remark,
  ]);
}

/** The file as a workbook: one sheet for each kind of thing. */
export async function personFileXlsx(file: PersonFile, language: Language, madeAt: string): Promise<Buffer> {
  const say = speaker(personFileWords, language);
  const book = new ExcelJS.Workbook();
  const about: Cells[] = [
    [say('madeAt'), madeAt],
    [say('basis'), say('purposeOfFile')],
  ];
  sheetOf(book, say('person'), [say('item'), say('value')], [...about, ...personRows(file, language)]);
  sheetOf(
    book,
    say('parts'),
    [say('item'), say('value'), say('days'), say('remark')],
    partRows(file, language),
  );
  const wishHeads = ['season', 'kind', 'mode', 'status', 'destination', 'days', 'remark'] as const;
  sheetOf(
    book,
    say('wishes'),
    wishHeads.map((it) => say(it)),
    wishRows(file, language),
  );
  const wayHeads = ['season', 'trip', 'day', 'seat', 'status', 'from', 'to'] as const;
  const ways = file.journeys.map((it) => [it.season, it.code, it.day, it.seat, it.state, it.from, it.to]);
  sheetOf(
    book,
    say('journeys'),
    wayHeads.map((it) => say(it)),
    ways,
  );
  const useHeads = ['purpose', 'fields', 'basis', 'allowed'] as const;
  sheetOf(
    book,
    say('consents'),
    useHeads.map((it) => say(it)),
    consentRows(file, language),
  );
  sheetOf(
    book,
    say('history'),
    [say('at'), say('event')],
    file.events.map((it) => [it.at, it.type]),
  );
  const readings = file.readings.map((it) => [
    it.at,
    it.office,
    it.action,
    it.facts.purpose ?? it.facts.what ?? '',
  ]);
  sheetOf(book, say('readings'), [say('at'), say('office'), say('event'), say('why')], readings);
  return await plainXlsx(book);
}

import { ageOn, readIdNumber, tidyIdNumber } from './id-number.ts';
import { readPhones } from './phone.ts';
import type {
  PlaceAnswer,
  PlaceCandidate,
  RosterContext,
  RosterLine,
  RosterMapping,
  RosterNote,
  RosterRow,
} from './roster.ts';
import {
  plainText,
  readCareGroups,
  readGender,
  readIncome,
  readMode,
  readName,
  readYesNo,
} from './roster-cells.ts';
import { dayNumber, readBirth, readDeparture } from './roster-dates.ts';
import { Desk } from './roster-desk.ts';
import { doubtRow, isAboveCounty, phonesOfSeveralPlaces } from './roster-doubts.ts';
import { compareDuplicates, sharedPhones } from './roster-duplicates.ts';
import { incomeUnitOf, type RosterField } from './roster-fields.ts';

/** What the check of one row answers: the clean row, or every reason against it. Warnings come with both. */
export type RowCheck =
  | { readonly row: RosterRow; readonly warnings: readonly RosterNote[] }
  | { readonly rejected: readonly RosterNote[]; readonly warnings: readonly RosterNote[] };

/** What a whole roster comes to. */
export interface RosterCheck {
  readonly clean: readonly RosterRow[];
  /** By row, then by column as checked. */
  readonly rejected: readonly RosterNote[];
  readonly warnings: readonly RosterNote[];
  /** Rows left out because an earlier row says exactly the same. */
  readonly merged: number;
  readonly skipped: number;
}

/** Days from today beyond which a departure is doubted. */
const FAR_DAYS = 180;

/** What some fields of a row say. */
type Said = Partial<RosterRow>;

/** Checks one line against the rules of the registry; pure, nothing is guessed. */
export function checkRow(line: RosterLine, mapping: RosterMapping, ctx: RosterContext): RowCheck {
  const desk = new Desk(line, mapping);
  const willing = desk.plain('willing') === undefined ? undefined : yesNo(desk, 'willing');
  const row = {
    row: line.row,
    wheelchair: false,
    careGroups: [],
    ...identity(desk, ctx, willing !== false),
    ...contact(desk),
    ...home(desk, ctx),
    ...work(desk),
    ...(willing === undefined ? {} : { willing }),
    ...destination(desk, ctx, willing !== false),
    ...departure(desk, ctx, willing !== false),
    ...travel(desk),
  } as RosterRow;
  const careGroups = new Set([
    ...row.careGroups,
    ...(row.idKind === 'disabilityCertificate' ? (['personWithDisability'] as const) : []),
  ]);
  doubtRow(desk, row, ctx);
  const warnings = desk.warnings;
  if (desk.rejected.length > 0) return { rejected: desk.rejected, warnings };
  return { row: { ...row, careGroups: [...careGroups] }, warnings };
}

function identity(desk: Desk, ctx: RosterContext, travels: boolean): Said {
  const named = readName(desk.text('name'));
  if ('fault' in named) desk.reject('name', named.fault);
  const name = 'name' in named ? { name: named.name } : {};
  const idText = desk.text('idNumber');
  const gender = readGender(desk.text('gender'));
  if (/^无证(件|号)?$/.test(idText.trim())) {
    desk.warn('idNumber', 'people.id_none');
    const birth = readBirth(desk.text('birth'));
    return {
      ...name,
      idNumber: null,
      idKind: 'none',
      ...(gender && { gender }),
      ...(birth && !birth.toMonth && { birthDate: birth.iso }),
    };
  }
  const id = readIdNumber(idText, ctx.today, desk.isNumber('idNumber'));
  if (!id.ok) {
    desk.reject('idNumber', id.refusal.code, 'facts' in id.refusal ? { facts: id.refusal.facts } : {});
    return name;
  }
  const { idNumber, birthDate, kind } = id.value;
  if (ctx.zerosAreDamage && idNumber.endsWith('000') && kind === 'eighteen') {
    desk.reject('idNumber', 'people.id_damaged_by_spreadsheet');
  }
  if (kind === 'fifteen') desk.warn('idNumber', 'people.id_upgraded_from_15');
  if (kind === 'disabilityCertificate') desk.warn('idNumber', 'people.id_from_disability_certificate');
  if (gender && gender !== id.value.gender) desk.warn('gender', 'people.gender_differs_from_id');
  compareAge(desk, birthDate, ctx.today, travels);
  return { ...name, idNumber, idKind: kind, birthDate, gender: id.value.gender };
}

function compareAge(desk: Desk, birthDate: string, today: string, travels: boolean): void {
  const age = ageOn(birthDate, today);
  // Labor Law art. 15: nobody under sixteen is employed, so nobody under sixteen is sent to a factory gate.
  if (age < 16) desk[travels ? 'reject' : 'warn']('idNumber', 'people.under_sixteen', { facts: { age } });
  const birth = readBirth(desk.text('birth'));
  if (birth && birth.iso.slice(0, birth.toMonth ? 7 : 10) !== birthDate.slice(0, birth.toMonth ? 7 : 10)) {
    desk.warn('birth', 'people.birth_differs_from_id');
  }
  const said = /^\d{1,3}/.exec(plainText(desk.text('age')))?.[0];
  // Offices count the age of the year the list was begun, or by the East Asian way: one year off is no fault.
  if (said !== undefined && Math.abs(Number(said) - age) > 1) {
    desk.warn('age', 'people.age_differs_from_id', { facts: { age, said: Number(said) } });
  }
}

function contact(desk: Desk): Said {
  const found: string[] = [];
  for (const field of ['phone', 'phone2'] as const) {
    const phones = readPhones(desk.text(field));
    if (phones.ok) found.push(...phones.value.map((it) => it.number));
    else if (phones.refusal.code !== 'people.phone_missing') {
      desk.reject(
        field,
        phones.refusal.code,
        'facts' in phones.refusal ? { facts: phones.refusal.facts } : {},
      );
    } else if (field === 'phone') found.push('');
  }
  const others = found.slice(1).filter((it) => it !== '' && it !== found[0]);
  const asked = desk.has('phone') || desk.has('phone2');
  if (
    asked &&
    found.every((it) => it === '') &&
    desk.rejected.every((it) => it.field !== 'phone' && it.field !== 'phone2')
  ) {
    desk.warn('phone', 'people.phone_missing');
  }
  return { ...(found[0] && { phone: found[0] }), ...(others[0] && { phone2: others[0] }) };
}

function home(desk: Desk, ctx: RosterContext): Said {
  const said = texts(desk, ['householdNo', 'relation', 'county', 'town', 'village', 'address']);
  const [town, village] = [said.town ?? '', said.village ?? ''];
  if (!ctx.resolveArea || (town === '' && village === '')) return said;
  const answer = ctx.resolveArea(town, village);
  if (answer && 'code' in answer) return { ...said, areaCode: answer.code };
  const field = village === '' ? 'town' : 'village';
  const several = candidatesOf(answer);
  if (several.length > 1) desk.reject(field, 'people.village_ambiguous', { candidates: several });
  else
    desk.reject(field, village === '' ? 'people.town_unknown' : 'people.village_unknown', {
      candidates: several,
    });
  return said;
}

function work(desk: Desk): Said {
  const said = texts(desk, [
    'nation',
    'education',
    'workplace',
    'employer',
    'gate',
    'jobType',
    'laborAbility',
  ]);
  const nation =
    said.nation && /^[\p{Script=Han}]+$/u.test(said.nation) && !said.nation.endsWith('族')
      ? `${said.nation}族`
      : said.nation;
  return { ...said, ...(nation && { nation }), ...income(desk), careGroups: [...careGroups(desk)] };
}

function careGroups(desk: Desk): readonly RosterRow['careGroups'][number][] {
  const fixed = desk.line.fixed?.careGroup;
  if (fixed !== undefined) return readCareGroups(fixed);
  const groups = desk.columns('careGroup').flatMap((column) => {
    const text = plainText(desk.line.cells[column.index]?.text ?? '');
    const yes = readYesNo(text);
    // 是否脱贫户 = 是: the header holds the word.
    if (text === '' || yes === false) return [];
    return yes === true && readCareGroups(text).length === 0
      ? readCareGroups(column.header.replace(/^是否(为|属于|是)?/, ''))
      : readCareGroups(text);
  });
  return [...new Set(groups)];
}

function income(desk: Desk): Said {
  const text = desk.plain('income');
  if (text === undefined) return {};
  const unit = incomeUnitOf(desk.columns('income')[0]?.header ?? '');
  const read = readIncome(text, unit);
  if (read === undefined || read === 'doubtful') {
    desk.warn('income', read ? 'people.income_doubtful' : 'people.income_unreadable');
    return {};
  }
  return { incomeFen: read.fen, incomePer: unit.per };
}

function destination(desk: Desk, ctx: RosterContext, travels: boolean): Said {
  const own = desk.plain('destination');
  const fallback =
    own === undefined && desk.mapping.destinationIsWorkplace ? desk.plain('workplace') : undefined;
  const field = own === undefined && desk.mapping.destinationIsWorkplace ? 'workplace' : 'destination';
  const text = own ?? fallback;
  if (text === undefined) {
    if (travels && desk.has('destination') && !desk.mapping.destinationIsWorkplace)
      desk.warn(field, 'people.destination_missing');
    return {};
  }
  const said: Said = { destination: text, destinationFrom: field };
  if (!ctx.resolveDestination) return said;
  const answer = ctx.resolveDestination(text);
  if (answer && 'code' in answer) {
    if (isAboveCounty(answer.code)) desk.warn(field, 'people.destination_above_county');
    return { ...said, destinationCode: answer.code };
  }
  const candidates = candidatesOf(answer);
  // Last year's place, or the place of one who stays, does not stop the row.
  const act = travels && field === 'destination' ? 'reject' : 'warn';
  desk[act](field, candidates.length > 1 ? 'people.destination_ambiguous' : 'people.destination_unknown', {
    candidates,
  });
  return said;
}

function candidatesOf(answer: PlaceAnswer): readonly PlaceCandidate[] {
  return answer && 'candidates' in answer ? answer.candidates.slice(0, 8) : [];
}

function departure(desk: Desk, ctx: RosterContext, travels: boolean): Said {
  const days: Said = {};
  for (const field of ['departDate', 'departFrom', 'departTo'] as const) {
    const text = desk.text(field);
    const read = readDeparture(text, ctx.today, desk.isNumber(field), ctx.lunarToSolar);
    if (!read.ok) {
      desk[travels ? 'reject' : 'warn'](field, read.refusal.code);
      continue;
    }
    if (read.value === undefined) {
      if (plainText(text) !== '') desk.warn(field, 'people.date_open');
      continue;
    }
    const { from, to } = read.value;
    if (to < ctx.today)
      desk[travels && ctx.pastDepartures === 'reject' ? 'reject' : 'warn'](field, 'people.date_past');
    else if (dayNumber(to) - dayNumber(ctx.today) > FAR_DAYS) desk.warn(field, 'people.date_far');
    if (field !== 'departTo') days.departFrom = from;
    if (field !== 'departFrom') days.departTo = to;
  }
  if (days.departFrom && days.departTo && days.departTo < days.departFrom)
    desk.reject('departTo', 'people.date_range_reversed');
  return days;
}

function travel(desk: Desk): Said {
  const said = texts(desk, ['companions', 'remark']);
  const modeText = desk.plain('mode');
  const mode = modeText === undefined ? undefined : readMode(modeText);
  if (modeText !== undefined && mode === undefined) desk.warn('mode', 'people.mode_unreadable');
  const pointToPoint = desk.plain('pointToPoint') === undefined ? undefined : yesNo(desk, 'pointToPoint');
  return { ...said, ...mode, ...access(desk), ...(pointToPoint === undefined ? {} : { pointToPoint }) };
}

function access(desk: Desk): Said {
  const text = desk.plain('access');
  if (text === undefined) return {};
  const yes = readYesNo(text);
  const header = desk.columns('access')[0]?.header ?? '';
  const wheelchair = /轮椅/.test(text)
    ? !/(无需|不需|不用|无)[^，,。]*轮椅/.test(text)
    : yes === true && /轮椅/.test(header);
  const note = yes === undefined ? text : yes && !wheelchair ? header.replace(/^是否(需要)?/, '') : undefined;
  return { wheelchair, ...(note && { accessNote: note }) };
}

function yesNo(desk: Desk, field: RosterField): boolean | undefined {
  const said = readYesNo(desk.text(field));
  if (said === undefined) desk.warn(field, 'people.yes_no_unreadable');
  return said;
}

function texts<F extends RosterField & keyof RosterRow>(
  desk: Desk,
  fields: readonly F[],
): Partial<Record<F, string>> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = desk.plain(field);
      return text === undefined ? [] : [[field, text]];
    }),
  ) as Partial<Record<F, string>>;
}

/**
 * Checks a whole roster: each line by itself, then lines against each other.
 *
 * The same ID number twice: identical lines are merged with a warning, different ones are both rejected, each naming
 * the other. O(lines).
 */
export function checkRoster(
  lines: readonly RosterLine[],
  mapping: RosterMapping,
  ctx: RosterContext,
): RosterCheck {
  const kept = lines.filter((it) => !it.skipped);
  const checkedBy = { ...ctx, zerosAreDamage: ctx.zerosAreDamage ?? manyEndInZeros(kept, mapping) };
  const checks = kept.map((line) => checkRow(line, mapping, checkedBy));
  const rows = checks.flatMap((it) => ('row' in it ? [it.row] : []));
  const labels = new Desk({ row: 0, cells: [] }, mapping);
  const twice = compareDuplicates(rows, labels);
  const clean = rows.filter((it) => !twice.dropped.has(it.row));
  return {
    clean,
    rejected: [...checks.flatMap((it) => ('rejected' in it ? it.rejected : [])), ...twice.rejected].sort(
      (a, b) => a.row - b.row,
    ),
    warnings: [
      ...checks.flatMap((it) => it.warnings),
      ...twice.warnings,
      ...sharedPhones(clean, mapping, labels),
      ...phonesOfSeveralPlaces(clean, mapping, labels),
    ].sort((a, b) => a.row - b.row),
    merged: twice.warnings.length,
    skipped: lines.length - kept.length,
  };
}

function manyEndInZeros(lines: readonly RosterLine[], mapping: RosterMapping): boolean {
  const column = mapping.columns.find((it) => it.field === 'idNumber' && it.confidence !== 'ask');
  if (!column) return false;
  const zeros = lines.filter((it) =>
    /^\d{15}000$/.test(tidyIdNumber(it.cells[column.index]?.text ?? '')),
  ).length;
  return zeros > Math.max(2, lines.length / 20);
}

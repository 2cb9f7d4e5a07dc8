import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlaceAnswer, RosterContext } from '@fangang/domain/people/roster.ts';
import { dayNumber, dayOf } from '@fangang/domain/people/roster-dates.ts';
import { employerXls, ledgerXlsx, memberCsv, monthlyXlsx, townXlsx } from './roster-samples-files.ts';

/** What the reading of a sample must answer, written down beside the sample. */
export interface ExpectedReport {
  readonly sheet: string;
  readonly headerRows: readonly number[];
  readonly encoding: string | null;
  /** `letter=field`, columns of no use left out. */
  readonly mapping: string;
  readonly rows: number;
  readonly merged: number;
  /** Row numbers of the spreadsheet. */
  readonly clean: readonly number[];
  /** `row letter code`. */
  readonly rejected: readonly string[];
  readonly warnings: readonly string[];
}

/** A messy roster: real headers, people who do not exist. */
export interface RosterSample {
  readonly fileName: string;
  /** Header set it is made from. */
  readonly headers: string;
  readonly bytes: () => Promise<Buffer>;
  readonly expected: ExpectedReport;
}

const PLACES: Readonly<Record<string, string>> = {
  浙江省温州市鹿城区: '330302',
  温州市鹿城区: '330302',
  广东省广州市白云区: '440111',
  广东省东莞市: '441900',
  重庆市渝北区: '500112',
  广东省: '440000',
};
const VILLAGES: Readonly<Record<string, string>> = {
  灵山村: '500156101203',
  豹岩村: '500156101208',
  三溪村: '500156101204',
  铁佛村: '500156101200',
  杨柳村: '500156101207',
};

/** A small gazetteer and almanac that know exactly the places and days of the samples. */
export const sampleContext: RosterContext = {
  today: '2022-02-11',
  pastDepartures: 'reject',
  resolveDestination: (text): PlaceAnswer => {
    const code = PLACES[text];
    if (code) return { code };
    return text.includes('鹿城')
      ? { candidates: [{ code: '330302', name: '浙江省温州市鹿城区' }] }
      : undefined;
  },
  resolveArea: (town, village): PlaceAnswer => {
    if (town !== '' && town !== '白马镇') return undefined;
    const code = village === '' ? '500156101000' : VILLAGES[village];
    return code ? { code } : undefined;
  },
  lunarToSolar: (year, month, day) =>
    year === 2022 && month === 1 && day <= 30 ? dayOf(dayNumber('2022-02-01') + day - 1) : undefined,
};

/** Five messy rosters with the report each one must give under `sampleContext`. */
export const ROSTER_SAMPLES: readonly RosterSample[] = [
  {
    fileName: '脱贫户家庭成员.csv',
    headers: 'poverty-member-fields',
    bytes: memberCsv,
    expected: {
      sheet: '',
      headerRows: [1],
      encoding: 'GBK',
      rows: 8,
      merged: 1,
      clean: [2, 3, 6, 7],
      mapping: `C=county D=town E=village F=householdNo H=name I=gender J=birth L=idNumber M=nation N=phone2 O=phone
        Q=relation R=education T=laborAbility X=employer AN=careGroup AO=workplace`,
      rejected: [
        '4 L people.id_checksum',
        '5 L people.under_sixteen',
        '9 L people.id_damaged_by_spreadsheet',
      ],
      warnings: [
        '3 L people.id_from_disability_certificate',
        '7 AO people.destination_above_county',
        '8 L people.duplicate_merged',
      ],
    },
  },
  {
    fileName: '（务工月监测）已外出务工信息_20220210.xlsx',
    headers: 'monthly-outwork-monitor',
    bytes: monthlyXlsx,
    expected: {
      sheet: 'Sheet1',
      headerRows: [3],
      encoding: null,
      rows: 7,
      merged: 0,
      clean: [4, 10],
      mapping: `A=county B=town C=village D=householdNo E=name F=idNumber G=careGroup H=careGroup J=workplace K=income
        L=employer O=pointToPoint`,
      rejected: [
        '5 F people.id_length',
        '6 C people.village_unknown',
        '7 E people.name_has_digits',
        '8 F people.duplicate_differs',
        '9 F people.duplicate_differs',
      ],
      warnings: [
        '8 K people.income_unreadable',
        '10 K people.income_unreadable',
        '10 O people.yes_no_unreadable',
      ],
    },
  },
  {
    fileName: '白马镇返岗人员台账（第三版）.xlsx',
    headers: 'two-row merged header of a town',
    bytes: townXlsx,
    expected: {
      sheet: '汇总',
      headerRows: [3, 4],
      encoding: null,
      rows: 9,
      merged: 0,
      clean: [5, 6, 7, 11],
      mapping: `B=name C=idNumber D=phone E=phone2 F=town G=village H=destination I=destination J=destination K=employer
        L=departDate M=mode N=access O=remark`,
      rejected: [
        '8 D people.phone_length',
        '9 L people.date_without_month',
        '10 L people.date_past',
        '12 H people.destination_unknown',
        '13 C people.id_missing',
        '13 G people.village_unknown',
      ],
      warnings: ['11 M people.mode_unreadable', '13 L people.date_open'],
    },
  },
  {
    fileName: '用人单位招用人员备案花名册.xls',
    headers: 'gd-employer-record',
    bytes: employerXls,
    expected: {
      sheet: '录入表',
      headerRows: [2],
      encoding: null,
      rows: 6,
      merged: 0,
      clean: [3, 6],
      mapping: 'B=idNumber C=name D=nation E=education K=county L=address N=phone U=income W=jobType',
      rejected: [
        '4 C people.name_characters',
        '5 B people.id_damaged_by_spreadsheet',
        '7 B people.id_birth_impossible',
        '8 N people.phone_length',
      ],
      warnings: ['3 B people.id_upgraded_from_15', '4 B people.id_upgraded_from_15'],
    },
  },
  {
    fileName: '个人台账.xlsx',
    headers: 'hn-personal-ledger',
    bytes: ledgerXlsx,
    expected: {
      sheet: '个人台账',
      headerRows: [1],
      encoding: null,
      rows: 7,
      merged: 0,
      clean: [2, 5, 8],
      mapping: `C=county D=town E=village F=name G=idNumber I=gender J=age K=birth L=nation N=education Q=phone
        X=employer Y=jobType AB=workplace AD=income AF=careGroup AI=careGroup`,
      rejected: [
        '3 G people.id_damaged_by_spreadsheet',
        '4 G people.id_damaged_by_spreadsheet',
        '6 G people.id_missing',
        '7 F people.name_too_short',
      ],
      warnings: [
        '5 AD people.income_doubtful',
        '5 I people.gender_differs_from_id',
        '5 J people.age_differs_from_id',
        '7 Q people.phone_missing',
        '8 Q people.phone_missing',
      ],
    },
  },
];

/** Writes the five samples into a folder and says where each one lies. */
export async function writeRosterSamples(
  folder: string,
): Promise<readonly (RosterSample & { readonly path: string })[]> {
  return Promise.all(
    ROSTER_SAMPLES.map(async (sample) => {
      const path = join(folder, sample.fileName);
      await writeFile(path, await sample.bytes());
      return { ...sample, path };
    }),
  );
}

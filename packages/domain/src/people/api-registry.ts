import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { AreaCode, BOOK_KEEPERS, DayText, MomentText } from '../offices/schema.ts';
import {
  CareMembership,
  Certificate,
  ChangedPart,
  LaborAbility,
  PartName,
  PhoneOwner,
  RecordPart,
  Skill,
  WorkSpell,
} from './registry.ts';

const Person = z.object({ personId: z.uuid() });

/** One change in the history of a record; old numbers show their tail only. */
export const HistoryLine = z.object({
  id: z.uuid(),
  at: MomentText,
  /** Name of the account; null where a job or the command line did it. */
  by: z.string().nullable(),
  part: ChangedPart,
  /** What stood there before, by field; null = it was not there. */
  before: z.record(z.string(), z.string().nullable()).nullable(),
  fromImport: z.boolean(),
  undone: z.boolean(),
  mayUndo: z.boolean(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

/** The whole record of one person but numbers, with its history. Reading it leaves a row in the audit. */
export const readRecord = endpoint({
  name: 'people.readRecord',
  method: 'GET',
  path: '/api/people/:personId/record',
  params: Person,
  reply: z.object({
    facts: z.object({
      area: AreaCode,
      areaName: z.string(),
      name: z.string(),
      gender: z.enum(['male', 'female']).nullable(),
      birth: DayText.nullable(),
      nation: z.string().nullable(),
      education: z.string().nullable(),
      relation: z.string().nullable(),
      household: z.string().nullable(),
      registeredPlace: z.string().nullable(),
      address: z.string().nullable(),
      laborAbility: LaborAbility.nullable(),
      jobType: z.string().nullable(),
      workplace: z.string().nullable(),
      phoneOwner: PhoneOwner.nullable(),
      phone2Owner: PhoneOwner.nullable(),
      idTail: z.string(),
      phoneTail: z.string(),
      hasSecondPhone: z.boolean(),
    }),
    spells: z.array(
      WorkSpell.extend({
        id: z.uuid(),
        placeName: z.string(),
        placePinyin: z.string(),
        doubts: z.array(z.string()),
      }),
    ),
    skills: z.array(Skill.extend({ id: z.uuid() })),
    certificates: z.array(Certificate.extend({ id: z.uuid() })),
    care: z.array(CareMembership.extend({ id: z.uuid() })),
    history: z.array(HistoryLine),
  }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'person', action: 'read', scope: 'area' },
});

const Text = z.string().max(100);

/** Changes fields of a person's row; what is left out stays, an empty text takes away. */
export const editPerson = endpoint({
  name: 'people.editPerson',
  method: 'POST',
  path: '/api/people/:personId/record',
  params: Person,
  body: z.object({
    edit: z
      .object({
        name: z.string().max(60),
        area: AreaCode,
        gender: z.enum(['male', 'female', '']),
        birth: z.union([DayText, z.literal('')]),
        idNumber: z.string().max(40),
        phone: z.string().max(60),
        phone2: z.string().max(60),
        phoneOwner: z.union([PhoneOwner, z.literal('')]),
        phone2Owner: z.union([PhoneOwner, z.literal('')]),
        nation: Text,
        education: Text,
        relation: Text,
        household: z.string().max(40),
        registeredPlace: Text,
        address: z.string().max(200),
        laborAbility: z.union([LaborAbility, z.literal('')]),
        jobType: Text,
        workplace: Text,
      })
      .partial(),
    key: Key,
  }),
  reply: z.object({ fields: z.array(z.string()) }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'person', action: 'write', scope: 'area' },
});

/** Adds a spell of work, a skill, a certificate or a care membership; with `recordId` changes the one that is there. */
export const writePart = endpoint({
  name: 'people.writePart',
  method: 'POST',
  path: '/api/people/:personId/parts',
  params: Person,
  body: z.object({ recordId: z.uuid().optional(), write: RecordPart, key: Key }),
  /** `doubts`: what the national checks would ask back. */
  reply: z.object({ recordId: z.uuid(), doubts: z.array(z.string()) }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'person', action: 'write', scope: 'area' },
});

export const removePart = endpoint({
  name: 'people.removePart',
  method: 'POST',
  path: '/api/people/:personId/parts/remove',
  params: Person,
  body: z.object({ recordId: z.uuid(), part: PartName, key: Key }),
  reply: z.object({}),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'person', action: 'write', scope: 'area' },
});

/** Takes one change of a record back. Refuses what somebody has changed since. */
export const undoChange = endpoint({
  name: 'people.undoChange',
  method: 'POST',
  path: '/api/people/:personId/history/:changeId/undo',
  params: Person.extend({ changeId: z.uuid() }),
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'person', action: 'write', scope: 'area' },
});

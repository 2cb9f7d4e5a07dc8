import { z } from 'zod';
import { endpoint } from '../basics/api.ts';
import { MomentText } from './schema.ts';

/** What an installation has to hold; `fangang doctor` and the page ask the same. */
export const InstallationCheck = z.enum(['durableWrites', 'rowSecurity', 'ownsNothing', 'places', 'seasons']);
export type InstallationCheck = z.infer<typeof InstallationCheck>;

export const CheckLine = z.object({
  check: InstallationCheck,
  ok: z.boolean(),
  /** What was found, as it stands: a setting, names, a number; empty = none. */
  found: z.string(),
});
export type CheckLine = z.infer<typeof CheckLine>;

/** What runs here and whether it is sound. No person, wish or trip is looked at. */
export const Installation = z.object({
  /** Of the product. */
  version: z.string(),
  node: z.string(),
  startedAt: MomentText,
  database: z.object({ version: z.string(), bytes: z.int(), dataDir: z.string() }),
  /** Of the program; the server does not start on a database that lacks one. */
  migrations: z.array(z.object({ number: z.int(), name: z.string() })),
  clock: z.object({ mode: z.enum(['real', 'stands', 'plays']), now: MomentText }),
  sample: z.object({ seed: z.number(), scale: z.number(), state: z.enum(['filling', 'ready']) }).nullable(),
  offices: z.int(),
  /** Accounts that may sign in. */
  accounts: z.int(),
  checks: z.array(CheckLine),
});
export type Installation = z.infer<typeof Installation>;

export const readInstallation = endpoint({
  name: 'offices.readInstallation',
  method: 'GET',
  path: '/api/installation',
  reply: Installation,
  callers: ['systemAdministrator'],
  access: { resource: 'installation', action: 'read', scope: 'area' },
});

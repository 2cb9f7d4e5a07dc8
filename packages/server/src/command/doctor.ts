import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { sql } from 'kysely';
import { WEB_DIST } from '../app.ts';
import { ExitCode } from '../platform/errors.ts';
import { asOwner } from '../platform/owner.ts';
import { type House, type OpenHouse, withHouse } from './house.ts';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  readonly remedy?: string;
}

/** `fangang doctor`: what the installation needs, whether it is there, and the remedy where it is not. */
export function addDoctor(program: Command, house: House): void {
  program
    .command('doctor')
    .description('check the installation and say the remedy of what is wrong')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nExamples:\n  fangang doctor\n  fangang doctor --json')
    .action((options: { json?: boolean }) =>
      withHouse(house, async (opened) => {
        const findings = await examine(opened);
        const text = findings
          .map(
            (it) =>
              `${it.ok ? '●' : '◆'} ${it.what}: ${it.found}${it.ok || !it.remedy ? '' : ` → ${it.remedy}`}`,
          )
          .join('\n');
        house.print({ ok: findings.every((it) => it.ok), findings }, text, options.json ?? false);
        if (findings.some((it) => !it.ok)) process.exitCode = ExitCode.fault;
      }),
    );
}

async function examine({ adminUrl, services, connection }: OpenHouse): Promise<Finding[]> {
  const facts = await asOwner(adminUrl, services.city, async (tx) => {
    const { rows } = await sql<{
      version: string;
      open_tables: string;
      owned: number;
      areas: number;
      seasons: number;
      people: number;
      sync: string;
    }>`
      select current_setting('server_version') version, current_setting('synchronous_commit') sync,
        (select coalesce(string_agg(c.relname, ', '), '') from pg_class c where c.relnamespace = current_schema()::regnamespace
          and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)) open_tables,
        (select count(*)::int from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'fangang_app') owned,
        (select count(*)::int from offices_area) areas, (select count(*)::int from offices_season) seasons,
        (select count(*)::int from people_person) people`.execute(tx);
    return rows[0];
  });
  if (!facts) throw new Error('the database answered nothing');
  return [
    { what: 'Node', ok: true, found: process.version },
    {
      what: 'database',
      ok: true,
      found: `PostgreSQL ${facts.version}${connection.embedded ? ', embedded' : ''}`,
    },
    { what: 'data folder', ok: true, found: connection.dataDir },
    {
      what: 'acknowledged writes are on the disk',
      ok: facts.sync === 'on',
      found: `synchronous_commit ${facts.sync}`,
      remedy: 'set it to on',
    },
    {
      what: 'row-level security on every table',
      ok: facts.open_tables === '',
      found: facts.open_tables || 'forced everywhere',
      remedy: 'run fangang migrate',
    },
    {
      what: 'the application owns nothing',
      ok: facts.owned === 0,
      found: `${facts.owned} objects`,
      remedy: 'give them to fangang_owner',
    },
    {
      what: 'places',
      ok: facts.areas > 12_000,
      found: `${facts.areas} areas`,
      remedy: 'run fangang migrate',
    },
    {
      what: 'seasons',
      ok: facts.seasons > 0,
      found: String(facts.seasons),
      remedy: 'fangang season add 2022-spring --city 500000 --festival 2022-02-01',
    },
    { what: 'people on the books', ok: true, found: String(facts.people) },
    {
      what: 'pages',
      ok: existsSync(join(WEB_DIST, 'index.html')),
      found: WEB_DIST,
      remedy: 'fangang serve builds them',
    },
  ];
}

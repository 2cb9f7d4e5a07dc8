import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkWords, sayFound } from '@fangang/domain/offices/words-installation.ts';
import type { Command } from 'commander';
import { sql } from 'kysely';
import { WEB_DIST } from '../app.ts';
import { checksOf } from '../offices/installation.ts';
import { readSoundness } from '../offices/store-installation.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { asOwner } from '../platform/owner.ts';
import type { KeyPlace } from '../platform/secrets-ring.ts';
import { timeLeft, tlsSet } from '../platform/tls.ts';
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

/** A copy of the data folder that has the keys along protects nobody. */
function keysFinding(place: KeyPlace): Finding {
  const inside = place.kind === 'file' && place.insideData;
  return {
    what: 'keys outside of the data folder',
    ok: !inside,
    found: place.kind === 'file' ? dirname(place.file) : 'FANGANG_KEY',
    remedy: 'stop the server, fangang keys move /etc/fangang/master.key, start with FANGANG_KEY_FILE',
  };
}

/** Of HTTPS of its own, where the settings name it. */
export function certificateFinding(env: NodeJS.ProcessEnv = process.env): Finding[] {
  const what = 'certificate';
  const remedy = 'put a new one and its key in its place; it is taken up by itself';
  try {
    const { files } = tlsSet(env);
    if (!files) return [];
    const { days, soon } = timeLeft(files);
    return [{ what, ok: !soon, found: `${files.cert}, ${days} days left`, remedy }];
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [{ what, ok: false, found: error.message, remedy }];
  }
}

/** What the installation holds, and around it the program, the folder and the pages. */
async function examine({ adminUrl, services, connection }: OpenHouse): Promise<Finding[]> {
  const { found, people } = await asOwner(adminUrl, services.city, async (tx) => {
    const { rows } = await sql<{
      n: number;
    }>`select count(*) as n from people_person where merged_into is null`.execute(tx);
    return { found: await readSoundness(tx), people: rows[0]?.n ?? 0 };
  });
  return [
    { what: 'Node', ok: true, found: process.version },
    {
      what: 'database',
      ok: true,
      found: `PostgreSQL ${found.version}${connection.embedded ? ', embedded' : ''}`,
    },
    { what: 'data folder', ok: true, found: connection.dataDir },
    ...checksOf(found).map((it) => ({
      what: checkWords[it.check].en,
      ok: it.ok,
      found: sayFound(it, 'en'),
      remedy: checkWords[`${it.check}.remedy`].en,
    })),
    keysFinding(services.secrets.ring().place),
    ...certificateFinding(),
    { what: 'people on the books', ok: true, found: String(people) },
    {
      what: 'pages',
      ok: existsSync(join(WEB_DIST, 'index.html')),
      found: WEB_DIST,
      remedy: 'fangang serve builds them',
    },
  ];
}

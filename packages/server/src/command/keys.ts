import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { rotatePeople } from '../people/store-rotation.ts';
import { openDatabase } from '../platform/database.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { numberKeys } from '../platform/index-keys.ts';
import { asOwner, inOwnerTransaction } from '../platform/owner.ts';
import { type KeyStatus, keyStatus, rotateKeys } from '../platform/rotation.ts';
import { moveRing, retiredText, retireKeyFile } from '../platform/secrets-ring.ts';
import { openTransactions } from '../platform/store-keys.ts';
import { type House, type OpenHouse, withHouse } from './house.ts';

interface Options {
  readonly batch: string;
  readonly json?: boolean;
}

const EXAMPLES =
  '\nWhere the keys lie: FANGANG_KEY (keys by commas), else the file FANGANG_KEY_FILE, else beside the data folder in <folder>.keys.' +
  '\n\nExamples:\n  fangang keys status\n  fangang keys rotate --batch 2000\n  fangang keys retire 1\n  fangang keys move /etc/fangang/master.key';

/** `fangang keys status|rotate|retire|move`: what is sealed by which key, and the change from one to the next. */
export function addKeys(program: Command, house: House): void {
  const keys = program
    .command('keys')
    .description('keys of ID numbers and telephones: status, rotation, retirement, place')
    .addHelpText('after', EXAMPLES);
  keys
    .command('status')
    .description('say which key seals what, and what a rotation has left')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => withHouse(house, (open) => status(house, open, options)));
  keys
    .command('rotate')
    .description('change to a new key while everybody works, or go on with a change that was broken off')
    .option('--batch <n>', 'rows in one transaction', '500')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => rotate(house, options));
  keys
    .command('retire')
    .argument('<no>', 'number of a key under which nothing lies any more')
    .description('destroy a key that is not needed; tickets and signatures made with it go on')
    .option('--json', 'print the result as JSON')
    .action((no: string, options: Options) =>
      withHouse(house, (open) => retire(house, open, Number(no), options)),
    );
  keys
    .command('move')
    .argument('<file>', 'where the first key shall lie, outside of what backups copy')
    .description('take the keys to another place; the server is stopped')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: Options) => withHouse(house, (open) => move(house, open, file, options)));
}

function say(status: KeyStatus): string {
  const where =
    status.place === 'environment'
      ? 'FANGANG_KEY'
      : status.insideData
        ? 'inside the data folder'
        : 'outside the data folder';
  const columns = [...new Set(status.columns.map((it) => `${it.table}.${it.column}`))].map((name) => {
    const of = status.columns.filter((it) => `${it.table}.${it.column}` === name);
    return `  ${name.padEnd(34)} ${of.map((it) => `key ${it.keyNo}: ${it.texts}`).join(', ')}`;
  });
  const { no, nextNo, left, oldLeft } = status.index;
  return [
    `profile ${status.profile}, keys ${where}`,
    ...status.keys.map(
      (it) =>
        `${it.state === 'seals' ? '●' : it.state === 'opens' ? '◐' : '○'} key ${it.no} ${it.state}, ${it.texts} texts`,
    ),
    ...columns,
    nextNo === null
      ? `index under key ${no}${oldLeft > 0 ? `, ${oldLeft} rows still to be cleared of the one before` : ''}`
      : `index under key ${no}, going over to key ${nextNo}: ${left} people left`,
    status.left === 0 ? 'nothing left to rotate' : `${status.left} left → fangang keys rotate`,
  ].join('\n');
}

async function status(house: House, { adminUrl, services }: OpenHouse, options: Options): Promise<void> {
  const found = await asOwner(adminUrl, services.city, (tx) => keyStatus(tx, services.secrets));
  house.print(found, say(found), options.json ?? false);
}

async function rotate(house: House, options: Options): Promise<void> {
  const batch = Number(options.batch);
  if (!Number.isInteger(batch) || batch < 1 || batch > 10_000) {
    throw new CommandError(
      ExitCode.usage,
      'basics.bad_batch',
      `--batch is “${options.batch}”: 1 to 10000 rows`,
    );
  }
  await withHouse(house, async ({ adminUrl, services }) => {
    const db = openDatabase(adminUrl, { max: 1 });
    const bar = house.progress('rotating');
    try {
      const done = await rotateKeys({
        secrets: services.secrets,
        transaction: (work) => inOwnerTransaction(db, services.city, work),
        rotatePeople,
        numberKeys,
        batch,
        onProgress: bar.update,
      });
      bar.stop();
      const text = `key ${done.key} seals now; ${done.rows} rows went over, ${done.left} left${
        done.left > 0 ? ': somebody writes without pause, run it again' : ''
      }`;
      house.print(done, text, options.json ?? false);
    } finally {
      bar.stop();
      await db.close();
    }
  });
}

const ENDS_WITHIN_MS = 30_000;

/** Waits for the transactions that are open now: one of them may have sealed with the old key. False where one goes on too long. */
async function othersHaveEnded({ adminUrl, services }: OpenHouse): Promise<boolean> {
  const now = () => asOwner(adminUrl, services.city, openTransactions);
  const before = new Set(await now());
  const since = performance.now();
  while ((await now()).some((it) => before.has(it))) {
    if (performance.now() - since > ENDS_WITHIN_MS) return false;
    await pause(200);
  }
  return true;
}

async function retire(house: House, open: OpenHouse, no: number, options: Options): Promise<void> {
  const { adminUrl, services } = open;
  const ring = services.secrets.ring();
  const ended = await othersHaveEnded(open);
  const found = await asOwner(adminUrl, services.city, (tx) => keyStatus(tx, services.secrets));
  const key = found.keys[no - 1];
  if (!key) {
    const text = `there is no key ${no}: 1 to ${found.keys.length}`;
    throw new CommandError(ExitCode.notFound, 'basics.no_such_key', text);
  }
  if (key.state !== 'spare' || !ended) {
    const why =
      key.state === 'spare'
        ? 'a transaction that may have used it is still open'
        : `it is ${key.state}, ${key.texts} texts lie under it`;
    throw new CommandError(ExitCode.conflict, 'basics.key_needed', `key ${no} cannot be retired: ${why}`, {
      key: no,
    });
  }
  const text = retiredText(ring, no);
  if (ring.place.kind === 'environment') {
    house.print(
      { key: no, replaceBy: text },
      `put this in the place of key ${no} in FANGANG_KEY:\n${text}`,
      options.json ?? false,
    );
    return;
  }
  retireKeyFile(ring.place, no, text);
  house.print(
    { key: no, retired: true },
    `key ${no} is retired; destroy its copies, too`,
    options.json ?? false,
  );
}

async function move(
  house: House,
  { services, connection }: OpenHouse,
  target: string,
  options: Options,
): Promise<void> {
  const { place } = services.secrets.ring();
  if (place.kind === 'environment') {
    throw new CommandError(
      ExitCode.usage,
      'basics.keys_from_environment',
      'the keys come from FANGANG_KEY: there is no file to move',
    );
  }
  if (connection.embedded && connection.isVisit) {
    throw new CommandError(
      ExitCode.conflict,
      'basics.already_running',
      'stop the server first: it would look for its keys in the old place',
    );
  }
  const files = moveRing(place, target);
  house.print(
    { files },
    `${files.length} files moved; from now on start with FANGANG_KEY_FILE=${target}`,
    options.json ?? false,
  );
}

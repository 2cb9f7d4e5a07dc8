import { chmodSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connectOrStart } from '../packages/server/src/platform/connection.ts';
import { type Canary, makeCanaries } from './canary-people.ts';
import { type Hit, type Searcher, searcherOf, searchFolder } from './canary-scan.ts';
import { sampleReady, type Toured, tour } from './canary-tour.ts';
import { startProduct } from './server.ts';

export interface Proof extends Toured {
  readonly people: number;
  readonly files: number;
  readonly bytes: number;
  readonly rows: number;
  /** Places with a number in the clear, in any of the forms that are searched for. */
  readonly hits: readonly Hit[];
  /** The same search after one number was written in the clear into a column: must not be empty. */
  readonly controlHits: readonly Hit[];
}

/**
 * Leads people through the whole product and searches everything it leaves behind for their ID numbers and telephones: the data folder with
 * database files and write-ahead log, temporary files, what it printed at the most talkative level, and every row of every table as text
 * (which unpacks what the database compresses).
 */
export async function proveCanaries(count: number, runs = 500): Promise<Proof> {
  const home = await mkdtemp(join(tmpdir(), 'fangang-canaries-'));
  const [dataDir, temp] = [join(home, 'data'), join(home, 'tmp')];
  for (const folder of [dataDir, temp]) await mkdir(folder);
  for (const folder of [home, dataDir]) chmodSync(folder, 0o755);
  chmodSync(temp, 0o777);
  try {
    const people = makeCanaries(count);
    const searcher = searcherOf(people);
    const product = await startProduct({
      ...{ dataDir, sample: { scale: 0.05 }, printTo: join(home, 'printed.log') },
      env: { TMPDIR: temp, FANGANG_LOG: 'trace' },
    });
    let toured: Toured;
    try {
      await sampleReady(product.url);
      toured = await tour(product.url, people, runs);
    } finally {
      await product.stop();
    }
    const files = searchFolder(home, searcher);
    const rows = await searchTables(dataDir, searcher);
    await plant(dataDir, people[0]);
    const control = searchFolder(home, searcher);
    return {
      ...toured,
      ...{ people: count, files: files.files, bytes: files.bytes, rows: rows.rows },
      ...{ hits: [...files.hits, ...rows.hits], controlHits: control.hits },
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function asOwner<Value>(dataDir: string, work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const connection = await connectOrStart(dataDir, 'command', '');
  const client = new pg.Client({ connectionString: connection.adminUrl });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
    await connection.release();
  }
}

const IN_A_PART = 5_000;

function searchTables(dataDir: string, searcher: Searcher): Promise<{ rows: number; hits: Hit[] }> {
  return asOwner(dataDir, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const hits: Hit[] = [];
    let rows = 0;
    for (const { name } of tables.rows) {
      await client.query('begin');
      await client.query(`declare everything no scroll cursor for select t::text as line from ${name} t`);
      for (;;) {
        const part = await client.query<{ line: string }>(`fetch ${IN_A_PART} from everything`);
        if (part.rows.length === 0) break;
        rows += part.rows.length;
        hits.push(...searcher.search(name, Buffer.from(part.rows.map((it) => it.line).join('\n'))));
      }
      await client.query('rollback');
    }
    return { rows, hits };
  });
}

/** The control: a number written into a column of words. */
async function plant(dataDir: string, victim: Canary | undefined): Promise<void> {
  await asOwner(dataDir, async (client) => {
    await client.query('set search_path to city_500000');
    await client.query(
      `update people_wish set remark = $1 where ctid in (select ctid from people_wish limit 1)`,
      [`call ${victim?.phone}`],
    );
    await client.query('checkpoint');
  });
}

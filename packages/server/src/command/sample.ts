import type { Command } from 'commander';
import { findSample, type SampleMark } from '../offices/store.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { within } from '../platform/services.ts';
import { fillSample, sampleReport } from '../sample/fill.ts';
import { type House, type OpenHouse, withHouse } from './house.ts';

interface Options {
  readonly seed: string;
  readonly scale: string;
  readonly again?: boolean;
  readonly json?: boolean;
}

/** `fangang sample`: fills an empty database with the sample season. */
export function addSample(program: Command, house: House): void {
  program
    .command('sample')
    .description('fill an empty database with the sample season: Chongqing, spring 2022, synthetic people')
    .option('--seed <n>', 'same seed, same people and trips', '2022')
    .option('--scale <x>', '0.05 to 10; 1 is the size of the reference programme', '1')
    .option(
      '--again',
      'throw away the sample that is there, with all that was done in it (embedded database only)',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nA database that holds anything but a sample is never touched.\n' +
        '\nExamples:\n  fangang sample\n  fangang sample --scale 0.1 --json\n  fangang sample --seed 7 --again',
    )
    .action((options: Options) => sample(house, options));
}

async function sample(house: House, options: Options): Promise<void> {
  const seed = numberOf(
    options.seed,
    'seed',
    (it) => Number.isSafeInteger(it) && it >= 0,
    'a whole number from 0 on',
  );
  const scale = numberOf(options.scale, 'scale', (it) => it >= 0.05 && it <= 10, 'a number from 0.05 to 10');
  await withHouse(house, async (open) => {
    const mark = await within(open.services, { kind: 'open' }, findSample);
    refuseToReplace(open, mark, { seed, scale, again: options.again ?? false });
    const bar = house.progress('sample season');
    const { services, adminUrl } = open;
    const summary = await fillSample(services, adminUrl, { seed, scale, onProgress: bar.update }).finally(
      bar.stop,
    );
    const took = `filled in ${(summary.tookMs / 1000).toFixed(1)} s`;
    house.print(summary, `${await sampleReport(services)}\n${took}`, options.json ?? false);
  });
}

function numberOf(text: string, name: string, fits: (it: number) => boolean, what: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (fits(number)) return number;
  throw new CommandError(ExitCode.usage, `sample.bad_${name}`, `“${text}” is no ${name}: write ${what}`);
}

/** A sample in which somebody may have worked goes only when asked for, and never behind DATABASE_URL. A filling that broke off is begun again. */
function refuseToReplace(
  { connection }: Pick<OpenHouse, 'connection'>,
  mark: SampleMark | undefined,
  asked: { seed: number; scale: number; again: boolean },
): void {
  if (mark === undefined || mark.state === 'filling' || (asked.again && connection.embedded)) return;
  const same = mark.seed === asked.seed && mark.scale === asked.scale;
  const there = `a sample of seed ${mark.seed} and scale ${mark.scale} is there already`;
  const way = connection.embedded
    ? `--again throws it away${same ? '' : ' and makes the other'}`
    : 'behind DATABASE_URL it is not replaced: use an empty database';
  throw new CommandError(ExitCode.conflict, 'sample.there_already', `${there}; ${way}`);
}

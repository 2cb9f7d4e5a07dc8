import { accept } from '@fangang/domain/basics/result.ts';
import { readInstallation } from '@fangang/domain/offices/api-installation.ts';
import { readClock } from '../platform/clock.ts';
import { type Route, route } from '../platform/http.ts';
import { checksOf, readProgram } from './installation.ts';
import { findSample } from './store.ts';
import { countAccounts, readSoundness } from './store-installation.ts';

const one = route(readInstallation, async ({ tx, services }) => {
  const found = await readSoundness(tx);
  const sample = await findSample(tx);
  const { mode, now } = await readClock(tx);
  return accept({
    ...readProgram(),
    database: { version: found.version, bytes: found.bytes, dataDir: services.dataDir },
    clock: { mode, now },
    sample: sample ? { seed: sample.seed, scale: sample.scale, state: sample.state } : null,
    ...(await countAccounts(tx)),
    checks: checksOf(found),
  });
});

/** What the system administrator sees of the installation. */
export const installationRoutes: readonly Route[] = [one];

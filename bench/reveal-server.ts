/**
 * For `bench/reveals.ts`: the product's own server on `FANGANG_DATA` without the limits on how much one account may ask, so that ten
 * thousand numbers are read in a minute instead of in three hours. Prints the URL when it listens.
 */
import { makeApp } from '../packages/server/src/app.ts';
import { house } from '../packages/server/src/command/house.ts';

const { services, connection } = await house.open('serve');
const app = await makeApp(services, { defence: null });
const url = await app.listen({ port: 0, host: '127.0.0.1' });
connection.announce(url);
process.stdout.write(`${url}\n`);

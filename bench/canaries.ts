/**
 * People with known numbers through import, edit, plan, boarding and export; then every byte that is left is searched for those numbers.
 *
 *     npm run proof:canaries -- --people 1000 --json
 *
 * Last line: one JSON object. Fails unless `hits` is 0 and `control_hits` (one number planted in the clear) is not.
 */
import { parseArgs } from 'node:util';
import { proveCanaries } from '../e2e/canary-proof.ts';

const { values } = parseArgs({
  options: { people: { type: 'string', default: '1000' }, json: { type: 'boolean', default: false } },
});
const from = performance.now();
const { hits, controlHits, ...counted } = await proveCanaries(Number(values.people));
const seconds = Math.round((performance.now() - from) / 100) / 10;
const line = { ...counted, hits: hits.length, control_hits: controlHits.length, seconds };
if (!values.json) for (const it of hits) process.stderr.write(`${it.form} in ${it.where}\n`);
process.stdout.write(`${JSON.stringify(line)}\n`);
process.exitCode = hits.length === 0 && controlHits.length > 0 ? 0 : 1;

import { expect, it } from 'vitest';
import { proveCanaries } from './canary-proof.ts';

it('leaves no ID number and no telephone in the clear, wherever people were led; a planted one is found', async () => {
  const proof = await proveCanaries(60, 12);
  expect(proof).toMatchObject({ people: 60, imported: 59 });
  expect(Math.min(proof.revealed, proof.seated, proof.boarded, proof.exports)).toBeGreaterThan(10);
  // Five of six for each of forty; the sixth is a page of the product whatever stands in its address.
  expect(proof.refused).toBe(200);
  expect(proof.hits).toEqual([]);
  expect(proof.controlHits.map((it) => it.form)).toContain('plain');
}, 400_000);

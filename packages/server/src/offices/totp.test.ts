import { verifySync } from 'otplib';
import { expect, it } from 'vitest';
import { totpAddress, totpStep } from './totp.ts';

/** The secret and the codes of RFC 6238 appendix B, cut to six digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (s: number) => new Date(s * 1000);

it('knows the codes of RFC 6238', () => {
  expect(totpStep(SECRET, '287082', at(59))).toBe(1);
  expect(totpStep(SECRET, '081804', at(1111111109))).toBe(37037036);
  expect(totpStep(SECRET, '005924', at(1234567890))).toBe(41152263);
});

it('takes a code in its own thirty seconds and in no other', () => {
  expect(totpStep(SECRET, '287082', at(29))).toBeUndefined();
  expect(totpStep(SECRET, '287082', at(30))).toBe(1);
  expect(totpStep(SECRET, '287 082', at(59))).toBe(1);
  expect(totpStep(SECRET, '287082', at(60))).toBeUndefined();
  // The control: the library takes it for ninety seconds where it is told to forgive a step.
  const forgiving = { secret: SECRET, token: '287082', epochTolerance: 30 };
  expect([29, 60, 89].map((epoch) => verifySync({ ...forgiving, epoch }).valid)).toEqual([true, true, true]);
});

it('takes nothing that is no code', () => {
  for (const code of ['287083', '28708', 'abcdef', '２８７０８２', '']) {
    expect(totpStep(SECRET, code, at(59))).toBeUndefined();
  }
});

it('names the product and the account to the app', () => {
  expect(decodeURIComponent(totpAddress(SECRET, 'ran'))).toMatch(
    /^otpauth:\/\/totp\/返岗通 Fangang:ran\?.*secret=GEZDG/,
  );
});

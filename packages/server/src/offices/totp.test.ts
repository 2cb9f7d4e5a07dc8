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

it('forgives one step of a slow or fast clock, and names the step of the code itself', () => {
  expect(totpStep(SECRET, '287082', at(60))).toBe(1);
  expect(totpStep(SECRET, '287 082', at(89))).toBe(1);
  expect(totpStep(SECRET, '287082', at(29))).toBe(1);
  expect(totpStep(SECRET, '287082', at(121))).toBeUndefined();
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

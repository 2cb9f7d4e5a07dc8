import { readFileSync } from 'node:fs';
import { signIn } from '@fangang/domain/offices/api-sign-in.ts';
import { PASSWORD_RULES } from '@fangang/domain/offices/rules-password.ts';
import { describe, expect, it } from 'vitest';
import { checkNewPassword, hashPassword, isLeakedPassword, passwordFits } from './passwords.ts';

const owner = { login: 'ran', hasSecondFactor: true };
const list = readFileSync(new URL('../../../../data/passwords/common.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean);

describe('the hash of a password', () => {
  it('is argon2id with 46 MiB and a salt of its own', async () => {
    const [one, two] = [await hashPassword('quiet rivers'), await hashPassword('quiet rivers')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[\w+/]{22,}\$[\w+/]{43}$/);
    expect(one).not.toBe(two);
  });

  it('fits the password as it was typed, to the last letter, and nothing near it', async () => {
    const typed = ` Quiet 白马山 ${'river '.repeat(20)}🚌`;
    const stored = await hashPassword(typed);
    expect(await passwordFits(stored, typed)).toBe(true);
    const near = [
      typed.trim(),
      typed.toLowerCase(),
      typed.slice(0, 72),
      typed.slice(0, -2),
      typed.normalize('NFKD').replace('🚌', ''),
      `${typed} `,
    ];
    for (const other of near) expect(await passwordFits(stored, other)).toBe(false);
    expect(await passwordFits(null, 'nobody has this password')).toBe(false);
  });
});

describe('a new password', () => {
  it('is none of the 3,000 most common ones that would be long enough, nor any other of the list', () => {
    expect(list.length).toBeGreaterThan(3_000);
    expect(Math.min(...list.map((it) => it.length))).toBe(PASSWORD_RULES.owasp.leastWithSecondFactor);
    for (const password of list) {
      const good = checkNewPassword('owasp', password, owner);
      expect(good.ok ? password : good.refusal.code).toMatch(/^offices[.]password_(common|like_login)$/);
    }
    expect(isLeakedPassword('TrustNo1!')).toBe(list.includes('trustno1!'));
    expect(isLeakedPassword(list[4_000]?.toUpperCase() ?? '')).toBe(true);
    expect(checkNewPassword('owasp', 'lingshan-boat-77', owner).ok).toBe(true);
  });

  it('may be 64 characters long and longer, in any script, with spaces', () => {
    const long = [
      'a quiet river runs behind the house of the ferryman of Lingshan',
      '白马山下一条清清的小河边有一座老房子，门前的路通到镇上',
    ];
    for (const password of long.map((it) => it.padEnd(64, '.'))) {
      expect([...password].length).toBeGreaterThanOrEqual(64);
      expect(checkNewPassword('owasp', password, { ...owner, hasSecondFactor: false }).ok).toBe(true);
      expect(signIn.body.safeParse({ login: 'ran', password }).success).toBe(true);
    }
  });
});

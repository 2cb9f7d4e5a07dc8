import { describe, expect, it } from 'vitest';
import { checkPassword, isCommonPassword } from './rules-password.ts';

const owner = { login: 'ran', hasSecondFactor: false };
const codeOf = (it: ReturnType<typeof checkPassword>) => (it.ok ? 'ok' : it.refusal.code);

describe('the OWASP profile', () => {
  it('asks for twelve characters, or eight beside a second factor, and for no kinds', () => {
    expect(checkPassword('owasp', 'quiet river', owner)).toEqual({
      ok: false,
      refusal: { code: 'offices.password_short', facts: { least: 12 } },
    });
    expect(codeOf(checkPassword('owasp', 'quiet rivers', owner))).toBe('ok');
    expect(codeOf(checkPassword('owasp', 'river-77', { ...owner, hasSecondFactor: true }))).toBe('ok');
    expect(codeOf(checkPassword('owasp', '白马山下一条清清的小河', owner))).toBe('offices.password_short');
    expect(codeOf(checkPassword('owasp', '白马山下一条清清的小河边', owner))).toBe('ok');
  });

  it('refuses the own account name inside', () => {
    expect(codeOf(checkPassword('owasp', 'my-RAN-is-long', owner))).toBe('offices.password_like_login');
  });
});

describe('the profile of graded protection', () => {
  it('asks for three kinds of characters', () => {
    expect(codeOf(checkPassword('dengbao', 'quiet river down', owner))).toBe('offices.password_kinds');
    expect(codeOf(checkPassword('dengbao', 'Quiet-River-7', owner))).toBe('ok');
    expect(codeOf(checkPassword('dengbao', 'Qr-7', owner))).toBe('offices.password_short');
  });
});

describe('what guessers try first', () => {
  it.each([
    'Password2024!',
    'P@ssw0rd1234',
    'Welcome2027!!',
    'fangang12345',
    'Chongqing2022',
    'adminadmin123',
    'qwertyuiop123',
    '1qaz2wsx3edc',
    'abcdefghijkl',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    '123456789012',
    '13800138000',
    '199001011990',
    '500232199001011234',
    'woaini520520',
    'wulong-2027-spring',
  ])('is refused: %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    'quiet rivers',
    'river-77',
    'lingshan-boat-77',
    'a password for tests',
    'Kz7-mp4q-Xt9w',
    '白马山下一条清清的小河边',
    'correct horse battery staple',
  ])('lets through: %s', (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });
});

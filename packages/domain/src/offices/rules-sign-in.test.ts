import { expect, it } from 'vitest';
import { pendingStep, type SignInFacts } from './rules-sign-in.ts';
import { PLAIN_SIGN_IN } from './schema.ts';

const plain: SignInFacts = {
  method: 'password',
  shownSecondFactor: false,
  hasSecondFactor: false,
  mustChange: false,
  passwordDays: 200,
  role: 'dispatcher',
};
const strict = { profile: 'dengbao', secondFactorFor: ['dispatcher'] } as const;
const settings = { ...strict, secondFactorFor: [...strict.secondFactorFor] };

it('lets a session in when nothing is asked', () => {
  expect(pendingStep(plain, PLAIN_SIGN_IN)).toBeNull();
});

it('asks for the second factor first, then the password, then an enrolment', () => {
  const all = { ...plain, hasSecondFactor: true, mustChange: true };
  expect(pendingStep(all, settings)).toBe('secondFactor');
  expect(pendingStep({ ...all, shownSecondFactor: true }, settings)).toBe('changePassword');
  expect(pendingStep({ ...plain, passwordDays: 0 }, settings)).toBe('enrolSecondFactor');
  expect(pendingStep({ ...plain, passwordDays: 0, role: 'escort' }, settings)).toBeNull();
});

it('rotates by the calendar under graded protection only', () => {
  expect(pendingStep({ ...plain, passwordDays: 90, role: 'escort' }, settings)).toBe('changePassword');
  expect(pendingStep({ ...plain, passwordDays: 89, role: 'escort' }, settings)).toBeNull();
  expect(pendingStep({ ...plain, passwordDays: 9000 }, PLAIN_SIGN_IN)).toBeNull();
});

it('asks nobody who came by a passkey or the office’s provider for a password', () => {
  const came = { ...plain, mustChange: true, hasSecondFactor: true, shownSecondFactor: true };
  expect(pendingStep({ ...came, method: 'passkey' }, settings)).toBeNull();
  expect(pendingStep({ ...came, method: 'oidc' }, settings)).toBeNull();
  expect(pendingStep({ ...came, method: 'oidc', shownSecondFactor: false }, settings)).toBe('secondFactor');
});

it('asks nothing at a role’s door of a sample', () => {
  expect(
    pendingStep({ ...plain, method: 'door', hasSecondFactor: true, mustChange: true }, settings),
  ).toBeNull();
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONSENT_WAYS,
  type ConsentState,
  type Consents,
  consentsAfter,
  FIELD_CLASSES,
  mayUse,
  PURPOSES,
  sayConsent,
  USES,
} from './rules-consent.ts';

const words = fc.array(
  fc.record({
    purpose: fc.constantFrom(...PURPOSES),
    state: fc.constantFrom<ConsentState>('given', 'withdrawn'),
    how: fc.constantFrom(...CONSENT_WAYS),
  }),
  { maxLength: 30 },
);

describe('consent', () => {
  it('is as the last word on a purpose says, and duties stand whatever is said', () => {
    fc.assert(
      fc.property(words, (said) => {
        let consents: Consents = {};
        const last = new Map<string, ConsentState>();
        for (const it of said) {
          const decided = sayConsent(consents, it);
          if (!decided.ok) continue;
          consents = consentsAfter(consents, decided.value);
          last.set(it.purpose, it.state);
        }
        for (const purpose of PURPOSES) {
          const { basis, onForm } = USES[purpose];
          const expected =
            basis !== 'separateConsent' || (last.get(purpose) ?? (onForm ? 'given' : 'no')) === 'given';
          expect(mayUse(purpose, consents)).toBe(expected);
        }
      }),
    );
  });

  it('is not asked where a duty is the basis, and not said twice', () => {
    const how = 'counter';
    expect(sayConsent({}, { purpose: 'keepBooks', state: 'withdrawn', how })).toMatchObject({
      refusal: { code: 'people.no_consent_needed' },
    });
    expect(
      sayConsent({ showToEmployer: 'withdrawn' }, { purpose: 'showToEmployer', state: 'withdrawn', how }),
    ).toMatchObject({
      refusal: { code: 'people.consent_same' },
    });
    expect(sayConsent({}, { purpose: 'showToEmployer', state: 'given', how }).ok).toBe(true);
  });

  it('knows a purpose for every class of data, and names sensitive data only under articles 28 to 30 or a consent', () => {
    const used = new Set(PURPOSES.flatMap((it) => USES[it].fields));
    expect(FIELD_CLASSES.filter((it) => !used.has(it))).toEqual([]);
    for (const it of PURPOSES.filter((one) =>
      USES[one].fields.some((f) => ['careStatus', 'health', 'portrait'].includes(f)),
    )) {
      expect(USES[it].article).toMatch(/29/);
    }
  });
});

import { consentWords } from '@fangang/domain/people/words-consent.ts';
import { useNames, useWords } from '../platform/language.tsx';

/** A traveller as a gate names them: whoever does not agree to be shown is a seat without a name. */
export function useTravellerNames(): (it: { readonly name: string; readonly pinyin: string }) => string {
  const names = useNames();
  const say = useWords(consentWords);
  return (it) => (it.name === '' ? say('withheld') : names(it.name, it.pinyin));
}

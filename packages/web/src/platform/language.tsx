import { type Language, type Say, speaker, type Words } from '@fangang/domain/basics/say.ts';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';

const KEPT_AS = 'fangang.language';

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const Choice = createContext<LanguageChoice>({ language: 'zh', choose: () => undefined });

/** The kept choice, else the browser's first language: any Chinese reads Chinese, everybody else English. */
export function firstLanguage(kept: string | null, wanted: readonly string[]): Language {
  if (kept === 'zh' || kept === 'en') return kept;
  const first = wanted[0] ?? 'zh';
  return first.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Local storage is refused in some locked-down browsers; a choice is then kept only until the page closes. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    return;
  }
}

export function LanguageProvider({ children }: { children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState(() => firstLanguage(kept(), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const choose = useCallback((next: Language) => {
    keep(next);
    setLanguage(next);
  }, []);
  const choice = useMemo(() => ({ language, choose }), [language, choose]);
  return <Choice value={choice}>{children}</Choice>;
}

export function useLanguage(): LanguageChoice {
  return use(Choice);
}

/** Speaks a room's table in the reader's language: `say('peopleCount', { n: 3 })`. */
export function useWords<W extends Words>(words: W): Say<W> {
  const { language } = use(Choice);
  return useMemo(() => speaker(words, language), [words, language]);
}

/**
 * A name of the database for the reader: Chinese as written, English in pinyin.
 * Names and their pinyin are data, so they come with the answer and never from a table of words.
 */
export function useNames(): (name: string, pinyin?: string | null) => string {
  const { language } = use(Choice);
  return useCallback((name, pinyin) => (language === 'en' && pinyin ? pinyin : name), [language]);
}

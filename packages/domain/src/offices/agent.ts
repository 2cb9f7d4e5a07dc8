/** A browser in words, as a list of sessions shows it. */
export interface AgentWords {
  /** `Chrome 120`, `微信`; empty where it says nothing we know. */
  readonly browser: string;
  /** `Windows`, `Android`; empty where unknown. */
  readonly system: string;
}

/** In this order: most browsers also call themselves Chrome or Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\/(\d+)/, '微信 WeChat'],
  [/HuaweiBrowser\/(\d+)/, 'Huawei Browser'],
  [/MiuiBrowser\/(\d+)/, 'Mi Browser'],
  [/QQBrowser\/(\d+)/, 'QQ Browser'],
  [/UCBrowser\/(\d+)/, 'UC'],
  [/360(?:SE|EE)/, '360'],
  [/Edg(?:A|iOS)?\/(\d+)/, 'Edge'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Kylin/, 'Kylin'],
  [/Linux/, 'Linux'],
];

/** Browser and system from a User-Agent header; what it does not know stays empty. */
export function agentWords(agent: string): AgentWords {
  const browser = BROWSERS.map(([pattern, name]) => ({ name, found: pattern.exec(agent) })).find(
    (it) => it.found,
  );
  const version = browser?.found?.[1];
  return {
    browser: browser ? [browser.name, version].filter(Boolean).join(' ') : '',
    system: SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1] ?? '',
  };
}

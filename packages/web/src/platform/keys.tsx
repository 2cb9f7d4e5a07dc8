import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';

export interface KeyBinding {
  /** `P`, `/`, `?`, `Escape`, `Ctrl+Enter`, `Ctrl+K`. */
  readonly keys: string;
  /** What it does, for the overlay of `?`. */
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Also while the cursor stands in a field. Combinations with Ctrl always do. */
  readonly whileTyping?: boolean;
  /** `everywhere` for the shell's own keys. */
  readonly scope?: 'page' | 'everywhere';
}

/** The living list of keys: what the overlay shows is what works. */
class KeyRegistry {
  private lists: ReadonlySet<readonly KeyBinding[]> = new Set();
  private readonly watchers = new Set<() => void>();
  private flat: readonly KeyBinding[] = [];

  add(list: readonly KeyBinding[]): () => void {
    this.change(new Set([...this.lists, list]));
    return () => this.change(new Set([...this.lists].filter((it) => it !== list)));
  }

  private change(lists: ReadonlySet<readonly KeyBinding[]>): void {
    this.lists = lists;
    this.flat = [...lists].flat();
    for (const watcher of this.watchers) watcher();
  }

  readonly watch = (then: () => void): (() => void) => {
    this.watchers.add(then);
    return () => this.watchers.delete(then);
  };

  readonly all = (): readonly KeyBinding[] => this.flat;
}

const Registry = createContext<KeyRegistry | null>(null);

/** What a Chinese input method sends where an English keyboard sends the key we mean. */
const SAME_KEY: Readonly<Record<string, string>> = { '？': '?', '、': '/', '／': '/', '＋': '+', '，': ',' };

export function normalKey(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): string {
  const fromCode = /^Key([A-Z])$/.exec(event.code)?.[1] ?? /^Digit(\d)$/.exec(event.code)?.[1];
  const raw = event.key === 'Process' && fromCode ? fromCode : (SAME_KEY[event.key] ?? event.key);
  const key = raw.length === 1 ? raw.toUpperCase() : raw;
  const control = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  return `${control}${event.altKey ? 'Alt+' : ''}${key}`;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** The last binding registered wins: an open drawer's Escape comes before the page's. */
function answerKey(registry: KeyRegistry, event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return;
  const pressed = normalKey(event);
  const typing = isTyping(event.target) && !pressed.startsWith('Ctrl+');
  const found = registry.all().findLast((it) => it.keys === pressed && (!typing || it.whileTyping));
  if (!found) return;
  event.preventDefault();
  found.run(event);
}

export function KeysProvider({ children }: { children: ReactNode }): ReactNode {
  const registry = useMemo(() => new KeyRegistry(), []);
  useEffect(() => {
    const answer = (event: KeyboardEvent): void => answerKey(registry, event);
    window.addEventListener('keydown', answer);
    return () => window.removeEventListener('keydown', answer);
  }, [registry]);
  return <Registry value={registry}>{children}</Registry>;
}

/** Makes keys work while the component is on the screen, and lists them under `?`. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const registry = use(Registry);
  const latest = useRef(bindings);
  latest.current = bindings;
  const named = bindings.map((it) => `${it.keys} ${it.label} ${it.scope} ${it.whileTyping}`).join('\n');
  // `named` stands for the bindings; `run` is read through the ref.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new name registers the keys anew
  useEffect(() => {
    const list = latest.current.map((it, i) => ({
      ...it,
      run: (event: KeyboardEvent) => latest.current[i]?.run(event),
    }));
    return registry?.add(list);
  }, [registry, named]);
}

const none: readonly KeyBinding[] = [];
const never = (): (() => void) => () => undefined;

/** All keys that work now, for the overlay. */
export function useKeyList(): readonly KeyBinding[] {
  const registry = use(Registry);
  return useSyncExternalStore(registry?.watch ?? never, registry?.all ?? (() => none));
}

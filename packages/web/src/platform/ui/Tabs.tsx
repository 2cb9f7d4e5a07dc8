import { type KeyboardEvent, type ReactNode, useRef } from 'react';

export interface Tab<K extends string> {
  readonly key: K;
  readonly title: string;
  /** Second line: `279 人`. */
  readonly sub?: string;
  readonly tone?: 'plain' | 'danger';
}

/** A row of tabs: dates of a plan, views of a list. Arrow keys move, as tabs do. */
export function Tabs<K extends string>({
  tabs,
  value,
  onChange,
  label,
}: {
  tabs: readonly Tab<K>[];
  value: K;
  onChange: (key: K) => void;
  label: string;
}): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex((it) => it.key === value);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.key);
    list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.key)}"]`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
      {tabs.map((it) => (
        <button
          key={it.key}
          type="button"
          role="tab"
          data-key={it.key}
          aria-selected={it.key === value}
          tabIndex={it.key === value ? 0 : -1}
          className={`tab tone-${it.tone ?? 'plain'}`}
          onClick={() => onChange(it.key)}
        >
          <b>{it.title}</b>
          {it.sub && <span>{it.sub}</span>}
        </button>
      ))}
    </div>
  );
}

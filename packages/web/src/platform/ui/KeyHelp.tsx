import { words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { type KeyBinding, useKeyList } from '../keys.tsx';
import { useWords } from '../language.tsx';
import { Key, keyText } from './Button.tsx';
import { Drawer } from './Drawer.tsx';

function KeyRows({
  title,
  keys,
}: {
  title: string;
  keys: readonly Pick<KeyBinding, 'keys' | 'label'>[];
}): ReactNode {
  if (keys.length === 0) return null;
  return (
    <section className="key-rows">
      <h3>{title}</h3>
      <dl>
        {keys.map((it) => (
          <div key={`${it.keys} ${it.label}`}>
            <dt>
              <Key>{keyText(it.keys)}</Key>
            </dt>
            <dd>{it.label}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every key that works now, read from the living list. */
export function KeyHelp({ onClose }: { onClose: () => void }): ReactNode {
  const say = useWords(words);
  const all = useKeyList().filter((it) => it.label);
  const seen = all.filter((it, i) => all.findLastIndex((other) => other.keys === it.keys) === i);
  const tables = [
    { keys: '↑ ↓', label: say('keyMove') },
    { keys: 'Enter', label: say('keyOpen') },
  ];
  return (
    <Drawer title={say('keys')} onClose={onClose} width={400}>
      <KeyRows
        title={say('keysOfThisPage')}
        keys={[...seen.filter((it) => it.scope !== 'everywhere'), ...tables]}
      />
      <KeyRows title={say('keysEverywhere')} keys={seen.filter((it) => it.scope === 'everywhere')} />
    </Drawer>
  );
}

import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { useKeys } from '../keys.tsx';

export function Key({ children }: { children: ReactNode }): ReactNode {
  return <kbd>{children}</kbd>;
}

/** How a key is written on a button. */
export function keyText(keys: string): string {
  return keys
    .replace('Enter', '↵')
    .replace('Escape', 'Esc')
    .replace('Delete', 'Del')
    .replace(/(Ctrl|Alt)\+/g, '$1 ');
}

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'type'> {
  readonly onPress: () => void;
  readonly kind?: 'plain' | 'main' | 'danger' | 'quiet' | 'link';
  /** A key that presses the button while it is on the screen; shown on it and listed under `?`. */
  readonly keys?: string;
  /** The name of the key in the overlay, where the button's own text is not plain text. */
  readonly keyLabel?: string;
  /** Being done: pressed once, it cannot be pressed twice. */
  readonly busy?: boolean;
  readonly submit?: boolean;
}

function KeyOf({ keys, label, press }: { keys: string; label: string; press: () => void }): ReactNode {
  useKeys([{ keys, label, run: press }]);
  return <Key>{keyText(keys)}</Key>;
}

export function Button({
  onPress,
  kind = 'plain',
  keys,
  keyLabel,
  busy = false,
  submit = false,
  children,
  disabled,
  className = '',
  ...rest
}: ButtonProps): ReactNode {
  const off = disabled || busy;
  const press = (): void => {
    if (!off) onPress();
  };
  const label = keyLabel ?? (typeof children === 'string' ? children : (rest['aria-label'] ?? ''));
  return (
    <button
      {...rest}
      type={submit ? 'submit' : 'button'}
      className={`button button-${kind} ${className}`}
      disabled={off}
      aria-busy={busy || undefined}
      onClick={press}
    >
      {children}
      {busy && <i className="busy-dots" aria-hidden="true" />}
      {keys && <KeyOf keys={keys} label={label} press={press} />}
    </button>
  );
}

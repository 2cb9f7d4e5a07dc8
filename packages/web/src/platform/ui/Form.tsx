import { words } from '@fangang/domain/basics/words.ts';
import { type DragEvent, type InputHTMLAttributes, type ReactNode, useId, useState } from 'react';
import { useWords } from '../language.tsx';

interface LabelledProps {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with it and what to do: `少一位 → 补齐`. */
  readonly error?: string | undefined;
}

/** A label, its control and the word about it; `children` gets the ids that tie them together. */
export function Labelled({
  label,
  hint,
  error,
  children,
}: LabelledProps & {
  children: (tie: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
}): ReactNode {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`labelled${error ? ' labelled-bad' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {note && (
        <p id={`${id}-note`} className={error ? 'labelled-error' : 'labelled-hint'}>
          {note}
        </p>
      )}
    </div>
  );
}

export interface TextFieldProps
  extends LabelledProps,
    Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'id'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, hint, error, value, onChange, ...rest }: TextFieldProps): ReactNode {
  return (
    <Labelled label={label} {...(hint && { hint })} error={error}>
      {(tie) => (
        <input
          className="input"
          {...rest}
          {...tie}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

/** A small fixed choice; for hundreds of entries take `PickOne`. */
export function SelectField<K extends string>({
  label,
  hint,
  error,
  value,
  options,
  onChange,
}: LabelledProps & {
  value: K | '';
  options: readonly { value: K; label: string }[];
  onChange: (value: K) => void;
}): ReactNode {
  const say = useWords(words);
  return (
    <Labelled label={label} {...(hint && { hint })} error={error}>
      {(tie) => (
        <select
          className="input"
          {...tie}
          value={value}
          onChange={(event) => onChange(event.target.value as K)}
        >
          {value === '' && <option value="">{say('choose')}</option>}
          {options.map((it) => (
            <option key={it.value} value={it.value}>
              {it.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

export function Check({
  label,
  checked,
  onChange,
  disabled = false,
  labelUnseen = false,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  labelUnseen?: boolean;
}): ReactNode {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={labelUnseen ? 'unseen' : undefined}>{label}</span>
    </label>
  );
}

/** A place to drop a spreadsheet on, or to click and choose it. */
export function FileDrop({
  accept,
  onFile,
  label,
  hint,
}: {
  /** `.xlsx,.xls,.csv` */
  accept: string;
  onFile: (file: File) => void;
  label?: string;
  hint?: string;
}): ReactNode {
  const say = useWords(words);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const hover = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <label
      className={`file-drop${over ? ' file-over' : ''}`}
      onDrop={drop}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
    >
      <input
        className="unseen"
        type="file"
        accept={accept}
        onChange={(event) => {
          take(event.target.files);
          // The same file, mended and chosen again, must be taken again.
          event.target.value = '';
        }}
      />
      <b>{label ?? say('dropFile')}</b>
      {hint && <span>{hint}</span>}
    </label>
  );
}

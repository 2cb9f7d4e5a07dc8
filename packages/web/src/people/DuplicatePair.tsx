import type { DuplicatePair as Pair, PairSide } from '@fangang/domain/people/api-duplicates.ts';
import { MERGE_FIELDS, type MergeField } from '@fangang/domain/people/rules-duplicates.ts';
import { channelWords, wishKindWords } from '@fangang/domain/people/words.ts';
import { duplicateWords, likenessWords } from '@fangang/domain/people/words-duplicates.ts';
import { abilityWords, phoneOwnerWords } from '@fangang/domain/people/words-registry.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { choiceOf, type MergeChoice, saidIn, withField } from './duplicate-fields.ts';

type Reason = keyof typeof likenessWords;
const isReason = (it: string): it is Reason => it in likenessWords;
/** What speaks against the two being one, or makes it doubtful. */
const AGAINST = /differs$|^doubt|^commonName|^name\.(surname|other)|^place\.district/;

/** Why the two are offered, in words; what speaks against it last. */
export function Reasons({ pair }: { pair: Pair }): ReactNode {
  const say = useWords(likenessWords);
  const sayPair = useWords(duplicateWords);
  const known = pair.reasons.filter(isReason);
  const ordered = [...known.filter((it) => !AGAINST.test(it)), ...known.filter((it) => AGAINST.test(it))];
  return (
    <ul className="pair-reasons" aria-label={sayPair('reasons')}>
      {ordered.map((it) => (
        <li key={it}>
          <StatusMark kind={AGAINST.test(it) ? 'again' : 'done'}>{say(it)}</StatusMark>
        </li>
      ))}
    </ul>
  );
}

function useShown(): (side: PairSide, field: MergeField) => string {
  const say = useWords(duplicateWords);
  const sayAbility = useWords(abilityWords);
  const sayOwner = useWords(phoneOwnerWords);
  const nameOf = useNames();
  return (side, field) => {
    const value = saidIn(side, field);
    if (value === '') return '';
    switch (field) {
      case 'name':
        // Two names of one sound are told apart by their characters, in either language.
        return [...new Set([side.name, nameOf(side.name, side.pinyin)])].join(' ');
      case 'gender':
        return side.gender ? say(`gender.${side.gender}`) : '';
      case 'area':
        return nameOf(side.areaName, side.areaPinyin);
      case 'idNumber':
      case 'phone':
        return say('tail', { tail: value });
      case 'phone2':
        return say('yes');
      case 'laborAbility':
        return side.laborAbility ? sayAbility(side.laborAbility) : '';
      case 'phoneOwner':
      case 'phone2Owner':
        return sayOwner(side[field] ?? 'other');
      default:
        return value;
    }
  };
}

interface CellProps {
  readonly side: PairSide;
  readonly field: MergeField;
  readonly differs: boolean;
  readonly choice: MergeChoice;
  readonly onChoice: (choice: MergeChoice) => void;
}

/** What one record says; of a field that differs the one that goes offers to be taken. */
function Cell({ side, field, differs, choice, onChoice }: CellProps): ReactNode {
  const say = useWords(duplicateWords);
  const shown = useShown()(side, field);
  const stays = side.personId === choice.keepId;
  const taken = choice.take.includes(field);
  const wins = differs && (stays ? !taken : taken);
  return (
    <td className={wins ? 'pair-wins' : undefined}>
      <span>{shown || <i className="pair-unknown">{say('unknown')}</i>}</span>
      {differs && !stays && shown !== '' && (
        <button
          type="button"
          className="pair-take"
          aria-pressed={taken}
          aria-label={`${say('takes')}: ${say(`field.${field}`)}`}
          onClick={() => onChoice(withField(choice, field))}
        >
          {say('takes')}
        </button>
      )}
    </td>
  );
}

/** Each record's own facts, which no merge chooses between. */
function OwnFacts({ sides }: { sides: readonly PairSide[] }): ReactNode {
  const say = useWords(duplicateWords);
  const sayChannel = useWords(channelWords);
  const sayKind = useWords(wishKindWords);
  const wishText = ({ wish }: PairSide) =>
    wish ? [sayKind(wish.kind), wish.destination].filter(Boolean).join(' ') : '';
  const lines = [
    ['registered', (it: PairSide) => `${momentOf(it.registeredAt)} ${sayChannel(it.channel)}`],
    ['wish', wishText],
    ['way', (it: PairSide) => (it.seated ? say('seated') : '')],
  ] as const;
  return lines.map(([key, text]) => (
    <tr key={key}>
      <th scope="row">{say(`field.${key}`)}</th>
      {sides.map((it) => (
        <td key={it.personId}>{text(it) || <i className="pair-unknown">–</i>}</td>
      ))}
    </tr>
  ));
}

/** Two records side by side: fields that differ marked, which one stays, and what it takes from the other. */
export function DuplicatePair({
  pair,
  choice,
  onChoice,
}: {
  pair: Pair;
  choice: MergeChoice;
  onChoice: (choice: MergeChoice) => void;
}): ReactNode {
  const say = useWords(duplicateWords);
  const nameOf = useNames();
  const sides = [pair.first, pair.second];
  const rows = MERGE_FIELDS.map((field) => {
    const [one, other] = sides.map((it) => saidIn(it, field));
    return { field, differs: one !== other, empty: one === '' && other === '' };
  }).filter((it) => !it.empty);
  return (
    <table className="pair-table">
      <thead>
        <tr>
          <th scope="col">{say('field')}</th>
          {sides.map((it) => (
            <th scope="col" key={it.personId}>
              <label>
                <input
                  type="radio"
                  name="keep"
                  checked={choice.keepId === it.personId}
                  onChange={() => onChoice(choiceOf(pair, it.personId))}
                />{' '}
                {choice.keepId === it.personId ? say('kept') : say('keepThis')}
              </label>
              <Link
                to="/people"
                search={{ person: it.personId }}
                className="link"
                aria-label={`${say('openRow')} ${nameOf(it.name, it.pinyin)}`}
              >
                {say('openRow')}
              </Link>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ field, differs }) => (
          <tr key={field} className={differs ? 'pair-differs' : undefined}>
            <th scope="row">
              {say(`field.${field}`)}
              {differs && <small>{say('differs')}</small>}
            </th>
            {sides.map((side) => (
              <Cell key={side.personId} {...{ side, field, differs, choice, onChoice }} />
            ))}
          </tr>
        ))}
        <OwnFacts sides={sides} />
      </tbody>
    </table>
  );
}

import { findPlaces } from '@fangang/domain/offices/api.ts';
import { districtOf, levelOf } from '@fangang/domain/offices/schema.ts';
import { peopleWords } from '@fangang/domain/people/words.ts';
import { type ReactNode, useState } from 'react';
import { useAreaOptions } from '../offices/use-area-options.ts';
import { useRead } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Labelled, TextField } from '../platform/ui/Form.tsx';
import { PickOne } from '../platform/ui/PickOne.tsx';

export interface Place {
  readonly code: string;
  readonly name: string;
}

/** A county of the country, found while one types. */
export function PickPlace({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Place | null;
  onChange: (place: Place | null) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const nameOf = useNames();
  const [text, setText] = useState('');
  const found = useRead(findPlaces, { query: { text: text.trim() } }, { enabled: text.trim() !== '' });
  const pick = (place: Place | null): void => {
    setText('');
    onChange(place);
  };
  return (
    <div>
      <TextField
        label={label}
        value={text}
        onChange={setText}
        placeholder={value?.name ?? say('findPlace')}
        autoComplete="off"
      />
      {value && (
        <p>
          <b>{value.name}</b>{' '}
          <Button kind="link" onPress={() => pick(null)}>
            {say('clear')}
          </Button>
        </p>
      )}
      {text.trim() !== '' &&
        found.data?.places.slice(0, 8).map((it) => (
          <Button key={it.code} kind="link" onPress={() => pick({ code: it.code, name: it.name })}>
            {nameOf(it.name, it.pinyin)}
          </Button>
        ))}
    </div>
  );
}

/** Town and village within the office's own area; answers the finer of the two. */
export function PickHome({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (area: string | null) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const { areaCode } = useStaff();
  const own = levelOf(areaCode);
  const finer = value !== null && levelOf(value) !== 'district';
  const district = value && own === 'city' ? districtOf(value) : own === 'district' ? areaCode : null;
  const town = own === 'town' ? areaCode : finer ? `${value.slice(0, 9)}000` : null;
  const districts = useAreaOptions(areaCode, own === 'city');
  const towns = useAreaOptions(district ?? areaCode, district !== null);
  const villages = useAreaOptions(town ?? areaCode, town !== null);
  const village = finer && value !== town ? value : null;
  return (
    <>
      {own === 'city' && (
        <Labelled label={say('startDistrict')}>
          {({ id }) => (
            <PickOne
              id={id}
              label={say('startDistrict')}
              value={district}
              options={districts}
              onChange={onChange}
            />
          )}
        </Labelled>
      )}
      {own !== 'town' && (
        <Labelled label={say('town')}>
          {({ id }) => (
            <PickOne id={id} label={say('town')} value={town} options={towns} onChange={onChange} />
          )}
        </Labelled>
      )}
      <Labelled label={say('village')}>
        {({ id }) => (
          <PickOne
            id={id}
            label={say('village')}
            value={village}
            options={villages}
            onChange={onChange}
            disabled={town === null}
          />
        )}
      </Labelled>
    </>
  );
}

import { districtOf, levelOf } from '@fangang/domain/offices/schema.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Labelled } from '../platform/ui/Form.tsx';
import { PickOne } from '../platform/ui/PickOne.tsx';
import { useAreaOptions } from './use-area-options.ts';

/** An area within the own one: city, district, township; nothing chosen is the whole own area. */
export function PickArea({
  value,
  onChange,
}: {
  value: string;
  onChange: (area: string) => void;
}): ReactNode {
  const say = useWords(staffWords);
  const { areaCode } = useStaff();
  const own = levelOf(areaCode);
  const district = own !== 'city' ? areaCode : levelOf(value) === 'city' ? null : districtOf(value);
  const town = ['city', 'district'].includes(levelOf(value)) ? null : value;
  const hasTowns = district !== null && levelOf(district) === 'district';
  const districts = useAreaOptions(areaCode, own === 'city');
  const towns = useAreaOptions(district ?? areaCode, hasTowns);
  return (
    <>
      {own === 'city' && (
        <Labelled label={say('district')}>
          {({ id }) => (
            <PickOne
              id={id}
              label={say('district')}
              value={district}
              options={districts}
              placeholder={say('whole')}
              onChange={(code) => onChange(code ?? areaCode)}
              clearable
            />
          )}
        </Labelled>
      )}
      {hasTowns && (
        <Labelled label={say('town')}>
          {({ id }) => (
            <PickOne
              id={id}
              label={say('town')}
              value={town}
              options={towns}
              placeholder={say('whole')}
              onChange={(code) => onChange(code ?? district)}
              clearable
            />
          )}
        </Labelled>
      )}
    </>
  );
}

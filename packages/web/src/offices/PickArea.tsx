import { listAreas } from '@fangang/domain/offices/api.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import type { ReactNode } from 'react';
import { useRead } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Labelled } from '../platform/ui/Form.tsx';
import { PickOne } from '../platform/ui/PickOne.tsx';

const isCity = (code: string): boolean => code.endsWith('0000000000');
const isDistrict = (code: string): boolean => code.endsWith('000000') && !isCity(code);

function useOptions(within: string, enabled: boolean) {
  const nameOf = useNames();
  const areas = useRead(listAreas, { query: { within } }, { enabled });
  return (areas.data?.areas ?? []).map((it) => ({
    value: it.code,
    label: nameOf(it.name, it.pinyin),
    find: `${it.name} ${it.pinyin}`,
  }));
}

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
  const district = isCity(areaCode) ? (isCity(value) ? null : `${value.slice(0, 6)}000000`) : areaCode;
  const town = isCity(value) || isDistrict(value) ? null : value;
  const districts = useOptions(areaCode, isCity(areaCode));
  const towns = useOptions(district ?? areaCode, district !== null && isDistrict(district));
  return (
    <>
      {isCity(areaCode) && (
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
      {district !== null && isDistrict(district) && (
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

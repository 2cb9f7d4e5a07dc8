import { listAreas } from '@fangang/domain/offices/api.ts';
import { useRead } from '../platform/asking.ts';
import { useNames } from '../platform/language.tsx';

/** The areas directly within one, as a choice offers them. */
export function useAreaOptions(within: string, enabled: boolean) {
  const nameOf = useNames();
  const areas = useRead(listAreas, { query: { within } }, { enabled });
  return (areas.data?.areas ?? []).map((it) => ({
    value: it.code,
    label: nameOf(it.name, it.pinyin),
    find: `${it.name} ${it.pinyin}`,
  }));
}

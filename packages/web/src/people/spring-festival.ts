import { addDays } from '@fangang/domain/basics/moment.ts';

/** Days after the festival for which a season still runs. */
const SEASON_AFTER = 56;

/**
 * First days of lunar years by GB/T 33661-2017. A table, because browsers differ: some put the festival of 2027 on
 * 7 February.
 */
const FESTIVALS =
  `2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13
  2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24
  2040-02-12 2041-02-01 2042-01-22 2043-02-10 2044-01-30 2045-02-17 2046-02-06 2047-01-26 2048-02-14 2049-02-02
  2050-01-23`.split(/\s+/);

/** The Spring Festival whose season runs on a day, or the next one; null beyond 2050. */
export function festivalNear(day: string): string | null {
  return FESTIVALS.find((it) => day <= addDays(it, SEASON_AFTER)) ?? null;
}

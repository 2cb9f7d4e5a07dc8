import { usablePlaces } from '@fangang/domain/trips/rules.ts';
import type { Season, SeasonSettings } from './world.ts';

/** The sample's clock: 11 February 2022, the eleventh day of the year, five in the afternoon. */
export const CLOCK = '2022-02-11T17:00:00+08:00';
export const SEASON = '2022-spring';
export const SEASON_2021 = '2021-spring';
export const SEASON_2020 = '2020-spring';

const settings2022: SeasonSettings = {
  temperature: { holdFromC: 37.3 },
  healthCode: true,
  travelCode: true,
  mask: true,
  giftPack: true,
  loadCap: 1,
  minLoad: 20,
  observationRows: 1,
  maxStops: 8,
  maxRideMin: 2160,
};

export const SEASONS: readonly Season[] = [
  {
    id: SEASON_2020,
    festival: '2020-01-25',
    from: '2020-02-14',
    to: '2020-04-10',
    settings: { ...settings2022, travelCode: false, giftPack: false, loadCap: 0.5, observationRows: 2 },
  },
  {
    id: SEASON_2021,
    festival: '2021-02-12',
    from: '2021-02-15',
    to: '2021-03-15',
    settings: { ...settings2022, observationRows: 2, giftPack: false },
  },
  { id: SEASON, festival: '2022-02-01', from: '2022-02-03', to: '2022-03-05', settings: settings2022 },
];

/** Places that may be taken on a main-leg coach of the running season: observation rows off, then the load cap. */
export function capacityOf(seats: number): number {
  return usablePlaces(seats, settings2022, { road: true, main: true });
}

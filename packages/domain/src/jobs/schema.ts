import { z } from 'zod';
import { PlaceCode } from '../offices/schema.ts';

/** Minutes of the day between which a gate receives people. */
export const ArrivalWindow = z.object({ fromMin: z.int().min(0).max(1440), toMin: z.int().min(0).max(1440) });
export type ArrivalWindow = z.infer<typeof ArrivalWindow>;

/** A factory gate (厂门): place, contact and hours of one employer. */
export const Gate = z.object({
  id: z.uuid(),
  employerId: z.uuid(),
  name: z.string(),
  county: PlaceCode,
  lon: z.number(),
  lat: z.number(),
  contactName: z.string().nullable(),
  windows: z.array(ArrivalWindow).readonly(),
});
export type Gate = z.infer<typeof Gate>;

import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { Language } from '@fangang/domain/basics/say.ts';
import { manifestPdfOf, manifestXlsxOf } from '@fangang/domain/trips/api.ts';
import type { ManifestFacts } from '@fangang/domain/trips/manifest.ts';
import { XLSX } from '../platform/export-cells.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { NO_TRIP } from './door.ts';
import { manifestFacts } from './manifest-facts.ts';
import { manifestPdf } from './manifest-pdf.ts';
import { manifestXlsx } from './manifest-xlsx.ts';
import { findTrip } from './store.ts';

interface SheetAsk {
  readonly lang?: Language | undefined;
  readonly numbers?: 'masked' | 'full' | undefined;
}

/** The register of a trip; whole numbers are opened only after the audit knows who asked. */
async function registerOf(
  ctx: Ctx,
  tripId: string,
  ask: SheetAsk,
): Promise<Result<{ facts: ManifestFacts; lang: Language }>> {
  const { tx, services, actor, now } = ctx;
  const trip = await findTrip(tx, tripId);
  if (!trip) return refuse(NO_TRIP);
  const reader = ask.numbers === 'full' ? { actor, area: ctx.asker?.areaCode ?? trip.area } : null;
  const facts = await manifestFacts(tx, services.secrets, tripId, { reader, now });
  if (!facts) return refuse(NO_TRIP);
  return accept({ facts, lang: ask.lang ?? ctx.language });
}

const pdf = route(manifestPdfOf, async (ctx, { params, query }) => {
  const register = await registerOf(ctx, params.tripId, query);
  if (!register.ok) return register;
  const { facts, lang } = register.value;
  const body = await manifestPdf(facts, lang);
  return accept({ name: `${facts.tripNumber}.pdf`, type: 'application/pdf', body });
});

const xlsx = route(manifestXlsxOf, async (ctx, { params, query }) => {
  const register = await registerOf(ctx, params.tripId, query);
  if (!register.ok) return register;
  const { facts, lang } = register.value;
  const body = await manifestXlsx(facts, lang);
  return accept({ name: `${facts.tripNumber}.xlsx`, type: XLSX, body });
});

/** Papers of a trip, to print or to take along. */
export const routes: readonly Route[] = [pdf, xlsx];

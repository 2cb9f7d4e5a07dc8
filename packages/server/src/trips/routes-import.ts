import { undoImport } from '@fangang/domain/trips/api-import.ts';
import { undoImport as takeBack } from '../people/import-undo.ts';
import { type Route, route } from '../platform/http.ts';
import { listJourneyStates } from './store-person-file.ts';

const undo = route(undoImport, async (ctx, { params }) =>
  takeBack(
    ctx,
    params.importId,
    async (persons) => new Set((await listJourneyStates(ctx.tx, persons)).map((it) => it.person)),
  ),
);

/** An import taken back, as far as nobody has a way yet. */
export const importRoutes: readonly Route[] = [undo];

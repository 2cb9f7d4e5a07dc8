import { accept } from '@fangang/domain/basics/result.ts';
import { listImports } from '@fangang/domain/people/api-import.ts';
import { decideImportUndo, undoUntil } from '@fangang/domain/people/rules-import.ts';
import { type Route, route } from '../platform/http.ts';
import { listImportRows } from './store-import.ts';

const MOST_IMPORTS = 200;

const list = route(listImports, async ({ tx, now }, { query }) => {
  const rows = await listImportRows(tx, query.season, MOST_IMPORTS);
  return accept({
    imports: rows.map(({ id, file, at, by, areaName, areaPinyin, counts, undoneAt }) => ({
      ...{ id, file, at, by, areaName: areaName ?? '', areaPinyin: areaPinyin ?? '' },
      ...{ created: counts.created, updated: counts.updated, unchanged: counts.unchanged, bad: counts.bad },
      undoneAt,
      mayUndo: decideImportUndo({ at, undone: undoneAt !== null }, now).ok,
      undoUntil: undoUntil(at),
    })),
  });
});

/** Rosters that were written. */
export const importRoutes: readonly Route[] = [list];

import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { fill, type Language, type Words } from '@fangang/domain/basics/say.ts';
import {
  AUDIT_PAGE_ROWS,
  type AuditLine,
  exportAudit,
  MOST_AUDIT_ROWS,
  searchAudit,
} from '@fangang/domain/offices/api-audit.ts';
import { readKeys } from '@fangang/domain/offices/api-keys.ts';
import { levelOf } from '@fangang/domain/offices/schema.ts';
import { auditActionWords, auditFactWords, auditWords } from '@fangang/domain/offices/words-audit.ts';
import { delegationWords } from '@fangang/domain/offices/words-delegation.ts';
import { noteAudit } from '../platform/audit.ts';
import { auditDays } from '../platform/audit-seal.ts';
import { plainCsv } from '../platform/export-cells.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { pinyinName } from '../platform/pinyin.ts';
import { keyStatus } from '../platform/rotation.ts';
import { type AuditFilter, countAudit, listAudit, sealedUpTo } from './store-audit.ts';

/** Who reads the audit is in it: by which conditions, never what was typed into them. */
async function note(ctx: Ctx, action: string, filter: AuditFilter, rows: number): Promise<void> {
  const by = Object.keys(filter).sort().join(' ');
  const area = ctx.asker?.areaCode ?? '';
  await noteAudit(ctx.tx, { actor: ctx.actor, area, action, subject: null, facts: { by, rows } });
}

const search = route(searchAudit, async (ctx, { query }) => {
  const { page = 1, ...filter } = query;
  const total = await countAudit(ctx.tx, filter);
  const rows = await listAudit(ctx.tx, filter, {
    limit: AUDIT_PAGE_ROWS,
    offset: (page - 1) * AUDIT_PAGE_ROWS,
  });
  const sealedAt = await sealedUpTo(ctx.tx);
  await note(ctx, 'offices.audit_searched', filter, total);
  const named = rows.map((it) => ({ ...it, actorPinyin: it.actorName && pinyinName(it.actorName) }));
  return accept({ rows: named, total, page, sealedAt, keptDays: auditDays() });
});

function worded(table: Words, key: string, language: Language): string {
  const text = table[key];
  return text ? fill(text, language) : key;
}

function cells(it: Omit<AuditLine, 'actorPinyin'>, language: Language): string[] {
  const facts = Object.entries(it.facts).map(
    ([name, value]) =>
      `${worded(auditFactWords, name, language)}: ${worded(auditFactWords, String(value), language)}`,
  );
  const own = it.actorName ?? (it.actor === 'anyone' ? worded(auditWords, 'nobody', language) : it.actor);
  const who = it.behalfName
    ? fill(delegationWords.behalf, language, { actor: own, name: it.behalfName })
    : own;
  return [
    it.at,
    who,
    it.actorLogin ?? '',
    it.areaName ?? it.area,
    worded(auditActionWords, it.action, language),
    it.action,
    it.subject ?? '',
    facts.join('; '),
    it.id,
  ];
}

const file = route(exportAudit, async (ctx, { query }) => {
  const { tx } = ctx;
  const { lang: language = ctx.language, ...filter } = query;
  const rows = await listAudit(tx, filter, { limit: MOST_AUDIT_ROWS, offset: 0 });
  await note(ctx, 'offices.audit_exported', filter, rows.length);
  const say = (key: keyof typeof auditWords) => auditWords[key][language];
  const head = [
    say('at'),
    say('who'),
    'login',
    say('area'),
    say('action'),
    'action',
    say('subject'),
    say('facts'),
    'id',
  ];
  // A cell that begins like a formula is a text: a name may have been typed to be run on somebody's desk.
  const body = plainCsv([head, ...rows.map((it) => cells(it, language))]);
  const name = `audit-${query.from ?? 'all'}-${query.to ?? 'now'}.csv`;
  return accept({ name, type: 'text/csv; charset=utf-8', body });
});

const keys = route(readKeys, async ({ tx, services, asker }) => {
  // What lies under a key is counted over the whole city: a district would learn how many people the others hold.
  if (!asker || levelOf(asker.areaCode) !== 'city') return refuse({ code: 'offices.keys_of_the_city' });
  const status = await keyStatus(tx, services.secrets);
  return accept({ ...status, keys: [...status.keys], columns: [...status.columns] });
});

/** The audit for its administrator, the keys for the security administrator. */
export const auditRoutes: readonly Route[] = [search, file, keys];

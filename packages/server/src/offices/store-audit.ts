import type { AuditLine, searchAudit } from '@fangang/domain/offices/api-audit.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '../platform/database.ts';

export type AuditFilter = Omit<z.output<typeof searchAudit.query>, 'page'>;

const inside = (text: string) => text.replace(/[\\%_]/g, '');

function condition(filter: AuditFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  // Days are China's: the connection's time zone.
  if (filter.from) parts.push(sql`a.at >= ${filter.from}::date`);
  if (filter.to) parts.push(sql`a.at < ${filter.to}::date + 1`);
  if (filter.actor) {
    const like = `%${inside(filter.actor)}%`;
    parts.push(
      sql`a.actor in (select id::text from offices_staff where login ilike ${like} or name ilike ${like})`,
    );
  }
  if (filter.action?.includes('.')) parts.push(sql`a.action = ${filter.action}`);
  else if (filter.action) parts.push(sql`a.action like ${`${filter.action}.%`}`);
  if (filter.subject) parts.push(sql`a.subject = ${filter.subject}::uuid`);
  return sql.join(parts, sql` and `);
}

/** Rows of the audit in the reader's area, the newest first. */
export async function listAudit(
  tx: Tx,
  filter: AuditFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<Omit<AuditLine, 'actorPinyin'>[]> {
  const { rows } = await sql<Omit<AuditLine, 'actorPinyin'>>`
    select a.id, a.at, a.actor, s.name "actorName", s.login "actorLogin", b.name "behalfName", a.area, r.name "areaName", r.pinyin "areaPinyin",
      a.action, a.subject, a.facts
    from (select * from offices_audit a where ${condition(filter)} order by a.at desc, a.id desc
      limit ${page.limit} offset ${page.offset}) a
    left join offices_staff s on s.id::text = a.actor left join offices_staff b on b.id::text = a.facts->>'onBehalfOf' left join offices_area r on r.code = a.area
    order by a.at desc, a.id desc`.execute(tx);
  return rows;
}

export async function countAudit(tx: Tx, filter: AuditFilter): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) n from offices_audit a where ${condition(filter)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Up to when the audit is chained and signed; null where it is not yet. */
export async function sealedUpTo(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ at: string }>`
    select at from offices_audit_checkpoint order by no desc limit 1`.execute(tx);
  return rows[0]?.at ?? null;
}

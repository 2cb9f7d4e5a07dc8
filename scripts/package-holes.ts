/* What is known of holes in packages of others, and what of it is too late: the judgement of `npm run look:packages`. Pure. */

/** Days from the day a hole was seen until it has to be closed. `docs/security.md` says the same numbers. */
export const CLOSE_WITHIN_DAYS = { outside: 7, inside: 30 } as const;
const SEVERE = ['high', 'critical'];

/** A line of `data/packages/known-holes.json`. */
export interface KnownHole {
  readonly advisory: string;
  readonly package: string;
  /** ISO day. */
  readonly seen: string;
  readonly reach: keyof typeof CLOSE_WITHIN_DAYS;
  readonly accepted?: { readonly until: string; readonly reason: string };
}

interface Found {
  readonly advisory: string;
  readonly package: string;
  readonly severity: string;
}

export interface Judgement {
  readonly ok: boolean;
  readonly on: string;
  /** Packages that run in the product. */
  readonly packages: number;
  /** Advisories below the level high: told, closed with the next raise of versions. */
  readonly lesser: number;
  /** `GHSA-… name`, level high and above. Nobody has written down since when: that alone is a fault. */
  readonly unlisted: readonly string[];
  readonly overdue: readonly string[];
  readonly inTime: readonly string[];
  readonly accepted: readonly string[];
  /** Written down and no longer found: to be taken out. */
  readonly gone: readonly string[];
}

interface Via {
  readonly name?: string;
  readonly url?: string;
  readonly severity?: string;
}
interface Report {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Readonly<Record<string, { readonly via: readonly (string | Via)[] }>>;
  readonly metadata?: { readonly dependencies?: { readonly prod?: number } };
}

/** The report of `npm audit --json`; undefined where it is none: the registry was not reached or knows no such question. */
export function reportOf(text: string): Report | undefined {
  try {
    const said = JSON.parse(text) as Report;
    return said.auditReportVersion === 2 && said.vulnerabilities ? said : undefined;
  } catch {
    return undefined;
  }
}

/** Each advisory of a report once for each package it is in; what only depends on such a package has none of its own. */
function foundIn(report: Report): Found[] {
  const all = Object.values(report.vulnerabilities ?? {}).flatMap(({ via }) =>
    via.flatMap((it) =>
      typeof it === 'string'
        ? []
        : [
            {
              advisory: it.url?.split('/').at(-1) ?? '?',
              package: it.name ?? '?',
              severity: it.severity ?? '?',
            },
          ],
    ),
  );
  return [...new Map(all.map((it) => [nameOf(it), it])).values()];
}

const nameOf = (it: { advisory: string; package: string }): string => `${it.advisory} ${it.package}`;

function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Where a hole that is written down stands today. */
function stateOf(it: KnownHole, today: string): 'overdue' | 'inTime' | 'accepted' {
  if (it.accepted && it.accepted.reason.trim().length >= 20 && today <= it.accepted.until) return 'accepted';
  return today > daysLater(it.seen, CLOSE_WITHIN_DAYS[it.reach]) ? 'overdue' : 'inTime';
}

/** Judges a report by what is written down; `today` as ISO day. */
export function judge(report: Report, known: readonly KnownHole[], today: string): Judgement {
  const found = foundIn(report);
  const severe = found.filter((it) => SEVERE.includes(it.severity));
  const lines = severe.map((it) => {
    const line = known.find((one) => nameOf(one) === nameOf(it));
    return { name: nameOf(it), state: line ? stateOf(line, today) : ('unlisted' as const) };
  });
  const of = (state: (typeof lines)[number]['state']) =>
    lines.filter((it) => it.state === state).map((it) => it.name);
  const [unlisted, overdue] = [of('unlisted'), of('overdue')];
  return {
    ok: unlisted.length === 0 && overdue.length === 0,
    on: today,
    packages: report.metadata?.dependencies?.prod ?? 0,
    lesser: found.length - severe.length,
    unlisted,
    overdue,
    inTime: of('inTime'),
    accepted: of('accepted'),
    gone: known.map(nameOf).filter((name) => !lines.some((it) => it.name === name)),
  };
}

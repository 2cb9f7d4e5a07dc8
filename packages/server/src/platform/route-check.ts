import { ACTIONS, type Endpoint, LIMITS } from '@fangang/domain/basics/api.ts';

/** A page or file served beside the interface: what it is and who may see it, in the same words as an endpoint. */
export type PlainRoute = Pick<Endpoint, 'name' | 'method' | 'path' | 'callers' | 'access'> & {
  /** Media type of the answer. */
  readonly gives: string;
};

type Declared = Pick<Endpoint, 'name' | 'method' | 'path' | 'callers' | 'access' | 'file' | 'takes'>;

const NAME = /^[a-z]+\.[a-z][A-Za-z]*$/;
const NOUN = /^[a-z][A-Za-z]*$/;

function faultsOf(it: Partial<Declared>): string[] {
  const { access } = it;
  const scope = access ? [access.scope].flat() : [];
  const faults: string[] = [];
  if (!NAME.test(it.name ?? '')) faults.push('name is not room.verb');
  if (!it.callers?.length) faults.push('says no callers');
  if (!access) faults.push('says no access');
  if (access && !NOUN.test(access.resource ?? '')) faults.push('resource is no noun');
  if (access && !ACTIONS.includes(access.action)) faults.push('action is unknown');
  if (access && (scope.length === 0 || scope.some((limit) => !LIMITS.includes(limit)))) {
    faults.push('scope is unknown');
  }
  if ((it.file === 'up') !== (it.takes !== undefined)) faults.push('takes a file of no kind');
  return faults;
}

function doubled(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];
}

/** Parameters have many names and one place: `/api/trips/:id` and `/api/trips/:tripId` are the same door. */
function doorOf(it: Declared): string {
  return `${it.method} ${it.path.replace(/:\w+/g, ':')}`;
}

/**
 * Refuses to go on where an endpoint does not say what it does to which rows for whom, or where two have one name or path.
 *
 * Thrown while the server is put together, so a house with such a route never opens.
 */
export function checkRoutes(all: readonly Declared[]): void {
  const faults = [
    ...all.flatMap((it) =>
      faultsOf(it).map((fault) => `${it.name ?? '?'} ${it.method ?? '?'} ${it.path ?? '?'}: ${fault}`),
    ),
    ...doubled(all.map((it) => it.name)).map((name) => `${name}: the name is taken twice`),
    ...doubled(all.map(doorOf)).map((door) => `${door}: the path is taken twice`),
  ];
  if (faults.length > 0) throw new Error(`routes that may not be mounted:\n${faults.join('\n')}`);
}

/** Refuses routes that the framework knows and nobody has declared. `known` are the declared ones. */
export function checkNothingHidden(
  mounted: readonly { readonly method: string; readonly path: string }[],
  known: readonly Declared[],
): void {
  const declared = new Set(known.map((it) => `${it.method} ${it.path}`));
  // A GET brings its HEAD along.
  const hidden = mounted.filter((it) => it.method !== 'HEAD' && !declared.has(`${it.method} ${it.path}`));
  if (hidden.length > 0) {
    throw new Error(
      `routes that nobody has declared: ${hidden.map((it) => `${it.method} ${it.path}`).join(', ')}`,
    );
  }
}

import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError, ExitCode } from './errors.ts';
import { type CryptoProfile, PROFILES, type ProfileName } from './secrets-profiles.ts';

export const KEY_BYTES = 32;
/** A key's number stands in one byte of what it seals. */
const MOST_KEYS = 255;
const RETIRED = 'retired:';

/** What of the first key is still needed when it no longer opens anything: tickets in people's hands, sessions, signatures, passwords. */
export const LASTING_PURPOSES = [
  'ticket',
  'session',
  'password|app',
  'password|queue',
  'fingerprint',
  'audit sign',
  'audit mark',
] as const;
export type LastingPurpose = (typeof LASTING_PURPOSES)[number];
type Lasting = Readonly<Record<LastingPurpose, Buffer>>;

/** A key of the ring: whole, or retired to what of it has to last. */
export type RingKey = { readonly master: Buffer } | { readonly lasting: Lasting };

/** Where the keys lie. */
export type KeyPlace =
  | { readonly kind: 'environment' }
  | {
      readonly kind: 'file';
      /** Of the first key; the others lie beside it. */
      readonly file: string;
      /** True where a copy of the data folder takes the keys along. */
      readonly insideData: boolean;
    };

/** The keys of an installation in their order: the last one seals, all that are whole open. */
export interface Ring {
  readonly place: KeyPlace;
  readonly profile: CryptoProfile;
  readonly keys: readonly RingKey[];
}

/** Surroundings from which the keys come; the process's own unless told. */
export interface KeySources {
  readonly FANGANG_KEY?: string | undefined;
  readonly FANGANG_KEY_FILE?: string | undefined;
  readonly FANGANG_CRYPTO?: string | undefined;
}

function badKey(where: string): CommandError {
  return new CommandError(
    ExitCode.usage,
    'basics.master_key_malformed',
    `The master key in ${where} must be 32 bytes, written as 64 hexadecimal digits or in base64.`,
  );
}

function lastingOf(text: string, where: string): Lasting {
  const parts = text.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (parts.length !== LASTING_PURPOSES.length || parts.some((it) => it.length !== KEY_BYTES))
    throw badKey(where);
  return Object.fromEntries(LASTING_PURPOSES.map((purpose, i) => [purpose, parts[i]])) as Lasting;
}

/** A key as text: hexadecimal, base64, or `retired:` and what of it lasts. */
function parseKey(text: string, where: string): RingKey {
  if (text.startsWith(RETIRED)) return { lasting: lastingOf(text.slice(RETIRED.length), where) };
  const master = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (master.length !== KEY_BYTES) throw badKey(where);
  return { master };
}

function readKeyFile(file: string): RingKey {
  const bytes = readFileSync(file);
  return bytes.length === KEY_BYTES ? { master: bytes } : parseKey(bytes.toString('utf8').trim(), file);
}

/** `master.key` is key 1, `master-2.key` beside it key 2. */
export function keyFile(first: string, no: number): string {
  return no === 1 ? first : first.replace(/(\.[^./]+)?$/, (ending) => `-${no}${ending}`);
}

function profileFile(first: string): string {
  return first.replace(/(\.[^./]+)?$/, '.profile');
}

/** Last of all signed checkpoints of the audit, kept where the database cannot reach it. */
export function anchorFile(place: KeyPlace, dataDir: string): string {
  return place.kind === 'file'
    ? place.file.replace(/(\.[^./]+)?$/, '.audit')
    : join(resolve(dataDir), 'audit-anchor.json');
}

/** The folder beside the data folder: what copies the one does not take the other along. */
function outside(dataDir: string): string {
  const folder = resolve(dataDir);
  return join(dirname(folder), `${basename(folder)}.keys`, 'master.key');
}

/** True where the data folder is a volume of its own: what lies beside it may be gone with the next start of a container. */
function isOwnVolume(dataDir: string): boolean {
  const folder = resolve(dataDir);
  return existsSync(folder) && statSync(folder).dev !== statSync(dirname(folder)).dev;
}

function writeFirstKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
}

/** A new key beside a database that an older one sealed would open nothing. */
function refuseIfSealed(dataDir: string, file: string): void {
  if (!existsSync(join(dataDir, 'postgres'))) return;
  throw new CommandError(
    ExitCode.notFound,
    'basics.master_key_missing',
    `The master key ${file} is missing, and what it sealed cannot be read without it: put it back from its safe place.`,
  );
}

function makeFirstKey(dataDir: string, inside: string): KeyPlace {
  refuseIfSealed(dataDir, outside(dataDir));
  if (!isOwnVolume(dataDir)) {
    try {
      const file = outside(dataDir);
      writeFirstKey(file);
      return { kind: 'file', file, insideData: false };
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (!['EACCES', 'EPERM', 'EROFS'].includes(code)) throw error;
    }
  }
  writeFirstKey(inside);
  return { kind: 'file', file: inside, insideData: true };
}

/** Where the keys of an installation lie; a new one gets its first key beside the data folder, not in it (docs/adr/0011). */
function placeOf(dataDir: string, sources: KeySources): KeyPlace {
  if (sources.FANGANG_KEY) return { kind: 'environment' };
  if (sources.FANGANG_KEY_FILE) {
    const file = resolve(sources.FANGANG_KEY_FILE);
    if (!existsSync(file)) {
      refuseIfSealed(dataDir, file);
      writeFirstKey(file);
    }
    return { kind: 'file', file, insideData: `${file}/`.startsWith(`${resolve(dataDir)}/`) };
  }
  const inside = join(resolve(dataDir), 'secrets', 'master.key');
  if (existsSync(inside)) return { kind: 'file', file: inside, insideData: true };
  const file = outside(dataDir);
  return existsSync(file) ? { kind: 'file', file, insideData: false } : makeFirstKey(dataDir, inside);
}

function readKeys(place: KeyPlace, sources: KeySources): RingKey[] {
  if (place.kind === 'environment') {
    const keys = (sources.FANGANG_KEY ?? '').split(',').map((text) => parseKey(text.trim(), 'FANGANG_KEY'));
    if (keys.length > MOST_KEYS) throw badKey('FANGANG_KEY');
    return keys;
  }
  const keys: RingKey[] = [];
  for (let no = 1; existsSync(keyFile(place.file, no)); no += 1)
    keys.push(readKeyFile(keyFile(place.file, no)));
  return keys;
}

/** The profile an installation was born with lies beside its keys; with keys from the environment it is said at each start. */
function profileName(place: KeyPlace, sources: KeySources, born: boolean): ProfileName {
  const said = sources.FANGANG_CRYPTO ?? '';
  if (said !== '' && said !== 'intl' && said !== 'guomi') {
    throw new CommandError(
      ExitCode.usage,
      'basics.no_such_profile',
      `FANGANG_CRYPTO is “${said}”: intl or guomi.`,
    );
  }
  if (place.kind === 'environment') return said || 'intl';
  const file = profileFile(place.file);
  if (born && said === 'guomi') writeFileSync(file, said, { mode: 0o600 });
  const kept = existsSync(file) ? (readFileSync(file, 'utf8').trim() as ProfileName) : 'intl';
  if (said === '' || said === kept) return kept;
  throw new CommandError(
    ExitCode.conflict,
    'basics.profile_differs',
    `This installation was born with the profile ${kept}: the profile is chosen once, FANGANG_CRYPTO cannot change it.`,
  );
}

/** Reads the ring; makes the first key of a new installation. */
export function openRing(dataDir: string, sources: KeySources): Ring {
  const inside = join(resolve(dataDir), 'secrets', 'master.key');
  const known = [inside, outside(dataDir), sources.FANGANG_KEY_FILE ?? ''].some(
    (it) => it !== '' && existsSync(it),
  );
  const place = placeOf(dataDir, sources);
  return {
    place,
    profile: PROFILES[profileName(place, sources, !known)],
    keys: readKeys(place, sources),
  };
}

/** The keys as they lie now: another process may have added one. */
export function rereadRing(ring: Ring, sources: KeySources): Ring {
  return { ...ring, keys: readKeys(ring.place, sources) };
}

/** Changes whenever a key was added or retired; 0 for keys that come with the process. */
export function ringVersion(place: KeyPlace): number {
  return place.kind === 'file' ? statSync(dirname(place.file)).mtimeMs : 0;
}

/** Adds a key to the ring's files; the number it has. Refused for keys from the environment: whoever set them adds one there. */
export function addKey(ring: Ring): number {
  const no = ring.keys.length + 1;
  if (ring.place.kind === 'environment') {
    throw new CommandError(
      ExitCode.usage,
      'basics.keys_from_environment',
      `The keys come from FANGANG_KEY: add a key to its end after a comma (openssl rand -hex 32), start every server anew with it, then rotate again.`,
    );
  }
  if (no > MOST_KEYS) throw new Error(`A ring holds at most ${MOST_KEYS} keys`);
  const file = keyFile(ring.place.file, no);
  const draft = `${file}.new`;
  writeFileSync(draft, randomBytes(KEY_BYTES), { mode: 0o600 });
  renameSync(draft, file);
  return no;
}

/** What stands in the place of a retired key: it opens nothing, and nothing that was sealed can be made of it. */
export function retiredText(ring: Ring, no: number): string {
  const key = ring.keys[no - 1];
  if (!key) throw new Error(`There is no key ${no}`);
  const lasting = 'lasting' in key ? key.lasting : undefined;
  const parts = LASTING_PURPOSES.map((purpose) =>
    lasting ? lasting[purpose] : ring.profile.derive((key as { master: Buffer }).master, purpose),
  );
  return RETIRED + parts.map((it) => it.toString('base64url')).join('.');
}

/** Puts what has to last in the place of a key's file. */
export function retireKeyFile(place: Extract<KeyPlace, { kind: 'file' }>, no: number, text: string): void {
  const file = keyFile(place.file, no);
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Takes keys, profile and anchor to another folder, outside of what backups copy. The old files are removed last. */
export function moveRing(place: Extract<KeyPlace, { kind: 'file' }>, target: string): string[] {
  const from = dirname(place.file);
  const stem = basename(place.file).replace(/\.[^.]+$/, '');
  const names = readdirSync(from).filter((it) => it.startsWith(`${stem}.`) || it.startsWith(`${stem}-`));
  const to = dirname(resolve(target));
  const targetStem = basename(target).replace(/\.[^.]+$/, '');
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const written = names.map((name) => {
    const ending = name.endsWith('.key')
      ? basename(target).slice(targetStem.length)
      : name.slice(name.lastIndexOf('.'));
    const number = name.slice(stem.length, name.lastIndexOf('.'));
    const file = join(to, `${targetStem}${number}${ending}`);
    writeFileSync(file, readFileSync(join(from, name)), { mode: 0o600, flag: 'wx' });
    return file;
  });
  for (const name of names) rmSync(join(from, name));
  return written;
}

import { isIP } from 'node:net';
import { CommandError, ExitCode } from './errors.ts';

function isAddress(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && +bits <= most));
}

/**
 * Reverse proxies in front of the product, by address or network (`127.0.0.1,10.0.0.0/8`): only what they say of the client's address and
 * of HTTPS is believed. None where nothing is set. Throws a `CommandError` for what is no address.
 */
export function proxiesSet(text = process.env.FANGANG_PROXIES ?? ''): readonly string[] {
  const all = text.split(',').map((it) => it.trim());
  const proxies = all.filter((it) => it !== '');
  const wrong = proxies.find((it) => !isAddress(it));
  if (wrong === undefined) return proxies;
  throw new CommandError(
    ExitCode.usage,
    'basics.bad_proxy',
    `“${wrong}” in FANGANG_PROXIES is no address: write 127.0.0.1 or 10.0.0.0/8, several with commas`,
  );
}

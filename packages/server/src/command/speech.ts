import type { Server, TlsOptions } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { proxiesSet } from '../platform/proxies.ts';
import type { Services } from '../platform/services.ts';
import { keepCertificate, plainBeyond, readTls, type TlsFiles, tlsSet } from '../platform/tls.ts';

/** How browsers are spoken with: own HTTPS, proxies that are believed, and what is to be said of plain HTTP. */
export interface Speech {
  readonly proxies: readonly string[];
  readonly tls?: { readonly files: TlsFiles; readonly options: TlsOptions };
  readonly httpsOnly: boolean;
  readonly warning: string | undefined;
}

/** Refused before anything starts: a certificate that is not right, a proxy that is none, plain HTTP where HTTPS is required. */
export function speechAsked(host: string): Speech {
  const proxies = proxiesSet();
  const settings = tlsSet();
  const warning = plainBeyond(settings, host, proxies);
  const { files, required } = settings;
  return { proxies, warning, httpsOnly: required, ...(files && { tls: { files, options: readTls(files) } }) };
}

/** Says what has to be said of plain HTTP and takes up renewed certificates, until what is returned is called. */
export function keepSpeech(app: FastifyInstance, { tls, warning }: Speech, services: Services): () => void {
  if (warning) services.log.warn({ code: 'basics.plain_http' }, warning);
  return tls ? keepCertificate(app.server as unknown as Server, tls.files, services) : () => undefined;
}

/** The address to open on this machine. */
export function urlOf(app: FastifyInstance, host: string, { tls }: Speech): string {
  const address = app.server.address();
  // The port really listened on: 0 asks the system for a free one.
  const port = typeof address === 'object' ? address?.port : undefined;
  const name = host === '0.0.0.0' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}

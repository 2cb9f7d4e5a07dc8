import type { FastifyRequest } from 'fastify';

/**
 * The address people open, without a slash at the end: `FANGANG_URL` where a proxy stands in front (it ends TLS, and the request no longer
 * tells), else what the request says. A forged Host header wins nothing: a passkey is bound to its host by the browser that made it, and a
 * provider sends people only to addresses it was told.
 */
export function publicOrigin(request: FastifyRequest): string {
  const said = process.env.FANGANG_URL ?? `${request.protocol}://${request.host}`;
  return URL.canParse(said) ? new URL(said).origin : `${request.protocol}://localhost`;
}

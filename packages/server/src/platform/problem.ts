import type { Refusal } from '@fangang/domain/basics/result.ts';
import type { FastifyReply } from 'fastify';

const STATUS: Readonly<Record<string, number>> = {
  'basics.bad_input': 400,
  'basics.bad_json': 400,
  'basics.bad_form': 400,
  'basics.bad_request': 400,
  'basics.not_signed_in': 401,
  'basics.not_allowed': 403,
  'basics.acting_ended': 403,
  'basics.https_only': 403,
  'basics.not_found': 404,
  'basics.wrong_method': 405,
  'basics.too_slow': 408,
  'basics.reply_cleared': 410,
  'basics.too_large': 413,
  'basics.wrong_type': 415,
  'basics.key_reused': 422,
  'basics.too_many': 429,
  'basics.file_missing': 400,
  'basics.file_too_big': 413,
  'basics.headers_too_large': 431,
  'basics.fault': 500,
  'basics.busy': 503,
};

export function statusOf(code: string): number {
  const isFile = /^basics[.](file|sheet)_/.test(code);
  return STATUS[code] ?? (isFile ? 422 : code.includes('.no_such') || code.endsWith('not_found') ? 404 : 409);
}

/**
 * A refusal as RFC 9457 problem details.
 *
 * Nothing in it depends on the request but the facts: two refusals of one kind are the same bytes, so that a foreign record cannot
 * be told from one that never existed. The request's number is in the header `x-request-id`.
 */
export interface Problem {
  readonly type: string;
  /** What the code says, in English; the words for people are the domain's. */
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly facts: NonNullable<Refusal['facts']>;
}

export function problemOf(refusal: Refusal): Problem {
  const { code, facts = {} } = refusal;
  const title = (code.split('.')[1] ?? code).replaceAll('_', ' ');
  return { type: `urn:fangang:problem:${code}`, title, status: statusOf(code), code, facts };
}

const JSON_TYPE = 'application/json; charset=utf-8';
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Sends JSON that is written already, with the content type its status asks for. */
export function sendJson(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply
    .code(status)
    .header('content-type', status >= 400 ? PROBLEM_TYPE : JSON_TYPE)
    .send(body);
}

export function refuseWith(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const problem = problemOf(refusal);
  const wait = refusal.facts?.afterS;
  if (wait !== undefined) reply.header('retry-after', String(wait));
  return sendJson(reply, problem.status, JSON.stringify(problem));
}

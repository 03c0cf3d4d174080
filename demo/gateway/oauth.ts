import {createHash, timingSafeEqual} from 'node:crypto';

import formbody from '@fastify/formbody';
import type {FastifyError, FastifyInstance, FastifyReply} from 'fastify';

import type {LoginThrottle} from './login-throttle.ts';
import {TOKEN_SECONDS, type Tokens} from './tokens.ts';

export interface Credentials {
  username: string;
  password: string;
}

const requestSchema = {
  type: 'object',
  required: ['grant_type'],
  properties: {
    grant_type: {type: 'string'},
    username: {type: 'string'},
    password: {type: 'string'},
  },
  if: {properties: {grant_type: {const: 'password'}}},
  then: {required: ['username', 'password']},
};

/** `POST /oauth/token`: exchanges username and password for a bearer token (RFC 6749 §4.3, errors §5.2). */
export function oauthRoutes(
  app: FastifyInstance,
  credentials: Credentials,
  tokens: Tokens,
  throttle: LoginThrottle,
): void {
  app.removeAllContentTypeParsers();
  app.register(formbody);
  app.setErrorHandler(refuseRequest);

  app.post<{Body: Credentials & {grant_type: string}}>(
    '/oauth/token',
    {schema: {body: requestSchema}},
    (request, reply) => {
      const {grant_type, username, password} = request.body;
      if (grant_type !== 'password') return reply.code(400).send({error: 'unsupported_grant_type'});
      const wait = throttle.secondsToWait(username);
      if (wait > 0) return reply.code(429).header('Retry-After', wait).send(TOO_MANY_REQUESTS);
      const known = [isSame(username, credentials.username), isSame(password, credentials.password)];
      if (known.includes(false)) {
        throttle.addFailure(username);
        return reply.code(401).send(INVALID_GRANT);
      }
      throttle.clear(username);
      return reply.send({access_token: tokens.issue(), token_type: 'Bearer', expires_in: TOKEN_SECONDS});
    },
  );
}

const INVALID_GRANT = {
  error: 'invalid_grant',
  error_description:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
};

/** RFC 6749 has no code for this; the status is that of RFC 6585 §4. */
const TOO_MANY_REQUESTS = {
  error: 'too_many_requests',
  error_description: 'Too many wrong passwords for this user name. Please try again later.',
};

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function refuseRequest(error: FastifyError, _request: unknown, reply: FastifyReply): FastifyReply {
  const {statusCode = 500} = error;
  if (statusCode >= 500) throw error;
  return reply.code(statusCode).send({error: 'invalid_request'});
}

import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';

import {refuseOtherHosts} from '../own-host.ts';
import {plainUrl} from '../plain-url.ts';
import {describeFault, type Log, logRequests} from '../request-log.ts';
import {VERSION_1, VERSION_3} from './endpoints.ts';
import {privateKeysOf} from './keys.ts';
import {createLedger} from './ledger.ts';
import {createLoginThrottle} from './login-throttle.ts';
import {type Credentials, oauthRoutes} from './oauth.ts';
import {createJweOpener, createOpener} from './open-envelope.ts';
import {pageRoutes} from './page/routes.ts';
import {createProfiles} from './profiles.ts';
import {type ErrorKey, inVersion3, refusal} from './replies.ts';
import type {Answer, Checked, Sandbox} from './sandbox.ts';
import {unfold} from './sealed-body.ts';
import {createSpent} from './spent.ts';
import {createSubmissions, type Merchants} from './submissions.ts';
import {createTokens, type Tokens} from './tokens.ts';

const BODY_LIMIT_BYTES = 64 * 1024;

export interface GatewayOptions extends Credentials {
  privateKeyPem: string;
  publicKeyPem: string;
  /** The key's `kid` in merchant records. The SHA-256 of the key is accepted as well. */
  keyId?: string;
  /** Merchants whose envelopes of the profile `jwe` are accepted; empty by default. */
  merchants?: Merchants;
  /** The address that it listens on, see {@link refuseOtherHosts}; 127.0.0.1 by default. */
  host?: string;
  log?: Log;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/**
 * The sandbox gateway: PayTrace's JSON API with its own key pair. It keeps tokens, customers and masked
 * transactions in memory, up to a limit. No error and no log line contains request data.
 */
export function createGateway(options: GatewayOptions): FastifyInstance {
  const {publicKeyPem, merchants = {}, log = () => {}, now = Date.now} = options;
  const tokens = createTokens(now);
  const throttle = createLoginThrottle(now);
  const ledger = createLedger(now);
  const sandbox: Sandbox = {
    open: createOpener(options.privateKeyPem),
    ledger,
    profiles: createProfiles(),
    spent: createSpent(ledger),
    now,
  };
  const submissions = createSubmissions(createJweOpener(privateKeysOf(options)), merchants, now);

  const app = fastify({bodyLimit: BODY_LIMIT_BYTES, rewriteUrl: plainUrl});
  app.removeAllContentTypeParsers();
  logRequests(app, 'gateway', log);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store'});
  });
  refuseOtherHosts(app, (reply) => refuse(reply, 421, 'host'), options.host);
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return refuse(reply, 404, 'path');
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply, log));

  pageRoutes(app, ledger);
  app.get('/v3/e2ee/public-key.pem', (_request, reply) =>
    reply.header('Content-Type', 'application/x-pem-file').send(publicKeyPem),
  );
  app.register((scope, _options, done) => {
    oauthRoutes(scope, options, tokens, throttle);
    done();
  });
  app.register((scope, _options, done) => {
    const parseJson = scope.getDefaultJsonParser('error', 'error');
    scope.addContentTypeParser('application/json', {parseAs: 'string'}, (request, text, parsed) => {
      if (text === '') parsed(null);
      else void parseJson(request, String(text), parsed);
    });
    scope.addHook('onRequest', async (request, reply) => requireToken(request, reply, tokens));
    for (const [path, call] of Object.entries(VERSION_1)) {
      refuseOtherMethods(scope, `/v1/${path}`);
      scope.post(`/v1/${path}`, (request, reply) => {
        const {body, open} = unfold(request.body, sandbox.open, submissions);
        return answer(reply, call(body, {...sandbox, open}), 400, (said) => said);
      });
    }
    for (const [path, call] of Object.entries(VERSION_3)) {
      refuseOtherMethods(scope, `/v3/${path}`);
      scope.post(`/v3/${path}`, ({body}, reply) => answer(reply, call(body, sandbox), 422, inVersion3));
    }
    done();
  });
  return app;
}

/** Sends 200 for an approval or a decline, and the status `refused` for a rejected request. */
function answer(
  reply: FastifyReply,
  outcome: Checked<Answer>,
  refused: number,
  phrase: (said: Answer) => Answer,
): FastifyReply {
  return 'errors' in outcome
    ? reply.code(refused).send(phrase(refusal(outcome.errors)))
    : reply.send(phrase(outcome.value));
}

function refuse(reply: FastifyReply, status: number, ...keys: ErrorKey[]): FastifyReply {
  return reply.code(status).send(refusal(keys));
}

/** Answers other methods with 405 (RFC 9110 §15.5.6), after the token check, before reading the body. */
function refuseOtherMethods(scope: FastifyInstance, url: string): void {
  const method = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  const onRequest = async (_request: FastifyRequest, reply: FastifyReply) =>
    refuse(reply.header('Allow', 'POST'), 405, 'method');
  scope.route({method, url, onRequest, handler: () => {}});
}

/** RFC 6750 §3.1. */
function requireToken(request: FastifyRequest, reply: FastifyReply, tokens: Tokens) {
  const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token !== undefined && tokens.accepts(token)) return;
  return reply.code(401).header('WWW-Authenticate', 'Bearer error="invalid_token"').send({
    error: 'invalid_token',
    error_description: 'The access token is missing, unknown or expired.',
  });
}

const STATUS_ERRORS: Readonly<Record<number, ErrorKey>> = {413: 'size', 415: 'content_type'};

function answerError(error: FastifyError, reply: FastifyReply, log: Log): FastifyReply {
  const {statusCode = 500} = error;
  if (statusCode < 500) return refuse(reply, statusCode, STATUS_ERRORS[statusCode] ?? 'request');
  log(`gateway ${describeFault(error)}`);
  return refuse(reply, 500, 'fault');
}

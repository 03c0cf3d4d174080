import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';

import {plainUrl} from '../plain-url.ts';
import {describeFault, type Log, logRequests} from '../request-log.ts';
import {createOpener} from './decrypt.ts';
import {type Credentials, oauthRoutes} from './oauth.ts';
import {type ErrorKey, refusal} from './replies.ts';
import {SALE_ERRORS, saleRoutes} from './sales.ts';
import {createTokens, type Tokens} from './tokens.ts';

const BODY_LIMIT = 64 * 1024;

/** Bodies are judged as they were sent, and every fault in one is told at once. */
const AS_SENT = {
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  allErrors: true,
  allowUnionTypes: true,
};

export interface GatewayOptions extends Credentials {
  privateKeyPem: string;
  publicKeyPem: string;
  log?: Log;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/**
 * The sandbox: PayTrace's JSON API as far as the demo needs it, with a key pair of its own. It keeps nothing
 * but its live tokens, and no answer and no log line repeats what a request said.
 */
export function createGateway(options: GatewayOptions): FastifyInstance {
  const {publicKeyPem, log = () => {}, now = Date.now} = options;
  const open = createOpener(options.privateKeyPem);
  const tokens = createTokens(now);
  let lastId = Math.floor(now() / 1000);
  const nextId = () => ++lastId;

  const app = fastify({
    bodyLimit: BODY_LIMIT,
    ajv: {customOptions: AS_SENT},
    rewriteUrl: plainUrl,
  });
  app.removeAllContentTypeParsers();
  logRequests(app, 'gateway', log);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store'});
    if (request.is404) return refuse(reply, 404, 'path');
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply, log));

  app.get('/v3/e2ee/public-key.pem', (_request, reply) =>
    reply.header('Content-Type', 'application/x-pem-file').send(publicKeyPem),
  );
  app.register((scope, _options, done) => {
    oauthRoutes(scope, options, tokens);
    done();
  });
  app.register(
    (scope, _options, done) => {
      scope.addContentTypeParser(
        'application/json',
        {parseAs: 'string'},
        scope.getDefaultJsonParser('error', 'error'),
      );
      scope.addHook('onRequest', async (request, reply) => requireToken(request, reply, tokens));
      saleRoutes(scope, {open, now, nextId});
      done();
    },
    {prefix: '/v1'},
  );
  return app;
}

function refuse(reply: FastifyReply, status: number, ...keys: ErrorKey[]): FastifyReply {
  return reply.code(status).send(refusal(keys));
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
  if (error.validation) {
    const keys = error.validation.map(({instancePath, params}) => {
      const missing = 'missingProperty' in params ? `/${String(params.missingProperty)}` : '';
      return errorAt(instancePath + missing);
    });
    return refuse(reply, 400, ...new Set(keys));
  }
  const {statusCode = 500} = error;
  if (statusCode < 500) return refuse(reply, statusCode, STATUS_ERRORS[statusCode] ?? 'request');
  log(`gateway ${describeFault(error)}`);
  return refuse(reply, 500, 'fault');
}

function errorAt(path: string): ErrorKey {
  const [, part = ''] = /^(\/[^/]*)/.exec(path) ?? [];
  return SALE_ERRORS[path] ?? SALE_ERRORS[part] ?? 'request';
}

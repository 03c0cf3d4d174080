import type {FastifyInstance, FastifyReply, FastifyRequest} from 'fastify';

/** Takes one line, without its end. */
export type Log = (line: string) => void;

/**
 * Logs one line for each request: method, route, status, milliseconds. The route is the one that the server
 * knows, never the address that was asked for, which can hold anything; no header and no body is logged.
 */
export function logRequests(app: FastifyInstance, server: string, log: Log): void {
  app.addHook('onResponse', (request, reply, done) => {
    log(describeRequest(server, request, reply));
    done();
  });
}

function describeRequest(server: string, request: FastifyRequest, reply: FastifyReply): string {
  const route = request.is404 ? '(no such path)' : request.routeOptions.url;
  return `${server} ${request.method} ${route} ${reply.statusCode} ${reply.elapsedTime.toFixed(0)} ms`;
}

/** Where one of our own faults happened. Its message is left out: it can quote what a shopper typed. */
export function describeFault({name, message, stack = ''}: Error): string {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  const [frame = ''] = /^ +at .*$/m.exec(frames) ?? [];
  return `fault ${name} ${frame.trim()}`;
}

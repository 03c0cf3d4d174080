import type {FastifyInstance, FastifyReply, FastifyRequest} from 'fastify';

/** Writes one line, which has no line break at its end. */
export type Log = (line: string) => void;

/**
 * Logs one line for each request: method, route, status, duration in ms. The route is the registered pattern,
 * never the requested URL, which can contain anything. Headers and bodies are not logged.
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

/** The name and place of an internal error. Its message is left out, because it can quote a field value. */
export function describeFault({name, message, stack = ''}: Error): string {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  const [frame = ''] = /^ +at .*$/m.exec(frames) ?? [];
  return `fault ${name} ${frame.trim()}`;
}

import {once} from 'node:events';
import type {RequestListener, Server, ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {Duplex, Transform} from 'node:stream';

/** What befalls a request; where `answer` is never called, the server's own answer does not go out. */
export type Fault = (response: ServerResponse, answer: () => void) => void;

/** A bad line. A packet that is lost comes one round trip later, and whatever was sent after it waits for it. */
export interface Line {
  /** Milliseconds. */
  roundTrip: number;
  /** Of each connection. */
  bytesPerSecond: number;
  /** Share of the packets that are lost, from 0 to 1. */
  lost: number;
  /** The same seed loses the same packets. */
  seed: number;
}

/** What the network does to one server, for any browser: it happens between the sockets and the server's app. */
export interface NetworkFaults {
  /** Lets a fault befall requests whose path begins with this; of several that fit, the one that was set last. */
  set: (path: string, fault: Fault) => void;
  /** Connections made from now on go over this line. */
  slow: (line: Line) => void;
  /** Nothing listens any more, and no connection lives. */
  down: () => Promise<void>;
  /** It listens again, at its old port. */
  up: () => Promise<void>;
  /** Ends all of it. */
  clear: () => Promise<void>;
}

export const reset: Fault = ({req}) => {
  req.socket.resetAndDestroy();
};

export const hang: Fault = () => undefined;

/** Another answer than the server's own. */
export const instead =
  (status: number, headers: Record<string, string>, body = ''): Fault =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };

export const notFound = instead(404, {'Content-Type': 'text/plain'}, 'Not found\n');

/** The answer comes once something else has happened. */
export const after =
  (moment: Promise<unknown>): Fault =>
  (_, answer) => {
    void moment.then(answer);
  };

/** The answer comes so many milliseconds late. */
export const late =
  (milliseconds: number): Fault =>
  (_, answer) => {
    setTimeout(answer, milliseconds);
  };

/** The answer comes with some headers changed, and without those that are undefined; names in lower case. */
export const withHeaders =
  (changes: Record<string, string | undefined>): Fault =>
  (response, answer) => {
    const write = response.writeHead.bind(response) as (status: number, headers: object) => ServerResponse;
    const change = (status: number, headers: object) =>
      write(
        status,
        Object.fromEntries(
          Object.entries({...headers, ...changes}).filter(([, value]) => value !== undefined),
        ),
      );
    response.writeHead = change as typeof response.writeHead;
    answer();
  };

/**
 * @param servers of one place, which listen.
 * @returns their faults, none at first, and a function that applies them to requests.
 */
export function createNetworkFaults(servers: readonly Server[]): {
  networkFaults: NetworkFaults;
  through: (listener: RequestListener) => RequestListener;
} {
  const faults = new Map<string, Fault>();
  const places = servers.map((server) => ({server, ...(server.address() as AddressInfo)}));
  let wire: (() => Transform) | undefined;
  for (const server of servers) lay(server, () => wire?.());

  const hangUp = () => {
    for (const server of servers) server.closeIdleConnections();
  };

  const networkFaults: NetworkFaults = {
    set(path, fault) {
      faults.delete(path);
      faults.set(path, fault);
    },
    slow(line) {
      const random = randomFrom(line.seed);
      wire = () => wireOf(line, random);
      hangUp();
    },
    async down() {
      const ends = places.map(({server}) => {
        const end = once(server, 'close');
        server.close().closeAllConnections();
        return end;
      });
      await Promise.all(ends);
    },
    async up() {
      const away = places.filter(({server}) => !server.listening);
      await Promise.all(
        away.map(({server, port, address}) => once(server.listen(port, address), 'listening')),
      );
    },
    clear() {
      faults.clear();
      wire = undefined;
      hangUp();
      return networkFaults.up();
    },
  };
  return {
    networkFaults,
    through: (listener) => (request, response) => {
      const fitting = [...faults].filter(([path]) => request.url?.startsWith(path));
      const answer = () => {
        listener(request, response);
      };
      const [, fault] = fitting.at(-1) ?? [];
      if (fault === undefined) answer();
      else fault(response, answer);
    },
  };
}

/** Lays a wire, where there is one to lay, between a server and each socket that it accepts. */
function lay(server: Server, wireNow: () => Transform | undefined): void {
  const take = server.listeners('connection') as ((this: Server, socket: Duplex) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const wire = wireNow();
    wire?.pipe(socket);
    const end = wire === undefined ? socket : Duplex.from({readable: socket, writable: wire});
    end.on('error', () => socket.destroy()); // the browser hung up
    for (const each of take) each.call(server, end);
  });
}

/** What a packet of TCP carries, in bytes. */
const PACKET = 1400;

/** Lets bytes out as slowly as they would arrive; the way of the request is counted to the way of the answer. */
function wireOf({roundTrip, bytesPerSecond, lost}: Line, random: () => number): Transform {
  let sent = 0;
  let arrived = 0;
  const queue: (() => void)[] = [];
  const next = () => queue.shift()?.();
  const arrive = (packet: () => void) => {
    queue.push(packet);
    setTimeout(next, arrived - Date.now());
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let at = 0; at < chunk.length; at += PACKET) {
        const packet = chunk.subarray(at, at + PACKET);
        sent = Math.max(sent, Date.now()) + (packet.length / bytesPerSecond) * 1000;
        arrived = Math.max(arrived, sent + (random() < lost ? 2 : 1) * roundTrip);
        arrive(() => this.push(packet));
      }
      setTimeout(done, sent - Date.now());
    },
    flush: arrive,
  });
}

/** Numbers from 0 to 1 that any run finds again: a linear congruence, of which the upper bits are used. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

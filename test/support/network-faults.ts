import {once} from 'node:events';
import type {RequestListener, Server, ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {Duplex, Transform} from 'node:stream';

/** What happens to a request. `answer` sends the server's own response; without a call it is never sent. */
export type Fault = (response: ServerResponse, answer: () => void) => void;

/** A slow connection. A lost packet arrives one round trip late and delays everything that was sent after it. */
export interface Line {
  /** In ms. */
  roundTrip: number;
  /** Per connection. */
  bytesPerSecond: number;
  /** Share of lost packets, from 0 to 1. */
  lost: number;
  /** The same seed loses the same packets. */
  seed: number;
}

/** Network faults of one server, in any browser. They are applied between the sockets and the server's app. */
export interface NetworkFaults {
  /** Applies a fault to requests whose path starts with `path`. If several match, the one that was set last wins. */
  set: (path: string, fault: Fault) => void;
  /** Connections that are opened from now on use this line. */
  slow: (line: Line) => void;
  /** Stops listening, and closes all connections. */
  down: () => Promise<void>;
  /** Listens again, at the same port. */
  up: () => Promise<void>;
  /** Removes all faults. */
  clear: () => Promise<void>;
}

export const reset: Fault = ({req}) => {
  req.socket.resetAndDestroy();
};

export const hang: Fault = () => undefined;

/** Sends this response instead of the server's own. */
export const instead =
  (status: number, headers: Record<string, string>, body = ''): Fault =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };

export const notFound = instead(404, {'Content-Type': 'text/plain'}, 'Not found\n');

/** Delays the response until the promise is fulfilled. */
export const after =
  (moment: Promise<unknown>): Fault =>
  (_, answer) => {
    void moment.then(answer);
  };

/** Delays the response. */
export const late =
  (milliseconds: number): Fault =>
  (_, answer) => {
    setTimeout(answer, milliseconds);
  };

/** Changes headers of the response, and removes those that are undefined. Names are in lower case. */
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
 * Creates the network faults of some servers.
 *
 * @param servers listen, all at one port.
 * @returns their faults, none at first, and a function that applies them to the requests of a listener.
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

/** Inserts the current wire, if there is one, between a server and each socket that it accepts. */
function lay(server: Server, wireNow: () => Transform | undefined): void {
  const take = server.listeners('connection') as ((this: Server, socket: Duplex) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const wire = wireNow();
    wire?.pipe(socket);
    const end = wire === undefined ? socket : Duplex.from({readable: socket, writable: wire});
    end.on('error', () => socket.destroy()); // the browser closed the connection
    for (const each of take) each.call(server, end);
  });
}

/** Payload of a TCP packet. */
const PACKET_BYTES = 1400;

/** Delays bytes as the line would. The whole round trip is added to the response. */
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
      for (let at = 0; at < chunk.length; at += PACKET_BYTES) {
        const packet = chunk.subarray(at, at + PACKET_BYTES);
        sent = Math.max(sent, Date.now()) + (packet.length / bytesPerSecond) * 1000;
        arrived = Math.max(arrived, sent + (random() < lost ? 2 : 1) * roundTrip);
        arrive(() => this.push(packet));
      }
      setTimeout(done, sent - Date.now());
    },
    flush: arrive,
  });
}

/** Reproducible numbers from 0 to 1: a linear congruential generator, scaled so that the upper bits count most. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

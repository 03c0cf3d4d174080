import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {FRAME_EVENTS, type FrameEvents} from '../../../widget/protocol/messages.ts';
import {type Handlers, receive, sender} from '../../../widget/protocol/port.ts';

/** Records every event that the handlers of a port receive. */
function listen(port: MessagePort, onEvent: () => void = () => undefined) {
  const received: [string, unknown][] = [];
  const record = (event: string) => (payload: unknown) => {
    received.push([event, payload]);
    onEvent();
  };
  const handlers = Object.fromEntries(Object.keys(FRAME_EVENTS).map((event) => [event, record(event)]));
  receive(port, FRAME_EVENTS, handlers as unknown as Handlers<FrameEvents>);
  return received;
}

/** A receiving port without a sender: `deliver` calls its listener synchronously. */
function makeReceiver() {
  const port = {onmessage: null} as unknown as MessagePort;
  const received = listen(port);
  const deliver = (data: unknown) => {
    port.onmessage?.({data} as MessageEvent);
  };
  return {received, deliver};
}

const BYE = {event: 'bye', payload: {}};

describe('port', () => {
  it('calls the handler of each event', async () => {
    const {port1, port2} = new MessageChannel();
    const send = sender<FrameEvents>(port2);
    await new Promise<void>((resolve) => {
      const received = listen(port1, () => {
        if (received.length < 2) return;
        assert.deepEqual(received, [
          ['height', {height: 12}],
          ['bye', {}],
        ]);
        resolve();
      });
      send('height', {height: 12});
      send('bye', {});
    });
    port1.close();
  });

  it('silently drops messages that it cannot parse', () => {
    const {received, deliver} = makeReceiver();
    for (const data of [
      ...[null, 'x', 1, [], {}],
      ...[{event: 'height'}, {event: 'height', payload: {height: 'tall'}}, {event: 'no'}],
      ...['constructor', '__proto__', 'valueOf'].map((event) => ({event, payload: {}})),
    ])
      deliver(data);
    assert.deepEqual(received, []);
    deliver(BYE);
    assert.deepEqual(received, [['bye', {}]]);
  });

  it('drops messages after 200 in one second, and accepts messages again in the next second', (context) => {
    let now = 5000;
    context.mock.method(performance, 'now', () => now);
    const {received, deliver} = makeReceiver();
    for (let count = 0; count < 5000; count += 1) deliver(BYE);
    assert.equal(received.length, 200);
    now = 5999;
    deliver(BYE);
    assert.equal(received.length, 200);
    now = 6000;
    deliver(BYE);
    assert.equal(received.length, 201);
  });
});

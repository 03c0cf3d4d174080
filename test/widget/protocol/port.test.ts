import {expect} from '@open-wc/testing';
import {FRAME_EVENTS, type FrameEvents} from '../../../widget/protocol/frame-events.ts';
import {type Handlers, receive, sender} from '../../../widget/protocol/port.ts';

describe('port', () => {
  let channel: MessageChannel;
  let heard: [string, unknown][];
  const hear = (event: string) => (payload: unknown) => heard.push([event, payload]);
  const handlers = Object.fromEntries(
    Object.keys(FRAME_EVENTS).map((event) => [event, hear(event)]),
  ) as unknown as Handlers<FrameEvents>;

  beforeEach(() => {
    heard = [];
    channel = new MessageChannel();
    receive(channel.port1, FRAME_EVENTS, handlers);
  });

  afterEach(() => {
    channel.port1.close();
  });

  /** Resolves once all that was posted before has been heard: messages of one port keep their order. */
  const drained = () =>
    new Promise<void>((resolve) => {
      const {port1, port2} = new MessageChannel();
      port1.onmessage = () => {
        setTimeout(resolve);
      };
      setTimeout(() => {
        port2.postMessage(0);
      }, 20);
    });

  it('hands each event to its handler', async () => {
    const say = sender<FrameEvents>(channel.port2);
    say('height', {height: 12});
    say('bye', {});
    await drained();
    expect(heard).to.deep.equal([
      ['height', {height: 12}],
      ['bye', {}],
    ]);
  });

  it('drops what does not parse without a word', async () => {
    const noise = [
      null,
      'x',
      1,
      [],
      {},
      {event: 'height'},
      {event: 'height', payload: {height: 'tall'}},
      {event: 'no'},
    ];
    for (const each of [
      ...noise,
      {event: 'constructor', payload: {}},
      {event: '__proto__', payload: {}},
      {event: 'valueOf', payload: {}},
    ])
      channel.port2.postMessage(each);
    await drained();
    expect(heard).to.deep.equal([]);
  });

  it('drops what comes faster than 200 in a second, and hears again in the next', async () => {
    while (performance.now() % 1000 > 400) await new Promise(requestAnimationFrame);
    for (let count = 0; count < 5000; count += 1) channel.port2.postMessage({event: 'bye', payload: {}});
    await drained();
    expect(heard.length).to.be.within(200, 400); // two seconds, if the flood ran over the border
    const before = heard.length;
    const second = Math.floor(performance.now() / 1000);
    while (Math.floor(performance.now() / 1000) <= second) await new Promise(requestAnimationFrame);
    channel.port2.postMessage({event: 'bye', payload: {}});
    await drained();
    expect(heard.length).to.equal(before + 1);
  });
});

import {expect} from '@open-wc/testing';
import {startLoadTimeout} from '../../../host-sdk/frame/load-timeout.ts';
import {holdSeconds} from './held-seconds.ts';
import {settled} from './turns.ts';

const URL_OF_FRAME = new URL('https://pay.example/v1/m/demo/');

describe('startLoadTimeout', () => {
  let clock: ReturnType<typeof holdSeconds>;
  let iframe: HTMLIFrameElement;
  let requested: string[];
  /** How the widget host answers a request. */
  let answer: (url: string) => Promise<Response>;
  let failures: string[];
  let isConnected: boolean;
  let lifetime: AbortController;
  const fetch = window.fetch.bind(window);

  beforeEach(() => {
    clock = holdSeconds();
    requested = [];
    failures = [];
    isConnected = false;
    lifetime = new AbortController();
    window.fetch = (url) => {
      requested.push((url as URL).href);
      return answer((url as URL).href);
    };
    iframe = document.createElement('iframe');
    startLoadTimeout(
      {
        iframe,
        url: URL_OF_FRAME,
        name: 'cardNumber of https://pay.example',
        isConnected: () => isConnected,
        onSlow: () => undefined,
        onFailure: ({code}) => failures.push(code),
      },
      lifetime.signal,
    );
  });

  afterEach(() => {
    lifetime.abort();
    clock.restore();
    window.fetch = fetch;
  });

  const unreachable = () => Promise.reject(new TypeError('Failed to fetch'));

  /** Fires `load`, as for any document, and passes five seconds without a handshake. */
  async function loadSilently(): Promise<void> {
    iframe.dispatchEvent(new Event('load'));
    for (let second = 0; second < 5; second += 1) clock.pass();
    await settled();
  }

  function violate(directive: string, blockedURI: string, disposition: 'enforce' | 'report' = 'enforce') {
    document.dispatchEvent(
      new SecurityPolicyViolationEvent('securitypolicyviolation', {
        blockedURI,
        effectiveDirective: directive,
        violatedDirective: directive,
        disposition,
        documentURI: location.href,
        originalPolicy: '',
        statusCode: 200,
      }),
    );
  }

  it('reports frame-refused if the host answers', async () => {
    answer = () => Promise.resolve(new Response());
    await loadSilently();
    expect([failures, requested]).to.deep.equal([['frame-refused'], [URL_OF_FRAME.href]]);
  });

  it('reports frame-refused if only the host’s script can be requested', async () => {
    answer = (url) =>
      url.endsWith('/v1/sealed-fields.js') ? Promise.resolve(new Response()) : unreachable();
    await loadSilently();
    expect(failures).to.deep.equal(['frame-refused']);
  });

  it('reports frame-unreachable if the host answers neither request', async () => {
    answer = unreachable;
    await loadSilently();
    expect(failures).to.deep.equal(['frame-unreachable']);
  });

  it('reports frame-timeout if the page’s policy forbids the requests', async () => {
    answer = (url) => {
      violate('connect-src', url);
      return unreachable();
    };
    await loadSilently();
    expect(failures).to.deep.equal(['frame-timeout']);
  });

  it('sends no request and reports nothing once the handshake is complete', async () => {
    answer = unreachable;
    isConnected = true;
    await loadSilently();
    expect([failures, requested]).to.deep.equal([[], []]);
  });

  it('reports frame-blocked at once if the page’s policy blocks the frame, but not for other violations', () => {
    for (const [directive, uri, disposition] of [
      ['frame-src', 'https://other.example', 'enforce'],
      ['img-src', URL_OF_FRAME.origin, 'enforce'],
      ['frame-src', URL_OF_FRAME.origin, 'report'],
    ] as const)
      violate(directive, uri, disposition);
    expect(failures).to.deep.equal([]);
    violate('frame-src', URL_OF_FRAME.origin);
    expect(failures).to.deep.equal(['frame-blocked']);
  });
});

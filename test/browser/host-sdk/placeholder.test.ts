import {expect, fixture, html} from '@open-wc/testing';
import {initFrame, setColorScheme, setFocusable, setHeight} from '../../../host-sdk/frame/iframe.ts';
import {createPlaceholder, type Placeholder, type View} from '../../../host-sdk/frame/placeholder.ts';
import {TEXTS} from '../../../host-sdk/texts.ts';

describe('placeholder', () => {
  let host: HTMLElement;
  let root: ShadowRoot;
  let show: (view: View) => void;
  let setFields: Placeholder['setFields'];
  let applyTheme: Placeholder['applyTheme'];
  let retries: number;
  const part = (name: string) => root.querySelector<HTMLElement>(`[part=${name}]`);

  beforeEach(async () => {
    retries = 0;
    host = await fixture<HTMLElement>(html`<section></section>`);
    root = host.attachShadow({mode: 'open'});
    const placeholder = createPlaceholder(
      root,
      () => TEXTS.en,
      () => (retries += 1),
    );
    ({show, setFields, applyTheme} = placeholder);
    applyTheme({});
  });

  it('shows a skeleton, hidden from screen readers, until the frame is shown', () => {
    show('loading');
    expect(part('skeleton')?.hidden).to.equal(false);
    expect(part('skeleton')?.getAttribute('aria-hidden')).to.equal('true');
    show('frame');
    expect(part('skeleton')?.hidden).to.equal(true);
    expect(getComputedStyle(part('skeleton') as HTMLElement).display).to.equal('none');
  });

  it('announces that loading is slow', () => {
    show('slow');
    expect(part('line')?.getAttribute('role')).to.equal('status');
    expect(part('line')?.textContent).to.contain('still loading');
    show('frame');
    expect(part('line')?.textContent).to.equal('');
  });

  it('changes its language when the texts change', () => {
    let texts = TEXTS.he;
    const placeholder = createPlaceholder(
      root,
      () => texts,
      () => undefined,
    );
    expect(placeholder.localize()).to.equal(false); // no view is shown yet
    placeholder.show('failed');
    expect(root.textContent).to.contain(TEXTS.he.failed).and.to.contain(TEXTS.he.retry);
    expect(placeholder.localize()).to.equal(false);
    texts = TEXTS.de;
    expect(placeholder.localize()).to.equal(true);
    expect(root.textContent).to.contain(TEXTS.de.failed).and.to.contain(TEXTS.de.retry);
    expect(placeholder.view()).to.equal('failed');
  });

  it('makes the frame a tab stop or not with setFocusable()', () => {
    const frame = document.createElement('iframe');
    setFocusable(frame, false);
    expect(frame.tabIndex).to.equal(-1);
    setFocusable(frame, true);
    expect(frame.getAttribute('tabindex')).to.equal('0');
  });

  it('alerts of a failure, with a retry button that does not submit the form', () => {
    show('loading');
    expect(root.querySelectorAll('button').length).to.equal(0); // scripts that search for buttons must find the page's own
    show('failed');
    expect(part('failure')?.getAttribute('role')).to.equal('alert');
    expect(part('failure')?.hidden).to.equal(false);
    const button = part('retry') as HTMLButtonElement;
    expect(button.type).to.equal('button');
    button.click();
    expect(retries).to.equal(1);
    show('loading');
    expect(part('failure')?.hidden).to.equal(true);
    expect(part('message')?.textContent).to.equal('');
  });

  it('keeps a hidden retry button in the tree, without the focus, since a validation bubble may point at it', () => {
    show('failed');
    const button = part('retry') as HTMLButtonElement;
    button.focus();
    for (const view of ['failed', 'loading', 'frame', 'failed'] as const) {
      show(view);
      expect(root.querySelector('button') === button).to.equal(true);
      expect(button.checkVisibility()).to.equal(view === 'failed');
    }
    expect(root.activeElement === null).to.equal(true);
  });

  it('is accessible in the failure view', async () => {
    show('failed');
    await expect(host).to.be.accessible();
  });

  it('slots the frame, which is a light-DOM child', () => {
    const frame = document.createElement('iframe');
    initFrame(frame, 'light', 'Felder');
    host.append(frame);
    expect(frame.assignedSlot?.name).to.equal('frame');
  });

  it('contains a frame with title, referrer policy, color scheme and height', () => {
    const frame = document.createElement('iframe');
    frame.name = '';
    initFrame(frame, 'dark', 'Felder');
    expect(frame.title).to.equal('Felder');
    expect(frame.getAttribute('referrerpolicy')).to.equal('strict-origin');
    expect(frame.hasAttribute('name')).to.equal(false);
    expect(frame.style.colorScheme).to.equal('dark');
    setColorScheme(frame, 'light');
    setHeight(frame, 321);
    expect([frame.style.colorScheme, frame.style.blockSize]).to.deep.equal(['light', '321px']);
  });

  describe('with a theme', () => {
    const THEME = {
      colorText: '#123456',
      colorError: '#ff0000',
      fontSize: '24px',
      height: '60px',
      radius: '3px',
    };
    const style = (selector: string) => getComputedStyle(root.querySelector(selector) as Element);

    it('reserves the height of the fields, with and without labels', () => {
      show('loading');
      setFields(['cardNumber', 'expiry', 'securityCode'], 'stacked');
      const place = () => root.firstElementChild?.getBoundingClientRect().height;
      for (const [theme, height] of [
        [{}, 4 + 2 * (22 + 44 + 24)],
        [{labels: 'hidden'}, 4 + 2 * (44 + 24)],
        [THEME, 4 + 2 * (31 + 60 + 33)],
        [{fontSize: '12px', lineHeight: '1', height: '32px'}, 4 + 2 * (14 + 32 + 18)],
      ] as const) {
        applyTheme(theme);
        expect(place()).to.equal(height);
        show('failed');
        expect(place()).to.equal(height);
        show('loading');
      }
      applyTheme(THEME);
      expect(style('i').borderRadius).to.equal('3px');
    });

    it('uses the --sealed-fields properties, or else the theme, or else the page’s colors', () => {
      host.style.color = 'rgb(1, 2, 3)';
      setFields(['cardNumber'], 'stacked');
      show('failed');
      applyTheme({});
      const colors = () => ['.skeleton', '[part=message]', '[part=retry]'].map((each) => style(each).color);
      expect(colors()).to.deep.equal(Array(3).fill('rgb(1, 2, 3)'));
      applyTheme(THEME);
      expect(colors()).to.deep.equal(['rgb(18, 52, 86)', 'rgb(255, 0, 0)', 'rgb(18, 52, 86)']);
      for (const [name, value] of Object.entries({
        'color-text': 'rgb(4, 5, 6)',
        'color-error': 'rgb(7, 8, 9)',
        radius: '1px',
        'font-family': 'monospace',
      }))
        host.style.setProperty(`--sealed-fields-${name}`, value);
      expect(colors()).to.deep.equal(['rgb(4, 5, 6)', 'rgb(7, 8, 9)', 'rgb(4, 5, 6)']);
      expect([style('[part=retry]').borderRadius, style('.failure').fontFamily]).to.deep.equal([
        '1px',
        'monospace',
      ]);
    });

    it('ignores custom properties of the page with names that the theme uses internally', () => {
      for (const name of ['height', 'label-height', 'problem-height', 'gap'])
        host.style.setProperty(`--${name}`, '7px');
      setFields(['cardNumber'], 'stacked');
      expect(root.firstElementChild?.getBoundingClientRect().height).to.equal(94);
    });
  });
});

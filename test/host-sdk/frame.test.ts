import {expect, fixture, html} from '@open-wc/testing';
import {buildShell, dressFrame, setColorScheme, setHeight, type Shell} from '../../host-sdk/frame.ts';

describe('frame', () => {
  let host: HTMLElement;
  let root: ShadowRoot;
  let shell: Shell;
  let retries: number;
  const part = (name: string) => root.querySelector<HTMLElement>(`[part=${name}]`);

  beforeEach(async () => {
    retries = 0;
    host = await fixture<HTMLElement>(html`<section></section>`);
    root = host.attachShadow({mode: 'open'});
    shell = buildShell(root, () => (retries += 1));
  });

  it('shows a skeleton that screen readers pass over, until the frame is there', () => {
    shell.showLoading();
    expect(part('skeleton')?.hidden).to.equal(false);
    expect(part('skeleton')?.getAttribute('aria-hidden')).to.equal('true');
    shell.showFrame();
    expect(part('skeleton')?.hidden).to.equal(true);
    expect(getComputedStyle(part('skeleton') as HTMLElement).display).to.equal('none');
  });

  it('says that it is slow in a region that is announced', () => {
    shell.showSlow();
    expect(part('slow')?.getAttribute('role')).to.equal('status');
    expect(part('slow')?.textContent).to.contain('still loading');
    shell.showFrame();
    expect(part('slow')?.textContent).to.equal('');
  });

  it('alerts of a failure, with a button that tries again and submits no form', () => {
    shell.showFailure();
    expect(part('failure')?.getAttribute('role')).to.equal('alert');
    expect(part('failure')?.hidden).to.equal(false);
    const button = part('retry') as HTMLButtonElement;
    expect(button.type).to.equal('button');
    button.click();
    expect(retries).to.equal(1);
    shell.showLoading();
    expect(part('failure')?.hidden).to.equal(true);
    expect(part('retry')).to.equal(null);
  });

  it('is accessible when it has failed', async () => {
    shell.showFailure();
    await expect(host).to.be.accessible();
  });

  it('slots the frame, which stands in the light', () => {
    const frame = document.createElement('iframe');
    dressFrame(frame, 'light');
    host.append(frame);
    expect(frame.assignedSlot?.name).to.equal('frame');
  });

  it('dresses a frame with title, policy, one color scheme and a height', () => {
    const frame = document.createElement('iframe');
    frame.name = '';
    dressFrame(frame, 'dark');
    expect(frame.title).to.equal('Secure payment fields');
    expect(frame.getAttribute('referrerpolicy')).to.equal('strict-origin');
    expect(frame.hasAttribute('name')).to.equal(false);
    expect(frame.style.colorScheme).to.equal('dark');
    expect(parseFloat(frame.style.blockSize)).to.be.greaterThan(100);
    setColorScheme(frame, 'light');
    setHeight(frame, 321);
    expect([frame.style.colorScheme, frame.style.blockSize]).to.deep.equal(['light', '321px']);
  });
});

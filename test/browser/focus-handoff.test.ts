import {expect} from '@open-wc/testing';
import type {PaymentForm} from '../../widget/components/payment-form.ts';
import {handleFocus} from '../../widget/focus-handoff.ts';
import type {FieldName} from '../../widget/protocol/names.ts';

describe('handleFocus', () => {
  let focused: (FieldName | undefined)[];
  let request: ReturnType<typeof handleFocus>;
  const handled = () => new Promise((resolve) => setTimeout(resolve));
  const dispatch = (event: Event) => window.dispatchEvent(event);

  beforeEach(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    const own: (FieldName | undefined)[] = []; // listeners of earlier tests remain, but write to their own lists
    focused = own;
    const view = {focusField: (name?: FieldName) => own.push(name)} as unknown as PaymentForm;
    request = handleFocus(view);
    dispatch(new FocusEvent('blur'));
  });

  it('focuses the requested field, at once and when the frame gets the focus', async () => {
    request({field: 'expiry'});
    dispatch(new FocusEvent('focus'));
    await handled();
    expect(focused).to.deep.equal(['expiry', 'expiry']);
  });

  it('focuses the first invalid field when the frame gets the focus without a request', async () => {
    dispatch(new FocusEvent('focus'));
    await handled();
    expect(focused).to.deep.equal([undefined]);
  });

  it('does not move a caret that the user or the browser has placed', async () => {
    const input = document.createElement('input');
    document.body.append(input);
    dispatch(new FocusEvent('focus'));
    input.focus();
    await handled();
    input.remove();
    expect(focused).to.deep.equal([]);
  });

  it('does not move the caret after a click in the frame', async () => {
    dispatch(new PointerEvent('pointerdown'));
    dispatch(new FocusEvent('focus'));
    await handled();
    expect(focused).to.deep.equal([]);
  });

  it('focuses the requested field on the first key in a frame that scripts cannot focus', () => {
    request({field: 'expiry'});
    dispatch(new KeyboardEvent('keydown', {key: '4'}));
    dispatch(new KeyboardEvent('keydown', {key: 'Tab'}));
    expect(focused).to.deep.equal(['expiry', 'expiry']);
  });
});

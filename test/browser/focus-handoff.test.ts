import {expect} from '@open-wc/testing';
import type {PaymentForm} from '../../widget/components/payment-form.ts';
import {handleFocus} from '../../widget/focus-handoff.ts';
import type {FieldName} from '../../widget/protocol/names.ts';

describe('focus handoff', () => {
  let focused: (FieldName | undefined)[];
  let request: ReturnType<typeof handleFocus>;
  const handled = () => new Promise((resolve) => setTimeout(resolve));
  const dispatch = (event: Event) => window.dispatchEvent(event);

  beforeEach(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    const own: (FieldName | undefined)[] = []; // the listeners of earlier tests stay, and have lists of their own
    focused = own;
    const view = {focusField: (name?: FieldName) => own.push(name)} as unknown as PaymentForm;
    request = handleFocus(view);
    dispatch(new FocusEvent('blur'));
  });

  it('moves to the requested field, at once and when the frame gets the focus', async () => {
    request({field: 'expiry'});
    dispatch(new FocusEvent('focus'));
    await handled();
    expect(focused).to.deep.equal(['expiry', 'expiry']);
  });

  it('moves to the first invalid field when the frame gets the focus without a request', async () => {
    dispatch(new FocusEvent('focus'));
    await handled();
    expect(focused).to.deep.equal([undefined]);
  });

  it('leaves the caret where the user or the browser has put it', async () => {
    const input = document.createElement('input');
    document.body.append(input);
    dispatch(new FocusEvent('focus'));
    input.focus();
    await handled();
    input.remove();
    expect(focused).to.deep.equal([]);
  });

  it('does not move after a click in the frame', async () => {
    dispatch(new PointerEvent('pointerdown'));
    dispatch(new FocusEvent('focus'));
    await handled();
    expect(focused).to.deep.equal([]);
  });

  it('moves to the requested field with the first key in a frame that no script may focus', () => {
    request({field: 'expiry'});
    dispatch(new KeyboardEvent('keydown', {key: '4'}));
    dispatch(new KeyboardEvent('keydown', {key: 'Tab'}));
    expect(focused).to.deep.equal(['expiry', 'expiry']);
  });
});

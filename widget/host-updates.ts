import type {PaymentForm} from './components/payment-form.ts';
import {summary} from './form/state.ts';
import type {FrameEvents} from './protocol/messages.ts';
import {HEIGHT_LIMIT} from './protocol/names.ts';
import type {Send} from './protocol/port.ts';

/** Tells the host a state that is another one than it knows, in the task that made it so. */
export function changes(say: Send<FrameEvents>): (form: PaymentForm, anew?: boolean) => void {
  let told = '';
  return (form, anew = false) => {
    const state = {...summary(form.state), message: form.message};
    const text = JSON.stringify(state);
    if (text === told && !anew) return;
    told = text;
    say('change', state);
  };
}

/**
 * Tells the host a height that is another one than it knows, in whole pixels: the last is not cut off. A frame that is
 * not in sight has none to tell.
 */
export function heights(say: Send<FrameEvents>): (form: PaymentForm, anew?: boolean) => void {
  let told = -1;
  return (form, anew = false) => {
    const height = Math.min(HEIGHT_LIMIT, Math.ceil(form.getBoundingClientRect().height));
    if (window.innerWidth === 0 || (height === told && !anew)) return;
    told = height;
    say('height', {height});
  };
}

/**
 * Tells the host what the frame is called, where that is another name than it knows, or one in another language: the
 * host has given it one of its own meanwhile.
 */
export function titles(say: Send<FrameEvents>): (form: PaymentForm, anew?: boolean) => void {
  let told = '';
  return (form, anew = false) => {
    const title = form.frameTitle;
    const known = `${document.documentElement.lang} ${title}`;
    if (known === told && !anew) return;
    told = known;
    document.title = title;
    say('title', {title});
  };
}

import {parseRecord} from './merchant-record.ts';
import {PaymentFrame} from './payment-frame.ts';
import {parseFrameParams} from './protocol/frame-params.ts';

/** Starts the frame, or shows a line of text if the page around it may not embed it. */
function boot(): void {
  try {
    const record = parseRecord(JSON.parse(document.getElementById('record')?.textContent ?? ''));
    const params = parseFrameParams(location.hash.slice(1));
    if (isAllowed(record.origins)) {
      new PaymentFrame(record, params);
      return;
    }
  } catch {
    // The host reports the failure: the handshake times out.
  }
  document.body.textContent = 'These payment fields work inside the page of a shop.';
}

/**
 * Whether this document is in a frame, and every ancestor that the browser lists has one of the record's origins.
 *
 * @seam ancestors
 */
function isAllowed(origins: readonly string[]): boolean {
  const {ancestorOrigins} = location as {ancestorOrigins?: DOMStringList};
  return (
    window.parent !== window && Array.from(ancestorOrigins ?? []).every((origin) => origins.includes(origin))
  );
}

boot();

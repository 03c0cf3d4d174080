import type {Servers} from '../../../support/servers.ts';
import {instead} from '../../../support/network-faults.ts';

/** Headers of the transfer itself. */
const TRANSFER = ['connection', 'content-length', 'date', 'etag', 'keep-alive', 'transfer-encoding'];

/** Serves the file at `path` of the widget host with a changed text, until the servers are reset. */
export async function serveChanged(
  {widget, networkFaults}: Servers,
  path: string,
  change: (text: string) => string,
): Promise<void> {
  const reply = await fetch(widget + path);
  const headers = [...reply.headers].filter(([name]) => !TRANSFER.includes(name));
  networkFaults.set(path, instead(200, Object.fromEntries(headers), change(await reply.text())));
}

/**
 * Serves the frame document of `merchant` with other entries in its record, bypassing publication, which would reject
 * some of them.
 */
export async function stampRecord(servers: Servers, entries: object, merchant = 'demo'): Promise<void> {
  await serveChanged(servers, `/v1/m/${merchant}/`, (html) => withRecord(html, entries));
}

/** The frame document with other entries in its record. */
export function withRecord(html: string, entries: object): string {
  return html.replace(
    /(id="record">)(.*?)(<\/script>)/s,
    (_, before: string, json: string, after: string) => {
      const record = {...(JSON.parse(json) as object), ...entries};
      return before + JSON.stringify(record).replaceAll('<', '\\u003c') + after;
    },
  );
}

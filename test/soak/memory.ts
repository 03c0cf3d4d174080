import type {CDPSession, Frame} from 'puppeteer-core';

/** What one process of Chromium's holds. */
export interface Memory {
  /** Bytes of its JavaScript heap. */
  heap: number;
  documents: number;
  nodes: number;
  listeners: number;
}

/** A frame of another site runs in a process of its own, which has a session of its own. Chromium alone has them. */
export function sessionOf(frame: Frame): CDPSession {
  return (frame as unknown as {client: CDPSession}).client;
}

/** What the process holds after its garbage was collected. */
export async function memoryOf(session: CDPSession): Promise<Memory> {
  for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage');
  const {usedSize} = await session.send('Runtime.getHeapUsage');
  const {documents, nodes, jsEventListeners} = await session.send('Memory.getDOMCounters');
  return {heap: usedSize, documents, nodes, listeners: jsEventListeners};
}

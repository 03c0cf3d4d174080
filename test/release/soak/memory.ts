import type {CDPSession} from 'puppeteer-core';

/** What one process of Chromium keeps. */
export interface Memory {
  /** Bytes of its JavaScript heap. */
  heap: number;
  documents: number;
  nodes: number;
  listeners: number;
}

/** What the process keeps after garbage collection. */
export async function memoryOf(session: CDPSession): Promise<Memory> {
  for (let collections = 0; collections < 3; collections += 1)
    await session.send('HeapProfiler.collectGarbage');
  const {usedSize} = await session.send('Runtime.getHeapUsage');
  const {documents, nodes, jsEventListeners} = await session.send('Memory.getDOMCounters');
  return {heap: usedSize, documents, nodes, listeners: jsEventListeners};
}

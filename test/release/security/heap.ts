import type {Frame} from 'puppeteer-core';
import {sessionOf} from '../../support/frames.ts';

/** As V8 writes it: lists of numbers, a fixed count for each node and edge, and the strings that some of them index. */
interface Snapshot {
  snapshot: {meta: {node_fields: string[]; node_types: [string[]]; edge_fields: string[]}};
  nodes: number[];
  edges: number[];
  strings: string[];
}

const STRINGS = ['string', 'concatenated string', 'sliced string'];

/** Every string in the heap of a frame after garbage collection. Only Chromium reports it. */
export async function stringsIn(frame: Frame): Promise<string[]> {
  const client = sessionOf(frame);
  const chunks: string[] = [];
  const keep = ({chunk}: {chunk: string}) => chunks.push(chunk);
  client.on('HeapProfiler.addHeapSnapshotChunk', keep);
  await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.takeHeapSnapshot', {reportProgress: false});
  client.off('HeapProfiler.addHeapSnapshotChunk', keep);
  return read(JSON.parse(chunks.join('')) as Snapshot);
}

/** Strings of numbers, such as the position of a function in its file, are left out: a number is a node with a string. */
function read({snapshot: {meta}, nodes, edges, strings}: Snapshot): string[] {
  const [type, name, edgeCount] = ['type', 'name', 'edge_count'].map((each) =>
    meta.node_fields.indexOf(each),
  );
  const target = meta.edge_fields.indexOf('to_node');
  const found = new Map<number, string>();
  const digits = new Set<number>();
  const of = (at: number, field = -1) => nodes[at + field] ?? -1;
  let edge = 0;
  for (let at = 0; at < nodes.length; at += meta.node_fields.length) {
    const kind = meta.node_types[0][of(at, type)] ?? '';
    if (STRINGS.includes(kind)) found.set(at, strings[of(at, name)] ?? '');
    for (let left = of(at, edgeCount); left > 0; left -= 1, edge += meta.edge_fields.length)
      if (kind === 'number') digits.add(edges[edge + target] ?? -1);
  }
  return [...found].filter(([at]) => !digits.has(at)).map(([, text]) => text);
}

import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import type {Frame, Page} from 'puppeteer-core';

/** axe-core as script text. The driver can run it in a document whatever that document's policy is. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2, levels A and AA, and the best practices of axe-core. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Rules for a whole page, which do not apply to a frame. */
const PAGE_RULES = ['landmark-one-main', 'page-has-heading-one', 'region'];

/** A message on a tint of its own colour, 8 percent: axe-core cannot compute its contrast. */
const TINTED = '<p class="line"';

/** The violated rules of a document, each with its node, and the checks that axe-core could not decide. */
export async function violationsIn(document: Page | Frame): Promise<string[]> {
  await document.evaluate(AXE);
  const disabled = ['frame-tested', ...('mainFrame' in document ? [] : PAGE_RULES)];
  const options = {
    iframes: false,
    runOnly: RULES,
    rules: Object.fromEntries(disabled.map((rule) => [rule, {enabled: false}])),
    resultTypes: ['violations', 'incomplete'],
  };
  const found = `axe.run(document, ${JSON.stringify(options)}).then(({violations, incomplete, passes}) => [
    ...violations.flatMap(({id, nodes}) => nodes.map(({html}) => id + ': ' + html)),
    ...incomplete.flatMap(({id, nodes}) => nodes.map(({html}) => id + ', perhaps: ' + html)).filter((text) => !text.includes('${TINTED}')),
    ...(passes.length > 5 ? [] : ['axe-core found almost nothing to check']),
  ])`;
  return document.evaluate(found) as Promise<string[]>;
}

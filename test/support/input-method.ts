import type {TestRunnerPlugin} from '@web/test-runner';
import type {ChromeLauncher} from '@web/test-runner-chrome';

/**
 * Adds the server commands `compose` and `commit-composition` (`{text}`), which emulate an input method in Chromium.
 */
export function inputMethod(): TestRunnerPlugin<{text: string}> {
  return {
    name: 'input-method',
    async executeCommand({command, payload, session}) {
      if ((command !== 'compose' && command !== 'commit-composition') || payload === undefined)
        return undefined;
      // The runner types it as any launcher; for Chromium it is a ChromeLauncher.
      const page = (session.browser as unknown as Pick<ChromeLauncher, 'getPage'>).getPage(session.id);
      const driver = await page.createCDPSession();
      const {text} = payload;
      if (command === 'commit-composition') await driver.send('Input.insertText', {text});
      else {
        const {length} = text;
        await driver.send('Input.imeSetComposition', {text, selectionStart: length, selectionEnd: length});
      }
      return true;
    },
  };
}

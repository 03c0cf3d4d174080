import type {TestRunnerPlugin} from '@web/test-runner';
import type {ChromeLauncher} from '@web/test-runner-chrome';

/** The server commands `compose` and `commit-composition` of `{text}`: an input method in Chromium. */
export function inputMethod(): TestRunnerPlugin<{text: string}> {
  return {
    name: 'input-method',
    async executeCommand({command, payload, session}) {
      if ((command !== 'compose' && command !== 'commit-composition') || payload === undefined)
        return undefined;
      // The runner gives the plain launcher its own type; in Chromium it is the one of puppeteer.
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

import type {ColorScheme} from '../../widget/protocol/names.ts';
import {STYLES} from '../../widget/theme/styles.ts';
import {applyTheme} from '../../widget/theme/apply.ts';

/** Applies the styles of the frame document to the page, for the tests of this suite. */
export function useFrameStyles(): {setScheme: (scheme: ColorScheme) => void} {
  const root = document.documentElement;
  before(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    document.adoptedStyleSheets = [sheet];
  });
  after(() => {
    document.adoptedStyleSheets = [];
    root.removeAttribute('style');
  });
  return {
    setScheme(scheme) {
      applyTheme({}, scheme);
      root.style.backgroundColor = scheme === 'light' ? '#fff' : '#11161b'; // the background of a merchant's page
    },
  };
}

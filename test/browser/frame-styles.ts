import type {ColorScheme} from '../../widget/protocol/names.ts';
import {STYLES} from '../../widget/theme/styles.ts';
import {applyTheme} from '../../widget/theme/apply.ts';

/** Gives the page the frame document's styles while the tests of this suite run. */
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
      root.style.backgroundColor = scheme === 'light' ? '#fff' : '#11161b'; // as the merchant's page
    },
  };
}

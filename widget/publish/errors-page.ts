import {Marked, type RendererObject} from 'marked';

/**
 * The page that the widget host serves at `/v1/errors/`: `docs/errors.md` as HTML. The id of each section is its heading,
 * which is the code that `docs` of an error links to. Links to other documents, which the widget host does not serve,
 * become the name of the file.
 *
 * The build makes it, so that the published command line contains no Markdown parser.
 *
 * @param markdown the text of `docs/errors.md`, in GitHub's dialect.
 */
export function errorsPage(markdown: string): string {
  const content = new Marked({renderer: RENDERER}).parse(markdown, {async: false});
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>Errors of Sealed Fields</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
${content}    </main>
  </body>
</html>
`;
}

const RENDERER: RendererObject = {
  heading({depth, text, tokens}) {
    const content = this.parser.parseInline(tokens);
    return depth === 2 ? `<h2 id="${text}">${content}</h2>\n` : `<h${depth}>${content}</h${depth}>\n`;
  },
  link({href, tokens}) {
    const content = this.parser.parseInline(tokens);
    if (/^(https:|#)/.test(href)) return `<a href="${href}">${content}</a>`;
    return `${content} (<code>docs/${href.replace(/#.*/, '')}</code>)`;
  },
};

/** The page's policy allows it by its hash. */
const STYLE = `
      :root { color-scheme: light dark; font: 1rem / 1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
      body { margin: 0; padding: 1.5rem; }
      main { max-width: 45rem; margin: auto; }
      h1, h2 { line-height: 1.25; }
      h2 { margin-top: 3rem; scroll-margin-top: 1.5rem; }
      h2:target { outline: 2px solid; outline-offset: 0.5rem; }
      h2, code { font-family: ui-monospace, Menlo, Consolas, monospace; }
      code { font-size: 0.9em; }
      pre { padding: 1rem; border: 1px solid #8888; white-space: pre-wrap; }
      table { border-collapse: collapse; }
      th, td { padding: 0.25rem 1rem 0.25rem 0; border-bottom: 1px solid #8888; text-align: start; vertical-align: top; }
      td:first-child, th { white-space: nowrap; }
    `;

import {html, type Markup} from '../html.ts';
import {type Product} from './products.ts';

/** A complete page of the shop, with `main` as its content. */
export function page(title: string, main: Markup, head: readonly Markup[] = []): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Isoline</title>
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/shop.css" />
        ${head}
      </head>
      <body>
        <header class="top">
          <a class="brand" href="/"><img src="/mark.svg" alt="" width="32" height="32" />Isoline</a>
          <p>Printed maps of quiet ground</p>
        </header>
        <main>${main}</main>
        <footer class="foot">
          <p>
            A demonstration of Sealed Fields. Nothing is sold here and no money moves: payments go to a
            sandbox on this machine.
          </p>
        </footer>
      </body>
    </html>`.text;
}

export function picture({id, name}: Product): Markup {
  return html`<img src="/prints/${id}.svg" alt="The print ${name}" width="300" height="375" />`;
}

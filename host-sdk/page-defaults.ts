import {SealedFieldsError} from '../widget/protocol/errors.ts';
import {
  type Attributes,
  IDENTITY_ATTRIBUTES,
  isOrigin,
  LIVE_ATTRIBUTES,
  SCRIPT_ATTRIBUTES,
} from './attributes.ts';

/** A parser puts markup that is injected into the body there, so it cannot add such an element. */
const META = ':root > head > meta[name="sealed-fields"]';

/**
 * The defaults for the elements of the page: the attributes of our `<script>`, or {@link bundleDefaults} if an optimizer
 * has merged our script into another one.
 *
 * @param script our `<script>`, if the page has one.
 * @param publishedOrigin see {@link bundleDefaults}.
 */
export function pageDefaults(
  script: HTMLScriptElement | undefined,
  publishedOrigin: string,
): Attributes | SealedFieldsError {
  if (script !== undefined) return Object.assign({origin: new URL(script.src).origin}, script.dataset);
  return bundleDefaults(document.querySelector<HTMLMetaElement>(META)?.content ?? '', publishedOrigin);
}

/**
 * The defaults for a page without a `<script>` of ours. Their origin is the one that the script was published for, which
 * nothing in the page can change.
 *
 * @param content of `<meta name="sealed-fields">`: the attributes of the script without `data-`, separated by semicolons.
 * @param publishedOrigin not an origin if the script was published for none.
 * @returns `config-invalid` if the script was published for no origin, or a name is unknown, repeated or `origin`.
 * @example bundleDefaults('merchant=demo; locale=de', 'https://pay.example')
 */
export function bundleDefaults(content: string, publishedOrigin: string): Attributes | SealedFieldsError {
  if (!isOrigin(publishedOrigin))
    return new SealedFieldsError('config-invalid', 'sealed-fields.js is part of another script.', {
      hint: 'Load it with a <script> of its own, or publish it with --origin.',
    });
  const names: readonly string[] = [...IDENTITY_ATTRIBUTES, ...LIVE_ATTRIBUTES, ...SCRIPT_ATTRIBUTES];
  const defaults: Record<string, string> = {origin: publishedOrigin};
  for (const pair of content.split(';')) {
    if (pair.trim() === '') continue;
    const [name = '', ...value] = pair.split('=');
    const attribute = `data-${name.trim().toLowerCase()}`;
    const key = attribute.slice(5).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    if (value.length === 0 || !names.includes(attribute) || key in defaults)
      return new SealedFieldsError(
        'config-invalid',
        `<meta name="sealed-fields">: “${pair.trim()}” is invalid.`,
        {
          hint: 'Expected name=value, such as merchant=demo; locale=de.',
        },
      );
    defaults[key] = value.join('=').trim();
  }
  return defaults;
}

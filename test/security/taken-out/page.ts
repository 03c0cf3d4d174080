import type {Control} from './control.ts';

/** What keeps the page's texts, styles and scripts from the fields, and tells of what it cannot keep away. */
export const PAGE: readonly Control[] = [
  {
    id: 'I01',
    without: 'a text is put in as a text',
    changes: [
      {
        file: 'widget/components/hosted-field.ts',
        from: 'for=${name}>${this.label}</label>',
        to: 'for=${name} .innerHTML=${this.label}></label>',
      },
    ],
  },
  {
    id: 'I01',
    without: 'control and bidirectional characters are taken out',
    changes: [
      {
        file: 'widget/protocol/host-events.ts',
        from: 'plain(text(entries, name, TEXT_LIMIT))',
        to: 'text(entries, name, TEXT_LIMIT)',
      },
    ],
  },
  {
    id: 'I01',
    without: 'the frame refuses long texts',
    changes: [
      {
        file: 'widget/protocol/host-events.ts',
        from: 'text(entries, name, TEXT_LIMIT)',
        to: 'text(entries, name, 1e9)',
      },
    ],
  },
  {
    id: 'I04',
    without: 'each token of a theme has a form of its own',
    changes: [
      {
        file: 'widget/protocol/theme.ts',
        from: 'const read = TOKENS[token].read(text.trim(), rem);',
        to: 'const read = TOKENS[token].read(text.trim(), rem) ?? text;',
      },
    ],
  },
  {
    id: 'I04',
    without: 'a color scheme in the address is one of two words, and has a palette',
    changes: [
      {
        file: 'widget/theme.ts',
        from: 'theme[name] ?? PALETTES[scheme][name]',
        to: 'theme[name] ?? PALETTES.light[name]',
      },
      {
        file: 'widget/protocol/opening.ts',
        from: "oneOf(query, 'colorScheme', COLOR_SCHEMES)",
        to: "(text(query, 'colorScheme', 999) as ColorScheme)",
      },
    ],
  },
  {
    id: 'I05',
    without: 'values are set as properties',
    changes: [
      {
        file: 'widget/components/hosted-field.ts',
        from: "if (changed.has('value') && control !== null && control.value !== this.value) control.value = this.value;",
        to: "control?.setAttribute('value', this.value);",
      },
    ],
  },
  {
    id: 'M02',
    without: 'what stands around the frame is built by nodes',
    changes: [
      {
        file: 'host-sdk/frame.ts',
        from: 'root.append(place);',
        to: "root.append(place); make('i').innerHTML = '<b></b>';",
      },
    ],
  },
  {
    id: 'M03',
    without: 'the frame says that it may be embedded',
    changes: [
      {
        file: 'widget/publish/headers.ts',
        from: "    'Cross-Origin-Embedder-Policy': 'require-corp',\n",
        to: '',
      },
    ],
  },
  {
    id: 'M04',
    without: 'the frame is watched',
    changes: [
      {
        file: 'host-sdk/watch.ts',
        from: "frame.hasAttribute('srcdoc')) onReplaced();",
        to: "frame.hasAttribute('srcdoc')) return;",
      },
    ],
  },
  {
    id: 'M06',
    without: 'the first script wins',
    changes: [
      {
        file: 'host-sdk/element.ts',
        from: "if (customElements.get('sealed-fields') !== undefined) return false;",
        to: '',
      },
    ],
  },
  {
    id: 'M07',
    without: 'options are read from the element and its script alone',
    changes: [
      {
        file: 'host-sdk/options.ts',
        from: 'Object.assign(Object.create(null) as object, ...all) as Attributes',
        to: 'Object.assign({}, ...all) as Attributes',
      },
    ],
  },
  {
    id: 'M07',
    without: 'forms are spoken to by their prototype',
    changes: [
      {
        file: 'host-sdk/form.ts',
        from: "  EventTarget.prototype.addEventListener.call(form, 'submit', listener as EventListener, true);",
        to: "  form.addEventListener('submit', listener as EventListener, true);",
      },
    ],
  },
];

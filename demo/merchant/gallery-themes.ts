/** A theme of the fields, and the background behind them. */
export interface Theme {
  title: string;
  /** The value of `data-theme`: a color scheme, or theme tokens. */
  looks: string | Readonly<Record<string, string>>;
  /** Classes of the background: `light` or `dark` for the shop's colours, and a class of gallery.css. */
  ground: string;
}

export const THEMES = {
  auto: {title: 'System', looks: 'auto', ground: ''},
  light: {title: 'Light', looks: 'light', ground: 'light'},
  dark: {title: 'Dark', looks: 'dark', ground: 'dark'},
  photograph: {
    title: 'On a photograph',
    looks: {
      scheme: 'dark',
      colorText: '#ffffff',
      colorMuted: '#d9dcec',
      colorBackground: 'rgb(255 255 255 / 0.14)',
      colorBorder: 'rgb(255 255 255 / 0.65)',
      colorFocus: '#ffd9a0',
      colorError: '#ffc9bf',
      height: '52px',
      radius: '26px',
      padding: '20px',
    },
    ground: 'dark photograph',
  },
  press: {
    title: 'Letterpress',
    looks: {
      scheme: 'light',
      colorText: '#2b2118',
      colorMuted: '#6b5a47',
      colorBackground: '#fffaf0',
      colorBorder: '#85715a',
      colorFocus: '#9c4420',
      colorError: '#9c2117',
      fontFamily: "'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', P052, Georgia, serif",
      fontSize: '17px',
      height: '48px',
      radius: '2px',
    },
    ground: 'light press',
  },
  night: {
    title: 'Night watch',
    looks: {
      scheme: 'dark',
      colorText: '#d7f5e3',
      colorMuted: '#8fb8a2',
      colorBackground: '#07130d',
      colorBorder: '#4f8a6b',
      colorFocus: '#5df2a0',
      colorError: '#ffa698',
      fontFamily: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
      fontSize: '15px',
      letterSpacing: '0.02em',
      height: '40px',
      radius: '0',
    },
    ground: 'dark night',
  },
  compact: {
    title: 'Compact',
    looks: {
      labels: 'hidden',
      fontSize: '14px',
      height: '36px',
      radius: '4px',
      padding: '8px',
      gap: '6px',
    },
    ground: 'compact',
  },
} as const satisfies Readonly<Record<string, Theme>>;

/** What can be set for the demo, from the environment. */
export interface Settings {
  merchantPort: number;
  widgetPort: number;
  gatewayPort: number;
  /** The shop's login at the sandbox. */
  username: string;
  password: string;
}

/** Something that whoever starts the demo can put right; the message says how. */
export class SettingsError extends Error {}

/** @throws SettingsError if a port is not a number from 1 to 65535. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const port = (name: string, usual: number) => {
    const text = environment[name] || String(usual);
    const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (value < 1 || value > 65535) throw new SettingsError(`${name} must be a number from 1 to 65535.`);
    return value;
  };
  return {
    merchantPort: port('MERCHANT_PORT', 4100),
    widgetPort: port('WIDGET_PORT', 4200),
    gatewayPort: port('GATEWAY_PORT', 4300),
    username: environment['SANDBOX_USERNAME'] || 'demo',
    password: environment['SANDBOX_PASSWORD'] || 'demo',
  };
}

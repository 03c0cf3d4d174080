import {KEY_ID} from './gateway/keys.ts';
import {parseMerchants, type Merchants} from './gateway/submissions.ts';

/** The settings of the demo, from the environment. */
export interface Settings extends Login {
  merchantPort: number;
  widgetPort: number;
  gatewayPort: number;
}

/** The settings of the sandbox gateway when it runs alone. */
export interface GatewaySettings extends Login {
  host: string;
  port: number;
  /** Folder of the key pair, which is created if absent; undefined for the default folder. */
  keyFolder: string | undefined;
  /** The key's `kid` in the merchant record. */
  keyId: string;
  /** Merchants whose envelopes of the profile `jwe` are accepted. */
  merchants: Merchants;
}

/** A merchant's login at the sandbox. */
interface Login {
  username: string;
  password: string;
}

/** A setting that the user must correct; the message says how. */
export class SettingsError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws SettingsError if a port is not a number from 1 to 65535. */
export function readSettings(environment: Environment): Settings {
  return {
    merchantPort: readPort(environment, 'MERCHANT_PORT', 4100),
    widgetPort: readPort(environment, 'WIDGET_PORT', 4200),
    gatewayPort: readPort(environment, 'GATEWAY_PORT', 4300),
    ...readLogin(environment),
  };
}

/** @throws SettingsError if the port is not a number from 1 to 65535, or `GATEWAY_MERCHANTS` is invalid. */
export function readGatewaySettings(environment: Environment): GatewaySettings {
  return {
    host: environment['GATEWAY_HOST'] || '127.0.0.1',
    port: readPort(environment, 'GATEWAY_PORT', 4300),
    keyFolder: environment['GATEWAY_KEYS'] || undefined,
    keyId: environment['GATEWAY_KEY_ID'] || KEY_ID,
    merchants: readMerchants(environment['GATEWAY_MERCHANTS'] || '{}'),
    ...readLogin(environment),
  };
}

function readMerchants(text: string): Merchants {
  const merchants = parseMerchants(text);
  if (merchants !== undefined) return merchants;
  throw new SettingsError('GATEWAY_MERCHANTS must be JSON such as {"demo": ["https://shop.example"]}.');
}

function readPort(environment: Environment, name: string, defaultPort: number): number {
  const text = environment[name] || String(defaultPort);
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > 65535) throw new SettingsError(`${name} must be a number from 1 to 65535.`);
  return value;
}

function readLogin(environment: Environment): Login {
  return {
    username: environment['SANDBOX_USERNAME'] || 'demo',
    password: environment['SANDBOX_PASSWORD'] || 'demo',
  };
}

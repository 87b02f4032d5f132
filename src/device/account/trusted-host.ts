import { isIPv4, isIPv6 } from 'node:net';
import { FtmError } from '../../engine/ftm-error.ts';
import type { TrustedHost } from './account-recipe.ts';

/** FortiOS has `trusthost1` to `trusthost10`. */
const MAX_HOSTS = 10;

/** Says that the account may sign in from any address. */
export const ANY_ADDRESS = 'any';

/** Networks of `--trusted-host`; empty for `any`. Throws `ftm_usage`. */
export function parseTrustedHosts(texts: readonly string[]): readonly TrustedHost[] {
  if (texts.length === 1 && texts[0] === ANY_ADDRESS) return [];
  if (texts.length > MAX_HOSTS) {
    throw new FtmError('ftm_usage', `FortiOS takes ${MAX_HOSTS} trusted hosts.`, {
      advice: 'Join some into networks.',
    });
  }
  return texts.map((text) => {
    const host = parseTrustedHost(text);
    if (host && !isEveryAddress(host)) return host;
    throw new FtmError('ftm_usage', `${JSON.stringify(text)} is not a network.`, {
      advice: `Write it as 192.0.2.10/32 or 2001:db8::10/128, or ${ANY_ADDRESS} alone for every address.`,
    });
  });
}

function isEveryAddress(host: TrustedHost): boolean {
  return host.family === 4 ? host.mask === '0.0.0.0' : host.prefix.endsWith('/0');
}

/** `192.0.2.0/24`, `2001:db8::/64`, or one address; `undefined` for anything else. */
export function parseTrustedHost(text: string): TrustedHost | undefined {
  const [, address = '', bits] = /^([0-9A-Fa-f.:]{2,45})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  if (isIPv4(address)) {
    const length = Number(bits ?? 32);
    if (length > 32) return undefined;
    const mask = length === 0 ? 0 : (0xff_ff_ff_ff << (32 - length)) >>> 0;
    const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    return { family: 4, address: toDottedDecimal(value & mask), mask: toDottedDecimal(mask) };
  }
  if (isIPv6(address) && Number(bits ?? 128) <= 128)
    return { family: 6, prefix: `${address}/${bits ?? 128}` };
  return undefined;
}

function toDottedDecimal(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

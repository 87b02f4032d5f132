import { createHash } from 'node:crypto';
import type { ConfigEntry, ConfigScope } from '../../engine/fortios/config/types.ts';
import { badValue } from './check-value.ts';
import type { DeviceState } from './device-state.ts';
import { type CliReply, failureReply, NOTHING } from './reply.ts';

const TABLE = 'user fortitoken';
const HOUR = 3600;
/** Hours a person has to activate a token, unless `two-factor-ftm-expiry` says otherwise. */
const ACTIVATION_WINDOW = 72;

/** `diagnose fortitoken info`. */
export function fortitokenInfo(state: DeviceState, scope: ConfigScope, now: Date): string[] {
  const tokens = state.block(scope, TABLE)?.entries ?? [];
  return [
    'FORTITOKEN           DRIFT  STATUS',
    ...tokens.map((entry) => `${entry.key.padEnd(21)}0      ${tokenStatus(entry, now)}`),
    '',
    `Total activated token: ${tokens.length}`,
    `Total global activated token: ${tokens.length}`,
    '',
    'Token server status: reachable',
  ];
}

/** All tokens are active, except a locked one and one that waits for its phone, or waited too long. */
function tokenStatus(entry: ConfigEntry, now: Date): string {
  if (value(entry, 'status') === 'lock') return 'locked';
  if (value(entry, 'activation-code') === undefined || value(entry, 'reg-id') !== undefined) {
    return 'provisioned';
  }
  const expires = Number(value(entry, 'activation-expire') ?? 0);
  return expires > 0 && expires <= secondsAt(now) ? 'provision timeout' : 'provisioning';
}

/**
 * `execute fortitoken-mobile provision <serial>`: a new activation code, which a phone has to use in time; the phone
 * that had the token loses it (KB 194933).
 */
export function provision(state: DeviceState, scope: ConfigScope, serial: string, now: Date): CliReply {
  const table = state.block(scope, TABLE);
  const token = table?.entries.find((each) => each.key === serial);
  if (!table || !token) {
    return failureReply(-3, 'entry not found in datasource', '', `value parse error before '${serial}'`);
  }
  if (!serial.startsWith('FTKMOB')) return badValue(serial);
  const hours = Number(state.setting('system global', 'two-factor-ftm-expiry') ?? ACTIVATION_WINDOW);
  const code = createHash('sha256').update(`look-alike ${serial} ${now.toISOString()}`).digest('hex');
  const replaced = ['activation-code', 'activation-expire', 'reg-id', 'os-ver'];
  const settings = [
    ...token.settings.filter((each) => !replaced.includes(each.name)),
    setting('activation-code', code.slice(0, 16).toUpperCase()),
    setting('activation-expire', String(secondsAt(now) + hours * HOUR)),
  ];
  const entries = table.entries.map((each) => (each === token ? { ...token, settings } : each));
  state.replace({ ...table, entries });
  return NOTHING;
}

function secondsAt(now: Date): number {
  return Math.floor(now.getTime() / 1000);
}

function value(entry: ConfigEntry, name: string): string | undefined {
  return entry.settings.findLast((each) => each.name === name)?.values.join(' ');
}

function setting(name: string, text: string): ConfigEntry['settings'][number] {
  const printed = /^\d+$/.test(text) ? text : `"${text}"`;
  return { verb: 'set', name, values: [text], line: 0, text: `set ${name} ${printed}` };
}

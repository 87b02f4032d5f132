import type { CommandFailure } from '../../engine/evidence/types.ts';
import { type CliError, classifyOutput } from '../../engine/fortios/cli-error.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import type { CollectionRequest } from '../collector.ts';
import { notFortigate, protocolError, timedOut } from '../device-errors.ts';
import type { CommandResult } from './command-results.ts';
import type { NotThere } from './navigator.ts';
import { type DeviceStatus, readStatus } from './read-status.ts';
import { notRun, permissionFor } from './refusal.ts';

/** Reading one takes about a second; a device may have hundreds. */
export const MAX_VDOMS = 12;

export const MODE_UNKNOWN =
  'The answer to `get system status` has no line `Virtual domain configuration`, so the scope of the command is unknown.';

/** The session is lost or out of step: a new connection may help. The signal reports timeouts and cancellation. */
export function isLoss(error: unknown): boolean {
  return error instanceof FtmError && (error.retryable || error.code === 'ftm_device_protocol');
}

/** A session that was ended because it printed too much. */
export function isFlood(error: unknown): boolean {
  return error instanceof FtmError && error.code === 'ftm_device_flood';
}

export function otherDevice({ alias }: Device): FtmError {
  return protocolError(`After the connection was lost, another release or VDOM mode answered for ${alias}.`, {
    advice: 'A failover or an upgrade may be going on. Run the check again when it is over.',
  });
}

export function tooMany(name: string): CommandFailure {
  return notRun(`A check reads at most ${MAX_VDOMS} VDOMs. \`--vdom ${name}\` reads this one.`);
}

export function notEntered(name: string, { kind, line }: NotThere): CommandFailure {
  const why = kind === 'unlisted' ? line : `the device did not let the account into it: ${line}`;
  return notRun(`VDOM ${name} was not read: ${why}.`);
}

export function describeStatus(request: CollectionRequest, result: CommandResult): DeviceStatus {
  if (result.failure) throw timedOut(request.device, 'command');
  if (result.reading?.isUnreadable)
    throw protocolError(
      `${request.device.alias} prints other messages within the output of \`get system status\`.`,
      {
        advice:
          'It was read twice. Try again in a minute: a failover, a restart or an upgrade may be going on.',
      },
    );
  const lines = result.reading?.lines ?? [];
  const status = readStatus(lines);
  if (status) return status;
  if (classifyOutput(lines) ?? lines.length === 0)
    throw protocolError(`${request.device.alias} does not let the account run \`get system status\`.`, {
      advice: permissionFor('get', undefined),
    });
  throw notFortigate(request.device);
}

/**
 * What a device answers to an account without `config` is not known: it may be the same as to an account of one VDOM.
 */
export function noGlobal(refused: Pick<CliError, 'line'>, status: DeviceStatus): CommandFailure {
  return {
    kind: 'not-permitted',
    reason:
      `The account cannot enter global scope (${refused.line || 'no output'}). Either it belongs to ` +
      'one VDOM, and this takes an administrator of the whole device, whose profile has `set scope global`; or ' +
      permissionFor('config', status.version).replace('The account', 'it'),
  };
}

export function tooSlow(request: CollectionRequest): CommandFailure {
  const seconds = request.device.timeouts.command / 1000;
  return { kind: 'timeout', reason: `The device did not finish this command within ${seconds} s.` };
}

import type { CommandFailure } from '../../engine/evidence/types.ts';
import type { CliError } from '../../engine/fortios/cli-error.ts';
import { atLeast, type FortiosVersion, formatVersion } from '../../engine/fortios/version.ts';

/** The per-verb permissions of an access profile, FortiOS 7.4.2 and later. */
const PERMISSION: Readonly<Record<string, string>> = {
  diagnose: 'cli-diagnose',
  get: 'cli-get',
  show: 'cli-show',
  execute: 'cli-exec',
  config: 'cli-config',
};

/**
 * Why a command of the catalogue has no answer. FortiOS says `Unknown action 0` for a verb that does not exist and
 * for one the account may not use; every verb of the catalogue exists, so the account is the reason.
 */
export function explainCliRefusal(
  error: CliError,
  command: string,
  version: FortiosVersion | undefined,
): CommandFailure {
  const [verb = ''] = command.split(' ', 1);
  const answered = `The device answered: ${error.line}`;
  if (error.kind === 'unknown-command')
    return { kind: 'not-permitted', reason: permissionFor(verb, version) };
  if (error.kind === 'not-permitted')
    return { kind: 'not-permitted', reason: `${permissionFor(verb, version)} ${answered}` };
  return { kind: error.kind, reason: answered };
}

/** What the account's profile lacks when the device does not accept a verb. */
export function permissionFor(verb: string, version: FortiosVersion | undefined): string {
  const may = `The account may not run \`${verb}\``;
  if (version && atLeast(version, '7.4.2')) {
    const permission = PERMISSION[verb] ?? `cli-${verb}`;
    return (
      `${may}: since FortiOS 7.4.2 its access profile needs \`set ${permission} enable\`` +
      `${verb === 'diagnose' ? ', which an upgrade disables' : ''}.`
    );
  }
  if (verb !== 'diagnose') return `${may}: its access profile does not allow it.`;
  if (version && !atLeast(version, '6.4.0')) {
    return `${may}: before FortiOS 6.4 (this is ${formatVersion(version)}) that needs a full administrator.`;
  }
  return `${may}: its access profile needs \`set system-diagnostics enable\`.`;
}

export function notRun(reason: string): CommandFailure {
  return { kind: 'not-run', reason };
}

import type { CommandFailure, EvidenceItem } from '../evidence/types.ts';
import { type CliError, classifyOutput } from '../fortios/cli-error.ts';
import { type CommandId, commandSpec, isCalledFor, isKnownTo } from '../fortios/commands.ts';
import { parseVdomList } from '../fortios/output/vdom-list.ts';
import type { CollectionRequest } from './collector.ts';
import { protocolError, timedOut } from './device-errors.ts';
import type { Exchange } from './exchange.ts';
import { notFortigate } from './login.ts';
import type { Navigator, Place } from './navigator.ts';
import { type DeviceStatus, readStatus } from './read-status.ts';
import { explainRefusal, notRun, permissionFor, silentRefusal } from './refusal.ts';
import { checkVdom } from './write-command.ts';

const MODE_UNKNOWN =
  'The answer to `get system status` has no line `Virtual domain configuration`, so it is not known in which scope the command runs.';

/** What became of one command. Kept until the end, since the device may add lines to an earlier answer. */
interface Outcome {
  readonly id: CommandId;
  readonly vdom?: string;
  readonly exchange?: Exchange;
  readonly failure?: CommandFailure;
}

/** Runs the wanted commands, each once and each where it is valid, and never enters a VDOM the device did not list. */
export async function collectItems(
  navigator: Navigator,
  request: CollectionRequest,
): Promise<readonly EvidenceItem[]> {
  const wanted = wantedCommands(request);
  const outcomes = new Map<CommandId, Outcome>();
  const first = await run('system-status');
  const status = statusOf(request, first);
  // What this release does not have would only be refused.
  const known = wanted.filter((id) => isKnownTo(status.version, commandSpec(id)));

  if (status.multiVdom === undefined) {
    await runAll(
      known.filter((id) => commandSpec(id).scope === 'any'),
      undefined,
    );
    fail(known, notRun(MODE_UNKNOWN));
  } else if (status.multiVdom) await collectByScope(status);
  else await runAll(known, undefined);
  return wanted.flatMap((id) => toItem(outcomes.get(id), status));

  async function run(id: CommandId, vdom?: string): Promise<Outcome> {
    const step = wanted.indexOf(id) + 1;
    const command = commandSpec(id).text;
    if (step > 0) request.onProgress?.({ phase: 'collecting', step, steps: wanted.length, command });
    const exchange = await navigator.run(id);
    const where = vdom === undefined ? {} : { vdom };
    const outcome: Outcome =
      exchange === 'timeout' ? { id, ...where, failure: tooSlow(request) } : { id, ...where, exchange };
    outcomes.set(id, outcome);
    return outcome;
  }

  /** Runs what has no outcome yet; a command that ran out of time leaves the session at the root: go back first. */
  async function runAll(ids: readonly CommandId[], place: Place | undefined): Promise<void> {
    const vdom = place?.kind === 'vdom' ? place.vdom.name : undefined;
    for (const id of ids) {
      if (outcomes.has(id) || !isCalledFor(commandSpec(id), answerOf)) continue;
      const refused = place && (await navigator.go(place));
      if (refused) fail([id], notRun(`The device did not go back to where it runs: ${refused.line}`));
      else await run(id, vdom);
    }
  }

  function answerOf(id: CommandId): readonly string[] | undefined {
    return outcomes.get(id)?.exchange?.lines;
  }

  function fail(ids: readonly CommandId[], failure: CommandFailure, vdom?: string): void {
    for (const id of ids) {
      if (!outcomes.has(id)) outcomes.set(id, { id, failure, ...(vdom === undefined ? {} : { vdom }) });
    }
  }

  async function collectByScope(status: DeviceStatus): Promise<void> {
    const withScope = (scope: string) => known.filter((id) => commandSpec(id).scope === scope);
    const inGlobal = withScope('global');
    const inVdom = withScope('vdom');
    await runAll(withScope('any'), undefined);
    if (inGlobal.length + inVdom.length === 0) return;

    const refused = await navigator.go({ kind: 'global' });
    if (refused) {
      fail(inGlobal, noGlobal(refused, status));
      await collectInOwnVdom(inVdom, status);
      return;
    }
    await runAll(inGlobal, { kind: 'global' });
    if (inVdom.length > 0) await collectInVdom(inVdom);
  }

  /** An administrator of one VDOM stands in it from the start, with no context in the prompt. */
  async function collectInOwnVdom(ids: readonly CommandId[], status: DeviceStatus): Promise<void> {
    const own = status.currentVdom;
    const asked = request.vdom ?? request.device.vdom ?? own;
    if (asked !== own) {
      fail(ids, notRun(`The account belongs to VDOM ${own} and cannot read VDOM ${asked}.`), asked);
      return;
    }
    for (const id of ids) await run(id, own);
  }

  async function collectInVdom(ids: readonly CommandId[]): Promise<void> {
    const name = request.vdom ?? request.device.vdom ?? 'root';
    const listed = await listVdoms();
    const vdom = checkVdom(name, listed);
    if (!vdom) {
      const why =
        listed.length === 0
          ? 'The account cannot list the VDOMs, and one that is not listed is never entered, since that would create it.'
          : `The device has no VDOM of that name. It has: ${listed.join(', ')}.`;
      fail(ids, notRun(why), name);
      return;
    }
    const place: Place = { kind: 'vdom', vdom };
    const refused = await navigator.go(place);
    if (refused) {
      fail(ids, notRun(`The device did not let the account into VDOM ${name}: ${refused.line}`), name);
      return;
    }
    await runAll(ids, place);
    await retryTokensInGlobal();
  }

  async function listVdoms(): Promise<readonly string[]> {
    for (const id of ['vdom-list', 'vdom-property'] as const) {
      if (!outcomes.has(id)) await runAll([id], { kind: 'global' });
      const names = parseVdomList(outcomes.get(id)?.exchange?.lines ?? []);
      if (names.length > 0) return names;
    }
    return [];
  }

  /** Which scope has `diagnose fortitoken info` is not documented: what the VDOM refuses, global may answer. */
  async function retryTokensInGlobal(): Promise<void> {
    const lines = outcomes.get('fortitoken-info')?.exchange?.lines;
    const refused = lines && classifyOutput(lines);
    if (!refused || (await navigator.go({ kind: 'global' }))) return;
    await run('fortitoken-info');
  }
}

/** The status decides how to go on, so it is always read, and first. */
export function wantedCommands(request: CollectionRequest): readonly CommandId[] {
  return [...new Set<CommandId>(['system-status', ...request.commands])];
}

function statusOf(request: CollectionRequest, outcome: Outcome): DeviceStatus {
  if (outcome.failure) throw timedOut(request.device, 'command');
  const lines = outcome.exchange?.lines ?? [];
  const status = readStatus(lines);
  if (status) return status;
  if (classifyOutput(lines) ?? lines.length === 0) {
    throw protocolError(`${request.device.alias} does not let the account run \`get system status\`.`, {
      advice: permissionFor('get', undefined),
    });
  }
  throw notFortigate(request.device);
}

/** What a device says to an account without `config` is not established: it may be the same as to one of a VDOM. */
function noGlobal(refused: CliError, status: DeviceStatus): CommandFailure {
  return {
    kind: 'not-permitted',
    reason:
      `The account cannot enter global scope (${refused.line || 'the device said nothing'}). Either it belongs to ` +
      'one VDOM, and this takes an administrator of the whole device, whose profile has `set scope global`; or ' +
      permissionFor('config', status.version).replace('The account', 'it'),
  };
}

function tooSlow(request: CollectionRequest): CommandFailure {
  const seconds = request.device.timeouts.command / 1000;
  return { kind: 'timeout', reason: `The device did not finish this command within ${seconds} s.` };
}

function toItem(outcome: Outcome | undefined, status: DeviceStatus): EvidenceItem[] {
  if (!outcome) return [];
  const { id, vdom, exchange } = outcome;
  const command = commandSpec(id).text;
  const failure = outcome.failure ?? (exchange && failureOf(exchange, command, status));
  return [
    {
      name: vdom === undefined ? command : `${command} (vdom ${vdom})`,
      text: exchange?.lines.join('\n') ?? '',
      command,
      ...(vdom === undefined ? {} : { vdom }),
      ...(failure === undefined ? {} : { failure }),
    },
  ];
}

function failureOf(exchange: Exchange, command: string, status: DeviceStatus): CommandFailure | undefined {
  if (exchange.question !== undefined) {
    return { kind: 'failed', reason: `The device asked a question and was told no: ${exchange.question}` };
  }
  if (exchange.lines.length === 0) return silentRefusal(command);
  const error = classifyOutput(exchange.lines);
  return error && explainRefusal(error, command, status.version);
}

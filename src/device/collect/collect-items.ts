import type { CommandFailure, EvidenceItem } from '../../engine/evidence/types.ts';
import { type CommandId, commandSpec, isKnownTo } from '../../engine/fortios/commands.ts';
import { formatVersion } from '../../engine/fortios/version.ts';
import { FtmError } from '../../ftm-error.ts';
import type { CollectionRequest } from '../collector.ts';
import { isLoss, otherDevice, statusOf } from './collect-failures.ts';
import { collectScopes, commandsOfScope } from './collect-scopes.ts';
import { type CommandRunner, createCommandRunner } from './command-runner.ts';
import type { Navigator } from './navigator.ts';
import { type DeviceStatus, readStatus } from './read-status.ts';
import { notRun } from './refusal.ts';
import { wantedCommands } from './wanted-commands.ts';

/**
 * Runs the wanted commands, each where it is valid, and never enters a VDOM that the device did not list directly
 * before. After a lost connection it connects once more and reads what is missing. If that fails too, or the device
 * prints too much, the result is what was read until then; the rest has a failure with the reason.
 */
export async function collectItems(
  navigator: Navigator,
  request: CollectionRequest,
  signal?: AbortSignal,
): Promise<readonly EvidenceItem[]> {
  const wanted = wantedCommands(request);
  const runner = createCommandRunner(navigator, request, wanted);
  const { results } = runner;
  let isReconnected = false;

  /** Once more after the first loss of the connection. */
  async function withReconnect<T>(work: () => Promise<T>, before: () => Promise<void> | void): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isLoss(error) || isReconnected || signal?.aborted) throw error;
    }
    isReconnected = true;
    request.onProgress?.({ phase: 'connecting', step: 0, steps: wanted.length });
    await navigator.reconnect();
    await before();
    return await work();
  }

  // Without the status, nothing that was read could be used.
  const status = await withReconnect(
    async () => statusOf(request, await runner.run('system-status')),
    () => results.forget('system-status', undefined),
  );
  // A command that this release does not have would only be refused.
  const known = wanted.filter((id) => isKnownTo(status.version, commandSpec(id)));
  try {
    await withReconnect(
      () => collectScopes({ navigator, request, runner, status, known }),
      () => expectSameDevice(navigator, request, status),
    );
  } catch (error) {
    const why = signal?.aborted ? undefined : partialBecause(error, isReconnected);
    if (!why) throw error;
    failUnread(runner, known, why);
  }
  return results.items(status.version);
}

/** After a failover another unit may answer at the address, with another configuration. */
async function expectSameDevice(
  navigator: Navigator,
  { device }: CollectionRequest,
  before: DeviceStatus,
): Promise<void> {
  const reading = await navigator.run('system-status');
  const now = reading === 'timeout' ? undefined : readStatus(reading.lines);
  const isSame =
    now !== undefined &&
    formatVersion(now.version) === formatVersion(before.version) &&
    now.multiVdom === before.multiVdom;
  if (!isSame) throw otherDevice(device);
}

/** `undefined` if no partial answer is possible: out of time, or nothing useful was read. */
function partialBecause(error: unknown, isReconnected: boolean): CommandFailure | undefined {
  if (!(error instanceof FtmError)) return undefined;
  const isFlood = error.code === 'ftm_device_flood';
  if (!isFlood && !isLoss(error) && !isReconnected) return undefined;
  if (error.code === 'ftm_unknown_vdom') return undefined;
  return notRun(`${error.message} ${error.advice ?? ''}`.trim());
}

function failUnread(
  { results, vdoms }: CommandRunner,
  known: readonly CommandId[],
  why: CommandFailure,
): void {
  if (!vdoms) {
    results.fail(known, why);
    return;
  }
  for (const name of [vdoms.current.name, ...vdoms.left]) {
    results.fail(commandsOfScope(known, 'vdom'), why, name);
  }
  results.fail(commandsOfScope(known, 'global'), why);
}

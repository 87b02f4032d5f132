import type { CommandFailure, EvidenceItem } from '../../evidence/types.ts';
import type { VdomPlan } from '../../evidence/vdom-plan.ts';
import { classifyOutput } from '../../fortios/cli-error.ts';
import { type CommandId, commandSpec, isCalledFor, isKnownTo } from '../../fortios/commands.ts';
import { formatVersion } from '../../fortios/version.ts';
import { FtmError } from '../../ftm-error.ts';
import type { CollectionRequest } from '../collector.ts';
import {
  isLoss,
  MAX_VDOMS,
  MODE_UNKNOWN,
  noGlobal,
  notEntered,
  otherDevice,
  statusOf,
  tooMany,
  tooSlow,
} from './collect-failures.ts';
import { type CommandResult, createCommandResults } from './command-results.ts';
import type { CliScope, Navigator, NotThere } from './navigator.ts';
import { type DeviceStatus, readStatus } from './read-status.ts';
import type { Reading } from './reading.ts';
import { notRun } from './refusal.ts';
import { unknownVdom } from './unknown-vdom.ts';
import { oneVdom, wantedCommands } from './wanted-commands.ts';

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
  const results = createCommandResults(wanted);
  const asked = request.vdom ?? request.device.vdom;
  let inVdom: { readonly name: string; readonly index: number; readonly count: number } | undefined;
  /** VDOMs to be read after this one. */
  let vdomsLeft: readonly string[] = [];
  let isReconnected = false;
  /** Entering a VDOM takes six round trips: several are read with `sudo` if the device accepts it. */
  let readsSeveral = false;
  /** The account belongs to one VDOM and cannot leave it. */
  let isOwnVdom = false;

  const status = await readStatusFirst();
  // A command that this release does not have would only be refused.
  const known = wanted.filter((id) => isKnownTo(status.version, commandSpec(id)));
  const withScope = (scope: string) => known.filter((id) => commandSpec(id).scope === scope);

  try {
    await collectAll();
  } catch (error) {
    const why = partialBecause(error);
    if (!why) throw error;
    if (inVdom) {
      for (const name of [inVdom.name, ...vdomsLeft]) results.fail(withScope('vdom'), why, name);
    }
    results.fail(inVdom ? withScope('global') : known, why);
  }
  return results.items(status.version);

  /** Without the status, nothing that was read could be used. */
  async function readStatusFirst(): Promise<DeviceStatus> {
    try {
      return statusOf(request, await run('system-status'));
    } catch (error) {
      if (!isLoss(error) || signal?.aborted) throw error;
      await reconnect();
      results.forget('system-status', undefined);
      return statusOf(request, await run('system-status'));
    }
  }

  async function collectAll(): Promise<void> {
    try {
      await collect();
    } catch (error) {
      if (!isLoss(error) || isReconnected || signal?.aborted) throw error;
      await reconnect();
      await expectSameDevice();
      await collect();
    }
  }

  async function reconnect(): Promise<void> {
    isReconnected = true;
    request.onProgress?.({ phase: 'connecting', step: 0, steps: wanted.length });
    await navigator.reconnect();
  }

  /** After a failover another unit may answer at the address, with another configuration. */
  async function expectSameDevice(): Promise<void> {
    const reading = await navigator.run('system-status');
    const now = reading === 'timeout' ? undefined : readStatus(reading.lines);
    const isSame =
      now !== undefined &&
      formatVersion(now.version) === formatVersion(status.version) &&
      now.multiVdom === status.multiVdom;
    if (!isSame) throw otherDevice(request.device);
  }

  /** `undefined` if no partial answer is possible: cancelled, out of time, or nothing useful was read. */
  function partialBecause(error: unknown): CommandFailure | undefined {
    if (!(error instanceof FtmError) || signal?.aborted) return undefined;
    const isFlood = error.code === 'ftm_device_flood';
    if (!isFlood && !isLoss(error) && !isReconnected) return undefined;
    if (error.code === 'ftm_unknown_vdom') return undefined;
    return notRun(`${error.message} ${error.advice ?? ''}`.trim());
  }

  async function collect(): Promise<void> {
    if (status.multiVdom === undefined) {
      await runAll(withScope('any'), undefined);
      results.fail(known, notRun(MODE_UNKNOWN));
    } else if (status.multiVdom) {
      await collectByScope();
    } else {
      if (request.vdom !== undefined) throw unknownVdom(request.device, request.vdom, [], true);
      await runAll(known, undefined);
    }
    await repeatInterrupted();
  }

  /** Outputs followed by other text: it may be their end, so each is read once more. */
  async function repeatInterrupted(): Promise<void> {
    for (const { id, vdom } of results.interrupted()) {
      const scope = scopeOf(id, vdom);
      if (scope && (await navigator.go(scope))) continue;
      await run(id, vdom);
    }
  }

  /** `undefined`: the current scope. */
  function scopeOf(id: CommandId, vdom: string | undefined): CliScope | undefined {
    if (!status.multiVdom || isOwnVdom || commandSpec(id).scope === 'any') return undefined;
    return vdom === undefined ? { kind: 'global' } : { kind: 'vdom', name: vdom };
  }

  async function run(id: CommandId, vdom?: string): Promise<CommandResult> {
    reportProgress(id);
    return record(id, vdom, await navigator.run(id));
  }

  function reportProgress(id: CommandId): void {
    const step = wanted.indexOf(id) + 1;
    if (step === 0) return;
    const [steps, command] = [wanted.length, commandSpec(id).text];
    request.onProgress?.({ phase: 'collecting', step, steps, command, ...(inVdom && { vdom: inVdom }) });
  }

  function record(id: CommandId, vdom: string | undefined, reading: Reading | 'timeout'): CommandResult {
    const result: CommandResult =
      reading === 'timeout' ? { id, vdom, failure: tooSlow(request) } : { id, vdom, reading };
    results.set(result);
    return result;
  }

  /** Commands that have no result yet and are needed. */
  function isDue(id: CommandId, vdom: string | undefined): boolean {
    // The commands of a VDOM may depend on an answer of the global scope: the certificate that the push service
    // names.
    const answerOf = (other: CommandId) =>
      (results.get(other, vdom) ?? results.get(other, undefined))?.reading?.lines;
    return !results.get(id, vdom) && isCalledFor(commandSpec(id), answerOf);
  }

  /** A command that ran out of time leaves the session at the root: go back first. */
  async function runAll(ids: readonly CommandId[], scope: CliScope | undefined): Promise<void> {
    const vdom = scope?.kind === 'vdom' ? scope.name : undefined;
    for (const id of ids) {
      if (!isDue(id, vdom)) continue;
      const refused = scope && (await navigator.go(scope));
      if (refused)
        results.fail(
          [id],
          notRun(`The device did not return to the scope of the command: ${refused.line}`),
          vdom,
        );
      else await run(id, vdom);
    }
  }

  async function collectByScope(): Promise<void> {
    const inGlobal = withScope('global');
    const ofVdoms = withScope('vdom');
    await runAll(withScope('any'), undefined);
    if (inGlobal.length + ofVdoms.length === 0) return;
    const refused = await navigator.go({ kind: 'global' });
    if (refused) {
      results.fail(inGlobal, noGlobal(refused, status));
      await collectInOwnVdom(ofVdoms);
      return;
    }
    // If the device has no such VDOM, the answer states this, and nothing is read.
    if (asked !== undefined) await refuseUnknown(asked);
    await runAll(inGlobal, { kind: 'global' });
    if (ofVdoms.length > 0) await collectInVdoms(ofVdoms);
  }

  /** Asked twice: a message of a daemon in the first list may have hidden the name. */
  async function refuseUnknown(name: string): Promise<void> {
    let names = await listVdoms();
    if (names.length === 0 || names.includes(name)) return;
    names = await listVdoms();
    if (names.length > 0 && !names.includes(name)) {
      throw unknownVdom(request.device, name, names, request.vdom !== undefined);
    }
  }

  async function listVdoms(): Promise<readonly string[]> {
    const listing = await navigator.listVdoms();
    if ('kind' in listing) return [];
    results.setListing(listing);
    return listing.names;
  }

  /** An administrator of one VDOM starts in it, with no context in the prompt. */
  async function collectInOwnVdom(ids: readonly CommandId[]): Promise<void> {
    isOwnVdom = true;
    const own = status.currentVdom;
    const name = asked ?? own;
    if (name !== own) {
      results.fail(ids, notRun(`The account belongs to VDOM ${own} and cannot read VDOM ${name}.`), name);
      return;
    }
    const answerOf = (id: CommandId) => results.get(id, own)?.reading?.lines;
    for (const id of ids) {
      if (!results.get(id, own) && isCalledFor(commandSpec(id), answerOf)) await run(id, own);
    }
  }

  async function collectInVdoms(ids: readonly CommandId[]): Promise<void> {
    const plan = request.planVdoms
      ? request.planVdoms(results.items(status.version), await listVdoms(), asked)
      : oneVdom(asked ?? 'root', ids);
    const names = plan.names.slice(0, MAX_VDOMS);
    readsSeveral = names.length > 1;
    for (const [index, name] of names.entries()) {
      inVdom = { name, index: index + 1, count: names.length };
      vdomsLeft = names.slice(index + 1);
      await collectInVdom(name, plan, ids);
    }
    inVdom = undefined;
    for (const name of plan.names.slice(MAX_VDOMS)) {
      results.fail(wantedOf(plan, name, ids).slice(0, 1), tooMany(name), name);
    }
    await retryTokensInGlobal();
  }

  function wantedOf(plan: VdomPlan, name: string, ids: readonly CommandId[]): readonly CommandId[] {
    const next = plan.next(name, results.itemsIn(name, status.version));
    return ids.filter((id) => next.includes(id) && !results.get(id, name));
  }

  async function collectInVdom(name: string, plan: VdomPlan, ids: readonly CommandId[]): Promise<void> {
    // A command that no answer required stays without a result until another answer requires it.
    const sent = new Set<CommandId>();
    for (let todo = wantedOf(plan, name, ids); todo.length > 0; ) {
      for (const id of todo) sent.add(id);
      const refused = await runAllIn(name, todo);
      if (refused) {
        results.fail(todo, notEntered(name, refused), name);
        return;
      }
      todo = wantedOf(plan, name, ids).filter((id) => !sent.has(id) || isDue(id, name));
    }
  }

  async function runAllIn(name: string, ids: readonly CommandId[]): Promise<NotThere | undefined> {
    const scope: CliScope = { kind: 'vdom', name };
    if (!readsSeveral) {
      const refused = await navigator.go(scope);
      if (!refused) await runAll(ids, scope);
      return refused;
    }
    for (const id of ids) {
      if (!isDue(id, name)) continue;
      reportProgress(id);
      const answer = await navigator.runInVdom(name, id);
      if (answer !== 'timeout' && 'kind' in answer) return answer;
      record(id, name, answer);
    }
    return undefined;
  }

  /** The scope of `diagnose fortitoken info` is not documented: if the VDOM refuses it, global may answer. */
  async function retryTokensInGlobal(): Promise<void> {
    const refused = results
      .all('fortitoken-info')
      .filter(({ reading }) => reading && classifyOutput(reading.lines) !== undefined);
    if (refused.length === 0 || (await navigator.go({ kind: 'global' }))) return;
    for (const { id, vdom } of refused) results.forget(id, vdom);
    await run('fortitoken-info');
  }
}

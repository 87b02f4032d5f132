import type { CommandFailure, EvidenceItem } from '../../engine/evidence/types.ts';
import { type CommandId, commandSpec, isCalledFor, isKnownTo } from '../../engine/fortios/commands.ts';
import { nearNames } from '../../engine/fortios/near-names.ts';
import { formatVersion } from '../../engine/fortios/version.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import type { CollectionRequest } from '../collector.ts';
import { describeStatus, isFlood, isLoss, MODE_UNKNOWN, noGlobal, otherDevice } from './collect-failures.ts';
import { collectVdoms } from './collect-vdoms.ts';
import { CommandRunner, wantedCommands } from './command-runner.ts';
import type { CliScope, Navigator } from './navigator.ts';
import { type DeviceStatus, readStatus } from './read-status.ts';
import { notRun } from './refusal.ts';

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
  const runner = new CommandRunner(navigator, request, wanted);
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
    async () => describeStatus(request, await runner.run('system-status')),
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
  if (!isFlood(error) && !isLoss(error) && !isReconnected) return undefined;
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

interface ScopeCollection {
  readonly navigator: Navigator;
  readonly request: CollectionRequest;
  readonly runner: CommandRunner;
  readonly status: DeviceStatus;
  /** The wanted commands that this release has. */
  readonly known: readonly CommandId[];
}

function commandsOfScope(known: readonly CommandId[], scope: 'any' | 'global' | 'vdom') {
  return known.filter((id) => commandSpec(id).scope === scope);
}

/** Runs each command that has no result yet where it is valid. */
async function collectScopes(collection: ScopeCollection): Promise<void> {
  const { request, runner, status, known } = collection;
  if (status.multiVdom) {
    const { isOwnVdom } = await collectMultiVdom(collection);
    await repeatInterrupted(collection, (id, vdom) => (isOwnVdom ? undefined : chooseScope(id, vdom)));
    return;
  }
  if (status.multiVdom === undefined) {
    await runner.runAll(commandsOfScope(known, 'any'), undefined);
    runner.results.fail(known, notRun(MODE_UNKNOWN));
  } else {
    if (request.vdom !== undefined) throw unknownVdom(request.device, request.vdom, [], true);
    await runner.runAll(known, undefined);
  }
  await repeatInterrupted(collection, () => undefined);
}

function chooseScope(id: CommandId, vdom: string | undefined): CliScope | undefined {
  if (commandSpec(id).scope === 'any') return undefined;
  return vdom === undefined ? { kind: 'global' } : { kind: 'vdom', name: vdom };
}

/** Outputs followed by other text: it may be their end, so each is read once more. `undefined`: the current scope. */
async function repeatInterrupted(
  { navigator, runner }: ScopeCollection,
  scopeFor: typeof chooseScope,
): Promise<void> {
  for (const { id, vdom } of runner.results.interrupted()) {
    const scope = scopeFor(id, vdom);
    if (scope && (await navigator.go(scope))) continue;
    await runner.run(id, vdom);
  }
}

/** `isOwnVdom`: the account belongs to one VDOM and cannot leave it. */
async function collectMultiVdom(collection: ScopeCollection): Promise<{ readonly isOwnVdom: boolean }> {
  const { navigator, request, runner, status, known } = collection;
  const asked = request.vdom ?? request.device.vdom;
  const inGlobal = commandsOfScope(known, 'global');
  const ids = commandsOfScope(known, 'vdom');
  await runner.runAll(commandsOfScope(known, 'any'), undefined);
  if (inGlobal.length + ids.length === 0) return { isOwnVdom: false };
  const refused = await navigator.go({ kind: 'global' });
  if (refused) {
    runner.results.fail(inGlobal, noGlobal(refused, status));
    await collectOwnVdom(asked ?? status.currentVdom, ids, collection);
    return { isOwnVdom: true };
  }
  // If the device has no such VDOM, the answer states this, and nothing is read.
  if (asked !== undefined) await refuseUnknown(asked, collection);
  await runner.runAll(inGlobal, { kind: 'global' });
  if (ids.length > 0) {
    const plan = request.planVdoms
      ? request.planVdoms(runner.results.items(status.version), await listVdoms(collection), asked)
      : { names: [asked ?? 'root'], next: () => ids };
    await collectVdoms({ navigator, runner, version: status.version, plan, ids });
  }
  return { isOwnVdom: false };
}

/** Asked twice: a message of a daemon in the first list may have hidden the name. */
async function refuseUnknown(name: string, collection: ScopeCollection): Promise<void> {
  const { device, vdom } = collection.request;
  let names = await listVdoms(collection);
  if (names.length === 0 || names.includes(name)) return;
  names = await listVdoms(collection);
  if (names.length > 0 && !names.includes(name)) throw unknownVdom(device, name, names, vdom !== undefined);
}

async function listVdoms({ navigator, runner }: ScopeCollection): Promise<readonly string[]> {
  const listing = await navigator.listVdoms();
  if ('kind' in listing) return [];
  runner.results.setListing(listing);
  return listing.names;
}

/** An administrator of one VDOM starts in it, with no context in the prompt. */
async function collectOwnVdom(
  name: string,
  ids: readonly CommandId[],
  { runner, status }: ScopeCollection,
): Promise<void> {
  const { results } = runner;
  const { currentVdom } = status;
  if (name !== currentVdom) {
    results.fail(
      ids,
      notRun(`The account belongs to VDOM ${currentVdom} and cannot read VDOM ${name}.`),
      name,
    );
    return;
  }
  // Unlike `isDue`, no answer of the global scope counts: this account has none.
  const findAnswer = (id: CommandId) => results.get(id, name)?.reading?.lines;
  for (const id of ids) {
    if (!results.get(id, name) && isCalledFor(commandSpec(id), findAnswer)) await runner.run(id, name);
  }
}

/** Other text is not repeated in the message, because it may not be a name at all. */
const IS_NAME = /^[\w-]{1,64}$/;

/** The requested VDOM does not exist on the device. `names` is empty on a device without VDOMs. */
function unknownVdom(device: Device, asked: string, names: readonly string[], isAsked: boolean): FtmError {
  const near = nearNames(names, asked, 1).map((name) => `Did you mean \`${name}\`? `);
  const where = isAsked ? '' : ` The inventory names it: correct \`vdom\` of ${device.alias} there.`;
  const has =
    names.length === 0
      ? 'It has no VDOMs: ask again without one.'
      : `${near.join('')}It has ${names.map(code).join(', ')}.`;
  const message = `${device.alias} has no VDOM ${IS_NAME.test(asked) ? code(asked) : 'of that name'}.`;
  return new FtmError('ftm_unknown_vdom', message, { advice: `${has} No configuration was read.${where}` });
}

function code(name: string): string {
  return `\`${name}\``;
}

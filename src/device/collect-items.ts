import type { CommandFailure, EvidenceItem } from '../evidence/types.ts';
import { type CliError, classifyOutput } from '../fortios/cli-error.ts';
import { type CommandId, commandSpec, isCalledFor, isKnownTo } from '../fortios/commands.ts';
import { FtmError } from '../ftm-error.ts';
import type { CollectionRequest, VdomPlan } from './collector.ts';
import { protocolError, timedOut } from './device-errors.ts';
import { notFortigate } from './login.ts';
import type { CliScope, Navigator } from './navigator.ts';
import { createOutcomes, type Outcome } from './outcomes.ts';
import { type DeviceStatus, readStatus } from './read-status.ts';
import { notRun, permissionFor } from './refusal.ts';
import { unknownVdom } from './unknown-vdom.ts';

const MODE_UNKNOWN =
  'The answer to `get system status` has no line `Virtual domain configuration`, so the scope of the command is unknown.';
/** To read one takes about a second; a device may have hundreds. */
const MAX_VDOMS = 12;

/**
 * Runs the wanted commands, each where it is valid, and never enters a VDOM that the device did not list just before.
 * Where the device prints too much, what was read until then is what there is.
 */
export async function collectItems(
  navigator: Navigator,
  request: CollectionRequest,
): Promise<readonly EvidenceItem[]> {
  const wanted = wantedCommands(request);
  const outcomes = createOutcomes(wanted);
  const asked = request.vdom ?? request.device.vdom;
  let inVdom: { readonly name: string; readonly index: number; readonly count: number } | undefined;
  const status = statusOf(request, await run('system-status'));
  // What this release does not have would only be refused.
  const known = wanted.filter((id) => isKnownTo(status.version, commandSpec(id)));
  const withScope = (scope: string) => known.filter((id) => commandSpec(id).scope === scope);

  try {
    await collect();
  } catch (error) {
    if (!(error instanceof FtmError && error.code === 'ftm_device_flood')) throw error;
    const why = notRun(`${error.message} ${error.advice ?? ''}`.trim());
    if (inVdom) outcomes.fail(withScope('vdom'), why, inVdom.name);
    else outcomes.fail(known, why);
  }
  return outcomes.items(status.version);

  async function collect(): Promise<void> {
    if (status.multiVdom === undefined) {
      await runAll(withScope('any'), undefined);
      outcomes.fail(known, notRun(MODE_UNKNOWN));
    } else if (status.multiVdom) {
      await collectByScope();
    } else {
      if (request.vdom !== undefined) throw unknownVdom(request.device, request.vdom, [], true);
      await runAll(known, undefined);
    }
  }

  async function run(id: CommandId, vdom?: string): Promise<Outcome> {
    const step = wanted.indexOf(id) + 1;
    const command = commandSpec(id).text;
    if (step > 0) {
      const where = inVdom === undefined ? {} : { vdom: inVdom };
      request.onProgress?.({ phase: 'collecting', step, steps: wanted.length, command, ...where });
    }
    const exchange = await navigator.run(id);
    const where = vdom === undefined ? {} : { vdom };
    const outcome: Outcome =
      exchange === 'timeout' ? { id, ...where, failure: tooSlow(request) } : { id, ...where, exchange };
    outcomes.set(outcome);
    return outcome;
  }

  /** Runs what has no outcome yet; a command that ran out of time leaves the session at the root: go back first. */
  async function runAll(ids: readonly CommandId[], place: CliScope | undefined): Promise<void> {
    const vdom = place?.kind === 'vdom' ? place.name : undefined;
    // What a VDOM is asked for may hang on an answer of the global scope: the certificate that the push service names.
    const answerOf = (id: CommandId) =>
      (outcomes.get(id, vdom) ?? outcomes.get(id, undefined))?.exchange?.lines;
    for (const id of ids) {
      if (outcomes.get(id, vdom) || !isCalledFor(commandSpec(id), answerOf)) continue;
      const refused = place && (await navigator.go(place));
      if (refused)
        outcomes.fail(
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
      outcomes.fail(inGlobal, noGlobal(refused, status));
      await collectInOwnVdom(ofVdoms);
      return;
    }
    // A name that the device does not have is the whole answer: nothing is read for it.
    if (asked !== undefined) await refuseUnknown(asked);
    await runAll(inGlobal, { kind: 'global' });
    if (ofVdoms.length > 0) await collectInVdoms(ofVdoms);
  }

  async function refuseUnknown(name: string): Promise<void> {
    const names = await listVdoms();
    if (names.length > 0 && !names.includes(name)) {
      throw unknownVdom(request.device, name, names, request.vdom !== undefined);
    }
  }

  async function listVdoms(): Promise<readonly string[]> {
    const listing = await navigator.listVdoms();
    if ('kind' in listing) return [];
    outcomes.setListing(listing);
    return listing.names;
  }

  /** An administrator of one VDOM stands in it from the start, with no context in the prompt. */
  async function collectInOwnVdom(ids: readonly CommandId[]): Promise<void> {
    const own = status.currentVdom;
    const name = asked ?? own;
    if (name !== own) {
      outcomes.fail(ids, notRun(`The account belongs to VDOM ${own} and cannot read VDOM ${name}.`), name);
      return;
    }
    const answerOf = (id: CommandId) => outcomes.get(id, own)?.exchange?.lines;
    for (const id of ids) if (isCalledFor(commandSpec(id), answerOf)) await run(id, own);
  }

  async function collectInVdoms(ids: readonly CommandId[]): Promise<void> {
    const plan = request.planVdoms
      ? request.planVdoms(outcomes.items(status.version), await listVdoms(), asked)
      : oneVdom(asked ?? 'root', ids);
    const names = plan.names.slice(0, MAX_VDOMS);
    for (const [index, name] of names.entries()) {
      inVdom = { name, index: index + 1, count: names.length };
      await collectInVdom(name, plan, ids);
    }
    inVdom = undefined;
    for (const name of plan.names.slice(MAX_VDOMS)) {
      outcomes.fail(wantedOf(plan, name, ids).slice(0, 1), tooMany(name), name);
    }
    await retryTokensInGlobal();
  }

  function wantedOf(plan: VdomPlan, name: string, ids: readonly CommandId[]): readonly CommandId[] {
    const next = plan.next(name, outcomes.itemsIn(name, status.version));
    return ids.filter((id) => next.includes(id) && !outcomes.get(id, name));
  }

  async function collectInVdom(name: string, plan: VdomPlan, ids: readonly CommandId[]): Promise<void> {
    const place: CliScope = { kind: 'vdom', name };
    // What nothing called for stays without an outcome, and is not asked for again.
    const sent = new Set<CommandId>();
    for (let todo = wantedOf(plan, name, ids); todo.length > 0; ) {
      for (const id of todo) sent.add(id);
      const refused = await navigator.go(place);
      if (refused) {
        const why =
          refused.kind === 'unlisted'
            ? refused.line
            : `the device did not let the account into it: ${refused.line}`;
        outcomes.fail(todo, notRun(`VDOM ${name} was not read: ${why}.`), name);
        return;
      }
      await runAll(todo, place);
      todo = wantedOf(plan, name, ids).filter((id) => !sent.has(id));
    }
  }

  /** Which scope has `diagnose fortitoken info` is not documented: what the VDOM refuses, global may answer. */
  async function retryTokensInGlobal(): Promise<void> {
    const refused = outcomes
      .all('fortitoken-info')
      .filter(({ exchange }) => exchange && classifyOutput(exchange.lines) !== undefined);
    if (refused.length === 0 || (await navigator.go({ kind: 'global' }))) return;
    for (const { id, vdom } of refused) outcomes.forget(id, vdom);
    await run('fortitoken-info');
  }
}

/** The status decides how to go on, so it is always read, and first. */
export function wantedCommands(request: CollectionRequest): readonly CommandId[] {
  return [...new Set<CommandId>(['system-status', ...request.commands])];
}

function oneVdom(name: string, ids: readonly CommandId[]): VdomPlan {
  return { names: [name], next: () => ids };
}

function tooMany(name: string): CommandFailure {
  return notRun(`A check reads at most ${MAX_VDOMS} VDOMs. \`--vdom ${name}\` reads this one.`);
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
function noGlobal(refused: Pick<CliError, 'line'>, status: DeviceStatus): CommandFailure {
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

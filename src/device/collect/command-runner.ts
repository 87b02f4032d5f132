import { type CommandId, commandSpec, isCalledFor } from '../../engine/fortios/commands.ts';
import type { CollectionRequest } from '../collector.ts';
import { tooSlow } from './collect-failures.ts';
import { type CommandResult, type CommandResults, createCommandResults } from './command-results.ts';
import type { CliScope, Navigator } from './navigator.ts';
import type { Reading } from './reading.ts';
import { notRun } from './refusal.ts';

/** Sends the commands of one collection and records what came of them. */
export interface CommandRunner {
  readonly results: CommandResults;
  /** Set while VDOMs are read. */
  vdoms?: VdomPosition | undefined;
  /** Runs it in the current scope. */
  readonly run: (id: CommandId, vdom?: string) => Promise<CommandResult>;
  /** Runs those that are due; without a scope, in the current one. */
  readonly runAll: (ids: readonly CommandId[], scope: CliScope | undefined) => Promise<void>;
  /** Whether it has no result yet and is needed. */
  readonly isDue: (id: CommandId, vdom: string | undefined) => boolean;
  readonly record: (id: CommandId, vdom: string | undefined, reading: Reading | 'timeout') => CommandResult;
  readonly reportProgress: (id: CommandId) => void;
}

export interface VdomPosition {
  readonly current: { readonly name: string; readonly index: number; readonly count: number };
  /** VDOMs to be read after this one. */
  readonly left: readonly string[];
}

export function createCommandRunner(
  navigator: Navigator,
  request: CollectionRequest,
  wanted: readonly CommandId[],
): CommandRunner {
  const results = createCommandResults(wanted, request.sinceHours);
  const runner: CommandRunner = { results, run, runAll, isDue, record, reportProgress };

  async function run(id: CommandId, vdom?: string): Promise<CommandResult> {
    reportProgress(id);
    return record(id, vdom, await navigator.run(id));
  }

  function reportProgress(id: CommandId): void {
    const step = wanted.indexOf(id) + 1;
    if (step === 0) return;
    const [steps, command] = [wanted.length, commandSpec(id).text];
    const vdom = runner.vdoms?.current;
    request.onProgress?.({ phase: 'collecting', step, steps, command, ...(vdom && { vdom }) });
  }

  function record(id: CommandId, vdom: string | undefined, reading: Reading | 'timeout'): CommandResult {
    const result: CommandResult =
      reading === 'timeout' ? { id, vdom, failure: tooSlow(request) } : { id, vdom, reading };
    results.set(result);
    return result;
  }

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

  return runner;
}

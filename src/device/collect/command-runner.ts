import { type CommandId, commandSpec, isCalledFor } from '../../engine/fortios/commands.ts';
import type { CollectionProgress, CollectionRequest } from '../collector.ts';
import { tooSlow } from './collect-failures.ts';
import { type CommandResult, type CommandResults, createCommandResults } from './command-results.ts';
import type { CliScope, Navigator } from './navigator.ts';
import type { Reading } from './reading.ts';
import { notRun } from './refusal.ts';

/** The status determines the next commands, so it is always read first. */
export function wantedCommands(request: CollectionRequest): readonly CommandId[] {
  return [...new Set<CommandId>(['system-status', ...request.commands])];
}

/** Sends the commands of one collection and records what came of them. */
export class CommandRunner {
  readonly results: CommandResults;
  /** Set while VDOMs are read; `left`: those after the current one. */
  vdoms: { readonly current: CollectionProgress['vdom'] & {}; readonly left: readonly string[] } | undefined;
  readonly #navigator: Navigator;
  readonly #request: CollectionRequest;
  readonly #wanted: readonly CommandId[];

  constructor(navigator: Navigator, request: CollectionRequest, wanted: readonly CommandId[]) {
    this.results = createCommandResults(wanted, request.sinceHours);
    this.#navigator = navigator;
    this.#request = request;
    this.#wanted = wanted;
  }

  async run(id: CommandId, vdom?: string): Promise<CommandResult> {
    this.reportProgress(id);
    return this.record(id, vdom, await this.#navigator.run(id));
  }

  reportProgress(id: CommandId): void {
    const step = this.#wanted.indexOf(id) + 1;
    if (step === 0) return;
    const [steps, command] = [this.#wanted.length, commandSpec(id).text];
    const vdom = this.vdoms?.current;
    this.#request.onProgress?.({ phase: 'collecting', step, steps, command, ...(vdom && { vdom }) });
  }

  record(id: CommandId, vdom: string | undefined, reading: Reading | 'timeout'): CommandResult {
    const result: CommandResult =
      reading === 'timeout' ? { id, vdom, failure: tooSlow(this.#request) } : { id, vdom, reading };
    this.results.set(result);
    return result;
  }

  /** Whether it has no result yet and is needed. */
  isDue(id: CommandId, vdom: string | undefined): boolean {
    // The commands of a VDOM may depend on an answer of the global scope: the certificate that the push service
    // names.
    const findAnswer = (other: CommandId) =>
      (this.results.get(other, vdom) ?? this.results.get(other, undefined))?.reading?.lines;
    return !this.results.get(id, vdom) && isCalledFor(commandSpec(id), findAnswer);
  }

  /**
   * Runs those that are due; without a scope, in the current one. A command that ran out of time leaves the session at
   * the root: go back first.
   */
  async runAll(ids: readonly CommandId[], scope: CliScope | undefined): Promise<void> {
    const vdom = scope?.kind === 'vdom' ? scope.name : undefined;
    for (const id of ids) {
      if (!this.isDue(id, vdom)) continue;
      const refused = scope && (await this.#navigator.go(scope));
      if (refused)
        this.results.fail(
          [id],
          notRun(`The device did not return to the scope of the command: ${refused.line}`),
          vdom,
        );
      else await this.run(id, vdom);
    }
  }
}

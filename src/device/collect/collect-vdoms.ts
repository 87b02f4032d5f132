import type { VdomPlan } from '../../engine/evidence/vdom-plan.ts';
import { classifyOutput } from '../../engine/fortios/cli-error.ts';
import type { CommandId } from '../../engine/fortios/commands.ts';
import type { FortiosVersion } from '../../engine/fortios/version.ts';
import { MAX_VDOMS, notEntered, tooMany } from './collect-failures.ts';
import type { CommandRunner } from './command-runner.ts';
import type { CliScope, Navigator, NotThere } from './navigator.ts';

export interface VdomCollection {
  readonly navigator: Navigator;
  readonly runner: CommandRunner;
  readonly version: FortiosVersion;
  readonly plan: VdomPlan;
  readonly ids: readonly CommandId[];
}

/** Reads the planned VDOMs one after the other, each as far as the plan asks for it. */
export async function collectVdoms(collection: VdomCollection): Promise<void> {
  const { runner, plan } = collection;
  const names = plan.names.slice(0, MAX_VDOMS);
  // Entering a VDOM takes six round trips: several are read with `sudo` if the device accepts it.
  const runAllIn = names.length > 1 ? runBySudo : runInside;
  for (const [index, name] of names.entries()) {
    const current = { name, index: index + 1, count: names.length };
    runner.vdoms = { current, left: names.slice(index + 1) };
    await collectVdom(name, collection, runAllIn);
  }
  runner.vdoms = undefined;
  for (const name of plan.names.slice(MAX_VDOMS)) {
    runner.results.fail(unread(name, collection).slice(0, 1), tooMany(name), name);
  }
  await retryTokensInGlobal(collection);
}

async function collectVdom(
  name: string,
  collection: VdomCollection,
  runAllIn: typeof runInside,
): Promise<void> {
  const { runner } = collection;
  // A command that no answer required stays without a result until another answer requires it.
  const sent = new Set<CommandId>();
  for (let todo = unread(name, collection); todo.length > 0; ) {
    for (const id of todo) sent.add(id);
    const refused = await runAllIn(name, todo, collection);
    if (refused) {
      runner.results.fail(todo, notEntered(name, refused), name);
      return;
    }
    todo = unread(name, collection).filter((id) => !sent.has(id) || runner.isDue(id, name));
  }
}

/** What the plan asks for next, as far as it has no result. */
function unread(name: string, { runner, plan, version, ids }: VdomCollection): readonly CommandId[] {
  const next = plan.next(name, runner.results.itemsIn(name, version));
  return ids.filter((id) => next.includes(id) && !runner.results.get(id, name));
}

async function runInside(
  name: string,
  ids: readonly CommandId[],
  { navigator, runner }: VdomCollection,
): Promise<NotThere | undefined> {
  const scope: CliScope = { kind: 'vdom', name };
  const refused = await navigator.go(scope);
  if (!refused) await runner.runAll(ids, scope);
  return refused;
}

async function runBySudo(
  name: string,
  ids: readonly CommandId[],
  { navigator, runner }: VdomCollection,
): Promise<NotThere | undefined> {
  for (const id of ids) {
    if (!runner.isDue(id, name)) continue;
    runner.reportProgress(id);
    const answer = await navigator.runInVdom(name, id);
    if (answer !== 'timeout' && 'kind' in answer) return answer;
    runner.record(id, name, answer);
  }
  return undefined;
}

/** The scope of `diagnose fortitoken info` is not documented: if the VDOM refuses it, global may answer. */
async function retryTokensInGlobal({ navigator, runner }: VdomCollection): Promise<void> {
  const refused = runner.results
    .all('fortitoken-info')
    .filter(({ reading }) => reading && classifyOutput(reading.lines) !== undefined);
  if (refused.length === 0 || (await navigator.go({ kind: 'global' }))) return;
  for (const { id, vdom } of refused) runner.results.forget(id, vdom);
  await runner.run('fortitoken-info');
}

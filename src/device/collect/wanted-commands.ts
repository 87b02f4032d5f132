import type { VdomPlan } from '../../engine/evidence/vdom-plan.ts';
import type { CommandId } from '../../engine/fortios/commands.ts';
import type { CollectionRequest } from '../collector.ts';

/** The status determines the next commands, so it is always read first. */
export function wantedCommands(request: CollectionRequest): readonly CommandId[] {
  return [...new Set<CommandId>(['system-status', ...request.commands])];
}

export function oneVdom(name: string, ids: readonly CommandId[]): VdomPlan {
  return { names: [name], next: () => ids };
}

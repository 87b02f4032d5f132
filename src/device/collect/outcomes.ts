import { silentRefusal } from '../../evidence/cli-failure.ts';
import type { CommandFailure, EvidenceItem } from '../../evidence/types.ts';
import { classifyOutput } from '../../fortios/cli-error.ts';
import { type CommandId, commandSpec } from '../../fortios/commands.ts';
import { outputShape } from '../../fortios/output-shape.ts';
import type { FortiosVersion } from '../../fortios/version.ts';
import type { VdomListing } from './navigator.ts';
import type { Reading } from './reading.ts';
import { explainCliRefusal } from './refusal.ts';

/** Output or failure of one command in one scope. */
export interface Outcome {
  readonly id: CommandId;
  readonly vdom?: string;
  readonly exchange?: Reading;
  readonly failure?: CommandFailure;
}

/** Outcomes are kept until the end, since text behind an output may show that it has to be read again. */
export interface Outcomes {
  readonly get: (id: CommandId, vdom: string | undefined) => Outcome | undefined;
  readonly all: (id: CommandId) => readonly Outcome[];
  readonly set: (outcome: Outcome) => void;
  readonly setListing: (listing: VdomListing) => void;
  readonly forget: (id: CommandId, vdom: string | undefined) => void;
  /** Gives the failure to those commands that have no outcome there. */
  readonly fail: (ids: readonly CommandId[], failure: CommandFailure, vdom?: string) => void;
  /** Outputs behind which text came that may be their end, and which were not read twice yet. */
  readonly interrupted: () => readonly Outcome[];
  readonly items: (version: FortiosVersion) => readonly EvidenceItem[];
  readonly itemsIn: (vdom: string, version: FortiosVersion) => readonly EvidenceItem[];
}

/** Items come in the order of `wanted`. */
export function createOutcomes(wanted: readonly CommandId[]): Outcomes {
  const byKey = new Map<string, Outcome>();
  let listing: VdomListing | undefined;
  const keyOf = (id: CommandId, vdom: string | undefined) => `${id} ${vdom ?? ''}`;
  const all = (id: CommandId) => [...byKey.values()].filter((each) => each.id === id);
  const items = (outcomes: readonly Outcome[], version: FortiosVersion) =>
    outcomes.map((outcome) => toItem(outcome, version));

  /** The list of VDOMs determines what was not read. */
  function listed(): readonly EvidenceItem[] {
    if (!listing || all(listing.id).length > 0) return [];
    const command = commandSpec(listing.id).text;
    return [{ name: command, command, text: listing.lines.join('\n') }];
  }

  return {
    get: (id, vdom) => byKey.get(keyOf(id, vdom)),
    all,
    set: (outcome) => void byKey.set(keyOf(outcome.id, outcome.vdom), outcome),
    setListing(latest) {
      listing = latest;
    },
    forget: (id, vdom) => void byKey.delete(keyOf(id, vdom)),
    fail(ids, failure, vdom) {
      for (const id of ids) {
        if (byKey.has(keyOf(id, vdom))) continue;
        byKey.set(keyOf(id, vdom), { id, failure, vdom });
      }
    },
    interrupted: () => [...byKey.values()].filter(isInterrupted),
    items: (version) => [...items(wanted.flatMap(all), version), ...listed()],
    itemsIn: (vdom, version) =>
      items(
        wanted.flatMap(all).filter((each) => each.vdom === vdom),
        version,
      ),
  };
}

/** A complete configuration shows where it ends, so text after it is not part of it. */
function isInterrupted({ id, exchange }: Outcome): boolean {
  if (!exchange?.hasLateText || exchange.wasRepeated) return false;
  return outputShape(commandSpec(id).text)?.isStrict !== true || exchange.irregular.length > 0;
}

function toItem(outcome: Outcome, version: FortiosVersion): EvidenceItem {
  const { id, vdom, exchange } = outcome;
  const command = commandSpec(id).text;
  const failure = outcome.failure ?? (exchange && failureOf(exchange, command, version));
  return {
    name: vdom === undefined ? command : `${command} (vdom ${vdom})`,
    text: exchange?.lines.join('\n') ?? '',
    command,
    vdom,
    failure,
  };
}

const UNREADABLE: CommandFailure = {
  kind: 'failed',
  reason:
    'Other messages of the device stood in the output, twice, so that it could not be read. Run the check again, or paste the output.',
};

function failureOf(exchange: Reading, command: string, version: FortiosVersion): CommandFailure | undefined {
  if (exchange.isUnreadable) return UNREADABLE;
  if (exchange.question !== undefined) {
    return {
      kind: 'failed',
      reason: `The device asked a question, and the answer was no: ${exchange.question}`,
    };
  }
  if (exchange.lines.length === 0) return silentRefusal(command);
  const error = classifyOutput(exchange.lines);
  return error && explainCliRefusal(error, command, version);
}

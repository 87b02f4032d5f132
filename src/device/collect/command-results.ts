import { silentRefusal } from '../../engine/evidence/cli-failure.ts';
import type { CommandFailure, EvidenceItem } from '../../engine/evidence/types.ts';
import { classifyOutput } from '../../engine/fortios/cli-error.ts';
import { type CommandId, commandSpec } from '../../engine/fortios/commands.ts';
import { openFailures } from '../../engine/fortios/output/event-log.ts';
import { parseSystemStatus } from '../../engine/fortios/output/system-status.ts';
import { outputShape } from '../../engine/fortios/output-shape.ts';
import type { FortiosVersion } from '../../engine/fortios/version.ts';
import type { VdomListing } from './navigator.ts';
import type { Reading } from './reading.ts';
import { explainCliRefusal } from './refusal.ts';

/** Reading or failure of one command in one scope. */
export interface CommandResult {
  readonly id: CommandId;
  readonly vdom?: string;
  readonly reading?: Reading;
  readonly failure?: CommandFailure;
}

/** Results are kept until the end, since text behind an output may show that it has to be read again. */
export interface CommandResults {
  readonly get: (id: CommandId, vdom: string | undefined) => CommandResult | undefined;
  readonly all: (id: CommandId) => readonly CommandResult[];
  readonly set: (result: CommandResult) => void;
  readonly setListing: (listing: VdomListing) => void;
  readonly forget: (id: CommandId, vdom: string | undefined) => void;
  /** Gives the failure to those commands that have no result there. */
  readonly fail: (ids: readonly CommandId[], failure: CommandFailure, vdom?: string) => void;
  /** Outputs behind which text came that may be their end, and which were not read twice yet. */
  readonly interrupted: () => readonly CommandResult[];
  readonly items: (version: FortiosVersion) => readonly EvidenceItem[];
  readonly itemsIn: (vdom: string, version: FortiosVersion) => readonly EvidenceItem[];
}

/** Items come in the order of `wanted`. */
export function createCommandResults(wanted: readonly CommandId[], sinceHours?: number): CommandResults {
  const byKey = new Map<string, CommandResult>();
  let listing: VdomListing | undefined;
  const keyOf = (id: CommandId, vdom: string | undefined) => `${id} ${vdom ?? ''}`;
  const all = (id: CommandId) => [...byKey.values()].filter((each) => each.id === id);
  const items = (results: readonly CommandResult[], version: FortiosVersion) =>
    results.map((result) =>
      result.id === 'event-log' ? toLogItem(result, version) : toItem(result, version),
    );

  /** Logins of yesterday, and of users who got in since, are not those in question. */
  function toLogItem(result: CommandResult, version: FortiosVersion): EvidenceItem {
    const item = toItem(result, version);
    const { systemTime } = parseSystemStatus(all('system-status')[0]?.reading?.lines ?? []);
    const failures = openFailures(
      result.reading?.lines ?? [],
      systemTime?.value ?? Number.POSITIVE_INFINITY,
      sinceHours,
    );
    return item.failure ? item : { ...item, text: failures.join('\n') };
  }

  /** The list of VDOMs determines what was not read. */
  function listed(): readonly EvidenceItem[] {
    if (!listing || all(listing.id).length > 0) return [];
    const command = commandSpec(listing.id).text;
    return [{ name: command, command, text: listing.lines.join('\n') }];
  }

  return {
    get: (id, vdom) => byKey.get(keyOf(id, vdom)),
    all,
    set: (result) => void byKey.set(keyOf(result.id, result.vdom), result),
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
function isInterrupted({ id, reading }: CommandResult): boolean {
  if (!reading?.hasLateText || reading.wasRepeated) return false;
  return outputShape(commandSpec(id).text)?.isStrict !== true || reading.irregular.length > 0;
}

function toItem(result: CommandResult, version: FortiosVersion): EvidenceItem {
  const { id, vdom, reading } = result;
  const command = commandSpec(id).text;
  const failure = result.failure ?? (reading && failureOf(reading, command, version));
  return {
    name: vdom === undefined ? command : `${command} (vdom ${vdom})`,
    text: reading?.lines.join('\n') ?? '',
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

function failureOf(reading: Reading, command: string, version: FortiosVersion): CommandFailure | undefined {
  if (reading.isUnreadable) return UNREADABLE;
  if (reading.question !== undefined) {
    return {
      kind: 'failed',
      reason: `The device asked a question, and the answer was no: ${reading.question}`,
    };
  }
  if (reading.lines.length === 0) return silentRefusal(command);
  const error = classifyOutput(reading.lines);
  return error && explainCliRefusal(error, command, version);
}

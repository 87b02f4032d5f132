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

export interface CommandResult {
  readonly id: CommandId;
  readonly vdom?: string;
  readonly reading?: Reading;
  readonly failure?: CommandFailure;
}

/** Items come in the order of `wanted`. */
export function createCommandResults(wanted: readonly CommandId[], sinceHours?: number) {
  const byKey = new Map<string, CommandResult>();
  let listing: VdomListing | undefined;
  const toKey = (id: CommandId, vdom: string | undefined) => `${id} ${vdom ?? ''}`;
  const all = (id: CommandId) => [...byKey.values()].filter((each) => each.id === id);
  const items = (results: readonly CommandResult[], version: FortiosVersion) =>
    results.map((result) =>
      result.id === 'event-log' ? toLogItem(result, version) : toItem(result, version),
    );

  /** Logins of yesterday, and of users who got in since, are not those in question. */
  function toLogItem(result: CommandResult, version: FortiosVersion): EvidenceItem {
    const item = toItem(result, version);
    if (item.failure) return item;
    const { systemTime } = parseSystemStatus(all('system-status')[0]?.reading?.lines ?? []);
    const now = systemTime?.value ?? Number.POSITIVE_INFINITY;
    return { ...item, text: openFailures(result.reading?.lines ?? [], now, sinceHours).join('\n') };
  }

  /** The list of VDOMs determines what was not read. */
  function listVdoms(): readonly EvidenceItem[] {
    if (!listing || all(listing.id).length > 0) return [];
    const command = commandSpec(listing.id).text;
    return [{ name: command, command, text: listing.lines.join('\n') }];
  }

  return {
    get: (id: CommandId, vdom: string | undefined) => byKey.get(toKey(id, vdom)),
    all,
    set: (result: CommandResult) => void byKey.set(toKey(result.id, result.vdom), result),
    setListing(latest: VdomListing) {
      listing = latest;
    },
    forget: (id: CommandId, vdom: string | undefined) => void byKey.delete(toKey(id, vdom)),
    /** Gives the failure to those commands that have no result there. */
    fail(ids: readonly CommandId[], failure: CommandFailure, vdom?: string) {
      for (const id of ids) {
        if (byKey.has(toKey(id, vdom))) continue;
        byKey.set(toKey(id, vdom), { id, failure, vdom });
      }
    },
    /** Outputs behind which text came that may be their end, and which were not read twice yet. */
    interrupted: () => [...byKey.values()].filter(isInterrupted),
    items: (version: FortiosVersion) => [...items(wanted.flatMap(all), version), ...listVdoms()],
    itemsIn: (vdom: string, version: FortiosVersion) =>
      items(
        wanted.flatMap((id) => byKey.get(toKey(id, vdom)) ?? []),
        version,
      ),
  };
}

/** Results are kept until the end, since text behind an output may show that it has to be read again. */
export type CommandResults = ReturnType<typeof createCommandResults>;

/** A complete configuration shows where it ends, so text after it is not part of it. */
function isInterrupted({ id, reading }: CommandResult): boolean {
  if (!reading?.hasLateText() || reading.wasRepeated) return false;
  return outputShape(commandSpec(id).text)?.isStrict !== true || reading.irregular.length > 0;
}

export function toItem(
  result: CommandResult,
  version: FortiosVersion,
  command: string = commandSpec(result.id).text,
): EvidenceItem {
  const { vdom, reading } = result;
  const isSilent = reading?.lines.length === 0 && !reading.isUnreadable && commandSpec(result.id).mayBeSilent;
  const failure =
    result.failure ?? (isSilent || !reading ? undefined : findFailure(reading, command, version));
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

function findFailure(reading: Reading, command: string, version: FortiosVersion): CommandFailure | undefined {
  if (reading.isUnreadable) return UNREADABLE;
  if (reading.question !== undefined)
    return {
      kind: 'failed',
      reason: `The device asked a question, and the answer was no: ${reading.question}`,
    };
  if (reading.lines.length === 0) return silentRefusal(command);
  const error = classifyOutput(reading.lines);
  return error && explainCliRefusal(error, command, version);
}

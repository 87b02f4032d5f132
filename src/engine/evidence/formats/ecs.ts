import { eventLine, timeOnDevice } from './event-fields.ts';
import type { JsonValue } from './json-reader.ts';

type JsonObject = Extract<JsonValue, { kind: 'object' }>;

/**
 * An event of a FortiGate in the Elastic Common Schema, as log shippers write it, as a line of the event log. The id is
 * in `event.code`, FortiOS's own fields below `fortinet.firewall`, the user in `source.user.name`, the time in UTC.
 */
export function readEcs(record: JsonObject): string | undefined {
  const id = textAt(record, ['event', 'code']);
  const own = objectAt(record, ['fortinet', 'firewall']) ?? objectAt(record, ['fortinet']);
  if (id === undefined || !own) return undefined;
  const user = textAt(record, ['source', 'user', 'name']) ?? textAt(record, ['user', 'name']);
  const message = textAt(record, ['message']);
  return eventLine([
    ['logid', id],
    ...timeOf(record),
    ...own.members.flatMap(([name, value]) =>
      value.kind === 'text' || value.kind === 'word' ? [[name, value.text] as const] : [],
    ),
    ...(user === undefined ? [] : [['user', user] as const]),
    ...(message === undefined ? [] : [['msg', message] as const]),
  ]);
}

function timeOf(record: JsonObject): readonly (readonly [string, string])[] {
  const at = Date.parse(textAt(record, ['@timestamp']) ?? '');
  return Number.isNaN(at) ? [] : [['timestamp', timeOnDevice(at, textAt(record, ['event', 'timezone']))]];
}

function textAt(from: JsonObject, path: readonly string[]): string | undefined {
  const value = valueAt(from, path);
  return value?.kind === 'text' ? value.text : undefined;
}

function objectAt(from: JsonObject, path: readonly string[]): JsonObject | undefined {
  const value = valueAt(from, path);
  return value?.kind === 'object' ? value : undefined;
}

/** A member by its names, which may be nested or joined by dots. */
function valueAt(from: JsonObject, path: readonly string[]): JsonValue | undefined {
  for (let count = path.length; count > 0; count -= 1) {
    const name = path.slice(0, count).join('.');
    const found = from.members.find(([each]) => each === name)?.[1];
    if (!found) continue;
    if (count === path.length) return found;
    return found.kind === 'object' ? valueAt(found, path.slice(count)) : undefined;
  }
  return undefined;
}

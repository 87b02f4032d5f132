import type { Setting } from '../../../engine/fortios/config/types.ts';
import type { FortiosVersion } from '../../../engine/fortios/version.ts';
import { type CliReply, failureReply } from '../reply.ts';
import { listOptions } from '../schema/schemas.ts';
import type { Schema } from '../schema/types.ts';
import { within } from '../schema/within.ts';
import { getValues } from './draft.ts';

interface Holder {
  readonly settings: readonly Setting[];
}

/** The message of FortiOS for a new entry that lacks a required attribute. */
export function refuseIncomplete(
  entry: Holder,
  schema: Schema | undefined,
  version: FortiosVersion,
): CliReply | undefined {
  const missing =
    schema &&
    listOptions(schema, version).find((each) => each.required && getValues(entry, each.name).length === 0);
  return missing && failureReply(1, `Attribute '${missing.name}' MUST be set.`);
}

/** The message of FortiOS for an object that it does not store. */
export function refuseObject(path: string, object: Holder, version: FortiosVersion): CliReply | undefined {
  return path === 'system ftm-push' ? refusePush(object, version) : undefined;
}

const SERVER_RELEASES = '6.4.10-6.4.99 7.0.0-';

/**
 * FortiOS keeps push enabled only with an address that the phone can answer to, and refuses an address in `server-ip`
 * if it reads `server` (KB 195578).
 */
function refusePush(push: Holder, version: FortiosVersion): CliReply | undefined {
  const value = (name: string) => getValues(push, name).join(' ');
  const legacy = value('server-ip').replace(/^0\.0\.0\.0$/, '');
  const named = value('server') || value('interface');
  const readsServer = within(version, SERVER_RELEASES);
  const wanted = value('status') === 'enable' || (readsServer && legacy !== '');
  if (!wanted || (readsServer ? named : legacy) !== '') return undefined;
  return failureReply(
    -56,
    'Missing server address.',
    'object check operator error, -56, discard the setting',
  );
}

/** The other address that conflicts with this one: FortiOS accepts only one of them (KB 195578). */
const EXCLUSIVE: Readonly<Record<string, readonly string[]>> = {
  server: ['server-ip', 'interface'],
  'server-ip': ['server'],
  interface: ['server'],
};

/** The message of FortiOS for a second callback address; that it is refused is known, the text is inferred. */
export function refuseSecondAddress(path: string, object: Holder, name: string): CliReply | undefined {
  if (path !== 'system ftm-push') return undefined;
  const set = (each: string) => !['', '0.0.0.0'].includes(getValues(object, each).join(' '));
  const other = set(name) ? (EXCLUSIVE[name] ?? []).find(set) : undefined;
  return other === undefined
    ? undefined
    : failureReply(
        -56,
        `node_check_object fail! for ${name} ${getValues(object, name).join(' ')}`,
        'object set operator error, -56, discard the setting',
      );
}

import type { CommandFailure } from '../../engine/evidence/types.ts';
import { sameAddress } from '../../engine/fortios/address.ts';
import { classifyOutput } from '../../engine/fortios/cli-error.ts';
import { chooseIkeFilter, type DebugCommand, debugLine } from '../../engine/fortios/debug-commands.ts';
import type { FortiosVersion } from '../../engine/fortios/version.ts';
import type { CliScope, Navigator } from '../collect/navigator.ts';
import { readStatus } from '../collect/read-status.ts';
import { notRun } from '../collect/refusal.ts';

/** Nothing is sent before `set`. `vdom`: where the tunnels are; absent on a device without VDOMs. */
export function createIkeFilter(client: string, version: FortiosVersion, vdom?: string) {
  const filter = chooseIkeFilter(version);
  /** It may be ours from the moment it is sent. */
  let isOurs = false;

  /** Why IKE must not be watched; `undefined` once the device shows the filter. */
  async function set(navigator: Navigator): Promise<CommandFailure | undefined> {
    const before = await readFilter(navigator, version, vdom);
    if (before === undefined) return notRun('The filter of the IKE debug could not be read.');
    if (before.length > 0) {
      return notRun(
        `A filter of the IKE debug is set already (${before.join(', ')}), possibly by another person.`,
      );
    }
    isOurs = true;
    const { lines } = await send(navigator, { id: 'ike-filter-set', filter, client });
    const after = classifyOutput(lines) ? [] : await readFilter(navigator, version, vdom);
    return after?.some(names(client))
      ? undefined
      : notRun('The FortiGate did not take the filter of the IKE debug.');
  }

  return {
    set,
    /** True if the device shows that no filter of ours is left. */
    async clear(navigator: Navigator) {
      if (!isOurs) return true;
      const isCleared = await clearFilter(navigator, version, vdom, names(client));
      if (isCleared) isOurs = false;
      return isCleared;
    },
    /** For a person, if `clear` failed. */
    clearLine: () => (isOurs ? debugLine({ id: 'ike-filter-clear', filter }) : undefined),
  };
}

/** The filter of one debug session on IKE, which concerns one client. */
export type IkeFilterSession = ReturnType<typeof createIkeFilter>;

/** Whether a criterion (`IPv4 dest: 203.0.113.7`) is this address. */
function names(client: string): (criterion: string) => boolean {
  return (criterion) => criterion.split(/[\s/]+/).some((word) => sameAddress(word, client));
}

async function clearFilter(
  navigator: Navigator,
  version: FortiosVersion,
  vdom: string | undefined,
  isOurs: (criterion: string) => boolean,
): Promise<boolean> {
  const before = await readFilter(navigator, version, vdom);
  if (before && !before.some(isOurs)) return true;
  await send(navigator, { id: 'ike-filter-clear', filter: chooseIkeFilter(version) });
  const after = await readFilter(navigator, version, vdom);
  return after !== undefined && !after.some(isOurs);
}

/**
 * Clears a filter that an ended session left, on a device without another debug session. True if none is left, or none can be
 * read: then none was set.
 */
export async function clearLeftFilter(navigator: Navigator): Promise<boolean> {
  const reading = await navigator.run('system-status');
  const status = reading === 'timeout' ? undefined : readStatus(reading.lines);
  if (!status) return true;
  const vdom = status.multiVdom ? status.currentVdom : undefined;
  const before = await readFilter(navigator, status.version, vdom);
  return before === undefined || before.length === 0
    ? true
    : await clearFilter(navigator, status.version, vdom, () => true);
}

/** Not known: whether the global scope has the filter, or a VDOM alone. */
async function readFilter(
  navigator: Navigator,
  version: FortiosVersion,
  vdom: string | undefined,
): Promise<readonly string[] | undefined> {
  const scopes: readonly (CliScope | undefined)[] =
    vdom === undefined ? [undefined] : [undefined, { kind: 'vdom', name: vdom }];
  for (const scope of scopes) {
    if (scope && (await navigator.go(scope))) return undefined;
    const { lines } = await send(navigator, { id: 'ike-filter-list', filter: chooseIkeFilter(version) });
    if (!classifyOutput(lines)) return lines.length === 0 ? [] : parseIkeFilter(lines);
  }
  return undefined;
}

function send(navigator: Navigator, command: DebugCommand) {
  return navigator.session().move({ kind: 'debug', command });
}

/** `IPv4 dest: 203.0.113.7` */
const CRITERION = /^\s*([A-Za-z][\w -]{0,30}?)\s*:\s*(.{0,80}?)\s*$/;
const UNSET = /^(?:|any|all|none|no|off|disable|unset|0|-)$/i;

/**
 * `diagnose vpn ike log filter list`: the criteria that are set, as `IPv4 dest: 203.0.113.7`; `undefined` if no line can be
 * understood. The layout is not known for every release, so any value that does not say that nothing is set counts.
 */
function parseIkeFilter(lines: readonly string[]): readonly string[] | undefined {
  const criteria = lines.flatMap((line) => {
    const [, name, value] = CRITERION.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ text: `${name}: ${value}`, value }];
  });
  if (criteria.length === 0) return undefined;
  return criteria.filter(({ value }) => !UNSET.test(value)).map(({ text }) => text);
}

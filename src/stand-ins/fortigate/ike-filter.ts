import { atLeast, type FortiosVersion } from '../../engine/fortios/version.ts';
import { type CliReply, NOTHING, parseErrorBefore } from './reply.ts';

const NAMES: Readonly<Record<string, string>> = {
  'dst-addr4': 'IPv4 dest',
  'dst-addr6': 'IPv6 dest',
  'rem-addr4': 'IPv4 remote',
  'rem-addr6': 'IPv6 remote',
};

/** `diagnose vpn ike log-filter …` up to 7.2, `log filter …` since 7.4; `rem-addr4` since 7.4.1 (KB304205). */
export function ikeFilterCommand(
  command: string,
  version: FortiosVersion,
  filter: Map<string, string>,
  isLost = false,
): CliReply | undefined {
  const [, path, what = 'list', address] =
    /^diagnose vpn ike (log-filter|log filter)(?: (\S+))?(?: (\S+))?$/.exec(command) ?? [];
  if (path === undefined) return undefined;
  if (path !== (atLeast(version, '7.4.0') ? 'log filter' : 'log-filter')) return parseErrorBefore('log');
  const known = atLeast(version, '7.4.1') ? 'rem-addr' : 'dst-addr';
  if (what === 'list') return { lines: list(filter, known) };
  if (what === 'clear') filter.clear();
  else if (![`${known}4`, `${known}6`].includes(what) || address === undefined) return parseErrorBefore(what);
  else if (!isLost) filter.set(what, address);
  return NOTHING;
}

function list(filter: ReadonlyMap<string, string>, known: string): string[] {
  return [
    'vd: any',
    'name: any',
    'interface: any',
    ...[`${known}4`, `${known}6`].map((name) => `${NAMES[name]}: ${filter.get(name) ?? 'any'}`),
  ];
}

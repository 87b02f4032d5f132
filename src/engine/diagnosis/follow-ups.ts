import { toSections } from '../evidence/sections.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import type { AskedServer } from '../facts/accounts/auth-server-values.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { readFacts } from '../facts/read-facts.ts';
import { parseIpv4 } from '../fortios/address.ts';
import { type CommandId, commandSpec, commandWith } from '../fortios/commands.ts';
import { listPools } from '../rules/shared/ssl-pools.ts';

/** A read that only the answers before it call for. */
export interface FollowUpRead {
  readonly id: CommandId;
  /** Value of `CommandSpec.argument`, for a command that has one. */
  readonly word?: string;
  readonly vdom: string | undefined;
}

export interface FollowUpQuestion {
  /** The device is asked about, without a user: servers are looked at before a login needs them. */
  readonly isSweep: boolean;
}

/** Each is one round trip, and few devices have more servers. */
const MAX_SERVERS = 8;
const MAX_POOLS = 4;
const POOLS = ['ssl-vpn', 'ssl-portals', 'ssl-sessions'] as const satisfies readonly CommandId[];
const SERVERS = ['ldap', 'radius'] as const satisfies readonly CommandId[];
/** `[597] __ldap_conn_timeout-Connction with dc02:10.20.1.9 timed out.` */
const TIMED_OUT = /Connction with ([^:\n]{1,128}):? ?([0-9A-Fa-f.:]{0,45}) ?timed out/g;

/** What a check reads besides its plan. */
export function followUps(
  items: readonly EvidenceItem[],
  question: FollowUpQuestion,
): readonly FollowUpRead[] {
  return [
    ...routesToServers(items, question),
    ...poolsInUse(items),
    ...failuresOfDirectories(items, question),
  ];
}

/** Of servers that did not answer a login; in a sweep, of all servers whose address is known. */
function routesToServers(
  items: readonly EvidenceItem[],
  { isSweep }: FollowUpQuestion,
): readonly FollowUpRead[] {
  /** By name, with the address that was asked. */
  const silent = new Map(
    items
      .filter(({ command }) => !command?.startsWith('show '))
      .flatMap(({ text }) =>
        [...text.matchAll(TIMED_OUT)].map(([, name = '', address = '']) => [name, address] as const),
      ),
  );
  if (silent.size === 0 && !isSweep) return [];
  const routes = findServers(items).flatMap(({ name, server, vdom }): FollowUpRead[] => {
    const word = [server.value, silent.get(name) ?? ''].find((each) => parseIpv4(each) !== undefined);
    const isAsked = word !== undefined && (isSweep || silent.has(name));
    return isAsked ? [{ id: 'server-route', word, vdom }] : [];
  });
  const once = new Map(routes.map((each) => [`${each.vdom} ${each.word}`, each]));
  return [...once.values()].slice(0, MAX_SERVERS);
}

/** FortiOS logs them in the management VDOM (KB 418674). */
function failuresOfDirectories(
  items: readonly EvidenceItem[],
  { isSweep }: FollowUpQuestion,
): readonly FollowUpRead[] {
  if (!isSweep) return [];
  const { ldapServers, global, vdomMode } = readCommandFacts(items, [
    'ldap',
    'system-global',
    'system-status',
  ]);
  if ((valueIfKnown(ldapServers) ?? []).length === 0) return [];
  const vdom =
    valueIfKnown(vdomMode) === 'multi' ? valueIfKnown(global)?.managementVdom.value || 'root' : undefined;
  return [{ id: 'event-log', vdom }];
}

function findServers(items: readonly EvidenceItem[]): readonly AskedServer[] {
  const { ldapServers, radiusServers } = readCommandFacts(items, SERVERS);
  return [...(valueIfKnown(ldapServers) ?? []), ...(valueIfKnown(radiusServers) ?? [])];
}

/** The address objects of SSL VPN: the table may have thousands of others. */
function poolsInUse(items: readonly EvidenceItem[]): readonly FollowUpRead[] {
  const facts = readCommandFacts(items, POOLS);
  const inUse = new Set((valueIfKnown(facts.sslSessions) ?? []).map(({ vdom }) => vdom));
  return listPools(facts)
    .filter(({ vdom }) => inUse.has(vdom))
    .flatMap(({ vdom, names }) => names.map((word): FollowUpRead => ({ id: 'address-object', word, vdom })))
    .filter(({ id, word }) => word !== undefined && commandWith(id, word) !== undefined)
    .slice(0, MAX_POOLS);
}

function readCommandFacts(items: readonly EvidenceItem[], ids: readonly CommandId[]): Facts {
  const texts = ids.map((id) => commandSpec(id).text);
  const answers = items.filter(({ command, failure }) => !failure && texts.includes(command ?? ''));
  return readFacts(answers.flatMap((item) => toSections(item))).facts;
}

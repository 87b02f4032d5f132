import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { findLoginFailure } from '../facts/attempts/login-failure.ts';
import { PUSH_HOPS } from '../facts/hop.ts';
import type { SignName } from '../fortios/debug/login-signs.ts';

/** Fewer logins show no pattern. */
const MIN_LOGINS = 4;
const MIN_FAILED = 2;

/** What a login has of one kind: its servers, its groups, its client. */
type Property = (login: Attempt) => readonly string[];

/** Ends that are the server’s, not the user’s. */
const OF_SERVER: ReadonlySet<SignName> = new Set<SignName>([
  'server-timeout',
  'server-unresolved',
  'server-tls-failed',
  'server-certificate-refused',
  'radius-unauthenticated',
]);

/**
 * Who fails, where there are many logins and a step before or after any push stops them: everybody, or those of one
 * server, tunnel, group, user, client or network, without any user who gets in. Undefined where no pattern is shown.
 */
export function whoFails(attempts: readonly Attempt[]): string | undefined {
  const ended = attempts.filter(({ outcome }) => outcome !== 'incomplete');
  const failed = ended.filter(({ outcome }) => outcome !== 'succeeded');
  const passed = ended.filter(({ outcome }) => outcome === 'succeeded');
  if (ended.length < MIN_LOGINS || failed.length < MIN_FAILED || failed.some(isAboutPush)) return undefined;
  const count = passed.length === 0 ? `All ${failed.length}` : `${failed.length} of ${ended.length}`;
  const only = (property: Property) => findShared(property, failed, passed);

  const server = only(serversOf);
  if (server !== undefined) {
    const atServer = failed.every((login) =>
      OF_SERVER.has(findLoginFailure(login.trace.signs)?.sign ?? 'tls-error'),
    );
    const where = atServer ? ` at ${server}` : `, each checked at ${server}`;
    return `${count} logins fail${where}${others(passed, 'the others')}`;
  }
  if (passed.length === 0) return `${count} logins fail${everybody(failed)}`;
  const gateway = only(({ trace }) => (trace.gateway === undefined ? [] : [trace.gateway]));
  if (gateway !== undefined)
    return `${count} logins fail, all at the tunnel ${gateway}; other tunnels come up`;
  const users = new Set(failed.map(({ user }) => user));
  const group = users.size > 1 ? only(groupsOf) : undefined;
  if (group !== undefined) return `${count} logins fail, all of the group ${group}; others get in`;
  const user = only(({ user: name }) => (name === UNNAMED_USER ? [] : [name]));
  if (user !== undefined) return `${count} logins fail, all of ${user}; others get in`;
  const client = only(clientOf);
  if (client !== undefined) return `${count} logins fail, all from ${client}; other clients get in`;
  const network = only(networkOf);
  if (network !== undefined) return `${count} logins fail, all from ${network}; other networks get in`;
  return undefined;
}

/** The one value that every failed login has and no successful one, as the log shows. */
function findShared(
  property: Property,
  failed: readonly Attempt[],
  passed: readonly Attempt[],
): string | undefined {
  const [first, ...rest] = failed.map((login) => new Set(property(login)));
  // A login that got in without showing it may be of the same server, group or client.
  if (passed.some((login) => property(login).length === 0 && !(property === serversOf && isLocal(login))))
    return undefined;
  const taken = new Set(passed.flatMap(property));
  const common = [...(first ?? [])].filter(
    (value) => !taken.has(value) && rest.every((each) => each.has(value)),
  );
  return common.length === 1 ? common[0] : undefined;
}

const serversOf: Property = ({ trace: { signs } }) =>
  [
    ...(signs['server-loaded'] ?? []),
    ...(signs['server-timeout'] ?? []),
    ...(signs['radius-sent'] ?? []),
  ].flatMap(({ fields }) => fields.server ?? []);

const groupsOf: Property = ({ trace: { signs } }) =>
  [
    ...(signs['group-sent'] ?? []),
    ...(signs['portal-given'] ?? []),
    ...(signs['event-login'] ?? []),
    ...(signs['event-tunnel-up'] ?? []),
    ...(signs['event-login-failed'] ?? []),
  ].flatMap(({ fields }) => fields.group ?? []);

const clientOf: Property = ({ trace: { client } }) => (client === undefined ? [] : [client]);

/** `203.0.113.0/24` of an IPv4 client. */
const networkOf: Property = ({ trace: { client = '' } }) => {
  const [, network] = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(client) ?? [];
  return network === undefined ? [] : [`${network}.0/24`];
};

/** Who gets in: local users, where all of them are. */
function others(passed: readonly Attempt[], who: string): string {
  if (passed.length === 0) return '';
  return passed.every(isLocal) ? '; local users get in' : `; ${who} get in`;
}

function isLocal({ milestones, trace: { signs } }: Attempt): boolean {
  return milestones.checkedBy?.by === 'local-user' || signs['local-password-found'] !== undefined;
}

function everybody(failed: readonly Attempt[]): string {
  // A login without a name may be of anybody.
  if (failed.some(({ user }) => user === UNNAMED_USER)) {
    const client = findShared(clientOf, failed, []);
    return client === undefined ? '' : `, all from ${client}`;
  }
  const users = new Set(failed.map(({ user }) => user));
  return users.size === 1 ? `, all of ${[...users].join()}` : ` (${users.size} users)`;
}

function isAboutPush({ hops }: Attempt): boolean {
  const broken = hops.find(({ status }) => status === 'broken');
  return broken !== undefined && PUSH_HOPS.has(broken.id);
}

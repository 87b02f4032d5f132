import type { Environment } from '../environment.ts';
import type { Credential, JumpHost } from '../inventory-types.ts';
import { ADDRESS, USERNAME } from '../name-patterns.ts';
import { chooseIdentity } from './identity.ts';
import { expandHome, type SshConfigLine } from './load.ts';
import { hostName, lookUp, type SshOptions, type SshQuery } from './look-up.ts';

/** How to reach a host and sign in to it, according to the SSH configuration. */
export interface SshHost {
  readonly address: string;
  readonly port: number;
  readonly username: string;
  readonly credential: Credential | { readonly reason: string };
  /** A file that does not exist is skipped. */
  readonly knownHostsFiles: readonly string[];
  readonly hostKeyAlias?: string;
  /** In connection order. */
  readonly jumps: readonly JumpHost[] | { readonly reason: string };
  readonly skipped: readonly string[];
}

export interface SshConfigContext {
  readonly config: readonly SshConfigLine[];
  readonly home: string;
  readonly localUser: string;
  readonly env: Environment;
  /** For jump hosts, in milliseconds. */
  readonly connectMs: number;
}

/** The argument of `ssh`, which need not be an address. */
const NAME = /^[\x21-\x7e]{1,253}$/;
const USER_FILES = ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'];
const SYSTEM_FILES = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];

/** Looks a host up as `ssh HOST` would. `reason`: why it cannot be used. `passed`: hosts on the way from it. */
export function resolveSshHost(
  context: SshConfigContext,
  spec: JumpSpec,
  passed: readonly string[] = [],
): SshHost | { readonly reason: string } {
  const { host } = spec;
  if (!NAME.test(host)) return { reason: `${JSON.stringify(host)} is not a host name` };
  if (passed.includes(host)) return { reason: `ProxyJump leads back to ${host}` };
  const options = lookUp(context.config, { ...spec, localUser: context.localUser });
  const address = hostName(options.get('hostname'), host).toLowerCase();
  const port = Number(options.get('port') ?? 22);
  const username = options.get('user') ?? context.localUser;
  if (!ADDRESS.test(address)) return { reason: `${JSON.stringify(address)} is not a host name` };
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return { reason: `has no valid port` };
  if (!USERNAME.test(username)) return { reason: `${JSON.stringify(username)} is not a user name` };

  const { home, localUser } = context;
  const tokens = { d: home, h: address, k: address, n: host, p: String(port), r: username, u: localUser };
  const expand = (path: string) => expandPath(path, tokens, context);
  const files = (keyword: string, usual: readonly string[]) => {
    const named = options.all(keyword);
    const written = named.length > 0 ? named : usual;
    return written.filter((path) => path.toLowerCase() !== 'none').flatMap((path) => expand(path) ?? []);
  };
  const jumps = resolveJumps(context, options, [...passed, host]);
  const skippedOnTheWay = 'reason' in jumps ? [] : jumps.flatMap(({ skipped }) => skipped);
  return {
    address,
    port,
    username,
    credential: chooseIdentity({
      files: options.all('identityfile'),
      agent: options.get('identityagent'),
      env: context.env,
      expand,
    }),
    knownHostsFiles: [
      ...files('userknownhostsfile', USER_FILES),
      ...files('globalknownhostsfile', SYSTEM_FILES),
    ],
    hostKeyAlias: options.get('hostkeyalias'),
    jumps: 'reason' in jumps ? jumps : jumps.map(({ jump }) => jump),
    skipped: [...new Set([...options.skipped, ...skippedOnTheWay])],
  };
}

interface Hop {
  readonly jump: JumpHost;
  readonly skipped: readonly string[];
}

/** The first host is reached according to its own configuration, each other one through the one before it. */
function resolveJumps(
  context: SshConfigContext,
  options: SshOptions,
  passed: readonly string[],
): readonly Hop[] | { readonly reason: string } {
  const command = options.get('proxycommand');
  if (command !== undefined && command.toLowerCase() !== 'none') {
    return { reason: 'needs ProxyCommand, which is not run; use ProxyJump' };
  }
  const value = options.get('proxyjump');
  const specs = value === undefined ? [] : parseJumps(value);
  if (specs === 'unreadable') return { reason: `has a ProxyJump that cannot be read: ${value}` };
  const hops: Hop[] = [];
  for (const spec of specs) {
    const found = resolveSshHost(context, spec, passed);
    if ('reason' in found) return { reason: `${spec.host}, on the way to it: ${found.reason}` };
    const { jumps, skipped, credential, ...host } = found;
    if ('reason' in jumps && hops.length === 0) return jumps;
    if ('reason' in credential) return { reason: `${spec.host}, on the way to it, ${credential.reason}` };
    if (hops.length === 0 && !('reason' in jumps)) hops.push(...jumps.map((jump) => ({ jump, skipped: [] })));
    const jump: JumpHost = {
      kind: 'jump-host',
      alias: spec.host,
      ...host,
      credential,
      hostKeys: [],
      algorithms: 'modern',
      timeouts: { connect: context.connectMs },
    };
    hops.push({ jump, skipped });
  }
  return hops;
}

/** A path with `~/`, `${NAME}` and `%` tokens (`%h` is `h`); undefined if one of them is not known. */
function expandPath(
  path: string,
  tokens: Readonly<Record<string, string>>,
  { env, home }: SshConfigContext,
): string | undefined {
  let isKnown = true;
  const known = (value: string | undefined) => {
    if (value === undefined) isKnown = false;
    return value ?? '';
  };
  const expanded = path
    .replace(/\$\{([^}]*)\}/g, (_, name: string) => known(env[name]))
    .replace(/%(.)/g, (_, token: string) => (token === '%' ? '%' : known(tokens[token])));
  return isKnown ? expandHome(expanded, home) : undefined;
}

type JumpSpec = Omit<SshQuery, 'localUser'>;

const SPEC = /^(?:ssh:\/\/)?(?:([^@\s]+)@)?(?:\[([^\]\s]+)\]|([^:@\s/]+))(?::(\d{1,5}))?\/?$/;

/** The value of `ProxyJump`, in connection order; empty for `none`. */
function parseJumps(value: string): readonly JumpSpec[] | 'unreadable' {
  if (value.toLowerCase() === 'none') return [];
  const jumps: JumpSpec[] = [];
  for (const part of value.split(',')) {
    const [, user, bracketed, plain, port] = SPEC.exec(part.trim()) ?? [];
    const host = bracketed ?? plain;
    if (host === undefined) return 'unreadable';
    jumps.push({ host, user, port });
  }
  return jumps;
}

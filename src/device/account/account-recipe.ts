import { COMMANDS, type CommandId, commandSpec } from '../../engine/fortios/commands.ts';
import { atLeast, type FortiosVersion, formatVersion } from '../../engine/fortios/version.ts';
import { quoteValue } from '../../engine/rules/shared/fix.ts';

export interface AccountRequirements {
  readonly version: FortiosVersion;
  /** Name of the administrator; the profile is called after it. */
  readonly name: string;
  /** `vdom`: an administrator of this VDOM alone. `all-vdoms`: of a device with VDOMs. `device`: of one without. */
  readonly scope:
    | { readonly kind: 'device' | 'all-vdoms' }
    | { readonly kind: 'vdom'; readonly vdom: string };
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly publicKey?: string;
  /**
   * Password of the administrator, one that `canBePasted`. Without one FortiOS would accept an empty password.
   */
  readonly password: string;
  /** The password was made for these lines and is kept nowhere yet. */
  readonly isPasswordNew: boolean;
  /** Networks the bot connects from; empty for any address. */
  readonly trustedHosts: readonly TrustedHost[];
  /** The inventory has `ping: true` for the device. */
  readonly ping?: boolean | undefined;
}

export type TrustedHost =
  | { readonly family: 4; readonly address: string; readonly mask: string }
  | { readonly family: 6; readonly prefix: string };

export interface AccountRecipe {
  /** Complete: can be pasted at the root of the CLI. */
  readonly lines: readonly string[];
  /** Notes that the lines cannot express. */
  readonly notes: readonly string[];
}

/** What the commands of a check read: users, system, interfaces, firewall objects and VPN, and nothing else. */
const GROUPS = ['authgrp', 'sysgrp', 'netgrp', 'fwgrp', 'vpngrp'] as const;

/**
 * The minimum rights for a complete check. FortiOS 6.0 is the oldest release whose access profiles have these groups.
 */
export function accountRecipe(required: AccountRequirements): AccountRecipe {
  const { name, scope } = required;
  const profile = `${name}-read-only`;
  const lines = [
    'config system accprofile',
    `    edit "${profile}"`,
    // Without VDOMs FortiOS does not know the option.
    ...(scope.kind === 'all-vdoms' ? ['        set scope global'] : []),
    ...GROUPS.map((group) => `        set ${group} read`),
    ...permissions(required).map((permission) => `        set ${permission} enable`),
    '    next',
    'end',
    'config system admin',
    `    edit "${name}"`,
    `        set accprofile "${profile}"`,
    ...(scope.kind === 'vdom' ? [`        set vdom "${scope.vdom}"`] : []),
    `        set password ${quoteValue(required.password)}`,
    ...trustedHostLines(required.trustedHosts),
    ...(required.publicKey === undefined ? [] : [`        set ssh-public-key1 "${required.publicKey}"`]),
    '    next',
    'end',
  ];
  const inGlobal = scope.kind !== 'device';
  return { lines: inGlobal ? ['config global', ...lines, 'end'] : lines, notes: notesFor(required) };
}

/** The CLI shows help at `?` and ends a line at a control character, inside quotes too. */
export function canBePasted(password: string): boolean {
  return /^[ -~]+$/.test(password) && !password.includes('?');
}

const VERBS = [
  ['diagnose', 'cli-diagnose'],
  ['get', 'cli-get'],
  ['show', 'cli-show'],
  ['execute', 'cli-exec'],
] as const;

/** Per verb from 7.4.2, where all of them are off in a new profile; before that, for `diagnose` only, from 6.4. */
function permissions({ version, scope, ping = false }: AccountRequirements): readonly string[] {
  if (!atLeast(version, '6.4.0')) return [];
  if (!atLeast(version, '7.4.2')) return ['system-diagnostics'];
  const sent = (Object.keys(COMMANDS) as CommandId[]).filter(
    (id) => commandSpec(id).onRequest === undefined || (ping && id === 'ping-push-server'),
  );
  const verbs = new Set(sent.map((id) => commandSpec(id).text.split(' ', 1)[0]));
  return [
    ...VERBS.filter(([verb]) => verbs.has(verb)).map(([, permission]) => permission),
    // Entering global or a VDOM is `config`; the groups decide what may be changed there, and they are read-only.
    ...(scope.kind === 'all-vdoms' ? ['cli-config'] : []),
  ];
}

function trustedHostLines(hosts: readonly TrustedHost[]): readonly string[] {
  const v4 = hosts.filter((host) => host.family === 4);
  const v6 = hosts.filter((host) => host.family === 6);
  return [
    ...v4.map(({ address, mask }, index) => `        set trusthost${index + 1} ${address} ${mask}`),
    ...v6.map(({ prefix }, index) => `        set ip6-trusthost${index + 1} ${prefix}`),
  ];
}

function notesFor(required: AccountRequirements): readonly string[] {
  const { version, name, scope, publicKey, isPasswordNew, trustedHosts, ping = false } = required;
  const hasCliVerbs = atLeast(version, '7.4.2');
  // An administrator with IPv6 hosts alone may still open IPv4.
  const isRestricted = trustedHosts.some((host) => host.family === 4);
  const passwordNote = isPasswordNew
    ? `The lines set a random password, which is shown once. Store it where \`password\` of ${name} in the ` +
      'inventory points to, or print this again with --public-key, which is safer.'
    : 'The lines set the password that FGT_PASSWORD holds. Do not store them: `.env` alone keeps it.';
  const notes: readonly (readonly [applies: boolean | undefined, note: string])[] = [
    [publicKey === undefined, passwordNote],
    [
      publicKey !== undefined,
      'The lines set a random password, because FortiOS accepts a password even if the account has a key, and without ' +
        '`set password` it is empty. The bot signs in with the key, so you need not store the password.',
    ],
    [
      publicKey?.startsWith('ssh-rsa') && !atLeast(version, rsaSince(version)),
      `FortiOS ${formatVersion(version)} accepts RSA keys of administrators only with SHA-1 signatures (7.0.14 and ` +
        '7.2.8 fix that): an ed25519 key avoids the problem.',
    ],
    [
      ping && hasCliVerbs,
      '`cli-exec` allows `execute`, which `execute ping push.fortinet.com` needs since FortiOS 7.4.2. Without ' +
        '`ping: true` in the inventory nothing is sent that needs it: leave --ping out then.',
    ],
    [
      hasCliVerbs,
      'A check about one user also looks for failed logins of the last day in the event log. For that, add `set loggrp ' +
        'read` and `set cli-exec enable` to the profile; without them the log is not read, and the rest is.',
    ],
    [
      scope.kind === 'all-vdoms' && hasCliVerbs,
      '`cli-config` allows `config global` and `config vdom`, which enter the scopes. It changes nothing: every group ' +
        'of the profile is at `read`.',
    ],
    [true, isRestricted ? withTrustedHost(trustedHosts) : withoutTrustedHost(name)],
    [
      !atLeast(version, '6.4.0'),
      `Before FortiOS 6.4 (this is ${formatVersion(version)}) \`diagnose\` needs a full administrator: with this ` +
        'account, the output of `diagnose` stays unknown, such as the state of tokens.',
    ],
    [
      scope.kind === 'vdom',
      'An administrator of one VDOM cannot read global settings, such as the push service: rules that need them ' +
        'stay unknown. --multi-vdom prints an account that can read all.',
    ],
    [
      scope.kind === 'device' && atLeast(version, '6.4.0'),
      'For a device with VDOMs, use the lines of `ftm-check account` with --multi-vdom, or --vdom NAME for one of them.',
    ],
    [
      atLeast(version, '7.4.0') && !hasCliVerbs,
      'An upgrade to 7.4.2 or later disables `diagnose` for this account. Print this again afterwards.',
    ],
  ];
  return notes.flatMap(([applies, note]) => (applies ? [note] : []));
}

/** FortiOS joins the trusted hosts of all administrators (rule `admin-trusthost-blocks-callback`). */
function withoutTrustedHost(name: string): string {
  return (
    `${name} has no IPv4 trusted host and can sign in from any address that reaches SSH. FortiOS joins the trusted hosts ` +
    'of all administrators: if every other administrator has some, this account alone shows the HTTPS and SSH login ' +
    'pages to every source, lets the answers of phones in, and so hides a known cause of failing push.'
  );
}

function withTrustedHost(hosts: readonly TrustedHost[]): string {
  const from = hosts.map((host) => (host.family === 4 ? `${host.address}/${host.mask}` : host.prefix));
  return (
    `The account signs in from ${from.join(', ')} only, and changes neither who reaches the login pages nor whether ` +
    'push works. It must be the address of the bot as the FortiGate sees it: behind NAT, that of the router.'
  );
}

/** RSA with SHA-2 for administrators: from 7.0.14 and 7.2.8 (oxidized#3235). */
function rsaSince(version: FortiosVersion): string {
  return version.major === 7 && version.minor < 2 ? '7.0.14' : '7.2.8';
}

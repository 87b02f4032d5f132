import { accountRecipe } from '../../src/device/account/account-recipe.ts';
import { SESSION_BYTES } from '../../src/device/byte-budget.ts';
import { FACTS } from '../../src/engine/facts/facts.ts';
import { COMMANDS, type CommandId, commandSpec } from '../../src/engine/fortios/commands.ts';
import { DEBUG_APPLICATIONS, debugLine, MAX_DEBUG_MINUTES } from '../../src/engine/fortios/debug-commands.ts';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import { collectionPlan } from '../../src/engine/rules/collection-plan.ts';
import { DEFAULT_TIMEOUTS } from '../../src/platform/config/build-device.ts';
import { LIVE_SECONDS } from '../../src/platform/config/live-limits.ts';
import { code, table, WRITTEN } from './markdown.ts';

type Conditional = {
  [Id in CommandId]: (typeof COMMANDS)[Id] extends { readonly onlyWhere: unknown } ? Id : never;
}[CommandId];

/** `onlyWhere` of the catalogue in words. */
const CONDITIONS: Readonly<Record<Conditional, string>> = {
  ldap: 'a group or a user names a server that is no RADIUS server',
  saml: 'a name is no LDAP server either',
  'password-policies': 'a user has a password policy',
  'ssl-portals': 'SSL VPN serves and names a portal',
  'ssl-sessions': 'SSL VPN serves and has addresses for clients',
  'ipsec-tunnels': 'a dial-up tunnel has addresses for clients',
  peers: 'a group, a rule or a tunnel names a peer',
  policies: 'SSL VPN serves or a tunnel is a dial-up one',
  'custom-services': 'a policy or virtual IP names a service',
  'service-groups': 'a name is no service',
  addresses: 'a local-in policy names an address',
  'address-groups': 'a local-in policy names an address',
  'recurring-schedules': 'a local-in policy has a schedule',
  'onetime-schedules': 'a local-in policy has a schedule',
  'schedule-groups': 'a local-in policy has a schedule',
  zones: 'a name is no interface',
  sdwan: 'a name is neither an interface nor a zone',
  'local-certificates': 'the push service or SSL VPN uses a certificate of your own',
  authorities: 'the push service uses a certificate of your own, or a directory names one',
  'remote-certificates': 'a SAML server names a certificate',
  'ha-status': 'the device is in a cluster',
};

/** Sent to find the way, not for a cause; or called for by the content of an answer. */
const ON_THE_WAY: Partial<Readonly<Record<CommandId, string>>> = {
  'vdom-list': 'with VDOMs, to know their names',
  'vdom-property': 'with VDOMs, if the account may not run the line above',
  'server-route': 'after a login that waited for the server in vain, and in a sweep',
  'address-object': 'for the address pools of SSL VPN while sessions use them',
  performance: 'before a live check, to leave a busy device alone',
};

/** docs/reference/on-your-fortigate.md: everything that ftm-check does to a device. */
export function onYourFortigatePage(): string {
  const planned = collectionPlan(RULES).length;
  return `${[
    WRITTEN,
    '# What it does to your FortiGate',
    'In short: one SSH session for each check, read-only commands out of a closed list, no change of the configuration, no agent, and' +
      ' nothing left behind but an administrator that you created. Every line that the bot sends is on the' +
      ' [audit trail](../explanation/security.md#audit-trail) (`check` in a terminal keeps none), and tests show that no other can be sent.',
    '## Sessions, time and load',
    sessions(planned),
    '## Commands of a check',
    `No other than these ${Object.keys(COMMANDS).length} can be sent. Each is sent as it stands here, with no argument from a person: ADDRESS is an IPv4 address and NAME an object of letters, digits, dots, dashes and underscores, each as the configuration of the device holds it. *Each VDOM* is each VDOM that the question concerns.` +
      ' The last column is the number of causes that use the answer.',
    table(
      ['command', 'it shows', 'when', 'where', 'causes'],
      (Object.keys(COMMANDS) as CommandId[]).map(commandRow),
    ),
    'Besides these: `config global`, `config vdom`, `edit NAME` of a VDOM that the device listed just before, `sudo NAME` before one of the' +
      ' lines above, `end` and `exit` to move between scopes, and a key at a pager or at a question of the login. Inside `config` no `set` is ever sent.',
    'Not read, because no cause rests on them:',
    [
      '- `show vpn ipsec phase2-interface`: what a person may reach through a tunnel that is up is no question of a login; addresses and groups of a dial-up stand in phase 1.',
      '- `show vpn ssl web realm`: which realm a login typed is in the debug, and which realms have a rule is in `vpn ssl settings`.',
      '- `show vpn ssl web host-check-software`: that a portal asks for a host check is in `show vpn ssl web portal`; which check a computer failed only the computer says.',
      '- `show system ha` for `ha-direct`, which up to 7.4.8 and 7.6.2 may take requests to a directory out of another interface: [the page of its cause](../../src/engine/rules/ldap-server-unreachable/page.md) names it.',
    ].join('\n'),
    '## Debug of a live check',
    live(),
    '## Permissions',
    permissions(),
    '## Remove it',
    removal(),
  ].join('\n\n')}\n`;
}

function commandRow(id: CommandId): readonly string[] {
  const spec = commandSpec(id);
  const where = { any: 'device', global: 'device', vdom: 'each VDOM' }[spec.scope];
  const causes = RULES.filter((rule) => rule.facts.some((fact) => FACTS[fact].commands.includes(id))).length;
  const text = spec.argument === undefined ? spec.text : `${spec.text} ${spec.argument.toUpperCase()}`;
  const form = spec.short === undefined ? code(text) : `${code(spec.short)}, else ${code(spec.text)}`;
  const sent =
    spec.filter === undefined
      ? form
      : `${form}, after ${spec.filter.slice(0, -1).map(code).join(', ')}; then ${code(spec.filter.at(-1) ?? '')}`;
  return [sent, spec.shows, whenSent(id), where, String(causes)];
}

function whenSent(id: CommandId): string {
  const reason = ON_THE_WAY[id];
  if (reason !== undefined) return reason;
  if (id === 'event-log')
    return 'only for a question about one user; in a sweep, once and in the management VDOM';
  if (id === 'ping-push-server') return 'only with `ping: true` in the inventory';
  if (commandSpec(id).onRequest !== undefined) return 'never sent: an answer may ask you to run it';
  return id in CONDITIONS ? `only if ${CONDITIONS[id as Conditional]}` : 'always';
}

function sessions(planned: number): string {
  const seconds = (ms: number) => `${ms / 1000} s`;
  return [
    `- **Sessions**: one at a time for each device, for each check one sign-in (a second one only if the connection is lost). A session counts against the limit of administrators (\`admin-login-max\`). A jump host carries at most four.`,
    `- **Commands**: at most ${planned} of the ${Object.keys(COMMANDS).length} [below](#commands-of-a-check), and fewer where nothing refers to what they show; VDOM commands once for each VDOM read. Of the others, the table says when they are sent: to find VDOMs, before a live check, for a server that did not answer, for one user, for a ping, or never.`,
    `- **Time**: as long as the device takes to answer, plus one sign-in ([measured](benchmarks.md#a-check-over-ssh)). Limits, unless the inventory sets others: ${seconds(DEFAULT_TIMEOUTS.connect)} to connect, ${seconds(DEFAULT_TIMEOUTS.command)} for a command, ${seconds(DEFAULT_TIMEOUTS.job)} for a check.`,
    `- **Load**: what typing \`show\` and \`get\` by hand costs; no command runs twice at the same time, and nothing is polled. A session reads at most ${SESSION_BYTES / 1024 / 1024} MB.`,
    '- **Network**: the bot connects to the SSH port. The device connects to nothing because of a check, except for the ping that the inventory allows.',
    '- **How often**: when a person, an alert or a schedule of yours asks. Nothing runs by itself without `sweeps` or `escalation` in the inventory.',
  ].join('\n');
}

function live(): string {
  const lines = [
    { id: 'debug-info' },
    { id: 'debug-reset' },
    { id: 'debug-duration', minutes: 2 },
    { id: 'debug-timestamp' },
    { id: 'ike-filter-list', filter: 'since 7.4.1' },
    { id: 'ike-filter-set', filter: 'since 7.4.1', client: '203.0.113.7' },
    ...DEBUG_APPLICATIONS.map((application) => ({ id: 'debug-application' as const, application })),
    { id: 'debug-enable' },
    { id: 'debug-disable' },
    ...DEBUG_APPLICATIONS.map((application) => ({ id: 'debug-application-off' as const, application })),
    { id: 'ike-filter-clear', filter: 'since 7.4.1' },
  ] as const;
  return [
    `Off unless the inventory has \`live\` for a device, and then only where a person asks for it: at most ${LIVE_SECONDS.default} s, or what \`live: { max: … }\` says (${LIVE_SECONDS.min} to ${LIVE_SECONDS.max} s). Nothing else that ftm-check sends changes a state, except the filter of \`execute log display\`, which is reset afterwards.` +
      ' IKE is watched only behind a filter on the address of the client, here that of 7.4.1 and later.' +
      ' It is not enabled while another person debugs, or above 85 % of CPU or memory; a flood ends it at once. It is disabled whatever' +
      ` happens, and FortiOS itself ends it after \`duration\` (at most ${MAX_DEBUG_MINUTES} minutes). [Decision 9](../adr/0009-live-debug.md) has the details.`,
    `\`\`\`\n${lines.map((line) => debugLine(line)).join('\n')}\n\`\`\``,
  ].join('\n\n');
}

function permissions(): string {
  const { lines } = accountRecipe({
    version: { major: 7, minor: 4, patch: 8 },
    name: 'ftm-check',
    scope: { kind: 'device' },
    password: 'PASSWORD',
    isPasswordNew: false,
    trustedHosts: [{ family: 4, address: '192.0.2.10', mask: '255.255.255.255' }],
  });
  // An administrator pasted without its password would have an empty one.
  const profile = lines.slice(0, lines.indexOf('end') + 1);
  return [
    'An administrator whose profile reads five groups (six with the log) and writes none. The profile for FortiOS 7.4.8 without VDOMs' +
      ' ([the whole account](../how-to/device-account.md)):',
    `\`\`\`\n${profile.join('\n')}\n\`\`\``,
    'Not in it, because a check does without: `set loggrp read` and `set cli-exec enable`. A check about one user sends `execute log …` to find' +
      ' failed logins of the last day; without the two the log is not read. `cli-exec` alone serves the ping. With VDOMs `cli-config` is added:' +
      ' entering `global` or a VDOM is a `config` command. It adds no right to write, because every group stays at `read`.',
    'A trusted host lets the administrator sign in from the bot alone, so that it neither opens the login pages nor changes whether push works. With fewer' +
      ' permissions a check goes on, and its answer says what it could not read.',
  ].join('\n\n');
}

function removal(): string {
  return [
    '- **FortiGate**: delete the administrator and its profile (with VDOMs inside `config global`):',
    '',
    '  ```',
    '  config system admin',
    '      delete "ftm-check"',
    '  end',
    '  config system accprofile',
    '      delete "ftm-check-read-only"',
    '  end',
    '  ```',
    '',
    '  A finding may have led you to create `ftm-callback` or change other settings: the *Undo* of that answer takes it back.',
    '- **Slack**: [api.slack.com/apps](https://api.slack.com/apps) › the app › Basic Information › Delete App.',
    '- **Bot**: stop `serve`, or `helm uninstall ftm-check`, and delete its folder, its volume claims and its Secrets.',
    '- **Redis or Valkey**: delete the whole server if it has nothing else. The bot’s keys begin with `{ftm}`; with the bot stopped, this deletes them alone:',
    '',
    '  ```sh',
    '  redis-cli -u "$REDIS_URL" --scan --pattern "{ftm}*" | xargs -r redis-cli -u "$REDIS_URL" del',
    '  ```',
    '',
    '- **Elsewhere**: audit files, `--save-evidence` folders and `~/.local/state/ftm-check` stay until you delete them ([what is stored](../how-to/privacy.md)).',
  ].join('\n');
}

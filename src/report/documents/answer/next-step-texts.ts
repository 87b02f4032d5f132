import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { type Hop, PUSH_HOPS } from '../../../engine/facts/hop.ts';
import { COMMANDS, type CommandId } from '../../../engine/fortios/commands.ts';
import { codePart, listPart, type Part, prosePart } from '../document.ts';
import { list, plural, printableProse } from '../printable.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import { type CommandStep, type DebugStep, isUndecided, type NextSteps, nextSteps } from './next-steps.ts';

/** What a command shows, continues "Needed:". */
export const COMMAND_SHOWS: Readonly<Record<CommandId, string>> = {
  'system-status': 'the FortiOS version',
  'vdom-list': 'the list of VDOMs',
  'vdom-property': 'the list of VDOMs',
  'ftm-push': 'the FTM push settings',
  interfaces: 'the interfaces',
  administrators: 'the administrators',
  'admin-profiles': 'the administrator profiles',
  'system-global': 'the global settings',
  dns: 'the DNS settings',
  ddns: 'the DDNS settings',
  'central-management': 'the central management settings',
  fortiguard: 'the FortiGuard settings',
  'interface-addresses': 'the interface addresses',
  'ssl-vpn': 'the SSL VPN settings',
  vips: 'the virtual IPs',
  'local-users': 'the local users',
  'user-groups': 'the user groups',
  radius: 'the RADIUS servers',
  fortitokens: 'the tokens',
  'fortitoken-info': 'the token states',
  policies: 'the firewall policies',
  'local-in-policies': 'the local-in policies',
  'custom-services': 'the services',
  'service-groups': 'the service groups',
  addresses: 'the addresses',
  'address-groups': 'the address groups',
  'recurring-schedules': 'the schedules',
  'onetime-schedules': 'the schedules',
  'schedule-groups': 'the schedules',
  zones: 'the zones',
  sdwan: 'the SD-WAN settings',
  'local-certificates': 'the certificates',
  authorities: 'the CA certificates',
  'remote-certificates': 'the certificates of identity providers',
  'vdom-settings': 'the VDOM settings',
  'default-route': 'the default route',
  ldap: 'the LDAP servers',
  saml: 'the SAML servers',
  'password-policies': 'the password policies',
  'ssl-portals': 'the portals',
  'phase1-interfaces': 'the IPsec tunnels',
  peers: 'the peers',
  'ha-status': 'the HA status',
  'ssl-vpn-blocklist': 'the SSL VPN block list',
  'event-log': 'the logins of the last day',
  performance: 'the load of the device',
  'ping-push-server': 'a ping to push.fortinet.com',
};

const BY_TEXT: ReadonlyMap<string, string> = new Map(
  (Object.keys(COMMANDS) as CommandId[]).map((id) => [COMMANDS[id].text, COMMAND_SHOWS[id]]),
);

/** `Needed: the FTM push settings`, `Needed: one login with debug on`; empty if nothing is needed. */
export function neededText(diagnosis: Diagnosis): string {
  const { commands, debug, debugFirst } = nextSteps(diagnosis);
  if (debug && (debugFirst || !commands)) return 'Needed: one login with debug on';
  const [shown = 'one command output'] = commands ? shownNames(commands.first) : [];
  return commands ? `Needed: ${shown}` : '';
}

/** One thing to do next; `title` if it is collapsed. */
export interface NextStep {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** The most useful step first: of the commands the one that decides most, where nothing is decided. */
export function nextStepParts(diagnosis: Diagnosis): readonly NextStep[] {
  const { commands, debug, debugFirst, questions } = nextSteps(diagnosis);
  const isOneFirst = !debugFirst && isUndecided(diagnosis);
  const both = [
    ...(commands ? commandSteps(commands, isOneFirst) : []),
    ...(debug ? [debugStep(debug, diagnosis)] : []),
  ];
  return [
    ...(debugFirst ? both.toReversed() : both),
    ...(questions.length === 0 ? [] : [questionStep(questions)]),
  ];
}

function commandSteps(
  { backupShowsMore, device, first, lines, count }: CommandStep,
  isOneFirst: boolean,
): readonly NextStep[] {
  const more = backupShowsMore ? 'A full configuration backup shows more.' : '';
  const run = `Run this on ${onDevice(device)} and paste the output here.`;
  const all = codePart(lines, 'commands');
  if (!isOneFirst) {
    const parts = [...prosePart(more === '' ? run : `${run} ${more}`), ...all];
    return [{ title: `${plural(count, 'command')} to run`, parts }];
  }
  const one = { title: '', parts: [...prosePart(run), ...codePart(first, 'command')] };
  const rest = { title: `Or paste these ${count} outputs at once`, parts: [...prosePart(more), ...all] };
  return count === 1 ? [one] : [one, rest];
}

function debugStep({ device, lines, after }: DebugStep, { device: { vdomMode }, hops }: Diagnosis): NextStep {
  const isScoped = vdomMode === 'single' || lines[0] === 'config global';
  const global = isScoped ? '' : ' With VDOMs, enter `config global` first.';
  const needsPush = hops.some(({ id, needed }) => PUSH_HOPS.has(id) && needed !== false);
  const withPush = needsPush ? ' with push' : '';
  const off = after.length === 0 ? '' : `, ${after.length} to switch it off`;
  return {
    title: `Debug of one login (${plural(lines.length, 'line')} to paste${off})`,
    parts: [
      ...prosePart(
        `Run this on ${onDevice(device)}, let the user log in once${withPush}, and paste the output here.${global}`,
      ),
      ...codePart(lines, 'debug on'),
      ...(after.length === 0
        ? []
        : [...prosePart('Then switch debug off:'), ...codePart(after, 'debug off')]),
    ],
  };
}

function questionStep(questions: NextSteps['questions']): NextStep {
  const items = questions.map(({ text, unlocks }) => `${printableProse(text)} (${hopNames(unlocks)})`);
  return {
    title: plural(questions.length, 'thing to find out', 'things to find out'),
    parts: listPart(items, 'Please find out:'),
  };
}

function onDevice(name: string | undefined): string {
  return name === undefined ? 'the FortiGate' : printableProse(name);
}

export function hopNames(hops: readonly Hop[]): string {
  return list(hops.map((hop) => ENGLISH_WORDING.hops[hop]));
}

/** What the commands show: `the local users`. */
export function shownNames(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.flatMap((line) => BY_TEXT.get(line) ?? []))];
}

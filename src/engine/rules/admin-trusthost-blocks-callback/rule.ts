import type { Administrator } from '../../facts/accounts/account-values.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import {
  countAddresses,
  coversEverything,
  formatIpv4Range,
  type Ipv4Range,
  parseIpv4Range,
} from '../../fortios/ipv4-ranges.ts';
import { atLeast } from '../../fortios/version.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, LONGER_TIMER, NEXT_LOGIN, TYPED_CODE } from '../shared/answers.ts';
import { CALLBACK_FACTS } from '../shared/callback-destination.ts';
import { callbackEndpoint, callbackInterface } from '../shared/callback-interface.ts';
import { callbackPort, dropTo } from '../shared/callback-packets.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';
import { configEntry, globalFix, quoteValue } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { oneSetting } from '../shared/one-setting.ts';
import { waysOut } from '../shared/wan-interfaces.ts';

const PROFILE = 'ftm_no_access';
const ADMINISTRATOR = 'ftm-callback';

export const rule = defineRule({
  id: 'admin-trusthost-blocks-callback',
  title: 'All administrators have trusted hosts, so FortiOS drops the phone’s answer',
  severity: 'critical',
  hop: 'callback',
  number: 8,
  forCustomer: 'a protection of the firewall also refuses the answers of phones',
  disturbs: 'nobody',
  place: 'on the FortiGate, where every administrator has trusted hosts',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    [
      /\bkeep\b.{0,20}\btrusted hosts\b|\baudit\b|\bpen-?test\b|\bcompliance\b|\bre-?test\b/i,
      'The other administrators keep their trusted hosts; one account without any rights goes without.',
    ],
    [
      /\b(?:remove|delete|clear|unset|drop)\b.{0,40}\btrust|\btrust\w*[ -]?hosts?\b.{0,20}\b(?:entfernen|löschen)/i,
      'An administrator without trusted hosts can log in from everywhere; an account without any rights is enough.',
    ],
    [
      /\b(?:another|other|different) way\b|\balternativ/i,
      'FortiOS wants at least one administrator without trusted hosts; an account without any rights gives away least.',
    ],
    [
      CHANGE_BROKE_IT,
      'Yes, if the trusted hosts were part of it: once every administrator has some, FortiOS drops the answer of phones.',
    ],
    [
      'side-effect',
      'The change shows the HTTPS and SSH login pages to every source where interfaces allow them.',
    ],
    NEXT_LOGIN,
    ['elsewhere', 'Phones whose address is among the trusted hosts get through; the others are dropped.'],
    [
      'verify',
      '`show system admin` shows it: one administrator at least has to be without `trusthost` lines.',
    ],
    [
      'own-change',
      'Trusted hosts on all administrators make FortiOS drop the answer of phones from other addresses.',
    ],
    [
      'choice',
      'An account of its own without any rights and without trusted hosts is enough; the others keep theirs.',
    ],
    ['where', 'Trusted hosts are in the entry of each administrator, `config system admin`.'],
    [
      'prevent',
      'One account without rights and without trusted hosts keeps push working, whatever the others have.',
    ],
    // `must every admin lose them?`
    [
      /(?<!\p{L})(?:all|every|alle|jeder|tous|todos|tutti)(?!\p{L}).{0,25}(?:admin|trust)/iu,
      'The other administrators keep their trusted hosts; one account without any rights goes without.',
    ],
  ],
  descriptions: [
    {
      all: ['trustedHosts / admins restricted', 'approve|request'],
      also: [APPROVE_VOID, 'all|last admins|trustedHosts', 'ftm works|accessList|on !not'],
      title: 'All administrators have trusted hosts, so the FortiGate drops the phone’s answer',
      fix: 'Look with `show system admin`: if each entry has a `trusthost`, FortiOS accepts the port of push only from those addresses too. Add one administrator without trusted hosts whose profile permits nothing and whose password is long and random. Keep `https` and `ssh` off the WAN or protect them with a local-in policy, because such an entry opens the login page to all addresses.',
    },
  ],
  needs: ['administrators'],
  wants: ['adminProfiles', 'flowDrops', 'global', 'shownSettings', ...CALLBACK_FACTS],
  references: ['KB277343', 'KB304842', 'F239540'],
  refutedByPassing: 'callback',
  check({ administrators, adminProfiles, flowDrops, ...facts }, context) {
    const { pushService, interfaces, liveAddresses } = facts;
    const all = administrators.value;
    const unlisted = all.filter((each) => each.trustedHosts.value.length === 0);
    const open = unlisted
      .filter((each) => !each.trustedHosts6)
      .toSorted((one, other) => Number(isOfThisProgram(one)) - Number(isOfThisProgram(other)))[0];
    if (open) {
      const judgement = healthy(whatKeepsOpen(open, all), open.trustedHosts.quotes);
      return { ...judgement, isNoted: isOfThisProgram(open) };
    }
    const [onlyIpv6] = unlisted;
    if (onlyIpv6) {
      return undecided({
        reason: `every administrator has trusted hosts, ${onlyIpv6.name} for IPv6 only; Fortinet does not document whether FortiOS then accepts every IPv4 address`,
        need: `a debug flow of one callback, or an administrator without trusted hosts of either kind`,
        commands: [],
      });
    }
    if (all.length === 0) {
      return undecided({
        reason: 'the evidence lists no administrator at all',
        need: 'the administrators and their trusted hosts',
        commands: ['administrators'],
      });
    }
    const together = all.flatMap((each) =>
      each.trustedHosts.value.map(parseIpv4Range).filter((range) => range !== undefined),
    );
    // Combined, because access is allowed if any of them allows it (F239540).
    if (coversEverything(together)) {
      return healthy(
        'the trusted hosts together are every IPv4 address',
        all.flatMap((each) => each.trustedHosts.quotes),
      );
    }
    const isPartial = all.some((each) => each.partial);
    const service = valueIfKnown(pushService);
    const endpoint = service ? callbackEndpoint(service) : 'the FortiGate';
    const known = valueIfKnown(adminProfiles) ?? [];
    const target =
      service &&
      callbackInterface(
        service,
        valueIfKnown(interfaces) ?? [],
        valueIfKnown(liveAddresses),
        valueIfKnown(facts.hostLookups),
      );
    const reached = target?.kind === 'exact' ? target.interface.vdom : undefined;
    // An existing profile of that name may have rights by now: then the fix uses a new, unused name.
    const taken = known.filter((each) => each.grants).map((each) => each.name);
    const profile = unusedName(PROFILE, taken);
    const profileInUse =
      all.some((each) => each.profile === profile) || known.some((each) => each.name === profile);
    const name = unusedName(
      ADMINISTRATOR,
      all.map((each) => each.name),
    );
    // The port is open where push is on, the interface allows it, and an administrator has no trusted hosts.
    const isAllowed =
      service?.status.value === 'enable' &&
      target?.kind === 'exact' &&
      target.interface.allowaccess.value.includes('ftm');
    const dropped = dropTo(flowDrops, callbackPort(pushService), facts, (policy) => policy === 0);
    return broken(isPartial && !(dropped && isAllowed) ? 'likely' : 'certain', {
      title: `${howMany(all.length, isPartial)} trusted hosts, so FortiOS drops the phone’s answer`,
      summary: `The phone answers to ${endpoint} from an address that is not known in advance. FortiOS accepts such a connection only while at least one administrator has no trusted hosts. ${everyone(all, isPartial)}${dropped && isAllowed ? ' The debug flow shows the packet dropped by policy 0, although push is on and the interface allows `ftm`.' : ''}`,
      evidence: [...all.flatMap((each) => each.trustedHosts.quotes.slice(0, 2)), ...(dropped?.quotes ?? [])],
      fix: globalFix(context, {
        apply: [
          ...(profileInUse ? [] : configEntry('system accprofile', profile, nothingAtAll(context))),
          ...configEntry('system admin', name, [
            `set accprofile "${profile}"`,
            ...(context.vdomMode === 'multi' ? [`set vdom ${quoteValue(reached ?? 'root')}`] : []),
            'set password <long-random-password>',
          ]),
        ],
        undo: [
          'config system admin',
          `    delete "${name}"`,
          'end',
          ...(profileInUse ? [] : ['config system accprofile', `    delete "${profile}"`, 'end']),
        ],
        verify: [`show system admin ${quoteValue(name)}`],
        replace:
          'Replace `<long-random-password>` first, or everyone who reads these lines knows the password.',
        ...loginPages(facts, together, target?.kind === 'exact' ? target.interface : undefined),
      }),
      explains: ['callback-not-accepted'],
    });
  },
});

/** Services of an interface that show a login to administrators. */
const LOGINS = ['https', 'http', 'ssh', 'telnet'];

/** What an administrator without trusted hosts opens, and who is to be let in there: the sources that have access today. */
function loginPages(
  facts: Pick<Facts, 'interfaces' | 'liveAddresses' | 'global' | 'shownSettings'>,
  trusted: readonly Ipv4Range[],
  reached: Interface | undefined,
): Pick<Fix, 'before' | 'note'> {
  const { interfaces, liveAddresses } = facts;
  const shown = waysOut(valueIfKnown(interfaces) ?? [], valueIfKnown(liveAddresses)).flatMap((each) => {
    const services = LOGINS.filter((service) => each.allowaccess.value.includes(service));
    return services.length === 0
      ? []
      : [{ name: each.name, services, text: `${each.name} (${nameList(services)})` }];
  });
  const sources = networks(trusted);
  const isClosed =
    reached?.allowaccess.explicit && !reached.allowaccess.value.some((service) => LOGINS.includes(service));
  if (shown.length === 0 || sources.length === 0 || sources.length > MAX_SOURCES)
    return {
      note: `This also shows the HTTPS and SSH login pages to every source on interfaces that allow them${isClosed ? ' (the one that phones reach allows neither)' : ''}: restrict them with a local-in policy.`,
    };
  const [only, another] = shown;
  if (only && !another) return restrictTo(only, sources, adminPort(facts));
  return {
    before: `First restrict the login page of ${nameList(shown.map(({ text }) => text))}, which this opens to every source: add a local-in policy that accepts it from ${listNames(sources)} alone and one below that denies it to all others, or take it out of \`allowaccess\`.`,
  };
}

function adminPort({ global, shownSettings }: Pick<Facts, 'global' | 'shownSettings'>): number | undefined {
  const path = 'system global admin-sport';
  return valueIfKnown(oneSetting(global, ({ adminSport }) => adminSport, shownSettings, path, Number))?.value;
}

/** Port of the predefined service HTTPS. */
const HTTPS_PORT = 443;
/** A service for the admin page on another port. */
const ADMIN_SERVICE = 'ftm-admin-page';

/** The local-in policies as lines to type; the push port is in no predefined service. */
function restrictTo(
  {
    name: port,
    services,
    text,
  }: { readonly name: string; readonly services: readonly string[]; readonly text: string },
  sources: readonly string[],
  page: number | undefined,
): Pick<Fix, 'before' | 'note'> {
  // SSL VPN may have TCP 443, which HTTPS would deny.
  const isElsewhere = services.includes('https') && page !== undefined && page !== HTTPS_PORT;
  const denied = services.map((each) =>
    quoteValue(isElsewhere && each === 'https' ? ADMIN_SERVICE : each.toUpperCase()),
  );
  const names = sources.map((_, index) => quoteValue(`ftm-admin-${index + 1}`));
  const policy = (from: string, action: string) => [
    'edit 0',
    `set intf ${quoteValue(port)}`,
    `set srcaddr ${from}`,
    'set dstaddr "all"',
    `set service ${denied.join(' ')}`,
    'set schedule "always"',
    `set action ${action}`,
    'next',
  ];
  const lines = [
    'config firewall address',
    ...sources.flatMap((source, index) => [
      `edit ${names[index]}`,
      `set subnet ${source.includes('/') ? source : `${source}/32`}`,
      'next',
    ]),
    'end',
    ...(isElsewhere
      ? [
          'config firewall service custom',
          `edit "${ADMIN_SERVICE}"`,
          `set tcp-portrange ${page}`,
          'next',
          'end',
        ]
      : []),
    'config firewall local-in-policy',
    ...policy(names.join(' '), 'accept'),
    ...policy('"all"', 'deny'),
    'end',
  ];
  const ownPort = isElsewhere
    ? ` The admin page is on TCP ${page}: HTTPS stays free for SSL VPN.`
    : services.includes('https') && page === undefined
      ? ' Where `admin-sport` is not 443, put a service of your own in the place of HTTPS: SSL VPN on 443 would be denied.'
      : '';
  return {
    before: `First restrict the login page of ${text}, which the fix opens to every source, to the sources that have access today.${ownPort} Type this in the VDOM of ${port}, from one of these sources: ${lines.map((line) => `\`${line}\``).join(', ')}.`,
    note: `To take the local-in policies back, delete both and ${names.length === 1 ? 'the address' : 'the addresses'}${isElsewhere ? ` and the service ${ADMIN_SERVICE}` : ''}. Or take ${nameList(services)} out of \`allowaccess\` of ${port} instead.`,
  };
}

/** Sources that a sentence names. */
const MAX_SOURCES = 6;

/** `10.0.0.0/8`, `203.0.113.40`: without those that are part of another one. */
function networks(ranges: readonly Ipv4Range[]): readonly string[] {
  const widest = ranges.filter(
    (own) =>
      !ranges.some(
        (each) =>
          each !== own &&
          each[0] <= own[0] &&
          own[1] <= each[1] &&
          countAddresses([each]) > countAddresses([own]),
      ),
  );
  const texts = widest.map((range) => {
    const [first] = formatIpv4Range(range).split('-');
    const bits = Math.log2(countAddresses([range]));
    return bits === 0 ? `${first}` : `${first}/${32 - bits}`;
  });
  return [...new Set(texts)];
}

function listNames(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `ftm-check account` names the profile after the administrator. */
function isOfThisProgram({ name, profile }: Administrator): boolean {
  return profile === `${name}-read-only`;
}

function whatKeepsOpen(open: Administrator, all: readonly Administrator[]): string {
  if (!isOfThisProgram(open)) return `administrator ${open.name} has no trusted hosts`;
  const others = all.length > 1 ? 'all others have some' : 'there is no other';
  return (
    `only ${open.name}, the account made for ftm-check, has no trusted hosts (${others}): it lets the phone’s answer ` +
    'in, shows the HTTPS and SSH login pages to every source, and with a trusted host push would stop'
  );
}

/** Settings of a profile without rights. From 6.4.0 to 7.4.1 a new profile allows `diagnose` by default. */
function nothingAtAll({ version }: RuleContext): readonly string[] {
  const diagnoses = version && atLeast(version, '6.4.0') && !atLeast(version, '7.4.2');
  return diagnoses ? ['set system-diagnostics disable'] : [];
}

/** An existing administrator with that name would keep its trusted hosts, and an existing profile its rights. */
function unusedName(name: string, names: readonly string[]): string {
  const taken = new Set(names);
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

function howMany(count: number, isPartial: boolean): string {
  const read = isPartial ? ' that were read' : '';
  if (count === 1) return isPartial ? 'The administrator that was read has' : 'The only administrator has';
  return count === 2 ? `Both administrators${read} have` : `All ${count} administrators${read} have`;
}

function everyone(all: readonly Administrator[], isPartial: boolean): string {
  const names = all.map((each) => `\`${each.name}\``).join(', ');
  if (all.length === 1)
    return `The ${isPartial ? '' : 'only '}administrator${isPartial ? ' that was read' : ''}, ${names}, has trusted hosts.`;
  return `${all.length === 2 ? 'Both' : `All ${all.length}`} have trusted hosts: ${names}.`;
}

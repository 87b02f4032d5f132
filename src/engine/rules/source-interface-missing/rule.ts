import { type DescribedSentence, findStatement, listClauses } from '../../facts/described/described.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { type Sourced, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { LiveAddress } from '../../facts/values.ts';
import { isPrivateAddress } from '../../fortios/address.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, NEXT_LOGIN } from '../shared/answers.ts';
import { configBlock, quoteValue, vdomFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import {
  clientsText,
  countOfLogins,
  failedWith,
  lastSign,
  listQuotes,
  rulesLeftOutFor,
  whoseLogins,
} from '../shared/vpn-logins.ts';
import { ownAddressTest, quotesOfPackets, reachedElsewhere, unansweredSyns } from '../shared/vpn-port.ts';
import { listAddresses, waysOut } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'source-interface-missing',
  title: 'SSL VPN does not listen on the interface that the client comes in on',
  severity: 'high',
  hop: 'connection',
  number: 102,
  forCustomer: 'the firewall does not offer the connection on the line that this user comes in on',
  disturbs: 'perhaps SSL VPN',
  place: 'on the FortiGate, whose SSL VPN is not open on the interface that the client reaches',
  stops: 'every client on this interface',
  answers: [
    [
      CHANGE_BROKE_IT,
      'Yes, if the interface or the line was part of it: SSL VPN answers only on the interfaces in `source-interface`.',
    ],
    [
      'side-effect',
      'The VPN page is then open on that interface too, to every source that `source-address` accepts.',
    ],
    NEXT_LOGIN,
    [
      [
        /\b(?:backup|second|other|fail-?over|zweite\w?|Ersatz\w*|secours|respaldo|riserva|reserv\w*|tweede) ?(?:line|WAN|ISP|link|leitung|ligne|línea|linea|linha|lijn)?\b/i,
        'elsewhere',
        'own-change',
      ],
      'SSL VPN answers on the interfaces in `source-interface`; on another line it does not listen.',
    ],
    [
      'which-setting',
      '`source-interface` of `config vpn ssl settings` needs the interface on which the clients come in.',
    ],
    ['where', '`source-interface` is in `config vpn ssl settings`.'],
    [
      'prevent',
      'Each line on which clients may come in belongs in `source-interface` and in a firewall policy, a backup line too.',
    ],
    ['verify', 'The VPN page in a browser shows it: on this line it has to open.'],
    ['choice', 'Both interfaces can be in `source-interface`; `append` adds one and keeps the other.'],
  ],
  descriptions: [
    {
      all: ['listens', 'otherLine'],
      or: [
        ['listens', 'packets'],
        ['listens old|only|missing|not', 'changed|new|provider'],
        ['listens', 'packets arrives', 'unanswered'],
        ['listens only', 'sslvpn', 'unanswered|fails|tenPercent'],
      ],
      also: ['tenPercent', 'sslvpn settings', 'packets arrives', 'provider|otherLine new|changed'],
      not: ['approval !not !saml', 'request phone'],
      confidence: 'likely',
      title: 'SSL VPN does not listen on the interface that these clients come in on',
      fix: 'Look at “VPN > SSL-VPN Settings”, “Listen on Interface(s)”, or at `show full-configuration vpn ssl settings | grep source-interface`. If the interface of this line is not in the list, add it (`append source-interface "wan2"`), and open the page of the VPN on the address of that line.',
    },
  ],
  needs: ['sslVpn'],
  wants: [
    'attempts',
    'callbackPackets',
    'flowEvents',
    'zones',
    'interfaces',
    'liveAddresses',
    'phase1s',
    'described',
    'userNotices',
  ],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  // Another client that got through does not answer the question about this one.
  checkPartial: (facts, context) =>
    excludedByRule(facts, context) ?? (facts.sslVpn.state === 'known' ? undefined : reachedElsewhere(facts)),
  check({ sslVpn, attempts, zones, ...facts }, context) {
    const isOwn = ownAddressTest(facts);
    const [portal, another] = sslVpn.value;
    const syns = portal ? unansweredSyns(facts, portal.port.value) : [];
    const seen = syns.filter(
      (each) => each.interface !== undefined && each.interface !== 'any' && isOwn(each.to.address),
    );
    if (!portal || another || seen.length === 0) {
      const reached = reachedElsewhere({ attempts });
      if (reached) return reached;
      const shut = portal && !another ? onlyWhereDown(portal, facts) : undefined;
      if (shut) return shut;
      const told = portal && !another ? toldToComeIn(portal, { zones, ...facts }, context) : undefined;
      if (told) return told;
      return undecided({
        reason: 'the evidence does not show on which interface a client of SSL VPN comes in',
        need: 'a sniffer capture or a debug flow of the port of SSL VPN while the client connects',
        commands: [],
        allowsHealthyCase: true,
      });
    }
    const listed = listedInterfaces(portal, zones);
    const missing = seen.filter(({ interface: name = '' }) => !listed.has(name));
    if (missing.length === 0 || listed.has('any')) {
      return healthy(
        'SSL VPN listens on the interface that the client comes in on',
        portal.interfaces.quotes,
      );
    }
    const names = [...new Set(missing.flatMap(({ interface: name }) => name ?? []))];
    const clients = nameList(missing.map(({ from }) => from.address));
    // The effect of the setting is inferred, not documented.
    return broken('likely', {
      title: `The client comes in on ${nameList(names)}, where SSL VPN does not listen`,
      summary: `Packets of ${clients} to TCP ${portal.port.value} arrive on ${nameList(names)} and get no answer; \`source-interface\` holds ${nameList(portal.interfaces.value)} only. Clients stop at 10 %, while clients on ${nameList(portal.interfaces.value)} connect.`,
      explains: ['ssl-vpn-not-serving'],
      evidence: [...quotesOfPackets(missing), ...portal.interfaces.quotes],
      answers: [
        [
          'risk',
          `\`append\` keeps ${nameList(portal.interfaces.value)}: clients there connect as before. Open sessions may end when the settings change, so a quiet time is better.`,
        ],
      ],
      fix: listenOn(names, portal, context),
    });
  },
});

/** The interfaces of SSL VPN, and those of its zones. */
function listedInterfaces(portal: SslVpnSettings, zones: Facts['zones']): ReadonlySet<string> {
  const inZones = (valueIfKnown(zones) ?? []).filter(({ name }) => portal.interfaces.value.includes(name));
  return new Set([...portal.interfaces.value, ...inZones.flatMap(({ interfaces }) => interfaces)]);
}

function listenOn(names: readonly string[], portal: SslVpnSettings, context: RuleContext): Fix {
  return vdomFix(context, portal.vdom, {
    apply: configBlock(
      'vpn ssl settings',
      names.map((name) => `append source-interface ${quoteValue(name)}`),
    ),
    undo: configBlock(
      'vpn ssl settings',
      names.map((name) => `unselect source-interface ${quoteValue(name)}`),
    ),
    verify: ['show vpn ssl settings | grep source-interface'],
    note: `This opens the VPN page on ${nameList(names)} too, and \`append\` keeps ${nameList(portal.interfaces.value)}. If that is not wanted, give the clients the address of ${nameList(portal.interfaces.value)}.`,
  });
}

/** Clients use the line that the sentence names, or their packets come in there. */
const COMES_IN = 'client|profile|hostName|connects|packets|arrives|tenPercent';
/** Of phones and of IPsec, which do not need SSL VPN. */
const OF_OTHERS = 'pushPort / phone / approve / push / ipsec';
/** `clients connect to 203.0.113.129`, `203.0.113.129 is their gateway`; not `wan2 works`. */
const IN_USE = 'connects !not|supposed / !works|not|supposed';
const NOT_ANSWERED = 'noReply / unanswered';

/** A person says that clients come in on a line that is not listed, and get no answer there. */
function toldToComeIn(
  portal: SslVpnSettings,
  facts: Pick<Facts, 'zones' | 'interfaces' | 'liveAddresses' | 'described' | 'userNotices'>,
  context: RuleContext,
): Judgement | undefined {
  const live = valueIfKnown(facts.liveAddresses);
  const listed = listedInterfaces(portal, facts.zones);
  const lines = waysOut(valueIfKnown(facts.interfaces) ?? [], live).map((each) => ({
    name: each.name,
    words: [each.name.toLowerCase(), ...listAddresses(each, live)],
  }));
  const sentences = (valueIfKnown(facts.described) ?? []).filter((each) => !findStatement(OF_OTHERS, [each]));
  const notice = valueIfKnown(facts.userNotices)?.find(({ kind }) => kind === 'unreachable')?.quote;
  const missed = notice ?? findStatement(NOT_ANSWERED, sentences)?.quote;
  const own = lines.filter(({ name }) => listed.has(name));
  // A loopback interface may stand behind a virtual IP of any line.
  if (!missed || own.length === 0 || (portal.enabled.explicit && !portal.enabled.value)) return undefined;
  const [on, another] = lines.flatMap(({ name, words }) => {
    if (listed.has(name)) return [];
    const named = sentences.filter(
      (each) => findStatement(COMES_IN, [each]) && statesOf(words, IN_USE, each),
    );
    return named.length > 0 ? [{ name, named }] : [];
  });
  if (!on || another) return undefined;
  const works = sentences.find((each) => own.some(({ words }) => statesOf(words, 'works !not', each)));
  const arrived = on.named.find((each) => findStatement('packets arrives', [each]));
  const quotes = [...(arrived ? [arrived.quote] : on.named.map(({ quote }) => quote).slice(0, 2)), missed];
  return broken(arrived || works ? 'likely' : 'possible', {
    title: `Clients come in on ${on.name}, where SSL VPN does not listen`,
    summary: `The message tells of clients on ${on.name} that get no answer; \`source-interface\` holds ${nameList(portal.interfaces.value)} only. Clients stop at 10 % there, while clients on ${nameList(portal.interfaces.value)} connect.`,
    explains: ['ssl-vpn-not-serving'],
    evidence: [
      ...quotes.filter((quote, at) => quotes.findIndex(({ line }) => line === quote.line) === at),
      ...(works ? [works.quote] : []),
      ...portal.interfaces.quotes,
    ],
    fix: listenOn([on.name], portal, context),
  });
}

/** Whether a clause that names the line by its interface or address states it: `the SYN comes in on wan2` */
function statesOf(words: readonly string[], statement: string, sentence: DescribedSentence): boolean {
  const clauses = listClauses(sentence).flatMap(({ text, meanings }) => {
    const parts = text
      .toLowerCase()
      .split(/[^\w.-]+/)
      .map((part) => part.replace(/\.$/, ''));
    return words.some((word) => parts.includes(word)) ? [{ ...sentence, meanings, clauses: [meanings] }] : [];
  });
  return findStatement(statement, clauses) !== undefined;
}

/** Every interface of SSL VPN is down: another line is in use, or none. */
function onlyWhereDown(
  { enabled, interfaces }: SslVpnSettings,
  facts: Pick<Facts, 'interfaces' | 'liveAddresses' | 'phase1s'>,
): Judgement | undefined {
  const all = valueIfKnown(facts.interfaces) ?? [];
  const live = valueIfKnown(facts.liveAddresses) ?? new Map<string, LiveAddress>();
  const own = interfaces.value;
  const down = own.map((name) => {
    const seen = live.get(name)?.down;
    return all.find((each) => each.name === name)?.down ?? (seen && [seen]);
  });
  const isIpsecInstead = valueIfKnown(facts.phase1s)?.some(({ dialup }) => dialup);
  if (!enabled.value || isIpsecInstead || !down.every((quotes) => quotes !== undefined)) return undefined;
  const names = nameList(own);
  const held = new Map<string, Sourced<string>>(
    [...live].filter(([, each]) => !each.down && !isPrivateAddress(each.value)),
  );
  for (const { name, address, down: off, role } of all)
    if (address && !off && role === 'wan') held.set(name, address);
  const others = [...held].filter(([name]) => !own.includes(name));
  return broken('likely', {
    title: `SSL VPN listens on ${names} only, which is down`,
    summary: `\`source-interface\` holds ${names}, and ${own.length === 1 ? 'that interface is' : 'these interfaces are'} down: no client reaches SSL VPN there, and it does not listen on another interface.${others.length === 0 ? '' : ` ${nameList(others.map(([name, { value }]) => `${name} (${value})`))} is up.`} Clients stop at 10 %.`,
    explains: ['ssl-vpn-not-serving'],
    evidence: [...interfaces.quotes, ...down.flat(), ...others.flatMap(([, { quotes }]) => quotes)],
    fix: `Add the interface that the clients reach now to \`source-interface\` of \`config vpn ssl settings\` (\`append source-interface\`), which opens the VPN page there; or bring ${names} up again.`,
  });
}

/** The rule may have interfaces of its own (`source-interface` of an authentication rule). */
function excludedByRule(
  { attempts, sslVpn }: Pick<Facts, 'attempts' | 'sslVpn'>,
  context: RuleContext,
): Judgement | undefined {
  const logins = valueIfKnown(attempts) ?? [];
  const shown = failedWith(logins, context, 'rule-checked', (_seen, login) => {
    const leftOut = rulesLeftOutFor(login);
    return (
      leftOut.size > 0 &&
      [...leftOut].every((by) => by === 'source intf' || by === 'realm') &&
      leftOut.has('source intf')
    );
  });
  if (shown.length === 0) return undefined;
  const own = shown.map(({ login }) => login);
  const { interfaces } = valueIfKnown(sslVpn)?.[0] ?? {};
  const rules = nameList(shown.flatMap(({ seen }) => seen.fields.rule ?? []));
  return broken('likely', {
    title: `No authentication rule of SSL VPN is for the interface on which ${whoseLogins(own)} came in`,
    summary: `${countOfLogins(own, logins)} failed because sslvpn left the rule out when it compared the source interface, so no group was left to ask. The password was not checked; the same login may succeed on another line.`,
    evidence: [
      ...listQuotes(shown),
      ...own.slice(0, 2).flatMap((login) => lastSign(login, 'candidates')?.quote ?? []),
      ...(interfaces?.quotes ?? []),
    ],
    fix: `Add the interface that ${clientsText(own)} reaches to \`source-interface\` of authentication rule ${rules} (\`show vpn ssl settings\`), or remove the setting there so that the rule holds for every interface of SSL VPN; or give the client the address of an interface that the rule names.`,
    explains: ['user-not-in-vpn-rule', 'password-rejected', 'source-ip-blocked'],
  });
}

import type { Quote } from '../../evidence/types.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, NEXT_LOGIN } from '../shared/answers.ts';
import { configBlock, perVdomFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { openAddressBook } from '../shared/phone-sources.ts';
import { quotesOfPackets, reachedElsewhere, unansweredSyns } from '../shared/vpn-port.ts';

export const rule = defineRule({
  id: 'source-address-restricted',
  title: 'SSL VPN does not accept the address of the client',
  severity: 'high',
  hop: 'connection',
  number: 104,
  forCustomer: 'the firewall accepts connections from certain networks only',
  disturbs: 'every session of SSL VPN',
  place: 'on the FortiGate, whose SSL VPN does not accept the address of the client',
  answers: [
    [
      /\b(?:to|auf) ["“`]?(?:all|any|alle)\b|(?:allow|open|let|permit).{0,20}\b(?:all|any(?:body|one|where)|every(?:body|one|where)|alle)\b/i,
      '`source-address all` opens the VPN page to the whole internet; the client’s address or country in the list is enough.',
    ],
    ['who', 'The cause stops every client whose address the list keeps out.'],
    ['change', 'The list `source-address` of the FortiGate has to be changed if this client may connect.'],
    [
      'side-effect',
      'The VPN page opens only to what is added to the list; `all` opens it to the whole internet.',
    ],
    [
      [
        'clients',
        /\b(?:they|sie|ils|ellos|loro|eles|zij) (?:need to |have to |müssen |doivent )?.{0,12}\bchange\b/i,
      ],
      'The computers stay as they are: the list on the FortiGate decides.',
    ],
    [
      'which-address',
      'The list needs the public address from which the client comes, not the one in its own network.',
    ],
    [
      'elsewhere',
      'Clients from the addresses in the list get in; the address of this one is not among them.',
    ],
    ['where', '`source-address` is in `config vpn ssl settings`.'],
    ['request', 'The public address from which the client comes is what the list needs.'],
    NEXT_LOGIN,
    ['verify', 'A login from that network shows it: the client has to get past the first step.'],
    [
      'choice',
      'The address of the client in the list is enough; `all` opens the page to the whole internet.',
    ],
    ['prevent', 'A fixed address or a name of the other side in the list stays right.'],
    ['own-change', 'A new line of the other side has another public address, which the list does not hold.'],
  ],
  descriptions: [
    {
      all: ['allowedHosts', 'tenPercent|unanswered|sslvpn|fails'],
      or: [['allowedHosts', 'others works']],
      also: ['tenPercent', 'others works', 'only works', 'new|changed'],
      not: ['approval !not !saml', 'request phone', 'listens'],
      confidence: 'likely',
      title: 'SSL VPN accepts connections from certain addresses only, and this client’s is not one of them',
      fix: 'Look at “VPN > SSL-VPN Settings”, “Restrict Access”, or at `show full-configuration vpn ssl settings | grep source-address`. If it says “Limit access to specific hosts”, add the address of the client to the list or choose “Allow access from any host”; with `source-address-negate enable` the list holds those that are kept out. An authentication rule of SSL VPN can have a `source-address` of its own.',
    },
  ],
  needs: ['sslVpn'],
  wants: [
    'attempts',
    'callbackPackets',
    'flowEvents',
    'addresses',
    'addressGroups',
    'userNotices',
    'described',
  ],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  // Another client that got through does not answer the question about this one.
  checkPartial: (facts) => (facts.sslVpn.state === 'known' ? undefined : reachedElsewhere(facts)),
  check(facts, context) {
    const { sslVpn } = facts;
    const closed = sslVpn.value.filter(
      ({ sources, negated, enabled }) => enabled.value && negated.value && sources.value.includes('all'),
    );
    if (closed.length > 0) return reachedElsewhere(facts) ?? closedToAll(closed, context);
    const limited = sslVpn.value.find(({ sources }) => sources.explicit && !sources.value.includes('all'));
    if (!limited) {
      return healthy(
        'SSL VPN accepts every address',
        sslVpn.value.flatMap(({ sources }) => sources.quotes),
        ['sslVpn'],
      );
    }
    const book = openAddressBook(facts);
    const resolved = book.resolve(limited.sources.value, limited.vdom);
    const syns = unansweredSyns(facts, limited.port.value);
    const isNegated = limited.negated.value;
    const kept =
      'ranges' in resolved
        ? syns.filter(({ from }) => {
            const address = parseIpv4(from.address);
            if (address === undefined) return false;
            return resolved.ranges.some(([first, last]) => first <= address && address <= last) === isNegated;
          })
        : [];
    const names = nameList(limited.sources.value);
    if (kept.length === 0) {
      const reached = syns.length === 0 ? reachedElsewhere(facts) : undefined;
      if (reached) return reached;
      if (!isNegated && limited.sources.value.every((name) => BLOCKED.test(name)))
        return judgeInverted(limited);
      const said = valueIfKnown(facts.userNotices)?.find(({ kind }) => kind === 'unreachable')?.quote;
      const apart = said ?? statedQuote('unanswered others|sites', facts.described, OTHER_SILENCE);
      if (isNegated && apart && !limited.sources.value.some((name) => BLOCKED.test(name)))
        return judgeNegated(limited, apart, statedQuote(FOREIGN_GETS_IN, facts.described), context);
      if (!isNegated && said) return limitedTo(limited, said);
      return undecided({
        reason: `SSL VPN accepts ${isNegated ? `every address but ${names}` : `the addresses ${names} only`}; the evidence does not show a client that it keeps out`,
        need: `the public address of the client, and what ${names} ${limited.sources.value.length === 1 ? 'holds' : 'hold'}`,
        commands: valueIfKnown(facts.addresses) ? [] : ['addresses'],
        allowsHealthyCase: true,
      });
    }
    const groups = limited.sources.value.filter((each) =>
      (valueIfKnown(facts.addressGroups) ?? []).some(({ name }) => name === each),
    );
    const clients = nameList(kept.map(({ from }) => from.address));
    return broken('certain', {
      explains: ['ssl-vpn-not-serving'],
      title: isNegated
        ? `SSL VPN keeps ${clients} out: \`source-address-negate\` is on, and the address is in ${names}`
        : `SSL VPN does not accept ${clients}, which is not in ${names}`,
      summary: `Packets of ${clients} to TCP ${limited.port.value} arrive and get no answer. SSL VPN accepts ${
        isNegated ? `every address but those of ${names}` : `the addresses of ${names} only`
      }.`,
      evidence: [
        ...(isNegated ? limited.negated.quotes : []),
        ...limited.sources.quotes,
        ...quotesOfPackets(kept),
      ],
      fix: isNegated
        ? `Decide what ${names} is meant to be. If these are the networks that may connect, \`set source-address-negate disable\` in \`config vpn ssl settings\` inverts the list: then only these addresses may connect. If they are to be kept out, take ${clients} off the list. Do not replace the list by \`all\`: that opens the VPN page to everybody.`
        : `If ${clients} may connect, create an address object for it and add it to the list (\`append source-address\` in \`config vpn ssl settings\`)${groups.length === 0 ? '' : `, or to ${nameList(groups)}, which holds several addresses`}. Do not replace the list by \`all\`: that opens the VPN page to everybody.`,
    });
  },
});

/** Somebody of whom the list knows nothing gets in: `a colleague in Portugal connected without any problem` */
const FOREIGN_GETS_IN = 'works others|abroad|foreignNet connects|abroad|foreignNet';
/** What else may give no answer, at one place or for some. */
const OTHER_SILENCE = 'ldap|radius|radiusServer|phone|request|packets';

/** Names of lists of addresses to be kept out: `grp-blocklist`, `Denied_Hosts`; not `block-b`, a building, or `not-blocked`. */
const BLOCKED =
  /^(?!.*(?:^|[-_. ])(?:no|non|not|never|allow(?:ed)?|permit(?:ted)?|except(?:ions?)?)(?:$|[-_. ])).*(?:^|[-_. ])(?:(?:block|black|deny)[-_]?list(?:ed)?|blocked|deny|denied|banned|bad|malicious|attackers?)(?:$|[-_. ])/i;

/** The list was meant for addresses that may not connect, and holds those that may. */
function judgeInverted({ sources, negated }: SslVpnSettings): Judgement {
  const names = nameList(sources.value);
  // Only the name says what the list is for.
  return broken('possible', {
    explains: ['ssl-vpn-not-serving'],
    title: `SSL VPN may have its list inverted: it accepts only ${names}, by its name a list of addresses to keep out`,
    summary: `\`source-address\` holds the addresses that may connect, unless \`source-address-negate\` is on. It is off, so every client outside ${names} stops at 10 %.`,
    evidence: [...sources.quotes, ...negated.quotes],
    fix: `If ${names} is to be kept out, \`set source-address-negate enable\` in \`config vpn ssl settings\` inverts the list: then everybody else may connect. If ${names} is the list of those who may connect, add the clients to it.`,
  });
}

/** `from home it says unreachable`, `only works from the office`, `aus dem Homeoffice` */
const ELSEWHERE =
  /\b(?:from|at|in) (?:home|hotels?|outside|abroad|elsewhere|anywhere else|mobile)\b|\bonly\b.{0,40}\b(?:from|in|at) (?:the|our|my)\b|\b(?:Home-?office|daheim|zu Hause|von (?:außen|extern|unterwegs))\b/iu;

/** A person says that the VPN cannot be reached, and the list shows that most addresses are kept out. */
function limitedTo({ sources }: SslVpnSettings, said: Quote): Judgement {
  const names = nameList(sources.value);
  return broken(ELSEWHERE.test(said.text) ? 'likely' : 'possible', {
    explains: ['ssl-vpn-not-serving'],
    title: `SSL VPN accepts only the addresses ${names}`,
    summary: `\`source-address\` lists the addresses that may connect. The VPN does not answer a client elsewhere, at home for example: FortiClient stops at 10 % and calls the server unreachable.`,
    evidence: [...sources.quotes, said],
    fix: 'First ask the person who limited the list whether clients elsewhere may connect. For homes, whose addresses change, create an address object of type geography with their country, and add it to the list (`append source-address` in `config vpn ssl settings`). Do not replace the list by `all`: that opens the VPN page to everybody.',
  });
}

/**
 * Clients reach no VPN, and the list of those to keep out has no name of such a list (KB211965). `foreign`: a person says
 * that others get in.
 */
function judgeNegated(
  vpn: SslVpnSettings,
  said: Quote,
  foreign: Quote | undefined,
  context: RuleContext,
): Judgement {
  const names = nameList(vpn.sources.value);
  // Only the name, and a person’s words, say what the list is for.
  return broken(foreign ? 'likely' : 'possible', {
    explains: ['ssl-vpn-not-serving'],
    title: foreign
      ? `SSL VPN keeps ${names} out and lets the rest of the world in: \`source-address-negate\` is on`
      : `SSL VPN keeps ${names} out: \`source-address-negate\` is on, perhaps by mistake`,
    summary: `With \`source-address-negate\` SSL VPN accepts every address but those of ${names}. If these are the addresses that may connect, their clients stop at 10 %, and everybody else gets through.`,
    evidence: [
      ...vpn.negated.quotes,
      ...vpn.sources.quotes,
      said,
      ...(foreign && foreign.line !== said.line ? [foreign] : []),
    ],
    answers: [
      [
        CHANGE_BROKE_IT,
        `Yes, if \`source-address-negate\` was part of it: the line makes ${names} the addresses that are kept out.`,
      ],
    ],
    fix: perVdomFix(context, [vpn], () => ({
      apply: configBlock('vpn ssl settings', ['set source-address-negate disable']),
      undo: configBlock('vpn ssl settings', ['set source-address-negate enable']),
      verify: ['show full-configuration vpn ssl settings | grep source-address'],
      before: foreign
        ? `At once: until then every address but those of ${names} can reach the login of the VPN. Sessions of SSL VPN may end.`
        : `Only if ${names} is the list of those who may connect: then nobody else can.`,
    })),
  });
}

function closedToAll(vpns: readonly SslVpnSettings[], context: RuleContext): Judgement {
  return broken('certain', {
    explains: ['ssl-vpn-not-serving'],
    title: 'SSL VPN keeps every client out: `source-address-negate` is on, and the list holds `all`',
    summary:
      'SSL VPN accepts every address but those of the list, and the list is `all`: clients stop at 10 %.',
    evidence: vpns.flatMap(({ sources, negated }) => [...negated.quotes, ...sources.quotes]),
    fix: perVdomFix(context, vpns, () => ({
      apply: configBlock('vpn ssl settings', ['set source-address-negate disable']),
      undo: configBlock('vpn ssl settings', ['set source-address-negate enable']),
      verify: ['show full-configuration vpn ssl settings | grep source-address'],
      note: 'Opens the VPN page to every address. To let in some only, name their address objects in `source-address` instead of `all`.',
    })),
  });
}

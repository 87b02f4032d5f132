import type { Quote } from '../../evidence/types.ts';
import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { DnsSettings } from '../../facts/device/settings.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleAnswer, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, LONGER_TIMER, NEXT_LOGIN, OPENS_NOTHING, TYPED_CODE } from '../shared/answers.ts';
import { CODE_WORKS, DNS_CHANGED, NO_PUSH } from '../shared/described-symptoms.ts';
import { configBlock, globalFix, vdomFix } from '../shared/fix.ts';
import { loginsInQuestion, nameList } from '../shared/logins.ts';
import { pushAddress } from '../shared/push-address.ts';

/** Requests that fail without name resolution. */
const REQUESTS = [
  'push-proxy-unreachable',
  'push-egress-unsuitable',
  'fortiguard-proxy-wrong',
  'cloud-communication-disabled',
] as const;

const NONE = new Set(['0.0.0.0', '::', '']);

export const rule = defineRule({
  id: 'push-dns-failure',
  title: 'The FortiGate cannot resolve push.fortinet.com',
  severity: 'critical',
  hop: 'push-request',
  number: 25,
  forCustomer: 'the firewall cannot look up the service that sends requests to phones',
  disturbs: 'nobody',
  place: 'in the DNS servers of the FortiGate or on the way to them',
  stops: 'every user with push',
  answers: [
    [
      CHANGE_BROKE_IT,
      'Yes, if the DNS servers were part of it: the FortiGate asks those that are set, and they give it no address of push.fortinet.com.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    [
      /8\.8\.8\.8|1\.1\.1\.1|public DNS|öffentliche/i,
      'A public DNS server works if the management VDOM reaches it and it supports the `protocol` of `show system dns`.',
    ],
    [
      'side-effect',
      'The change is one of DNS for the whole FortiGate: the old servers are needed for the undo.',
    ],
    NEXT_LOGIN,
    ['which-address', '`config system dns` needs DNS servers that the management VDOM reaches.'],
    [
      'verify',
      '`execute ping push.fortinet.com` on the FortiGate shows it: the name has to resolve, whether the ping is answered or not.',
    ],
    [
      ['where', 'choice'],
      'The DNS servers of the FortiGate itself are meant (`config system dns`); those of the users stay.',
    ],
    ['elsewhere', 'Computers of users may ask other DNS servers than the FortiGate does for itself.'],
    [
      'own-change',
      'The FortiGate asks the servers of `config system dns`: if they are replaced or blocked, push has no name to go to.',
    ],
    [
      'prevent',
      'Two DNS servers are useful, `primary` and `secondary`, both within reach of the management VDOM.',
    ],
    OPENS_NOTHING,
    // `does it use the same DNS?`
    [
      /(?<!\p{L})(?:same|gleiche\p{L}?|même|mismo|stesso|mesmo|zelfde)(?!\p{L}).{0,10}DNS/iu,
      'The FortiGate asks the servers of `config system dns`, which may be others than those of the PCs.',
    ],
  ],
  notInConfiguration: 'the resolution of push.fortinet.com',
  descriptions: [
    {
      all: ['notResolved', 'pushHost'],
      or: [
        ['notResolved', NO_PUSH],
        ['dnsServers changed|not|off|blocked|old|only', NO_PUSH],
      ],
      also: [NO_PUSH, CODE_WORKS, 'dnsServers'],
      not: ['inspected'],
      title: 'The FortiGate cannot resolve push.fortinet.com, so it sends no push',
      fix: 'Type `execute ping push.fortinet.com` on the FortiGate: `Unable to resolve hostname` proves it. Look with `show system dns` which servers it asks, and give it two that resolve names of the Internet: `config system dns`, `set primary <address>`, `set secondary <address>`, `end`. Computers often use other DNS servers and notice nothing.',
    },
  ],
  needs: [],
  wants: [
    'pushServerLookup',
    'dns',
    'attempts',
    'debugLog',
    'pushService',
    'pushEvents',
    'localUsers',
    'described',
  ],
  references: ['AG927108'],
  check(
    { pushServerLookup, dns, attempts, debugLog, pushService, pushEvents, localUsers, described },
    context,
  ) {
    const settings = valueIfKnown(dns);
    const changed = statedQuote(DNS_CHANGED, described);
    const isAnswered = pushServerLookup.state === 'known' && context.vdomMode !== 'multi';
    // With VDOMs the ping may have left another one than pushes do.
    const report = (summary: string, evidence: readonly Quote[], title?: string): Judgement =>
      broken(isAnswered ? 'certain' : 'likely', {
        title: title ?? 'The FortiGate cannot resolve push.fortinet.com',
        summary,
        evidence: [...evidence, ...(changed ? [changed] : [])],
        ...(settings && { answers: answersAboutServers(settings, changed !== undefined) }),
        fix: newServers(settings, context),
        explains: title === undefined ? [...REQUESTS, 'token-server-unreachable'] : REQUESTS,
      });

    const log = valueIfKnown(debugLog);
    const connected =
      connection(attempts) ??
      log?.unclaimedPushes?.[0]?.quote ??
      valueIfKnown(pushEvents)?.find((each) => each.sent)?.quotes[0];
    if (pushServerLookup.state === 'conflicting') {
      return { verdict: 'conflicting', reason: pushServerLookup.reason, evidence: pushServerLookup.quotes };
    }
    if (pushServerLookup.state === 'known') {
      const { value, quotes } = pushServerLookup;
      if (value.resolved) {
        return healthy(`push.fortinet.com resolves to ${value.address}`, quotes);
      }
      if (connected) {
        return {
          verdict: 'conflicting',
          reason:
            'a ping could not resolve push.fortinet.com, and a log shows the push service connecting to it',
          evidence: [...quotes, connected],
        };
      }
      return report(
        `The FortiGate answered \`Unable to resolve hostname\` for push.fortinet.com. Resolving that name is the first step of every push, so no push leaves and the phone shows nothing.${askedServers(settings)}${context.vdomMode === 'multi' ? ' The ping may have run in another VDOM than the management VDOM, from which pushes leave.' : ''}`,
        [...quotes, ...(settings?.primary.quotes ?? []), ...(settings?.secondary.quotes ?? [])],
      );
    }
    if (connected) {
      return healthy(
        'a log shows the push service connecting to the push server',
        [connected],
        ['attempts', 'debugLog', 'pushEvents'],
      );
    }
    if (settings && NONE.has(settings.primary.value) && NONE.has(settings.secondary.value)) {
      return report(
        '`system dns` has no server: `primary` and `secondary` are both 0.0.0.0. Resolving push.fortinet.com is the first step of every push, so no push leaves, unless a DHCP or PPPoE interface provides DNS servers.',
        [...settings.primary.quotes, ...settings.secondary.quotes],
      );
    }
    const service = valueIfKnown(pushService);
    const silent =
      service?.status.value === 'enable' && pushAddress(service, context) && log?.daemons['ftm-push']
        ? withoutConnection(attempts, localUsers, context)
        : [];
    if (service && silent.length > 0) {
      const users = nameList(silent.map((each) => each.user));
      return report(
        `The password of ${users} was accepted and the token was asked for. The push service is on and its debug was running, but no line \`Connecting to server address\` followed. The usual reason is that the FortiGate cannot resolve push.fortinet.com; \`execute ping push.fortinet.com\` shows it.`,
        [...silent.flatMap(tokenQuestion), ...service.status.quotes],
        'The FortiGate does not connect to the push server at all',
      );
    }
    return undecided({
      reason: 'the evidence does not show whether the FortiGate can resolve push.fortinet.com',
      need: 'whether the FortiGate can resolve push.fortinet.com (only the resolved address matters; the ping itself may get no reply)',
      commands: ['ping-push-server', 'dns'],
    });
  },
});

/** A change of the DNS servers, and one more server: FortiOS asks the next one where the first gives no answer. */
function answersAboutServers(settings: DnsSettings, isChanged: boolean): readonly RuleAnswer[] {
  const names = nameList(
    [settings.primary.value, settings.secondary.value].filter((each) => !NONE.has(each)),
  );
  const cause = `The FortiGate asks ${names}, and gets no address of push.fortinet.com: ${isChanged ? 'the new servers are most likely the cause.' : 'a change of these servers is the cause if it was made then.'}`;
  return [
    [
      /8\.8\.8\.8|1\.1\.1\.1|9\.9\.9\.9|public DNS|öffentliche/i,
      `A public DNS server can be set during the day, because nobody is disconnected. As \`secondary\` it helps only where ${settings.primary.value} gives no answer at all, as \`primary\` in any case; internal names then need the internal server.`,
    ],
    ['own-change', cause],
    ['update', cause],
  ];
}

/** ` It asks 192.0.2.53 and 192.0.2.54.` */
function askedServers(settings: DnsSettings | undefined): string {
  const asked = [settings?.primary.value, settings?.secondary.value].filter((each = '') => !NONE.has(each));
  return asked.length === 0 ? '' : ` It asks ${nameList(asked.map(String))}.`;
}

function connection(attempts: Fact<readonly Attempt[]>): Quote | undefined {
  const milestones = valueIfKnown(attempts)?.find(
    (each) => each.milestones.pushConnect ?? each.milestones.pushSent,
  )?.milestones;
  return milestones?.pushConnect?.quote ?? milestones?.pushSent?.quote;
}

/** Logins that reached the token request, ended, and show no push. A hardware token never receives one. */
function withoutConnection(
  attempts: Fact<readonly Attempt[]>,
  localUsers: Fact<readonly LocalUser[]>,
  context: RuleContext,
): readonly Attempt[] {
  const users = valueIfKnown(localUsers) ?? [];
  return loginsInQuestion(valueIfKnown(attempts) ?? [], context).filter(({ user, outcome, milestones }) => {
    const holder = users.find((each) => sameUser(each.name, user));
    const mobile =
      !holder || (holder.twoFactor.value === 'fortitoken' && /FTKMOB/i.test(holder.token?.value ?? 'FTKMOB'));
    const asked = milestones.tokenType
      ? milestones.tokenType.type === 1
      : milestones.secondFactorAsked !== undefined;
    const ended = outcome === 'timed-out' || outcome === 'failed';
    return (
      mobile &&
      asked &&
      ended &&
      !milestones.pushAlreadySent &&
      !milestones.callbackStarted &&
      !milestones.manualCode
    );
  });
}

function tokenQuestion({ milestones }: Attempt): readonly Quote[] {
  const mark = milestones.secondFactorAsked ?? milestones.tokenType ?? milestones.passwordAccepted;
  return mark ? [mark.quote] : [];
}

function newServers(settings: DnsSettings | undefined, context: RuleContext): Fix {
  const change = globalFix(context, {
    apply: [
      ...(settings ? [] : ['show system dns']),
      ...configBlock('system dns', ['set primary <dns-server-1>', 'set secondary <dns-server-2>']),
    ],
    undo: configBlock('system dns', [
      `set primary ${settings?.primary.value ?? '<previous-primary>'}`,
      `set secondary ${settings?.secondary.value ?? '<previous-secondary>'}`,
    ]),
    verify: ['show system dns'],
    note: [
      ...(settings && !NONE.has(settings.primary.value)
        ? [
            `Or leave these lines out and let ${settings.primary.value} resolve names of the Internet (forwarders, and a rule that lets it ask).`,
          ]
        : []),
      ...(settings ? [] : ['Keep what `show system dns` prints, for the undo.']),
      context.vdomMode === 'single'
        ? 'This FortiGate must reach the servers.'
        : 'The management VDOM (by default root) must reach the servers.',
      'They must support the `protocol` of `show system dns`.',
    ].join(' '),
  });
  const ping = vdomFix(context, 'root', {
    apply: [],
    undo: [],
    verify: ['execute ping push.fortinet.com'],
  });
  return { ...change, verify: [...change.verify, ...ping.verify] };
}

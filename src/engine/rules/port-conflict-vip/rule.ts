import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { VirtualIp } from '../../facts/network/firewall-values.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { moveCallbackPort, PORT_FACTS } from '../shared/alternative-port.ts';
import { FREE_PUSH_PORT, LONGER_TIMER, NEXT_LOGIN, TYPED_CODE } from '../shared/answers.ts';
import { callbackPort, flowsTo, passedOn, snifferOn } from '../shared/callback-packets.ts';
import { conflictingVips, takesEveryPort, type VipFacts } from '../shared/conflicting-vips.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';
import { configEntry, quoteValue, vdomFix } from '../shared/fix.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';

const MAX_PORT = 65_535;

export const rule = defineRule({
  id: 'port-conflict-vip',
  title: 'A virtual IP forwards the phone’s answer',
  severity: 'high',
  hop: 'callback',
  number: 11,
  forCustomer: 'the port that phones answer to is forwarded to another system',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, whose virtual IP takes the push port',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    ['risk', 'A narrower virtual IP cuts off every port of its server that no other virtual IP forwards.'],
    ['change', 'The FortiGate has to be changed: either the virtual IP or the push port.'],
    FREE_PUSH_PORT,
    NEXT_LOGIN,
    [
      [
        /\bNAT\b|\b(?:mail|web|exchange)[- ]?server|\bVIP\b|\bvirtual IP|\bport ?forward|Weiterleitung|redirection|redirección|inoltro/i,
        'own-change',
      ],
      'A virtual IP without port forwarding takes every port of its address, the push port too; with port forwarding it takes only its own.',
    ],
    ['choice', 'Either can change: a virtual IP that forwards only its own ports, or another push port.'],
    [
      'verify',
      'The flow debug shows it: a packet to the push port is sent on to the server of the virtual IP.',
    ],
    ['where', 'Virtual IPs are in `config firewall vip`, `server-port` is in `config system ftm-push`.'],
    ['prevent', 'Virtual IPs with port forwarding take only their own ports.'],
    [
      'elsewhere',
      'The virtual IP takes what comes to its address; another address of the FortiGate is not concerned.',
    ],
  ],
  // Address translation precedes any local service.
  pushPortOwner: { service: 'virtual-ip', precedence: 1 },
  descriptions: [
    {
      all: ['vip', 'approve|pushPort', APPROVE_VOID],
      or: [
        ['vip', 'approve otherDevice|innerServer'],
        ['packets|pushPort leaves innerServer|innerInterface', 'approve|pushPort'],
        ['forwards innerServer', APPROVE_VOID],
        ['vip', 'pushPort'],
      ],
      also: ['innerServer', 'pushPort'],
      not: ['routerBefore forwards port443'],
      title: 'A virtual IP takes the phone’s answer and sends it to an inner server',
      fix: 'Look with `show firewall vip` for an entry whose `extip` is the WAN address: without port forwarding, or with `extport 4433`, it takes the answer before push sees it. Limit it to the ports of its server (`set portforward enable`, `set extport`, `set mappedport`), or put push on a free port with `set server-port`.',
    },
  ],
  needs: ['pushService', 'vips', 'interfaces'],
  wants: [...PORT_FACTS, 'flowEvents', 'callbackPackets', 'hostLookups', 'described', 'questions'],
  references: ['KB277343'],
  undecidedIsNotHealthy: true,
  refutedByPassing: 'callback',
  checkPartial(facts, context) {
    const port = callbackPort(facts.pushService);
    const seen = translation(facts, port);
    if (!seen) return undefined;
    const { to, quotes, vdom } = seen;
    const inner = `${to.address}${to.port === undefined ? '' : `:${to.port}`}`;
    const taking =
      conflictingVips(facts)?.find(({ takes }) => takes(port) !== 'no')?.vip ?? leadingTo(to.address, facts);
    return broken('certain', {
      title: `${taking ? `Virtual IP ${taking.name}` : 'A virtual IP'} forwards the phone’s answer to ${inner}`,
      summary: `The log shows a connection to TCP ${port} of the FortiGate being sent on to ${inner}: ${
        taking ? `virtual IP ${taking.name}` : 'a virtual IP'
      } takes it. The phone gets no answer from the push service, and the login times out.`,
      evidence: [...quotes, ...(taking ? [...taking.externalAddress.quotes, ...taking.ports.quotes] : [])],
      fix: taking
        ? repair(taking, facts, context)
        : `Find the virtual IP with \`show firewall vip\` in VDOM ${vdom ?? 'root'}: its \`mappedip\` is ${to.address}. Limit this virtual IP to the ports that its internal server needs, or move FTM push to a port that it does not forward (\`set server-port\`).`,
      explains: ['callback-not-accepted'],
    });
  },
  check(facts, context): Judgement {
    const port = facts.pushService.value.serverPort.value;
    const judged = (conflictingVips(facts) ?? []).map(({ vip, takes }) => ({ vip, taken: takes(port) }));
    const taking = judged.find(({ taken }) => taken === 'yes')?.vip;
    if (taking) {
      // That a virtual IP precedes a local service is known FortiOS behaviour, not documented for push.
      return broken('likely', {
        title: `Virtual IP ${taking.name} forwards TCP ${port}, the port of FTM push`,
        summary: `Virtual IP ${taking.name} ${describeForwarding(taking)} of ${externalName(taking)} to an internal server. The phone’s connection to TCP ${port} goes to that server and not to the push service.`,
        evidence: [
          ...taking.externalAddress.quotes,
          ...taking.ports.quotes,
          ...facts.pushService.value.serverPort.quotes,
        ],
        fix: repair(taking, facts, context),
      });
    }
    const unsure = judged.find((each) => each.taken === 'unsure')?.vip;
    if (unsure) return leaveOpen(unsure, port);
    return healthy(`no virtual IP forwards TCP ${port} on the push address`, quoteAbsence(facts.vips));
  },
});

function leaveOpen(vip: VirtualIp, port: number): Judgement {
  const filter = vip.sources.value;
  if (filter.length > 0) {
    return undecided({
      reason: `virtual IP ${vip.name} forwards TCP ${port} from ${filter.join(', ')} only (\`src-filter\`); the evidence does not show whether the phone connects from there`,
      need: `a capture of one callback: ${snifferOn(port)}`,
      commands: [],
    });
  }
  return undecided({
    reason: `virtual IP ${vip.name} forwards services (${vip.services.join(', ')}) whose ports the evidence does not show`,
    need: `whether one of these services covers TCP ${port}`,
    commands: ['custom-services', 'service-groups'],
  });
}

/** The virtual IP that the translation itself shows, where the interfaces were not read. */
function leadingTo(inner: string, { vips }: Pick<Facts, 'vips'>): VirtualIp | undefined {
  const [only, another] = (valueIfKnown(vips) ?? []).filter(
    (vip) => vip.enabled && vip.mappedAddress === inner,
  );
  return another ? undefined : only;
}

/** The phone's packet as a debug flow or a sniffer recorded it. */
function translation(
  facts: VipFacts & Pick<Facts, 'flowEvents' | 'callbackPackets' | 'liveAddresses' | 'hostLookups'>,
  port: number,
) {
  const flow = flowsTo(facts.flowEvents, port, facts).find((each) => each.dnat !== undefined);
  if (flow?.dnat) return { to: flow.dnat, quotes: flow.quotes.toReversed(), vdom: flow.vdom };
  const sniffed = passedOn(facts.callbackPackets, port, facts);
  return sniffed && { ...sniffed, vdom: undefined };
}

function describeForwarding({ ports: { range }, services }: VirtualIp): string {
  if (range !== undefined) return `forwards ${range.includes('-') ? 'TCP ports' : 'TCP port'} ${range}`;
  if (services.length === 0) return 'forwards every port';
  return `forwards ${services.length === 1 ? 'service' : 'services'} ${services.join(', ')}`;
}

/** An external address of 0.0.0.0 stands for the address of the interface. */
function externalName({ externalAddress, externalInterface }: VirtualIp): string {
  const { value } = externalAddress;
  return value === '0.0.0.0' ? `the address of ${externalInterface}` : value;
}

type Told = Pick<Facts, 'described' | 'questions'>;

function repair(
  vip: VirtualIp,
  facts: Parameters<typeof moveCallbackPort>[2] & Told,
  context: RuleContext,
): Fix {
  const service = valueIfKnown(facts.pushService);
  if (takesEveryPort(vip) || !service)
    return narrow(vip, toldPort(facts) ?? '<port-of-the-internal-server>', context);
  return moveCallbackPort(context, service, facts, [
    `Or limit virtual IP ${vip.name} to the ports that its internal server needs (${vip.ports.range === undefined ? '`service`' : '`extport` and `mappedport`'}).`,
  ]);
}

/** `keep the recorder reachable on 8000`, `the camera needs TCP 8000` */
const SERVED =
  /\b(?:reach\w*|erreichbar|accessible|needs?|listens?|runs?|serves?|uses?|open)\b[^.?!]{0,40}?\b(?:on|port|tcp|auf|sur|en)[ /](?:port |tcp )?(\d{2,5})\b/i;
/** Ports of the FortiGate itself. */
const OF_FORTIGATE = /\b(?:push|ssl|vpn|ftm|admin\w*|gui|management|fortigate|firewall)\b/i;

/** The only port that a person says the internal server needs. */
function toldPort({ described, questions }: Told): string | undefined {
  const texts = [
    ...(valueIfKnown(described) ?? []).map(({ text }) => text),
    ...(valueIfKnown(questions) ?? []).map(({ sentence }) => sentence),
  ];
  const [port, another] = new Set(
    texts.flatMap((text) => (OF_FORTIGATE.test(text) ? [] : (SERVED.exec(text)?.[1] ?? []))),
  );
  return another === undefined && Number(port) <= MAX_PORT ? port : undefined;
}

function narrow(vip: VirtualIp, port: string, context: RuleContext): Fix {
  if (vip.externalAddress.value.includes('-')) {
    return noCliFix(
      `Virtual IP ${vip.name} forwards every port of several addresses (${vip.externalAddress.value}), so no lines to paste are given. Take the callback address out of this range, or give the push service an address outside it (\`set server\`).`,
    );
  }
  return vdomFix(
    context,
    vip.vdom,
    {
      apply: configEntry('firewall vip', vip.name, [
        'set portforward enable',
        'set protocol tcp',
        `set extport ${port}`,
        `set mappedport ${port}`,
      ]),
      undo: configEntry('firewall vip', vip.name, [
        'unset extport',
        'unset mappedport',
        'set portforward disable',
      ]),
      verify: [`show firewall vip ${quoteValue(vip.name)}`],
      before: `Virtual IP ${vip.name} then forwards only this TCP port: create one virtual IP for each port that the internal server needs, or move ${vip.name} to a public address other than the callback address.`,
      note: 'Another push port does not help, because this virtual IP forwards all ports.',
    },
    'the virtual IP',
  );
}

import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { PushService } from '../../facts/values.ts';
import { acceptAbove } from '../local-in-policy-denies/accept-above.ts';
import { ARRIVAL_FACTS, findArrival } from '../local-in-policy-denies/arrival.ts';
import { judgePolicies } from '../local-in-policy-denies/judge-policies.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { conflictingVips, takesEveryPort } from './conflicting-vips.ts';
import { configBlock, globalFix, inOrder } from './fix.ts';

/**
 * Facts about services that may use or refuse a port: every rule that moves the push port uses all of them, so that
 * all choose the same port.
 */
export const PORT_FACTS = [
  'global',
  'sslVpn',
  'vdomSettings',
  'vips',
  'localInPolicies',
  ...ARRIVAL_FACTS,
] as const;

type PortFacts = Pick<Facts, (typeof PORT_FACTS)[number]>;

/** In order of preference, FortiOS's default first. IKE over TCP uses 443, 4500 or 11443, which are excluded. */
const CANDIDATES = [4433, 4434, 8443, 9443, 10433];
const FALLBACK_PORT = 4499;

/** Nothing in the evidence uses this port. */
export function isFree(facts: PortFacts, port: number): boolean {
  const settings = valueIfKnown(facts.global);
  const taken = [
    settings?.adminSport.value,
    settings?.adminPort.value,
    settings?.adminSshPort.value,
    settings?.adminTelnetPort.value,
    ...(valueIfKnown(facts.sslVpn) ?? []).map((each) => each.port.value),
    ...(valueIfKnown(facts.vdomSettings) ?? []).map((each) => each.ikeTcpPort.value),
  ];
  const vips = (conflictingVips(facts) ?? []).filter(({ vip }) => !takesEveryPort(vip));
  return !taken.includes(port) && vips.every(({ takes }) => takes(port) === 'no');
}

/** A free port for the callback, preferably one that no local-in policy denies. */
function freeCallbackPort(facts: PortFacts, current: number, context: RuleContext): number {
  const free = [...CANDIDATES, FALLBACK_PORT].filter((port) => port !== current && isFree(facts, port));
  return free.find((port) => !deniedBy(facts, port, context)) ?? free[0] ?? FALLBACK_PORT;
}

/** A fix that moves the push port to a free one. That affects no login: each push tells the phone which port to call. */
export function moveCallbackPort(
  context: RuleContext,
  service: PushService,
  facts: PortFacts,
  notes: readonly string[],
): Fix {
  const from = service.serverPort.value;
  const port = freeCallbackPort(facts, from, context);
  const move = globalFix(context, {
    apply: configBlock('system ftm-push', [`set server-port ${port}`]),
    undo: configBlock('system ftm-push', [`set server-port ${from}`]),
    verify: [
      'show full-configuration system ftm-push',
      'show full-configuration system global | grep admin-',
    ],
    note: [
      `Devices in front and local-in policies that allow ${from} have to allow ${port} instead. Each push tells the phone the port, so phones need no change.`,
      ...notes,
    ].join(' '),
  });
  const denying = deniedBy(facts, port, context);
  if (!denying) return move;
  const policies = valueIfKnown(facts.localInPolicies);
  return inOrder([
    move,
    acceptAbove(denying.id, denying, findArrival(facts, port, context), policies, context),
  ]);
}

function deniedBy(facts: PortFacts, port: number, context: RuleContext) {
  const policies = valueIfKnown(facts.localInPolicies) ?? [];
  const outcome = judgePolicies(policies, findArrival(facts, port, context));
  return outcome.kind === 'denied' ? outcome.policy : undefined;
}

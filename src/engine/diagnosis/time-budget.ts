import type { Attempt, AttemptMilestones } from '../facts/attempt.ts';
import { unresolved } from '../facts/attempts/got-in.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { atLeast } from '../fortios/version.ts';
import type { RuleContext } from '../rules/rule.ts';
import { eapDialups } from '../rules/shared/ikev2.ts';
import { activationWindowNote, getVpnWait, timeLimits } from '../rules/shared/timers.ts';
import type { Diagnosis } from './diagnosis.ts';

/** How long a user has to approve; `undefined` if fewer than two limits are known. */
export function findTimeBudget(
  facts: Facts,
  attempts: readonly Attempt[],
  context: RuleContext,
): Diagnosis['timeBudget'] {
  const milestones = unresolved(attempts).findLast(
    (each) => each.milestones.tokenWait ?? each.milestones.vpnWait,
  )?.milestones;
  const ike = context.overIke === true;
  if (!milestones && !ike && !offersSslVpn(facts)) return undefined;
  const dialups = eapDialups(valueIfKnown(facts.phase1s) ?? []);
  // FortiOS's defaults are assumed, not quoted from a source.
  const tunnels = dialups.every(({ negotiateTimeout }) => negotiateTimeout.explicit) ? dialups : [];
  const limits = timeLimits(milestones ?? {}, {
    global: valueIfKnown(facts.global),
    version: context.version,
    radiusServers: valueIfKnown(facts.radiusServers) ?? [],
    phase1s: tunnels,
    ike,
  });
  if (limits.length < 2) return undefined;
  const note = [
    ike ? TUNNEL_NOTE : longerOfBoth(facts, milestones, context),
    activationWindowNote(valueIfKnown(facts.global)),
  ]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join(' ');
  return { limits: limits.map((each) => ({ ...each })), note: note === '' ? undefined : note };
}

const TUNNEL_NOTE = 'The negotiation probably also limits the approval; Fortinet does not document this.';

function offersSslVpn({ sslVpn }: Facts): boolean {
  return (valueIfKnown(sslVpn) ?? []).some(({ enabled }) => enabled.value);
}

/** If the log states the VPN's wait, no rule is needed for it. */
function longerOfBoth(
  { global }: Facts,
  milestones: AttemptMilestones | undefined,
  { version }: RuleContext,
): string {
  const settings = valueIfKnown(global);
  if (!settings || milestones?.vpnWait || !version || !atLeast(version, '7.4.1')) return '';
  return getVpnWait(settings, version) > getVpnWait(settings, undefined)
    ? 'From 7.4.1 on SSL VPN waits at least as long as the token is valid.'
    : '';
}

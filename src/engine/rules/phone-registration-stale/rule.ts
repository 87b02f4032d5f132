import type { Attempt } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';

import { isAskedAbout, loginsInQuestion, nameList } from '../shared/logins.ts';
import { vpnUsers } from '../shared/second-factor.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';

export const rule = defineRule({
  id: 'phone-registration-stale',
  title: 'No phone is registered for pushes, or an old one is',
  severity: 'high',
  hop: 'notification',
  number: 41,
  forCustomer: 'the phone was changed or set up anew, and the old one is still on record',
  place: 'the token, which has no phone registered for pushes',
  stops: 'one account',
  answers: [
    ['buy', 'No: a new phone needs no licence.'],
    ['token', 'No other token: provision the same one to the phone again.'],
    ['meanwhile', 'The user can type the code that the app shows.'],
  ],
  needs: [],
  wants: ['tokenConfigs', 'tokenStates', 'localUsers', 'attempts', ...VPN_ACCESS],
  references: ['KB277343'],
  check({ tokenConfigs, tokenStates, localUsers, attempts, ...facts }, context) {
    const logins = valueIfKnown(attempts) ?? [];
    const answered = logins.find(
      (each) => isAskedAbout(each.user, context) && each.milestones.callbackCompleted,
    );
    if (answered?.milestones.callbackCompleted) {
      return healthy(`the phone of ${answered.user} received a push and answered`, [
        answered.milestones.callbackCompleted.quote,
      ]);
    }
    const activated = new Set(
      (valueIfKnown(tokenStates) ?? [])
        .filter((token) => token.status.value === 'provisioned' || token.status.value === 'active')
        .map((token) => token.serial),
    );
    const holders = vpnUsers(valueIfKnown(localUsers) ?? [], vpnAccess(facts)).filter((user) =>
      isAskedAbout(user.name, context),
    );
    const unregistered = (valueIfKnown(tokenConfigs) ?? []).filter(
      (token) =>
        activated.has(token.serial) &&
        token.serial.startsWith('FTKMOB') &&
        !token.registered &&
        holders.some((user) => user.token?.value === token.serial),
    );
    if (unregistered.length > 0) {
      const serials = unregistered.map((token) => token.serial);
      const names = holders
        .filter((user) => serials.includes(user.token?.value ?? ''))
        .map((user) => user.name);
      return broken('likely', {
        title: `No phone is registered for the pushes of ${nameList(names)}`,
        summary: `${nameList(serials)} is activated, but the FortiGate holds no registration of a phone (\`reg-id\`) for it. A typed code works, but a push cannot be delivered.`,
        evidence: unregistered.flatMap((token) => token.locked.quotes),
        fix: 'Provision the token to the phone again, with notifications allowed for the FortiToken app.',
      });
    }
    return openQuestion(loginsInQuestion(logins, context).some(isUnanswered));
  },
});

/** A connection of the phone that failed in TLS is an answer too. */
function isUnanswered({
  milestones: { pushSent, callbackStarted, clientHello, tlsAlert },
}: Attempt): boolean {
  return pushSent !== undefined && (callbackStarted ?? clientHello ?? tlsAlert) === undefined;
}

function openQuestion(pushSent: boolean): Judgement {
  return undecided({
    reason: pushSent
      ? 'the push was sent and the phone did not answer; the FortiGate cannot see whether the phone showed the push'
      : 'only a login shows whether the phone still receives pushes',
    need: 'whether the phone shows the push; if it does not, provision the token to it again',
    commands: pushSent ? ['fortitokens'] : 'debug-recipe',
  });
}

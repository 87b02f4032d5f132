import type { Attempt } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { configBlock, vdomFix } from '../shared/fix.ts';
import { loginsInQuestion } from '../shared/logins.ts';
import { REFERENCES } from '../shared/references.ts';

/** FortiOS's own value, with which pushes work. Seconds. */
const DEFAULT = 30;
/** What the article sets. Seconds. */
const WANTED = 180;
/** A failure this close behind the timer is the timer's. Seconds. */
const CLOSE = 3;

export const rule = defineRule({
  id: 'ssl-vpn-login-timeout-short',
  title: 'The login timeout of SSL VPN is too short for a second factor',
  severity: 'medium',
  hop: 'approval',
  number: 56,
  forCustomer: 'the connection does not wait long enough for the sign-in',
  needs: ['sslVpn'],
  wants: ['attempts'],
  versions: 'all with SSL VPN',
  references: [REFERENCES.KB203615],
  check({ sslVpn, attempts }, context) {
    const active = sslVpn.value.filter((each) => each.enabled.value);
    const [shortest] = active.toSorted((a, b) => a.loginTimeout.value - b.loginTimeout.value);
    if (!shortest) return { verdict: 'not-applicable', reason: 'SSL VPN is not in use' };
    const { value: seconds, quotes } = shortest.loginTimeout;
    if (seconds >= DEFAULT) {
      return { verdict: 'healthy', reason: `\`login-timeout\` is ${seconds} s`, evidence: quotes };
    }
    const ended = loginsInQuestion(valueIfKnown(attempts) ?? [], context).find((login) => {
      const after = secondsToFailure(login);
      return after !== undefined && after >= seconds - 1 && after <= seconds + CLOSE;
    });
    const line = (value: number) => configBlock('vpn ssl settings', [`set login-timeout ${value}`]);
    if (!ended?.milestones.loginFailed) {
      return {
        verdict: 'unknown',
        reason: `\`login-timeout\` is ${seconds} s, less than the FortiOS default of ${DEFAULT} s; the evidence shows no login that ended with it`,
        need: 'the debug output, with time stamps, of one login that fails',
        commands: 'debug-recipe',
      };
    }
    return {
      verdict: 'broken',
      confidence: 'likely',
      title: `The login timeout of SSL VPN ended the login of ${ended.user} after ${seconds} s`,
      summary: `\`login-timeout\` is ${seconds} s (the FortiOS default is ${DEFAULT} s). ${ended.user} was asked for the second factor, and the login failed ${secondsToFailure(ended)} s after it began, long before the push would have expired.`,
      evidence: [...quotes, ended.milestones.loginFailed.quote],
      fix: vdomFix(context, shortest.vdom, {
        apply: line(WANTED),
        undo: line(seconds),
        verify: ['show full-configuration vpn ssl settings | grep login-timeout'],
        note: `An unfinished login then keeps its connection for ${WANTED} s.`,
      }),
    };
  },
});

/** From the accepted password to the failure, of a login that had been asked for its second factor. */
function secondsToFailure({ milestones: marks }: Attempt): number | undefined {
  const began = marks.passwordAccepted?.at;
  const failed = marks.loginFailed?.at;
  if (began === undefined || failed === undefined || marks.callbackCompleted) return undefined;
  const waited = failed - began;
  return marks.vpnWait && waited >= marks.vpnWait.seconds ? undefined : waited;
}

import type { Attempt } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { configBlock, vdomFix } from '../shared/fix.ts';
import { loginsInQuestion } from '../shared/logins.ts';

/** Seconds; FortiOS's default, with which pushes work. */
const DEFAULT_S = 30;
/** Seconds; the value in the article. */
const RECOMMENDED_S = 180;
/** Seconds; a failure this soon after the timer ends is caused by the timer. */
const MAX_DELAY_S = 3;

export const rule = defineRule({
  id: 'ssl-vpn-login-timeout-short',
  title: 'The login timeout of SSL VPN is too short for a second factor',
  severity: 'medium',
  hop: 'approval',
  number: 56,
  forCustomer: 'the connection does not wait long enough for the sign-in',
  disturbs: 'nobody: only new logins',
  place: 'on the FortiGate, whose SSL VPN ends logins too soon',
  answers: [
    ['side-effect', 'An unfinished login keeps its connection longer.'],
    ['which-value', '`login-timeout` of SSL VPN is the value to raise.'],
    ['who', 'The limit is one for all users of SSL VPN; who is quick enough gets in.'],
    NEXT_LOGIN,
    ['where', '`login-timeout` is in `config vpn ssl settings`, from 10 to 180 s, by default 30 s.'],
    ['elsewhere', 'A login works where it is complete before `login-timeout` is over.'],
    ['verify', 'A login with a slow second factor shows it: it has to succeed.'],
    ['choice', '180 s is the highest value of `login-timeout`, 30 s the default.'],
    ['prevent', 'A `login-timeout` of 180 s, the highest value, leaves time for a slow second factor.'],
    OPENS_NOTHING,
  ],
  isTimer: true,
  descriptions: [
    {
      all: [
        'sslvpn|loginTimeout|page',
        'seconds30 gaveUp|code|page / loginTimeout seconds5|seconds30|untouched',
      ],
      or: [['loginTimeout', 'code|token typed|gaveUp']],
      also: [
        'loginTimeout',
        'remoteAuthTimeout|expirySetting raised',
        'ipsec|ikev2 works|enough',
        'code|page gaveUp',
      ],
      not: ['fortiauthenticator', 'seconds80'],
      title: 'The login timeout of SSL VPN is too short for a second factor',
      fix: 'Look at `login-timeout` in `show full-configuration vpn ssl settings`: SSL VPN ends an unfinished login after that time, 30 s by default, whatever the other timers are. Raise it (`config vpn ssl settings`, `set login-timeout 180`).',
      decided: {
        all: ['loginTimeout seconds30|untouched'],
        fix: 'Raise it: `config vpn ssl settings`, `set login-timeout 180`, `end`. SSL VPN ends an unfinished login after that time, 30 s by default, whatever the other timers are; `unset login-timeout` is the way back.',
      },
    },
  ],
  needs: ['sslVpn'],
  wants: ['attempts'],
  versions: 'all with SSL VPN',
  references: ['KB203615'],
  check({ sslVpn, attempts }, context) {
    const active = sslVpn.value.filter((each) => each.enabled.value);
    const [shortest] = active.toSorted((a, b) => a.loginTimeout.value - b.loginTimeout.value);
    if (!shortest) return notApplicable('SSL VPN is not in use');
    const { value: seconds, quotes } = shortest.loginTimeout;
    if (seconds >= DEFAULT_S) {
      return healthy(`\`login-timeout\` is ${seconds} s`, quotes);
    }
    const ended = loginsInQuestion(valueIfKnown(attempts) ?? [], context).find((login) => {
      const after = secondsToFailure(login);
      return after !== undefined && after >= seconds - 1 && after <= seconds + MAX_DELAY_S;
    });
    const line = (value: number) => configBlock('vpn ssl settings', [`set login-timeout ${value}`]);
    if (!ended?.milestones.loginFailed) {
      return undecided({
        reason: `\`login-timeout\` is ${seconds} s, less than the FortiOS default of ${DEFAULT_S} s; the evidence shows no login that ended with it`,
        need: 'the debug output, with time stamps, of one login that fails',
        commands: 'debug-recipe',
      });
    }
    return broken('likely', {
      title: `The login timeout of SSL VPN ended the login of ${ended.user} after ${seconds} s`,
      summary: `\`login-timeout\` is ${seconds} s (the FortiOS default is ${DEFAULT_S} s). ${ended.user} was asked for the second factor, and the login failed ${secondsToFailure(ended)} s after it began, long before the push would have expired.`,
      evidence: [...quotes, ended.milestones.loginFailed.quote],
      fix: vdomFix(context, shortest.vdom, {
        apply: line(RECOMMENDED_S),
        undo: line(seconds),
        verify: ['show full-configuration vpn ssl settings | grep login-timeout'],
        note: `An unfinished login then keeps its connection for ${RECOMMENDED_S} s.`,
      }),
    });
  },
});

/** Seconds from the accepted password to the failure, for a login that reached the token request. */
function secondsToFailure({ milestones }: Attempt): number | undefined {
  const began = milestones.passwordAccepted?.at;
  const failed = milestones.loginFailed?.at;
  if (began === undefined || failed === undefined || milestones.callbackCompleted) return undefined;
  const waited = failed - began;
  return milestones.vpnWait && waited >= milestones.vpnWait.seconds ? undefined : waited;
}

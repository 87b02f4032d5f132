import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { TimeSync } from '../../facts/values.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { Fix, Forward, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { CHECK_NTP, compareClocks, enableNtp, type WrongClock } from '../shared/fortigate-clock.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import { acceptedAnswer } from '../shared/saml-logins.ts';
import { countOfLogins, failedWith, listQuotes, REFUSAL_RULES } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'saml-clock-skew',
  title: 'The clocks of FortiGate and identity provider differ',
  severity: 'critical',
  hop: 'login',
  number: 133,
  forCustomer: 'the clock of the firewall or of the sign-in service is wrong',
  disturbs: 'nobody: only new logins',
  place: 'in the clock of the FortiGate or of the identity provider',
  stops: 'every SAML login',
  answers: [
    [
      /\b(?:Zeitumstellung|Sommerzeit|daylight|summer ?time|DST|heure d[’']été|horario de verano|ora legale|horário de verão|zomertijd)\b/i,
      'SAML compares times in UTC: summer time shifts them only where clock or time zone are set by hand.',
    ],
    [/toleran/i, '`clock-tolerance` is a stopgap: it ends at 300 s, and old answers stay valid for longer.'],
    ['change', 'The time of the FortiGate has to be corrected if its clock is the wrong one; NTP sets it.'],
    ['prevent', 'NTP keeps the clock of the FortiGate right (`config system ntp`).'],
    ['verify', '`diagnose sys ntp status` and `execute time` show the clock of the FortiGate.'],
    ['elsewhere', 'Logins without SAML do not compare the clocks.'],
    [
      'own-change',
      'SAML compares times in UTC: summer time shifts them only where clock or time zone are set by hand.',
    ],
    ['where', 'Time, zone and NTP of the FortiGate are in `config system ntp` and `config system global`.'],
    ['choice', 'The clock that is wrong has to be corrected; `clock-tolerance` is a stopgap.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
    // `how many seconds may they differ?`
    [
      /(?<!\p{L})(?:how (?:many|much)|wie viele?|combien|cuánt[oa]s?|quant[aeio]s?|hoeveel)(?!\p{L})/iu,
      'The debug of samld shows the seconds that are allowed (`Clock skew tolerance`); `clock-tolerance` takes 300 at most.',
    ],
  ],
  loginReasons: { 'saml-clock-skew': 'clocks differ' },
  descriptions: [
    {
      all: ['saml', 'clock clockOff'],
      also: ['clock', 'all', 'saml works'],
      not: ['approval !not !saml', 'request phone', 'signedRelease', 'replyUrl differs', 'logonLimit'],
      title: 'The clocks of the FortiGate and of the identity provider differ',
      fix: 'Compare the time of `execute time` and `execute date` with a clock that is right, the time zone included; `diagnose sys ntp status` shows whether NTP is in step. Set it right and switch NTP on under “System > Settings”. The answer of the identity provider is valid for a few minutes only, so a small difference is enough.',
    },
  ],
  needs: ['attempts'],
  wants: ['timeSync', 'described'],
  versions: 'all with SAML',
  references: ['KB212936'],
  check({ attempts, timeSync, described }, context) {
    const shown = failedWith(attempts.value, context, 'saml-clock-skew');
    if (shown.length === 0) return acceptedAnswer(attempts.value);
    const logins = shown.map(({ login }) => login);
    const [begun] = logins.flatMap(({ startedAt }) => startedAt ?? []);
    const at = begun === undefined ? '' : `, ${begun} by our clock`;
    const invalid = logins.flatMap(({ trace }) => trace.signs['saml-assertion-invalid']?.at(-1) ?? []);
    const forward = {
      to: 'the administrator of the identity provider',
      text: `SAML answers for our VPN are not valid at the time they arrive${at}. Please check the clock of your server; we check ours.`,
    };
    const wrong = compareClocks(timeSync, described);
    const suspect = suspectClock(timeSync, context, forward);
    const { ends = '', which, fix } = wrong ? readWrong(wrong, suspect.fix) : suspect;
    return broken('certain', {
      title: `The clocks of the FortiGate and the identity provider differ${ends}`,
      summary: `samld reports a difference between the two clocks: by the FortiGate’s clock the answer is not valid yet, or has expired. ${countOfLogins(logins, attempts.value)} failed this way. ${which}`,
      evidence: [
        ...listQuotes(shown),
        ...invalid.slice(0, 2).map(({ quote }) => quote),
        ...(timeSync.state === 'known' ? timeSync.quotes : []),
        ...(wrong ? [wrong.quote] : []),
      ],
      fix,
      explains: REFUSAL_RULES,
    });
  },
});

/** The FortiGate’s clock is the wrong one. `fix`: of the settings that were read. */
function readWrong({ off, which }: WrongClock, fix: Fix): ReturnType<typeof suspectClock> {
  return {
    ends: `: the FortiGate’s is ${off}`,
    which,
    fix:
      fix.apply.length > 0
        ? fix
        : noCliFix(
            `Repair NTP on the FortiGate, whose clock is the wrong one: \`diagnose sys ntp status\` shows whether a server answers, \`show system ntp\` which servers it asks. ${CHECK_NTP} SAML logins work again when its clock is right.`,
          ),
  };
}

const COMPARE = 'Compare `execute time` and `execute date` with a clock you trust, the time zone included';

/** What NTP tells about the FortiGate’s clock. A clock that follows it may have the wrong time zone all the same. */
function suspectClock(
  timeSync: Fact<TimeSync>,
  context: RuleContext,
  forward: Forward,
): { readonly ends?: string; readonly which: string; readonly fix: Fix } {
  const sync = valueIfKnown(timeSync);
  // `set ntpsync enable` alone does not show that a server answers.
  if (sync?.isOn === undefined || (sync.isOn && sync.synchronized === undefined)) {
    return {
      which: 'Which of the clocks is wrong, the log does not show; most often it is the FortiGate’s.',
      fix: noCliFix({
        todo: `${COMPARE}, and read \`diagnose sys ntp status\`: the FortiGate should take its time from an NTP server (\`config system ntp\`, \`ntpsync\`). If its clock is right, the identity provider’s is wrong.`,
        forward,
      }),
    };
  }
  if (!sync.isOn) {
    return {
      ends: ', and NTP is off on the FortiGate',
      which:
        'The FortiGate takes its time from no NTP server (`ntpsync` is disabled), so most likely its clock is the wrong one.',
      fix: { ...enableNtp(context), forward },
    };
  }
  if (sync.synchronized === false) {
    return {
      ends: ', and no NTP server answers the FortiGate',
      which:
        'NTP is on, and the FortiGate’s clock is not synchronised, so most likely its clock is the wrong one.',
      fix: noCliFix({
        todo: `${COMPARE}. Then see which servers \`show system ntp\` names. ${CHECK_NTP}`,
        forward,
      }),
    };
  }
  return {
    which: 'The FortiGate takes its time from NTP, so most likely the identity provider’s clock is wrong.',
    fix: noCliFix({ todo: `${COMPARE}. If it is right, the identity provider’s clock is wrong.`, forward }),
  };
}

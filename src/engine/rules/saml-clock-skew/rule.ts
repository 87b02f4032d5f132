import type { DescribedSentence } from '../../facts/described/described.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { TimeSync } from '../../facts/values.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { Fix, Forward, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { configBlock, globalFix } from '../shared/fix.ts';
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
    const wrong = comparedClocks(timeSync, described);
    const { ends = '', which, fix } = wrong ?? suspectClock(timeSync, context, forward);
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

/** `Meine Uhr zeigte 04:19.`, `my watch said 9:42` */
const OWN_CLOCK =
  /\b(?:my|our|meine|unsere|mi|ma|mijn)\b.{0,20}\b(?:clock|watch|Uhr|reloj|montre|klok|horloge)\b\D{1,40}?([01]?\d|2[0-3]):([0-5]\d)(?!\d)/i;
const DAY = 24 * 60;
/** Minutes. A larger difference may be one of time zones; a smaller one may lie in the reading. */
const MAX_DIFFERENCE = 29;
const MIN_DIFFERENCE = 2;

/** The FortiGate’s clock beside the one that a person read at the same time. */
function comparedClocks(timeSync: Fact<TimeSync>, described: Fact<readonly DescribedSentence[]>) {
  const { shown, lastSync } = valueIfKnown(timeSync) ?? {};
  const [own, another] = (valueIfKnown(described) ?? []).flatMap(({ text, quote }) => {
    const [, hour, minute] = OWN_CLOCK.exec(text) ?? [];
    return minute === undefined ? [] : [{ time: `${hour}:${minute}`, quote }];
  });
  if (shown === undefined || !own || another) return undefined;
  const late = ((parseMinutes(own.time) - parseMinutes(shown) + DAY * 1.5) % DAY) - DAY / 2;
  const minutes = Math.trunc(Math.abs(late));
  if (minutes < MIN_DIFFERENCE || minutes > MAX_DIFFERENCE) return undefined;
  const off = `about ${minutes} minutes ${late > 0 ? 'behind' : 'fast'}`;
  return {
    ends: `: the FortiGate’s is ${off}`,
    which: `\`execute time\` showed ${shown} while your clock showed ${own.time}, so the FortiGate’s clock is ${off}.${lastSync ? ` It last took its time from NTP on ${lastSync}.` : ''}`,
    fix: noCliFix(
      'Repair NTP on the FortiGate, whose clock is the wrong one: `diagnose sys ntp status` shows whether a server answers, `show system ntp` which servers it asks. See that the FortiGate reaches them (UDP 123, DNS). SAML logins work again when its clock is right.',
    ),
    quote: own.quote,
  };
}

/** `04:11:52` in minutes */
function parseMinutes(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 60 + minutes + seconds / 60;
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
    const turn = (to: string) => configBlock('system ntp', [`set ntpsync ${to}`]);
    return {
      ends: ', and NTP is off on the FortiGate',
      which:
        'The FortiGate takes its time from no NTP server (`ntpsync` is disabled), so most likely its clock is the wrong one.',
      fix: globalFix(context, {
        apply: turn('enable'),
        undo: turn('disable'),
        verify: ['diagnose sys ntp status'],
        note: `FortiOS asks FortiGuard’s time servers unless \`config system ntp\` names others.`,
        forward,
      }),
    };
  }
  if (sync.synchronized === false) {
    return {
      ends: ', and no NTP server answers the FortiGate',
      which:
        'NTP is on, and the FortiGate’s clock is not synchronised, so most likely its clock is the wrong one.',
      fix: noCliFix({
        todo: `${COMPARE}. Then see which servers \`show system ntp\` names, and whether the FortiGate reaches them (UDP 123, DNS).`,
        forward,
      }),
    };
  }
  return {
    which: 'The FortiGate takes its time from NTP, so most likely the identity provider’s clock is wrong.',
    fix: noCliFix({ todo: `${COMPARE}. If it is right, the identity provider’s clock is wrong.`, forward }),
  };
}

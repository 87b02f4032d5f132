import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import { EXPIRY_IN_HOURS, NEXT_LOGIN, OPENS_NOTHING, USERS_TOO_SLOW } from '../shared/answers.ts';
import { configBlock, describedFix, globalFix } from '../shared/fix.ts';
import { eapDialups } from '../shared/ikev2.ts';
import { isAskedAbout, loginsInQuestion, needsLogin } from '../shared/logins.ts';
import {
  activationWindowNote,
  answeredTooLate,
  enoughTokenExpiry,
  secondsToAnswer,
  staysValid,
  timeBudget,
} from '../shared/timers.ts';

interface Late {
  readonly login: Attempt;
  readonly waited: number;
  readonly valid: number;
}

export const rule = defineRule({
  id: 'token-expiry-too-short',
  title: 'The push expires before the user approves',
  severity: 'high',
  hop: 'approval',
  number: 54,
  forCustomer: 'the request is not valid long enough',
  disturbs: 'nobody: only new logins',
  place: 'on the FortiGate, where a push expires too soon',
  answers: [
    [
      /\b(?:\d+|two|five|ten|zwei|fünf|deux|cinq|cinco|cinque|dos|due|vijf) ?(?:min\w*|s(?:ec\w*)?|Sek\w*)\b/i,
      '`two-factor-ftk-expiry` takes 60 to 600 s; the longer it is, the longer a code that was seen can be used.',
    ],
    USERS_TOO_SLOW,
    EXPIRY_IN_HOURS,
    ['which-value', '`two-factor-ftk-expiry` is the value to raise.'],
    ['who', 'The time is the same for all: it stops those who approve later.'],
    ['meanwhile', 'Users can approve sooner or type the code.'],
    ['side-effect', 'Each code stays valid longer, for an attacker who saw it, too.'],
    NEXT_LOGIN,
    ['where', '`two-factor-ftk-expiry` is in `config system global`, from 60 to 600 s.'],
    ['elsewhere', 'A login works where the approval comes before the push expires.'],
    ['verify', 'An approval after about 30 s shows it: the login has to succeed.'],
    ['choice', '120 s leave time for a slow phone; 600 s is the highest value.'],
    ['prevent', '120 s leave time for a slow phone, too.'],
    OPENS_NOTHING,
  ],
  statesTimeToApprove: true,
  isTimer: true,
  descriptions: [
    {
      all: [
        'remoteAuthTimeout raised|keepsWaiting|minute / keepsWaiting',
        'minute fails|not|works / minute approve|code|expirySetting / expirySetting minute|untouched',
      ],
      or: [['expirySetting minute', 'minute|slow|keepsWaiting']],
      also: ['expirySetting untouched|minute', 'keepsWaiting', 'remoteAuthTimeout raised', 'untouched'],
      not: [
        'expirySetting raised !minute',
        'ikev2',
        'loginTimeout',
        'fortiauthenticator',
        'seconds30',
        'seconds80',
      ],
      title: 'The push expires before the user approves',
      fix: 'Look at `two-factor-ftk-expiry` in `show full-configuration system global`: push and code are valid that long, 60 s by default, however long the VPN waits. Raise it to the time that the users need (`config system global`, `set two-factor-ftk-expiry 120`). Each code then stays valid longer.',
      decided: {
        all: ['expirySetting untouched|minute', 'remoteAuthTimeout raised|keepsWaiting / keepsWaiting'],
        fix: describedFix(
          'system global',
          ['set two-factor-ftk-expiry 120'],
          ['unset two-factor-ftk-expiry'],
          'Push and code are valid that long, 60 s by default, however long the VPN waits. Each code then stays valid for 120 s; choose the time that the users need.',
        ),
      },
    },
  ],
  needs: ['attempts'],
  wants: ['global', 'version', 'radiusServers', 'phase1s', 'ikeLogins'],
  references: ['KB191661', 'KB277343'],
  check({ attempts, global, version, radiusServers, phase1s, ikeLogins }, context) {
    const settings = valueIfKnown(global);
    const measured = attempts.value
      .filter((each) => isAskedAbout(each.user, context))
      .flatMap((login): Late[] => {
        const waited = secondsToAnswer(login);
        const valid = login.milestones.tokenWait?.seconds ?? settings?.ftkExpiry.value;
        return waited === undefined || valid === undefined ? [] : [{ login, waited, valid }];
      });
    const open = new Set(loginsInQuestion(attempts.value, context));
    const worst = measured
      .filter(({ login, waited, valid }) => open.has(login) && waited > valid)
      .toSorted((a, b) => b.waited - a.waited)[0];
    const hours = activationWindowNote(settings);
    if (!worst) {
      const good = measured.find(({ waited, valid }) => waited <= valid);
      return good
        ? healthy(
            `${good.login.user} answered after ${good.waited} s; the token was valid for ${good.valid} s${hours && `.${hours}`}`,
            good.login.milestones.tokenWait ? [good.login.milestones.tokenWait.quote] : [],
          )
        : needsLogin(
            `no login in the evidence shows, with times, how long the user took${hours && `.${hours}`}`,
          );
    }
    const { login, waited, valid } = worst;
    const wanted = enoughTokenExpiry(waited);
    const budget = timeBudget(login, {
      global: settings,
      version: valueIfKnown(version),
      radiusServers: valueIfKnown(radiusServers) ?? [],
      phase1s: eapDialups(valueIfKnown(phase1s) ?? []),
      ike: (valueIfKnown(ikeLogins) ?? []).some(
        ({ user }) => user !== undefined && sameUser(user, login.user),
      ),
    });
    // That `famStateInit … timeout` is the token's validity is inferred from its default.
    return broken(settings ? 'certain' : 'likely', {
      title: `${login.user} approved ${waited - valid} s after the push had expired`,
      summary: `${answeredTooLate(login)} The token is valid for ${valid} s (\`two-factor-ftk-expiry\`).${budget}${hours || ' `two-factor-ftm-expiry` is not the setting for this: it is in hours and applies to activation only.'}`,
      evidence: [
        login.milestones.tokenWait,
        login.milestones.callbackStarted,
        login.milestones.callbackCompleted,
      ].flatMap((mark) => (mark ? [mark.quote] : [])),
      fix: globalFix(context, {
        apply: configBlock('system global', [`set two-factor-ftk-expiry ${wanted}`]),
        undo: configBlock('system global', [
          `set two-factor-ftk-expiry ${settings?.ftkExpiry.value ?? valid}`,
        ]),
        verify: ['show full-configuration system global | grep two-factor-ftk-expiry'],
        note: staysValid(wanted),
      }),
    });
  },
});

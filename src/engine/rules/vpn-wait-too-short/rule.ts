import type { Attempt } from '../../facts/attempt.ts';
import { secondsBetween } from '../../facts/attempts/event-ref.ts';
import type { GlobalSettings } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { answeredAfterEnd } from '../../facts/push/late-answer.ts';
import { atLeast, type FortiosVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { EXPIRY_IN_HOURS, NEXT_LOGIN, OPENS_NOTHING, USERS_TOO_SLOW } from '../shared/answers.ts';
import { configBlock, describedFix, globalFix } from '../shared/fix.ts';
import { eapDialups } from '../shared/ikev2.ts';
import { isAskedAbout, loginsInQuestion, needsLogin } from '../shared/logins.ts';
import {
  activationWindowNote,
  answeredTooLate,
  enoughRemoteAuthTimeout,
  enoughTokenExpiry,
  getVpnWait,
  secondsToAnswer,
  staysValid,
  timeBudget,
  toRemoteAuthTimeout,
} from '../shared/timers.ts';

interface Late {
  readonly login: Attempt;
  readonly waited: number;
  readonly allowed: number;
}

export const rule = defineRule({
  id: 'vpn-wait-too-short',
  title: 'The VPN gives up before the user approves',
  severity: 'high',
  hop: 'approval',
  number: 53,
  forCustomer: 'the connection does not wait long enough for the answer of the phone',
  disturbs: 'nobody: only new logins',
  place: 'on the FortiGate, which does not wait long enough for the approval',
  answers: [
    // `what is the highest value?`
    [
      /(?<!\p{L})(?:highest|maximum|max|höchste\p{L}*|maximal\p{L}*|máxim\p{L}+|massim\p{L}+|hoogste)(?!\p{L})/iu,
      '300 s is the highest value of `remoteauthtimeout`, 5 s the default; 60 s is usual.',
    ],
    ['undo', 'The undo is `set remoteauthtimeout` with the old value, by default 5; no restart is needed.'],
    [
      /\badmin/i,
      '`remoteauthtimeout` counts for every login that a remote server checks, those of administrators too.',
    ],
    USERS_TOO_SLOW,
    EXPIRY_IN_HOURS,
    ['who', 'The wait is the same for all: it stops those who approve later.'],
    ['meanwhile', 'Users can approve sooner or type the code.'],
    ['side-effect', 'A RADIUS or LDAP server that is down is noticed later.'],
    NEXT_LOGIN,
    ['which-value', '`remoteauthtimeout` of `config system global` is the value to raise; 60 s is usual.'],
    ['where', '`remoteauthtimeout` is in `config system global`; 60 s is usual.'],
    ['elsewhere', 'A login works where the approval comes before the wait is over.'],
    ['verify', 'An approval after about 30 s shows it: the login has to succeed.'],
    ['prevent', '60 s for `remoteauthtimeout` leave time for a slow phone, too.'],
    ['choice', '60 s are usual: a person needs about 30 s to approve.'],
    OPENS_NOTHING,
  ],
  statesTimeToApprove: true,
  isTimer: true,
  descriptions: [
    {
      all: ['seconds80', 'gaveUp|expirySetting|slow|approve', 'expirySetting raised / slow / quick works'],
      or: [
        ['gaveUp approve|request', 'quick works'],
        ['client gaveUp|void', 'quick works', 'approve|request|phone'],
        ['client gaveUp approve|request|phone', 'quick works|slow'],
        ['client gaveUp', 'quick|slow|minute request|approve|phone', 'slow|late|quick|minute'],
        ['client gaveUp', 'seconds5|minute approve|request'],
        ['expirySetting raised', 'gaveUp', 'slow|quick|approve'],
      ],
      also: ['seconds80 gaveUp', 'expirySetting raised', 'release72'],
      not: [
        'keepsWaiting',
        'remoteAuthTimeout raised',
        'ikev2',
        'loginTimeout',
        'fortiauthenticator',
        'seconds30',
        'ipsec gaveUp',
      ],
      title: 'The VPN gives up before the user approves',
      fix: 'Look at `show full-configuration system global`: the VPN waits as long as `remoteauthtimeout` allows, whatever `two-factor-ftk-expiry` is. Up to FortiOS 7.2 the wait is 80 s with the default of 5. Raise it (`config system global`, `set remoteauthtimeout 60`); a RADIUS or LDAP server that is down is then noticed later.',
      decided: {
        all: ['seconds80', 'expirySetting raised'],
        fix: describedFix(
          'system global',
          ['set remoteauthtimeout 60'],
          ['unset remoteauthtimeout'],
          'The VPN waits as long as `remoteauthtimeout` allows (5 by default), whatever `two-factor-ftk-expiry` is. A RADIUS or LDAP server that is down is then noticed later.',
        ),
      },
    },
  ],
  needs: ['attempts'],
  wants: ['global', 'version', 'radiusServers', 'phase1s', 'ikeLogins'],
  versions:
    'up to 7.4.0 exactly 10 × remoteauthtimeout + 30 s; from 7.4.1 the token expiry where that is longer',
  references: ['KB191661', 'KB193607'],
  check({ attempts, global, version, radiusServers, phase1s, ikeLogins }, context) {
    const settings = valueIfKnown(global);
    const byIke = new Set((valueIfKnown(ikeLogins) ?? []).flatMap(({ user }) => user?.toLowerCase() ?? []));
    const configured = settings && getVpnWait(settings, valueIfKnown(version));
    const measured = attempts.value
      .filter((each) => isAskedAbout(each.user, context))
      .flatMap((login): Late[] => {
        const waited = secondsToAnswer(login);
        const ike = byIke.has(login.user.toLowerCase());
        const allowed = login.milestones.vpnWait?.seconds ?? (ike ? undefined : configured);
        return waited === undefined || allowed === undefined ? [] : [{ login, waited, allowed }];
      });
    const open = new Set(loginsInQuestion(attempts.value, context));
    const late = measured.filter(({ login, waited, allowed }) => open.has(login) && waited > allowed);
    const worst = late.toSorted((a, b) => b.waited - a.waited)[0];
    const unmeasured = worst ? undefined : [...open].find(({ milestones }) => answeredAfterEnd(milestones));
    if (unmeasured) return lateByOrder(unmeasured, settings, context);
    if (!worst) {
      const good = measured.find(({ waited, allowed }) => waited <= allowed);
      return good
        ? healthy(
            `${good.login.user} answered after ${good.waited} s of ${good.allowed} s`,
            good.login.milestones.vpnWait ? [good.login.milestones.vpnWait.quote] : [],
          )
        : needsLogin(
            'no login in the evidence shows, with times, when the VPN asked and when the phone answered',
          );
    }
    const { login, waited, allowed } = worst;
    const release = valueIfKnown(version);
    const token = lateToken(login, waited, settings);
    const byExpiry = waitsForExpiry(worst, settings, release);
    const before = settings?.remoteAuthTimeout.value ?? toRemoteAuthTimeout(allowed);
    const wanted = enoughRemoteAuthTimeout(waited);
    const budget = timeBudget(login, {
      global: settings,
      version: release,
      radiusServers: valueIfKnown(radiusServers) ?? [],
      phase1s: eapDialups(valueIfKnown(phase1s) ?? []),
      ike: false,
    });
    const longer =
      release && atLeast(release, '7.4.1')
        ? ', or as long as the token is valid where that is longer (7.4.1 and later)'
        : '';
    const rule = byExpiry
      ? `That is as long as the token is valid: from 7.4.1 on SSL VPN waits for the longer of \`two-factor-ftk-expiry\` and 10 × \`remoteauthtimeout\` + 30 s.`
      : `\`remoteauthtimeout\` is ${before} s, and SSL VPN waits 10 × \`remoteauthtimeout\` + 30 s${longer}.`;
    const expiry = token && `\`two-factor-ftk-expiry\` to ${token.wanted} s`;
    const remote = `\`remoteauthtimeout\` to ${wanted} s, so that the VPN waits ${10 * wanted + 30} s`;
    const advice = byExpiry
      ? `Raise ${expiry ?? 'the longer of them'}.`
      : expiry
        ? `Raise both: ${remote}, and ${expiry}.`
        : `Raise ${remote}.`;
    const lines = (remote: number, expiry: number | undefined) =>
      configBlock('system global', [
        ...(byExpiry ? [] : [`set remoteauthtimeout ${remote}`]),
        ...(expiry === undefined ? [] : [`set two-factor-ftk-expiry ${expiry}`]),
      ]);
    return broken('certain', {
      title: `${login.user} approved ${waited - allowed} s after the VPN had given up`,
      summary: `${answeredTooLate(login)} ${rule}${budget} ${advice}`,
      evidence: [
        login.milestones.vpnWait,
        login.milestones.callbackStarted,
        login.milestones.callbackCompleted,
      ].flatMap((mark) => (mark ? [mark.quote] : [])),
      fix: globalFix(context, {
        apply: lines(wanted, token?.wanted),
        undo: lines(before, token?.before),
        verify: [
          ...(byExpiry ? [] : ['show full-configuration system global | grep remoteauthtimeout']),
          ...(token ? ['show full-configuration system global | grep two-factor-ftk-expiry'] : []),
        ],
        note:
          [
            byExpiry && token ? staysValid(token.wanted) : noticedLater(token?.wanted),
            `The VPN then waits ${byExpiry ? token?.wanted : 10 * wanted + 30} s.`,
          ].join(' ') + activationWindowNote(settings),
      }),
      explains: token ? ['token-expiry-too-short'] : [],
    });
  },
});

/**
 * From 7.4.1 the token's validity is the wait if it is longer; then `remoteauthtimeout` cannot be derived from it.
 */
function waitsForExpiry(
  { login, allowed }: Late,
  settings: GlobalSettings | undefined,
  release: FortiosVersion | undefined,
): boolean {
  if (release && !atLeast(release, '7.4.1')) return false;
  const expiry = settings?.ftkExpiry.value ?? login.milestones.tokenWait?.seconds;
  const formula = settings && 10 * settings.remoteAuthTimeout.value + 30;
  return expiry === allowed && formula !== allowed;
}

/**
 * Without time stamps, or a line that names the wait: it is visible that the answer came too late, but not by how
 * much.
 */
function lateByOrder(
  { user, milestones }: Attempt,
  settings: GlobalSettings | undefined,
  context: RuleContext,
): Judgement {
  const allowed = milestones.vpnWait?.seconds;
  const before =
    settings?.remoteAuthTimeout.value ?? (allowed === undefined ? DEFAULT : toRemoteAuthTimeout(allowed));
  const late = secondsBetween(milestones.loginFailed?.at, milestones.callbackCompleted?.at);
  const unknown =
    late === undefined
      ? 'The log has no time stamps, so it does not show how late the answer was (`diagnose debug console timestamp enable` adds them)'
      : 'The log does not show how long the VPN waited';
  // A login that the user cancelled ends in the same line.
  return broken('likely', {
    title: `${user} approved ${late === undefined ? '' : `${late} s `}after the VPN had given up`,
    summary: `The VPN had ended the login of ${user} when the phone’s answer came in${allowed === undefined ? '' : `; it waits ${allowed} s`}. SSL VPN waits 10 × \`remoteauthtimeout\` + 30 s. ${unknown}: ${SUFFICIENT_SECONDS} s for \`remoteauthtimeout\` gives ${10 * SUFFICIENT_SECONDS + 30} s. \`two-factor-ftk-expiry\` (60 to 600 s) also ends the wait, so it must be long enough too.`,
    evidence: [milestones.vpnWait, milestones.loginFailed, milestones.callbackCompleted].flatMap((mark) =>
      mark ? [mark.quote] : [],
    ),
    fix: globalFix(context, {
      apply: configBlock('system global', [`set remoteauthtimeout ${Math.max(SUFFICIENT_SECONDS, before)}`]),
      undo: configBlock('system global', [`set remoteauthtimeout ${before}`]),
      verify: ['show full-configuration system global | grep remoteauthtimeout'],
      note: `The same setting also limits how long FortiOS waits for RADIUS and LDAP servers, so a server that is down is noticed later.${activationWindowNote(settings)}`,
    }),
  });
}

/** What `remoteauthtimeout` also limits, and what goes up with it. */
function noticedLater(expiry: number | undefined): string {
  return expiry === undefined
    ? 'A RADIUS or LDAP server that is down is noticed later.'
    : `Each code stays valid for ${expiry} s, and a server that is down is noticed later.`;
}

/** FortiOS's default of `remoteauthtimeout`, and the value in Fortinet's article. Seconds. */
const DEFAULT = 5;
const SUFFICIENT_SECONDS = 60;

/** The push had expired as well when the answer came: both settings have to grow. */
function lateToken({ milestones }: Attempt, waited: number, settings: GlobalSettings | undefined) {
  const before = milestones.tokenWait?.seconds ?? settings?.ftkExpiry.value;
  if (before === undefined || waited <= before) return undefined;
  return { before: settings?.ftkExpiry.value ?? before, wanted: enoughTokenExpiry(waited) };
}

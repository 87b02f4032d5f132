import type { LocalUser } from '../../facts/accounts/account-values.ts';
import type { PASSWORD_POLICIES } from '../../facts/accounts/auth-server-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { saidYes } from '../../facts/attempts/login-failure.ts';
import type { EntryOf } from '../../facts/config/fields.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import { atLeast, formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Fix, Judgement, RuleAnswer, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { configEntry, perVdomFix, quoteValue } from '../shared/fix.ts';
import { isAskedAbout, loginsInQuestion, nameList, needsLogin } from '../shared/logins.ts';
import { countOfLogins, failedWith, listQuotes, REFUSAL_RULES, whoseLogins } from '../shared/vpn-logins.ts';

const EXPIRED = 'sslvpn_login_password_expired';

export const rule = defineRule({
  id: 'local-account-expired-or-disabled',
  title: 'The local user is disabled, or the password has expired',
  severity: 'high',
  hop: 'login',
  number: 115,
  forCustomer: 'the account is switched off, or its password has expired',
  disturbs: 'only this account',
  place: 'in the account on the FortiGate, which asks no other server',
  stops: 'one account',
  answers: [
    [
      // `can she change the password herself?`, `kann er das Passwort selbst ändern?`
      /(?<!\p{L})(?:herself|himself|themselves|(?:the )?users? (?:change|set)|selbst|selber|elle-même|lui-même|zelf|ella misma|él mismo|da sol[oa]|ele mesmo)(?!\p{L})/iu,
      'Users change an expired local password at login only where the password policy has `expired-password-renewal enable`; elsewhere an administrator sets a new one.',
    ],
    [
      'password',
      'A new password helps if the old one has expired; a disabled user is refused with any password.',
    ],
    ['change', 'The entry of this user has to be changed: `status enable`, or a new password.'],
    [
      ['update', 'own-change'],
      'A password policy ends a password on its day, and a disabled entry is refused from then on: the entry shows which.',
    ],
    ['prevent', '`warn-days` of the password policy makes the FortiGate warn users before the end.'],
    ['verify', '`show user local` shows it: `set status disable` or the password policy of the user.'],
    NEXT_LOGIN,
    ['where', '`status` and `passwd-policy` are in the entry of the user, `config user local`.'],
    ['elsewhere', 'Other users have their own entry and date.'],
    ['choice', 'A disabled entry has to be enabled, an expired password replaced: the entry shows which.'],
    OPENS_NOTHING,
  ],
  loginReasons: {
    'event-login-failed': ({ fields }) => (fields.reason === EXPIRED ? 'local password expired' : undefined),
  },
  descriptions: [
    {
      all: ['local|account off', 'fails|password', 'only|others|local'],
      or: [
        ['local', 'password expired'],
        ['passwordPolicy expired|password', 'local|fails'],
        ['local account|password expired'],
        ['local account off'],
      ],
      also: ['passwordPolicy', 'local', 'others works'],
      not: [
        'approval !not !saml',
        'request phone',
        'certificate',
        'bindAccount',
        'ldap',
        'all fails !others',
      ],
      title: 'The local user is disabled, or the password has expired',
      fix: 'Look at the user under “User & Authentication > User Definition”: the status must be “Enabled”. If a password policy is set (`show user password-policy`), its days may have passed since the last change; then set a new password there. One login shows whether that was it.',
    },
  ],
  needs: ['attempts'],
  wants: ['localUsers', 'passwordPolicies'],
  references: ['KB192723'],
  checkPartial: ({ attempts, localUsers }, context) =>
    judgeDisabled(valueIfKnown(attempts) ?? [], localUsers, context),
  check({ attempts, localUsers, passwordPolicies }, context) {
    const expired = failedWith(
      attempts.value,
      context,
      'event-login-failed',
      ({ fields }) => fields.reason === EXPIRED,
    );
    if (expired.length === 0) {
      const accepted = attempts.value.find(
        ({ user, milestones }) => isAskedAbout(user, context) && milestones.passwordAccepted,
      );
      return accepted?.milestones.passwordAccepted
        ? healthy(`the password of ${accepted.user} was accepted`, [
            accepted.milestones.passwordAccepted.quote,
          ])
        : needsLogin('no login in the evidence shows the state of a local account');
    }
    const logins = expired.map(({ login }) => login);
    const users = whoseLogins(logins);
    const named = (valueIfKnown(localUsers) ?? []).find(({ name }) =>
      logins.some(({ user }) => sameUser(user, name)),
    );
    const policy = (valueIfKnown(passwordPolicies) ?? []).find(
      ({ name, vdom }) => name === named?.passwordPolicy && vdom === named.vdom,
    );
    const isLocal = named ? named.type === 'password' : localUsers.state !== 'known';
    const { version } = context;
    const isByAdministrator = version && atLeast(version, '6.2.0') && !atLeast(version, '7.2.0');
    const change = isByAdministrator
      ? ` With FortiOS ${formatVersion(version)} only an administrator can set it: users cannot change an expired password.`
      : ` Or allow the change at login in ${named?.passwordPolicy ? `the password policy ${named.passwordPolicy}` : 'the password policy'} (\`expired-password-renewal\`, where this FortiOS has it).`;
    const limit = policy ? ` A password lasts ${policy.expireDays.value} days.` : '';
    return broken('certain', {
      title: `The password of ${users} has expired`,
      summary: `${countOfLogins(logins, attempts.value)} failed with the reason \`${EXPIRED}\`: ${named?.passwordPolicy ? `the password policy ${named.passwordPolicy}` : 'a password policy'} (\`user password-policy\`) limits how long a local password is valid.${limit}`,
      evidence: [...listQuotes(expired), ...(policy?.expireDays.quotes ?? [])],
      fix: isLocal
        ? newPasswords(logins, valueIfKnown(localUsers) ?? [], change, context)
        : {
            todo: `If ${users} is a local user, set a new password in the entry of ${users}.${change}`,
            forward: { text: NEW_PASSWORD },
          },
      answers: expiredAnswers(users, policy),
      explains: REFUSAL_RULES,
    });
  },
});

const NEW_PASSWORD =
  'Your VPN password has expired. We will give you a new one; please change it after the first login.';

/** Lines for the entry of each user, under the name of the entry where that was read. */
function newPasswords(
  logins: readonly Attempt[],
  entries: readonly LocalUser[],
  change: string,
  context: RuleContext,
): Fix {
  const found = logins.map(
    ({ user, vdom }) => entries.find(({ name }) => sameUser(name, user)) ?? { name: user, vdom },
  );
  const users = [...new Map(found.map((user) => [`${user.vdom} ${user.name}`, user])).values()];
  const isRead = users.every(({ name }) => entries.some((entry) => entry.name === name));
  const fix = perVdomFix(context, users, (own) => ({
    apply: own.flatMap(({ name }) => configEntry('user local', name, ['set passwd <new-password>'])),
    undo: [],
    verify: own.map(({ name }) => `show user local ${quoteValue(name)}`),
    replace:
      'Replace `<new-password>` of `set passwd <new-password>` first, or everyone who reads these lines knows the password.',
    note: `With the old password expired there is nothing to undo.${change}`,
    forward: { text: NEW_PASSWORD },
  }));
  if (isRead) return fix;
  const shown = users.map(({ name }) => `\`show user local ${quoteValue(name)}\``).join(', ');
  return {
    ...fix,
    before: `Set a new password only where ${shown} shows the entry: \`edit\` creates what is not there.`,
  };
}

/** A policy ends the password of each of its users on a day of its own. */
function expiredAnswers(
  users: string,
  policy: EntryOf<typeof PASSWORD_POLICIES> | undefined,
): readonly RuleAnswer[] {
  const age = policy ? `${policy.expireDays.value} days` : 'the days of the policy';
  return [
    [
      'who',
      `The login fails only for ${users} so far; every other local user with ${policy ? policy.name : 'the same policy'} follows when the password is older than ${age}. \`show user local\` has \`passwd-policy\` and \`passwd-time\` (day of the last change) of each.`,
    ],
    [
      'prevent',
      '`warn-days` of the password policy makes the FortiGate warn users before the end; `show user local` shows whose turn is next (`passwd-time`).',
    ],
  ];
}

/** Disabled users whom the question or a command names, or whose login failed. A server that said yes refutes it. */
function judgeDisabled(
  attempts: readonly Attempt[],
  localUsers: Fact<readonly LocalUser[]>,
  context: RuleContext,
): Judgement | undefined {
  const entries = valueIfKnown(localUsers) ?? [];
  const failed = loginsInQuestion(attempts, context).filter(
    ({ outcome, trace }) => outcome !== 'incomplete' && !saidYes(trace.signs),
  );
  const failing = new Set(failed.map(({ user }) => user.toLowerCase()));
  const asked = (user: LocalUser) =>
    context.user === undefined
      ? user.shownAlone || failing.has(user.name.toLowerCase())
      : isAskedAbout(user.name, context);
  const concerned = entries.filter(asked);
  const enabled = concerned.filter((user) => user.enabled.value).map(({ name }) => name.toLowerCase());
  const isEnabled = new Set(enabled);
  const off = concerned.filter(({ name }) => !isEnabled.has(name.toLowerCase()));
  if (off.length === 0) return undefined;
  const names = nameList(off.map(({ name }) => name));
  return broken('certain', {
    title: `User ${names} ${off.length === 1 ? 'is' : 'are'} disabled on this FortiGate`,
    summary: `The entry of ${names} in \`user local\` has \`status disable\`. FortiOS refuses the login with any password.`,
    evidence: off.flatMap((user) => user.enabled.quotes).slice(0, 4),
    fix: perVdomFix(context, off, (own) => ({
      apply: own.flatMap((user) => configEntry('user local', user.name, ['set status enable'])),
      undo: own.flatMap((user) => configEntry('user local', user.name, ['set status disable'])),
      verify: own.map((user) => `show user local ${quoteValue(user.name)}`),
      before: 'First ask why the user was disabled.',
    })),
    loginReasons: {
      'event-login-failed': (_, login) =>
        off.some(({ name }) => sameUser(login.user, name)) ? 'user disabled on this FortiGate' : undefined,
    },
    explains: REFUSAL_RULES,
  });
}

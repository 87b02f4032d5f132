import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { saidYes } from '../../facts/attempts/login-failure.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';

import { OPENS_NOTHING } from '../shared/answers.ts';
import { needsLogin } from '../shared/logins.ts';
import {
  countOfLogins,
  DIRECTORY_REASONS,
  failedWith,
  getLdapServer,
  ldapBindAt,
  listLdapServers,
  listQuotes,
  REFUSAL_RULES,
  type ShownLogin,
  shownBy,
  whenText,
  whoseLogins,
} from '../shared/vpn-logins.ts';

/** fnbamd’s result for a refusal. */
const DENIED = 1;
const RENEWABLE = new Set(['532', '773']);

/** What ends a refusal, by its reason: for the administrator, and what the owner of the directory is asked for. */
const REMEDIES: Readonly<Record<string, readonly [todo: string, request: string]>> = {
  '52e': [
    'Let the user type the password again; if it is lost, set a new one in the directory',
    'If it is lost, please set a new one',
  ],
  '530': ['Allow this time of day for the account in the directory', 'Please allow it at this time of day'],
  '531': [
    'Correct in the directory from which computers the account may log in',
    'Please check from which computers it may log in',
  ],
  '532': ['Set a new password in the directory', 'Please set a new one'],
  '533': ['Enable the account in the directory', 'Please enable it'],
  '701': ['Extend the account in the directory', 'Please extend it'],
  '773': ['Let the user change the password at the domain', 'Please let the user change it'],
  '775': [
    'Unlock the account in the directory, and find what locks it, such as an old saved password',
    'Please unlock it, and look for what locks it, such as an old saved password',
  ],
};

export const rule = defineRule({
  id: 'ldap-user-refused',
  title: 'The directory refuses the user’s own login',
  severity: 'high',
  hop: 'login',
  number: 118,
  forCustomer: 'the directory did not accept the name and password',
  disturbs: 'only this account',
  place: 'in the directory, which refuses the account; the FortiGate only passes that on',
  stops: 'one account',
  answers: [
    [/unlock|entsperr/i, 'The account is unlocked in the directory: the FortiGate cannot unlock it.'],
    [
      /(?:chang|re(?:new|set)|änder|erneuer).{0,40}\b(?:(?:him|her)self|themselves|selbst|selber)\b/i,
      'Users can change an expired password at login with LDAPS and `password-renewal enable` in the LDAP entry.',
    ],
    [
      'password',
      'The password is kept in the directory, which also gives the reason of the refusal: the FortiGate keeps none.',
    ],
    ['change', 'Nothing on the FortiGate has to be changed: the directory refuses the account.'],
    ['attack', 'Nothing here shows an attack; the log of the directory says what locks an account.'],
    ['duration', 'A lock lasts as the policy of the directory says, or until it is lifted there.'],
    [
      'prevent',
      'An account that is locked again and again mostly has an old saved password on a phone or in a service.',
    ],
    ['verify', 'The log of the domain controllers shows it: it holds the reason for each refused login.'],
    ['where', 'The account is corrected in the directory, by an administrator of the domain.'],
    ['elsewhere', 'Other accounts are not concerned: the directory refuses this one.'],
    [
      'own-change',
      'A changed or expired password in the directory counts at once, and old saved ones lock the account.',
    ],
    OPENS_NOTHING,
  ],
  loginReasons: {
    'ldap-refused': refusedByDirectory,
    'ldap-return': refusedByDirectory,
    'ldap-state': refusedByDirectory,
  },
  descriptions: [
    {
      all: ['mustChange', 'ldap'],
      or: [
        ['password expired', 'ldap'],
        ['accountLocked !not', 'ldap'],
        ['logonLimit', 'ldap'],
        ['ldap expired|off', 'only|others'],
        ['mustChange|logonLimit', 'others works'],
      ],
      also: ['others works', 'only', 'password expired', 'saml|browser fails'],
      not: [
        'providerCode',
        'approval !not !saml',
        'request phone',
        'bindAccount',
        'certificate',
        'ldap all fails !others',
        'controller serverDown',
        'code',
      ],
      title: 'The directory itself refuses the login of this user',
      fix: {
        todo: 'Let the directory team look at the account in “Active Directory Users and Computers”: a password that has expired or must be changed, a lock after wrong passwords, an expiry date, logon hours. Nothing has to change on the FortiGate.',
        forward: {
          text: 'Please check the account in AD and set a new password; its VPN login is refused by the directory.',
        },
      },
    },
  ],
  needs: ['attempts'],
  references: ['KB195337'],
  check({ attempts }, context) {
    const inUserBinding = ({ login, seen }: ShownLogin) => ldapBindAt(login, seen) === 'User Binding';
    const refusals = (sign: 'ldap-refused' | 'ldap-return') =>
      failedWith(attempts.value, context, sign, (seen, login) => inUserBinding({ login, seen })).filter(
        ({ login }) => !saidYes(login.trace.signs),
      );
    // The log of some releases has no line about the answer, only that the bind of the user was the last step.
    const ended = failedWith(
      attempts.value,
      context,
      'ldap-state',
      ({ fields, order }, { milestones, trace: { signs } }) =>
        fields.from === 'User Binding' &&
        fields.to === 'Done' &&
        signs['ldap-state']?.at(-1)?.order === order &&
        (milestones.passwordRefused?.code === DENIED ||
          signs['request-result']?.at(-1)?.fields.code === String(DENIED) ||
          (milestones.refused ?? milestones.loginFailed) !== undefined) &&
        (milestones.groupMismatch ?? signs['group-matched'] ?? saidYes(signs)) === undefined,
    );
    const shown =
      [refusals('ldap-refused'), refusals('ldap-return'), ended].find((each) => each.length > 0) ?? [];
    if (shown.length === 0) {
      const bound = shownBy(
        attempts.value,
        'ldap-state',
        ({ fields }) => fields.from === 'User Binding' && fields.to !== 'Done',
      );
      return bound
        ? healthy('the directory accepted the password', [bound.seen.quote])
        : needsLogin('no login in the evidence shows a directory checking a password');
    }
    const byReason = Map.groupBy(shown, ({ seen }) => seen.fields.data ?? '');
    const reasons = [...byReason].map(([data, own]) => ({
      data,
      users: whoseLogins(own.map(({ login }) => login)),
      text: DIRECTORY_REASONS[data] ?? (data === '' ? 'without a reason' : `reason ${data}`),
    }));
    const [first] = reasons;
    const remedy = reasons.length === 1 ? REMEDIES[first?.data ?? ''] : undefined;
    const logins = shown.map(({ login }) => login);
    const servers = listLdapServers(logins);
    const list = reasons
      .slice(0, 4)
      .map(({ users, text, data }) => `${users}: ${text}${data === '' ? '' : ` (data ${data})`}`)
      .join('; ');
    const renewal = reasons.some(({ data }) => RENEWABLE.has(data))
      ? ' A password that has expired can be changed through the VPN if the LDAP entry has `password-expiry-warning` and `password-renewal` enabled and uses LDAPS; else it is changed at the domain.'
      : '';
    // Without the directory’s own answer only the order of the steps shows the refusal.
    return broken(shown === ended ? 'likely' : 'certain', {
      title:
        reasons.length === 1
          ? `The directory refuses ${whoseLogins(logins)}${first?.data === '' ? ' without a reason' : `: ${first?.text}`}`
          : `The directory refuses ${whoseLogins(logins)}, for different reasons`,
      summary: `${countOfLogins(logins, attempts.value)} failed because the LDAP server${servers} found the account and refused its login.${reasons.length === 1 ? '' : ` ${list}.`} The FortiGate only passes this answer on.`,
      evidence: listQuotes(shown),
      answers: [
        ...(shown.every(isFoundBySearch) ? [[BIND_ACCOUNT, searchText(logins)] as const] : []),
        ...(reasons.length === 1 && first && DIRECTORY_REASONS[first.data] !== undefined
          ? [['password', passwordState(first.data, first.text)] as const]
          : []),
      ],
      fix: {
        todo: `${remedy?.[0] ?? 'Look at the account in the directory (password, lock, expiry, allowed hours and computers) and correct it there'}: the FortiGate needs no change.${renewal}`,
        forward: {
          to: 'the owner of the directory',
          text: `Your server${servers} refused the VPN login of ${reasons.length === 1 ? list.replace(': ', `${whenText(logins)}: `) : list}. ${remedy?.[1] ?? 'Please check the state of the account: password, lock, expiry, allowed hours and computers'}.`,
        },
      },
      explains: REFUSAL_RULES,
    });
  },
});

/** `Is the bind account broken?`, `liegt es am Dienstkonto?` */
const BIND_ACCOUNT =
  /(?<!\p{L})(?:(?:bind|service|lookup|search|LDAP|Dienst|Bind|Service|Such)[- ]?(?:accounts?|users?|DN|Konto|Benutzer|User)|(?:compte|cuenta|conta|account|utente|usuario|usuário) (?:de |del |do |di |d['’])?(?:servicio|service|serviço|servizio|bind|liaison|búsqueda))(?!\p{L})/iu;

/** FortiOS searches the directory with the bind account, and binds as the user that this found. */
function isFoundBySearch({ login }: ShownLogin): boolean {
  return (login.trace.signs['ldap-state'] ?? []).some(
    ({ fields }) => fields.from === 'DN Search' && fields.to === 'User Binding',
  );
}

function searchText(logins: readonly Attempt[]): string {
  return `The bind account works: its search found ${whoseLogins(logins)}. The directory refuses only the login of the user.`;
}

/** Whether the password is wrong, by the reason of the directory. */
function passwordState(data: string, reason: string): string {
  return data === '52e'
    ? 'The directory says that the password is wrong (data 52e).'
    : `The directory says that ${reason}. A wrong password has another code (data 52e).`;
}

function refusedByDirectory(seen: SeenSign, login: Attempt): string | undefined {
  const isEnd = seen.fields.from === 'User Binding' && seen.fields.to === 'Done';
  if (!isEnd && ldapBindAt(login, seen) !== 'User Binding') return undefined;
  const why = DIRECTORY_REASONS[seen.fields.data ?? ''];
  return `refused by ${getLdapServer(login)}${why === undefined ? '' : `: ${inShort(why)}`}`;
}

/** `account locked` of `the account is locked`. */
function inShort(why: string): string {
  return why.replace(/^the (?:(\w+) (?:is|has) )?/, (_, what) => (what === undefined ? '' : `${what} `));
}

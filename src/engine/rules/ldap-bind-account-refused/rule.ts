import type { Quote } from '../../evidence/types.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { findLdapEnd, saidYes } from '../../facts/attempts/login-failure.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import { CHANGE_BROKE_IT, NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { PASSWORDS_ROTATED } from '../shared/described-symptoms.ts';

import { nameList, needsLogin } from '../shared/logins.ts';
import {
  countOfLogins,
  DIRECTORY_REASONS,
  failedWith,
  firstRdn,
  getLdapServer,
  lastSign,
  ldapBindAt,
  listLdapServers,
  listQuotes,
  REFUSAL_RULES,
  shownBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ldap-bind-account-refused',
  title: 'The directory refuses the account with which the FortiGate searches',
  severity: 'critical',
  hop: 'login',
  number: 116,
  forCustomer: 'the directory that knows the accounts cannot be searched at the moment',
  disturbs: 'nobody: only new logins',
  place: 'in the account with which the FortiGate searches the directory, which refuses it',
  stops: 'every user of this directory',
  answers: [
    // `they changed the service account, is that it?`
    [
      /(?<!\p{L})(?:service[- ]?(?:accounts?|user)|bind[- ]?account|Dienstkonto|Servicekonto|compte de (?:service|liaison)|cuenta de servicio|account di servizio|conta de serviço|serviceaccount)(?!\p{L})/iu,
      'A changed password of the service account is reason enough: the AD team knows the new one, which is entered in `config user ldap` of the FortiGate.',
    ],
    [
      CHANGE_BROKE_IT,
      'Yes, if the account or its password was part of it: the FortiGate still uses what is in its LDAP entry.',
    ],
    [
      'password',
      'The users’ passwords are not the cause: the FortiGate’s own account in the LDAP entry is refused.',
    ],
    [
      'change',
      'The LDAP entry has to be changed if its account has a new name or password; else the directory corrects the account.',
    ],
    [
      'update',
      'An account whose password expired or was changed in the directory is refused from then on; FortiOS is not involved.',
    ],
    [
      'restart',
      'A restart does not help: the LDAP entry of the FortiGate needs the present password of its account.',
    ],
    ['clients', 'The users change nothing: the account is that of the FortiGate.'],
    [
      'who',
      'The account is that of the FortiGate, so every user of this LDAP server is concerned; local users are not.',
    ],
    [
      'where',
      'The password belongs in the entry of the LDAP server on the FortiGate, `config user ldap`, beside `username`.',
    ],
    ['prevent', 'An account of its own with read rights, whose password does not expire, avoids it.'],
    ['elsewhere', 'Local users do not need this account; each login at this LDAP server does.'],
    [
      'own-change',
      'A new password of the account in the directory has to be entered in the LDAP entry of the FortiGate, too.',
    ],
    NEXT_LOGIN,
    ['verify', 'A login of any user of this directory shows it: the search has to begin.'],
    [
      'choice',
      'Name and password of the account have to be those of the directory; a new account works, too, if it may read.',
    ],
    OPENS_NOTHING,
    // `does it have to be a domain admin?`
    [
      /\b(?:domain|Domänen)[- ]?admin\w*|\badmin(?:istrator)?[- ]?(?:account|rights|rechte)\b/i,
      'An account with read rights is enough; rights of an administrator are not needed.',
    ],
  ],
  loginReasons: {
    'ldap-refused': searchRefused,
    'ldap-return': searchRefused,
  },
  descriptions: [
    {
      all: ['bindAccount changed|expired|accountLocked|off|password', 'ldap|controller'],
      or: [
        ['bindAccount', 'invalidCredentials'],
        ['bindAccount', 'changed|expired|off|accountLocked', 'ldap all|not|fails'],
      ],
      also: [
        'invalidCredentials',
        'local works|yes',
        'ldap all',
        'test',
        'bindAccount changed|expired|accountLocked|off',
      ],
      not: ['approval !not !saml', 'request phone'],
      title: 'The directory refuses the account with which the FortiGate searches it',
      fix: 'Open the LDAP server under “User & Authentication > LDAP Servers” and press “Test Connectivity”: `Invalid credentials` means the account in “Username”. Enter its present name (DN) and password there, and let the directory team check that it is not locked, expired or moved. Until then every user of this directory is refused; local users are not.',
      decided: {
        all: ['bindAccount changed|expired|password', 'invalidCredentials'],
        fix: 'Enter the present name (DN) and password of this account in the LDAP server under “User & Authentication > LDAP Servers”, “Username” and “Password”; “Test Connectivity” then succeeds. Nothing restarts, and the users change nothing. Where the password is right, the directory team checks that the account is not locked or expired.',
      },
    },
  ],
  needs: ['attempts'],
  wants: ['described'],
  references: ['KB335554', 'KB195337'],
  check({ attempts, described }, context) {
    const refused = (sign: 'ldap-refused' | 'ldap-return') =>
      failedWith(attempts.value, context, sign, isSearch).filter(({ login }) => !saidYes(login.trace.signs));
    const told = refused('ldap-refused');
    const returned = told.length > 0 ? told : refused('ldap-return');
    const ended = failedWith(
      attempts.value,
      context,
      'ldap-state',
      (seen, { trace }) => findLdapEnd(trace.signs, 'Admin Binding') === seen,
    );
    const shown = returned.length > 0 ? returned : ended;
    if (shown.length === 0) {
      const bound = shownBy(
        attempts.value,
        'ldap-state',
        ({ fields }) => fields.from === 'Admin Binding' && fields.to !== 'Done',
      );
      return bound
        ? healthy('the FortiGate’s own account may search the directory', [bound.seen.quote])
        : needsLogin('no login in the evidence shows the FortiGate logging in to an LDAP server');
    }
    const logins = shown.map(({ login }) => login);
    const binds = shown.flatMap(({ login, seen }) => lastSign(login, 'ldap-bind', seen.order) ?? []);
    const accounts = nameList(binds.flatMap(({ fields }) => fields.dn ?? []));
    const servers = listLdapServers(logins);
    const [code = ''] = shown.flatMap(({ seen }) => seen.fields.data ?? []);
    const rotated = code === '52e' ? statedQuote(PASSWORDS_ROTATED, described) : undefined;
    const wrong = rotated ? 'its password is most likely the old one' : 'its name or password is wrong';
    const reason = code === '52e' ? wrong : DIRECTORY_REASONS[code];
    const account = accounts === '' ? 'own account' : `account ${firstRdn(accounts)}`;
    // Without the server’s answer only the order of the steps shows the refusal.
    return broken(returned.length > 0 ? 'certain' : 'likely', {
      title: `The LDAP server${servers} refuses the FortiGate’s ${account}: ${reason ?? `${whoseLogins(logins)} cannot log in`}`,
      summary: `${countOfLogins(logins, attempts.value)} failed before the user was looked for: the bind${accounts === '' ? '' : ` as \`${accounts}\``} was refused. The user’s password was not checked; local users do not need this server.`,
      evidence: [
        ...listQuotes(shown),
        ...binds.slice(0, 2).map(({ quote }) => quote),
        ...(rotated ? [rotated] : []),
      ],
      fix: {
        todo: whatToDo(code, servers, rotated),
        forward: {
          to: 'the owner of the directory',
          text: `Our VPN’s service account${accounts === '' ? '' : ` ${accounts}`} is refused${why(code, reason)}`,
        },
      },
      explains: REFUSAL_RULES,
    });
  },
});

/** Reasons that a new password removes; the others only the directory can remove. */
const OF_PASSWORD: ReadonlySet<string> = new Set(['52e', '532', '773']);

function whatToDo(code: string, servers: string, rotated: Quote | undefined): string {
  const entry = `the LDAP entry${servers}`;
  if (DIRECTORY_REASONS[code] === undefined) {
    return `Set \`username\` and \`password\` of ${entry} to an account that the directory accepts; the password that is stored cannot be read back.`;
  }
  if (!OF_PASSWORD.has(code)) {
    return `Let the owner of the directory correct the account; on the FortiGate nothing has to change while its name and password stay the same.`;
  }
  if (rotated) {
    return `The passwords of service accounts were changed (line ${rotated.line}), and the FortiGate has such an account: get its new password from the owner of the directory, and type it in ${entry} (\`config user ldap\`, \`set password <password-of-the-account>\`).`;
  }
  const check =
    code === '52e'
      ? `Compare \`username\` of ${entry} with the name in the directory. If it is right, ask`
      : 'Ask';
  return `${check} the owner of the directory for the password of the account, or for a new one, and type it in ${entry} (\`config user ldap\`, \`set password <password-of-the-account>\`).`;
}

/** Active Directory’s `52e` excludes a lock and an expiry, and `532` a wrong password. */
function why(code: string, reason: string | undefined): string {
  if (reason === undefined) return '. Was its password changed, has it expired, or is it locked or disabled?';
  return code === '52e'
    ? ` with code 52e. Was the password changed, or was the account moved, renamed or deleted?`
    : ` with code ${code}: ${reason}. Please correct that in the directory.`;
}

function searchRefused(seen: SeenSign, login: Attempt): string | undefined {
  return isSearch(seen, login) ? `${getLdapServer(login)} refuses the FortiGate’s own account` : undefined;
}

function isSearch(seen: SeenSign, login: Attempt): boolean {
  return ldapBindAt(login, seen) === 'Admin Binding';
}

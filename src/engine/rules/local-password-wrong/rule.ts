import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';

import { OPENS_NOTHING } from '../shared/answers.ts';
import { needsLogin } from '../shared/logins.ts';
import {
  countOfLogins,
  failedWith,
  lastSign,
  listQuotes,
  REFUSAL_RULES,
  shownBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';

/** fnbamd’s `Concluded: 1`: the local entry was found and the password differs. */
const DENIED = '1';
const ACCEPTED = '0';
/** Of MSCHAPv2 (RFC 2759), as a client prints it. */
const AUTHENTICATION_FAILURE: ReadonlySet<string> = new Set(['ERROR_AUTHENTICATION_FAILURE', '691']);
/** Of the event log: a wrong password, but also a group or portal that does not fit. */
const PERMISSION_DENIED = 'sslvpn_login_permission_denied';

export const rule = defineRule({
  id: 'local-password-wrong',
  title: 'The password of a local user is wrong',
  severity: 'high',
  hop: 'login',
  number: 112,
  forCustomer: 'the password was not the one that the account has',
  disturbs: 'only this account',
  place: 'in the password that was typed, which the FortiGate checks itself',
  stops: 'one account',
  answers: [
    // `can I read out the password?`
    [
      /(?<!\p{L})(?:read|see|show|look up|auslesen|anzeigen|sehen|nachsehen|lire|voir|ver|leer|leggere|vedere|ler|lezen|zien)(?!\p{L}).{0,40}(?:passw|kennw|mot de passe|contraseña|senha|wachtwoord)/iu,
      'The FortiGate does not show the password: the user types it again, or the entry gets a new one.',
    ],
    [
      /(?:re-?set|\bchang\w*|zurücksetz\w*|änder\w*|\bnew|neues)\b.{0,30}(?:passw|kennw)|(?:passw|kennw)\S* .{0,30}(?:re-?set|zurücksetz|änder|chang)/i,
      'A new password is needed if the old one is lost; first the user should type it again, not from a saved one.',
    ],
    ['password', 'The password that was typed is not the one that the FortiGate has for this user.'],
    [
      'change',
      'The FortiGate stays as it is unless the password is lost: then the entry of the user gets a new one.',
    ],
    ['attack', 'One wrong password shows no attack; many names or tries from one address would.'],
    ['duration', 'A new password counts from the next login on.'],
    [
      'elsewhere',
      'This password is kept on the FortiGate: one that works for Windows or mail may be another.',
    ],
    ['where', 'The password is in the entry of the user on the FortiGate, `config user local`.'],
    ['verify', 'A login with the password typed anew shows it.'],
    ['prevent', 'Saved passwords in the client have to be replaced after each change.'],
    ['own-change', 'A new password on the FortiGate makes each saved old one wrong.'],
    OPENS_NOTHING,
  ],
  loginReasons: {
    'local-result': ({ fields }) => (fields.code === DENIED ? 'wrong local password' : undefined),
    'eap-password-wrong': wrongUnasked,
    'local-entry': wrongUnasked,
  },
  descriptions: [
    {
      all: ['local', 'password changed|new', 'saved'],
      or: [
        ['local', 'typo'],
        ['local', 'password changed|new|old'],
      ],
      also: ['saved', 'typo', 'browser works', 'others works', 'types'],
      not: [
        'approval !not !saml',
        'request phone',
        'expired',
        'radiusServer',
        'saml',
        'ipsec',
        'all fails !others',
        'bindAccount',
        'code',
      ],
      title: 'The password that is typed is not the one stored for this local user',
      fix: 'Let the user delete the saved password in FortiClient and type the password of the account on the FortiGate once, which is not the one of Windows. If it is refused again, set a new one under “User & Authentication > User Definition”, without letters that look alike, and let it be typed at once.',
    },
  ],
  needs: ['attempts'],
  wants: ['localUsers'],
  references: ['KB335554'],
  check({ attempts, localUsers }, context) {
    const local = failedWith(
      attempts.value,
      context,
      'local-result',
      ({ fields }, { milestones }) => fields.code === DENIED && milestones.secondFactorAsked === undefined,
    );
    const eap = failedWith(attempts.value, context, 'eap-password-wrong', isLocal).filter(({ login }) =>
      attempts.value.every((other) => !sameUser(other.user, login.user) || asksNobody(other)),
    );
    const users = valueIfKnown(localUsers) ?? [];
    const byName = Map.groupBy(users, ({ name }) => name.toLowerCase());
    const entryOf = ({ user }: Attempt) => byName.get(user.toLowerCase())?.[0];
    const refused = failedWith(attempts.value, context, 'local-entry', isRefusedAlone).filter(
      ({ login }) => mayBePassword(entryOf(login)) !== false,
    );
    const logged = failedWith(
      attempts.value,
      context,
      'event-login-failed',
      ({ fields }) => fields.reason === PERMISSION_DENIED,
    ).filter(({ login }) => mayBePassword(entryOf(login)));
    const seenByClient = failedWith(attempts.value, context, 'endpoint-password-wrong', ({ fields }) =>
      AUTHENTICATION_FAILURE.has(fields.reason ?? ''),
    ).filter(({ login }) => mayBePassword(entryOf(login)));
    const shown = [local, eap, refused, seenByClient, logged].find((each) => each.length > 0);
    if (!shown) {
      const accepted = shownBy(attempts.value, 'local-result', ({ fields }) => fields.code === ACCEPTED);
      return accepted
        ? healthy(`the FortiGate accepted the password of ${accepted.login.user}`, [accepted.seen.quote])
        : needsLogin('no login in the evidence shows a local password being checked');
    }
    const logins = shown.map(({ login }) => login);
    const names = whoseLogins(logins);
    const entries = logins.flatMap((login) => entryOf(login) ?? []).slice(0, 2);
    const count = countOfLogins(logins, attempts.value);
    // Only SSL VPN blocks addresses.
    const blocks = logins.every(({ trace }) => trace.vpn === 'ike')
      ? ''
      : ' Further failures may block the address for a while.';
    const confidence =
      shown === logged
        ? 'possible'
        : shown === seenByClient || (shown === refused && entries.length === 0)
          ? 'likely'
          : 'certain';
    return broken(confidence, {
      title:
        shown === logged
          ? `${names} was refused, as with a wrong password of the local user`
          : `${names}: wrong password (local user)`,
      summary:
        shown === logged
          ? `The event log gives “permission denied” for ${count}. ${names} is a local user with a password and no second factor, so a wrong password is the most common reason; a group or a portal that does not fit looks the same.`
          : `${count} failed because the password differs from that of the FortiGate’s local user. ${shown === refused || shown === seenByClient ? 'No line shows that a server was asked.' : 'No server was asked.'}`,
      evidence: [
        ...listQuotes(shown),
        ...(shown === refused ? logins.flatMap(findRefusal).slice(0, 2) : []),
        ...(shown === logged || shown === seenByClient
          ? entries.flatMap(({ twoFactor }) => twoFactor.quotes)
          : []),
      ],
      fix: {
        todo: `Let ${names} type the password once more: upper and lower case, keyboard layout, a saved old password in FortiClient. If it is lost, type a new one in the entry of ${names} in \`config user local\` (\`set passwd <new-password>\`); the old one cannot be read back.${blocks}`,
        forward: {
          text: 'Your user name was found, but the password was not the right one. Please type it again, not from the saved one; if that fails, ask us for a new password.',
        },
      },
      explains: REFUSAL_RULES,
    });
  },
});

/** sslvpn found a local user, and fnbamd, whose debug was off, refused the password at once. */
function isRefusedAlone(_seen: SeenSign, login: Attempt): boolean {
  const { milestones, trace } = login;
  if (milestones.passwordRefused?.code !== Number(DENIED) || milestones.secondFactorAsked) return false;
  if (trace.signs['server-loaded'] ?? trace.signs['request-result']) return false;
  const candidates = lastSign(login, 'candidates')?.fields.users;
  return candidates === undefined || !candidates.startsWith('0');
}

/** Whether the entry has a password of its own and nothing else that may have been refused; `undefined` if not read. */
function mayBePassword(entry: LocalUser | undefined): boolean | undefined {
  return entry && entry.type === 'password' && entry.enabled.value && entry.twoFactor.value === 'disable';
}

function findRefusal({ milestones }: Attempt) {
  return milestones.passwordRefused ? [milestones.passwordRefused.quote] : [];
}

/** The FortiGate’s own EAP server also stands before LDAP, where the same line does not mean a wrong password. */
function isLocal(_seen: SeenSign, login: Attempt): boolean {
  return asksNobody(login);
}

function asksNobody({ trace: { signs } }: Attempt): boolean {
  return (signs['server-loaded'] ?? signs['ldap-password-read'] ?? signs['ldap-state']) === undefined;
}

/** The same lines stand in a login that a server decides. */
function wrongUnasked(_seen: SeenSign, { trace: { signs }, milestones }: Attempt): string | undefined {
  return (signs['server-loaded'] ?? milestones.secondFactorAsked) ? undefined : 'wrong local password';
}

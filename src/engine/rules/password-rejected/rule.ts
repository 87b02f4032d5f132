import type { Quote } from '../../evidence/types.ts';
import { mayHaveAskedUser } from '../../facts/accounts/radius-wait.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { findLoginFailure } from '../../facts/attempts/login-failure.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Broken, Instead } from '../rule.ts';
import { OTHERS_GET_IN } from '../shared/described-symptoms.ts';
import { debugLines, quoteValue, testAtServer } from '../shared/fix.ts';
import { isAskedAbout, loginsInQuestion, nameList, needsLogin } from '../shared/logins.ts';
import { MS_CHAP_ERRORS } from '../shared/radius-logins.ts';
import { DIRECTORY_REASONS, groupsAsked, whoseLogins } from '../shared/vpn-logins.ts';

/** fnbam result 1: denied. 5 means an error, as for an unknown user (user-not-in-vpn-rule). */
const DENIED = 1;

/** fnbamd’s `Concluded: 0`: the local user’s password is right. */
const LOCAL_YES = '0';

export const rule = defineRule({
  id: 'password-rejected',
  title: 'The login was refused at the password, and the log does not show why',
  severity: 'high',
  hop: 'login',
  number: 50,
  forCustomer: 'the name and password were not accepted',
  disturbs: 'only this account',
  answers: [
    // `could the account be locked?`
    [
      [/(?<!\p{L})(?:locked|gesperrt|verrouillé|bloquead[oa]|bloccat[oa]|geblokkeerd)(?!\p{L})/iu, 'verify'],
      'A debug of fnbamd during one login shows which server refuses, and why.',
    ],
    ['buy', 'A licence does not change this refusal.'],
    ['attack', 'One refusal shows no attack; many names from one address would.'],
    ['password', ''],
    ['token', ''],
    [
      'token-or-password',
      'The log does not tell one from the other: the same refusal stands for a password, a code, a group or a rule that does not fit.',
    ],
  ],
  descriptions: [
    {
      all: ['refusal immediately', 'request|phone|code|token not'],
      or: [['fails immediately', 'request|phone not', 'password']],
      not: [
        'group',
        'noGroup',
        'ldap',
        'saml',
        'fortiauthenticator',
        'pressesDeny',
        'mistyped',
        'nameForm',
        'newUser',
        'absence',
        'certificate',
        'others works|request !not',
        'ipsec',
        'capitals',
      ],
      title: 'The name or the password is refused, so no push is sent',
      fix: {
        todo: `Type the password by hand once, and look whether the name is spelled as on the FortiGate. If that is in order, watch one login. ${debugLines(['fnbamd'], 'Let the user log in once.')} Add the lines here: they name the server that refused and its reason.`,
        asksForLogin: true,
      },
    },
  ],
  needs: ['attempts'],
  wants: ['debugLog', 'blockedSources', 'described'],
  references: ['KB257210', 'KB191794', 'RFC2759'],
  check({ attempts, debugLog, blockedSources, described }, context) {
    const refused = loginsInQuestion(attempts.value, context).filter(isRefused);
    const [first] = refused;
    if (first) {
      const users = whoseLogins(refused);
      const were = refused.every(({ user }) => user === first.user) ? 'was' : 'were';
      const asked = nameList(groupsAsked(refused));
      const [byEap] = refused.flatMap(({ trace }) => trace.signs['endpoint-password-wrong']?.at(-1) ?? []);
      if (byEap) return refusedByEap(byEap, users);
      const mapping = refused.every(({ milestones }) => milestones.groupMismatch !== undefined);
      const isLocal = refused.every(
        ({ trace: { signs } }) => signs['local-result']?.at(-1)?.fields.code === LOCAL_YES,
      );
      return broken('certain', {
        title: mapping
          ? `${users} ${were} refused: right password, wrong group`
          : `${users} ${were} refused (result 1); the log does not show why`,
        summary: mapping
          ? `${isLocal ? 'The FortiGate accepted the password of its local user' : 'The directory accepted the password'}, but no group the FortiGate asked for matched the user.`
          : 'FortiOS answered the login with result 1, denied: a wrong password, a disabled user, a group that does not match, or a server that refused the user.',
        evidence: refused.flatMap(({ milestones }) =>
          [milestones.groupMismatch, milestones.loginFailed, milestones.passwordRefused].flatMap((mark) =>
            mark ? [mark.quote] : [],
          ),
        ),
        fix: mapping
          ? `Put ${users} into ${asked === '' ? 'a group that the VPN rule names' : `${asked}, the group that was asked for`}${isLocal ? '' : ', or correct what `config match` of that group demands'}.`
          : whoDecides(refused, users, asked),
        isUnexplained: !mapping,
        explains: ['source-ip-blocked'],
      });
    }
    const logged = loginsInQuestion(attempts.value, context).filter(isOnlyLogged);
    const { daemons } = valueIfKnown(debugLog) ?? {};
    const hasDebug = daemons !== undefined && Object.values(daemons).some(Boolean);
    if (logged.length > 0 && !hasDebug && blockedSources.state !== 'known')
      return refusedByEvent(logged, attempts.value, statedQuote(OTHERS_GET_IN, described));
    const accepted = attempts.value.find(
      (each) => isAskedAbout(each.user, context) && each.milestones.passwordAccepted,
    );
    if (!accepted?.milestones.passwordAccepted)
      return needsLogin('no login in the evidence shows the password stage');
    return healthy(`the password of ${accepted.user} was accepted`, [
      accepted.milestones.passwordAccepted.quote,
    ]);
  },
});

/** Rules about groups judge a login that its server accepted; for local users only one about IPsec does. */
function isRefused({ milestones, trace: { vpn, signs } }: Attempt): boolean {
  if (milestones.passwordAccepted || mayHaveAskedUser(milestones)) return false;
  if (findLoginFailure(signs)?.hop === 'authorisation' && (vpn === 'ike' || !signs['local-result']))
    return false;
  if (findLoginFailure(signs)?.sign === 'endpoint-password-wrong') return true;
  return milestones.groupMismatch !== undefined || milestones.passwordRefused?.code === DENIED;
}

/** `reason="sslvpn_login_permission_denied"`: FortiOS writes it for every refusal that has no reason of its own. */
const ANY_REFUSAL = 'sslvpn_login_permission_denied';

/** Nothing but the event log tells of the login. */
function isOnlyLogged({ outcome, trace: { signs } }: Attempt): boolean {
  const reason = signs['event-login-failed']?.at(-1)?.fields.reason;
  return (
    outcome === 'failed' &&
    reason === ANY_REFUSAL &&
    Object.keys(signs).every((sign) => sign.startsWith('event-'))
  );
}

function refusedByEvent(
  refused: readonly Attempt[],
  attempts: readonly Attempt[],
  others: Quote | undefined,
): Broken {
  const users = whoseLogins(refused);
  const isOne = refused.every(({ user }) => user === refused[0]?.user);
  const seen = new Set(attempts.flatMap(({ user, outcome }) => (outcome === 'succeeded' ? [user] : [])));
  const gotIn = nameList([...seen].slice(0, MAX_NAMED)) || (others ? 'Colleagues' : '');
  return broken('certain', {
    title: `${users} ${isOne ? 'was' : 'were'} refused (${refused.length} × “permission denied”); the event log does not show why`,
    summary: `\`${ANY_REFUSAL}\` stands for a wrong password, a locked, disabled or expired account, a group that does not match, and a second factor without a confirmation alike.${gotIn === '' ? '' : ` ${gotIn} got in, so the VPN and the server behind it answer: look at the account of ${users} first.`}`,
    evidence: refused
      .slice(0, MAX_NAMED)
      .flatMap(({ trace }) => trace.signs['event-login-failed']?.at(-1)?.quote ?? [])
      .concat(others ?? []),
    fix: {
      todo: `First see in the directory whether ${isOne ? users : 'the account'} is locked, disabled or expired, and let the password be typed by hand once. ${testAtServer('ldap', '', isOne ? users : '')}If that is in order, watch one login. ${debugLines(['fnbamd', 'sslvpn'], `Let ${isOne ? users : 'one of them'} log in once.`)} Add the lines here: they name who refused the login, and why.`,
      asksForLogin: true,
    },
    isUnexplained: true,
  });
}

/** Users and lines that a text names. */
const MAX_NAMED = 3;

/** With fnbamd’s lines in the log another one shows the same: the entry of the user says who checks the password. */
function whoDecides(refused: readonly Attempt[], users: string, groups: string): Instead {
  if (!refused.every(({ trace: { signs } }) => signs['request-result'] && signs['group-asked']))
    return {
      todo: `${debugLines(['fnbamd'], 'Let the user log in once.')} The lines of fnbamd show who refused the login, and why.`,
      asksForLogin: true,
    };
  const isOne = refused.every(({ user }) => user === refused[0]?.user) && isCliName(users);
  const shown = [
    `show user local${isOne ? ` ${quoteValue(users)}` : ''}`,
    `show user group${isCliName(groups) ? ` ${quoteValue(groups)}` : ''}`,
  ];
  const servers = nameList(
    refused.flatMap(({ trace: { signs } }) =>
      (signs['server-loaded'] ?? []).flatMap(({ fields }) => fields.server ?? []),
    ),
  );
  const [bind] = refused.flatMap(({ trace: { signs } }) => signs['ldap-refused'] ?? []);
  const data = bind?.fields.data ?? '';
  const known = bind
    ? `a directory refused a bind with data ${data} (${DIRECTORY_REASONS[data] ?? 'a reason of its own'}), and these lines do not show whether it is the user’s or that of the FortiGate’s own account`
    : servers === ''
      ? 'fnbamd’s lines here name no server'
      : `the FortiGate could ask ${servers}, and no line shows the answer to this password`;
  return {
    todo: `See who checks the password, as ${known}: ${shown.map((line) => `\`${line}\``).join(', ')}. For a local user, set a new password and let the user log in; for a user of a server, read the log of that server.`,
    asksForLogin: true,
  };
}

/** One word that no list or placeholder needs. */
function isCliName(name: string): boolean {
  return /^[\w.@-]{1,64}$/.test(name);
}

/** The same as words, of clients that print no number (RFC 2759, section 6). */
const REASONS: Readonly<Record<string, string>> = {
  ...MS_CHAP_ERRORS,
  691: 'wrong name or password',
  ERROR_AUTHENTICATION_FAILURE: 'wrong name or password',
  ERROR_PASSWD_EXPIRED: 'the password has expired',
  ERROR_ACCT_DISABLED: 'the account is disabled',
  ERROR_RESTRICTED_LOGON_HOURS: 'logins are not allowed at this hour',
  ERROR_NO_DIALIN_PERMISSION: 'the account may not dial in',
};

/** The log of a client gives the reason, and not who checked the password. */
function refusedByEap({ fields: { reason = '' }, quote }: SeenSign, users: string): Broken {
  return broken('certain', {
    title: `${users} was refused at the password: ${REASONS[reason] ?? reason}`,
    summary: `The server that checks the password answered ${reason} (MSCHAPv2). The log of the client does not show which server that is: the FortiGate for its local users, or a RADIUS server. A directory (LDAP) cannot check a password over EAP-MSCHAPv2 and refuses every one.`,
    evidence: [quote],
    fix: `Let ${users} type the name and password once more, not from the saved ones. If that fails, look at who is asked. ${debugLines(['fnbamd', 'eap_proxy'], `Let ${users} connect once.`)}`,
    explains: ['source-ip-blocked'],
  });
}

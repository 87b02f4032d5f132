import type { Quote } from '../../evidence/types.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { unresolved } from '../../facts/attempts/got-in.ts';
import { saidYes } from '../../facts/attempts/login-failure.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { configEntry, perVdomFix, quoteValue } from '../shared/fix.ts';
import { isAskedAbout, loginsInQuestion, nameList, needsLogin } from '../shared/logins.ts';
import { CASE_SETTING_NAMES, chooseCaseSetting } from '../shared/username-case.ts';
import {
  countOfLogins,
  failedWith,
  lastSign,
  listQuotes,
  shownBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';

const UNKNOWN_USER = 'sslvpn_login_unknown_user';

export const rule = defineRule({
  id: 'username-format-mismatch',
  title: 'The user name is typed in another form than it is stored',
  severity: 'high',
  hop: 'login',
  number: 126,
  forCustomer: 'the user name was typed in another form than the stored one',
  disturbs: 'only this account',
  stops: 'one account',
  place: 'in the form in which the user name is typed',
  answers: [
    [
      /\be-?mail\w*|\b(?:correo|courriel|Mail-?adresse)\b|\bUPN\b|\bDOMAIN\b|\\/iu,
      'The form that is stored on the FortiGate, or that `cnid` searches, is the right one: for `sAMAccountName` the plain name.',
    ],
    [
      // `can the FortiGate accept both forms?`, `gehen auch beide Schreibweisen?`
      /\b(?:both|either|beide|les deux|ambos|ambas|entrambi)\b/i,
      'One LDAP entry searches one attribute (`cnid`) and so takes one form of the name; a local user can be made to ignore upper and lower case.',
    ],
    [
      'side-effect',
      'The login with the stored form changes nothing else; another `cnid` changes the name that every user types.',
    ],
    ['who', 'Everybody who types the name in this form is concerned.'],
    [
      'choice',
      'The form that is stored on the FortiGate, or that `cnid` searches, is the right one: for `sAMAccountName` the plain name.',
    ],
    ['elsewhere', 'Colleagues who get in type the stored form; Windows and mail also take others.'],
    ['prevent', 'One form of the name, told to all users, avoids it.'],
    ['verify', 'A login with the stored form shows it.'],
    ['where', '`cnid` is in `config user ldap`; the name of a local user is the one of its entry.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['types works|yes', 'nameForm|letterCase'],
      or: [
        ['nameForm works', 'nameForm not|fails', 'ldap|userName|user|types'],
        ['nameForm|letterCase fails', 'works'],
        ['nameForm|letterCase works', 'not|fails', 'userName|types|password'],
        ['types works|yes', 'types|userName fails|not'],
        ['nameForm|letterCase', 'userName|types', 'works', 'fails'],
      ],
      also: ['nameForm', 'letterCase', 'types works', 'fails', 'password works'],
      not: [
        'noGroup',
        'group rule not',
        'approval',
        'code',
        'request',
        'certificate',
        'saml',
        'webPortal',
        'ipsec',
        'controller',
        'nameAttribute',
        'secret',
        'typo',
      ],
      title: 'The user name is typed in another form than it is stored',
      fix: 'Let the user type the name exactly as it is stored: with or without the domain, in the same upper and lower case. For a local user `set username-sensitivity disable` under `config user local` makes the case irrelevant; for a directory “Common Name Identifier” of the LDAP server decides which form is found. Then correct the instructions that name the other form.',
    },
  ],
  needs: ['attempts'],
  wants: ['localUsers', 'version'],
  references: ['KB243171', 'KB335554'],
  check({ attempts, localUsers, version }, context) {
    const entries = valueIfKnown(localUsers) ?? [];
    const byName = Map.groupBy(entries, ({ name }) => name.toLowerCase());
    const misspelt = loginsInQuestion(attempts.value, context).flatMap((login) => {
      const seen = nobodyFound(login);
      const own = byName.get(login.user.toLowerCase()) ?? [];
      const [entry] = own;
      const exact = own.some(({ name, caseSensitive }) => name === login.user || !caseSensitive.value);
      return seen && entry && !exact ? [{ login, seen, entry }] : [];
    });
    const [first] = misspelt;
    if (first) {
      const release = context.version ?? valueIfKnown(version);
      const setting = chooseCaseSetting(release);
      const logins = misspelt.map(({ login }) => login);
      return broken('likely', {
        title: `${first.login.user} is typed, ${first.entry.name} is the local user: upper and lower case count`,
        summary: `${countOfLogins(logins, attempts.value)} failed because no user \`${first.login.user}\` was found. The local user is spelled \`${first.entry.name}\`, and FortiOS distinguishes upper and lower case there.`,
        evidence: [
          ...misspelt.slice(0, 4).map(({ seen }) => seen.quote),
          ...misspelt.flatMap(({ entry }) => entry.twoFactor.quotes).slice(0, 4),
        ],
        fix: setting
          ? perVdomFix(
              context,
              misspelt.map(({ entry }) => entry),
              (own) => ({
                apply: own.flatMap(({ name }) => configEntry('user local', name, [`set ${setting} disable`])),
                undo: own.flatMap(({ name }) => configEntry('user local', name, [`set ${setting} enable`])),
                verify: own.map(({ name }) => `show user local ${quoteValue(name)}`),
                note: `Or let the user type the name as it is stored.${release ? '' : ` ${CASE_SETTING_NAMES}`}`,
              }),
            )
          : `Let the user type \`${first.entry.name}\`. ${CASE_SETTING_NAMES}`,
        explains: ['user-not-in-vpn-rule', 'password-rejected', 'source-ip-blocked', 'ldap-user-not-found'],
      });
    }
    const searches = failedWith(
      attempts.value,
      context,
      'ldap-no-dn',
      (_seen, { trace }) => trace.signs['ldap-user-bind'] === undefined && !saidYes(trace.signs),
    ).flatMap(({ login, seen }) => {
      const search = lastSign(login, 'ldap-search', seen.order);
      const expected = search && otherForm(search.fields.filter ?? '');
      return expected ? [{ login, seen: search, expected }] : [];
    });
    const inOtherForm = refusedInOtherForm(attempts.value, context);
    if (searches.length === 0 && inOtherForm) return inOtherForm;
    if (searches.length === 0) {
      const found = shownBy(attempts.value, 'ldap-dn') ?? shownBy(attempts.value, 'local-entry');
      return found
        ? healthy('the name was found as typed', [found.seen.quote])
        : needsLogin('no login in the evidence shows whether the name was found');
    }
    const logins = searches.map(({ login }) => login);
    const users = whoseLogins(logins);
    const forms = nameList(searches.map(({ expected }) => expected));
    return broken('likely', {
      title: `${users} is not the form of the name that the LDAP search expects`,
      summary: `${countOfLogins(logins, attempts.value)} failed because the search found no entry. The attribute that is searched normally holds ${forms}.`,
      evidence: [
        ...listQuotes(searches),
        ...logins.slice(0, 2).flatMap(({ trace }) => trace.signs['ldap-no-dn']?.at(-1)?.quote ?? []),
      ],
      fix: {
        todo: `Let the user type ${forms}. If all users are to type the other form, change \`cnid\` of the LDAP entry to the attribute that holds it (\`sAMAccountName\` or \`userPrincipalName\`); that changes the name for all users of this server.`,
        forward: { text: `Please log in to the VPN with ${forms}.` },
      },
      explains: ['ldap-user-not-found', 'password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked'],
    });
  },
});

/** Events that do not say why `EXAMPLE\wren` was refused, and that the same client got in as `wren`. */
function refusedInOtherForm(attempts: readonly Attempt[], context: RuleContext): Judgement | undefined {
  const placeOf = ({ user, trace }: Attempt) => `${trace.client}\n${shortName(user)}`;
  /** By client and name in each of its forms. */
  const forms = new Map<string, Attempt>();
  for (const each of attempts) {
    const form = `${each.trace.client}\n${each.user.toLowerCase()}`;
    if (each.outcome === 'succeeded' && each.trace.client !== undefined && !forms.has(form))
      forms.set(form, each);
  }
  const inAnyForm = Map.groupBy(forms.values(), placeOf);
  const pairs = unresolved(attempts).flatMap((refused) => {
    const { signs } = refused.trace;
    const isOfEvents = Object.keys(signs).every((sign) => sign.startsWith('event-'));
    const seen = isOfEvents ? signs['event-login-failed']?.at(-1) : undefined;
    const good = inAnyForm
      .get(placeOf(refused))
      ?.find(
        ({ user }) =>
          !sameUser(user, refused.user) &&
          (isAskedAbout(user, context) || isAskedAbout(refused.user, context)),
      );
    const proof = good && LOGGED.flatMap((sign) => good.trace.signs[sign] ?? []).at(0);
    return seen && proof ? [{ refused, seen, good, proof }] : [];
  });
  const [first] = pairs;
  if (!first) return undefined;
  const { refused, good } = first;
  return broken('likely', {
    title: `${refused.user} is refused, and the same person gets in as ${good.user}`,
    summary: `The logins of ${refused.user} from ${good.trace.client} were refused, and ${good.user} got in from the same address. So the FortiGate, or the server that it asks, knows the name in the other form.`,
    evidence: [...pairs.slice(0, 3).map(({ seen }) => seen.quote), first.proof.quote],
    fix: {
      todo: `Let the user type \`${good.user}\`, also in the saved connection of the client.`,
      forward: { text: `Please log in to the VPN as ${good.user}.` },
    },
    explains: ['local-password-wrong', 'password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked'],
  });
}

const LOGGED = ['event-tunnel-up', 'event-login'] as const;

/** `awren` of `EXAMPLE\awren` and of `A.Wren@example.net`. */
function shortName(user: string): string {
  const name = user.replace(/^[^\\]{1,64}\\/, '').replace(/@[^@]{1,255}$/, '');
  return name.replace(/[._-]/g, '').toLowerCase();
}

function nobodyFound({ trace, outcome, milestones }: Attempt): { readonly quote: Quote } | undefined {
  if (outcome === 'incomplete' || saidYes(trace.signs)) return undefined;
  const { signs } = trace;
  const logged = signs['event-login-failed']?.findLast(({ fields }) => fields.reason === UNKNOWN_USER);
  return (
    (signs['nobody-to-ask'] ?? signs['no-server-to-ask'] ?? signs['ldap-no-dn'])?.at(-1) ??
    logged ??
    (milestones.loginFailed?.why === UNKNOWN_USER ? milestones.loginFailed : undefined)
  );
}

/** `sAMAccountName=wren@example.net`: what this attribute holds instead, in words; nothing if the form fits. */
function otherForm(filter: string): string | undefined {
  const [, attribute = '', value = ''] = /^\(?(\w{1,40})=(.{1,200}?)\)?$/.exec(filter) ?? [];
  const long = /[@\\]/.test(value);
  if (/^sAMAccountName$/i.test(attribute) && long) return 'the short name without domain';
  if (/^userPrincipalName$/i.test(attribute) && !value.includes('@')) return 'the name with @ and the domain';
  return undefined;
}

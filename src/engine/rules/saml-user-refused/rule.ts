import type { RefusalReason } from '../../facts/accounts/provider-codes.ts';
import type { ProviderRefusal } from '../../facts/accounts/provider-refusals.ts';
import { isSignInName } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { Broken, Confidence, RuleContext } from '../rule.ts';
import { OPENS_NOTHING, WHO_ACTS } from '../shared/answers.ts';
import { nameList, upperFirst } from '../shared/logins.ts';
import { acceptedAnswer } from '../shared/saml-logins.ts';
import { firstQuotes, REFUSAL_RULES } from '../shared/vpn-logins.ts';
import { refusalTexts } from './refusal-texts.ts';

export const rule = defineRule({
  id: 'saml-user-refused',
  title: 'The identity provider does not let the person in',
  severity: 'high',
  hop: 'login',
  number: 160,
  forCustomer: 'the sign-in service does not let the account in, and the firewall gets no yes from it',
  disturbs: 'only this account',
  place: 'at the identity provider, which refuses the account; the FortiGate is asked only after its yes',
  leavesFortigate: true,
  answers: [
    // `is a group in a group enough?`
    [
      /nested|verschachtelt|subgroup|group (?:with)?in (?:a |another )?group/i,
      'Entra ID lets only direct members of an assigned group in: a group within it does not count.',
    ],
    ['change', 'Nothing on the FortiGate has to be changed: the identity provider refuses the account.'],
    ['which-group', 'The group needed is one that is assigned to this application at the identity provider.'],
    [
      'elsewhere',
      'Each application has its own assignments and policies at the identity provider, and each account its own state.',
    ],
    ['verify', 'The sign-in log of the identity provider shows each refusal with its code and its reason.'],
    ['where', 'The refusal is lifted at the identity provider, by an administrator of it.'],
    [WHO_ACTS, 'The administrator of the identity provider has to act: the FortiGate stays as it is.'],
    ['duration', 'A change at the identity provider counts from the next sign-in on, mostly within minutes.'],
    [
      'own-change',
      'A new application, a changed assignment, group or policy at the identity provider can refuse an account.',
    ],
    [
      'prevent',
      'One group that is assigned to the application, and that every new user of the VPN joins, avoids it.',
    ],
    [
      'choice',
      'One group for the VPN that is assigned to the application is easier to keep right than single accounts.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['saml', 'assigned application not'],
      or: [
        ['saml', 'blockedByPolicy'],
        ['saml shows', 'accountLocked !not'],
      ],
      also: ['assigned application not', 'blockedByPolicy', 'only|others', 'others works', 'shows|fails'],
      not: [
        'approval !not !saml',
        'request phone',
        'ldap',
        'radiusServer',
        'sessionEnded',
        'claim',
        'signedRelease',
        'replyUrl',
        'clock clockOff',
      ],
      title: 'The identity provider itself does not let the person in',
      fix: {
        todo: 'Let the administrator of the identity provider open the sign-in log for this account: it names the code and the reason. An account that is not assigned to the application of the VPN is assigned there, itself or through a group of which it is a direct member (Entra: “Enterprise applications”, “Users and groups”). Nothing has to change on the FortiGate.',
        forward: {
          to: 'the administrator of the identity provider',
          text: 'You do not let this account sign in to our VPN. What does the sign-in log say, and is the account assigned to the application?',
        },
      },
    },
  ],
  needs: ['attempts'],
  wants: ['providerRefusals', 'described'],
  versions: 'all with SAML',
  references: ['AADSTS', 'KB199784'],
  checkPartial({ providerRefusals, attempts, described }, context) {
    const logins = valueIfKnown(attempts) ?? [];
    const refusals = (valueIfKnown(providerRefusals) ?? []).filter((each) => !gotIn(each, logins));
    const shown = lastOfEach(refusals);
    const main = shown.at(-1);
    return main && !statedQuote('solved', described) ? refusedBy(main, shown, logins, context) : undefined;
  },
  check: ({ attempts }) => acceptedAnswer(attempts.value),
});

/** The person of the message logged in, or all did where it names none. */
function gotIn({ user }: ProviderRefusal, logins: readonly Attempt[]): boolean {
  const own = user === undefined ? logins : logins.filter((login) => isSignInName(user, login.user));
  return own.length > 0 && own.every(({ outcome }) => outcome === 'succeeded');
}

/** A wrong password that ends in a lock is a lock. The status of an answer has no reason, which a message has. */
function lastOfEach(refusals: readonly ProviderRefusal[]): readonly ProviderRefusal[] {
  const told = refusals.filter(({ provider }) => provider !== undefined);
  const last = new Map((told.length > 0 ? told : refusals).map((each) => [each.user?.toLowerCase(), each]));
  return [...last.values()];
}

function refusedBy(
  main: ProviderRefusal,
  refusals: readonly ProviderRefusal[],
  logins: readonly Attempt[],
  { user: asked }: RuleContext,
): Broken {
  const { provider = 'the identity provider', code, reason, at } = main;
  const same = refusals.filter((each) => each.code === code);
  const texts = refusalTexts(main.provider, reason);
  const names = [...new Set(same.flatMap(({ user }) => (user === undefined ? [] : callUser(user, reason))))];
  const who = names.length > 0 ? nameList(names) : (asked ?? 'the user');
  const app =
    main.application === undefined || main.application.includes('/')
      ? 'the application of the VPN'
      : `“${main.application}”`;
  const said = provider === 'Entra ID' ? `AADSTS${code}` : code;
  const state = texts.state(app);
  const others = refusals.filter((each) => each.code !== code);
  return broken(confidence(main), {
    ...(reason === 'app-disabled' && { severity: 'critical' as const }),
    title:
      reason === 'app-disabled'
        ? `${upperFirst(provider)} lets nobody in: ${state}`
        : `${upperFirst(provider)} does not let ${who} in: ${state}`,
    summary: `${said}${at === undefined ? '' : ` at ${at}`}: the identity provider itself refuses the sign-in, before the FortiGate decides anything.${others.length === 0 ? '' : ` It refuses ${nameList(others.map((each) => callUser(each.user ?? 'another account', each.reason)))}, too, for another reason.`}${main.isBesideVpn ? '' : ' Nothing in the text says that this was a login to the VPN.'}`,
    evidence: firstQuotes([...same, ...others].flatMap(({ quotes }) => quotes)),
    answers: [
      ...(texts.password === undefined ? [] : [['password', texts.password] as const]),
      ...(reason === 'app-disabled'
        ? [['who', 'A disabled application stops every login that uses it.'] as const]
        : []),
    ],
    fix: {
      todo: `${texts.todo(who, app)} The FortiGate needs no change.`,
      forward: {
        to: `the administrator of ${provider}`,
        text: `${main.provider ?? 'Your server'} does not let ${who} in to ${main.application ?? 'our VPN'}${at === undefined ? '' : ` (${at})`}: ${said}. ${texts.request}`,
      },
    },
    explains: [
      ...REFUSAL_RULES,
      // `RequestDenied` alone does not say why; the code does.
      ...(logins.some(({ trace }) => trace.signs['saml-acs-mismatch'])
        ? []
        : (['saml-url-or-entity-mismatch'] as const)),
    ],
  });
}

/** The whole name where its domain is what was refused. */
function callUser(user: string, reason: RefusalReason): string {
  return WHOLE_NAME.has(reason) ? user : user.replace(/^.*\\/, '').replace(/@.*$/, '');
}

const WHOLE_NAME: ReadonlySet<RefusalReason> = new Set(['other-tenant', 'tenant-policy', 'unknown-user']);
/** What a sign-in log has of logins that then went on. */
const ON_THE_WAY: ReadonlySet<RefusalReason> = new Set([
  'second-factor',
  'no-factor-registered',
  'external-check',
]);
/** `FortiGate SSL VPN`, `https://vpn.haven.example/remote/saml/metadata/` */
const OF_VPN = /VPN|Forti|\bFGT|remote[ -]?access|\/remote\/saml\//i;

/** A message is of the VPN by the name of its application, or as far as the text beside it is. */
function confidence({ application, isBesideVpn, reason }: ProviderRefusal): Confidence {
  if (application === undefined ? !isBesideVpn : !isBesideVpn && !OF_VPN.test(application)) return 'possible';
  if (application !== undefined && !OF_VPN.test(application)) return 'likely';
  return ON_THE_WAY.has(reason) ? 'likely' : 'certain';
}

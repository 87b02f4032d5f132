import type { UserGroup } from '../../facts/accounts/account-values.ts';
import type { SamlServer } from '../../facts/accounts/auth-server-values.ts';
import type { Attempt } from '../../facts/attempt.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { FirewallPolicy } from '../../facts/network/firewall-values.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { healthy, notApplicable } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { failedWith, type ShownLogin, shownBy } from './vpn-logins.ts';

/** Logins whose answer of the identity provider samld refused with one of these codes (`ret=`). */
export function refusedAnswers(
  attempts: readonly Attempt[],
  context: RuleContext,
  codes: readonly string[],
): readonly ShownLogin[] {
  const coded = failedWith(attempts, context, 'saml-refused', ({ fields }) =>
    codes.includes(fields.code ?? ''),
  );
  if (coded.length > 0) return coded;
  const texts = codes.flatMap((code) => REPLIES[code] ?? []);
  return failedWith(
    attempts,
    context,
    'saml-error',
    ({ fields: { why = '' } }, { trace }) =>
      trace.signs['saml-refused'] === undefined && texts.some((text) => why.includes(text)),
  );
}

/** What samld replies to the daemon of the VPN with these codes: `Attr: 23, 36, Failed to verify signature.` */
const REPLIES: Readonly<Record<string, string>> = {
  '-111': 'Failed to verify signature',
  '440': 'cannot verify a signature',
  '101': 'Signature element not found',
  '-201': 'identifier of a provider is unknown',
};

/** The verdict where no answer was refused for a cause: `healthy` with one that was accepted. */
export function acceptedAnswer(attempts: readonly Attempt[]): Judgement {
  const accepted =
    shownBy(attempts, 'saml-user') ?? shownBy(attempts, 'saml-cached') ?? shownBy(attempts, 'saml-attribute');
  if (accepted) {
    return healthy('an answer of the identity provider was accepted', [accepted.seen.quote]);
  }
  const refused = shownBy(attempts, 'saml-refused') ?? shownBy(attempts, 'saml-clock-skew');
  return notApplicable(
    refused
      ? 'the answer of the identity provider was refused for another reason'
      : 'no login in the evidence used SAML',
  );
}

/** Products that an entity id or address, or the words of a person, give away. */
const PROVIDERS: readonly (readonly [name: string, issuer: RegExp, said: RegExp])[] = [
  ['Okta', /\bokta(?:preview)?\.com\b/i, /\bOkta\b/i],
  [
    'Entra ID',
    /\bsts\.windows\.net\b|\blogin\.microsoftonline\.com\b/i,
    /\b(?:Entra|Azure|Microsoft 365|M365|AADSTS\d*)\b/i,
  ],
  ['Google', /\baccounts\.google\.com\b/i, /\bGoogle (?:Workspace|SSO|SAML)\b/i],
  ['AD FS', /\/adfs\//i, /\bAD ?FS\b/],
  ['Keycloak', /\/realms\//i, /\bKeycloak\b/i],
  ['FortiAuthenticator', /\/saml-idp\//i, /\b(?:FortiAuthenticator|FAC)\b/],
];
const UNKNOWN_PROVIDER = 'the identity provider';

/** `Okta`, or words where its entity id shows no product. */
export function providerText({
  issuer,
}: Pick<SamlServer, 'issuer'> | { readonly issuer?: undefined }): string {
  return PROVIDERS.find(([, known]) => known.test(issuer?.value ?? ''))?.[0] ?? UNKNOWN_PROVIDER;
}

/** The product that answered these logins, or the only one that a person names. */
export function providerOfLogins(
  logins: readonly Attempt[],
  { described, questions }: Pick<Facts, 'described' | 'questions'>,
): string {
  const issuers = logins.flatMap(({ trace: { signs } }) =>
    [...(signs['saml-idp-entity'] ?? []), ...(signs['saml-issuer'] ?? [])].map(
      ({ fields }) => fields.issuer ?? '',
    ),
  );
  const seen = PROVIDERS.find(([, known]) => issuers.some((issuer) => known.test(issuer)));
  const texts = [
    ...(valueIfKnown(described) ?? []).map(({ text }) => text),
    ...(valueIfKnown(questions) ?? []).map(({ sentence }) => sentence),
  ];
  const [said, another] = PROVIDERS.filter(([, , words]) => texts.some((text) => words.test(text)));
  return (seen ?? (another ? undefined : said))?.[0] ?? UNKNOWN_PROVIDER;
}

/** Names of the SAML servers in the groups that a tunnel asks for its users: its own, else those of its policies. */
export function listSamlServers(
  { name, userGroup, vdom }: Pick<Phase1, 'name' | 'userGroup' | 'vdom'>,
  groups: readonly UserGroup[],
  servers: readonly SamlServer[],
  policies: readonly FirewallPolicy[] = [],
): readonly string[] {
  const isHere = (each: { readonly vdom?: string }) => sameVdom(each.vdom, vdom);
  const asked = new Set(
    userGroup === undefined
      ? policies
          .filter((each) => each.from.includes(name) && isHere(each))
          .flatMap((each) => each.groups.value)
      : [userGroup],
  );
  const members = groups
    .filter((each) => asked.has(each.name) && isHere(each))
    .flatMap((each) => each.members.value);
  const known = new Set(servers.filter(isHere).map((each) => each.name));
  return [...new Set(members)].filter((member) => known.has(member));
}

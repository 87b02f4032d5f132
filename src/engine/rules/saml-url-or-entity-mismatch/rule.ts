import type { SamlServer } from '../../facts/accounts/auth-server-values.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { Fix, Judgement, RuleAnswer, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { VPN_MOVED } from '../shared/described-symptoms.ts';
import { configEntry, quoteValue, vdomFix } from '../shared/fix.ts';
import { codeList, upperFirst } from '../shared/logins.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import { acceptedAnswer, refusedAnswers } from '../shared/saml-logins.ts';
import {
  countOfLogins,
  failedWith,
  lastSign,
  listQuotes,
  REFUSAL_RULES,
  without,
} from '../shared/vpn-logins.ts';
import { portsOfSslVpn } from '../shared/vpn-port.ts';

/** The issuer of the answer is not `idp-entity-id`. */
const UNKNOWN_PROVIDER = ['-201'];
/** The identity provider refused the request. */
const REQUEST_DENIED = ['450'];

/** `<saml:Issuer>https://idp.heron.example/meta</saml:Issuer>` */
const ISSUER = /Issuer\b[^>]*>([^<\s]+)</;
/** `user saml idp-entity-id`, `user saml entra idp-entity-id` */
const ENTITY_SETTING = /^user saml (?:.+ )?idp-entity-id$/;

export const rule = defineRule({
  id: 'saml-url-or-entity-mismatch',
  title: 'A SAML address or name differs between FortiGate and identity provider',
  severity: 'critical',
  hop: 'login',
  number: 132,
  forCustomer: 'the firewall and the sign-in service know each other under different addresses',
  disturbs: 'nobody: only new logins',
  place: 'between identity provider and FortiGate, which have different addresses or names for each other',
  stops: 'every SAML login',
  answers: [
    // `where do I change the port?`
    [
      /(?<!\p{L})(?:ports?|puerto|porta|poort)(?!\p{L})/iu,
      'A new port has to be in the addresses on both sides, `config user saml` and the identity provider, as the same text.',
    ],
    // `with a slash at the end?`
    [
      /(?<!\p{L})(?:slash|Schrägstrich|barre|barra|entity ?-?id|https?)(?!\p{L})/iu,
      'The text has to be the same on both sides, from https to the final slash, as `config user saml` has it.',
    ],
    [
      /\bURLs?\b/,
      'Entity ID, ACS and logout addresses are copied from the SAML entry of the FortiGate as they stand: port and final slash count.',
    ],
    [
      /\b(?:new|re-?creat|neu).{0,20}\bapp/i,
      'A new application is not needed, unless one serves several FortiGates: the text that differs has to be corrected.',
    ],
    ['change', 'One side has to be changed: both need the same text, to the slash at the end.'],
    [
      'which-address',
      'The addresses on both sides have to be the same text: scheme, name, port, path and the slash at the end.',
    ],
    [
      'clients',
      'The computers need nothing for SAML; where the port or name of the VPN changed, their profile has to have the new one.',
    ],
    ['verify', 'A debug of samld shows both texts, that of the request and that of the answer.'],
    [
      'where',
      'The FortiGate has its addresses in `config user saml`; the identity provider has them in the settings of this application.',
    ],
    [
      'own-change',
      'A new name, port or certificate name of the VPN changes the addresses, which the identity provider then has to have, too.',
    ],
    NEXT_LOGIN,
    ['elsewhere', 'Other applications have addresses of their own at the identity provider.'],
    ['choice', 'Either side can change, as long as both have the same text.'],
    ['prevent', 'A change of name or port of the VPN belongs in the settings of the identity provider, too.'],
    OPENS_NOTHING,
  ],
  loginReasons: {
    'saml-refused': 'SAML address or name differs',
    'saml-error': 'SAML address or name differs',
    'saml-assertion-invalid': 'SAML address or name differs',
  },
  descriptions: [
    {
      all: ['saml', 'replyUrl differs|untrusted'],
      or: [['aadsts', 'saml|fails|all|replyUrl']],
      also: ['aadsts', 'replyUrl', 'all', 'changed|new'],
      not: ['approval !not !saml', 'request phone', 'signedRelease', 'samlListener', 'clock clockOff'],
      title: 'An address or a name differs between the FortiGate and the identity provider',
      fix: 'Compare letter by letter what “User & Authentication > Single Sign-On” of the FortiGate shows (“SP entity ID”, “assertion consumer service URL”, port included) with the entries at the identity provider (Entra: “Identifier”, “Reply URL”). Make them equal: https, the port of the VPN, no slash too many. Compare the three addresses of the provider in the same way.',
      decided: {
        all: ['replyRefused'],
        fix: 'At the identity provider enter the address that its message names as “Reply URL”, letter by letter: <reply-url> (Entra: “Single sign-on > Basic SAML Configuration”). “Identifier” stays: the message names the application that was found by it. “Sign on URL” needs a new port or name of the VPN, too.',
      },
    },
  ],
  needs: ['attempts'],
  wants: ['samlServers', 'shownSettings', 'userNotices', 'sslVpn', 'described'],
  versions: 'all with SAML',
  references: ['KB199448'],
  /** A piece of the answer that stands alone names its issuer, too. */
  checkPartial({ attempts, samlServers, shownSettings, userNotices }, context) {
    if (attempts.state === 'known') return undefined;
    const quote = valueIfKnown(userNotices)?.findLast(({ kind }) => kind === 'saml-issuer')?.quote;
    const issuer = ISSUER.exec(quote?.text ?? '')?.[1];
    const servers = valueIfKnown(samlServers) ?? [];
    const picked = [...(valueIfKnown(shownSettings) ?? [])].filter(([path]) => ENTITY_SETTING.test(path));
    const expected = [...servers.map((each) => each.issuer), ...picked.map(([, value]) => value)];
    if (!quote || !issuer || expected.some(({ value }) => value === issuer)) return undefined;
    const near = expected.filter(({ value }) => spellAlike(value) === spellAlike(issuer));
    const [first] = near;
    if (!first) return undefined;
    const named = servers.filter((each) => near.includes(each.issuer));
    return broken('likely', {
      title: 'The identity provider’s answer comes from another entity than the FortiGate expects',
      summary: `The answer comes from \`${issuer}\`, and \`idp-entity-id\` is ${codeList(near.map(({ value }) => value))}. The two must be the same, letter by letter.`,
      evidence: [quote, ...first.quotes],
      fix: named.length > 0 ? fixFor({ issuer, expected: named }, context) : ASK_FOR_ENTITY_ID,
    });
  },
  check({ attempts, samlServers, ...facts }, context) {
    const unknown = refusedAnswers(attempts.value, context, UNKNOWN_PROVIDER);
    const denied = refusedAnswers(attempts.value, context, REQUEST_DENIED);
    const shown = unknown.length > 0 ? unknown : denied;
    if (shown.length === 0)
      return (
        otherAudience(attempts.value, valueIfKnown(samlServers) ?? [], context) ??
        acceptedAnswer(attempts.value)
      );
    const logins = shown.map(({ login }) => login);
    const failed = countOfLogins(logins, attempts.value);
    if (unknown.length > 0) {
      const servers = valueIfKnown(samlServers) ?? [];
      const sent = logins.flatMap((login) => lastSign(login, 'saml-issuer') ?? []).at(-1);
      const names = sent && entityIds(sent.fields.issuer ?? '', servers);
      return broken('certain', {
        title: 'The identity provider’s answer comes from another entity than the FortiGate expects',
        summary: names
          ? `The answer comes from \`${names.issuer}\`, and \`idp-entity-id\` is ${codeList(names.expected.map(({ issuer }) => issuer.value))}. The two must be the same, letter by letter. ${failed} failed this way.`
          : `samld does not know the issuer of the answer: \`idp-entity-id\` differs from it, if only by a slash or by http and https. ${failed} failed this way.`,
        evidence: [
          ...(sent && names ? [sent.quote, ...names.expected.flatMap(({ issuer }) => issuer.quotes)] : []),
          ...listQuotes(shown),
        ],
        fix: names ? fixFor(names, context) : ASK_FOR_ENTITY_ID,
        explains: REFUSAL_RULES,
      });
    }
    const [urls] = logins.flatMap(({ trace }) => trace.signs['saml-acs-mismatch']?.at(-1) ?? []);
    const { requested = '', configured = '' } = urls?.fields ?? {};
    const issuer = logins.flatMap((login) => lastSign(login, 'saml-issuer') ?? []).at(-1)?.fields.issuer;
    const host = /^https?:\/\/([\w.-]{1,253})/.exec(issuer ?? '')?.[1];
    const provider = `the identity provider${host === undefined ? '' : ` (${host})`}`;
    const there = configured.replace(/\.$/, '');
    return broken(urls ? 'certain' : 'possible', {
      title: urls
        ? 'The identity provider knows the VPN under another reply address'
        : 'The identity provider refuses the request of the FortiGate',
      summary: urls
        ? `The FortiGate asks for an answer to ${requested}; the identity provider has ${there}. The two must be the same, letter by letter. ${failed} failed this way.`
        : `The identity provider answered RequestDenied; ${failed} failed this way. Most often the reply address (ACS) or the entity id differs, but the log does not show which.`,
      evidence: [...(urls ? [urls.quote] : []), ...listQuotes(shown)],
      ...(urls && { answers: answersAboutSide(requested, there, provider) }),
      fix: {
        todo: urls
          ? `${whichSide(requested, there, provider, facts)} Scheme, name, port, path and the slash at the end count; the entity id and the logout address need the same check.`
          : 'Make `single-sign-on-url` and `entity-id` in the entry of `config user saml` and the values at the identity provider the same: scheme, name, port, path and the slash at the end. Each FortiGate needs an application of its own.',
        forward: {
          to: 'the administrator of the identity provider',
          text: urls
            ? `Our FortiGate uses the reply address (ACS) ${requested}, your application has ${there}. Please enter ours exactly so.`
            : 'You refuse the SAML request of our VPN (RequestDenied). Which reply address and entity id does your application have, and what does your log say?',
        },
      },
      explains: REFUSAL_RULES,
    });
  },
});

/** The FortiGate asks for its own address: it is right where SSL VPN is on that port, or was moved there. */
function whichSide(
  requested: string,
  there: string,
  provider: string,
  facts: Pick<Facts, 'sslVpn' | 'shownSettings' | 'described'>,
): string {
  const change = `Enter ${requested} as reply address (ACS) of the VPN at ${provider}, in place of ${there}`;
  const isMoved = statedQuote(VPN_MOVED, facts.described) !== undefined;
  const isThere = portsOfSslVpn(facts).has(Number(/^https:\/\/[^/:]+:(\d+)/.exec(requested)?.[1] ?? HTTPS));
  return isMoved || isThere
    ? `${change}. The FortiGate stays as it is.`
    : `${change}, if the VPN is reached at that name and port; otherwise correct \`single-sign-on-url\` in \`config user saml\`.`;
}

const HTTPS = 443;

function answersAboutSide(requested: string, there: string, provider: string): readonly RuleAnswer[] {
  const side = `${upperFirst(provider)} has the other address, ${there}; the FortiGate asks for ${requested}.`;
  return [
    ['place', side],
    ['choice', side],
    ['own-change', `A new port or name of the VPN does this: ${provider} still has ${there}.`],
    ['update', `A new port or name of the VPN does this: ${provider} still has ${there}.`],
  ];
}

/** The assertion is for another name than that of the FortiGate, and no line speaks of the clocks. */
function otherAudience(
  attempts: readonly Attempt[],
  servers: readonly SamlServer[],
  context: RuleContext,
): Judgement | undefined {
  const own = servers.filter(({ entityId }) => entityId.value !== '');
  const known = new Set(own.map(({ entityId }) => entityId.value));
  const providers = servers.map(({ issuer }) => issuer.value);
  const shown = failedWith(attempts, context, 'saml-assertion-invalid', without('saml-clock-skew')).flatMap(
    ({ login, seen }) => {
      const answer = lastSign(login, 'saml-issuer');
      const named = answer?.fields.audience === undefined ? undefined : answer;
      const audience = named?.fields.audience ?? seen.fields.entity ?? '';
      const isOther = audience !== '' && !known.has(audience) && !providers.includes(audience);
      return isOther ? [{ login, seen, named, audience }] : [];
    },
  );
  const [first] = shown;
  if (!first || own.length === 0) return undefined;
  const { audience, named } = first;
  const expected = codeList([...known]);
  // samld’s own line does not say whose name it is.
  return broken(named ? 'certain' : 'likely', {
    title: `The identity provider’s answer is for \`${audience}\`, which is not how the FortiGate calls itself`,
    summary: `The assertion is for \`${audience}\` (its audience), and \`entity-id\` is ${expected}. The two must be the same, letter by letter. ${countOfLogins(
      shown.map(({ login }) => login),
      attempts,
    )} failed this way.`,
    evidence: [
      ...(named ? [named.quote] : []),
      ...listQuotes(shown, 2),
      ...own.flatMap(({ entityId }) => entityId.quotes),
    ],
    fix: {
      todo: `Set the audience (entity id of the service provider, “Identifier”) of the VPN’s application at the identity provider to ${expected}.`,
      forward: {
        to: 'the administrator of the identity provider',
        text: `The answers for our VPN name the audience ${audience}. Please set it to exactly ${[...known].join(' or ')}.`,
      },
    },
    explains: REFUSAL_RULES,
  });
}

const ASK_FOR_ENTITY_ID = noCliFix({
  todo: 'Set `idp-entity-id` in the entry of `config user saml` to exactly the text that the identity provider shows as its identifier (Entra ID: “Microsoft Entra Identifier”), with its slash at the end if it has one.',
  forward: {
    to: 'the administrator of the identity provider',
    text: 'Please send the exact entity id (issuer) of the application of our VPN; the answers carry another one than we have.',
  },
});

interface EntityIds {
  /** As the answer of the identity provider names it. */
  readonly issuer: string;
  readonly expected: readonly SamlServer[];
}

/** Both names, where the settings do not hold the issuer already: then they were read after the login. */
function entityIds(issuer: string, servers: readonly SamlServer[]): EntityIds | undefined {
  if (servers.length === 0 || servers.some((each) => each.issuer.value === issuer)) return undefined;
  const alike = servers.filter((each) => spellAlike(each.issuer.value) === spellAlike(issuer));
  const expected = alike.length > 0 ? alike : servers.filter((each) => each.issuer.value !== '');
  return expected.length === 0 ? undefined : { issuer, expected };
}

/** Without what people mistype: the scheme, the slash at the end, capital letters. */
function spellAlike(entityId: string): string {
  return entityId
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
}

function fixFor({ issuer, expected }: EntityIds, context: RuleContext): Fix {
  const [server, another] = expected;
  if (!server || another || spellAlike(server.issuer.value) !== spellAlike(issuer)) {
    return noCliFix(
      `Find out which application of the identity provider is meant for this VPN. Its entry in \`config user saml\` needs the entity id, the addresses and the certificate of that application; the answers come from \`${issuer}\`.`,
    );
  }
  const set = (entityId: string) =>
    configEntry('user saml', server.name, [`set idp-entity-id ${quoteValue(entityId)}`]);
  return vdomFix(context, server.vdom, {
    apply: set(issuer),
    undo: set(server.issuer.value),
    verify: [`show user saml ${quoteValue(server.name)} | grep idp-entity-id`],
  });
}

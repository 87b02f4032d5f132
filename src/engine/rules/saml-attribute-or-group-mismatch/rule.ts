import type { Quote } from '../../evidence/types.ts';
import type { GroupMatch, UserGroup } from '../../facts/accounts/account-values.ts';
import type { SamlServer } from '../../facts/accounts/auth-server-values.ts';
import { type Attempt, type Moment, type SeenSign, UNNAMED_USER } from '../../facts/attempt.ts';
import type { DescribedSentence } from '../../facts/described/described.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { Broken, Fix, Forward, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { configEntry, quoteValue, setMatchedGroup, vdomFix } from '../shared/fix.ts';
import { codeList, nameList, upperFirst } from '../shared/logins.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import { acceptedAnswer, providerText } from '../shared/saml-logins.ts';
import {
  countOfLogins,
  firstQuotes,
  groupMatches,
  groupsAsked,
  isClientId,
  REFUSAL_RULES,
  vpnLoginsInQuestion,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'saml-attribute-or-group-mismatch',
  title: 'The identity provider’s answer holds no group that the FortiGate expects',
  severity: 'high',
  hop: 'authorisation',
  number: 134,
  forCustomer: 'the sign-in service does not say that the account may use this connection',
  disturbs: 'nobody: only new logins',
  place: 'between the FortiGate and the identity provider, whose groups differ',
  answers: [
    [
      /\b(?:remov|delet|drop|without|entfern|lösch|ohne).{0,30}\b(?:match|group|Gruppe|filter)/i,
      'Without `config match` everybody whom the identity provider lets in belongs to the group.',
    ],
    [
      /\b150\b|(?:too|so) many groups|(?:zu|so) viele Gruppen/i,
      'Entra ID sends no groups of a user in more than 150; it can be set to send those assigned to the application.',
    ],
    ['password', 'The password is right: the identity provider let the user in.'],
    [
      'which-group',
      'The group needs the same value on both sides, in `config match` and in the answer; Entra ID usually sends the object id.',
    ],
    [
      'which-attribute',
      'The attribute needs the same name on both sides, in `group-name` of `config user saml` and in the answer.',
    ],
    [
      'change',
      'One side has to be changed: the FortiGate reads what comes, or the identity provider sends what it expects.',
    ],
    [
      'place',
      'One side has to be changed, not both: the FortiGate reads what comes, or the identity provider sends what it expects.',
    ],
    [
      [
        /\b(?:accepted|accepté\w?|aceptad\w|aceit\w|accettat\w|angenommen|akzeptiert|geaccepteerd)\b/iu,
        'elsewhere',
      ],
      'The sign-in proves who the user is; the VPN also wants the group in the answer.',
    ],
    [
      'which-value',
      'The value in `group-name` under `config match` has to be the one in the answer; Entra ID usually sends the object id.',
    ],
    [
      'choice',
      'The value in the answer decides: Entra ID usually sends the object id of a group, other providers its name.',
    ],
    ['verify', 'A debug of samld shows the names and values of all attributes in the answer.'],
    NEXT_LOGIN,
    ['where', '`group-name` is in `config user saml`, the value under `config match` of the group.'],
    [
      'own-change',
      'A renamed group, a new claim or a new attribute at the identity provider changes what the answer holds.',
    ],
    ['prevent', 'A group by its object id stays right when its name changes.'],
    OPENS_NOTHING,
  ],
  loginReasons: {
    'saml-user-missing': 'no user name in the SAML answer',
    'saml-group-missing': 'no group in the SAML answer',
    'saml-group-mismatch': 'no group of the SAML answer matches',
  },
  descriptions: [
    {
      all: ['saml', 'sessionEnded', 'group|member|only|new'],
      or: [
        ['saml', 'claim group|not|missing'],
        ['saml', 'group member not|missing'],
        ['saml', 'group differs|not', 'sessionEnded|fails'],
      ],
      also: ['sessionEnded', 'claim', 'group', 'others works'],
      not: [
        'providerCode',
        'approval !not !saml',
        'request phone',
        'authGroup',
        'signedRelease',
        'certificate changed|new',
        'replyUrl differs',
        'clock clockOff',
      ],
      title: 'The identity provider’s answer holds no group that the FortiGate expects',
      fix: 'Compare the name of the group attribute and its values in the answer with `group-name` in the SAML server and in the user group of the FortiGate (Entra sends object IDs, not names). Put the user into that group, or correct the value in the match. Users with very many groups get no list from Entra: let it send only the groups that are assigned to the application.',
    },
  ],
  needs: ['attempts'],
  wants: ['samlServers', 'userGroups', 'described'],
  versions: 'all with SAML',
  references: ['KB193640'],
  check({ attempts, samlServers, userGroups, described }, context) {
    const shown = vpnLoginsInQuestion(attempts.value, context).flatMap((login) => {
      const lines = findMismatch(login);
      return lines.length > 0 && login.outcome !== 'incomplete' ? [{ login, lines }] : [];
    });
    if (shown.length === 0) return acceptedAnswer(attempts.value);
    const logins = shown.map(({ login }) => login);
    const attributes = logins.flatMap(({ trace }) => trace.signs['saml-attribute'] ?? []);
    const names = nameList(attributes.map(({ fields }) => `“${fields.name}”`));
    const overage = tooManyGroups(shown, attempts.value);
    if (overage) return overage;
    const noUser = logins.every(({ trace }) => trace.signs['saml-user-missing']);
    const noGroup = logins.some(({ trace }) => trace.signs['saml-group-missing']);
    const [server, another] = valueIfKnown(samlServers) ?? [];
    const setting = noUser ? 'user-name' : 'group-name';
    const posted = noUser ? server?.userAttribute : server?.groupAttribute;
    const read = another ? undefined : server ? posted : saidAttribute(described, setting);
    const reader = server?.name ?? 'the FortiGate';
    const isMissing =
      read !== undefined && read.value !== '' && !attributes.some(({ fields }) => fields.name === read.value);
    const inferred = logins.every((login) => refusedAfterAnswer(login).length > 0);
    const both = logins.every(({ trace }) => trace.signs['group-matched']);
    const isNamed = logins.some(({ user }) => user !== UNNAMED_USER && !isClientId(user));
    const who = isNamed ? whoseLogins(logins) : 'the user';
    const what = noUser ? 'user name' : 'group';
    const entry = another ? undefined : server?.name;
    const groups = groupsAsked(logins);
    const wanted = groupMatches(userGroups, groups).filter(
      (each) => entry === undefined || each.server === entry,
    );
    const holders = (valueIfKnown(userGroups) ?? []).filter(({ matches }) =>
      matches.some((match) => wanted.includes(match)),
    );
    const holderNames = [...new Set(holders.map(({ name }) => name))];
    const ofGroups = new Set(
      attributes.flatMap(({ fields: { name = '' } }) => (/group|member/i.test(name) ? [name] : [])),
    );
    const ofUsers = new Set(
      attributes.flatMap(({ fields: { name = '' } }) => (OF_USER.test(name) ? [name] : [])),
    );
    const candidates = noUser ? ofUsers : ofGroups;
    const [came] = candidates.size === 1 ? candidates : [];
    const provider = providerText(another || !server ? {} : server);
    const likely = came && `“${came}”, which came (now “${read?.value}”)`;
    const values = attributes.flatMap(({ fields: { name = '', value = '' } }) =>
      (read ? name === read.value : /group/i.test(name)) ? [value] : [],
    );
    const sent = codeList(values);
    const named = noUser
      ? ''
      : codeList(attributes.flatMap(({ fields }) => (fields.name === came ? (fields.value ?? []) : [])));
    const demanded = noUser ? '' : wanted.map(({ group }) => `\`${group}\``).join(' or ');
    const isValue = demanded !== '' && sent !== '' && !noGroup && !noUser;
    const mistaken = isValue ? nameAmongIds(holders, wanted, values) : undefined;
    const todo = isValue
      ? `Let the identity provider send ${demanded}, or, if everybody with ${sent} may use this VPN, add an entry for ${sent} to \`config match\` of ${holderNames.length < 2 ? nameList(holderNames) : `the one group that it belongs to (${holderNames.join(' or ')})`}.`
      : isMissing && names !== ''
        ? `Set \`${setting}\` of ${entry ?? 'the entry in `config user saml` that the VPN uses'} to ${likely ?? `the name of the attribute that holds the ${what} (it came with ${names}; now “${read.value}”)`}, or let the identity provider name that attribute “${read.value}”.${named === '' ? '' : ` \`config match\` of the VPN’s group must name the value ${named}.`}`
        : `Compare \`${setting}\` of the entry in \`config user saml\` ${noUser ? '' : `and \`config match\` of the user group ${groups.length === 0 ? '' : `${codeList(groups)} `}`}with what came${sent !== '' && !noGroup ? ` (${sent})` : ''}. Change one side so that both are the same.`;
    const must = isValue
      ? `the value ${demanded}`
      : isMissing
        ? `an attribute named “${read.value}”`
        : 'an attribute with exactly the name and value that our FortiGate reads';
    return broken(both ? 'possible' : inferred ? 'likely' : 'certain', {
      ...(noUser ? { hop: 'login' as const } : {}),
      title: mistaken
        ? `${mistaken.holder.name} asks for the name “${mistaken.match.group}”, and ${provider} sends object ids`
        : isMissing && came !== undefined
          ? `${upperFirst(provider)} sends the ${what} as “${lastSegment(came)}”, and ${reader} reads “${read.value}”`
          : noUser || noGroup
            ? `${provider === 'the identity provider' ? 'The identity provider’s answer' : `The answer of ${provider}`} holds no ${what} under the name that the FortiGate reads`
            : inferred
              ? `${upperFirst(provider)} let ${who} in, and the FortiGate then refused: most likely no group matched`
              : `${upperFirst(provider)} let ${who} in, but no group of the FortiGate matched`,
      summary: `${countOfLogins(logins, attempts.value)} ended after the identity provider had accepted the user. ${
        names === '' ? '' : `It sent the attributes ${names}. `
      }${
        noUser || noGroup
          ? `The name of the attribute must be the one in \`${noUser ? 'user-name' : 'group-name'}\` of \`config user saml\`, letter by letter.`
          : mistaken
            ? `\`${mistaken.id}\` came, an object id, and \`config match\` of ${mistaken.holder.name} asks for \`${mistaken.match.group}\`: a name matches no id.`
            : 'The value must be the one in `config match` of the user group: identity providers often send an object id instead of a name.'
      }${isMissing && names !== '' ? ` ${upperFirst(reader)} reads \`${read.value}\`, and no attribute of that name came.` : ''}${both ? ' A first check did match a group; such a contradiction can be a fault of the release, so read its release notes before you change groups.' : ''}`,
      evidence: firstQuotes([
        ...shown.flatMap(({ lines }) => lines).slice(0, 5),
        ...(isMissing ? read.quotes : []),
        ...(mistaken?.match.quotes ?? []),
        ...(isValue ? wanted.flatMap(({ quotes }) => quotes) : []),
      ]),
      fix: mistaken
        ? askForId(mistaken, context)
        : isMissing && came !== undefined && server
          ? readAttribute(server, noUser ? 'user-name' : 'group-name', { came, attributes, wanted }, context)
          : admit(holders, isValue ? values : [], context, todo, {
              to: `the administrator of ${provider}`,
              text: `The SAML answer for ${who} must hold the ${what} ${isValue ? 'as' : 'in'} ${must}${isValue ? `; we received ${sent}` : names === '' ? '' : `; we received ${names}`}. Is ${who} in the group that is assigned to the VPN?`,
            }),
      explains: REFUSAL_RULES,
    });
  },
});

/** The only value that the words beside the log give the setting: `our side has set group-name "group"` */
function saidAttribute(described: Fact<readonly DescribedSentence[]>, setting: string) {
  const [first, ...others] = (valueIfKnown(described) ?? []).flatMap(({ text, quote }) => {
    const [, value] = new RegExp(`\\bset ${setting} ["“]([^"”]{1,120})["”]`).exec(text) ?? [];
    return value === undefined ? [] : [{ value, quotes: [quote] }];
  });
  return others.every(({ value }) => value === first?.value) ? first : undefined;
}

/** `http://schemas.microsoft.com/claims/groups.link`: Entra ID sends it in place of more than 150 groups. */
const GROUPS_LINK = /\/claims\/groups\.link$/;
const ASSIGNED_ONLY =
  'Let Entra ID send fewer groups: at the application of the VPN, “Single sign-on”, “Attributes & Claims”, edit the group claim, choose “Groups assigned to the application”, and assign the group of the VPN to the application. The name of the claim stays as it is, and the FortiGate needs no change.';

/** The answers hold the link and no group. */
function tooManyGroups(
  shown: readonly { readonly login: Attempt; readonly lines: readonly Quote[] }[],
  all: readonly Attempt[],
): Broken | undefined {
  const logins = shown.map(({ login }) => login);
  const links = logins.flatMap(({ trace: { signs } }) => {
    const link = signs['saml-attribute']?.findLast(({ fields }) => GROUPS_LINK.test(fields.name ?? ''));
    return link && signs['saml-group-missing'] ? [link.quote] : [];
  });
  if (links.length < logins.length) return undefined;
  const who = whoseLogins(logins);
  return broken('certain', {
    title: `${who} ${logins.length > 1 ? 'are' : 'is'} in too many groups: Entra ID sends a link in place of them`,
    summary: `${countOfLogins(logins, all)} ended after Entra ID had accepted the user. Above 150 groups Entra ID leaves the groups out of the answer and sends a link (\`groups.link\`), which the FortiGate does not follow.`,
    evidence: firstQuotes([...links.slice(0, 2), ...shown.flatMap(({ lines }) => lines).slice(0, 4)]),
    fix: noCliFix({
      todo: ASSIGNED_ONLY,
      forward: {
        to: 'the administrator of Entra ID',
        text: `The SAML answer for ${who} holds groups.link instead of the groups, because the account is in more than 150 of them. Please set the group claim of our VPN’s application to ‘Groups assigned to the application’ and assign the VPN’s group there.`,
      },
    }),
    explains: REFUSAL_RULES,
  });
}

/** `…/claims/groups` of a name that is an address. */
function lastSegment(name: string): string {
  const [, last] = /^https?:\/\/.*(\/[^/]+\/[^/]+)$/.exec(name) ?? [];
  return last === undefined ? name : `…${last}`;
}

/** `username`, `…/claims/upn`, `NameID`: attributes that may hold the name of the user. */
const OF_USER =
  /(?:^|\/)(?:user[ _-]?name|user|login|uid|name|name[-_]?id(?:entifier)?|upn|e?-?mail(?:address)?)$/i;

interface OtherName {
  readonly came: string;
  readonly attributes: readonly SeenSign[];
  readonly wanted: readonly GroupMatch[];
}

/** The group or the name of the user came under one other name: lines to read that name. */
function readAttribute(
  server: SamlServer,
  setting: 'user-name' | 'group-name',
  { came, attributes, wanted }: OtherName,
  context: RuleContext,
): Fix {
  const { name: entry, vdom } = server;
  const isUser = setting === 'user-name';
  const old = isUser ? server.userAttribute : server.groupAttribute;
  const sent = attributes.flatMap(({ fields }) => (fields.name === came ? (fields.value ?? []) : []));
  const values = codeList(sent);
  const fits = wanted.find(({ group }) => sent.includes(group));
  const then = isUser
    ? `Its value is ${values}, which is then the name of the user.`
    : fits
      ? `Its value \`${fits.group}\` is one that \`config match\` of the VPN’s group asks for.`
      : `A \`config match\` of the VPN’s group must then name the value${values === '' ? ' that comes' : ` ${values}`}.`;
  const lines = (name: string) => configEntry('user saml', entry, [`set ${setting} ${quoteValue(name)}`]);
  return vdomFix(context, vdom, {
    apply: lines(came),
    undo: lines(old.value),
    verify: [`show user saml ${quoteValue(entry)} | grep ${setting}`],
    before: 'Either paste these lines or send the text to forward, not both: each undoes the other.',
    note: `${then} Or let the identity provider name the attribute \`${old.value}\`.`,
    forward: {
      to: `the administrator of ${providerText(server)}`,
      text: `The SAML answer must hold the ${isUser ? 'user name' : 'group'} in an attribute named “${old.value}”; we received it as “${came}”.`,
    },
  });
}

/** `4a5b6c7d-0000-4000-8000-00000000000e` */
const OBJECT_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

interface NameAmongIds {
  readonly holder: UserGroup;
  readonly match: GroupMatch;
  readonly id: string;
}

/** The only entry that asks for a name, where one id came and the other entries ask for ids. */
function nameAmongIds(
  holders: readonly UserGroup[],
  wanted: readonly GroupMatch[],
  values: readonly string[],
): NameAmongIds | undefined {
  const [id, ...more] = new Set(values);
  const [match, another] = wanted.filter(({ group }) => !OBJECT_ID.test(group));
  const holder = holders.find(({ matches }) => match && matches.includes(match));
  const isDecided = id !== undefined && more.length === 0 && OBJECT_ID.test(id) && !another;
  return isDecided && match && holder && wanted.length > 1 ? { holder, match, id } : undefined;
}

function askForId({ holder, match, id }: NameAmongIds, context: RuleContext): Fix {
  return vdomFix(context, holder.vdom, {
    apply: setMatchedGroup(holder.name, match.key, id),
    undo: setMatchedGroup(holder.name, match.key, match.group),
    verify: [`show user group ${quoteValue(holder.name)}`],
    before: `Paste this only if \`${id}\` is the object id of “${match.group}” at the identity provider: its members then get the rights of ${holder.name}.`,
  });
}

/**
 * Lines for one group that lacks one value: a further entry, because others may get in by the one that is there. More
 * than that is a choice, which the note leaves to a person.
 */
function admit(
  [group, another]: readonly UserGroup[],
  values: readonly string[],
  context: RuleContext,
  todo: string,
  forward: Forward,
): Fix {
  const [value, ...more] = new Set(values);
  const [match] = group?.matches ?? [];
  if (!group || another || !match || value === undefined || more.length > 0) {
    return noCliFix({ todo, forward });
  }
  const key = String(Math.max(...group.matches.map((each) => Number(each.key))) + 1);
  const inGroup = (...lines: readonly string[]) =>
    configEntry('user group', group.name, ['config match', ...lines, 'end']);
  return vdomFix(context, group.vdom, {
    apply: inGroup(
      `    edit ${key}`,
      `        set server-name ${quoteValue(match.server)}`,
      `        set group-name ${quoteValue(value)}`,
      '    next',
    ),
    undo: inGroup(`    delete ${key}`),
    verify: [`show user group ${quoteValue(group.name)}`],
    before: 'Paste this only if everybody with that value may use the VPN.',
    note: `Otherwise let the identity provider send ${codeList([match.group])}.`,
    forward,
  });
}

/** The lines that show it: of sslvpn about the answer, or for IPsec the yes of SAML and then no group. */
function findMismatch(login: Attempt) {
  const { signs } = login.trace;
  const named = [
    ...(signs['saml-user-missing'] ?? []),
    ...(signs['saml-group-missing'] ?? []),
    ...(signs['saml-group-mismatch'] ?? []),
  ];
  const yes = signs['saml-cached']?.at(-1);
  const no = signs['group-mismatch']?.at(-1);
  const later = yes && no && no.order > yes.order ? [no, yes] : [];
  const seen = [...named, ...later, ...refusedAfterAnswer(login)];
  if (seen.length === 0) return [];
  const groups = (signs['saml-attribute'] ?? []).filter(({ fields }) => /group/i.test(fields.name ?? ''));
  return [...seen, ...groups].map(({ quote }) => quote);
}

/** Without fnbamd’s debug the log shows only that IPsec was refused after an answer that samld accepted. */
function refusedAfterAnswer({ trace: { vpn, signs }, milestones: { refused } }: Attempt): readonly Moment[] {
  const answered = signs['saml-reply']?.at(-1)?.fields.code === '0' && signs['saml-attribute'] !== undefined;
  const seenByFnbamd = signs['request-result'] ?? signs['saml-cached'];
  return vpn === 'ike' && answered && refused && !seenByFnbamd ? [refused] : [];
}

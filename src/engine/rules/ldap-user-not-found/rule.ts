import type { Quote } from '../../evidence/types.ts';
import { findLdapEnd, saidYes } from '../../facts/attempts/login-failure.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { DirectoryNote } from '../../facts/values.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { configEntry, quoteValue, vdomFix } from '../shared/fix.ts';
import { nameList, needsLogin } from '../shared/logins.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import { OWN_SERVER, refusedByOtherServer } from '../shared/own-server.ts';
import {
  countOfLogins,
  failedWith,
  getLdapServer,
  lastSign,
  listLdapServers,
  listQuotes,
  REFUSAL_RULES,
  shownBy,
  whenText,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ldap-user-not-found',
  title: 'The directory search finds no entry for the name that was typed',
  severity: 'high',
  hop: 'login',
  number: 117,
  forCustomer: 'the directory does not know the user name that was typed',
  disturbs: 'nobody: only new logins',
  place: 'in the name or in the LDAP entry of the FortiGate, whose search finds no such account',
  stops: 'one account',
  answers: [
    [
      'password',
      'A new password does not help: the search finds no such account, so no password was checked.',
    ],
    [
      // `do I change cnid, or the name that he types?`
      /\bcnid\b|\bLDAP[- ]?(?:settings?|entry|Ein\w+|instelling\w*|param\w*|config\w*|impost\w*)|\b(?:OU|base DN)\b/i,
      'Where others get in, the name or the OU of this account is the reason; where all fail, `cnid` or `dn` of the LDAP entry is.',
    ],
    [
      /\b(?:which|what) (?:user ?)?name\b|\bwelchen (?:Benutzer)?namen\b|\bquel nom\b|\bqué nombre\b|\bquale nome\b|\bque nome\b|\bwelke naam\b/iu,
      'The name to type is the value of the attribute in `cnid`, for `sAMAccountName` the logon name of Windows.',
    ],
    [
      /\b(?:renamed?|married|new name|umbenannt|geheiratet|renommée?|mariée?|renombrad\w|casad\w|casou|rinominat\w|sposat\w|hernoemd|getrouwd)\b/iu,
      'The FortiGate searches the attribute in `cnid`: its value after the change is the name to type.',
    ],
    [
      'who',
      'The cause stops every account outside the branch of the search, or with another value in its attribute; others get in.',
    ],
    ['change', '`dn` or `cnid` of the LDAP entry has to be changed if the user is to type this name.'],
    [
      'which-attribute',
      '`cnid` names the attribute that holds the typed name: `sAMAccountName` for account names of Active Directory.',
    ],
    [
      'side-effect',
      'A higher `dn` lets more accounts in, unless a group is asked for; another `cnid` changes every user’s name.',
    ],
    [
      'choice',
      'The name to type is the value of the attribute in `cnid`, for `sAMAccountName` the logon name of Windows.',
    ],
    [
      'elsewhere',
      'Accounts that get in are in the branch of the search, and their name is in the attribute in `cnid`.',
    ],
    [
      'verify',
      'The debug of fnbamd shows base and filter of the search, which the directory then finds or not.',
    ],
    ['where', '`dn` and `cnid` are in the entry of the LDAP server, `config user ldap`.'],
    [
      'own-change',
      'An account that was renamed or moved has another name or place in the directory than the search expects.',
    ],
    NEXT_LOGIN,
    [
      'prevent',
      '`dn` high enough for all accounts of the VPN, and one form of the name for all users, avoid it.',
    ],
    OPENS_NOTHING,
  ],
  loginReasons: { 'ldap-no-dn': (_, login) => `not found in ${getLdapServer(login)}` },
  descriptions: [
    {
      all: ['baseDn', 'unit|ldap|controller'],
      or: [
        ['nameAttribute', 'ldap not|missing|fails', 'types|user'],
        ['unit', 'searches'],
        ['unit new|changed|others', 'fails|not', 'others works'],
        ['nameAttribute', 'types|userName works', 'ldap|controller'],
        ['unit changed|new', 'ldap', 'fails|not'],
        ['unit', 'baseDn'],
      ],
      also: ['baseDn', 'unit', 'nameAttribute', 'unit changed|new', 'password works', 'others works'],
      not: [
        'providerCode',
        'approval !not !saml',
        'request phone',
        'bindAccount changed|expired',
        'group member not',
        'test works',
      ],
      title: 'The search in the directory does not find the name that was typed',
      fix: 'Open the LDAP server under “User & Authentication > LDAP Servers”: “Distinguished Name” must be a part of the tree above all users, and “Common Name Identifier” the attribute that holds what they type (`sAMAccountName` for a Windows name, `userPrincipalName` for one with @). Change what does not fit, and try it with “Test User Credentials”.',
    },
  ],
  needs: ['attempts'],
  wants: ['directoryNotes', 'ldapServers', ...OWN_SERVER],
  references: ['KB335554'],
  check({ attempts, directoryNotes, ldapServers, ...facts }, context) {
    const said = failedWith(
      attempts.value,
      context,
      'ldap-no-dn',
      (_seen, { trace }) => trace.signs['ldap-user-bind'] === undefined && !saidYes(trace.signs),
    );
    const ended = failedWith(
      attempts.value,
      context,
      'ldap-state',
      (seen, { trace: { signs } }) =>
        findLdapEnd(signs, 'DN Search') === seen &&
        (signs['ldap-dn'] ?? signs['ldap-user-bind']) === undefined,
    );
    const shown = said.length > 0 ? said : ended;
    if (shown.length === 0) {
      const found = shownBy(attempts.value, 'ldap-dn');
      return found
        ? healthy('the LDAP search found the user', [found.seen.quote])
        : needsLogin('no login in the evidence shows a search in an LDAP directory');
    }
    const logins = shown.map(({ login }) => login);
    const loaded = logins.flatMap(({ trace }) => trace.signs['server-loaded'] ?? []);
    const names = new Set(
      loaded.flatMap(({ fields }) => (fields.kind === 'LDAP' ? (fields.server ?? []) : [])),
    );
    const byOtherServer = refusedByOtherServer(shown, [...names], facts, context);
    if (byOtherServer) return byOtherServer;
    const searches = shown.flatMap(({ login, seen }) => lastSign(login, 'ldap-search', seen.order) ?? []);
    const servers = listLdapServers(logins);
    const filters = nameList(searches.flatMap(({ fields }) => fields.filter ?? []));
    const bases = nameList(searches.flatMap(({ fields }) => fields.base ?? []));
    const notes = valueIfKnown(directoryNotes) ?? [];
    const outside = findOutside(bases, filters, notes) ?? findSaid(bases, filters, notes);
    if (outside) {
      const { dn, above, below, quote, isSaid = false } = outside;
      const who = whoseLogins(logins);
      const [server = ''] = names;
      const body = noCliFix(
        `Set \`dn\` of${servers === '' ? ' the LDAP entry' : servers} to a branch above both, such as \`${above}\`.`,
      );
      return broken('certain', {
        title: `${who} stands in ${isSaid ? parentsOf(dn) : branch(dn)}, and${servers === '' ? ' the FortiGate' : servers} searches only below ${below}`,
        summary: `${countOfLogins(logins, attempts.value)} failed because the search found no entry: it looked for \`${filters}\` below \`${bases}\`, and the account is ${isSaid ? 'by the message in ' : ''}\`${dn}\`. The password was not checked.`,
        answers: [
          [
            'tell',
            'The user can be told that name and password are not at fault: the FortiGate does not search the branch of the account.',
          ],
        ],
        evidence: [...listQuotes(shown), quote, ...searches.slice(0, 4).map(({ quote: search }) => search)],
        fix: names.size === 1 ? wider(context, server, bases, above) : body,
        explains: REFUSAL_RULES,
      });
    }
    const [attribute = '', typed = ''] = filters.split('=');
    const entries = (valueIfKnown(ldapServers) ?? []).filter(
      (each) => isSameName(each.nameAttribute.value, attribute) && isSameName(each.base.value, bases),
    );
    const [server, anotherServer] = names.size > 0 ? names : new Set(entries.map(({ name }) => name));
    const other = anotherServer === undefined && otherAttribute(bases, [attribute, typed], notes);
    if (other && server !== undefined) {
      return broken(other.isSeen ? 'certain' : 'likely', {
        title: `${server} looks for ${typed} in ${attribute}, ${other.isSeen ? `and it is the ${other.name}` : 'which holds display names'}`,
        summary: `${countOfLogins(logins, attempts.value)} failed because the search found no entry: it looked for \`${filters}\` below \`${bases}\`${other.isSeen ? `, and \`${typed}\` is the \`${other.name}\` of the account` : ', and the account is found by its display name'}. The password was not checked.`,
        evidence: [...listQuotes(shown), ...other.quotes, ...searches.slice(0, 4).map(({ quote }) => quote)],
        fix: searchBy(context, server, attribute, other.name),
        explains: REFUSAL_RULES,
      });
    }
    const asked = filters === '' ? '' : ` It looked for \`${filters}\` below \`${bases}\`.`;
    return broken(said.length > 0 ? 'certain' : 'likely', {
      title:
        filters === ''
          ? `The LDAP server${servers} has no entry for ${whoseLogins(logins)} where the FortiGate searches`
          : `The LDAP server${servers} has no ${filters} below ${bases === '' ? 'the branch that is searched' : bases}`,
      summary: `${countOfLogins(logins, attempts.value)} failed because the search found no entry.${asked} The password was not checked.`,
      evidence: [...listQuotes(shown), ...searches.slice(0, 4).map(({ quote }) => quote)],
      fix: {
        todo: whatToDo(whoseLogins(logins), servers, filters, bases),
        forward: {
          to: 'the owner of the directory',
          text: `Our VPN searched${servers === '' ? '' : ` on${servers}`}${whenText(logins)} for ${filters === '' ? 'this user' : filters}${bases === '' ? '' : ` below ${bases}`} and found no entry. Does the account exist, is it in that branch, and may our service account read it?`,
        },
      },
      explains: REFUSAL_RULES,
    });
  },
});

function whatToDo(users: string, servers: string, filters: string, bases: string): string {
  const [attribute = ''] = filters.split('=');
  const domain = /^(?!dc=).*?,\s*(dc=.*)$/i.exec(bases)?.[1];
  const entry = servers === '' ? 'the LDAP entry' : servers.trim();
  const branch =
    domain === undefined
      ? ''
      : `If ${users} stands in another branch of the directory, set \`dn\` of ${entry} to a branch above both, for example \`${domain}\`. `;
  if (holdsDisplayNames(attribute, bases) && !/\s/.test(filters))
    return `\`cn\` holds display names in Active Directory. If ${users} typed the account name, \`set cnid sAMAccountName\` in ${entry}; every user of it then types the account name. ${branch}`;
  const name = attribute === '' ? 'the attribute in `cnid`' : `\`${attribute}\``;
  return `${branch}If the entry has another value in ${name}, let ${users} type that one; another \`cnid\` of ${entry} changes the name that every user has to type.`;
}

interface Outside {
  readonly dn: string;
  /** The nearest branch above the base and the account, and the base below that. */
  readonly above: string;
  readonly below: string;
  readonly quote: DirectoryNote['quote'];
  /** A person names the branch, without the entry. */
  readonly isSaid?: boolean;
}

/** The branch that a person names for the account, where it is not below the one base. */
function findSaid(base: string, filter: string, notes: readonly DirectoryNote[]): Outside | undefined {
  const typed = filter.split('=')[1]?.toLowerCase() ?? '';
  const named = notes.flatMap((note) => (note.kind === 'branch' ? [note] : []));
  const own = named.filter(
    ({ names, text }) =>
      names.includes(filter.toLowerCase()) || (typed !== '' && text.toLowerCase().includes(typed)),
  );
  // Of one account alone, `she is in OU=…` is enough.
  const [note, other] = own.length > 0 ? own : named;
  if (base === '' || / and /.test(base) || !note || other || / and /.test(filter)) return undefined;
  const place = outsideOf(note.dn, base);
  return place && { ...place, dn: note.dn, quote: note.quote, isSaid: true };
}

/** The branch above both, if the name is not below the base. */
function outsideOf(dn: string, base: string): Pick<Outside, 'above' | 'below'> | undefined {
  const [account, searchedBelow] = [splitRdns(dn), splitRdns(base)];
  const at = searchedBelow.length - commonLength(account, searchedBelow);
  const above = searchedBelow.slice(at);
  if (at === 0 || !/^dc=/i.test(above.at(-1) ?? '')) return undefined;
  return { above: above.join(','), below: searchedBelow.slice(0, at).join(',') };
}

/** The entry of the account that was searched for, as a person pasted it, where it is not below the one base. */
function findOutside(base: string, filter: string, notes: readonly DirectoryNote[]): Outside | undefined {
  if (base === '' || / and /.test(base)) return undefined;
  const entries = notes.flatMap((note) =>
    note.kind === 'entry' && note.names.includes(filter.toLowerCase()) ? [note] : [],
  );
  const [entry, other] = entries;
  if (!entry || other) return undefined;
  const place = outsideOf(entry.dn, base);
  return place && { ...place, dn: entry.dn, quote: entry.quote };
}

interface OtherAttribute {
  /** `sAMAccountName` */
  readonly name: string;
  /** In the entry of the account; else a person said that its display name works. */
  readonly isSeen: boolean;
  readonly quotes: readonly Quote[];
}

/** Attributes that hold what people type, as directories spell them. */
const TYPED_NAMES = ['sAMAccountName', 'userPrincipalName', 'uid'];

/** The attribute that holds the name that was typed, of an account below the base, where another one is searched. */
function otherAttribute(
  base: string,
  [searched, typed]: readonly [attribute: string, name: string],
  notes: readonly DirectoryNote[],
): OtherAttribute | undefined {
  const isBelow = (dn: string) => isSameName(dn.slice(-base.length - 1), `,${base}`);
  const seen = notes.flatMap((note) =>
    TYPED_NAMES.flatMap((name): readonly OtherAttribute[] =>
      note.kind === 'entry' && note.names.includes(`${name}=${typed}`.toLowerCase()) && isBelow(note.dn)
        ? [{ name, isSeen: true, quotes: [note.quote, ...note.nameQuotes] }]
        : [],
    ),
  );
  const [first, another] = seen.filter(({ name }) => !isSameName(name, searched));
  if (first && !another) return first;
  const told = notes.find(({ kind }) => kind === 'display-name-works');
  return told && holdsDisplayNames(searched, base) && !/\s/.test(typed)
    ? { name: 'sAMAccountName', isSeen: false, quotes: [told.quote] }
    : undefined;
}

/** `cn` of Active Directory, which has display names: `Olga Marsh`. */
function holdsDisplayNames(attribute: string, base: string): boolean {
  return isSameName(attribute, 'cn') && /(?:^|,)\s*dc=/i.test(base);
}

function searchBy(context: RuleContext, server: string, old: string, attribute: string): Fix {
  return changedEntry(
    context,
    server,
    (name) => `set cnid ${quoteValue(name)}`,
    [old, attribute],
    `Every user of ${server} then types the ${attribute} instead: tell them first.`,
  );
}

function isSameName(name: string, searched: string): boolean {
  return name.toLowerCase() === searched.toLowerCase();
}

function splitRdns(dn: string): readonly string[] {
  return dn.split(/(?<!\\),\s*/);
}

/** Number of equal parts at the end. */
function commonLength(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (isSameName(one.at(-1 - count) ?? 'a', other.at(-1 - count) ?? 'b')) count += 1;
  return count;
}

/** `OU=Users,OU=Bergen` of `CN=Olga Marsh,OU=Users,OU=Bergen,DC=quillfen,DC=example`. */
function branch(dn: string): string {
  return parentsOf(splitRdns(dn).slice(1).join(','));
}

function parentsOf(dn: string): string {
  const parents = splitRdns(dn);
  const shown = parents.filter((each) => !/^dc=/i.test(each));
  return (shown.length === 0 ? parents : shown).join(',');
}

function wider(context: RuleContext, server: string, base: string, above: string): Fix {
  return changedEntry(
    context,
    server,
    (dn) => `set dn ${quoteValue(dn)}`,
    [base, above],
    `More accounts can then log in, unless the user group asks for a directory group. The other way: the owner of the directory moves the account below \`${base}\`.`,
  );
}

/** One setting of an LDAP entry, `from` the old value `to` the new one. */
function changedEntry(
  context: RuleContext,
  server: string,
  setting: (value: string) => string,
  [from, to]: readonly [from: string, to: string],
  note: string,
): Fix {
  const entry = (value: string) => configEntry('user ldap', server, [setting(value)]);
  return vdomFix(context, undefined, {
    apply: entry(to),
    undo: entry(from),
    verify: [`show user ldap ${quoteValue(server)}`],
    note,
  });
}

import type { Quote, Section } from '../../evidence/types.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { DirectoryNote } from '../values.ts';
import { isOfPerson } from './person-lines.ts';

/** A line of an event of NPS or of an entry of a directory, by the words that each of them has. */
const INTERESTING =
  /Reason ?Code\b|Ursachencode|\bReason:|ReasonCode|SubjectUserName|Account ?Name|Kontoname|,DC=/i;
/** `	Account Name:			QUILLFEN\b.ostrom`, `<Data Name="SubjectUserName">b.ostrom</Data>`, `Kontoname:  b.ostrom` */
const ACCOUNT =
  /(?:^|\s)(?:Account Name|Kontoname):\s{1,40}(?:[\w.-]{1,40}\\)?([\w.@-]{1,64})(?=\s|$)|Name="SubjectUserName">(?:[\w.-]{1,40}\\)?([\w.@-]{1,64})</;
/** `	Reason Code:			48`, `<Data Name="ReasonCode">48</Data>` */
const CODE = /(?:^|\s)(?:Reason Code|Ursachencode):\s{1,40}(\d{1,4})\b|Name="ReasonCode">(\d{1,4})</;
/** `	Reason:				The connection request did not match any configured network policy.` */
const REASON = /(?:^|\s)(?:Reason|Ursache):\s{1,40}(\S.{2,300})|Name="Reason">([^<]{3,300})</;

/** `distinguishedName: CN=Olga Marsh,OU=Bergen,DC=quillfen,DC=example`, `dn: uid=o.marsh,…`, `"CN=Olga Marsh,…"` */
const ENTRY =
  /^(?:(?:distinguishedName|dn)\s{0,30}[:=]\s{0,5})?"?((?:CN|UID)=(?:[^,=\\]|\\.){1,80}(?:,\s?(?:OU|CN|O)=(?:[^,=\\]|\\.){1,80}){0,9}(?:,\s?DC=[\w-]{1,63}){1,6})"?$/i;
/** `sAMAccountName: o.marsh`, `SamAccountName    : o.marsh`, `uid: o.marsh` */
const ENTRY_NAME =
  /^(sAMAccountName|uid|userPrincipalName|cn)\s{0,30}[:=]\s{0,5}"?([^",\\]{1,80}?)"?(?:$|,)/i;

/** `authenticate 'o.marsh' against 'dc-bergen' succeeded!` */
const TESTED = /^[ \t]*authenticate '([^']{1,80})' against '([^']{1,80})' succeeded\b/;
/** `Group membership(s) - CN=Crew,OU=Access,DC=quillfen,DC=example`; the others follow, one a line. */
const MEMBERSHIP = /^[ \t]*(?:Group membership\(s\) - )?((?:CN|OU)=(?:[^,=\\]|\\.){1,80},.{1,400}?)[ \t]*$/i;

/** `PS> (Get-ADUser heron -Properties memberOf).memberOf`, `Get-ADPrincipalGroupMembership heron | …`, `dsget user "CN=Heron,…" -memberof` */
const ASKS_GROUPS =
  /\bGet-ADUser\b(?=.*\bmemberOf\b)(?: -Identity)? ["']?([\w.@-]{1,64})|\bGet-ADPrincipalGroupMembership\b(?: -Identity)? ["']?([\w.@-]{1,64})|\bdsget user "?CN=((?:[^,"\\]|\\.){1,64}).*-memberof\b/i;
/** `memberOf: CN=Crew,OU=Access,DC=quillfen,DC=example`, `MemberOf : {CN=Crew,OU=Access,DC=quillfen,DC=example, CN=…`, and the lines that go on. */
const MEMBER_OF = /^(?:memberOf\s{0,30}[:=]\s{0,5})?[{"]?((?:CN|OU)=.{1,1900})$/i;
/** One of several names in braces. */
const WHOLE_NAME =
  /CN=(?:[^,=\\]|\\.){1,80}(?:,\s?(?:OU|CN|O)=(?:[^,=\\]|\\.){1,80}){0,9}(?:,\s?DC=[\w-]{1,63}){1,6}/gi;

/** `Login with "Plover, Oda" (display name) works`, `mit dem vollen Namen klappt es`, `avec le nom complet ça marche` */
const DISPLAY_NAME_WORKS =
  /\b(?:(?:display|full) ?name|(?:Anzeige|vollen |vollem )namen?|nom (?:complet|affiché)|nombre (?:completo|para mostrar)|nome completo)\b[^.;!?]{0,80}?(?<!n['’]t |\bnot |\bnever |\bno |\bnão |\bnon )\b(?:works|worked|gets in|logs in|klappt|geht|funktioniert|marche|fonctionne|funciona|funziona)\b(?! (?:\w+ )?(?:not|nicht|pas)\b)(?![^.;!]{0,40}\?)/i;

/** `He typed "O.Plover"`, `logs in as 'O.Plover'`, `gibt «O.Plover» ein` */
const TYPED =
  /\b(?:typed|types|typing|enter(?:s|ed)|log(?:s|ged) (?:in|on) as|tippt|gibt|tape|saisit|escribe|digita)\b[^.;!?"“„«']{0,40}["“„«']([\w.@-]{2,64})["“”»']/gi;

/** `In AD she is under OU=Bergen,DC=quillfen,DC=example`, in the words of a person: the branch of an account, which has no name before it. */
const SAID_BRANCH =
  /^(?=.*(?<!\p{L})(?:is|are|was|sits?|lives?|stands?|moved|found|steht|liegt|ist|befindet|est|se trouve|está|queda|si trova|è|fica|staat|zit)(?!\p{L})).*?(?<![=,\w])((?:OU=(?:[^,=\\"'“”()]|\\.){1,80},\s?){1,9}DC=[\w-]{1,63}(?:,\s?DC=[\w-]{1,63}){0,5})/iu;
/** Branches of something else than the account. */
const OF_GROUP =
  /(?<!\p{L})(?:groups?|Gruppen?|groupes?|grupos?|gruppi?o?|memberOf|bind|service account)(?!\p{L})/iu;
/** `sAMAccountName is o.marsh`, `sAMAccountName ist o.marsh` */
const SAID_NAME =
  /\b(sAMAccountName|uid|userPrincipalName)(?: (?:is|ist|est|es|è|é)| ?[:=]) ?["“„']?([\w.@-]{2,64}?)["”“'.,;]*(?:\s|$)/i;

/** A text with no such line has nothing that is read here. */
const NAMED =
  /Reason|Ursachencode|SubjectUserName|Account ?Name|Kontoname|DC=|authenticate '|memberOf|Get-AD|name\b|namen\b|\bnom|\buid|typed|types|typing|enter(?:s|ed)|log(?:s|ged) |tippt|gibt|tape|saisit|escribe|digita/i;
const MAX_LINE_LENGTH = 2_000;
/** Groups of one account. */
const MAX_GROUPS = 200;
/** An entry that people copy has its names within so many lines. */
const ENTRY_LINES = 12;
const MAX_NOTES = 50;

/** What people paste beside a log: an event of NPS that says why it refuses, the entry of an account in a directory, its groups, a test of its password, and which name was typed and works. */
export function readDirectoryNotes(sections: readonly Section[]): Fact<readonly DirectoryNote[]> {
  const notes = sections
    .filter(({ kind, lines }) => kind !== 'config' && lines.some((line) => NAMED.test(line)))
    .flatMap((section) => [
      ...refusals(section),
      ...entries(section),
      ...tests(section),
      ...readMemberships(section),
      ...readNotes(section),
    ])
    .slice(0, MAX_NOTES);
  return notes.length === 0
    ? unknown('the evidence contains no entry of a directory and no event of NPS')
    : known(
        notes,
        notes.map(({ quote }) => quote),
      );
}

/** An event names the user first, then the code, then the reason; another user begins another event. */
function refusals(section: Section): readonly DirectoryNote[] {
  const notes: DirectoryNote[] = [];
  let user: string | undefined;
  let code: string | undefined;
  for (let index = 0; index < section.lines.length; index += 1) {
    const whole = section.lines[index] ?? '';
    if (!INTERESTING.test(whole.slice(0, MAX_LINE_LENGTH))) continue;
    const line = whole.slice(0, MAX_LINE_LENGTH);
    const account = ACCOUNT.exec(line);
    const named = account?.[1] ?? account?.[2];
    if (named !== undefined && named !== '-') [user, code] = [named, undefined];
    const coded = CODE.exec(line);
    code = coded?.[1] ?? coded?.[2] ?? code;
    const said = REASON.exec(line);
    const reason = said?.[1] ?? said?.[2];
    if (user === undefined || code === undefined || reason === undefined) continue;
    notes.push({ kind: 'refused', user, code, reason: reason.trim(), quote: quoteLine(section, index) });
    [user, code] = [undefined, undefined];
  }
  return notes;
}

function entries(section: Section): readonly DirectoryNote[] {
  const { lines } = section;
  return lines.flatMap((whole, index): readonly DirectoryNote[] => {
    if (!/,\s?DC=/i.test(whole.slice(0, MAX_LINE_LENGTH))) return [];
    const dn = ENTRY.exec(whole.slice(0, MAX_LINE_LENGTH).trim())?.[1];
    if (dn === undefined) return [];
    const near = lines.slice(Math.max(0, index - ENTRY_LINES), index + ENTRY_LINES);
    const others = near.filter((line) => ENTRY.test(line.slice(0, MAX_LINE_LENGTH).trim()));
    // Between the entries of two accounts no name says to which of them it belongs.
    const own = others.length > 1 ? [] : near;
    const names = [dn, ...own].flatMap((line) => findName(line.trim()) ?? []);
    const nameQuotes = own.flatMap((line, at) =>
      findName(line.trim()) === undefined ? [] : quoteLine(section, Math.max(0, index - ENTRY_LINES) + at),
    );
    return [{ kind: 'entry', names, dn, quote: quoteLine(section, index), nameQuotes }];
  });
}

function readNotes(section: Section): readonly DirectoryNote[] {
  return section.lines.flatMap((whole, index): readonly DirectoryNote[] => {
    const line = whole.slice(0, MAX_LINE_LENGTH);
    const spelled = line.search(TYPED) < 0 ? [] : [...line.matchAll(TYPED)];
    const typed = spelled.map(
      ([, name = '']): DirectoryNote => ({ kind: 'typed', name, quote: quoteLine(section, index) }),
    );
    const isSaid = line.includes('DC=') && isOfPerson(section, line) && !OF_GROUP.test(line);
    const dn = isSaid && section.kind !== 'output' ? SAID_BRANCH.exec(line)?.[1] : undefined;
    const [, attribute, value] = SAID_NAME.exec(line) ?? [];
    if (dn !== undefined) {
      const names = value === undefined ? [] : [`${attribute}=${value}`.toLowerCase()];
      return [...typed, { kind: 'branch', dn, names, text: line, quote: quoteLine(section, index) }];
    }
    return DISPLAY_NAME_WORKS.test(line)
      ? [...typed, { kind: 'display-name-works', quote: quoteLine(section, index) }]
      : typed;
  });
}

function tests(section: Section): readonly DirectoryNote[] {
  const { lines } = section;
  return lines.flatMap((line, index): readonly DirectoryNote[] => {
    const [, user, server] = TESTED.exec(line.slice(0, MAX_LINE_LENGTH)) ?? [];
    if (user === undefined || server === undefined) return [];
    const groups: string[] = [];
    const groupQuotes: Quote[] = [];
    for (let at = index + 1; at < lines.length && groups.length < MAX_GROUPS; at += 1) {
      const group = MEMBERSHIP.exec((lines[at] ?? '').slice(0, MAX_LINE_LENGTH))?.[1];
      if (group === undefined) break;
      groups.push(group);
      groupQuotes.push(quoteLine(section, at));
    }
    return [{ kind: 'groups', user, server, groups, quote: quoteLine(section, index), groupQuotes }];
  });
}

/** The answer to a command that asks for the groups of an account, or `memberOf` in its entry. */
function readMemberships(section: Section): readonly DirectoryNote[] {
  const { lines } = section;
  return lines.flatMap((whole, index): readonly DirectoryNote[] => {
    const line = whole.slice(0, MAX_LINE_LENGTH);
    const isFirst = /^\s*memberOf\b/i.test(line) && !/^\s*memberOf\b/i.test(lines[index - 1] ?? '');
    const [, ...asked] = ASKS_GROUPS.exec(line) ?? [];
    const user =
      asked.find((name) => name !== undefined) ?? (isFirst ? findAccount(lines, index) : undefined);
    if (user === undefined) return [];
    const groups: string[] = [];
    const groupQuotes: Quote[] = [];
    for (let at = isFirst ? index : index + 1; at < lines.length && groups.length < MAX_GROUPS; at += 1) {
      const text = (lines[at] ?? '').slice(0, MAX_LINE_LENGTH).trim();
      const names = MEMBER_OF.exec(text)?.[1]?.match(WHOLE_NAME);
      if (!names && groups.length > 0) break;
      if (!names && at > index + LINES_BEFORE_GROUPS) break;
      for (const name of names ?? []) {
        groups.push(name);
        groupQuotes.push(quoteLine(section, at));
      }
    }
    return groups.length === 0
      ? []
      : [{ kind: 'groups', user, groups, quote: quoteLine(section, index), groupQuotes }];
  });
}

/** Blank lines and a heading between a command and its answer. */
const LINES_BEFORE_GROUPS = 4;

/** The account in whose entry the line stands. */
function findAccount(lines: readonly string[], index: number): string | undefined {
  const names = lines
    .slice(Math.max(0, index - ENTRY_LINES), index + ENTRY_LINES)
    .flatMap((line) => findName(line.trim()) ?? []);
  const account = ['samaccountname=', 'uid=', 'cn='].flatMap(
    (attribute) => names.find((name) => name.startsWith(attribute)) ?? [],
  )[0];
  return account?.slice(account.indexOf('=') + 1);
}

function findName(line: string): string | undefined {
  const [, attribute, value] = ENTRY_NAME.exec(line) ?? [];
  return value === undefined ? undefined : `${attribute}=${value}`.toLowerCase();
}

function quoteLine({ source, start, lines }: Section, index: number): Quote {
  return { source, line: start + index, text: (lines[index] ?? '').slice(0, MAX_LINE_LENGTH).trim() };
}

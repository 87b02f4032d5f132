import type { Quote, Section } from '../../evidence/types.ts';
import type { Fact } from '../fact.ts';
import { keepFirst } from './person-lines.ts';
import { MARKED, MARKERS, type Provider, type RefusalReason, refusalReason } from './provider-codes.ts';

/** An identity provider did not let a person in: the FortiGate got no yes from it, or was not asked. */
export interface ProviderRefusal {
  /** Absent where only the status in its SAML answer is known. */
  readonly provider: Provider | undefined;
  /** `50105`, `app_not_enabled_for_user`, `AuthnFailed` */
  readonly code: string;
  readonly reason: RefusalReason;
  /** As the message has it: `nadja.ilic@haven.example`. */
  readonly user: string | undefined;
  /** Whom or what the person wanted: `FortiGate SSL VPN`. */
  readonly application: string | undefined;
  /** As the message has it: `2026-03-02T08:12:19Z`. */
  readonly at: string | undefined;
  /** The text speaks of a VPN or a FortiGate. */
  readonly isBesideVpn: boolean;
  readonly quote: Quote;
  /** `quote`, and the lines that name the user and the application. */
  readonly quotes: readonly Quote[];
}

/** A name as people sign in: `nadja.ilic@haven.example`, `HAVEN\n.ilic`; Microsoft hides some as `{EmailHidden}`. */
const NAME = String.raw`((?:[\w.-]{1,40}\\)?[\w.+-]{1,64}(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})?)`;
/** `The signed in user 'n.ilic@haven.example' is`, `User account 'n.ilic@other.example' from identity provider`, `for caller identity HAVEN\n.ilic`, `caller 'HAVEN\n.ilic' to the relying party`, `username="n.ilic"` */
const USER = new RegExp(
  String.raw`\bsigned in user ['‘"]${NAME}['’"]|\buser account ['‘"]?${NAME}['’"]? (?:from|does)|\bcaller (?:identity )?['‘"]?${NAME}['’"]? (?:for|to)\b|\busername="?${NAME}\b`,
  'i',
);
/** Beside the message: `Username: n.ilic@haven.example`, `"userPrincipalName": "n.ilic@haven.example"`, `Signed in as n.ilic@haven.example` */
const USER_LABEL = new RegExp(
  String.raw`(?:\b(?:user ?name|user ?principal ?name|UPN|user id|sign-?in (?:name|identifier))["']?[ \t]{0,20}[:=\t][ \t]{0,20}["']?|\b(?:user|account)["']?[ \t]{0,20}[:=][ \t]{0,20}["']?(?=[\w.+-]{1,64}@)|\b(?:signed|logged) in as[ :]{1,3})${NAME}(?=["',;\s]|$)`,
  'i',
);
/**
 * Who got the message, as a person tells it before the code: `n.ilic gets`, `o.rast@haven.example cannot log in, she sees`. Of a
 * single word nothing says that it is a name.
 */
const SUBJECT =
  /(?<![\w@./\\-])([a-z][\w-]{0,30}\.[a-z][\w-]{1,30}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}) (?:gets?|got|sees?|saw|receives?|received|cannot|can['’]t|could not|kann|bekommt|erhält|sieht|kommt|recibe|no puede|reçoit|ne peut|riceve|non può|krijgt|kan)(?= )/giu;
/**
 * `configured the application Haven VPN ('6f0a…') to block`, `for the application '6f0a…'(Haven VPN)`, `Application '6f0a…'(Haven VPN)
 * is disabled`, `The service principal for resource 'https://vpn.haven.example/…' is disabled`, `you cannot access Haven VPN because`, `relying party trust https://vpn.haven.example/remote/saml/metadata/.`
 */
const APPLICATION =
  /\bconfigured the application ['"“]?(.{1,100}?)['"”]? ?(?:\('?[\da-f-]{36}'?\) )?to block\b|\bapplication ['"]?[\da-f-]{36}['"]? ?\(([^()]{1,100})\)|\bservice principal for resource '([^']{1,200})'|\byou cannot access (.{1,100}?) because\b|\brelying party(?: trust)? ['"]?([^\s'"]{1,200}?)['".,;]{0,2}(?:\s|$)|\bclientId="?([^",\s]{1,200})/i;
/** `Application: Haven VPN`, `"appDisplayName": "Haven VPN"` */
const APPLICATION_LABEL =
  /\b(?:app(?:lication)?(?: ?display)?(?: ?name)?|resource(?: ?display ?name)?)["']?[ \t]{0,20}[:=\t][ \t]{0,20}["']?([^"',;\n]{2,100}?)["']?(?=[,;}]|\s*$)/im;
/** `Timestamp: 2026-03-02T08:12:19Z`, `"createdDateTime": "2026-03-02T08:12:19Z"` */
const STAMP =
  /\b(?:timestamp|created ?date ?time|date)["']?\s{0,5}[:=\t]\s{0,5}["']?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,7})?Z?)/i;
/** `6f0a1b2c-1111-4222-8333-944455556666` names nothing that a person knows. */
const ID = /^[\da-f-]{36}$/i;

/** `What to do when users see AADSTS50105`, `if a user gets AADSTS50105`, `there is no AADSTS50105`, `is it AADSTS50105?` */
const NOT_REPORTED =
  /\b(?:what to do|how to|troubleshoot\w*|for example|such as|(?:if|whenever|should) (?:an?|any|the|your|users?|people|someone|somebody)|(?:is|could|can|might) (?:it|this|that)(?: be)?)\b[^.:;]{0,60}$|\b(?:no|not|never|without)(?: the| an?| more)? ["'“(]?$/i;
/** A line of a configuration in a text about it. */
const SETTING = /^\s*(?:set|unset|append|config|edit) \S/;
const OF_VPN = /VPN|\bForti(?:Gate|Client|OS|net)|\bsamld|\/remote\/saml\//i;

/** Lines of one message: people copy it from a page, and a mail breaks its lines. */
const MESSAGE_LINES = 9;
/** Lines on both sides in which a page of an administrator has what belongs to its message. */
const LABEL_LINES = 12;
const MAX_LINE = 4_000;
/** Messages of one section: each is read with the lines around it. */
const MAX_FOUND = 100;
/** Codes of one text: a list of them reports none. */
const MAX_CODES = 4;

/** What an identity provider told a person or its own log, in a text of any kind. */
export function readProviderRefusals(sections: readonly Section[]): Fact<readonly ProviderRefusal[]> {
  const read = sections.filter(
    ({ kind, lines }) => kind !== 'config' && lines.some((line) => MARKED.test(line.slice(0, MAX_LINE))),
  );
  const isBesideVpn =
    read.length > 0 &&
    sections.some(({ kind, lines }) => kind !== 'other' || lines.some((line) => OF_VPN.test(line)));
  const all = read.flatMap((section) => readSection(section, isBesideVpn));
  const codes = new Set(all.map(({ code }) => code));
  return keepFirst(
    codes.size > MAX_CODES ? [] : all,
    'the evidence contains no message of an identity provider that refuses a person',
  );
}

function readSection(section: Section, isBesideVpn: boolean): readonly ProviderRefusal[] {
  const { lines } = section;
  const found = new Map<string, ProviderRefusal>();
  for (const [index, line] of lines.entries()) {
    if (found.size >= MAX_FOUND) break;
    if (!MARKED.test(line.slice(0, MAX_LINE)) || SETTING.test(line)) continue;
    const message = joinLines(section, index - 1, index + 2, true);
    for (const { provider, words, reason, code } of MARKERS) {
      for (const match of message.text.matchAll(words)) {
        const named = code ?? match.slice(1).find((each) => each !== undefined) ?? '';
        const why = reason ?? refusalReason(named);
        const at = message.lineAt(match.index);
        const before = message.text.slice(0, match.index);
        const isOther = provider === undefined && /AADSTS\d/.test(message.text);
        const key = `${at}:${named}`;
        if (why === undefined || isOther || NOT_REPORTED.test(before) || found.has(key)) continue;
        const refusal = describe(section, { provider, code: named, reason: why, at, isBesideVpn });
        const isShown = /^["']?:/.test(message.text.slice(match.index + match[0].length));
        const isTold = refusal.user !== undefined || refusal.application !== undefined;
        if (isBesideVpn || isShown || isTold) found.set(key, refusal);
      }
    }
  }
  return withoutRepeated([...found.values()]);
}

interface Found extends Pick<ProviderRefusal, 'provider' | 'code' | 'reason' | 'isBesideVpn'> {
  /** Index of the line in its section. */
  readonly at: number;
}

function describe(section: Section, { at, ...found }: Found): ProviderRefusal {
  const message = joinLines(section, at, at + MESSAGE_LINES, true);
  const [from, to] = findNeighbours(section, at);
  const around = joinLines(section, from, to, false);
  const above = joinLines(section, from, at + 1, false);
  const told = [...above.text.matchAll(SUBJECT)].at(-1);
  const subject = told && { value: told[1] ?? '', at: above.lineAt(told.index) };
  const user = findIn(message, USER) ?? subject ?? findIn(around, USER_LABEL);
  const application = findIn(message, APPLICATION) ?? findIn(around, APPLICATION_LABEL);
  const quote = quoteLine(section, at);
  const others = [user, application].flatMap((each) => (each && each.at !== at ? [each.at] : []));
  return {
    ...found,
    user: user?.value,
    application: application === undefined || ID.test(application.value) ? undefined : application.value,
    at: (findIn(message, STAMP) ?? findIn(around, STAMP))?.value,
    quote,
    quotes: [quote, ...[...new Set(others)].map((each) => quoteLine(section, each))],
  };
}

/** The lines around a message, up to those of another one. */
function findNeighbours({ lines }: Section, at: number): readonly [from: number, to: number] {
  const isMarked = (line = '') => MARKED.test(line.slice(0, MAX_LINE));
  const above = lines.slice(Math.max(0, at - LABEL_LINES), at).findLastIndex(isMarked);
  const below = lines.slice(at + 1, at + LABEL_LINES).findIndex(isMarked);
  return [Math.max(0, at - LABEL_LINES) + above + 1, below === -1 ? at + LABEL_LINES : at + 1 + below];
}

/** The last of each person and code; a page that repeats its message below the code names the person once. */
function withoutRepeated(all: readonly ProviderRefusal[]): readonly ProviderRefusal[] {
  const named = new Set(all.flatMap(({ code, user }) => (user === undefined ? [] : [code])));
  const last = new Map(all.map((each) => [`${each.code}:${each.user?.toLowerCase()}`, each]));
  return [...last.values()].filter(({ code, user }) => user !== undefined || !named.has(code));
}

interface Joined {
  readonly text: string;
  /** Index of the line in which a character of `text` is. */
  readonly lineAt: (offset: number) => number;
}

/** `isOneParagraph`: up to the next blank line. Signs of quoted mail are left out. */
function joinLines({ lines }: Section, from: number, to: number, isOneParagraph: boolean): Joined {
  const starts: (readonly [offset: number, index: number])[] = [];
  let text = '';
  for (let index = Math.max(0, from); index < Math.min(lines.length, to); index += 1) {
    const line = (lines[index] ?? '')
      .slice(0, MAX_LINE)
      .replace(/^[\s>|]{1,20}/, '')
      .trimEnd();
    if (line === '' && isOneParagraph && text.trim() !== '') break;
    starts.push([text.length, index]);
    text += isOneParagraph ? `${line} ` : `${line}\n`;
  }
  return { text, lineAt: (offset) => starts.findLast(([start]) => start <= offset)?.[1] ?? from };
}

function findIn({ text, lineAt }: Joined, words: RegExp): { value: string; at: number } | undefined {
  const match = words.exec(text);
  const value = match?.slice(1).find((each) => each !== undefined);
  return match && value !== undefined ? { value: value.trim(), at: lineAt(match.index) } : undefined;
}

function quoteLine({ source, start, lines }: Section, index: number): Quote {
  return { source, line: start + index, text: (lines[index] ?? '').slice(0, MAX_LINE).trim() };
}

import { expression, hint, joinHints, splitCells } from './hint.ts';
import type { SecretKind } from './kinds.ts';
import { NOUN_HINT } from './nouns.ts';
import { isDay, isOrdinary, isPassphrase } from './ordinary-words.ts';
import { looksLikeCommand } from './pem.ts';
import { findListKind, findSecretKind, isHarmlessValue, kindOfPhrase, NAME_HINT } from './secret-names.ts';
import type { Span } from './spans.ts';
import { isColumnName } from './table-columns.ts';
import { isCoined } from './unsaid.ts';
import { isTechnical, lineEnd, marginEnd, readQuoted, SECRET_LIKE, textRange } from './values.ts';

const LABEL =
  /(?:^|[^\p{L}\p{N}_.'@/-])(\p{L}[\p{L}\p{N}_ \t.,'@/-]{0,60}?)['"]?[*_~`]{0,3}(?:[ \t]?\([^()]{1,48}\)(?:[ \t]again)?)?[ \t]{0,8}[:=：][*_~`]{0,3}(?:[ \t]{0,4}(?:(?:![\w-]{1,20}[ \t])?[|>][+-]?\d?|[[(]|["']?\\|"""|'''))?$/u;
/** Characters. */
const MAX_LABEL_LENGTH = 96;
/** One word that is not a prompt of a device or a shell. */
const LONE = /^(?:[:-][ \t])?[`"'“‘*_]{0,3}([^\s"'“”‘’`]{4,128}?)[`"'”’*_]{0,4},?[`]{0,3}[\]})]{0,3},?$/;
/** Whose password an item of a list is: `wren: …`, `192.0.2.7  …`. */
const ITEM_NAME =
  /^(?!(?:source|user\w*|usuario|utente|utilisateur|benutzer\w*|login|name|gateway|host|server|not[ae]):)[\w.-]{1,32}:[ \t]{1,4}|^(?:[\w.@-]{3,60}(?:\t| {2})|[\w-]{1,30}(?:[.@][\w-]{1,30}){1,6} )[ \t]{0,16}(?=\S+\s*$)/i;
/** A prompt, a link, a tag, or the next member: `DB_HOST=192.0.2.7`. */
const PROMPT =
  /[#$>:]$|^\[|^(?:https?|ssh):|[{}()]$|^<\/|^[^\p{L}\p{N}]+$|^(?:[A-Z][A-Z\d_]{1,40}|[a-z][a-z_.-]{1,40})=[^=]|^[a-z]+(?:[_-][a-z]+)+=$/u;

/** A label without further text: `**Password**`, `the API token`, `Mot de passe provisoire`. */
const BARE_LABEL =
  /^(?:\?[ \t]|[{,][ \t]{0,8})?(?:["'](?=[\w-]{1,40}["']$)|[*_~`]{0,3})(?:(?:the|my|our|your|his|her|their|new|old|current)[ \t])?(\p{L}[\p{L}\p{N}'’-]{1,30}(?:[ \t][\p{L}\p{N}'’-]{1,24}){0,5})(?<=[\p{L}\p{N}])(?:["']|[ ]?\*|[*_~`]{0,3})(?:[ \t](?:is|ist|lautet|est|es|è|é)|[ \t]?\([^()]{1,48}\))?$(?<!(?<!\p{L})(?:wrong|invalid|forgot|lost|reset|chang|need|check|please|falsch|vergess|ungültig|oubli|olvid|(?:no|kein|ohne|sans|sin|bitte)(?!\p{L})).{0,60})/iu;
/** An element whose text is on the following lines. */
const TAG = /^(?:<|&lt;)(?:[\w-]{1,20}:)?([A-Za-z][\w-]{0,48})(?:[ \t][^<>]{0,200})?(?:>|&gt;)$/;
/** OpenVPN: a name, and the password below it. */
const LOGIN_TAG = 'auth-user-pass';

/** A command that prints a secret, or the question for one in base64. */
const PRINTS =
  /(?:[$>#%]|^\W{0,16}kubectl ).{0,300}(?:--fields?[ =]password|-field[ =]\w{0,20}(?:password|secret|token|psk|key)|terraform output -raw \w{0,20}(?:password|secret|token|psk|key)|wg gen(?:key|psk)|\|[ ]?base64[ ](?:-d|-D|--decode)|<[a-z-]{3,12}#\d{1,6}>['"]? \| ?base64|\.Password)$|(?<![^\s+-])334[ ]UGFzc3dvcmQ6$/;

/** `kind flags ⟶ pattern`. */
function parseLabel(strings: TemplateStringsArray): readonly [pattern: RegExp, label: LabelAlone] {
  const [of = '', pattern = ''] = splitCells(strings);
  const [kind, ...flags] = of.split(' ');
  const label = { kind: kind as SecretKind, isBare: false, isList: false };
  return [expression(pattern), { ...label, ...Object.fromEntries(flags.map((flag) => [flag, true])) }];
}

/** Lines of files and protocols whose secret is on the next line. */
const PLACED = [
  // A form of several parts: the name, a blank line, the value; a command that prints the value in an object.
  parseLabel`password isNamed ⟶ (?i:form-data;.{0,80}name="\w{0,20}(?:password|passwd|secret(?:[_-]?key)?|psk|pin)"$|(?<!\w)az .{0,40}(?:shared-key|keyvault secret) show )`,
  // racoon's file of peers.
  parseLabel`psk isList ⟶ (?:^|[\s/])psk\.txt:?$`,
  parseLabel`private-key isBare isList ⟶ ^Private-Lines: \d{1,4}$`,
  // A file of one secret: its first line may be a sentence.
  parseLabel`password isList isBlock ⟶ (?:^|[#$>] ?)(?:sudo )?(?:cat|type|gc|Get-Content) \S{0,80}[._/-](?:pass|password|passphrase|psk|secret)(?:\.txt)?$`,
  // A file whose name says so: of OpenVPN with a name and a password, each on a line.
  parseLabel`password isList ⟶ (?:^|[#$>] ?)(?:sudo )?(?:cat|less|more|head|tail|type|gc|Get-Content)(?: -\w{1,8})* \S{0,80}(?:auth|pass|cred|login|secret|psk|token)[\w-]{0,12}(?:\.\w{2,4})?(?: {1,8}#.{0,60})?$`,
  // A heading above a name and its password, each on a line.
  parseLabel`password isList ⟶ (?i:^(?:.{0,60} )?(?:zugangsdaten|anmeldedaten|login-?daten|credentials|login (?:data|details)|identifiants|credenziali|credenciales|credenciais)(?: \S{1,20}){0,4}:$)`,
  // What prints a variable or a column: `echo $VPN_PSK`, `select secret from nas;`
  parseLabel`password isAnswer ⟶ (?i:(?:^|[$#>%] ?)(?:(?:echo|printenv|Write-(?:Host|Output)) ["']?[$%]?(?:env:)?\{?|\$)\w{0,24}(?:pass(?:word|wd)?|pw|psk|secret|token|key)\w{0,8}[}%"']{0,3}$|(?<![\w-])select \w{0,12}(?:password|secret|psk)\w{0,8} from .{1,80};$)`,
  // The name of a file as a heading: `# zabbix_agentd.psk`, `==> /run/secrets/psk <==`.
  parseLabel`password ⟶ ^(?:==> |-- |# )?\S{0,80}[./][\w-]{0,40}(?:psk|secret|password|passphrase|token|google_authenticator)(?:\.(?:txt|key|psk))?(?: <==| --|(?<=^[~/].{1,100}):)?$|^==> \S{0,80}(?:psk|secret|password|token)(?:\.\w{2,4})? <==$`,
  // What reads a store of secrets or makes one: `pass show vpn/hq`, `wg genpsk`.
  parseLabel`password isNamed ⟶ ^(?:[^\s#$>%]{0,64}[#$>%] ?)?(?:sudo )?(?:vault (?:kv get|read) .*-field=|secret-tool lookup |(?:go)?pass (?:show )?(?:-\w )?[\w.@-]{1,40}\/[\w./@-]{1,80}$|lpass show .*--password |op (?:read ["']?op:|item get .*--(?:fields|reveal))|bw get password |rbw get |keepassxc-cli show .*-a ["']?pass|security find-\w{2,12}-password .*-w|kwallet-query .*-r |aws ssm get-parameters? .*--output text|aws secretsmanager get-secret-value .*--output text|gcloud secrets versions access |(?:pwgen|apg) -|openssl rand |wg (?:gen(?:key|psk)$|show \S{1,16} (?:private-key|preshared-keys)$)|nmcli .*-g \S*(?:psk|secret|password)|(?:consul kv|uci|nvram) get \S*(?:psk|pass|secret|key)\S*$|gpg (?:-\S+ )*(?:-d|--decrypt) \S*(?:psk|pass|secret|pw)\S*$)`,
  parseLabel`otp isNamed ⟶ ^(?:[^\s#$>%]{0,64}[#$>%] ?)?(?:oathtool|totp-cli|ykman oath (?:accounts )?code) `,
  parseLabel`password isAnswer ⟶ (?i:(?:security question|sicherheitsfrage|question (?:secrète|de sécurité)|pregunta (?:secreta|de seguridad)|domanda (?:segreta|di sicurezza)|pergunta (?:secreta|de segurança))[ ]?[:?].{0,80}$)`,
  // The keys of an IKE SA for Wireshark, a cookie before each.
  parseLabel`secret isList ⟶ ^ikev1_decryption_table`,
  parseLabel`ciphertext isBare isList ⟶ ^\$ANSIBLE_VAULT;`,
  // What a command reads from a here-document.
  parseLabel`password isList ⟶ ^(?:sudo (?:.{0,60} )?-S|(?:sudo )?(?:passwd|chpasswd|smbpasswd|kinit|su|ssh-add|openconnect|cryptsetup))(?: .{0,120}| ?)<<-?[ ]?["']?\w{2,12}["']?$`,
  // Bytes that strongSwan and others print below a name.
  parseLabel`key isBare isList isDump ⟶ (?i:(?:SKEYSEED|SK_\w{1,3}|E?MSK|PMK|PSK|secret|key|password)(?: [\w-]{1,16})?(?: =>| ?\() ?\d{1,4} bytes(?: @ 0x[0-9a-f]{1,16}|\):)?$|PSK.{0,40}hexdump_ascii\(len=\d{1,4}\):$|hex ?dump of (?:the )?(?:SK_\w{1,3}|E?MSK|PMK|PSK|\w{0,12} ?(?:secret|key)):?$)`,
  // What two peers agreed on, in an IKE debug; what ties a challenge of RADIUS to its answer.
  parseLabel`key isBare isList ⟶ ^ike .{1,80} g\^xy:?$|\(State\),? len\w{0,4}[=: ]\d{1,3}$`,
];

/** All of them: one search instead of one for each. */
const ANY_PLACED = new RegExp(PLACED.map(([{ source }]) => source).join('|'), 'i');

const ASKED =
  '(?<![\\w<])(?:password|passwd|pw|psk|passphrase|kennwort|passwort|pin|secret|community|snmp string|(?:api|pre-?shared|shared|radius|tunnel|ipsec|ike|vpn|wpa2?|wi-?fi|wlan)[ -]key|(?:key|schlüssel)(?=[ ](?:for|für))|mot de passe|mdp|contrase[ñn]a|clave|senha|wachtwoord|has[łl]o|heslo|lösenord)(?!\\w)';
/** `what was the pw again`, `use the following code to activate …:`; a placeholder of ours is no question. */
const ASKS = new RegExp(
  [
    `(?<!\\w)(?:what(?:['’]?s)?|which|wie|was|need|send|give|tell|have|know|schick|gib|here|hier|see|siehe|following|quoi|quel(?:le)?|cu(?:á|a)l|qual|wat|kann|könn|jak(?:ie|é))(?!\\w).{0,40}(?:${ASKED}|(?<!\\w)code(?!\\w))[^.:=]{0,24}:?$`,
    `${ASKED}[ ](?:below|follows|folgt|anbei|please|pls|bitte|(?:siehe[ ])?unten|(?:is|ist|lautet)[ ](?:as[ ]follows|wie[ ]folgt|the[ ]following)):?$`,
    `^(?!.*(?:forgot|lost|reset|change|vergessen|oublié|olvid|dimentic)).*${ASKED}[^.:=?]{0,40}\\?$`,
    '(?<!\\w)following[ ](?:\\w{1,12}[ ]){0,2}(?:code|password|key|token|secret).{0,60}:$',
  ].join('|'),
  'i',
);
/** The name of a member stands above. */
const COLON = /^:[ \t]{1,8}(?=["'])/;
const CLOCK = '\\d{1,2}:\\d\\d(?::\\d\\d)?(?:[ ]?[AP]M)?';
const DAY = '(?:\\d{1,4}[./-]\\d{1,2}[./-]\\d{2,4},?[ ])?';
/** `[12.06.25, 09:14] Timo: `, `Maria (10:02 AM): ` */
const PERSON = `(?:\\[?${DAY}${CLOCK}\\]?(?:[ ]-)?[ \\t]{1,4})?[<[]?[\\p{L}\\d_. -]{1,32}(?:[ ]\\(${CLOCK}\\))?[>:\\]]{1,2}[ \\t]{1,4}`;
/** Of a chat, before what a person answered. */
const SPEAKER = new RegExp(
  `^(?:[<>=-]{2,3}[ ])?(?:${PERSON})?(?:(?:sure|yes|yep|ok|okay|here|ja|klar|oui|sí|sì|sim)[,:!]?[ ]{1,2})?(?:(?:it|that)['’]?s[ ]|it[ ]is[ ]|das[ ]ist[ ]|es[ ]ist[ ]|c['’]est[ ]|es[ ]|è[ ]|é[ ]|[\\w.@-]{2,32}[ ][/+|&][ ])?`,
  'iu',
);
/** `[10:14] wren: what's the psk?`: the next word of the chat is the value. */
const ASKED_IN_CHAT = new RegExp(
  `^${PERSON}(?:(?:what(?:['’]?s|[ ]is|[ ]was)|wie[ ](?:ist|war|lautet)|quel(?:le)?[ ]est|cu[aá]l[ ]es|qual[ ][eéè])[ ](?:the|das|der|le|la|el|a|o)[ ](?:[\\w-]{2,12}[ ])?)?${ASKED}(?:[ ](?:again|now|please|pls|nochmal))?[ ]?\\?$`,
  'iu',
);
/** Between a label and its value: nothing, a rule, the name of the next speaker. */
const NO_VALUE = new RegExp(
  `^(?:[─━═=~_]{2,80}|[\\w.@ -]{1,32}[ \\t]\\[?\\d{1,2}:\\d\\d(?:[ ]?[AP]M)?\\]?|(?:${PERSON})?(?:sure|yes|yep|ok|okay|one sec|moment|ja|klar|gern|oui|bien sûr|sí|claro|sì|certo|sim)[.,!]?)?$`,
  'iu',
);
/** A setting without its value, a key of YAML on a line of its own. */
const NAMED = /^(?:set ([a-z][\w-]{1,40})(?:[ \t]{1,4}\\)?|\? ["']?([\w.-]{2,60})["']?)$/;
/** The line consists of the name of a member, or opens a string: whatever follows is its value. */
const MEMBER = /^\s*["']?[\w.-]{2,60}["']?[ \t]{0,8}[:=]|(?:[|>(\\[]|"""|''')$/;

/** YAML's block: a sentence may be the value. */
const BLOCK = /:[ ][|>][+-]?\d?$/;

/** How such a line ends. */
const PRINTED = /(?:password|secret|token|psk|key|decode|-d|base64|cmQ6)$/i;

export interface LabelAlone {
  readonly kind: SecretKind;
  /** No colon follows: the next line must look like a value. */
  readonly isBare: boolean;
  /** Each following line is a value. */
  readonly isList: boolean;
  /** Each following line is a row of bytes. */
  readonly isDump?: boolean;
  /** A person answers: a name may precede the value. */
  readonly isAnswer?: boolean;
  /** The name of a member and not of a sentence: its value may be any text. */
  readonly isNamed?: boolean;
  /** Columns before it, where an object may follow. */
  readonly map?: number;
  /** The value is the whole of the next line. */
  readonly isBlock?: boolean;
}

const LABEL_HINT = joinHints(
  NAME_HINT,
  NOUN_HINT,
  hint(
    `form-data|az network|authorization|psk.txt|private-lines|auth.txt|zugangsdaten|anmeldedaten|login data|login details|logindaten|login-daten|identifiant|
     credenzi|vault kv|vault read|op read|op item|get-parameter|pwgen|apg -|openssl rand|wg show|nmcli|kv get|uci get|oathtool|totp-cli|ykman oath|nvram get|gpg |rbw get|bw get|kwallet|
     tion_table|security q|sicherheitsf|question se|question de s|pregunta |domanda |pergunta |$ansible|su <|sudo -s|ssh-add|openconnect|cryptsetup|kinit|g^x|(state)|base64 -d|base64 --dec|auth-user-pass|google_auth|.Password|UGFzc3dvcmQ6`,
    '$ cat |# cat |> cat ',
  ),
  hint('cat |less |tail |head |get-content ', '', /auth|login/),
);

/** The name at the end of a line without a value: `Password:`. */
export function labelAlone(line: string): LabelAlone | undefined {
  if (!LABEL_HINT.test(line)) return undefined;
  const end = lineEnd(line);
  const from = marginEnd(line);
  if (line.endsWith('>', end) || line.endsWith(';', end)) {
    const element = elementAlone(line);
    if (element) return element;
  }
  const head = line.slice(from, Math.min(end, from + 200));
  const placed = ANY_PLACED.test(head) ? PLACED.find(([pattern]) => pattern.test(head)) : undefined;
  if (placed) return placed[1];
  const named = NAMED.exec(line.slice(from, Math.min(end, from + 80)));
  const ofName =
    named && (named[1] ? findSecretKind(named[1], 'set') : findSecretKind(named[2] as string, 'json'));
  if (ofName) return { kind: ofName, isBare: false, isList: false, isNamed: true };
  // No question ends with a full stop.
  if (!line.endsWith('.', end) && end - from < 200 && ASKS.test(line.slice(from, end)))
    return {
      kind: 'password',
      isBare: !ASKED_IN_CHAT.test(line.slice(from, end)),
      isList: false,
      isAnswer: true,
    };
  const isBare = !/[:=：]/.test(line.slice(Math.max(0, end - 5), end));
  if (
    isBare &&
    PRINTED.test(line.slice(Math.max(0, end - 10), end)) &&
    PRINTS.test(line.slice(0, end).slice(0, 600))
  )
    return { kind: 'password', isBare, isList: false, isAnswer: true };
  if (isBare && (end - from > MAX_LABEL_LENGTH || looksLikeCommand(line))) return undefined;
  const text = line.slice(isBare ? from : Math.max(from, end - MAX_LABEL_LENGTH), end);
  const name = (isBare ? BARE_LABEL : LABEL).exec(text)?.[1]?.trim();
  if (name === undefined) return undefined;
  const kind = kindOfPhrase(name);
  if (kind) {
    const isBlock = BLOCK.test(text);
    return {
      kind,
      isBare,
      isList: text.endsWith('['),
      isNamed: !isBare && MEMBER.test(text),
      map: from,
      ...(isBlock ? { isBlock } : {}),
    };
  }
  const ofEach = findListKind(name);
  return ofEach && { kind: ofEach, isBare, isList: true };
}

function elementAlone(line: string): LabelAlone | undefined {
  const { start, end } = textRange(line);
  if (end - start > MAX_LABEL_LENGTH) return undefined;
  const name = TAG.exec(line.slice(start, end))?.[1];
  if (name === LOGIN_TAG) return { kind: 'password', isBare: false, isList: true };
  const kind = name === undefined ? undefined : findSecretKind(name, 'json');
  return kind && { kind, isBare: false, isList: false, isNamed: true };
}

/** A row of a cipher. */
const DIGITS = /^[0-9a-f]{24,128}$/;

/** No word, no number of few digits, no name of a host. */
function isMarked(value: string): boolean {
  return (
    /^\d{5,12}$/.test(value) ||
    (/[\d$!#%&*?@^~äöüß]/.test(value) && !isTechnical(value) && !isOrdinary(value))
  );
}

/** `charon: 09[IKE]    0: 29 70 ED`, `29 70 ed` */
const BYTES =
  /^[>|+*-]{0,4}(?:.{0,40}\[\w{3}\])?[ \t]{0,16}(?:\d{1,4}:)?[ \t]{0,8}((?:[0-9a-f]{2}[ ]){3,15}[0-9a-f]{2})(?![\w])/i;

/** `1. 4821 7730`, `482 913   773 002`, `eeiu w7or pbi4 do2t` */
const GROUPS =
  /^[\s>|+-]{0,16}(?:(?:\d{1,2}[.):]|[-*•])[ ]{1,4})?((?:\d{3,8}[ -]{1,4}){1,9}\d{3,8}|(?=.*[2-7])(?:[a-z2-7]{4} ){3,15}[a-z2-7]{4})\s{0,8}$/i;

/** `drei rote Boote 7`: words and a number in answer to a question. */
const PHRASE =
  /^(?!.*(?:page|line|ticket|case|seite|nummer|number|version|at|um|à|a las|alle|om) \d+$)\p{L}{1,16}(?: \p{L}{1,16}){1,5} \d{1,4}$/iu;

/** `["admin", "…"],` */
const PAIR = /^\[["'][^"']{1,64}["'], ?["']([^"']{3,128}(["']\],?))$/;

/** What a line between a label and its value says of the label; `undefined` if none may stand below it. */
export function readBetween(line: string): Partial<LabelAlone> | undefined {
  if (/^[\s>|+]{0,16}[-=_~─━═]{3,80}\s*$/.test(line)) return { isBare: false };
  const text = line.slice(line.startsWith('[') ? 0 : marginEnd(line)).trim();
  // `"password"`, `:` and the value, each on a line of its own.
  if (text === ':') return { isBare: false, isNamed: true };
  return NO_VALUE.test(text) ? {} : undefined;
}

/** A line that consists of a value. For a password any word, for a key one with letters and digits. */
export function loneValue(
  line: string,
  { kind, isBare, isList, isNamed, isAnswer, isDump, isBlock }: LabelAlone,
): Span | undefined {
  const bytes = isDump ? BYTES.exec(line.slice(0, 200)) : null;
  // With the characters beside the bytes.
  if (bytes) return { start: bytes[0].length - (bytes[1] as string).length, end: lineEnd(line), kind };
  const groups = isList || kind === 'key' ? GROUPS.exec(line.slice(0, 100))?.[1] : undefined;
  if (groups !== undefined)
    return { start: line.indexOf(groups), end: line.indexOf(groups) + groups.length, kind };
  const end = lineEnd(line);
  // Without the blanks behind it: before them a number is one of a line.
  const margin = marginEnd(line.slice(0, end));
  if (/-{4,5} ?BEGIN /.test(line)) return undefined;
  const lead = isList ? ITEM_NAME : isAnswer ? SPEAKER : COLON;
  const led = lead.exec(line.slice(margin, margin + 60))?.[0].length ?? 0;
  const from = margin + led;
  const isMember = isNamed || (lead === COLON && led > 0);
  if (end - from > MAX_LABEL_LENGTH * 2) return undefined;
  if (isBlock && /^[^\s<:={]+(?: [^\s<:={]+)+$/.test(line.slice(from, end)))
    return { start: from, end, kind };
  const isPlaced = !isBare && (kind === 'password' || kind === 'psk' || kind === 'secret');
  if (
    isPlaced &&
    !isList &&
    isPassphrase(line.slice(from, end), 3) &&
    !looksLikeCommand(line) &&
    !isColumnName(line.slice(from, end).split(' ', 1)[0] ?? '')
  )
    return { start: from, end, kind };
  const pair = isList ? PAIR.exec(line.slice(from, end)) : null;
  if (pair) return { start: end - (pair[1] as string).length, end: end - (pair[2] as string).length, kind };
  const data = /^<!\[CDATA\[(.{1,200}?)\]\]>$/.exec(line.slice(from, end));
  if (data) return { start: from + 9, end: end - 3, kind };
  const quoted = isMember ? readQuoted(line, from) : undefined;
  if (quoted && !quoted.open && /^[,;)\]]{0,3}$/.test(line.slice(quoted.next, end)))
    return { start: quoted.start, end: quoted.end, kind };
  const answer = isAnswer ? readQuoted(line, from) : undefined;
  // `it's "two red boats", with blanks`
  const isWhole = answer && !answer.open && /^[,.;!)–-]|^$/.test(line.slice(answer.next, end).trim());
  if (isWhole && !isHarmlessValue(line.slice(answer.start, answer.end)))
    return { start: answer.start, end: answer.end, kind };
  const said = answer?.next;
  if (isAnswer && PHRASE.test(line.slice(from, end)) && !isHarmlessValue(line.slice(from, end)))
    return { start: from, end, kind };
  // `its … - delete it please`
  const remark = isAnswer ? line.slice(from, end).search(/(?<=^\S{4,128})(?:,? [-–—(]|,) ?\S/) : -1;
  const match = LONE.exec(line.slice(from, said ?? (remark === -1 ? end : from + remark)));
  const value = match?.[1];
  if (match === null || value === undefined || PROMPT.test(value)) return undefined;
  if (looksLikeCommand(line) || isHarmlessValue(value)) return undefined;
  // Another question.
  if (isAnswer && value.endsWith('?') && findSecretKind(value.slice(0, -1), 'colon')) return undefined;
  // The names of secrets in a list of them.
  if (isList && /^[a-z]+(?:[_-][a-z]+)+$/.test(value) && findSecretKind(value, 'json')) return undefined;
  // `Welcome!`
  const isSaid = isOrdinary(value.replace(/[.!?]{1,3}$/, '')) && !(isPlaced && isDay(value));
  const isAnyWord = (isMember || isPlaced) && !isSaid;
  const isChosen =
    /^\p{Lu}.{4}|[\d!$#%&*+?@~]|.[A-Z]/u.test(value) && !isTechnical(value) && !isColumnName(value);
  if ((isAnswer || (isBare && kind !== 'api-key')) && isChosen && !isSaid) return toSpan(value);
  if ((isAnswer || (isBare && kind !== 'api-key' && kind !== 'key')) && isCoined(value)) return toSpan(value);
  if (!isAnyWord && !SECRET_LIKE.test(value) && !DIGITS.test(value) && !(isBare && isMarked(value)))
    return undefined;
  return toSpan(value);

  function toSpan(text: string): Span {
    const start = from + (match?.[0].indexOf(text) ?? 0);
    return { start, end: start + text.length, kind };
  }
}

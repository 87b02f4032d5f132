import type { Quote, Section } from '../../evidence/types.ts';
import type { Fact } from '../fact.ts';
import type { ExplainedLine, UserNotice } from '../values.ts';
import { clientsWithoutXauth, ENABLED_OFF, XAUTH } from './client-profile.ts';
import { isOfPerson, keepFirst, personStart } from './person-lines.ts';

/** A percentage of something else: `the VPN gateway has 98 % CPU load`, `10 % of the VPN users fail`. */
const SHARE =
  /% (?:of|der|des)\b|\b(?:CPU|RAM|memory|disk|load|usage|utili[sz]ation|pool|battery|licen[cs]es?|Auslastung|Speicher)\b/i;
/**
 * Messages of KB 333869, KB 277343, KB 192027, KB 369685, KB 211965 and of openfortivpn, which a person copies from a
 * screen, what people say of a phone, and where FortiClient stops: `FortiClient stops at 98 %`, `the client stops at the end`.
 */
const NOTICES: readonly (readonly [kind: UserNotice['kind'], words: RegExp, except?: RegExp])[] = [
  ['eap-password-error', /\bEAPPasswordError\b/i, /\bTTLS\b/i],
  // `NPS event viewer shows 6273`, `event 6273: Network Policy Server denied access`
  ['nps-event', /\b(?:NPS|event)\b.{0,60}\b6273\b|\b6273\b.{0,40}\bNetwork Policy Server\b/i],
  ['too-many-attempts', /too many bad (?:login )?attempts/i],
  ['already-connected', /already have an open SSL[ -]?VPN connection/i],
  // `openfortivpn vpn.example.com:10443 -u wren`
  ['other-client', /\bopenfortivpn\b|could not authenticate to gateway/i],
  // `Your PC does not meet the host checking requirements set by the firewall.`, `reason="host check failed"`
  [
    'host-check',
    /(?:does|did) not meet the (?:host )?security requirements|\bhost checking requirements\b|(?<![a-z])host[ _-]?check(?: has| validation)?[ _-](?:failed|fehlgeschlagen)\b|\bfailed (?:the )?host[ -]?check\b/i,
  ],
  // `ERROR:  Could not get VPN configuration (HTTP status code).`, `WARN:   Looks like a HTTP 403.`
  [
    'no-tunnel',
    /\bcould not get VPN configuration \(HTTP status code\)|^(?:\S+ \S+ )?(?:WARN|ERROR): +Looks like a HTTP 403\b/i,
  ],
  ['no-address', /\bno more IP address(?:es)? available/i],
  [
    'late-end',
    /\((?:Error=)?-14\)|\b(?:FortiClient|client|VPN|login|connection|stops?|stuck|hangs?|Anmeldung|Verbindung|bleibt|bricht)\b.{0,80}(?<!\d)(?:80|98) ?(?:%|per ?cent\b|Prozent\b)|\bFortiClient\b.{0,40} (?:at|bei) (?:80|98)(?=[,.;!?)]|$| (?:or|oder|for|and|then|every|since|bei|und|dann|immer|seit)\b)|\b(?:80|98) ?% (?:and|und|then|dann) (?:then |dann )?(?:nothing|nichts|stops|hangs|Schluss)\b|\b(?:Forti)?client\b.{0,20} (?:stops|hangs|sticks) (?:right )?at the (?:very )?end(?=[,.;!)]|$)|\bFortiClient\b.{0,40}\b(?:bricht|stoppt|stops|fails|aborts)\b.{0,40}\b(?:kurz vor (?:Schluss|dem Ende)|(?:near|just before) the end)\b/i,
    SHARE,
  ],
  // `Our colleague abroad can't reach the VPN`, `VPN nicht erreichbar`, `FortiClient stops at 10 %`, `nobody gets in (10 %)`, `none gets past 10 %`
  [
    'unreachable',
    /VPN server may be unreachable|\b(?:can(?:not|['’]?t)|unable to|(?:could|do|does|did)(?: not|n['’]?t)) (?:even )?reach (?:the |our |my )?(?:SSL[- ]?)?VPN(?! (?:users?|clients?))\b|\b(?:can(?:not|['’]?t)|nobody can|unable to) (?:even )?(?:open|load) (?:the |our )?(?:SSL[- ]?)?VPN (?:page|portal)\b|\bVPN\b.{0,30}\bnicht erreichbar\b|\b(?:nobody|no one|niemand|keiner) (?:reaches|gets to|erreicht) (?:the |our |das |den )?(?:SSL[- ]?)?VPN\b|(?<!\d)10 ?%.{0,80}\bVPN\b|\b(?:VPN|FortiClient)\b.{0,80}(?<!\d)10 ?%|\b(?:nicht|niemand|keiner|nobody|can(?:not|['’]?t)|stops?|stuck|hangs?|dies|fails?|bleibt|bloqu\w{1,6}|ferma|queda|blijft)\b.{0,30} (?:\(|(?:at|bei|à|al|en|op) )10 ?%|\b(?:gets?|got|comes?|goes|kommt|kommen|kam) (?:\w+ )?(?:past|beyond|further than|über) 10 ?%/i,
    SHARE,
  ],
  // `ab 9 Uhr kommt niemand mehr rein`, `he can't get in`, `(no 39947 after it)`; not of a setting: `no tunnel mode`
  [
    'not-in',
    /\bunable to establish the (?:SSL[- ]?)?VPN connection|\b(?:no|kein(?:en)?) (?:39947|(?:VPN[- ])?tunnel(?![- ]?mode))\b|\b(?:nobody|no one|can(?:not|['’]?t)) (?:\w+ ){0,2}(?:gets?|comes?|log) in\b|\b(?:niemand|keiner|nicht)\b.{0,30}\b(?:he?r?ein|rein)\b/i,
  ],
  // `FortiClient with IPsec runs into a timeout`, `the IPsec client of wren times out`, what FortiClient shows of IPsec
  [
    'ipsec-client',
    /\bcheck your configuration, network connection,? and pre-?shared key\b|\bFortiClient\b.{0,80}\b(?:IP[Ss]ec|IKE(?:v[12])?)\b|\b(?:IP[Ss]ec|IKE(?:v[12])?)\b.{0,80}\bFortiClient\b|\b(?:IP[Ss]ec|ipsec) (?:VPN )?(?:client|user)s?\b|\bUDP (?:ports? )?4?500\b.{0,40}\b(?:block|filter|clos|gesperrt|blockiert)/i,
  ],
  // `action="ssl-new-con"` of the event log, `FortiSslvpn: 9120: error` and `SSLVPN configuration is wrong` of FortiClient
  [
    'ssl-client',
    /\baction="?ssl-new-con\b|\bFortiSslvpn\b|\bCredential or SSL ?VPN configuration is wrong\b/i,
  ],
  // `the dump says "platform":"android"`, not the whole body, which is a push of a login
  ['push-platform', /"platform" ?: ?"(?:android|ios)"/i, /"sender" ?:/],
  // `No message-authenticator attribute`: what *Test Connectivity* of a RADIUS server shows
  ['radius-unsigned', /\bNo message-authenticator attribute\b/i],
  // `    leftauth=psk` of ipsec.conf, `authentication of '192.0.2.7' (myself) with pre-shared key` of charon
  [
    'client-without-eap',
    /^\s{0,40}leftauth2? ?= ?(?:psk|secret|pubkey|rsa|ecdsa)\b|\bauthentication of '[^']{1,200}' \(myself\) with (?:pre-shared key|RSA|ECDSA)/,
  ],
  // `dump: <saml:Issuer>https://idp.heron.example/meta/</saml:Issuer>`; in a request it is the name of the FortiGate.
  [
    'saml-issuer',
    /<(?:saml2?:)?Issuer\b[^>]{0,200}>[^<\s]{1,250}<\/(?:saml2?:)?Issuer>/,
    /AuthnRequest|\/(?:remote|firewall)\/saml\/|LogoutRequest/,
  ],
  ['certificate-refused', /cannot validate the server certificate/i],
  // Codes of browsers for the page of the VPN, and what OpenSSL says in the log of a client: `The page of the VPN shows NET::ERR_CERT_DATE_INVALID`, `error sslvpn certificate verify failed: … certificate has expired`
  [
    'vpn-certificate',
    /\bVPN\b.{0,120}\b(?:NET::ERR_CERT_(?:DATE|AUTHORITY|COMMON_NAME)_INVALID|SEC_ERROR_(?:EXPIRED_CERTIFICATE|UNKNOWN_ISSUER)|SSL_ERROR_BAD_CERT_DOMAIN)\b|\b(?:NET::ERR_CERT_(?:DATE|AUTHORITY|COMMON_NAME)_INVALID|SEC_ERROR_(?:EXPIRED_CERTIFICATE|UNKNOWN_ISSUER)|SSL_ERROR_BAD_CERT_DOMAIN)\b.{0,120}\bVPN\b|\bsslvpn\b.{0,60}\bcertificate (?:verify failed|verification failed|has expired)\b/i,
  ],
  // `Error 13806: IKE failed to find valid machine certificate`
  [
    'windows-no-certificate',
    /\bIKE failed to find (?:a )?valid machine certificate\b|\berror (?:code )?(?:returned on failure is )?13806\b/i,
  ],
  // `Error 13801: IKE authentication credentials are unacceptable`, `The error code returned on failure is 13801`
  [
    'windows-certificate',
    /\bIKE authentication credentials are unacceptable\b|\berror (?:code )?(?:returned on failure is )?13801\b/i,
  ],
  // `her phone rings, she tapped Approve at once`, `nach „Genehmigen“ passiert nichts`, `he gets the push and approves`; instructions say `press Approve`.
  [
    'push-shown',
    /\b(?:phone|mobile) (?:rings|rang|buzzes|buzzed|vibrates|vibrated|beeps|beeped)\b|\b(?:I (?:tap|press|hit|click)|(?:I|he|she|they|user|customer) (?:\w+ )?(?:tapped|pressed|hit|clicked))(?: on)? ["“'«]?approve\b|(?:^|\()(?:tapped|pressed|hit|clicked) ["“'«]?approve\b|\b(?:gets|got|receives|received)\b(?<!\bnever \w{3,8}) (?:(?:the|a|his|her|their) )?(?:(?!no\b)\w+ )?push(?: from\b| on\b| and\b|,)|\bwhile (?:the |a )?user \w{0,8} ?approved\b|\bnach (?:dem )?["„“»]?(?:Genehmigen|Approve|Bestätigen)\b.{0,12}\b(?:passiert|geschieht) nichts\b|\b(?:pulsa|pulsó|appuie sur|a appuyé sur|tippt auf|drückt(?: auf)?|tocou em|preme) ["“«'„]? ?(?:Aprobar|Approve|Approuver|Genehmigen|Aprovar|Approva)\b|\bmientras (?:el|la) usuari[oa] aprobaba\b/i,
  ],
];
/** Stands beside what the client shows: `FortiClient VPN (free, 7.2.4)`, `der kostenlose FortiClient hängt bei 98 %`, `FortiClient ist die kostenlose VPN-Version`, `o FortiClient VPN gratuito` */
const FREE_CLIENT =
  /\bFortiClient(?: VPN)? \((?:the )?(?:free|kostenlos)|\b(?:free|kostenlose[nr]?) (?:version (?:of|von) )?(?:the )?["„“]?FortiClient\b|\bFortiClient VPN[- ]only\b|\bFortiClient(?: VPN)? (?:free|gratis|grátis|gratuit[oae]?)\b|\bFortiClient (?:is|ist) (?:the |die )?(?:free|kostenlose)\b/i;
/** Words of a person or a typed command, not a line of a log: `the FortiToken app stays silent`, `fgt # diagnose fortitoken info` */
const PUSH_WORDS =
  /\b(?:push(?:es)?|ftm|fortitoken|FTKMOB|2FA|MFA|(?:two|second)[ -]factor(?! Auth$)|tokens?|tapped|approves?d?)\b/i;
const PUSH_NAMED = new RegExp(`^(?!\\[|\\d{4}-|\\d{1,8}: |ike |date=|id=).{0,300}${PUSH_WORDS.source}`, 'i');
/** Words that a text about the message has before it, and a report of it has not: `What to do when users are told "…"`. */
const ABOUT =
  /\b(?:what to do|how to|troubleshooting|(?:if|when(?:ever)?) (?:an?|any|users?|clients?|people|somebody|someone)|(?:if|should) (?:the|your) (?:user|client|forticlient)|users (?:who|that|with))\b/i;
/** What an answer puts into words. */
const EXPLAINED: readonly (readonly [kind: ExplainedLine['kind'], words: RegExp])[] = [
  // `[2210:root:1a]rmt_web_access_check:777 access failed, uri=[/remote/logincheck],ret=4103,`
  ['access-failed', /\baccess failed, uri=\[\/remote\/login(?:check)?\],ret=(?:4103|5003)\b/],
  // `[2210:root:1a]two factor check for marlow: off`, `2026-03-02 09:12:05 [2210:root:1a]two factor check for marlow: off`
  ['factor-off', /^(?:[\d-]{10} [\d:.]{8,15} )?\S{0,40}\]?\s*two factor check for .{1,80}: off\b/],
  // `[2369] handle_req-Rcvd auth_cert req id=700219000011, len=3411, opt=8`
  ['own-certificate', /\bRcvd auth_cert req id=\d{1,20}, len=\d{1,8}, opt=8\b/],
  // `fgt # diagnose debug application sslvpn -1`, `fgt (root) # diag debug enable`, typed at a prompt
  [
    'debug-command',
    /(?<=^\S{1,64}(?: \([^)]{1,40}\))? [#$] ?)diag\w* deb\w* (?:app\w* \S+ -?\d{1,5}|en\w*|dis\w*|reset)$/i,
  ],
  // `ike V=root:0:crew:90: retransmission, re-send last message`
  ['retransmission', /^(?:\S+ \S+ )?ike .{1,120}\bretransmission, re-send last message/],
  // `ike V=root:0:crew:90 EAP 5119202 result FNBAM_CHALLENGED`
  ['eap-challenged', /\bEAP \d{1,20} result FNBAM_CHALLENGED\b/],
  // `[430] auth_local-No conclusion, FNBAM_UNKNOWN`
  ['no-conclusion', /\bauth_local-No conclusion, FNBAM_UNKNOWN\b/],
  // `ike V=root:0:crew_0:90: mode-cfg could not allocate IPv6 address`
  ['no-ipv6', /\bmode-cfg could not allocate IPv6\b/],
  // `ike V=root:0:crew: EAP succeeded for user "wren" group "staff" 2FA=no`
  ['no-factor', /\b(?:EAP|XAUTH) succeeded for user ".{1,300}" 2FA=no\b/],
  // `__samld_sp_login_resp [847]: Clock skew tolerance: 15`
  ['skew-tolerance', /\bClock skew tolerance: \d/],
  // `[2362] handle_req-Can't abort, no active req 5277001`
  ['no-abort', /\bCan't abort, no active req\b/],
  // `ike V=root:0: invalid IKE request SPI 99aabbccddeeff00/1122334455667788:0`
  ['unknown-spi', /\binvalid IKE request SPI\b/],
  // `SSL: (where=0x2002 ret=0xffffffff)SSL_accept:error in before SSL initialization`
  ['tls-begin', /\bSSL_accept: ?error in before SSL initialization\b/],
  // `[2210:root:1a]User Agent: FortiSSLVPN (Windows NT; SV1 [SV{v=02.01; f=07;}])`, which is sent inside TLS
  ['client-came', /\]User Agent: FortiSSLVPN\b/],
  // `wren cannot log in since 9`, `Frau Keller kommt nicht rein`, `gestern kam ihr kein Push`
  [
    'complaint',
    /\b(?:can(?:not|['’]?t)|unable to|could(?:n['’]?t| not)) (?:\w+ )?(?:log ?[io]n|sign ?in|connect|get in)\b|\bkann sich nicht (?:anmelden|einloggen)\b|\bkommt nicht (?:rein|ins VPN)\b|\b(?:kam|kommt) (?:\S{1,20} ){0,4}kein Push\b|\bFortiClient\b.{0,40}\bconnection fail(?:s|ed)\b/i,
  ],
  // What is denied is looked for behind the word: in front of it every character of every line would be a start.
  // `marlow is connected, but no traffic passes`, `VPN steht, aber kein Zugriff auf die Server`
  [
    'no-traffic',
    /\b(?:connected|connects|(?:is|comes) up|established|verbunden|verbindet|steht)\b(?<!\b(?:not|never|nicht|isn['’]t)\b.{0,24})(?!.{0,40}\d ?%).{0,60}?(?:\b(?:but|and|yet|however|aber|doch|jedoch)\b|[,;:–—-]).{0,40}?\b(?:no (?:\w+ ){0,2}(?:traffic|data|access|internet|network|servers?|shares?|sites?)\b|nothing (?:opens|works|loads|passes|comes)\b|reach(?:es|ed)? (?:neither|nothing|no)\b|(?:can(?:not|['’]?t)|unable to) (?:\w+ )?(?:ping|access|open|reach)\b(?!.{0,20}\b(?:gateway|VPN|login|portal)\b)|kein(?:e|en)? (?:Zugriff|Verkehr|Traffic|Daten|Internet|Netz)\b|nichts (?:geht|lädt|öffnet)\b)/iu,
  ],
];
/** Lines that every log of sound logins has: they are explained once. */
export const OF_SOUND_LOGIN: ReadonlySet<ExplainedLine['kind']> = new Set([
  'retransmission',
  'eap-challenged',
  'no-conclusion',
  'no-ipv6',
  'no-factor',
  'unknown-spi',
  'skew-tolerance',
  'no-abort',
  'tls-begin',
  'client-came',
]);
/** Beside what else the line says: `since the update`, `it worked yesterday`, `seit heute morgen`, `only from home`, `nur im Homeoffice` */
const BESIDE: readonly (readonly [kind: ExplainedLine['kind'], words: RegExp])[] = [
  // `Credential or SSLVPN configuration is wrong (-7200)`, `irgendwas mit -455`, `FortiClient stops at 48 %`, `Please check your configuration, network connection and pre-shared key.`
  [
    'client-code',
    /\bcheck your configuration, network connection,? and pre-?shared key\b|\(-\d{3,5}\)|\b(?:unreachable|denied)\b[^()]{0,20}\(-\d{1,2}\b|\berror(?: code)?:? -\d{1,5}\b|\b(?:code|Fehler|Meldung|with|mit|says|sagt|shows|zeigt)\b[^.!?]{0,20}[ "(]-(?:455|5029|6005|7200|20199)\b|(?:FortiClient|VPN)\b.{0,80}\b(?:stops?|stuck|hangs?|bleibt|hängt|stoppt)\b.{0,20}\b\d{2} ?(?:%|percent\b)/iu,
  ],
  [
    'said-since',
    /\b(?:since|after) (?:(?:the|our|an?|this|last|yesterday['’]s) )?(?:firmware |FortiOS )?(?:update|upgrade|patch)\b|\b(?:seit|nach) (?:dem|einem|unserem) (?:Firmware-?)?(?:Update|Upgrade|Patch)\b|\b(?:since|until) (?:this morning|yesterday|last (?:night|week)|today)\b|\bworked (?:fine )?(?:yesterday|last week|this morning)\b|\bseit (?:heute|gestern)\b|\bgestern (?:ging|lief|funktionierte)\b/i,
  ],
  [
    'said-where',
    /\bonly (?:from|at|in) (?:home|the office|hotels?|abroad)\b|\bnur (?:im|vom|aus dem|in den) (?:Home-?office|Büro|Hotels?|Ausland)\b/iu,
  ],
];
/** The content of a line is at its start; the rest of a giant line is ignored. */
const MAX_LINE_LENGTH = 600;
/** What a device or a client prints as well; every other kind is read from the words of a person alone. */
const PRINTED: ReadonlySet<UserNotice['kind'] | ExplainedLine['kind']> = new Set<
  UserNotice['kind'] | ExplainedLine['kind']
>([
  'ssl-client',
  'too-many-attempts',
  'already-connected',
  'other-client',
  'host-check',
  'no-tunnel',
  'no-address',
  'radius-unsigned',
  'saml-issuer',
  'client-without-eap',
  'certificate-refused',
  'vpn-certificate',
  'windows-no-certificate',
  'windows-certificate',
  'access-failed',
  'factor-off',
  'own-certificate',
  'debug-command',
  ...OF_SOUND_LOGIN,
]);

/** Lines that the functions below read, of a person and of a device: the latter takes a tenth of the time. */
const INTERESTING = linesWith(() => true, PUSH_WORDS);
const INTERESTING_IF_PRINTED = linesWith((kind) => PRINTED.has(kind), PUSH_NAMED);

/** `push`: a search from the start of each line takes half of the time. */
function linesWith(
  isOf: (kind: UserNotice['kind'] | ExplainedLine['kind']) => boolean,
  push: RegExp,
): RegExp {
  const words = [...NOTICES, ...EXPLAINED, ...BESIDE].filter(([kind]) => isOf(kind));
  const all = [FREE_CLIENT, push, XAUTH, ENABLED_OFF, ...words.map(([, each]) => each)];
  const printed = 'RADIUS, Access-|> application fnbamd|^SSL-?VPN state: ';
  return new RegExp([printed, ...all.map(({ source }) => source)].join('|'), 'i');
}

/** Lines that the functions below read, and which of them are the words of a person. */
export interface NoticeLines {
  readonly lines: readonly Quote[];
  readonly said: ReadonlySet<Quote>;
}

export function readUserNotices({ lines, said }: NoticeLines): Fact<readonly UserNotice[]> {
  const notices = lines.flatMap((quote): UserNotice[] => {
    const isPerson = said.has(quote);
    const kind = NOTICES.find(
      ([name, words, except]) =>
        (isPerson || PRINTED.has(name)) && isSaid(quote.text, words) && !except?.test(quote.text),
    )?.[0];
    return [
      ...(kind === undefined ? [] : [{ kind, quote }]),
      ...(FREE_CLIENT.test(quote.text) ? [{ kind: 'free-client' as const, quote }] : []),
      ...(PUSH_NAMED.test(quote.text) ? [{ kind: 'push-named' as const, quote }] : []),
    ];
  });
  return keepFirst(
    [...notices, ...clientsWithoutXauth(lines)],
    'the evidence contains no message that a user saw',
  );
}

/** Whether a person reports the message; a text about it says nothing about this case. */
function isSaid(text: string, words: RegExp): boolean {
  const at = text.search(words);
  return (
    at !== -1 &&
    !ABOUT.test(
      text
        .slice(0, at)
        .split(/[.!?] /)
        .at(-1) ?? '',
    )
  );
}

export function readExplainedLines({ lines, said: words }: NoticeLines): Fact<readonly ExplainedLine[]> {
  const seen = new Set<ExplainedLine['kind']>();
  const found = lines.flatMap((quote): ExplainedLine[] => {
    const isPerson = words.has(quote);
    const beside = (isPerson ? BESIDE : []).flatMap(([kind, pattern]): readonly ExplainedLine[] => {
      const [said] = pattern.exec(quote.text) ?? [];
      return said === undefined ? [] : [{ kind, said, quote }];
    });
    for (const [kind, pattern] of EXPLAINED) {
      const [said] = isPerson || PRINTED.has(kind) ? (pattern.exec(quote.text) ?? []) : [];
      if (said === undefined) continue;
      // A log repeats them with each login.
      if (OF_SOUND_LOGIN.has(kind) && seen.has(kind)) return beside;
      seen.add(kind);
      return [{ kind, said, quote }, ...beside];
    }
    return beside;
  });
  return keepFirst(found, 'the evidence contains nothing to put into words');
}

/**
 * The lines that the functions above read. Comments of a configuration may contain similar texts, so configurations
 * are skipped.
 */
export function noticeLines(sections: readonly Section[]): NoticeLines {
  const said = new Set<Quote>();
  const lines = sections
    .filter(({ kind }) => kind !== 'config')
    .flatMap((section) => interestingQuotes(section, said));
  return { lines, said };
}

/** Characters of `2FA`. */
const SHORTEST = 3;

function interestingQuotes(section: Section, said: Set<Quote>): readonly Quote[] {
  const from = personStart(section);
  return section.lines.flatMap((line, index) => {
    if (line.length < SHORTEST) return [];
    const text = line.slice(0, MAX_LINE_LENGTH).trim();
    const isPrinted = section.kind !== 'other' && !(from <= index && isOfPerson(section, line));
    if (!(isPrinted ? INTERESTING_IF_PRINTED : INTERESTING).test(text)) return [];
    const quote = { source: section.source, line: section.start + index, text };
    if (!isPrinted && isOfPerson(section, line)) said.add(quote);
    return [quote];
  });
}

import { isOrdinary } from '../ordinary-words.ts';
import { patternFor } from '../pattern-for.ts';
import type { Span } from '../spans.ts';
import { hasInnerMark, isJoined, isUnsaid } from '../unsaid.ts';
import { isTechnical, looksChosen, matchesIn, readQuoted, readWord, toSpan } from '../values.ts';

/** Words before a name and its password: `log in with wren / …`, `credentials: wren:…`. */
const WORDS = [
  'log(?:ged|ging|s)?[ -]?(?:in|on)|logins?|sign(?:ed|ing)?[ -]?in|credentials?|creds?|tr(?:y|ied)|fails(?=[ ]with)',
  '(?:(?:(?:login|account)[ ])?details|(?:login|account)[ ]data|login-?daten|zugriffsdaten|login[ ]info)(?=[ ]?[:=]|[ ](?:are|is)[ ])|get[ ]in|account(?=[ ]is[ ]|[ ]?:)|access(?=[ ]?:[ ]user[ ])',
  'use(?=[ ](?:(?:forti)?admin\\w{0,10}|root)[ ]and[ ])|dane do logowania|basic auth(?:entication)?(?:[ ]decoded)?(?=[ ]?[:=])',
  // German, French, Spanish, Italian, Dutch, Portuguese, Polish, Czech, Turkish, Swedish, Finnish, Hungarian.
  '(?:[\\p{L}]{2,12}-)?zugang(?:sdaten|(?=[ ]?:|[ ](?:für|fürs|zum|zur|ist|war|lautet)[ ]))|anmelde(?:daten|n)|anmeldung|einloggen|identifiants?|connexion|accès(?=[ ]?:)|inicio de sesión|melde[ ]mich|(?:test|demo|gast|guest|service|dienst)[ -]?(?:user|benutzer|konto|account|zugang)(?=[ ]?:)|credenciales|acceso|credenziali',
  'inlog(?:gen|gegevens)|credenciais|acesso|dane logowania|logowanie|(?:p)?řihlášení|přihlašovací údaje|giriş(?: bilgileri)?',
  'inloggning|kirjautuminen|bejelentkezés|date de autentificare',
  // Russian, Ukrainian, Chinese, Japanese, Korean.
  'логин|уч[её]тные данные|доступ|облікові дані|登录|登入|账号|ログイン(?:情報)?|アカウント|로그인|계정',
].join('|');
const NAMES_OF = {
  user: 'u|un|usr|user(?:name)?|login|id|account|benutzer(?:name)?|utilisateur|usuario|utente|usu[aá]rio|gebruiker(?:snaam)?|u[zż]ytkownik|kullan[ıi]c[ıi]|u[zž]ivatel|anv[aä]ndare|bruger|bruker',
  password:
    'p|pw|pwd|pass(?:word|wd|wort|e)?|kennwort|mdp|mot[ ]de[ ]passe|clave|contrase[nñ]a|senha|wachtwoord|has[lł]o|heslo|parola|[sş]ifre|l[oö]senord|adgangskode|passord',
} as const;
const LINK =
  '(?:[ \\t(]{0,3}(?:->|=>|→|is|are|were|was|ist|war|lautet|est|es|és|è|é|jest|as|with|using|by|the|my|admin|mit|sind|lauten|als|avec|sont|con|son|sono|met|zijn|com|são|z|to|s|są|jsou|ile|med|är|on|с|是|は|:|：|=|-|–)(?=[ \\t:]|[^a-zà-ÿ])){0,4}[ \\t(]{0,3}';
const FOR =
  '(?:[ ](?:for|für|fürs|zum|zur)(?:[ ](?:the|our|my|this|that|das|den|die))?[ ][\\w.-]{1,40}(?=[ :]))?';
/** The name may have a label of its own: `credentials are user wren, …`. */
const NAME =
  '(?!(?:work|fail)(?:s|ed)?[ ]|(?:id|guid|type|process)[ ]?:)(?:(?:the[ ])?(?:user(?:name)?|account)[ ])?["\'“`]?[^\\s/:,;|"\'”`()=]{1,64}["\'”`]?';
const BETWEEN =
  '(?:[ \\t]{0,2}(?:[/|\\\\]|:(?!//))[ \\t]{0,2}|[ \\t]{0,2}[,;&+][ \\t]{0,2}|[ \\t](?:and|with|und|mit|et|avec|y|con|e|en|met|i|z|a|ve|och|-|–)[ \\t])';

const loginIn = patternFor(
  `(?<![\\p{L}\\p{N}_]|[\\p{L}\\p{N}_][-.])(?:${WORDS})(?![\\p{L}])(?!\\.\\w)${FOR}${LINK}${NAME}${BETWEEN}(?=\\S)`,
  'gi',
);
/** A label for name and password, in any language: only a blank may separate the two values. */
const bothIn = patternFor(
  `(?<![\\p{L}\\p{N}_.]|[\\p{L}\\p{N}_]-)(?:${NAMES_OF.user})[ ]?(?:/|&|\\+|and|und|et|y|e|en|i|:)[ ]?(?:${NAMES_OF.password})(?![\\p{L}\\p{N}])${LINK}${NAME}(?:${BETWEEN}|[ ])(?=\\S)`,
  'gi',
);
/** The label of the password that every match of `bothIn` contains. Most logs have none, so that V8 need not compile `bothIn`. */
const PASSWORD_LABEL = new RegExp(
  `(?:[/&+:]|and|und|et|y|e|en|i)[ ]?(?:${NAMES_OF.password})(?![\\p{L}\\p{N}])`,
  'iu',
);
/** `the VPN user is wren, pass …`. */
const STATED_NAME =
  /(?<!\w)(?:user(?:name)?|login)[ ](?:is|was)[ ][^\s:=,/]{1,64}(?:,|[ ]and)?[ ](?:the[ ])?(?:pass|pwd?)[ ](?:is[ ]|was[ ])?(?=\S)/gi;
/** `use wren/…`: a name and its password without a blank between them. */
const USED_PAIR =
  /(?<!\w)(?:use|try(?:ing)?|connect(?:ed|ing)?[ ](?:as|with))[ ][A-Za-z][\w.-]{1,32}(?:[/:]|[ ]\/[ ])(?!\/)(?=\S{8})/gi;
/** Another pair of the same list. */
const NEXT = new RegExp(`[ \\t]{0,2}[,;&][ \\t]{0,2}(?:and[ ])?${NAME}[/:](?=\\S)`, 'uy');
/** `U: wren P: …`. */
const INITIALS =
  /(?<!\w)U(?:ser|sr|N)?[ \t]{0,2}[:=][ \t]{0,2}[^\s:=]{1,64}[ \t,;/|]{1,4}P(?:W|ass|wd)?[ \t]{0,2}[:=][ \t]{0,2}(?=\S)/gi;
/** A name of an administrator says so itself: `admin / …`. */
const ADMINISTRATOR =
  /(?<![\w.]|\w-)(?:(?:forti)?admin\w{0,10}(?:[ ]?\/[ ]?|:(?!x:)|[ ]?,[ ])|(?<![:=/@[])root(?:[ ]?\/[ ]|[ ]?,[ ]|:(?!:|x:|\$\d)))(?=\S{8})/gi;
/** `logs in with …`, with a password alone. */
const ALONE =
  /(?<!\w)(?:log(?:ged|ging|s)?[ -]?(?:in|on)|sign(?:ed|ing|s)?[ -]?(?:in|on)|login[ ]works|get(?:s|ting)?[ ]in|tr(?:y|ied)(?:[ ]it)?)(?:[ ]as[ ](?:the[ ])?[\w.@-]{1,64})?[ ](?:with|using)[ ](?:just[ ]|only[ ]|the[ ]|my[ ]|his[ ]|her[ ])?(?=\S{8})/gi;
/** In a sentence about an account: `for the test account use demo / …`, `the admin of the firewall (admin / …)`. */
const OF_ACCOUNT =
  /(?<!\w)(?:use|try|nutzen?|nimm|nehmen|bitte|ist|is)[ ][A-Za-z][\w.-]{1,32}[ ]?\/[ ]?(?<=(?:account|login|user|zugang|konto|benutzer|test\w{0,8}|demo|you[ ]can)(?!\w).{1,60}|[ ]bitte[ ].{1,40}|^bitte[ ].{1,40})(?=[^\s/-]{2,32}-[^\s/])|(?:account|user|admin|login|zugang|benutzer|konto|firewall)(?!\w)[^()/]{0,40}\([\w.-]{2,32}[ ]?\/[ ]?(?=[^\s()]{5,64}\))/gi;
/** `fw1 = 192.0.2.1 admin/…` */
const OF_ADDRESS =
  /(?:\d{1,3}(?:\.\d{1,3}){3}|https?:\/\/\S{4,60})[ \t:,(-]{1,4}(?:admin|root)(?:[ ]?\/[ ]?|[ ](?:\+[ ])?(?=\S{6,64}$))(?=\S{5})/gi;
/** The command of Redis, which in protocols also stands before the name of a method. */
const REDIS_AUTH =
  /(?:(?<![\w:.]|\w-|[A-Z][ ])AUTH(?=[ ](?!msg|message|payload|request|response|exchange))|^\S{1,64}>[ ]auth)[ ](?:default[ ])?(?=\S{8})/g;
/** What a service or an address of mail stands before, alone in its line: `FTP: wren / …`, `wren@example.com / …`. */
const OF_SERVICE =
  /(?:^|[\s>*•+-])(?:(?:s?ftp|webmail|[\w-]{0,12}portal|e?-?mail|forticloud|forticare|dyndns|ddns|no-ip|pppoe|[\w-]{0,12}(?:wlan|wi-?fi)|ssid|radius|rdp|smb|nas|xauth|eap|smtp|imap|svc-[\w-]{1,12}(?=[ ]\/)|[\w-]{1,12}-login)(?::[ ]|[ ])[^\s/]{1,64}|vpn[\w.-]{1,40}(?::\d{2,5})?[ ]\/[ ][^\s/]{1,64}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4})[ ]\/[ ](?=\S{8,64}\s*$)/gi;
/** A second value beside one that is hidden: `the pass was <password#1>, or …`, `"<password#1>" -> "…"`. */
const OR_ANOTHER =
  /<(?:password|psk|secret)#\d{1,6}>,?[ ]or[ ](?:maybe[ ]|it[ ]was[ ]|was[ ]it[ ])?(?=\S{8})|<[a-z-]{3,12}#\d{1,6}>"[ ]->[ ](?=")/g;
/** With a part of each match that is much cheaper to search for. */
const FORMS: readonly {
  readonly hint: RegExp;
  readonly pattern: RegExp | ((line: string) => RegExp);
  /** Other values than a password may follow. */
  readonly isVague: boolean;
}[] = [
  { hint: /(?<![a-z])u(?:n|ser|sr)?[ \t]{0,2}[:=]/i, pattern: INITIALS, isVague: false },
  { hint: PASSWORD_LABEL, pattern: bothIn, isVague: false },
  { hint: /[ ](?:is|was)[ ]/i, pattern: STATED_NAME, isVague: false },
  { hint: /admin|root/i, pattern: ADMINISTRATOR, isVague: true },
  { hint: /[ ][\w.-]{2,32}[ ]?\/[ ]?\S|\([\w.-]{2,32}[ ]?\//, pattern: OF_ACCOUNT, isVague: false },
  { hint: /[ \t:,(-](?:admin|root)[ ]?[/ ]/i, pattern: OF_ADDRESS, isVague: false },
  { hint: /use[ ]|try|connect/i, pattern: USED_PAIR, isVague: true },
  { hint: /[ ](?:with|using)[ ]/i, pattern: ALONE, isVague: true },
  { hint: /auth[ ]/i, pattern: REDIS_AUTH, isVague: true },
  { hint: /[ ]\/[ ]/, pattern: OF_SERVICE, isVague: true },
  { hint: /#\d/, pattern: OR_ANOTHER, isVague: true },
];
const LOGIN_HINT =
  /log(?:ged|ging|s|)[ -]?(?:in|on)|sign|cred|tr(?:y|ied)|fails|details|[ ]data|get in|account|access|use[ ]|logowania|zugang|basic|anmeld|einlogg|identif|connexion|acc[eè]|melde|(?:user|benutzer|konto|account|zugang)[ ]?:|inicio|inlog|logow|řihl|giri|kirj|bejel|autent|логин|учет|учёт|доступ|облік|登|账|ログ|アカ|로그|계정/i;
const STOPS = '|,;)]}"\'';
/** Names of products, people in a domain, tickets. */
const NAMED =
  /^(?:Forti|FTK|FGT|SAML|OAuth|IKEv|TLSv|iPhone|iPad|iOS|Android|Pixel|Galaxy|Windows|Chrome|Firefox|Edge|Azure|[A-Za-z][\w.-]{1,30}\\)/i;
/** `CHG0042118` */
const TICKET = /^[A-Z]{2,8}-?\d{4,}$/;
/** Names of devices and groups end with their number, other words begin with one: `fgt-branch-07`, `2FA-enabled`. */
const NUMBERED =
  /^(?![A-Z][a-z]{3,20}\d{2,4}$|[A-Z][a-z]{5,20}\d$)(?:[A-Za-z]+(?:[-_.][A-Za-z]+){0,6}[-_.]?\d{1,5}|\d{1,4}[A-Za-z]*(?:-[A-Za-z]+){0,6})$/;
/** Other values than a password may follow these words. A backslash without blanks is between a domain and a name. */
const VAGUE =
  /^(?:login[ ](?:is|was|ist|war|lautet)|account|details|data|get)|[ ](?:user(?:name)?|account)[ ][^,]{1,64},[ ]$|\w\\$/i;

/** Whether the line may hold a name with its password. */
export function mayHoldLogin(line: string): boolean {
  return LOGIN_HINT.test(line) || PASSWORD_LABEL.test(line);
}

/** A name with its password in a sentence. The password has letters and digits, or every other pair would be one. */
export function findLogins(line: string): readonly Span[] {
  const spans: Span[] = [];
  const logins = LOGIN_HINT.test(line) ? matchesIn(loginIn(line), line) : [];
  for (const match of logins) {
    const isVague = VAGUE.test(match[0]);
    let found = valueAt(line, match.index + match[0].length, match[0], isVague);
    while (found) {
      spans.push(...toSpan(line, found, 'password'));
      NEXT.lastIndex = found.next;
      const next = NEXT.exec(line);
      found = next ? valueAt(line, next.index + next[0].length, '', isVague) : undefined;
    }
  }
  for (const { hint, pattern, isVague } of FORMS) {
    if (!hint.test(line)) continue;
    for (const match of matchesIn(typeof pattern === 'function' ? pattern(line) : pattern, line)) {
      const found = valueAt(
        line,
        match.index + match[0].length,
        isVague && !/\/[ ]?$/.test(match[0]) ? '' : match[0],
        isVague,
      );
      if (found) spans.push(...toSpan(line, found, 'password'));
    }
  }
  return spans;
}

/** Labels behind which a name and a password stand, whatever the password looks like. */
const CERTAIN =
  /^(?:(?:the[ ])?creds?|credentials?|zugang(?:sdaten|[ ]?:)|anmeldedaten|logindaten|identifiants|credenciales|credenziali|credenciais|inloggegevens|login[ ]?:|u[ ]?:|basic)/i;
/** A mark or capitals that no other second word has, or no blank before it: `eva / Spätzle!`, `root:meadowsweet`. */
const MARKED = /[!#$%&*+?@^~_\d]|[A-Z][a-z][A-Z]/;
/** What both forms of `OF_ACCOUNT` end with, and `OF_ADDRESS`. */
const PLACED = /^(?:use|try|nutzen?|nimm|nehmen|bitte|ist|is|\d)[^(]*\/[ ]?$/i;
const BRACKETED = /\([^()]*\/[ ]?$/;

/** `gdtP7` */
const INNER = /^(?=\S*\d)(?=\S*[a-z])\S*[a-z\d][A-Z]/;

/** `Login: admin / V` */
const BY_ADMINISTRATOR = /(?<!\w)(?:admin\w{0,10}|root)[ ]?\/[ ]?$/i;

function isChosenPair(lead: string, word: string, isVague: boolean): boolean {
  if (
    word.length < (INNER.test(word) ? 5 : 6) ||
    isTechnical(word) ||
    isOrdinary(word) ||
    NAMED.test(word) ||
    TICKET.test(word)
  )
    return false;
  if (isVague && /\/[ ]?$/.test(lead) && /[!#$%&*+?^~]/.test(word)) return true;
  if (!isVague && PLACED.test(lead)) return true;
  if (!isVague && BRACKETED.test(lead) && !NUMBERED.test(word))
    return /[!#$%&*+?^~]|[a-z][A-Z][a-z]/.test(word);
  const isTight = /[^\s]:$/.test(lead);
  const isLogin = /^login/i.test(lead);
  if (isVague || !CERTAIN.test(lead)) return isTight ? isUnsaid(word) : INNER.test(word);
  const isPair = BY_ADMINISTRATOR.test(lead) || (!isLogin && /[:=][^:=/]{1,64}\/[ ]?$/.test(lead));
  return MARKED.test(word) || isPair || (!isLogin && (isTight || isUnsaid(word)));
}

function valueAt(line: string, at: number, lead = '', isVague = false) {
  // Another field: `login=1772442724,access=1772442724`.
  if (/^[a-z_]{2,24}=/.test(line.slice(at, at + 26))) return undefined;
  const quoted = readQuoted(line, at);
  const value = quoted ?? readWord(line, at, STOPS, at + 130);
  const end = line[value.end - 1] === '.' ? value.end - 1 : value.end;
  const word = line.slice(value.start, end);
  if (isChosenPair(lead, word, isVague)) return { ...value, end };
  return hasInnerMark(word) ||
    isJoined(word) ||
    (looksChosen(word) && !(isVague && (NUMBERED.test(word) || NAMED.test(word) || TICKET.test(word))))
    ? { ...value, end }
    : undefined;
}

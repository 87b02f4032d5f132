import { type Hint, hint, hintOfForm, joinHints, patternRow } from '../hint.ts';
import { FOREIGN_HINT } from '../nouns.ts';
import { isOrdinary } from '../ordinary-words.ts';
import { patternFor } from '../pattern-for.ts';
import type { Span } from '../spans.ts';
import { hasInnerMark, isCoined, isJoined, isUnsaid, readLook } from '../unsaid.ts';
import { findMatches, isTechnical, looksChosen, readQuoted, readWord, toSpan } from '../values.ts';

/** Words before a name and its password: `log in with wren / …`, `credentials: wren:…`. */
const WORDS = [
  'log(?:ged|ging|s)?[ -]?(?:in|on)|logins?|sign(?:ed|ing)?[ -]?in|credentials?|creds?|tr(?:y|ied)|fails(?=[ ]with)',
  '(?:(?:(?:login|account)[ ])?details|(?:login|account)[ ]data|login-?daten|zugriffsdaten|login[ ]info)(?=[ ]?[:=]|[ ](?:are|is)[ ])|get[ ]in|account(?=[ ]is[ ]|[ ]?:)|access(?=[ ]?:[ ](?:user|admin|root)[ ])',
  '(?:web|ssh|gui|admin)-login|use(?=[ ](?:(?:forti)?admin\\w{0,10}|root)[ ]and[ ])|dane do logowania|(?:basic auth(?:entication)?(?:[ ]decoded)?|decoded)(?=[ ]?[:=])',
  // German, French, Spanish, Italian, Dutch, Portuguese, Polish, Czech, Turkish, Swedish, Finnish, Hungarian.
  '(?:[\\p{L}]{2,12}-)?zugang(?:sdaten|(?=(?:[ ][\\w.-]{2,24})?[ ]?:|[ ](?:für|fürs|zum|zur|ist|war|lautet)[ ]))|anmelde(?:daten|n)|anmeldung|einloggen|identifiants?|connexion|accès(?=[ ](?:[\\w-]{2,12}[ ])?:)|inicio de sesión|melde[ ]mich|(?:test|demo|gast|guest|service|dienst)[ -]?(?:user|benutzer|konto|account|zugang)(?=[ ]?:|[ ]\\S{2,64}[ ]/[ ]\\S{5,64}$)|credenciales|acceso|credenziali',
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
  '(?:[ ]\\([^()]{1,40}\\)(?=[ ]?:))?(?:[ ](?:for|für|fürs|zum|zur)(?:[ ](?:the|our|my|this|that|das|den|die))?(?:[ ][\\w.-]{1,40}){1,2}(?=[ :])|(?<=(?:daten|credentials?|zugang|identifiants|credenciales|credenziali|credenciais))[ ][\\w.-]{2,24}(?=:[ ])|(?<=log-?in|zugang|access|accès|acceso|connexion)(?:[ ](?:\\w*[-\\d][\\w.-]{0,24}|web|ssh|gui|vpn|fac|fmg|faz|ems|admin)){1,2}(?=[ ]?:[ ]))?';
/** The name may have a label of its own: `credentials are user wren, …`. */
const NAME =
  '(?!(?:work|fail)(?:s|ed)?[ ]|(?:id|guid|type|process|name|page|portal|url|screen|prompt|time|user(?:name)?)[ ]?:)(?:(?:the[ ])?(?:user(?:name)?|account)[ ])?["\'“`]?[^\\s/:,;|"\'”`()=]{1,64}["\'”`]?';
const BETWEEN =
  '(?:[ \\t]{0,2}(?://?|[|\\\\]|:(?!//))[ \\t]{0,2}|[ \\t]{0,2}[,;&+][ \\t]{0,2}|[ \\t](?:and|with|und|mit|et|avec|y|con|e|en|met|i|z|a|ve|och|-|–)[ \\t])';

const loginIn = patternFor(
  `(?<![\\p{L}\\p{N}_]|[\\p{L}\\p{N}_][-.])(?:${WORDS})(?![\\p{L}])(?!\\.\\w)${FOR}${LINK}${NAME}${BETWEEN}(?=\\S)`,
  'gi',
);
/** A label for name and password, in any language: only a blank may separate the two values. */
const bothIn = patternFor(
  `(?<![\\p{L}\\p{N}_.]|[\\p{L}\\p{N}_]-)(?:${NAMES_OF.user})[ ]?(?:/|&|\\+|and|und|et|y|e|en|i|:)[ ]?(?:${NAMES_OF.password})(?![\\p{L}\\p{N}])${LINK}${NAME}(?:${BETWEEN}|[ ])(?=\\S)`,
  'gi',
);
/** Another pair of the same list. */
const NEXT = new RegExp(`[ \\t]{0,2}[,;&][ \\t]{0,2}(?:and[ ])?${NAME}(?:[/:]|[ ][-–/][ ])(?=\\S)`, 'uy');
interface LoginForm {
  readonly hint: Hint;
  readonly pattern: RegExp | ((line: string) => RegExp);
  /** Other values than a password may follow. */
  readonly isVague: boolean;
}
const forms = (flags: string, isVague: boolean) => (strings: TemplateStringsArray) => ({
  ...patternRow(strings, flags),
  isVague,
});
const certain = forms('gi', false);
const vague = forms('gi', true);
const vagueExact = forms('g', true);
const FORMS: readonly LoginForm[] = [
  // `U: wren P: …`.
  certain` p: | p=| p :|pass|pw!|pwd ⟶ (?<!\w)U(?:ser|sr|N)?[ \t]{0,2}[:=][ \t]{0,2}[^\s:=]{1,64}[ \t,;/|]{1,4}P(?:W|ass|wd)?[ \t]{0,2}[:=][ \t]{0,2}(?=\S)`,
  {
    hint: joinHints(
      FOREIGN_HINT,
      hint('u/p|u / p|user/p|user / p|id/p|login/p|login / p|pass|pw!|pwd|u:p|u/k'),
    ),
    pattern: bothIn,
    isVague: false,
  },
  // A name of an administrator says so itself: `admin / …`.
  {
    hint: joinHints(
      hint(
        `admin:|admin/|admin /|admin, |admin , |admin0|administrator:|root / |root/ |root , |root, |"root:|'root:|(root:|+root:|
         >root:|\troot:| root:|\`root:|\\|root:`,
      ),
      hintOfForm(/^[\s>|+*•-]{0,16}root:/),
    ),
    pattern:
      /(?<![\w.]|\w-)(?:(?:forti)?admin\w{0,10}(?:[ ]?\/{1,2}[ ]?|:(?!x:)|[ ]?,[ ])|(?<![:=/@[])root(?:[ ]?\/[ ]|[ ]?,[ ]|:(?!:|x:|\$\d)))(?=\S{8})/gi,
    isVague: true,
  },
  // In a sentence about an account: `for the test account use demo / …`, `the admin of the firewall (admin / …)`.
  certain` / |use |try |bitte |nimm |nutze|nehmen|zugang|account|(admin|(root|(demo|(test ⟶ (?<!\w)(?:use|try|nutzen?|nimm|nehmen|bitte|ist|is)[ ][A-Za-z][\w.-]{1,32}[ ]?\/[ ]?(?<=(?:account|login|user|admin|zugang|konto|benutzer|test\w{0,8}|demo|you[ ]can)(?!\w).{1,60}|[ ]bitte[ ].{1,40}|^bitte[ ].{1,40})(?=[^\s/-]{2,32}-[^\s/]|(?=\S*\d)(?=\S*[A-Z])(?=\S*[a-z])[^\s/]{8,64})|(?:account|user|admin|login|zugang|benutzer|konto|firewall)(?!\w)[^()/]{0,40}\([\w.-]{2,32}[ ]?\/[ ]?(?=[^\s()]{5,64}\)) ⟶ [ (][\w.-]{2,32}[ ]?/[ ]?\S`,
  // `fw1 = 192.0.2.1 admin/…`
  certain`admin /|admin/|root /|root/ ⟶ (?:\d{1,3}(?:\.\d{1,3}){3}|https?:\/\/\S{4,60})[ \t:,(-]{1,4}(?:admin|root)(?:[ ]?\/[ ]?|[ ](?:\+[ ])?(?=\S{6,64}$))(?=\S{5})`,
  // `mysql root = …`
  certain`root =|root=|admin =|admin= ⟶ ^[\s>*•-]{0,8}(?:\w{2,16}[ ])?(?:root|admin)[ ]?=[ ]?(?=\S{8,64}\s*$)`,
  // `use wren/…`: a name and its password without a blank between them.
  vague`use |try |trying |mit |avec |with |connect as|connect with|connected as|connected with|connecting as|connecting with ⟶ (?<!\w)(?:use|try(?:ing)?|mit|avec|with|connect(?:ed|ing)?[ ](?:as|with))[ ][A-Za-z][\w.-]{1,32}(?:[/:]|[ ]\/[ ])(?!\/)(?=\S{8})`,
  // `logs in with …`, with a password alone.
  vague`login |anmeldung |in with|in using|on with|on using|works with|works using|tried w|tried it w|tried using|tried it using|in as|on as ⟶ (?<!\w)(?:login|anmeldung)[ ](?:als[ ]|von[ ])?[\w.@-]{2,32}[ ]mit[ ](?=\S{8})|(?<!\w)(?:log(?:ged|ging|s)?[ -]?(?:in|on)|sign(?:ed|ing|s)?[ -]?(?:in|on)|login[ ]works|get(?:s|ting)?[ ]in|tr(?:y|ied)(?:[ ]it)?)(?:[ ]as[ ](?:the[ ])?[\w.@-]{1,64})?[ ](?:with|using)[ ](?:just[ ]|only[ ]|the[ ]|my[ ]|his[ ]|her[ ])?(?=\S{8})`,
  // The command of Redis, which in protocols also stands before the name of a method.
  vagueExact`> auth ‖AUTH  ⟶ (?:(?<![\w:.]|\w-|[A-Z][ ])AUTH(?=[ ](?!msg|message|payload|request|response|exchange))|^\S{1,64}>[ ]auth)[ ](?:default[ ])?(?=\S{8})`,
  // What a service or an address of mail stands before, alone in its line: `FTP: wren / …`, `wren@example.com / …`.
  vague` /  ⟶ (?:^|[\s>*•+-])(?:(?<=^[\s>*•+-]{0,8})(?:[\p{L}\d-]{2,24}[ ]){0,3}[\p{L}\d-]{2,24}:[ ](?:admin\w{0,10}|root|user)(?=[ ]\/[ ]\S*[-_.!#$%&*+]\S*\s*$)|(?<=^[\s>*•+-]{0,8})\p{L}[\w.-]{1,24}(?=[ ]\/[ ]\p{Lu}\S*[!#$%&*+?]\S*\s*$)|(?:s?ftp|webmail|[\w-]{0,12}portal|e?-?mail|forticloud|forticare|dyndns|ddns|no-ip|pppoe|[\w-]{0,12}(?:wlan|wi-?fi)(?:[ ]\p{L}{2,12})?|ssid|radius|rdp|smb|nas|xauth|eap|smtp|imap|svc-[\w-]{1,12}(?=[ ]\/)|[\w-]{1,12}-login)(?::[ ]|[ ])[^\s/]{1,64}|vpn[\w.-]{1,40}(?::\d{2,5})?[ ]\/[ ][^\s/]{1,64}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4})[ ]\/[ ](?=\S{8,64}\s*$)`,
  // A second value beside one that is hidden: `the pass was <password#1>, or …`, `"<password#1>" -> "…"`.
  vagueExact`‖0> or|0>, or|0>" ->  ⟶ <(?:password|psk|secret)#\d{1,6}>,?[ ]or[ ](?:maybe[ ]|it[ ]was[ ]|was[ ]it[ ])?(?=\S{8})|<[a-z-]{3,12}#\d{1,6}>"[ ]->[ ](?=")`,
];
const LOGIN_HINT = joinHints(
  hint('login |account ', '', /(?:login|account) (?:\S{2,64} [:/] \S|.{0,60}: )/i),
  hint(
    `log in|login:|login :|login to |login incorrect|login is|login was|in with|in as|in using|on with|on using|login ok|login data|login info|login details|login war|login laut|login=|login mit|login with|login and p|
   login/p|login-d|logindaten|logins|log-in|log on|logon|sign in|signin|signed in|signs in|sign-in|sign-on|
   cred:|cred |creden|creds|tried | try |fails with|details are|details:|details is|details=|account data|get in with|gets in with|account:|account :|account is|
   access: user|access: admin|access: root|use admin|use root|use fortiadmin|logowania|logowanie|zugang|zugriffsd|basic auth|decoded|anmeld|einlogg|identifiant|connexion|accès|acceso|acesso|
   melde mich|inicio de ses|testuser|test user|test-user|demouser|demo user|demo-user|guest user|guestuser|service user|service-user|benutzer:|konto:|inlog|řihl|giriş|giris|kirjaut|bejelentkez|autentificare|
   логин|учет|учёт|доступ|облік|登录|登入|账号|ログ|アカウント|로그|계정| / `,
  ),
);
export const LOGINS_HINT = joinHints(LOGIN_HINT, ...FORMS.map((form) => form.hint));
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

/** A name with its password in a sentence. The password has letters and digits, or every other pair would be one. */
export function findLogins(line: string): readonly Span[] {
  const spans: Span[] = [];
  const logins = LOGIN_HINT.test(line) ? findMatches(loginIn(line), line) : [];
  for (const match of logins) {
    const isVague = VAGUE.test(match[0]);
    let found = valueAt(line, match.index + match[0].length, match[0], isVague);
    while (found) {
      spans.push(...toSpan(line, found, 'password'));
      NEXT.lastIndex = found.next;
      const next = NEXT.exec(line);
      found = next ? valueAt(line, next.index + next[0].length, match[0], isVague) : undefined;
    }
  }
  for (const { hint, pattern, isVague } of FORMS) {
    if (!hint.test(line)) continue;
    for (const match of findMatches(typeof pattern === 'function' ? pattern(line) : pattern, line)) {
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
  /^(?:(?:the[ ])?creds?|(?:test|demo|guest|gast|service)[ -]?(?:user|account|konto)[ ]|credentials?|zugang(?:sdaten|[ ]?:)|anmeldedaten|logindaten|identifiants|credenciales|credenziali|credenciais|inloggegevens|(?:web-?)?log-?in(?:[ ](?:[\w.-]{2,24}|\([^()]{1,40}\))){0,2}[ ]?:|acc(?:ès|eso|ess)|u[ ]?:|basic|decoded|login[ ][\w.@-]{2,32}[ ]:[ ])/i;
/** A mark or capitals that no other second word has, or no blank before it: `eva / Spätzle!`, `root:meadowsweet`. */
const MARKED = /[!#$%&*+?@^~_\d]|[A-Z][a-z][A-Z]/;
/** What both forms of `OF_ACCOUNT` end with, and `OF_ADDRESS`. */
const PLACED = /^(?:use|try|nutzen?|nimm|nehmen|bitte|ist|is|\d)[^(]*\/[ ]?$/i;

/** `gdtP7` */
const INNER = /^(?=\S*\d)(?=\S*[a-z])\S*[a-z\d][A-Z]/;

/** `Login: admin / V` */
const BY_ADMINISTRATOR = /(?<!\w)(?:admin\w{0,10}|root)[ ]?(?:\/|[/:|][/ ])[ ]?$/i;

function isChosenPair(lead: string, word: string, isVague: boolean): boolean {
  if (
    word.length < (INNER.test(word) || CERTAIN.test(lead) ? 5 : 6) ||
    isTechnical(word) ||
    isOrdinary(word) ||
    NAMED.test(word) ||
    TICKET.test(word)
  )
    return false;
  if (isVague && /\/[ ]?$/.test(lead) && /[!#$%&*+?^~]/.test(word)) return true;
  if (!isVague && PLACED.test(lead)) return true;
  const isTight = /[^\s]:$|admin\/$/.test(lead);
  const isLogin = /^login/i.test(lead);
  if (isVague || !CERTAIN.test(lead)) return isTight ? isUnsaid(word) : INNER.test(word);
  const isPair =
    BY_ADMINISTRATOR.test(lead) || (!isLogin && /[:=][^:=/]{1,64}(?:\/[ ]?|[ ][-–][ ])$/.test(lead));
  return (
    MARKED.test(word) ||
    isPair ||
    /^login[ ]\S{2,32}[ ]:[ ]$/i.test(lead) ||
    (!isLogin && (isTight || isCoined(word) || readLook(word, []) > 1))
  );
}

function valueAt(line: string, at: number, lead = '', isVague = false) {
  // Another field: `login=1772442724,access=1772442724`.
  if (/^[a-z_]{2,24}=/.test(line.slice(at, at + 26))) return undefined;
  const quoted = readQuoted(line, at);
  const value = quoted ?? readWord(line, at, STOPS, at + 130);
  const end = /[.:]/.test(line[value.end - 1] ?? '') ? value.end - 1 : value.end;
  const word = line.slice(value.start, end);
  if (isChosenPair(lead, word, isVague)) return { ...value, end };
  return hasInnerMark(word) ||
    isJoined(word) ||
    (looksChosen(word) && !(isVague && (NUMBERED.test(word) || NAMED.test(word) || TICKET.test(word))))
    ? { ...value, end }
    : undefined;
}

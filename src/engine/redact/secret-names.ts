import type { SecretKind } from './kinds.ts';
import { isForeignNoun } from './nouns.ts';

/** The form of a name with its value: `set N V`, `N : V`, `"N": "V"`, `N=V`. */
export type Form = 'set' | 'colon' | 'json' | 'equals';

const EVERYWHERE: readonly Form[] = ['set', 'colon', 'json', 'equals'];

/** Names without one of the endings below. `iv` and `hmac` are cipher names outside JSON. */
const EXACT: Readonly<Record<string, readonly [SecretKind, readonly Form[]]>> = {
  'psksecret-remote': ['psk', EVERYWHERE],
  'sae-password': ['psk', EVERYWHERE],
  'pre-shared-key': ['psk', EVERYWHERE],
  'preshared-key': ['psk', EVERYWHERE],
  credential: ['password', EVERYWHERE],
  credentials: ['password', EVERYWHERE],
  // The new password, if a login form requests one.
  credential2: ['password', EVERYWHERE],
  authpasswd: ['password', EVERYWHERE],
  authpwd: ['password', EVERYWHERE],
  privpwd: ['password', EVERYWHERE],
  privpasswd: ['password', EVERYWHERE],
  history0: ['password', ['set']],
  history1: ['password', ['set']],
  'auth-string': ['password', ['set']],
  pw: ['password', ['colon', 'json', 'equals']],
  pass: ['password', EVERYWHERE],
  cred: ['password', ['equals']],
  // TACACS+: what the user typed.
  'user-msg': ['password', ['equals', 'colon']],
  ipsecpsk: ['psk', EVERYWHERE],
  sshpass: ['password', EVERYWHERE],
  newpass: ['password', EVERYWHERE],
  storepass: ['password', EVERYWHERE],
  keypass: ['password', EVERYWHERE],
  bindpw: ['password', EVERYWHERE],
  'user-pass': ['password', ['colon']],
  'mot-de-passe': ['password', ['colon']],
  wachtwoord: ['password', ['colon']],
  contraseña: ['password', ['colon']],
  'sim1-pin': ['password', ['set']],
  'sim2-pin': ['password', ['set']],
  'sim-pin': ['password', ['set']],
  'sim1-pin-code': ['password', ['set']],
  'sim2-pin-code': ['password', ['set']],
  authkey: ['key', EVERYWHERE],
  enckey: ['key', EVERYWHERE],
  // `key=16 …` of a tunnel list has a separate finder.
  key: ['key', ['set', 'colon']],
  'md5-keys': ['key', EVERYWHERE],
  'key-string': ['key', EVERYWHERE],
  'eab-key-hmac': ['key', ['set']],
  'acme-eab-key-hmac': ['key', ['set']],
  'mka-cak': ['key', ['set']],
  'ssh-hsk': ['key', ['set']],
  keytab: ['key', ['set']],
  'snmp-community': ['community', EVERYWHERE],
  'community-string': ['community', EVERYWHERE],
  'reg-id': ['registration-id', EVERYWHERE],
  'registration-id': ['registration-id', EVERYWHERE],
  'qr-code': ['activation-code', EVERYWHERE],
  ciphertext: ['ciphertext', ['json', 'equals']],
  hmac: ['ciphertext', ['json']],
  iv: ['ciphertext', ['json']],
  magic: ['challenge', ['json', 'equals']],
  // RADIUS attributes in a server's debug: a response can be attacked with a dictionary, and EAP may contain a
  // password.
  'ms-chap-response': ['challenge', ['equals']],
  'ms-chap2-response': ['challenge', ['equals']],
  'eap-message': ['secret', ['equals']],
  authorization: ['api-key', ['json']],
  cookie: ['cookie', ['json', 'equals']],
  samlresponse: ['secret', EVERYWHERE],
  'signature-value': ['secret', ['json']],
  jwt: ['api-key', ['json', 'equals', 'colon']],
  '-auth': ['api-key', ['equals']],
  'x-chkp-sid': ['cookie', ['colon', 'json']],
  otpkey: ['seed', ['equals']],
  prv: ['private-key', ['json']],
  authcode: ['password', ['json']],
  rocommunity: ['community', ['json']],
  rwcommunity: ['community', ['json']],
  'bcrypt-hash': ['password-hash', ['json']],
  'md5-hash': ['password-hash', ['json']],
  'nt-hash': ['password-hash', EVERYWHERE],
  'lm-hash': ['password-hash', EVERYWHERE],
  nthash: ['password-hash', EVERYWHERE],
  lmhash: ['password-hash', EVERYWHERE],
  'ntlm-hash': ['password-hash', EVERYWHERE],
  'password-hash': ['password-hash', EVERYWHERE],
  'key-content': ['psk', ['colon']],
  'key-material': ['key', EVERYWHERE],
  'code-verifier': ['api-key', ['json', 'equals']],
  'token-code': ['otp', ['json', 'equals', 'colon']],
  tokencode: ['otp', ['json', 'equals', 'colon']],
  otp: ['otp', ['json', 'equals']],
  totp: ['seed', ['json']],
  dockerconfigjson: ['secret', ['colon', 'json', 'equals']],
  dockercfg: ['secret', ['colon', 'json', 'equals']],
  crypt: ['password-hash', ['json']],
  'oauth2-bearer': ['api-key', EVERYWHERE],
  'otp-code': ['otp', ['json', 'equals']],
  aktivierungscode: ['activation-code', ['colon', 'json']],
  freischaltcode: ['activation-code', ['colon', 'json']],
  'cipher-value': ['ciphertext', ['json']],
  community: ['community', EVERYWHERE],
};

/** Last word of a secret's name; recognised as part of a compound, they are longer. */
const SECRET_ENDING =
  /(?:(?:^|-)credentials?|(?:^|-)(?:pwd|passcode|key|pin|puk)|schl(?:ü|ue)ssel(?:inhalt)?|pass-?word|passwd|passwort|kennwort|pass-?phrase|geheimnis|secret|psk|bindpw|(?:secret|shared|private|preshared|access|api|auth|master|encryption|wep|wpa|ike|vpn|tunnel|radius|network|wi-?fi|wlan|peer|site|server|device|disk|signing|hmac|aes)-?key)(?:-?\d{0,2}|-l[12])$/;
/** `DB_PASS`, `smtppw`. */
const SHORT_END =
  /[a-z\d][-.](?:pass|pw|cred)\d{0,2}$|[a-z\d]{2}(?:pwd?|cred)\d{0,2}$|(?<!(?:^|-)(?:by|com|encom|im|over|sur|tres|under))(?<=[a-z\d]{2})pass\d{0,2}$|authtok$/;
/** `vpn_community`: of SNMP. */
const COMMUNITY_END = /[-.a-z\d](?:-|\.|snmp)community$/;
/** `secret-value`, `community-string`: says only how the secret is written. */
const WRITTEN_AS =
  /-(?:value|text|string|data|plain|plaintext|b64|base64|hex|ascii|raw|bytes|encrypted|enc|hash|md5|sha\d{1,3}|bcrypt)$/;
/** `psk_branch`, `password.wren`: of one site or person. */
const SECRET_OF = /^(?:psk|password|passwd|passwort|kennwort|passphrase|secret)s?$/;
/** An attribute of a secret and not whose it is. */
function isAttribute(word: string): boolean {
  return word.length < 3 || ATTRIBUTE.test(word);
}

const ATTRIBUTE =
  /^(?:age|algo|attempt|attr|auth|based|cache|chang|char|check|code|complex|config|confirm|count|date|delivery|enabl|encrypt|error|exist|expir|fail|field|file|forgot|format|generat|hash|hint|histor|ident|id$|index|input|invalid|key|label|last|len|life|link|list|lock|manage|match|max|min|mismatch|mode|mount|name|needed|old|only|option|page|path|pattern|polic|prompt|protect|quality|ref|regex|remind|renew|requir|reset|retr|rotat|rule|salt|scan|server|set|shar|size|source|stat|stor|strength|sync|time|token|type|updat|uri|url|use|valid|verif|version|volume|warn)/;
/** Several secrets under one name, as `passwords`. */
const PLURAL =
  /(?:password|passphrase|secret|token|psk|key|communitie|(?:recovery|backup|activation)[ _-]code)s$|^(?:pass|kenn)w(?:ö|oe)rter$/;
/** Request headers such as `X-Vault-Token`. */
const SECRET_HEADER =
  /^(?:x-[\w-]{0,32}(?:token|key|auth|secret|password)|(?:job|deploy)-token|dd-\w{3,16}-key)$/;
/** Who knows it may do what it is for. */
const GRANTING_CODE =
  /(?:^|-)(?:invit(?:e|ation)|uninstall|unlock|verification|recovery|backup|access)-code$/;
const CODE_END = /(?:^|-)(?:activation-code|(?:otp|token|totp)?-?seed)$/;
/** `vpn_authtoken` */
const TOKEN_END = /(?:auth|access|api|session|refresh|bearer|oauth)-?token$/;
/** What peers derive: `SK_ei`, `SKEYID_d`, `MSK`. */
const DERIVED_KEY =
  /^(?:(?:eap-)?e?msk|sk-[a-z]{1,2}|skeyid(?:-\w)?|skeyseed|[pg][mt]k|kek|kck|keymat|keying-material)$/;
/** Not every `… token` is a credential: `Total activated token: 0`. */
const OPENING_TOKEN =
  /^(?:(?:[\w-]{1,20}-)?(?:api|access|auth|bearer|refresh|oauth|session|secret|private|device|bot|id|vault|licen[cs]e)-)?token$/;
/** For an environment variable: `FGT_TOKEN`. */
const TOKEN_VARIABLE = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*_TOKEN$/;
const COOKIE_NAME =
  /(?:cookie(?:-\w{1,20}){0,3}|^(?:ccsrftoken|session-key)(?:-\w{1,20}){0,2}|^(?:j?sessionid|phpsessid|aspxauth|msisauth\d?|fed-auth\d?|estsauth\w{0,12}))$/;
/** FortiOS cookies; a general `Cookie:` is a header, whose cookies have names of their own. */
const FORTINET_COOKIE = /^(?:svpn\w{0,10}|aps)cookie(?:-\w{1,20}){0,3}$|^ccsrftoken/;
/** Abbreviations that FortiOS accepts for `password`, `psksecret` and `secret`. */
const ABBREVIATED = /^(?:pass(?:w(?:or?)?)?|psks\w{0,6}|secre?)$/;

/** Names with such an ending whose value is not secret. */
const HARMLESS =
  /(?:^|-)(?:existing-secret(?:-[a-z]{1,16}){0,3}|image-pull-secret|public-key|host-key|sort-key|match-key|attribute-key|primary-key|foreign-key|any-key|hotkey|hash-key|origin-key|fortitoken)\d{0,2}$/;

/** Cache: logs repeat the same few names. */
const KNOWN: Readonly<Record<Form, Map<string, SecretKind | undefined>>> = {
  set: new Map(),
  colon: new Map(),
  json: new Map(),
  equals: new Map(),
};
const MAX_KNOWN = 500;

/** Kind of secret for this name in this form; `undefined` for a harmless name. Case, `_` and spaces do not matter. */
export function secretKindOf(rawName: string, form: Form): SecretKind | undefined {
  const known = KNOWN[form];
  const found = known.get(rawName);
  if (found !== undefined || known.has(rawName)) return found;
  const kind = judgeName(rawName, form);
  if (known.size >= MAX_KNOWN) known.clear();
  // A copy, because a substring would keep its whole line in memory.
  known.set(Array.from(rawName).join(''), kind);
  return kind;
}

/** Part of every name below; the first alternative also stands for words of other alphabets. */
const STEM =
  /[^\x20-\x7e]|pa?s+w?|pwd?|psk|pp?k|secr|key|token|cred|cookie|commun|seed|code|pin|puk|schl|kennw|geheim|reg-id|registr|cipher|hmac|^iv$|magic|chap|eap-m|auth|saml|signature|jwt|sid|prv|hist|cak|hsk|hash|otp|verif|clav|senh|mdp|hesl|hasl|parol|wacht|contras|geslo|lozin|zapork|jelsz|salas|senord|adgang|sifre|segr|sekr|ifre|sess|msk|docker|^[pg][mt]k|k[ec]k|keymat|sk-|crypt|user-msg|bearer|slapta|kata|chave|chiave|klucz|mot-de|palavra/;
/** Parameters of a query, members of a key. */
const SHORT_NAME = /^(?:[dkpq]|d[pq]|qi|sig|data|ticket|assertion)$/i;

/** False for most words, much faster than judging them. */
export function mayName(word: string): boolean {
  return STEM.test(word.toLowerCase().replaceAll('_', '-')) || SHORT_NAME.test(word);
}

/** `db.password`: only the last part names the value. */
function judgeName(wholeName: string, form: Form): SecretKind | undefined {
  const rawName = form === 'set' ? wholeName : wholeName.slice(wholeName.lastIndexOf('.') + 1);
  const name = rawName
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[_\s/]/g, '-');
  if (!STEM.test(name)) return undefined;
  const exact = Object.hasOwn(EXACT, name) ? EXACT[name] : undefined;
  if (name.startsWith('-') && !exact) return judgeName(rawName.replace(/^[_\s/-]{1,48}/, ''), form);
  if (exact) return exact[1].includes(form) ? exact[0] : undefined;
  if (form === 'equals' && COOKIE_NAME.test(name)) return 'cookie';
  if (form !== 'set' && FORTINET_COOKIE.test(name)) return 'cookie';
  if (HARMLESS.test(name)) return undefined;
  if (form !== 'set' && isForeignNoun(rawName.trim())) return 'password';
  if (
    OPENING_TOKEN.test(name) ||
    TOKEN_END.test(name) ||
    SECRET_HEADER.test(name) ||
    TOKEN_VARIABLE.test(rawName)
  )
    return 'api-key';
  if (form === 'set' && name.endsWith('-pw')) return 'password';
  if (form === 'set' && ABBREVIATED.test(name)) return name.startsWith('psk') ? 'psk' : 'password';
  if (DERIVED_KEY.test(name)) return 'key';
  if (GRANTING_CODE.test(name)) return 'password';
  if (CODE_END.test(name)) return name.endsWith('seed') ? 'seed' : 'activation-code';
  if (SECRET_ENDING.test(name)) return kindOfEnding(name);
  if (COMMUNITY_END.test(name)) return 'community';
  if (form === 'set') return undefined;
  const [first = '', ...of] = /\s/.test(rawName) ? [] : name.split('-');
  if (of.length > 0 && SECRET_OF.test(first) && !of.some(isAttribute)) return kindOfEnding(first);
  if (SHORT_END.test(name) && !/\s/.test(rawName)) return 'password';
  const secret = name.replace(WRITTEN_AS, '');
  return secret === name || secret === 'key' ? undefined : judgeName(secret, form);
}

/** Kind of the secrets in a list with this name. */
export function listKindOf(rawName: string): SecretKind | undefined {
  const name = rawName.toLowerCase();
  if (!PLURAL.test(name)) return undefined;
  return name.endsWith('er') ? 'password' : secretKindOf(rawName.replace(/ies$/i, 'ys').slice(0, -1), 'json');
}

function kindOfEnding(name: string): SecretKind {
  if (/private-?key\d{0,2}$/.test(name)) return 'private-key';
  if (/pass-?phrase\d{0,2}$|psk/.test(name) || name.startsWith('ppk-')) return 'psk';
  if (/(?:secret|geheimnis)\d{0,2}$/.test(name)) return 'secret';
  if (/(?:^|-)(?:api|access|routing|integration)-?key\d{0,2}$/.test(name)) return 'api-key';
  return /(?:key|ssel)\d{0,2}$/.test(name) ? 'key' : 'password';
}

/** Values that FortiOS prints instead of a secret: its type, or that there is none. */
const CHOICES =
  /^(?:enabled?|disabled?|auto|auto-generate|specify|none|null|nil|undefined|default|yes|no|on|off|true|false|n\/a|empty|ja|nein|optional|mandatory|string|boolean|number|integer|value|valid|invalid|wrong|correct|incorrect|expired|required|missing|denied|rejected|unknown|unchanged)$/i;
/** FortiToken serial numbers identify the token that a fix concerns; they are not secret. */
const TOKEN_SERIAL = /^FTK[A-Z0-9]{6,20}$/i;

/** Where a program or a template finds the value: `${DB_PASSWORD}`, `{{ vault_secret }}`, `var.psk`, `%PASSWORD%`. */
const REFERENCE =
  /^(?:\$\{[^{}]{1,100}\}|\$\([^()]{1,100}\)|[^\s]{0,12}…|\$?\{\{[^{}]{1,100}\}\}|\$[A-Z][A-Z\d_]{2,60}|%[A-Z][A-Z\d_]{2,60}%|(?:var|local|data|module|self|this|params|args|settings|config|env|secrets|values)(?:\.[A-Za-z_]\w{0,40}){1,6}|\$[\d@*])[;,]?$/;

export function isHarmlessValue(value: string): boolean {
  if (value.length <= 32 && (CHOICES.test(value) || TOKEN_SERIAL.test(value))) return true;
  return value.length <= 128 && REFERENCE.test(value);
}

const IS = /[ \t-]is$/;
/** The name of a secret after other text, as `community` after `SNMP`. */
const LAST_WORDS = /(?:^|[\s.])([A-Za-z][\w-]{0,40}(?:[ \t][A-Za-z]{1,20})?)$/;

/** `Your activation code is`, `SNMP community`: the last words may be the name. */
export function kindOfPhrase(phrase: string): SecretKind | undefined {
  const bare = phrase.replace(IS, '');
  const known = secretKindOf(bare, 'colon');
  if (known) return known;
  const last = LAST_WORDS.exec(bare)?.[1];
  return last === undefined || last === bare ? undefined : secretKindOf(last, 'colon');
}

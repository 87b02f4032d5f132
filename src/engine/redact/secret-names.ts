import { hint, joinHints } from './hint.ts';
import type { SecretKind } from './kinds.ts';
import { bareNoun, FOREIGN_HINT, isForeignNoun, isQualifier } from './nouns.ts';
import { isListed, isOrdinary } from './ordinary-words.ts';
import { ofLast, ofWord } from './text-memory.ts';

/** The form of a name with its value: `set N V`, `N : V`, `"N": "V"`, `N=V`. */
export type Form = 'set' | 'colon' | 'json' | 'equals';

const EVERYWHERE: readonly Form[] = ['set', 'colon', 'json', 'equals'];

/**
 * Names without one of the endings below, with the forms in which they name a secret: `iv` and `hmac` are names of ciphers
 * outside JSON. A response of RADIUS or MSCHAP can be attacked with a dictionary, and `user-msg` is what a user of TACACS+
 * typed.
 */
const EXACT = new Map<string, readonly [SecretKind, readonly Form[]]>(
  (
    [
      ['psk', EVERYWHERE, 'psksecret-remote sae-password pre-shared-key preshared-key'],
      ['password', EVERYWHERE, 'authpwd privpwd pass newpass storepass keypass'],
      [
        'password',
        ['set'],
        'history0 history1 auth-string authentication-string sim1-pin sim2-pin sim-pin sim1-pin-code sim2-pin-code',
      ],
      ['password', ['colon', 'json', 'equals'], 'pw psw kennw passhash pwhash passwdhash'],
      ['password', ['equals'], 'cred'],
      ['password', ['equals', 'colon'], 'user-msg'],
      ['password', ['colon'], 'user-pass ww'],
      ['key', EVERYWHERE, 'enckey md5-keys key-string key-material'],
      ['key', ['set', 'colon'], 'key'],
      ['key', ['set'], 'eab-key-hmac acme-eab-key-hmac mka-cak ssh-hsk keytab'],
      ['community', EVERYWHERE, 'community-string community'],
      ['registration-id', EVERYWHERE, 'reg-id registration-id'],
      ['activation-code', EVERYWHERE, 'qr-code'],
      ['ciphertext', ['json', 'equals'], 'ciphertext'],
      ['ciphertext', ['json'], 'hmac iv cipher-value'],
      ['challenge', ['json', 'equals'], 'magic'],
      ['challenge', ['equals'], 'ms-chap-response ms-chap2-response ms-chap2-success'],
      ['secret', ['equals'], 'eap-message'],
      ['secret', ['colon', 'json', 'equals'], 'skey'],
      ['api-key', ['json'], 'authorization'],
      ['cookie', ['json', 'equals'], 'cookie'],
      ['secret', EVERYWHERE, 'samlresponse'],
      ['secret', ['json'], 'signature-value'],
      ['api-key', ['json', 'equals'], 'jwt'],
      ['api-key', ['equals'], '-auth'],
      ['cookie', ['colon', 'json'], 'x-chkp-sid'],
      ['seed', EVERYWHERE, 'otpkey'],
      ['secret', EVERYWHERE, 'pepper secretsalt secret-salt'],
      ['private-key', ['json'], 'prv'],
      ['password', ['json', 'equals'], 'authcode sshpass'],
      ['community', ['json'], 'rocommunity rwcommunity'],
      ['password-hash', ['json'], 'bcrypt-hash md5-hash crypt'],
      ['password-hash', EVERYWHERE, 'nt-hash lm-hash nthash lmhash ntlm-hash password-hash'],
      ['psk', ['colon'], 'key-content'],
      ['api-key', ['json', 'equals'], 'code-verifier'],
      ['otp', ['json', 'equals', 'colon'], 'token-code tokencode'],
      ['otp', ['json', 'equals'], 'otp otp-code'],
      ['seed', ['json'], 'totp'],
      ['secret', ['colon', 'json', 'equals'], 'dockerconfigjson dockercfg'],
      ['api-key', EVERYWHERE, 'oauth2-bearer'],
    ] satisfies readonly (readonly [SecretKind, readonly Form[], string])[]
  ).flatMap(([kind, forms, names]) => names.split(' ').map((name) => [name, [kind, forms]] as const)),
);

/** Last word of a secret's name; recognised as part of a compound, they are longer. */
const SECRET_ENDING =
  /(?:(?:^|-)credentials?|(?:^|-)(?:pwd|passcode|key|pin|puk)|schl(?:ü|ue)ssel(?:inhalt)?|(?:^|-)pepper|pass-?wor(?:d|t(?:e?s)?)|geheimwort|(?:secret|key|recovery|seed)-?phrase|passwd|kennwort(?:e?s)?|pass-?phrase|geheimnis(?:ses)?|secret|psk|bindpw|(?:secret|shared|private|preshared|access|api|auth|master|encryption|wep|wpa|ike|vpn|tunnel|radius|network|wi-?fi|wlan|registration|invitation|activation|enrol+ment|licen[cs]e|recovery|peer|site|server|device|disk|signing|hmac|aes)-?key)(?:-?\d{0,2}|(?:-hello)?-l[12])$/;
/** `DB_PASS`, `smtppw`. */
const SHORT_END =
  /[a-z\d][-.](?:pass|pw|cred)\d{0,2}$|[a-z\d]{2}(?:pwd?|cred)\d{0,2}$|(?<!(?:^|-)(?:by|com|encom|im|over|sur|tres|under))(?<=[a-z\d]{2})pass\d{0,2}$|authtok$/;
/** `vpn_community`: of SNMP. */
const COMMUNITY_END = /[-.a-z\d](?:-|\.|snmp)community$/;
/** `secret-value`, `community-string`: says only how the secret is written. */
const WRITTEN_AS =
  /-(?:value|text|string|data|plain|plaintext|b64|base64|hex|ascii|raw|bytes|encrypted|protected|obfuscated|encoded|crypt|cipher(?:text)?|enc|hash|md5|sha\d{1,3}|bcrypt)$/;
/** `psk_branch`, `password.wren`, `auth-password-rip`: of one site, person or protocol. */
const SECRET_OF = /^(?:psk|password|passwd|passwort|kennwort|passphrase|secret)s?$/;
/** An attribute of a secret and not whose it is. */
export function isAttribute(word: string): boolean {
  return word.length < 3 || ATTRIBUTE.test(word);
}

const ATTRIBUTE =
  /^(?:age|algo|änder|beleid|cambi|dimentic|eingab|esquec|feld|läng|lengt|longitud|longu|modif|olvid|oubli|polit|richtl|vergess|vergeten|wechs|wijzig|attempt|attr|auth|back|based|cache|chang|char|check|code|complex|config|confirm|count|date|delivery|enabl|encod|encrypt|engine|error|exist|expir|fail|field|file|flag|forgot|format|generat|hash|helpdesk|hint|histor|hotline|ident|id$|index|input|interval|invalid|key|label|last|len|life|link|list|lock|manage|match|max|method|min|mismatch|mode|module|mount|name|needed|old|only|option|owner|page|path|pattern|plugin|polic|prompt|protect|provider|quality|ref|regex|remind|renew|requir|reset|retr|reuse|rotat|rule|salt|scan|scope|server|set|shar|size|source|stat|stdin|stor|strength|support|sync|time|token|type|updat|uri|url|use|valid|variab|vault|vendor|verif|version|volume|warn)/;
/** Several secrets under one name, as `passwords`. */
const PLURAL =
  /(?:password|passphrase|secret|token|psk|key|communitie|(?:recovery|backup|activation|emergency|scratch|rescue|bypass|one-time|unlock)[ _-]code|(?:ersatz|notfall|backup-?|wiederherstellungs|sicherungs|einmal|aktivierungs)code)s$|^(?:pass|kenn)w(?:ö|oe)rter$|(?:codes|códigos|codici)[ ]d[ei][ ](?:secours|récupération|respaldo|recuperación|recuperação|segurança|backup|emergenza)$/;
/** `backup codes for wren` */
const OWNER =
  /s(?:,| (?:for|of|in case|if|für|falls|von|vom|de[rs]?|du|del|pour|para|di)|(?<=codes)(?= [\w.-]+$)) .*$/i;
/** Request headers such as `X-Vault-Token`. */
const SECRET_HEADER =
  /^(?:x-[\w-]{0,32}(?:token|key|auth|secret|password)|(?:job|deploy)-token|dd-\w{3,16}-key)$/;
/** Who knows it may do what it is for. */
const GRANTING_CODE =
  /(?:^|-)(?:invit(?:e|ation)|uninstall|one-time|unlock|verification|recovery|backup|access|bypass|emergency|rescue)-?code$|(?:einladungs|registrierungs|entsperr|zugangs|zugriffs|wiederherstellungs|notfall|ersatz)-?code$/;
const CODE_END =
  /(?:aktivierungs|freischalt)-?code$|(?:^|-)(?:(?:activation|redemption|transfer)-code|(?:otp|token|totp)?-?seed)$/;
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
  /(?:^_?shibsession(?:-\w{1,64})?|cookie(?:-\w{1,20}){0,3}|^(?:ccsrftoken|session-key)(?:-\w{1,20}){0,2}|^(?:j?sessionid|phpsessid|aspxauth|msisauth\d?|fed-auth\d?|estsauth\w{0,12}))$/;
/** FortiOS cookies; a general `Cookie:` is a header, whose cookies have names of their own. */
const FORTINET_COOKIE = /^(?:svpn\w{0,10}|aps)cookie(?:-\w{1,20}){0,3}$|^ccsrftoken/;
/** Abbreviations that FortiOS accepts for `password`, `psksecret` and `secret`. */
const ABBREVIATED = /^(?:pass(?:w(?:or?)?)?|psks\w{0,6}|sec(?:re?)?)$/;

/** Names with such an ending whose value is not secret. */
const HARMLESS =
  /(?:^|-)(?:existing-secret(?:-[a-z]{1,16}){0,3}|image-pull-secret|(?:public|host|config|parameter|rsa|sort|match|attribute|primary|foreign|any|hash|origin|partition|cache|unique|web-?socket)-key|hotkey|(?:save|update|remember|show)-password|show-passcode|(?:load|import|get|stored|remember|save)-credential(?:-encrypted)?|stdin|pin-sha256|cookie-(?:name|path|domain|secure|samesite|httponly)|[a-z]+-password-key|fortitoken)\d{0,2}$/;

/** `public key`, `partition key`. */
export const isHarmlessName = ofLast((phrase) => HARMLESS.test(phrase.toLowerCase().replaceAll(' ', '-')));

const KIND_IN: Readonly<Record<Form, (name: string) => SecretKind | undefined>> = {
  set: ofWord((name) => judgeName(name, 'set')),
  colon: ofWord((name) => judgeName(name, 'colon')),
  json: ofWord((name) => judgeName(name, 'json')),
  equals: ofWord((name) => judgeName(name, 'equals')),
};

/** Kind of secret for this name in this form; `undefined` for a harmless name. Case, `_` and spaces do not matter. */
export function findSecretKind(rawName: string, form: Form): SecretKind | undefined {
  return KIND_IN[form](rawName);
}

/** Part of every name below that is written in ASCII. */
const ASCII_STEM =
  /pas|psw|pwd?|psk|pp?k|secr|recovery.phr|^sec$|^ww$|key|token|cred|cookie|comm?un|frase|koden|seed|code|pin|puk|schl|kenn?w|geheim|reg[-_]id|registr|cipher|hmac|^iv$|magic|chap|eap[-_]m|auth|saml|signature|jwt|sid|prv|pepper|hist|cak|hsk|hash|otp|verif|secretsalt|clav|senh|mdp|hesl|hasl|parol|wacht|relaystate|contras|geslo|lozin|zapork|jelsz|salas|senord|adgang|sifre|segr|sekr|ifre|sess|msk|docker|^[pg][mt]k|k[ec]k|keymat|sk[-_]|crypt|user[-_]msg|bearer|slapta|kata|chave|chiave|klucz|mot[-_]de|palavra/i;
/** The same for any name: words of other alphabets are names, too. */
const STEM = new RegExp(`[^\\x20-\\x7e]|${ASCII_STEM.source}`, 'i');
/** With parameters of a query and members of a key. */
const MAY_NAME = new RegExp(`${STEM.source}|^(?:[dkpq]|d[pq]|qi|sig|data|ticket|assertion)$`, 'i');

/** Words of such names, in every form; `set sec` is an abbreviation. */
export const NAME_HINT = joinHints(
  hint(
    `pass|paswor|pssw|psswd|psw!|pwd|pw!|pwh|psk|ppk|secr|set sec|se sec|append sec|set "sec|phrase|ww:|key|token!|tokens|token_value|token-value|token_code|
     cred!|creden|creds|cookie|csrf|shibsession|pepper|communit|seed|code|pin!|pin1|pin2|puk!|schl|kenwor|reg id|reg-id|reg_id|registr|ciphertext|
     cipher-value|ciphervalue|cipher_value|hmac|"iv|iv":|magic=|magic |"magic|chap-resp|chap2-|eap-message|authorization|auth-s|authentication-s|authtok|auth=|auth":|auth: |"auth|
     -auth|_auth |signature|sig=|sig |jwt|sid=|sid"|sid:|sid |'sid'|-sid|_sid|"prv|<prv|history0|history1|hsk|-cak|_cak|nthash|lmhash|nt-hash|lm-hash|
     nt_hash|lm_hash|passhash|ntlm|hash"|hash=|hash:|hash>|phash|otp|totp|samlresponse|relaystate|session id|session-id|session_id|sessionid|session=|
     session"|session: |sessid|'session'|aspxa|msisa|fedauth|fed-auth|estsa|msk!|sk_|skeyid|skeyseed|pmk!|ptk!|gtk!|gmk!|kek!|kck!|keymat|bcrypt|
     crypt"|user-msg|user_msg|bearer|dockerc|ticket=|ticket"|ticket:|assertion=|assertion"|assertion:|'ticket'|'assertion'|>assertion|<assertion|
     <ticket|<session|<auth|<sid|-pin|_pin|"pin"|"puk"|.pin|"kty"|mot-de|geheimwort|zugangs|einladungs|registrierungs`,
    'pw0|PW0|Pw0|cred0',
  ),
  FOREIGN_HINT,
);

/** False for most words, much faster than judging them. */
export function mayName(word: string): boolean {
  return MAY_NAME.test(word);
}

/** `db.password`: only the last part names the value. */
function judgeName(wholeName: string, form: Form): SecretKind | undefined {
  const rawName = form === 'set' ? wholeName : wholeName.slice(wholeName.lastIndexOf('.') + 1);
  const name = rawName
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[_\s/]/g, '-');
  if (!STEM.test(name)) return undefined;
  const exact = EXACT.get(name);
  if (name.startsWith('-') && !exact) return judgeName(rawName.replace(/^[_\s/-]{1,48}/, ''), form);
  if (exact) return exact[1].includes(form) ? exact[0] : undefined;
  if (HARMLESS.test(name)) return undefined;
  if (form === 'equals' && COOKIE_NAME.test(name)) return 'cookie';
  if (form !== 'set' && FORTINET_COOKIE.test(name)) return 'cookie';
  if (form !== 'set' && isForeignNoun(rawName.trim().replaceAll('_', ' '))) return 'password';
  if (
    OPENING_TOKEN.test(name) ||
    TOKEN_END.test(name) ||
    SECRET_HEADER.test(rawName.toLowerCase()) ||
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
  const words = /\s/.test(rawName) ? [] : name.split('-');
  const at = words.findIndex((word) => SECRET_OF.test(word));
  const [first = '', ...of] = words.slice(Math.max(at, 0));
  if (of.length > 0 && SECRET_OF.test(first) && !of.some(isAttribute)) return kindOfEnding(first);
  if (form === 'set') return undefined;
  if (SHORT_END.test(name) && !/\s/.test(rawName)) return 'password';
  const secret = name.replace(WRITTEN_AS, '');
  return secret === name || secret === 'key' ? undefined : judgeName(secret, form);
}

/** Kind of the secrets in a list with this name. */
export function findListKind(rawName: string): SecretKind | undefined {
  const whole = rawName.replace(/ are$/, '');
  const bare = whole.replace(OWNER, 's');
  const own = PLURAL.test(bare.toLowerCase()) ? bare : whole;
  const name = own.toLowerCase();
  if (!PLURAL.test(name)) return undefined;
  return /(?:er|codes)$|^c.*[ ]d[ei][ ]/.test(name)
    ? 'password'
    : findSecretKind(own.replace(/ies$/i, 'ys').slice(0, -1), 'json');
}

function kindOfEnding(name: string): SecretKind {
  if (/private-?key\d{0,2}$/.test(name)) return 'private-key';
  if (/pass-?phrase\d{0,2}$|psk/.test(name) || name.startsWith('ppk-')) return 'psk';
  if (/(?:secret|geheimnis)\d{0,2}$/.test(name)) return 'secret';
  if (/(?:^|-)(?:api|access|routing|integration)-?key\d{0,2}$/.test(name)) return 'api-key';
  return /(?:key|ssel)\d{0,2}$/.test(name) ? 'key' : 'password';
}

/**
 * Values that FortiOS prints instead of a secret: its type, or that there is none. Serial numbers of FortiTokens, which
 * identify the token that a fix concerns.
 */
const CHOICES =
  /^(?:enabled?|disabled?|auto|auto-generate|specify|none|null|nil|undefined|default|yes|no|on|off|true|false|n\/a|empty|ja|nein|nessun[ao]|ningun[ao]|nenhuma?|keine[rs]?|geen|aucune?|tbd|todo|string|str|boolean|bool|number|integer|int|bytes|value|invalid|wrong|incorrect|denied|rejected|revoked|encrypted|opaque|unchanged|bekannt|ccmp|gcmp|tkip|match(?:es)?|mismatch(?:es)?|identical|stimmt|falsch|dword:[\da-f]{8}|argon2i?d?|[bsy]crypt|pbkdf2(?:[-_:]\w{1,16})?|fortinet_(?:ssh|ssl|ca|gui)\w{0,16}|0x0[34][\da-f]{2}0004|[-~?01=]|%(?:\(\w{1,40}\))?s|ftk[a-z0-9]{6,20})$/i;

/** What a field says of its value in seven languages, and that there is none: `required`, `nicht verfügbar`, `caducada`, `non disponibile`. */
const STATE =
  /^(?:(?:not|nicht|noch nicht|non|no|não|pas|niet|nog niet) )?(?:required|mandatory|optional|(?:un)?available|valid|expired|(?:un)?changed|locked|(?:un)?set|configured|(?:un)?known|missing|present|absent|correct|hidden|confidential|erforderlich|verpflichtend|verfügbar|gültig|abgelaufen|(?:un)?verändert|geändert|gesperrt|gesetzt|hinterlegt|(?:un)?bekannt|vorhanden|fehlt|leer|richtig|korrekt|vertraulich|requise?|facultati(?:f|ve)|(?:in)?disponible|expirée?|périmée?|(?:in)?changée?|modifiée?|(?:dés)?activée?|bloquée?|(?:jamais )?reçue?|oubliée?|perdue?|envoyée?|attribuée?|définie?|inconnue?|manquante?|vide|masquée?|confidentiel(?:le)?|(?:obligatori|requerid|(?:no )?definid|configurad|caducad|expirad|vencid|cambiad|alterad|modificad|bloquead|(?:des)?activad|(?:des)?ativad|asignad|atribuíd|enviad|recibid|recebid|olvidad|esquecid|perdid|dimenticat|assegnat|inviat|ricevut|(?:dis)?attivat|desconocid|desconhecid|vací|vazi|correct|corret|ocult|obrigatóri|necessári|necesari|obbligatori|richiest|facoltativ|scadut|cambiat|modificat|bloccat|impostat|sconosciut|vuot|corrett|nascost|riservat)[oa]|obligatoire|opcional|(?:in)?disponibile|(?:in)?disponível|mancante|(?:in)?válid[oa]|verplicht|vereist|optioneel|beschikbaar|verlopen|(?:on)?gewijzigd|geblokkeerd|ingesteld|(?:on)?bekend|ontbreekt|leeg|juist|verborgen|vertrouwelijk)$/iu;

/** `expired yesterday`, `inconnu, l'utilisateur l'a oublié`: a remark on what a field says of its value. */
const ADDED =
  /[,;] .*$|[ ](?:el|la|le|les|los|das|de[rmns]|die|am|im|on|in|at|by|since|seit|depuis|desde|bis|until|yesterday|gestern|hier|ayer|heute|today|von|par|por|dal|dall['’]\p{L}+|but|aber|mais|pero|bitte|please)(?: .*)?$/u;

/** Where a program or a template finds the value: `${DB_PASSWORD}`, `$vpn_pw`, `{{ vault_secret }}`, `var.psk`, `%PASSWORD%`. */
const REFERENCE =
  /^(?:\$\{\w[^{}]{0,100}\}?|--[a-z][\w-]{1,30}(?: .{0,100})?|\$env\(\w{1,60}\)|%(?:prompt|none|any|dynamic)|HK(?:LM|CU|CR|EY_[A-Z_]{4,20})(?:\\.{0,120})?|(?:soft|hard)ware(?::\w{2,12})?(?: .{0,120})?|\$\([^()]{1,100}\)?|%env\(\w{1,60}\)%|\{[a-z-]{0,20}(?:pass|key|secret|token|string)[a-z\d _-]{0,20}\}(?: .*)?|(?:env|file|keyring|vault|op|arn|ssm|aws-\w{2,4}):\S{2,120}|!vault|!(?:\w{1,12}[-_])?(?:ref|env|secret|ssm) \S{1,120}|(?:secret=)?(?:kv|secret)\/[\w./-]{2,100}(?:[:#][\w-]{1,40})?|(?:Bearer|Basic|Token) \$?\{{1,2}[\w. ]{1,40}\}{1,2}|ENC\[\w{1,20}\]?|\.{1,2}\/[\w./-]{1,120}|\/(?:etc|usr|var|home|opt|run|root|mnt|srv)\/[\w./-]{1,120}|[^\s]{0,12}…|\$?\{\{(?![^{}]{0,90}\|[ ]?d(?:efault)?\(["'][^"']{4})[^{}]{1,100}\}\}|\$[A-Z][A-Z\d_]{2,60}(?: .{0,120})?|\$(?:env:\w{2,60}|[a-z_]{0,24}(?:pass(?:word|wd|phrase)?|pwd?|cred(?:ential)?s?|secret|token|psk|key)[a-z_]{0,12})|%[A-Z][A-Z\d_]{2,60}%|(?:var|local|data|module|self|this|params|args|settings|config|env|secrets|values|random_\w{2,12})(?:\.[A-Za-z_][\w-]{0,40}){1,6}(?:\[.{0,60})?|(?:os\.environ|sys\.argv|\$_[A-Z]{3,7})\[.{0,60}|\$[\d@*])["']?[;,]?$/;

/** What a manual prints for the reader's own, and a log for a secret: `<your pre-shared key>`, `your_api_key`, `<<< secret >>>`. */
const PLACEHOLDER =
  /^(?:(?:change|replace|fill|insert|enter|add|put|your)(?:[-_](?:me|this|it|in|here|with|your|the|own|password|passphrase|secret|psk|api|key|token|value|string)){1,5}$|<[a-z]{2,20}(?:[ _-][a-z]{2,20}){0,4}>(?:$|[ ,;])|<(?:(?:your|new|old|the|my)[ _-])?(?:[\w-]{1,16}[ _-]){0,3}(?:pass|password|passwd|passphrase|secret|psk|key|token|pin|community|string|value)>(?:$|[ ,;])|your[ _-](?:[a-z]{1,16}[ _-]){0,3}(?:password|passphrase|secret|psk|key|token)(?:[ _-]here)?$|<<<[ ]?(?:your|secret|password|passphrase|psk|token|key|hidden|masked|removed|redacted|value|\w{4,12}(?=[ ]))\w{0,12}[ ]?>>>$)/i;

/** What a field says about its value: `see the vault`, `(sent by mail)`, `set, last changed …`, `Secret for RADIUS`; in CSV `mismatch,203.0.113.9`. */
const REMARK =
  /^\s{0,8}\(?(?:(?:set|changed|expired|unchanged|correct|ok(?:ay)?|fine|wrong|present|missing|identical|checked|verified|assigned|active|works|matches|stimmt|richtig|falsch|korrekt|vorhanden|fehlt|geprüft|gesetzt|abgelaufen|zugewiesen|aktiv|passt|gleich),|(?:ok|correct|identical|gleich) (?:on|in|auf)|(?:str|string|bytes|bool|int)(?:,| --?)|(?:put|enter|insert|type) (?:the|your|yours|it)|please (?:input|enter|type)|(?:[\w-]{1,20} ){0,3}(?:secret|password|passphrase|key|token)(?: (?:for|of|used|to)|,(?= (?:see|siehe) ))|see|siehe|voir|véase|ver|vedi|vedere|zie|steht|staat|liegt|ligt|kommt|folgt|bleibt|beim|celui|celle|quell[ao]|hetzelfde|dezelfde|bel|(?:on|auf) (?:request|anfrage)|same as|identical|identisch|pregunt[ae]r?|pide|pedir|demande[rz]?|chiedi|chiedere|pergunt[ae]r?|peça|vraag|frage?n?|not|none|known(?: after)?|sensitive|hidden|sent by|required for|valid until|ask|wie|wird|wurde)(?: |\) |\)?$)|^hat [\w.-]{2,40}$|^mismatch[,;]|^\(?\d{1,5}[ -](?:bits?|bytes?|characters|zeichen|caractères|caracteres|caratteri|tekens)(?!\w)/i;

/** `<your-password>`, where the value ends before its bracket. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text) || /^CHANGEME!?$/.test(text);
}

/** `geändert, Kastanienbaum`, `unknown, Kachelofen9`: such a word is no remark. */
function isState(value: string): boolean {
  const state = value.replace(ADDED, '');
  const remark = value.slice(state.length).split(/[\s,;.]+/);
  return (
    state.length <= 32 &&
    STATE.test(state) &&
    remark.every((word) => isOrdinary(word) || /^[\p{Ll}'’-]*$/u.test(word))
  );
}

export const isHarmlessValue = ofLast(
  (value) =>
    REMARK.test(value) ||
    isPlaceholder(value) ||
    (value.length <= 32 && CHOICES.test(value)) ||
    isState(value.slice(0, 80)) ||
    (value.length <= 128 && REFERENCE.test(value)),
);

const IS =
  /[ \t-](?:(?:is|was|ist|lautet|est|es|è|é|sono|är)(?:[ \t]as[ \t]follows)?|(?:has[ ]been[ ]|is[ ]|was[ ])?(?:re)?(?:set|changed)[ \t]to)$/iu;
/** Between a noun and whose secret it is. */
const OF =
  /^(?:of|for|on|the|für|fürs|vo[mn]|zu[mr]|i[mn]|den?|der|das|d[ue]s?|del|la|le|los|el|do|da|di|dell[ao]|van|voor|het|op|pour|para|per|por|[fpvzd]\.|(?:bzgl|inkl|fa|nr)\.|\d+\.?)$|['’]/i;
/** A user, a host, a place by its name: `svc-ldap`, `fac01`. */
const BY_NAME = /^(?=.*\p{L})[\p{L}\d]{2,}(?:[-_.@\\][\w.@\\-]+|\d)$/u;
/** Makes a sentence of a label: `password for wren is wrong: …`. */
const VERB =
  /^(?:is|are|was|were|will|sent|assigned|gesendet|zugewiesen|envoyé|enviado|has|had|can(?:not)?|does|did|must|should|may|to|ist|sind|war|wird|wurde|hat|muss|soll|kann|est|sont|était|sera|doit|peut|a|es|son|era|fue|debe|puede|ha|è|sono|deve|può|é|são|foi|moet|kan|heeft|expired|changed|reset|abgelaufen|geändert|err(?:eu|o)r|erro)$/i;
/** The name of a secret after other text, as `community` after `SNMP`. */
const LAST_WORDS = [
  /(?:^|[\s.])(\p{L}{2,20}[ \t]d[eio][ \t]\p{L}{2,20})$/u,
  /(?:^|[\s.])([A-Za-z][\w-]{0,40}[ \t][A-Za-z]{1,20})$/,
  /(?:^|[\s.])(\p{L}[\p{L}\w-]{0,40})$/u,
];

/** `Your activation code is`, `SNMP community`: the last words may be the name. */
export function kindOfPhrase(phrase: string): SecretKind | undefined {
  const bare = bareNoun(phrase.replace(IS, ''));
  const known = findSecretKind(bare, 'colon') ?? kindOfOwned(bare);
  if (known) return known;
  for (const pattern of LAST_WORDS) {
    const last = pattern.exec(bare)?.[1];
    const kind = last === undefined || last === bare ? undefined : findSecretKind(last, 'colon');
    if (kind) return kind;
  }
  return undefined;
}

/** `wachtwoord wifi magazijn`: whose it is stands behind the noun, and no `Passwort Richtlinie`. */
function kindOfOwned(phrase: string): SecretKind | undefined {
  const words = phrase.split(' ');
  const kinds = [3, 2, 1].map((count) => findSecretKind(words.slice(0, count).join(' '), 'colon'));
  const found = kinds.findIndex((kind, at) =>
    kind === 'key' || kind === 'api-key'
      ? at < 2
      : /^(?:password|psk|secret|activation-code|community)$/.test(kind ?? ''),
  );
  const others = words.slice(3 - found).filter((word) => !isQualifier(word));
  if (others.some((word) => VERB.test(word))) return undefined;
  const isOwner = (word: string) =>
    OF.test(word) || !(isAttribute(word.toLowerCase()) || isListed(word) || STATE.test(word));
  const isOfOther = OF.test(others[0] ?? '') && others.length > 1;
  return isOfOther || others.every(isOwner) ? kinds[found] : undefined;
}

/** Kind of the secret that a noun names with the words behind it: `psk`, ` for site B`; and no `Password template`. */
export function kindOfLabel(noun: string, behind: string): SecretKind | undefined {
  const [, first = '', second = ''] = behind.split(/[ \t]/, 3);
  const nouns = [noun, `${noun} ${first}`, `${noun} ${first} ${second}`];
  const isNoun = nouns.some(
    (each) =>
      isForeignNoun(each) ||
      /psk|shared|passphrase|pass?wd|(?:enrol|activat|registrat|invitat|licen[cs])\w* key/i.test(each),
  );
  const isOf = isNoun || OF.test(first) || BY_NAME.test(first);
  return isOf && !/^pass \d/i.test(nouns[1] as string)
    ? kindOfOwned(`${noun}${behind.replace(IS, '')}`)
    : undefined;
}

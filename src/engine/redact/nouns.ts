import { patternFor } from './pattern-for.ts';

/** Names of a secret in sentences, tables and prompts: `admin@fw's password: …`. */
const ENGLISH =
  'password|passwd|pwd|pw|passphrase|passcode|psk|psksecret|secret|shared[ \\t]secret|pre[ -]?shared[ -]?key|community(?:[ \\t]string)?(?![ \\t]id)|snmp[ \\t]string|api[ \\t]?key|(?:bearer|access|api|auth|refresh)[ \\t]token|(?:activation|recovery|backup|enrol\\w{0,6}|invitation|registration|licen[cs]e)[ \\t](?:code|key)|seed(?=[ \\t:])|key(?=[ \\t](?:for|of)[ \\t](?:the[ \\t])?(?:tunnel|vpn|wlan|wi-?fi|peer|site)(?!\\w))|p/w|p\\.w\\.|(?:radius|tacacs\\+?|wi-?fi|wlan|wpa2?|snmp|vpn|ike|ipsec|tunnel|md5|auth|encryption|shared|access|secret)[ \\t]key';

/** The same in other support languages, with and without accents. */
const OTHERS = [
  '(?:[\\p{L}]{2,20}-?)?(?:passwort|kennwort)|zugangscode|aktivierungscode|freischaltcode|(?:gemeinsame[ns]?[ \\t])?geheimnis|(?:(?:wlan|wi-?fi|vpn|psk|pre-?shared)[ -]?)schl(?:ü|ue|u)ssel|schl(?:ü|ue)ssel(?=[ \\t](?:für|fürs|vom|zum|des)[ \\t](?:das[ \\t]|den[ \\t])?(?:WLAN|wi-?fi|VPN|tunnel))',
  'mot[ \\t]de[ \\t]passe|mdp|cl(?:é|e)[ \\t](?:partag(?:é|e)e|pr(?:é|e)[- ]?partag(?:é|e)e|secr(?:è|e)te|wifi|api)|secret[ \\t]partag(?:é|e)',
  'contrase(?:ñ|n)a|(?:palabra[ \\t])?clave|contrasenya|senha|palavra-?passe|chave[ \\t](?:pr(?:é|e)[- ]?)?(?:com)?partilhada|segredo(?:[ \\t](?:com)?partilhado)?|secreto[ \\t]compartido|clave[ \\t]precompartida',
  'chiave[ \\t](?:pre)?condivisa|segreto(?:[ \\t]condiviso)?|gedeeld[ \\t]geheim|parola(?:[ \\t]d.ordine|s(?:ı|i)|n(?:ı|i)z|m(?:ı|i)?)?|(?:payla(?:ş|s)(?:ı|i)lan|(?:ö|o)n[ \\t]payla(?:ş|s)(?:ı|i)ml(?:ı|i))[ \\t](?:anahtar|s(?:ı|i)r)|wachtwoord(?:en)?|gedeelde[ \\t]sleutel',
  'has(?:ł|l)(?:o|a|em)|sekret|klucz[ \\t](?:psk|wsp(?:ó|o)(?:ł|l)dzielony|wst(?:ę|e)pny)|hesl(?:o|a|em)|(?:ş|s)ifre(?:si|niz|m|yi)?',
  'l(?:ö|o)senord(?:et)?|adgangskode(?:n)?|passord(?:et)?|salasana(?:ni)?|jelsz(?:ó|o|ava)|geslo|lozinka|zaporka|kata[ \\t](?:sandi|laluan)',
  'm(?:ậ|a)t[ \\t]kh(?:ẩ|a)u|slapta(?:ž|z)odis|parol(?:e|ă|a)|парол(?:ь|я|ем|а|ата)|ключ|секрет|гасло|κωδικ(?:ό|ο)ς|סיסמה|كلمة[ \\t](?:المرور|السر)|رمز[ \\t]عبور',
].join('|');

/** Words of languages that are written without blanks. */
const UNSPACED =
  '密码|密碼|口令|(?:预共享|共享|預共享)(?:密钥|密鑰|金鑰)|パスワード|パスフレーズ|事前共有(?:鍵|キー)|共有(?:シークレット|秘密鍵?)|비밀번호|암호|사전[ \\t]?공유[ \\t]?키|รหัสผ่าน|पासवर्ड|コミュニティ(?:名|文字列|ストリング)?|团体(?:名|字)';

export const NOUN = new RegExp(`(?<!\\w|\\w-)(?:[A-Z][A-Za-z]{2,11}-)?(?:${ENGLISH})(?![\\w]|-(?!>))`, 'gi');

export const foreignNounIn = patternFor(
  `(?:(?<![\\p{L}\\p{N}_]|[\\p{L}\\p{N}_]-)(?:${OTHERS})|(?:${UNSPACED}))(?:(?=[はがをも是为為改设設는은이가])|(?![\\p{L}\\p{N}_]|-(?!>)))`,
  'gi',
);

/** Part of each of them, and much cheaper to search for. */
export const FOREIGN_HINT =
  /passw|kennw|zugangs|aktivier|freischalt|geheimn|ssel|de[ \t]pass|mdp|cl(?:é|e)[ \t]|contrase|clave|senha|passe|chave|chiave|wachtw|sleutel|has(?:ł|l)|klucz|hesl|parol|ifre|senord|ösenord|adgangs|passord|salasa|jelsz|geslo|lozin|zapork|kata[ \t]|payla|segre|secret|sekret|geheim|секрет|コミュ|团体|kh(?:ẩ|a)u|slapta|парол|ключ|гасло|κωδικ|סיסמה|كلمة|رمز|密|口令|共有|共享|金鑰|パス|비밀|암호|공유|รหัส|पास/iu;

const foreignIn = patternFor(`^(?:${OTHERS}|${UNSPACED})$`, 'i');

/** Verbs between such a noun and its value. In English these words also precede other text: `password on host01`. */
export const FOREIGN_LINK =
  /^(?:(?:は|が|を|も|是|为|為|改成了?|改为|改為|设为|設為|设置为|는|은|이|가)[ \t]{0,4}|[ \t]?\([^()]{1,24}\)|[ \t](?:lautet|ist|war|wurde|wird|noch|neu|neue|jetzt|auf|est|resté|toujours|sera|será|sarà|vaut|provisoire|temporaire|initial|es|era|nueva|nova|nuova|ora|tempor(?:á|a)l|tempor(?:á|a)ria|provisional|è|é|jest|to|brzmi|nowe|tymczasowe|je|is|nu|är|er|on|e|este|yra|adalah|ialah|olarak|değeri|là|е|это|на|теперь|是|は)(?=[ \t:：=])){0,4}(?:[ \t|:–=>→「-]|\\t|：){0,16}/iu;
/** The same behind a few words: `hasło użytkownika wren to …`. */
export const FOREIGN_PHRASE_LINK =
  /^(?:[ \t]{1,4}[^\s:：=>("]{1,32}){0,4}?(?:[ \t]{0,4}(?:->|=>|→|=|:|：|—|–|\()[ \t]{0,4}|[ \t]{1,4}(?:lautet|ist|jetzt|es|est|vaut|era|è|é|ora|jest|to|brzmi|je|är|er|is|это|теперь)[ \t]{1,4})/iu;
/** Somebody changed the secret: `alterei a senha para …`, `wir haben den PSK auf … umgestellt`. */
export const CHANGED =
  /chang|rotat|ändert|gesetzt|umgestellt|setzen|remplac|modifi|chang|cambi|alter[ae]|mud(?:ei|ou)|troc(?:ar|amos)|ustawi|zmieni|sostitu|impost|nastav|změn|değiştir|ayarla|изменил|сменил|поменял|gewijzigd|ändra/iu;
/** German puts the verb last. */
export const MOVED_LINK = /^[ \t]auf[ \t]{1,4}(?=\S{8,256}[ \t](?:umgestellt|geändert|gesetzt))/iu;
export const CHANGED_LINK =
  /^[ \t](?:[^\s:]{1,20}[ \t]){0,2}?(?:to|auf|in|par|en|por|a|para|na|con|med|till|til|naar|на|olarak)[ \t]{1,4}(?=\S{8})/iu;

export function isForeignNoun(noun: string): boolean {
  return foreignIn(noun).test(noun);
}

/** `for bob ->`, `myself (`, `of the admin is`: a few words before the value. */
export const PHRASE_LINK =
  /^(?:[ \t]{1,4}[^\s:=>("]{1,32}){0,4}?(?:[ \t]{0,4}(?:->|=>|→|=|:|\()[ \t]{0,4}|[ \t]{1,4}(?:is|was|(?:should|must|will|has to)[ \t]be|is[ \t]now|lautet|ist|es|est|è|é|jest|brzmi|je|är|er)[ \t]{1,4}(?:(?:still|noch|immer|resté|toujours|encore|nadal|ancora|todavía|nog|ainda)[ \t]{1,4})?)/i;

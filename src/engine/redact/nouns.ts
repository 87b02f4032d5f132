import { hint, joinHints } from './hint.ts';
import { patternFor } from './pattern-for.ts';
import { ofWord } from './text-memory.ts';

/** Nouns with the endings of their languages: `hasłem`, `паролю`, `şifreniz`. */
export const INFLECTED =
  '(?:has[łl]|hesl|jelsz|gesl|lozink|zapork|salasan|parol|[şs]ifre|l[öo]senord|adgangskod|passord|slapta[žz]od|парол|гасл|κωδικ)[\\p{L}]{0,6}';

/** Names of a secret in other support languages, with and without accents. */
const OTHERS = [
  '(?:[\\p{L}]{2,20}-?)?(?:pa(?:ß|s)wor[dt]|passwrt|passwrod|passowrd|pssword|psswd|kenwort|passwort|kennwort|codewort|losungswort)|zugangscode|aktivierungscode|freischaltcode|(?:gemeinsame[ns]?[ \\t]|[\\p{L}]{2,20}-)?geheimnis|(?:gemeinsame[nr]?[ ]geheime|gemeinsame|vorinstallierte|vor(?:ab|her)[ ](?:vereinbarte|geteilte|verteilte)|vereinbarte|(?:wpa|ike|ipsec)-)[nr]?[ \\t]?schl(?:ü|ue)ssel|(?:(?:wlan|wi-?fi|vpn|psk|pre-?shared|api)[ -]?)schl(?:ü|ue|u)ssel|schl(?:ü|ue)ssel(?=[ \\t](?:für|fürs|vom|zum|des)[ \\t](?:das[ \\t]|den[ \\t])?(?:WLAN|wi-?fi|VPN|IKE|IPsec|tunnel))',
  "(?:wi-?fi|wlan)[ \\t-]code|code[ \\t](?:d[ue]l?[ \\t](?:la[ \\t])?)?(?:wi-?fi|wlan)|c(?:ó|o)d(?:igo|ice)[ \\t](?:del?[ \\t])?wi-?fi|mot[ \\t]de[ \\t]passe|mdp|phrase[ \\t]secr(?:è|e)te|code[ \\t]d(?:['’](?:activation|acc(?:è|e)s(?![ \\t](?:erreur|refus|inval)))|e[ \\t]r(?:é|e)cup(?:é|e)ration)|(?:cl(?:é|e)|jeton|token|chave|clave|llave|chiave|senha)[ \\t](?:d['’]|(?:de|di|da|do|per)[ ](?:l['’])?)(?:api|acc(?:è|e)s(?![ \\t](?:erreur|refus|inval))|acesso|accesso|acceso|autenticaci(?:ó|o)n)|cl(?:é|e)[ \\t](?:partag(?:é|e)e|pr(?:é|e)[- ]?partag(?:é|e)e|secr(?:è|e)te|wi-?fi|api)|secret[ \\t]partag(?:é|e)",
  'contrase(?:ñ|n)a|c(?:ó|o)digo[ \\t]de[ \\t](?:ac?tiva|recupera)(?:ci(?:ó|o)n|(?:ç|c)(?:ã|a)o)|(?:palabra[ \\t])?clave(?:[ \\t]wi-?fi)?|contrasenya|senha|palavra-?passe|chave[ \\t](?:pr(?:é|e)[- ]?)?(?:com)?partilhada|segredo(?:[ \\t](?:com)?partilhado)?|secreto[ \\t]compartido|(?:clave|chave)[ \\t]secreta|clave[ \\t]precompartida',
  'chiave[ \\t](?:segreta|(?:pre)?condivisa)|segreto(?:[ \\t]condiviso)?|codice[ \\t]di[ \\t](?:attivazione|recupero)|gedeeld[ \\t]geheim|parola[ \\t]d.ordine|(?:payla(?:ş|s)(?:ı|i)lan|(?:ö|o)n[ \\t]payla(?:ş|s)(?:ı|i)ml(?:ı|i))[ \\t](?:anahtar|s(?:ı|i)r)|wachtwoord(?:en)?|gedeelde[ \\t]sleutel',
  'kod[ \\t]aktywacyjny|activatiecode|aktiva(?:č|c)n(?:í|i)[ \\t]k(?:ó|o)d|aktiverings?kod|aktivasyon[ \\t]kodu|код[ \\t]активации|sekret|klucz[ \\t](?:psk|wsp(?:ó|o)(?:ł|l)dzielony|wst(?:ę|e)pny)',
  `${INFLECTED}|kata[ \\t](?:sandi|laluan)|com(?:unidade?|unit(?:à|a)|munaut(?:é|e))(?:[ \\t]snmp)?|(?:phrase|frase)[ \\t](?:de|di|d')[ \\t]?(?:passe|paso|acc?es[so]o)`,
  'm(?:ậ|a)t[ \\t]kh(?:ẩ|a)u|ключ|секрет|סיסמה|كلمة[ \\t](?:المرور|السر)|الرقم[ \\t]السري|رمز[ \\t]عبور',
].join('|');

/** Words of languages that are written without blanks. */
export const UNSPACED =
  '密码|密碼|口令|(?:预共享|共享|預共享)?(?:密钥|密鑰|金鑰)|パスワード|パスフレーズ|(?:事前)?共有(?:鍵|キー)|共有(?:シークレット|秘密鍵?)|비밀번호|암호|사전[ \\t]?공유[ \\t]?키|รหัสผ่าน|पासवर्ड|コミュニティ(?:名|文字列|ストリング)?|团体(?:名|字)';

/** Words of both. */
export const NOUN_HINT = joinHints(
  hint(
    `pass|pw!|pin!|ww!|pw-|pwd|p/w|p.w.|psswd|psk|secr|communit|snmp str|key|token!|code|safe word|safe-word|safeword|security word|
     security-word|securityword|seed!`,
  ),
  { test: (line) => FOREIGN_HINT.test(line) },
);

/** Words of the languages above. */
export const FOREIGN_HINT = joinHints(
  hint(
    `paswo|paswr|phrase secr|comunid|comunit|munaut|koden|frase d|fi code|fi-code|wlan code|wlan-code|code|codigo|código|codice|kod akt|passw|pssw|paßwo|kenwo|aktiva|aktivier|
     losungsw|kennw|zugangs|freischalt|geheim|lüssel|luessel|lussel|passe|mdp|clé |clé:|jeton|d'api|de api|d'acc|de acesso|de acceso|di accesso|de autentic|clés|cle pa|cle pr|cle se|cle wi|cle api|
     contrase|clave|senha|chave|chiave|wachtw|sleutel|hasl|hasł|klucz|hesl|parol|ifre|senord|senord|adgangs|passord|
     salasa|jelsz|gesl|lozin|zapork|kata sandi|kata laluan|payla|segre|secret|sekret|секрет|код|khau|khẩu|slapta|парол|гасл|
     κωδικ|סיסמה|كلمة|السري|رمز|密码|密碼|密钥|密鑰|金鑰|口令|共有|パス|コミュ|团体|비밀|암호|공유|รหัสผ่าน|पासवर्ड`,
  ),
  hint('ключ', '', /(?<!\p{L})ключ/iu),
);

const inflectedIn = patternFor(`^${INFLECTED}$`, 'i');

export const isInflected = ofWord((noun) => inflectedIn(noun).test(noun));

const foreignIn = patternFor(`^(?:${OTHERS}|${UNSPACED})$`, 'i');

export const isForeignNoun = ofWord((noun) => foreignIn(noun).test(noun));

/** Words beside a noun that say which secret it is: for how long, and of what. */
export const QUALIFIERS = `temporary temp provisional initial new old current previous actual vorläufiges vorläufige vorläufiger temporäres temporäre temporärer initiales neues neue neuer neuen altes alte alter alten aktuelles
  provisoire temporaire initiale nouveau nouvelle ancien ancienne actuel actuelle temporal inicial nueva nuevo vieja viejo antigua antiguo anterior temporanea temporaneo provvisoria provvisorio iniziale nuova nuovo
  vecchia vecchio attuale precedente provisória provisório temporária temporário nova novo antiga antigo atual tijdelijk tijdelijke nieuw nieuwe oud oude huidig huidige`;
const QUALIFYING: ReadonlySet<string> = new Set(
  `${QUALIFIERS} wifi wi-fi wlan vpn radius snmp ldap ipsec admin user login web mail ssh root portal router device db otp fortitoken mobile ftm tunnel site standort filiale`.split(
    /\s+/,
  ),
);

export function isQualifier(word: string): boolean {
  return QUALIFYING.has(word.toLowerCase());
}

/** `Tijdelijk wachtwoord`, `mot de passe wifi provisoire`: the noun alone. */
export function bareNoun(phrase: string): string {
  const words = phrase.split(' ');
  const isNoun = (word: string) => !isQualifier(word);
  return words.slice(words.findIndex(isNoun), words.findLastIndex(isNoun) + 1).join(' ') || phrase;
}

/** Names of a secret in sentences, tables and prompts: `admin@fw's password: …`. */
const ENGLISH =
  'password|passwd|pwd|pw|passphrase|psk|psksecret|secret|shared[ \\t]secret|pre-?shared[ \\t]?key|community(?:[ \\t]string)?|api[ \\t]?key|activation[ \\t]code';

/** The same in other support languages, with and without accents. */
const OTHERS =
  'passwort|kennwort|zugangscode|mot[ \\t]de[ \\t]passe|mdp|contrase(?:ñ|n)a|(?:palabra[ \\t])?clave|contrasenya|парола|κωδικ(?:ό|ο)ς|סיסמה|كلمة[ \\t]المرور|m(?:ậ|a)t[ \\t]kh(?:ẩ|a)u|senha|palavra-?passe|wachtwoord|has(?:ł|l)o|heslo|parola|(?:ş|s)ifre|l(?:ö|o)senord|adgangskode|passord|salasana|jelsz(?:ó|o)|geslo|lozinka|kata[ \\t]sandi|парол[ья]|密码|密碼|パスワード|비밀번호';

export const NOUN = new RegExp(`(?<!\\w|\\w-)(?:${ENGLISH})(?![\\w-])`, 'gi');

export const FOREIGN_NOUN = new RegExp(
  `(?<![\\p{L}\\p{N}_]|[\\p{L}\\p{N}_]-)(?:${OTHERS})(?:(?=[はが是为為])|(?![\\p{L}\\p{N}_-]))`,
  'giu',
);

/** Part of each of them, and much cheaper to search for. */
export const FOREIGN_HINT =
  /passw|kennw|zugangs|de[ \t]pass|mdp|contrase|clave|парола|κωδικ|סיסמה|المرور|kh(?:ẩ|a)u|senha|passe|wachtw|has(?:ł|l)o|heslo|parola|ifre|senord|ösenord|adgangs|passord|salasa|jelsz|geslo|lozin|sandi|парол|密|パスワ|비밀/i;

const FOREIGN = new RegExp(`^(?:${OTHERS})$`, 'iu');

/** Verbs between such a noun and its value. In English these words also precede other text: `password on host01`. */
export const FOREIGN_LINK =
  /^(?:(?:は|が|是|为|為)[ \t]{0,4}|(?:[ \t](?:lautet|ist|war|es|est|era|è|é|jest|to|to[ \t]jest|brzmi|je|is|är|er|on|это|是|は))?(?:[ \t|:–=-]|\\t|：){1,16})/iu;

export function isForeignNoun(noun: string): boolean {
  return FOREIGN.test(noun);
}

/** `for bob ->`, `myself (`, `of the admin is`: a few words before the value. */
export const PHRASE_LINK =
  /^(?:[ \t]{1,4}[^\s:=>(]{1,32}){0,4}?(?:[ \t]{0,4}(?:->|=>|→|=|:|\()[ \t]{0,4}|[ \t]{1,4}(?:is|was|lautet|ist|es|est|è|é|jest|brzmi|je|är|er)[ \t]{1,4})/i;

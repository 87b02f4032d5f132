import type { Span } from '../spans.ts';
import { looksChosen, readQuoted, readWord, toSpan } from '../values.ts';

/** Words before a name and its password: `log in with wren / …`, `credentials: wren:…`. */
const WORDS = [
  'log(?:ged|ging)?[ -]?(?:in|on)|logins?|sign(?:ed|ing)?[ -]?in|credentials?|creds?|tr(?:y|ied)|fails',
  'u(?:se?r(?:name)?)?[ ]?/[ ]?p(?:ass(?:word|wort)?|wd?|asswd)?',
  'use(?=[ ](?:(?:forti)?admin\\w{0,10}|root)[ ]and[ ])|dane do logowania',
  // German, French, Spanish, Italian, Dutch, Portuguese, Polish, Czech, Turkish, Swedish, Finnish, Hungarian.
  'zugangsdaten|anmelde(?:daten|n)|anmeldung|einloggen|identifiants?|connexion|credenciales|acceso|credenziali',
  'inlog(?:gen|gegevens)|credenciais|acesso|dane logowania|logowanie|(?:p)?řihlášení|přihlašovací údaje|giriş(?: bilgileri)?',
  'inloggning|kirjautuminen|bejelentkezés|date de autentificare',
  // Russian, Ukrainian, Chinese, Japanese, Korean.
  'логин|уч[её]тные данные|доступ|облікові дані|登录|登入|账号|ログイン(?:情報)?|アカウント|로그인|계정',
].join('|');
const LINK =
  '(?:[ \\t(]{0,3}(?:is|are|were|was|as|with|using|by|the|my|admin|mit|sind|lauten|als|avec|sont|con|son|sono|met|zijn|com|são|z|to|s|są|jsou|ile|med|är|on|с|是|は|:|：|=|-|–)(?=[ \\t:]|[^a-zà-ÿ])){0,4}[ \\t(]{0,3}';
const NAME = '["\'“`]?[^\\s/:,;|"\'”`()=]{1,64}["\'”`]?';
const BETWEEN =
  '(?:[ \\t]{0,2}[/:|\\\\][ \\t]{0,2}|[ \\t]{0,2}[,;&+][ \\t]{0,2}|[ \\t](?:and|with|und|mit|et|avec|y|con|e|en|met|i|z|a|ve|och|-|–)[ \\t])';

const LOGIN = new RegExp(
  `(?<![\\p{L}\\p{N}_]|[\\p{L}\\p{N}_][-.])(?:${WORDS})(?!\\p{L})${LINK}${NAME}${BETWEEN}(?=\\S)`,
  'giu',
);
/** Another pair of the same list. */
const NEXT = new RegExp(`[ \\t]{0,2}[,;&][ \\t]{0,2}(?:and[ ])?${NAME}[/:](?=\\S)`, 'uy');
/** `U: wren P: …`. */
const INITIALS =
  /(?<!\w)U(?:ser|sr|N)?[ \t]{0,2}[:=][ \t]{0,2}[^\s:=]{1,64}[ \t,;/|]{1,4}P(?:W|ass|wd)?[ \t]{0,2}[:=][ \t]{0,2}(?=\S)/g;
/** A name of an administrator says so itself: `admin / …`. */
const ADMINISTRATOR = /(?<![\w.-])(?:(?:forti)?admin\w{0,10}(?:[ ]?\/[ ]?|:))(?=\S{8})/gi;
const HINT =
  /u\/p|admin|log(?!n)|sign|cred|account|tr(?:y|ied)|fails|user|usr|zugang|anmeld|connexion|acces|access|identif|U:|U=|řihl|giri|kirj|bejel|autent|лог|учет|учёт|доступ|облік|登|账|ログ|アカ|로그|계정/i;
const STOPS = '|,;)]}"\'';

/** A name with its password in a sentence. The password has letters and digits, or every other pair would be one. */
export function findLogins(line: string): readonly Span[] {
  if (!HINT.test(line)) return [];
  const spans: Span[] = [];
  for (const match of line.matchAll(LOGIN)) {
    let found = valueAt(line, match.index + match[0].length);
    while (found) {
      spans.push(...toSpan(line, found, 'password'));
      NEXT.lastIndex = found.next;
      const next = NEXT.exec(line);
      found = next ? valueAt(line, next.index + next[0].length) : undefined;
    }
  }
  for (const match of [...line.matchAll(INITIALS), ...line.matchAll(ADMINISTRATOR)]) {
    const found = valueAt(line, match.index + match[0].length);
    if (found) spans.push(...toSpan(line, found, 'password'));
  }
  return spans;
}

function valueAt(line: string, at: number) {
  const quoted = readQuoted(line, at);
  const value = quoted ?? readWord(line, at, STOPS, at + 130);
  const end = line[value.end - 1] === '.' ? value.end - 1 : value.end;
  return looksChosen(line.slice(value.start, end)) ? { ...value, end } : undefined;
}

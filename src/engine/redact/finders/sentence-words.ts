import { type Language, languagesOf } from '../languages.ts';
import { INFLECTED, QUALIFIERS } from '../nouns.ts';
import { isHarmlessName } from '../secret-names.ts';
import { ofWord } from '../text-memory.ts';
import { isSaid, NAMED } from '../unsaid.ts';
import { matchAt } from '../values.ts';
import { SAID } from './sentence-forms.ts';

/** What a word of a sentence says about the words beside it, in six languages. */
const ROLES = {
  /** What a person calls a secret. */
  noun: `password passwords passwort passworts kennwort passphrase passcode passwd pwd pw ww psk secret geheimnis mdp passe contraseña contrasena senha segreto segredo
    secreto clave d'ordine d’ordine wachtwoord geheim community comunidad comunidade comunità communauté passkey palavra-passe pin puk p/w psswd codeword koden sekret секрет المرور السر السري`,
  /** The same, and something else. */
  vague:
    'string key phrase frase jeton anahtar kode kod código codice schlüssel clé clef cle llave chave chiave sleutel token seed login logon zugang credentials code codes reset pass',
  /** What a one-time code is called, and what shows or brings it. */
  code: `code codes otp totp tan pin token fortitoken fob passcode app authenticator sms text phone handy message mail digits ziffern zahlen display screen 2fa mfa factor faktor
    código codigo codice chiffres cifre cijfers kod token's`,
  /** What such a thing does with it. */
  shows:
    'shows showed displays displayed gave gives read reads says said zeigt zeigte sagt stand steht gab affichait affiche indiquait mostraba mostra mostrava dice diz dit zegt',
  /** Something else whose value may follow. */
  other: `user username account name group host hostname server device box tunnel policy interface port vlan site ticket case id ids number nr no version build firmware release
    event error status reason ssid vault realm domain object app client profile model serial hash fingerprint thumbprint cert certificate file folder path room ext article
    section step line page mac ip vdom node peer gateway switch router firewall prefix algorithm cipher exchange lifetime length flag title subject type template age label state attribute owner
    source field prompt backend manager portal cache public primary partition duplicate hashing
    benutzer benutzername konto gruppe gerät filiale standort richtlinie nummer fehler meldung datei pfad raum zeile zertifikat kunde
    utilisateur compte groupe serveur politique erreur fichier usuario cuenta grupo servidor política archivo usuário conta ficheiro utente gruppo errore
    gebruiker gebruikersnaam groep apparaat fout bestand`,
  /** A verb between a noun and its value. */
  is: `is was being isn't wasn't are be ist war wäre lautet lautete heißt hieß sei est était es era fue é è foi sera será sarà reads says said equals bleibt blieb bleiben reste restait rimane blijft bleef luidt sind sont sono são siendo sendo vaut este heet heette être essere ser called named genannt s'appelle s’appelle appelé appelée nommé nommée llama llamado llamada chama chama-se chamado chamada chiama chiamato chiamata genoemd ficou quedó είναι это yra brzmi resté değeri е gilt isch هي هو là adalah lett`,
  /** Refers to the noun before it, or explains it. */
  that: `it's its it’s that's that’s it that es das c'est c’est ce eso esto isso questo dat namely nämlich so also zwar savoir decir cioè ofwel i.e. one quella quello`,
  /** Before the new value of what was changed. */
  to: 'to from auf in à a en em para naar op par por na med till til în',
  as: 'as als como come comme',
  /** Before what a person typed or gave. */
  put: `bekommt gets got receives reçoit recibe riceve krijgt typing entering tippt gibt gab schreibt enters verwendet benutzt nutzt benutzen tape
    tapait usan usamos typt typte type types typed enter enters entered entering use uses used using not nicht sondern sino statt instead try tries
    tried trying put had has have chose choose took take gave give sent send picked set with into him her me us them copy paste pasted mit habe hab
    haben hatte nehmen nehme nimm nutze nutzen benutze verwende verwenden gib tippe trage probiere probier probier's ihm ihr mir uns seiten на saisi
    tapé mis choisi essaie essayé avec donné entré usa usé use puse pusimos puesto tecleé probé probado con metí usei coloquei colocamos pus pusemos
    tentei com uso usato messo inserito provato dato scritto impostato probeer getypt pon pone poner ponga ponle metti mettere coloca colocar coloque
    mettez vul voer invul usare usar nehmt nimmt verwendet met kanten zijden`,
  /** Goes with a noun or a verb and says nothing. */
  filler: `both sides tymczasowe today yesterday heute gestern früh übrigens früher vorher meistens seit ab we wir previously usually bisher expected nun now still just only currently literally simply actually always too weiterhin again really probably the a an my our your his her their this word text value here hier ici aquí aqui ${QUALIFIERS}
    jetzt noch nun einfach schlicht immer wieder mal eben dazu dem den der die das ein mein unser sein ihr alt neu
    maintenant encore toujours le la les un une mon notre son ahora todavía el los una mi su nuestro agora ainda o meu nosso seu adesso ora ancora il lo mio nostro suo
    nu nog het een mijn ons zijn eens`,
  /** Behind it stands a place, a person or a thing. */
  of: `at by before after during until from for of against via than near behind inside on von vom für bei gegen zur zum im am über unter nach seit ab du des d'un pour par chez contre
    depuis dans sur sous del al por desde contra sobre do da dos das no na em di dal dalla per su tra van voor bij tegen sinds door de pelo pela pelos dla od для за от із від från fra till til hos için ile`,
  /** Another clause begins. */
  clause:
    'and but because if when while since although und aber weil wenn obwohl et mais pero mas ma maar en',
  /** Between a value and `as`. */
  adverb: 'still also works work geht noch –',
  for: 'for',
} as const;

type Role = keyof typeof ROLES;

/** A bit for each role. */
export const ROLE = Object.fromEntries(Object.keys(ROLES).map((role, at) => [role, 1 << at])) as Readonly<
  Record<Role, number>
>;

const ROLES_OF = new Map<string, number>();
for (const [role, words] of Object.entries(ROLES))
  for (const word of words.split(/\s+/)) ROLES_OF.set(word, (ROLES_OF.get(word) ?? 0) | ROLE[role as Role]);

/** `RADIUS-Secret`, `Startpasswort` */
const COMPOUND = new RegExp(
  `^${INFLECTED}$|(?:^pas{1,2}w(?:or|ro|r)[dt]s?|passwor[dt]|kennwort|passphrase|secret|geheimnis|community(?:-string)?|psk|wachtwoord|[-/](?:pw|passwd|key|code|pin|token|geheim)|codewort|losungswort|kenwort|(?<=.{3})schlüssel)(?:['’]?s)?$`,
  'u',
);

/** A person types or sets something: `digite`, `eintragen`, `saisissez`. */
const PUTS =
  /^(?:tr[aä]g(?:t|st)$|tap(?:e[rz]?|ent)$|saisi(?:r|s|t)|utili[sz]|escrib|escrev|digit[aeio]|tecle[aeo]|introdu[czj]|ingres[aeo]|inser(?:isc|ir)|insira|immett|gebruik|toets|wpis[zu]|wprowad|zadej|skriv|kirjoita|girin|введ)\p{L}{0,5}$/u;

export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The marks before it and behind it. */
  readonly before: string;
  readonly behind: string;
  /** Bits of `ROLE`. */
  readonly roles: number;
  /** Several words that count as one. */
  readonly isPhrase?: boolean;
}

/** Several words between quotation marks, and their marks. */
const QUOTATION =
  /["“„«»'‘`*(]{0,2}["“„«»‘'] ?[^\s"”“»«’'][^"”“»«’'\n]{2,60} ?["”“»«’'][.,;:!?)]{0,3}(?=\s|$)/y;
const OPENING = /^(?:[¿¡"'“”„‘’«»‹›([*_`]|<\w{1,6}>)*(?:[«»‹›] ?)?/;
const CLOSING = /(?:[.,;:!?)\]"'“”’»«›*_`…]|<\/\w{1,6}>)*$/;
const MAY_OPEN = /["“„«»'‘`*(]/;
const SPACE = /\s/;
const IN_DIFF = /^[+-][\p{L}<]/u;

/** The words of a line, and what each says about its neighbours. */
export function readWords(line: string): readonly Word[] {
  const words: Word[] = [];
  for (let start = 0; start < line.length; ) {
    let end = start;
    let hasDigit = false;
    let isPlain = true;
    for (; end < line.length; end++) {
      const code = line.charCodeAt(end);
      if (code === 32 || code === 9 || (code > 127 && SPACE.test(line[end] as string))) break;
      if (code >= 48 && code <= 57) hasDigit = true;
      else if (!((code >= 97 && code <= 122) || (code >= 65 && code <= 90))) isPlain = false;
    }
    if (end > start) {
      const quotation =
        isPlain || !MAY_OPEN.test(line[start] as string) ? null : matchAt(QUOTATION, line, start);
      if (quotation) end = start + quotation[0].length;
      words.push(isPlain ? plainWord(line, start, end, hasDigit) : toWord(line, start, end));
    }
    start = end + 1;
  }
  return words;
}

function plainWord(line: string, start: number, end: number, hasDigit: boolean): Word {
  const text = line.slice(start, end);
  return { text, start, end, before: '', behind: '', roles: hasDigit ? 0 : findRoles(text) };
}

function toWord(line: string, at: number, to: number): Word {
  const from = at === 0 && IN_DIFF.test(line) ? 1 : at;
  const whole = line.slice(from, to);
  const before = OPENING.exec(whole)?.[0] ?? '';
  const marks = before.length === whole.length ? '' : (CLOSING.exec(whole.slice(before.length))?.[0] ?? '');
  // `he enters Kastanie! followed by …`, `i.e. …`
  const isInside =
    marks === '!' ? /^ \p{Ll}/u.test(line.slice(to, to + 2)) : marks === '.' && /\.[a-z]\.$/.test(whole);
  const behind = isInside ? '' : marks;
  const text = whole.slice(before.length, whole.length - behind.length);
  const start = from + before.length;
  return {
    text,
    start,
    end: start + text.length,
    before,
    behind,
    roles: /\d/.test(text) ? 0 : findRoles(text),
  };
}

const findRoles = ofWord((text) => {
  if (text.length > 40) return 0;
  const word = text.toLowerCase();
  const listed = ROLES_OF.get(word);
  if (listed !== undefined || word.length < 5) return listed ?? 0;
  if (COMPOUND.test(word) && !isHarmlessName(word)) return ROLE.noun;
  return PUTS.test(word) ? ROLE.put : 0;
});

export function has(word: Pick<Word, 'roles'> | undefined, roles: number): boolean {
  return word !== undefined && (word.roles & roles) !== 0;
}

const ENDING_MARK = /[.!?;]/;

/** A sentence ends here, unless the word is short for another: `Mrs.` */
export function endsSentence({ behind, text }: Word): boolean {
  return ENDING_MARK.test(behind) && !(behind === '.' && /^(?:\p{Lu}\p{L}{0,2}|\d\d?)$/u.test(text));
}

/** Words that stand before the first word of a passphrase without quotation marks. */
const BEFORE_PHRASE =
  ROLE.is | ROLE.that | ROLE.to | ROLE.as | ROLE.put | ROLE.shows | ROLE.noun | ROLE.filler;

/** `the password is seven little otters`: words in a row of which a sentence says few count as one. */
export function withPhrases(line: string, words: readonly Word[]): readonly Word[] {
  const joined: Word[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Word;
    const link = words[at - 1];
    const mayBegin =
      link === undefined || has(link, BEFORE_PHRASE) || link.behind !== '' || word.before !== '';
    const last = mayBegin && isPart(word) ? phraseEnd(line, words, at, has(link, ROLE.put)) : at;
    if (last > at) {
      const { end, behind } = words[last] as Word;
      joined.push({ ...word, text: line.slice(word.start, end), end, behind, isPhrase: true });
    } else joined.push(word);
    at = last;
  }
  return joined;
}

/** `d'authentification`, `pre-shared`, `Wi-Fi` */
export function isSaidInParts(text: string, languages: readonly Language[]): boolean {
  return (
    isSaid(text, languages) ||
    text.split('-').every((part) => part.length < 4 || NAMED.test(part) || isSaid(part, languages))
  );
}

function isPart({ text, roles }: Word): boolean {
  return roles === 0 && text.length > 2 && SAID.test(text) && !NAMED.test(text);
}

const MAX_PHRASE = 6;

/** Behind a verb as `type` the first word may be one of a sentence. */
function phraseEnd(line: string, words: readonly Word[], at: number, isPut: boolean): number {
  const next = words[at + 1];
  if (words[at]?.behind !== '' || next === undefined || next.before !== '' || !isPart(next)) return at;
  let last = at;
  let unsaid = 0;
  let end = at;
  const languages = languagesOf(line);
  for (; last < words.length && last < at + MAX_PHRASE; last += 1) {
    const word = words[last] as Word;
    const isNew = !isSaid(word.text, languages);
    if (!isPart(word) || (last > at ? word.before !== '' : !isNew && !isPut)) break;
    if (isNew) {
      unsaid += 1;
      end = last;
    }
    if (word.behind !== '') break;
  }
  return unsaid > 1 && unsaid * 2 > end - at + 1 ? end : at;
}

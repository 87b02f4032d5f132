import { ofLast } from '../../redact/text-memory.ts';

/**
 * What is looked for in a sentence, by language; `any` is the same in all, `rest` has the
 * few most frequent of Swedish, Danish, Finnish, Turkish, Russian, Polish and Chinese. It begins and ends with a word; `\\w` is a letter
 * or a digit, `~` means the next few words, and `<side>` one of `NAMES`.
 */
export type QuestionWords = Readonly<
  Partial<Record<'any' | 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl' | 'rest', string>>
>;

/** Things and people of whom questions ask. */
const NAMES: Readonly<Record<string, string>> = {
  why: 'why|how come|warum|wieso|weshalb|pourquoi|por ?qu[eéê]|perch[eéè]|waarom',
  which: 'which|what|welche[mnrs]?|quel(?:le)?s?|qué|cuál(?:es)?|qual[ei]?|quais|welke?',
  password:
    'passwords?|passphrase|Passw[oö]rt\\w{0,2}|Kennw[oö]rt\\w{0,2}|mots? de passe|contraseñas?|senhas?|wachtwoord',
  forward:
    '(?<!(?:an?|the) )(?:send(?! (?:it|them|one) (?:again|to))|share(?! (?:an?|one|the same)\\b)|mail|pass|post|forward(?! (?:\\w+ )?(?:ports?\\b|\\d))|schicken|weiterleiten|weitergeben|hochladen|posten|veröffentlichen|envoyer|transmettre|r?e?enviar|encaminhar)',
  token: '(?:forti)?tokens?|jetons?|authenticator',
  gate: 'firewall|forti(?:gate)?|FGT|box|gate|device|pare-feu|cortafuegos',
  side: '<gate>|fortinet|FortiClient|AD|active directory|directory|DC|domain controller|Domänencontroller|LDAP|RADIUS|NPS|IdP|identity provider|Entra|Azure|Microsoft|clients?|users?|router|Fritz!?box|ISP|provider|carrier|network|server|hébergeur|phones?|us|him|her|me|you|ours?|theirs?|uns|mir|euch|Ihnen|nous|nosotros|ustedes|ons',
  thing:
    'certificates?|certs?|Zertifikats?|certificat|certificado|certificaat|PSK|pre-?shared key|clave (?:pre-?)?compartida|antivirus|Virenscanner|virusscanner|double NAT|proposals?|claims?|Wi-?Fi|WLAN|phone plan|MTU|DNS|NTP|clock|Uhr(?:zeit)?',
  team: '(?:AD-|netz?werk)\\w+|teams?|guys|people|provider|ISP|carrier|Microsoft|Entra|Azure|Okta|network|security|AD|domain|admins?|administrators?|hoster|supplier|partner|department|support|data ?cent(?:er|re)|Anbieter|Abteilung|Kollegen|Dienstleister|équipes?|fournisseur|opérateur|e[qc]uip[oe]|proveedor|operador|squadra|fornitore|gestore|provedor|fornecedor|beheerders?|leverancier',
  works:
    'works?|connects?|goes|passes|succeeds|successful|responds?|replies|answers?|fine|okay|ok|logs? in|accept(?:s|ed)|gets?|rings?|geht|läuft|klappt|funktioniert|kommt|antwortet|erfolgreich|verbindet|marche|fonctionne|passe|répond|réussi|accepté|funciona|va|entra|entrar|responde|acept\\w+|aceit[ao]|funziona|risponde|accettat[ao]|werkt|lukt|antwoordt|doet het',
  fails:
    "not?|never|nobody|no one|only|cannot|fail(?:s|ed)?|error|(?:is|do|does|wo|ca)n[’']t|time[sd]? ?out|nicht|nie|kein\\w{0,2}|niemand|nur|pas|jamais|échoue|erreur|nunca|nadie|falla|non|mai|nessuno|errore|não|erro|falha|niet|geen|alleen",
  but: 'but|and|while|whereas|yet|if|when|though|although|aber|und|während|obwohl|wenn|mais|et|alors|tandis|si|pero|y|mientras|cuando|aunque|ma|e|mentre|se|mas|enquanto|maar|en|terwijl|als',
  since:
    'since|seit|depuis|desde|da (?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|ieri|oggi|quando)|sinds|overnight|until|bis|vorher|yesterday|gestern|before',
  users:
    '(?:(?:the|all|any|our|my|other|active|running|open|connected|existing|current|present|remaining) )*(?:others?|users?|people|sessions?|connections?|tunnels?|every(?:body|one)|colleagues?|staff|clients?|(?:any|some)(?:body|one)|them|us|those|rest|VPN|employees|ones|office)',
  leute:
    '(?:(?:d(?:ie|en|er)|alle|allen|andere|anderen|laufende|laufenden|bestehende|bestehenden|aktive|aktiven|unsere|meine|verbundene|verbundenen) )*(?:anderen?|jemanden|alle|Leute|User|Usern|Benutzer|Anwender|Kollegen|Mitarbeiter|Verbindungen|Sitzungen|Sessions|Tunnel|Nutzer|wen|uns)',
  others:
    '(?:(?:the|all|any|our|my|other|also|just|only) )*(?:others?|users|people|everybody|everyone|everyone else|colleagues?|all|all of us|anybody|anyone|us|rest|admins?|administrators?|him|her|one user|this user|site|office|\\w+ users)',
};

/** Latin letters with all accents: a class of Unicode takes ten times longer to compile. */
const LETTER = 'a-zÀ-ɏ';
/** A sentence in English needs no words of other languages. */
const ENGLISH =
  /\b(?:the|does|did|are|how|what|which|who|why|where|when|should|could|can|would|this|that|they|my|our|there|any|(?:do|must|shall|may|is|was|will) (?:I|we|it|he|she|you|his|her))\b/i;
const FOREIGN =
  /[ß-öø-ÿ¿¡]|\b(?:der|das|ist|nicht|ich|wir|und|oder|nur|alle|muss|kann|soll|le|la|les|est|que|el|los|las|hay|il|gli|di|per|che|uma?|para|het|een|niet|moet|voor|ligt|\w*[dlq]['’]\w+)\b/i;

/** Where a sentence has such words, -1 where it has none. */
export type Matcher = (sentence: string) => number;

/** Makes the expressions when they are needed, those of other languages than English for a sentence that may be in one. */
export function createMatcher({ any, en, de, fr, es, it, pt, nl, rest }: QuestionWords): Matcher {
  const english = lazy([any, en]);
  const foreign = lazy([de, fr, es, it, pt, nl, rest]);
  return (sentence) => {
    const at = english(sentence);
    return at !== -1 || isEnglish(sentence) ? at : foreign(sentence);
  };
}

function lazy(words: readonly (string | undefined)[]): Matcher {
  const source = words.filter((each) => each !== undefined).join('|');
  let expression: RegExp | undefined;
  return (sentence) => {
    if (source === '') return -1;
    expression ??= compile(source);
    return sentence.search(expression);
  };
}

function compile(words: string): RegExp {
  const source = replaceNames(replaceNames(words))
    .replaceAll('~', '[^.?!]{0,35}')
    .replaceAll('[\\w', `[${LETTER}\\d`)
    .replaceAll('\\w', `[${LETTER}\\d]`);
  return new RegExp(`(?<![${LETTER}\\d_])(?:${source})(?![${LETTER}\\d_])`, 'i');
}

function replaceNames(words: string): string {
  return words.replace(/<(\w+)>/g, (_, name: string) => `(?:${NAMES[name] ?? ''})`);
}

/** The matchers of all questions ask about the same sentence. */
const isEnglish = ofLast((sentence) => ENGLISH.test(sentence) && !FOREIGN.test(sentence));

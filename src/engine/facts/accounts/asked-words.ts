/** What a question or a remark is about besides its topic. */
export const ASKS_OF = {
  /** `since the update` */
  update: /update|upgrade|patch|break|kaputt|zerschossen|verstellt|cass[ée]|roto/i,

  /** `is it safe to post the config?` asks of the text, `can I send this to the customer?` of the answer. */
  text: /\b(?:paste|\w{0,20}forum|public|Ausgabe|output|ENC|logs?|lines?|config\w{0,9}|captures?|dumps?)\b/i,

  /** `do we have to restart the DC?` */
  machine:
    /\b(?:DC|domain controller|AD|(?:\w{1,20}-?)?servers?|serveur|servidor|NPS|IdP|phones?|Handys?|laptops?|PCs?|Rechner|computers?|router|clients?)\b/i,

  /** `does it open anything to the internet?` */
  exposure: /expos|internet|\bopen/i,

  /** `does it help to reinstall FortiToken?` */
  app: /token|\bapps?\b|phone|\bHandy|móvil|celular|telefo/i,

  /** `how do I check that it is fixed?`, of other things a rule knows how they are looked at */
  repair:
    /(?<!\p{L})(?:fixed|mended|solved|repaired|works?|working|open|reachable|ok|gelöst|behoben|funktioniert|geht|klappt|offen|erreichbar|résolu|réparé|fonctionne|marche|ouvert|resuelto|arreglado|funciona|abierto|bien|risolto|funziona|aperta?|posto|resolvido|aberta?|opgelost|werkt)(?!\p{L})/iu,

  /** `why do my colleagues get it and he does not?` */
  others:
    /(?<!\p{L})(?:colleagues?|co-?workers?|others?|every(?:body|one)|Kollegen|Kolleginnen|anderen?|collègues?|autres|compañer[oa]s?|demás|otros|collegh?[aei]|altri|colegas?|outros|collega['’]?s|anderen)(?!\p{L})/iu,

  /** `can I give them more time?` asks of no address */
  time: /(?<!\p{L})(?:time\p{L}*|longer|seconds?|minutes?|hours?|Zeit|länger|Sekunden|Minuten|temps|secondes|tiempo|segundos|minutos|tempo|secondi|minuti|tijd|seconden|minuten)(?!\p{L})/iu,

  /** `is it a bug of the IdP or of the FortiGate?`, not `which release has the correction?` */
  bug: /(?<!\p{L})(?:bugs?|known (?:issue|problem|fault|defect|one)|bekannte[rs]? (?:Fehler|Problem)|(?:problème|problema) (?:connu|conocido|noto|conhecido)|bugg?\p{L}{0,3}|баг\p{L}{0,2}|błąd|hata)(?!\p{L})/iu,
  /** `a bug of the IdP or of the FortiGate?`, two owners; `bug or configuration?` names one. */
  twoOwners:
    /(?<!\p{L})(?:(?:bug|issue|fault|problem|defect)s? (?:of|in|at|with|on) .{1,40} or |(?:Bug|Fehler) (?:von|vom|der|in|bei) .{1,40} oder |(?:bug|problème) (?:de|du|chez) .{1,40} ou |(?:bug|problema) (?:de|del|di|do|da) .{1,40} (?:o|ou) |['’]s (?:bug|fault) or )/iu,
  /** `do I have to create the LDAP entry again?` */
  again: /(?<!\p{L})(?:re-?(?:creat|mak)|recré|recre|ricre|neu an(?:leg|ge)|opnieuw aan)\p{L}*/iu,
} as const;

/** Asks for yes or no, of one thing: `is it DNS?`, `Är det certifikatet?`; an alternative or a negation has no such answer. */
const WHETHER =
  /^(?!.*(?<!\p{L})(?:or|oder|ou|o|(?:is|ligt) (?:het|dit|dat) .{1,60} of|eller|или|lub|tai|not|n['’]t|nicht|pas|non|não|niet|inte|ikke|не|nie|why|who|which|what|how|where|warum|wer|was|wo|pourquoi|qui|où)(?!\p{L})).*(?<!\p{L})(?:(?:is|was) (?:it|this|that|the|there|our|his|her|their)|(?:could|can|might|may) (?:it|this|that) be|(?:ist|war) (?:es|das|da)|(?:do|must|should|shall) (?:I|we) (?:have to |need to )?(?:change|renew|replace|rotate)|liegt (?:es|das)|est-ce|c['’]est|is (?:het|dit|dat)|ligt (?:het|dit|dat)|(?:är|er) (?:det|den)|onko|czy|это|дело|m[ıiuü])(?!\p{L})|是/iu;

/** What is asked of by yes or no, and the words of a cause that has to do with it. */
const THINGS: readonly (readonly [asked: RegExp, related: RegExp])[] = [
  [
    /(?<!\p{L})cert(?:s|if\p{L}*)?(?!\p{L})|(?<!\p{L})(?:Zertifik|sertifi|varmen|сертификат)\p{L}*|证书/iu,
    /certif|\bCAs?\b|\bTLS\b|\bkeys?\b|inspect|sign/i,
  ],
  [/(?<!\p{L})(?:PSK|pre-?shared key)(?!\p{L})/iu, /\bkeys?\b|\bPSK\b/i],
  [/(?<!\p{L})DNS(?!\p{L})/u, /\bDNS\b|\bnames?\b|address/i],
  [
    /(?<!\p{L})(?:clock|NTP|Uhr(?:zeit)?)(?!\p{L})/iu,
    /\bclocks?\b|\btimer?s?\b|expire|wait|\bcode\b|certif/i,
  ],
  [/(?<!\p{L})(?:antivirus|Virenscanner|virusscanner)(?!\p{L})/iu, /host check|antivirus/i],
  [
    /(?<!\p{L})(?:phones?|Handys?|mobile|téléphone|móvil|cellulare|telefon\p{L}*|puhelin|телефон\p{L}*)(?!\p{L})|手机/iu,
    /phone|token|second factor|push|\bapp\b|\bcode\b/i,
  ],
];

/** Words of a cause that has to do with the thing of which a sentence asks by yes or no; any, where it asks of none. */
export function relatedWords(sentence: string): RegExp {
  return (WHETHER.test(sentence) ? THINGS.find(([asked]) => asked.test(sentence))?.[1] : undefined) ?? /^/;
}

/** People of whom a question speaks by a word for one or for several. */
const PERSONS: readonly (readonly [person: string, words: RegExp])[] = [
  ['he', /(?<!\p{L})(?:him|ihm|hem)(?!\p{L})/iu],
  ['she', /(?<!\p{L})(?:her|ihr|haar)(?= *[?,.!]|$)/iu],
  [
    'the users',
    /(?<!\p{L})(?:them|users|people|ihnen|les digo|les decimos|leur|aos usuários|utenti)(?!\p{L})/iu,
  ],
];
/** `what do I tell the auditor?` */
const NAMED_PERSON =
  /\b(?:tell|say to|answer|reply to|write(?: to)?) (?:(?:the|my|our|his|her|their|this) )((?:[a-z]+ ){0,2}[a-z]{3,})(?= *[?,.!;]|$| (?:that|about|now|when|if)\b)/i;

/** The person for whom an answer is: `the auditor`; the user, where the question names no person. */
export function toldPerson(sentence: string): string {
  const named = NAMED_PERSON.exec(sentence)?.[1];
  if (named !== undefined) return `the ${named}`;
  return PERSONS.find(([, words]) => words.test(sentence))?.[0] ?? 'the user';
}

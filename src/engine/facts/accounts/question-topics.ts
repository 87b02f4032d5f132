import type { QuestionTopic } from '../values.ts';
import { createMatcher, type QuestionWords } from './question-words.ts';

interface Topic extends QuestionWords {
  readonly topic: QuestionTopic;
  /** Asked by a test. */
  readonly sample: string;
}

/** `which certificate must be on the box?` */
const wanted = (things: string) =>
  `<which> (?!(?:is|are|was|were|ist|sind|war|do|does|did|has|have|kind) )(?:[\\w’'-]+ ){0,5}?(?:${things})`;

/** The narrower first: a sentence has the first topic whose words it has. Only sentences that ask are looked at. */
export const TOPIC_WORDS: readonly Topic[] = [
  {
    topic: 'request',
    sample: 'What do I ask the provider for?',
    en: 'what (?:else |exactly )?(?:do|should|must|shall) (?:I|we) (?:need|ask|get|request|want|demand)(?! to\\b)|(?:what|which) ~(?:ask|request|order|demand) ~<team>|(?:what|how) (?:exactly )?(?:do|can|shall|should|must) (?:I|we) ~(?:tell|say to|write|send|give|explain to) ~<team>',
    de: 'was (?:brauche|brauchen|muss|soll) (?:ich|wir) ~(?:von|anfordern|erbitten)|was ~(?:sag|schreib|frag|bestell|beantrag|verlang|forder|geb)\\w* (?:ich|wir) ~<team>|was (?:muss|soll|kann|müssen|sollen) (?:ich|wir) ~<team> ~(?:sagen|schreiben|fragen|geben|bestellen|beantragen)|worum bitte',
    fr: "que (?:dois-je|faut-il|doit-on) demander|que ~(?:demand\\w+|dire|écrire) ~<team>|qu[’']est-ce que ~demande ~<team>",
    es: 'qué (?:les |le )?(?:pido|pedimos|necesito|hay que pedir)|qu[eé] les? (?:digo|decimos|solicito) ~<team>',
    it: 'cosa (?:devo |dobbiamo )?(?:chiedere|chiedo|mi serve)|cosa ~(?:dire|dico|scriv\\w+) ~<team>',
    pt: 'o que (?:eu )?(?:peço|preciso|pedimos)|o que (?:eu )?(?:digo|falo|solicito) ~<team>',
    nl: 'wat (?:moet|heb|vraag) ik ~(?:vragen|nodig|aan)|wat (?:moet|vraag|zeg|kan) (?:ik|we) ~<team>',
  },
  {
    topic: 'prevent',
    sample: 'How do we prevent that next year?',
    en: "how ~(?:avoid|prevent|stop (?:it|this|that) (?:from|happening)|make sure (?:it|this|that) (?:does|will|never))|(?:never|not|n[’']t) (?:happen|occur|come up) (?:to us )?again|(?:happen|occur|come back)(?:s|ing)? (?:to us )?again",
    de: 'wie ~(?:verhinder|vermeid|verhüt)\\w+|(?:nicht|nie) (?:mehr|wieder|noch (?:ein)?mal) (?:passier|vorkomm|auftret)\\w+',
    fr: 'comment ~(?:évit\\w+|empêch\\w+|prévenir)|ne se (?:re)?produi\\w+ plus',
    es: '(?:c[oó]mo|para) ~(?:evit\\w+|impedir|prevenir)|vuelv[ae] a (?:pasar\\w*|ocurrir|suceder)',
    it: '(?:come|per) ~(?:evit\\w+|impedi\\w+|prevenire)|non (?:si ripeta|succeda più|ricapiti)',
    pt: '(?:volte|voltar) a acontecer|não aconteça (?:mais|de novo)',
    nl: 'hoe ~(?:voorkom|vermijd)\\w*|(?:niet|nooit) (?:meer|weer|opnieuw) gebeur\\w*',
  },
  {
    topic: 'verify',
    sample: 'How do I check that it is fixed?',
    en: 'how (?:do|can|could|should|would|shall|to) (?:\\w+ ){0,2}?(?:check|test|verify|prove|tell|see|know|find out|confirm|make sure|show|demonstrate|be sure|recogni[sz]e|measure)|(?:which|what) (?:\\w+ )?(?:logs?|command|lines?|debug|journal) ~(?:tells?|shows?|says?|proves?|has|have)|where (?:do|can|could|would) (?:I|we) (?:see|look|check|read)|(?:check|test|verify|prove|see|find out|confirm|show) (?:that|whether|if|it|its) ~(?:fixed|works?|worked|mended|open|solved|reachable)',
    de: 'wie (?:kann|können|soll|sollen|muss|prüf\\w*|test\\w*|seh\\w*|erkenn\\w*|merk\\w*|weis\\w*|weiß|beweis\\w*|find\\w*|stell\\w*) (?:ich|wir|man)(?! ~(?:verhindern|vermeiden))(?= ~(?:prüf|test|seh|erkenn|merk|nach|beweis|zeig|sicher|fest|heraus|raus|ob|dass)| ?\\w*\\?)|(?:wie|wor?an|wo) (?:prüf|test|seh|erkenn|merk|weiß)\\w* (?:ich|wir|man)|welche[rsn]? (?:log|befehl|zeile|debug)\\w* ~(?:zeig|sag|verr)\\w*|in welchem log\\w*',
    fr: "(?:dans )?quel (?:journal|log)|où ~(?:voi[rst]|lire)|comment ~(?:vérifi\\w+|savoir|test\\w+|prouv\\w+|voi[rst]|contrôl\\w+|sai[st]|m[’']assurer|démontr\\w+)",
    es: '(?:en )?qu[eé] (?:log|registro)|d[oó]nde ~(?:veo|ver|miro)|c[oó]mo ~(?:comprueb\\w+|comprob\\w+|verific\\w+|s[eé]|saber|ver|veo|prob\\w+|prueb\\w+|demuestr\\w+|demostr\\w+)',
    it: 'in quale (?:log|registro)|dove ~(?:vedo|vedere|guardo)|come ~(?:verific\\w+|sapere|controll\\w+|ved(?:o|ere)|prov(?:o|are)|dimostr\\w+|capi(?:re|sco)|test\\w+|so)',
    pt: 'em qual (?:log|registro)|onde ~(?:vejo|ver)|como ~(?:sei|test(?:o|ar|amos)|comprov\\w+|ve(?:r|jo)|confirm\\w+|confir\\w+)',
    nl: 'in welke? log\\w*|wa(?:ar|araan) ~(?:zie|zien|lees)|hoe ~(?:controle(?:er|ren)|weet|weten|test\\w*|zie|zien|bewij\\w+|toon|nagaan|check\\w*)',
  },
  {
    topic: 'which-certificate',
    sample: 'Which certificate goes on the FortiGate?',
    any: wanted('certificates?|certs?|CA|Zertifikate?|certificats?|certificados?|certificat[oi]|certificaat'),
  },
  {
    topic: 'which-group',
    sample: 'Which group does she need?',
    any: wanted('groups?|lists?|Gruppen?|Listen?|groupes?|grupos?|gruppi?o?|groep(?:en)?'),
  },
  {
    topic: 'which-attribute',
    sample: 'Which attribute does the server send?',
    any: wanted('attributes?|claims?|Attribute?|VSA|atributos?'),
  },
  {
    topic: 'which-address',
    sample: 'What address goes in there?',
    any: wanted(
      'address(?:es)?|IPs?|URLs?|hosts?|Adressen?|adresses?|direcci(?:ón|ones)|indirizz[oi]|endereços?|adres(?:sen)?',
    ),
  },
  {
    topic: 'which-port',
    sample: 'Which ports must be open?',
    any: wanted('ports?|puertos?|portas?|port[ae]|poort(?:en)?'),
  },
  {
    topic: 'which-value',
    sample: 'What timeout is good?',
    any: wanted('values?|timers?|timeouts?|Werte?n?|valeurs?|valor[ei]?(?:s)?|waarden?'),
  },
  {
    topic: 'which-setting',
    sample: 'Which option is it?',
    any: wanted('settings?|options?|Einstellung(?:en)?|réglages?|ajustes?'),
  },
  {
    topic: 'which-value',
    sample: 'Can I give them more time?',
    en: '(?:more|longer|extra|additional) (?:time|seconds|minutes)|(?:can|could|may|should|shall|to) (?:(?:I|we|he|they|one) )?(?:raise|increase|extend|lengthen|shorten|lower) ~(?:timeout|timer|time|seconds|minutes|hours|limit|period|validity|deadline|value)|what ~(?:write|put|fill|enter) ~in(?:to)? ~field|what (?:exactly )?goes in(?:to)?|(?:valid|last|wait) ~longer|how (?:high|far|low|much) ~(?:go|set|raise)',
    de: '(?:mehr|längere) (?:Zeit|Sekunden|Minuten)|(?:Frist|Zeit|Wartezeit|Timeout|Gültigkeit|Limit|Wert|Dauer) ~(?:verläng|erhöh|hochsetz|herauf|senk|verkürz)\\w+|was (?:trag|setz|schreib)\\w* (?:ich|wir) ~ein|was (?:trag|gehört)\\w* ~(?:Feld|ein)',
    fr: "plus de temps|(?:monter|allonger|augmenter|prolonger|passer) ~(?:secondes|minutes|heures|délai|durée|temps)|qu[’']est-ce que je (?:mets|saisis) dans",
    es: 'm[aá]s (?:tiempo|segundos|minutos)|(?:alargar|ampliar|subir|aumentar|prolongar) ~(?:plazo|tiempo|segundos|minutos|horas|l[ií]mite)|qu[eé] (?:exactamente )?(?:pongo|escribo|va) en',
    it: 'pi[uù] (?:tempo|secondi|minuti)|(?:allungare|aumentare|prolungare|alzare) ~(?:tempo|secondi|minuti|ore|durata|scadenza|limite)|cosa (?:metto|scrivo|va) (?:esattamente )?(?:nel|in)',
    pt: 'mais (?:tempo|segundos|minutos)|(?:alongar|aumentar|estender|prorrogar) ~(?:prazo|tempo|segundos|minutos|horas|limite|validade)|o que (?:exatamente )?(?:eu )?(?:escrevo|coloco|ponho|vai) n[oa]',
    nl: 'meer (?:tijd|seconden|minuten)|(?:verleng|verhoog)\\w* ~(?:tijd|seconden|minuten|duur|limiet)|(?:tijd|duur|limiet|termijn) ~(?:verlengen|verhogen|oprekken)|wat (?:vul|zet) (?:ik|we) ~in',
  },
  {
    topic: 'typed',
    sample: 'What exactly do I type?',
    en: 'what (?:exactly )?(?:(?:do|must|should|shall|can) (?:I|we)|to) (?:(?:have|need) to )?(?:exactly )?(?:type|enter|paste|run)|which (?:exact )?(?:commands?|lines)',
    de: '(?:was|welche Befehle) (?:genau )?(?:muss|müssen|soll|sollen) (?:ich|wir) ~(?:eingeben|eintippen|tippen)',
  },
  {
    topic: 'tell',
    sample: 'What do I tell the user?',
    en: 'what (?:do|can|shall|should|must) (?:I|we) (?:tell|say|answer|reply|write)',
    de: 'was (?:soll|kann|muss|sage|sagen|antworte|schreibe)\\w{0,2} (?:ich|wir) ~(?:sagen|antworten|schreiben|ihm|ihr|ihnen)',
    fr: 'que (?:dois-je|puis-je|faut-il|peut-on|dire) ~(?:dire|répondre|lui|leur)',
    es: 'qué les? (?:digo|decimos|contesto|respondo)',
    it: 'cosa (?:(?:gli|le|devo) ~)?(?:dire|dico|rispondo|rispondere)',
    pt: 'o que (?:eu )?(?:digo|respondo|dizemos|falo|falamos)',
    nl: 'wat (?:zeg|vertel|antwoord|moet) (?:ik|we)',
  },
  {
    topic: 'duration',
    sample: 'How long does the block last?',
    en: 'how (?:long|soon)|how much time|(?:log|sign)(?:ging|ing)? (?:off|out) and (?:back )?(?:on|in)|(?:log|sign) (?:on|in) again|(?:do|must|should) (?:I|we|he|she|they) (?:have to |need to |just )?wait',
    de: 'wie lange|welche Frist|ab- und (?:wieder )?an\\w+|neu anmelden',
    fr: 'combien de temps|quel délai|se reconnecter|fermer la session',
    es: 'cuánto (?:tiempo|tarda|dura)|qué plazo|cerrar (?:la )?sesión|volver a (?:entrar|conectarse)',
    it: 'quanto (?:tempo|dura)|uscire e rientrare',
    pt: 'qual (?:é )?o prazo|sair e entrar',
    nl: 'hoe ?lang|(?:uit|af)loggen en|opnieuw (?:inloggen|aanmelden)',
  },
  {
    topic: 'release',
    sample: 'Is that a known bug?',
    en: '(?:fixed|solved|corrected) in (?:a |the )?(?:\\w+ )?(?:release|version|build)|(?:lowest|minimum|minimal|newer) (?:release|version)|vulnerability|CVE|known (?:bug|issue|problem|one|fault|defect)|(?:is|was|be) (?:it|this|that) an? (?:\\w+ )?bug|fixed (?:build|version|release)|(?:which|what) (?:\\w+ )?(?:release|version|firmware|build)',
    de: 'Schwachstelle|Sicherheitslücke|(?:bekannte[rs]?|ein) Bug|bekannte[rs]? (?:Fehler|Problem)|ein (?:Fehler|Problem) (?:in|der|von)|(?:in welche[rm]|welche) (?:\\w+ )?(?:release|version|firmware|build)',
    fr: "(?:bug|problème) connu|(?:c[’']est|est-ce) un bug|quelle (?:\\w+ )?version",
    es: '(?:bug|problema) conocido|es(?: esto)? un bug|qu[eé] versión',
    it: '(?:bug|problema) noto|è un bug|quale versione',
    pt: '(?:bug|problema) conhecido|é um bug|qual versão',
    nl: 'is (?:dit|dat|het) een bug|welke versie',
  },
  {
    topic: 'update',
    sample: 'Why did it work until last week?',
    any: '<why> ~(?:since|seit|depuis|desde|dopo|sinds) ~(?:update|upgrade|patch|mise à jour|actualización|aggiornamento|atualização)',
    en: '(?:why|how come) ?\\w{0,6} ?(?:did|has|had|was) ~(?:work(?:ed|ing)?|fine)|did (?:I|we|they|you|(?:the|our|my) \\w+) (?:\\w+ )?break|(?:because of|due to|caused by|is it|was it|did) (?:(?:the|our|last) )?(?:\\w+ )?(?:update|upgrade|patch)s?',
    de: '<why> (?:ging|lief|klappte|hat) ~(?:vorher|bisher|gestern|bis|früher|unter)|haben wir ~(?:kaputt|zerschossen|verstellt)|(?:liegt es am|durch das|wegen des) (?:\\w+ )?(?:update|upgrade|patch)s?',
    fr: 'pourquoi ~(?:marchait|fonctionnait)|(?:avons-nous|on a) (?:tout )?cassé',
    es: 'hemos (?:roto|estropeado)',
  },
  {
    topic: 'meanwhile',
    sample: 'Is there a workaround until the maintenance window?',
    any: 'work-?arounds?|Umgehungslösung|Notlösung|Zwischenlösung|contournement|solución (?:temporal|provisional)|work(?:ing)? around|contourner|esquivar|rodear|aggirare|contornar|soluzione temporanea|solução (?:temporária|de contorno)|tijdelijke oplossing',
  },
  {
    topic: 'elsewhere',
    sample: 'Why does it work at home, but not here?',
    any: `^(?=.*(?:,|(?<!\\w)<but>(?!\\w)))(?=.*(?<!\\w)<why>(?!\\w))(?=.*(?<!\\w)<works>(?!\\w))(?=.*(?<!\\w)<fails>(?!\\w))(?!.*(?<!\\w)<since>(?!\\w)).*$|<why> [^.?!]{1,70}(?:y|e|et|und|en|and) [^.?!]{0,50}(?:not|no|non|nicht|pas|não|niet)[?!. ]*$`,
    en: "what(?:['’]?s| is) the dif\\w+|how (?:can|could|come) that(?: be)?|why ~(?:only sometimes|now and then|when|while)",
    de: 'wo (?:ist|liegt) der Unterschied|was ist der Unterschied',
    fr: 'quelle est la différence',
    es: 'cu[aá]l es la diferencia',
    it: 'qual è la differenza',
    pt: 'qual (?:é )?a diferença',
    nl: 'wat is het verschil',
  },
  {
    topic: 'own-change',
    sample: 'We moved the line on Friday, could that be it?',
    any: '<why> ~(?:since|seit|depuis|desde|da (?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|ieri|oggi|quando)|sinds|overnight)|(?:since|seit|depuis|desde|da (?:quando|ieri)|sinds) ~, (?:so )?<why>',
    en: '<why> now|is that (?:it|why|the (?:reason|cause))|(?:could|can|may|might) (?:it|that|this|(?:the|our) \\w+) (?:really |actually |also )?(?:be (?:it|why|the (?:reason|cause))|have (?:caused|broken)|cause|explain)|to do with|related|coincidence|because (?:of|we|I|they)|what (?:has |was |have \\w+ )?changed|did (?:I|we|he|she|they) (?:\\w+ ){0,2}(?:cause|do something wrong)|(?:did|has|have) (?:[\\w’:-]+ ){1,7}?(?:break|broken|do|done|cause|caused|trigger|triggered) (?:it|this|that)',
    de: '<why> (?:gerade |ausgerechnet )?jetzt|(?:kann|könnte|ist) (?:es|das) (?:\\w+ )?(?:der Grund|die Ursache|schuld)|(?:war|ist|liegt) (?:das|es) (?:an )?(?:meine|unsere)[rn]? (?:\\w+ )?(?:Änderung|Umstellung|Anpassung)|hängt (?:das|es) (?:damit )?zusammen|(?:kann|könnte) (?:es|das) (?:daran|davon|damit) (?:liegen|kommen|zusammenhängen)|(?:liegt|kommt) (?:es|das) (?:daran|davon)|damit zu tun|was hat sich geändert|(?:war|ist|waren|sind) (?:unser|mein|das|die|der)\\w* (?:\\w+ ){0,3}schuld',
    fr: "(?:c[’']est|est-ce) (?:mon|notre|ma) (?:changement|modification|modif)|(?:ça|cela) (?:peut|pourrait) (?:venir de|être)|(?:est-ce|c[’']est) (?:lié|à cause)|un rapport|qu[’']est-ce qui a changé",
    es: '(?:es|fue|ha sido) (?:mi|nuestro) cambio|(?:puede|podría|pudo) (?:ser|haber sido) (?:por )?(?:es[oae]|esto|la|el)|tiene (?:algo )?que ver|es por (?:el|la|eso|lo)|qu[eé] ha cambiado',
    it: "(?:può|potrebbe) (?:essere|dipendere)|(?:è|colpa d\\w+) (?:la )?(?:mia|nostra) modifica|c[’']entra|ha a che fare|è (?:per|a causa)|cosa è cambiato",
    pt: '(?:foi|é) a (?:minha|nossa) (?:alteração|mudança)|(?:pode|poderia) (?:ter sido|ser) (?:isso|isto|por|a|o)|tem (?:algo )?a ver|é por causa|o que mudou',
    nl: '(?:komt|is|was) (?:het|dat) (?:door )?(?:mijn|onze) (?:wijziging|aanpassing)|(?:kan|zou) (?:het|dat|dit) (?:daar)?(?:aan|door|daaraan|daardoor)|ermee te maken|komt (?:het|dat|dit) door|wat is er veranderd',
  },
  {
    topic: 'where',
    sample: 'Where do I enter that?',
    en: 'where (?:exactly )?(?:do|can|must|should|shall|could|would|to) (?:(?:I|we|he|she|they|one) )?(?:(?:have|need) to )?(?:set|enter|click|find|change|tick|put|configure|add|switch|turn|type|edit|raise|select|upload|import)|where (?:is|are) (?:the|this|that) \\w+ (?:setting|option|button|field|value|switch|box|menu)|where is (?:that|this|it) set|where (?:does|do|must|should) ~(?:be )?(?:changed|set|entered|corrected)',
    de: 'wo (?:genau )?(?:muss|kann|soll|(?:stell|find|trag|setz|änder|klick)\\w*) (?:ich|wir|man)',
    fr: 'où (?:exactement )?(?:est-ce (?:que|qu)|dois-je|puis-je|je|faut-il|on|se)',
    es: 'd[oó]nde (?:exactamente )?(?:lo |la |se |tengo |hay |puedo |debo )*(?:pongo|pone|que|cambi\\w+|meto|configur\\w+|activ\\w+|introdu\\w+|est[aá])',
    it: 'dove (?:esattamente )?(?:lo |la |si |devo |posso |va )*(?:metto|(?:mett|impost|cambi|configur|attiv|inser|trov)\\w+)',
    pt: 'onde (?:exatamente )?(?:eu |se |que |devo |posso |fica )*(?:coloc|mud|configur|ativ|alter|encontr|mex)\\w+',
    nl: 'waar (?:precies )?(?:moet|kan|stel|vind|zet|wijzig) (?:ik|we|je)',
  },
  {
    topic: 'undo',
    sample: 'Can it be undone?',
    any: 'undo|undone|revert(?:ed)?|rückgängig|annuler|revenir en arrière|deshacer\\w*|revertir\\w*|annullare|desfazer|terugdraaien|ongedaan',
  },
  {
    topic: 'choice',
    sample: 'Do I enter the inner name or the outer one?',
    en: '(?:should|must|shall|do|does|can) (?:I|we|he|she|they|users|it|that) (?:have to |need to |then )?(?:type|use|enter|put|choose|take|pick|select|keep|give|write|move|go|fill)~ or ~|(?:has|have) to (?:go|be) in|which (?:one|form|spelling|of (?:the|them|these|those))',
    de: '(?:nehme|trage|gebe|setze|wähle|verwende|benutze|schreibe|muss|müssen|soll|sollen) (?:ich|wir|er|sie|die|der|das|man) ~ oder ~(?:ein|nehmen|eintragen|eingeben|wählen|verwenden|schreiben|stehen|setzen|tippen)',
    fr: '(?:je|on) (?:mets?|prends?|choisi[st]|donne|saisi[st]|tape|utilise) ~ ou ~|(?:dois-je|faut-il) (?:mettre(?! à jour)|prendre|choisir|donner|saisir|utiliser) ~ ou ~|laquelle|lequel',
    es: '(?:pongo|meto|uso|elijo|escribo|pone|escribe|(?:tengo que|debo) (?:poner|usar|elegir|escribir)) ~ o ~',
    it: '(?:metto|uso|scelgo|scrivo|prendo|devo (?:mettere|usare|scegliere|dare|scrivere|prendere)) ~(?: o ~|, quello)',
    pt: '(?:coloco|escolho|escrevo|ponho|devo (?:colocar|usar|escolher|escrever)|entrar com) ~ ou ~|uso ~ ou ~',
    nl: 'moet(?:en)? ~ of ~(?:kiezen|staan|gebruiken|invullen|nemen|zetten|typen|aanpassen|invoeren)|moet(?:en)? ~(?:kiezen|gebruiken|invullen|aanpassen|invoeren|wijzigen) of ~',
  },
  {
    topic: 'risk',
    sample: 'Can I do that during the day?',
    en: '(?:during|in|outside(?: of)?|after|over|within) (?:the |our |normal )*(?:day|(?:business|working|work|office|opening|production|peak|core) (?:hours|time|day)|operation|lunch(?: break| time)?|shift|school)|(?:at|by) (?:noon|midday|daytime)|during (?:work|service|production)|(?:need|want) a window|in the middle of the day|while (?:\\w+ ){1,4}(?:works?|working|connected|inside|online|logged in|on it)|(?:maintenance|change|service) window|quiet (?:hour|time)|downtime|off[- ]hours|(?:wait|leave it) (?:for|until|till) (?:tonight|this evening|the evening|the night|the weekend|everybody has left)|(?:done|do|chang\\w+|fix\\w*|appl\\w+|make) ~ in production|(?:can|may|could|should|shall) (?:I|we|it|that|this|one) (?:be |just |already |also )*(?:do|done|change|changed|fix|fixed|apply|applied|make|made|add|added|run|type|paste|switch|raise) ~ (?:now|right away|straight away|at once|immediately|today|live)',
    de: 'im (?:laufenden )?(?:Produktiv)?Betrieb|tagsüber|mittags|Wartungsfenster|Feierabend|Dienstschluss|Mittagspause|(?:während|außerhalb|innerhalb|in|zu) (?:der |den |unserer? |laufender )*(?:Arbeits|Büro|Öffnungs|Geschäfts|Praxis)(?:zeit|stunden)(?:en)?|Sprechstunde|während (?:\\w+ ){1,4}(?:arbeiten|arbeitet|verbunden sind|drin sind|online sind)|(?:kann|darf|können|dürfen|soll|sollen) ~(?:jetzt|gleich|sofort|heute|direkt|tagsüber)~ (?:machen|ändern|umstellen|einspielen|eintippen|durchführen|anpassen|erledigen|eingeben|setzen|tun)|(?:geht|ginge) (?:das|es) (?:auch )?(?:jetzt|gleich|sofort|heute|tagsüber|untertags)',
    fr: "pendant (?:les heures|la journée|le travail|le service|l[’']ouverture|qu[’']\\w+ travaillent|que ~ travaillent)|en (?:pleine )?journée|heures (?:de (?:bureau|travail|service)|d[’']ouverture|ouvr(?:abl|é)es)|fenêtre de maintenance|(?:fai(?:re|t)|chang\\w+|modifi\\w+) ~en production|(?:peut-on|puis-je|je peux|on peut|pouvons-nous|dois-je attendre) ~(?:maintenant|tout de suite|aujourd[’']hui|ce soir|de suite)",
    es: '(?:durante|en|fuera de) (?:pleno |el |la |las |los )*(?:día|jornada|horarios? (?:de (?:oficina|trabajo|atención)|laboral(?:es)?|comercial)|horas? (?:de (?:oficina|trabajo)|laborales)|mediodía)|ventana de mantenimiento|en caliente|mientras (?:\\w+ ){0,3}(?:trabajan?|están? (?:conectad\\w+|trabajando|dentro))|(?:puedo|podemos|se puede|podría(?:mos)?) ~(?:ahora(?: mismo)?|hoy|ya mismo|de inmediato|enseguida)|(?:hacer|cambiar|aplicar)(?:lo)? ~ en producción',
    it: "(?:durante|in|fuori) (?:il |la |l[’'])?(?:giorno|giornata|pieno giorno|orario|ore (?:di (?:lavoro|ufficio)|lavorative))|di giorno|finestra di manutenzione|a mezzogiorno|mentre (?:\\w+ ){0,3}(?:lavorano?|sono (?:collegati|connessi|dentro))|(?:posso|possiamo|si può|potrei) ~(?:subito|adesso|ora|oggi)|(?:farlo|(?:cambiar|modificar)\\w+) ~in produzione",
    pt: '(?:em|no|fora d[eo]) (?:o |a |pleno )?(?:dia|expediente|horário (?:comercial|de (?:trabalho|expediente|atendimento)|laboral)|horas de trabalho)|janela de manutenção|ao meio-dia|enquanto (?:\\w+ ){0,3}(?:trabalham?|est(?:á|ão) (?:conectad\\w+|ligad\\w+|trabalhando|a trabalhar))|(?:podemos|pode-se|dá p(?:a)?ra) ~(?:agora|já|hoje|de imediato)|(?:fazer|feito|mudar|alterar) ~em produção',
    nl: "overdag|(?:tijdens|onder|buiten|in) (?:de )?(?:(?:kantoor|werk|openings)(?:uren|tijd|tijden|dag)|lunch)|onderhouds\\w*|'s middags|terwijl (?:\\w+ ){1,4}(?:werk(?:t|en)|verbonden (?:is|zijn)|online (?:is|zijn)|aan het werk)|(?:kan|kunnen|mag|mogen|zullen) (?:ik|we|wij|dit|dat|het) ~(?:nu|meteen|direct|vandaag|gelijk)|(?:doen|aanpassen|wijzigen) in productie|in productie (?:doen|aanpassen|wijzigen)",
  },
  {
    topic: 'risk',
    sample: 'Does it kick out the others?',
    en: '(?:disconnect|interrupt|disturb|disrupt|kick|throw|drop|kill|cut|log|knock|boot|bother|break|end|terminat)(?:s|ing|es?)? (?:off |out |down )?(?:<users>|(?:the |our |my )[\\w-]+ (?:tunnels?|people|users|guys|folks|ones|sites?|branch(?:es)?|VPN))|(?:change|fix|command|step|restart) (?:\\w+ ){0,3}(?:affect|impact|touch|stop|lock)s? <users>|(?:cuts?|kicks?|throws?|logs?|knocks?|locks?) (?:\\w+ ){0,3}(?:off|out)|without (?:to )?(?:\\w+ing|disconnect|interrupt|disturb|touch|kick|drop|cut|affect) (?:off |out )?(?:<users>|(?:the |our |my )[\\w-]+ (?:tunnels?|people|users|guys|folks|ones))|(?:will|would|does|do|get|gets|be|being|are|is|everyone|everybody|users|people|others) (?:\\w+ ){0,3}(?:disconnected|kicked|thrown out|interrupted|logged (?:out|off)|cut off|dropped|disrupted)|(?:will|would|do|does) (?:\\w+ ){1,3}(?:lose|drop|stay (?:connected|online|up|in)|remain connected|go down|notice)|outage|interruption|disruption|service impact',
    de: 'unterbr\\w{3,7}|stört?(?:en)? (?:das|es|ich|wir) ~|Ausfallzeit|ohne Ausfall|flieg(?:t|en) ~raus|(?:raus|hinaus)(?:zu)?(?:werfen|schmeißen|kicken|fliegen|geworfen|geschmissen)|(?:wirft|schmeißt|kickt|haut|werfe|schmeiße|kicke) ~raus|(?:trennt|trennen|trenne|kappt|kappen|beendet|beenden|kickt|stört|störe|stören|betrifft der (?:Eingriff|Wechsel)|schießt|schießen) (?:das |es |ich |wir |man |dann |damit )*(?:auch )?<leute>|ohne (?:dass )?~(?:zu (?:trennen|stören|unterbrechen|kicken|kappen)|rauszuwerfen|rausfliegen|getrennt werden|merken)|(?:werden|wird|verlieren|verliert|merken|bleiben|bleibt) (?:dann |dabei |damit )*<leute> ~(?:getrennt|rausgeworfen|unterbrochen|Verbindung|Sitzung|etwas|was|davon|verbunden|drin|online|gekickt|abgehängt)',
    fr: "(?:coup(?:e|es|ent|era|er|ons)|déconnect(?:e|es|ent|era|er)|éject\\w+|interromp\\w*|perturb\\w+|gên\\w+|dérang\\w+|tu(?:e|er)) (?:\\w+[’' ]){0,3}(?:utilisateurs|autres|connectés|sessions|monde|gens|tunnels|collègues|connexions|personnes|tous)|sans (?:couper|déconnecter|gêner|déranger|interrompre|toucher|éjecter|perturber)|(?:seront|sera|être|sont)(?:-ils| -elles)? (?:\\w+ ){0,2}(?:déconnectés?|coupés?|éjectés?)|interruption de service|coupure",
    es: '(?:desconect\\w+|cort(?:a|an|ará|ar|o|amos)|ech(?:a|an|ará|ar|o)|tir(?:a|an|ará|ar|o)|interrump\\w+|tumb\\w+|expuls\\w+|molest\\w+) (?:\\w+ ){0,3}(?:usuarios|demás|otros|sesiones|gente|todos|conectad\\w+|compañeros|alguien|nadie|túneles|VPN)|sin (?:cortar|desconectar|afectar|molestar|tocar|echar|interrumpir|tirar)|se (?:caen?|caerán?|cortan?|desconectan?) (?:\\w+ ){0,3}(?:usuarios|demás|otros|sesiones|todos|túneles|conexiones)',
    it: '(?:disconnett\\w+|scolleg\\w+|interromp\\w+|stacc\\w+|disturb\\w+|butt\\w+ (?:fuori|giù)|chiud\\w+) (?:\\w+ ){0,3}(?:utenti|altri|tutti|sessioni|colleghi|collegati|connessi|qualcuno|nessuno|tunnel)|senza (?:toccare|disconnettere|disturbare|buttare|interrompere|scollegare|staccare|far cadere)|cad(?:ono|e|ranno) (?:\\w+ ){0,3}(?:utenti|altri|tutti|sessioni|connessioni|tunnel)',
    pt: '(?:desconect\\w+|derrub\\w+|cort(?:am|ar|ará)|expuls\\w+|interromp\\w+|deslig\\w+|atrapalh\\w+|incomod\\w+) (?:\\w+ ){0,3}(?:usuários|utilizadores|outros|sessões|todos|pessoal|gente|conectad\\w+|ligad\\w+|colegas|alguém|ninguém|túneis)|sem (?:derrubar|desconectar|afetar|cortar|tocar|atrapalhar|interromper|mexer)|ca(?:em|i|irão) (?:\\w+ ){0,3}(?:usuários|outros|sessões|todos|conexões|túneis)',
    nl: '(?:onderbre\\w+|verbre\\w+|stoor|stoort|storen|gooi|gooit|gooien) (?:\\w+ ){0,4}(?:gebruikers|anderen|iedereen|sessies|collega\\w*|mensen|verbindingen|iemand|eruit|tunnels)|zonder ~(?:te (?:storen|verbreken|onderbreken|raken)|eruit te gooien)|(?:vliegen|vliegt|liggen|ligt) ~(?:eruit|uit|plat)',
  },
  {
    topic: 'risk',
    sample: 'If I take the group out, who gets locked out?',
    any: '(?:if|when|wenn|falls|si|se|als) .*(?:locked out|los(?:e|es|ing) (?:the |their |my |our )?(?:access|connection|login)|stops? working|ausgesperrt|(?:verlier|verlies)\\w* .{0,30}(?:Zugriff|Zugang|toegang)|(?:pierd|perd|perc)\\w+ .{0,12}(?:acc[eè]s\\w*|acesso)|dej\\w+ de (?:funcionar|entrar)|smett\\w+ di (?:funzionare|entrare)|(?:par|deix)\\w+ de (?:funcionar|entrar)|cess\\w+ de fonctionner|buitengesloten)',
  },
  {
    topic: 'who',
    sample: 'Why only him?',
    any: '(?:2FA|MFA|two[- ]factor|second factor|zweiter? Faktor|factor|token) ~(?:for|für|pour|para|per|voor) (?:everyone|everybody|all|others|alle|tous|tout le monde|todos|tutti|iedereen)|(?:is it|est-ce|ist es|è|es|é) (?:just |only |nur )?(?:him|her|them|lui|elle|er|sie|él|ella|ele|ela) ?\\?',
    en: 'why (?:is it |is |are )?(?:only|just)|(?:only|just) [\\w.-]+ or (?:all|every\\w+|the others|others)|(?:hit|affect|concern|stop|impact|touch|happen)s?(?: to)? (?:only |just |also )?<others>|(?:also|only|just|same|too|it|this) (?:for|with|at) <others>|(?:are|is|were|was) (?:[\\w-]+ ){1,4}(?:affected|hit|concerned)|(?:anyone|anybody|everyone|others?|who) (?:else )?(?:affected|hit|else|has it|have it)|who else|who (?:all )?(?:is|are|was|were) (?:affected|hit|concerned)|(?:all|every) (?:users?|clients?|people|of us) or|(?:everybody|everyone|all) or|(?:only|just) (?:him|her|me|one|this (?:user|one)|them)(?: or|$|\\?)|(?:is it|is that|is this) (?:only|just)|others? ~(?:same (?:problem|issue|trouble|error)|too\\??$)|why (?:is|are) (?:the whole|all|every\\w*)|are there (?:any )?others|(?:is|are) (?:he|she|it|they) (?:the )?(?:alone|only (?:one|user)s?)',
    de: '<why> (?:geht es )?(?:nur|ausgerechnet)|betrifft|betroffen|trifft (?:das|es)|(?:wen|wer) (?:sonst|noch)|(?:ist es|ist das) nur (?:bei|für|er|ihm|ihr|sie|ihn|ein(?:e[rnm]?)? (?:Benutzer|User|Anwender))|alle oder|(?:nur|bloß) (?:er|ihn|sie|ihm|ihr|einer|einen|bei ihm|bei ihr|mich|ich) ?(?:oder|betroffen|\\?)|(?:auch|noch) (?:bei |für )?(?:(?:die |den )?anderen?|alle|allen|Kollegen)|die anderen auch|bei allen|<why> (?:ist|sind) (?:das ganze|die ganze|alle)|gibt es noch andere|(?:ist|bin) (?:er|sie|ich) (?:da(?:mit|bei) )?(?:allein|der einzige|die einzige)',
    fr: "pourquoi (?:seulement|uniquement|juste|elle|lui|que)|(?:touche|concerne|affecte|impacte)(?:-t-(?:il|elle|on))?|(?:lui|elle|moi) seule?(?:ment)?|(?:seulement|que|juste) (?:lui|elle|moi) ou|tout le monde ou|(?:pour|chez) (?:tout le monde|tous|les autres)|les autres aussi|touchés|concernés|impactés|pourquoi est tout\\w*|y a(?:-t-il)? d[’']autres|est-(?:il|elle) seule?",
    es: 'por ?qu[eé] (?:sólo|solo)|afecta(?:n|rá)?|(?:solo|sólo|solamente) (?:a )?(?:él|ella|este usuario|uno|una)|(?:también )?(?:a|para) (?:todos|otros|los demás)|los demás también|todos o|afectad[oa]s|por ?qu[eé] está tod\\w+|hay (?:más|otros)',
    it: 'perché (?:solo|soltanto|proprio)|riguarda|colpisce|interessa|coinvolge|(?:solo|soltanto) (?:lui|lei|a lui|a lei|me|un utente)|(?:anche|per) (?:a )?(?:gli altri|altri|agli altri|tutti|i colleghi)|(?:lui|lei|uno) o tutti|coinvolti|colpiti|ci sono altri',
    pt: 'por ?que (?:só|apenas)|afeta(?:m|rá)?|(?:só|somente|apenas) (?:ele|ela|a ele|a ela|eu|um)|(?:para|a) os outros|os outros também|todos ou|afetad[oa]s|há outros',
    nl: 'waarom (?:alleen|enkel)|treft|geldt|betreft|raakt (?:dit|dat|het)|(?:alleen|enkel) (?:hij|hem|zij|haar|bij hem|bij haar)|ook (?:voor |bij )?(?:de )?(?:anderen|iedereen|collega\\w*)|iedereen of|anderen ook|getroffen|zijn er (?:nog )?(?:meer|anderen)',
  },
  {
    topic: 'rollback',
    sample: 'Do we roll back?',
    any: '(?:roll(?:ing)?[- ]?(?:the \\w+ )?back|rollback|downgrad\\w{1,3}|(?:go|going) back to|zurück (?:auf|zu)|zurück(?:rollen|gehen|drehen)|terug naar|volver (?:a|atrás)|voltar|tornare (?:indietro|alla)|revenir (?:à|en)|revert(?:ing)?)',
  },
  {
    topic: 'meanwhile',
    sample: 'How can they log in today?',
    en: 'how (?:do|can) (?:I|we|they|he|she) (?:get|log) (?:back )?in|(?:any|another|other) way (?:for \\w+ )?(?:to )?(?:log|get|work|connect)|meanwhile|meantime|until then|interim|stop-?gap|for now|this evening|tonight|tomorrow|(?:quick|fast)est|temporarily|temporary|(?:disable|(?:switch|turn)(?:ing)? (?:off )?|remove|skip|bypass) ?~(?:2FA|MFA|two[- ]factor|second factor)(?! (?:is|was)\\b)',
    de: 'heute (?:noch|abend)|bis dahin|übergangsweise|Zwischenzeit|vorübergehend|(?:2FA|MFA|zweite[nr]? Faktor) ~(?:ab|aus)schalten',
    any: 'mientras tanto|entre-temps|nel frattempo|enquanto isso|ondertussen|esta (?:noche|tarde)|ce soir|vanavond|stasera|temporar\\w+',
  },
  {
    topic: 'factor',
    sample: 'Does that mean 2FA is switched off?',
    en: '(?:2FA|MFA|two[- ]factor|second factor|tokens?) ~(?:off|disabled|bypassed|skipped)',
  },
  {
    topic: 'share',
    sample: 'May I forward this to the customer?',
    any: '(?:can|may|could|should|shall|kann|darf|soll|puis-je|puedo|posso) .{0,40}<forward>(?! (?:out|(?:\\w+ ){0,3}(?:mail|message|tokens?|accounts?|licen[cs]es?))\\b)',
    en: '(?:safe|ok(?:ay)?) to (?:<forward>|paste .{0,30}(?:in(?:to)?|on|to) (?:the|a|an|our|your) (?:\\w+ )?(?:forum|ticket|case|mail|chat|channel|group))',
    de: '(?:kann|darf) (?:ich|wir) .{0,60}(?:forum|ticket|chat)\\w{0,4} .{0,10}stellen',
  },
  {
    topic: 'buy',
    sample: 'Do we need another licence?',
    any: 'licen[cs]es?|licensed|licensing|user limit|Lizenz(?:en)?|licencias?|licenças?|buy|purchase|subscriptions?|Abo|kaufen|bestellen|acheter|(?:re|ri)?comprare?|racheter|licenz[ae]|acquist\\w{2,3}|kopen|licenties?|cost|pay',
  },
  {
    topic: 'reinstall',
    sample: 'Does it help to reinstall the app?',
    any: 're-?install\\w{0,5}|(?:neu|nochmal|erneut|opnieuw) (?:\\w+ )?(?:zu )?install\\w{2,6}|neuinstall\\w{3,6}|herinstall\\w{2,4}|réinstall\\w{1,4}|reinstal\\w{1,5}|instal\\w{1,5} (?:\\w+ ){0,3}(?:again|de nouveau|de nuevo|di nuovo|de novo|otra vez|outra vez)',
  },
  {
    topic: 'token-or-password',
    sample: 'Is it the token or the password?',
    any: '<token> (?:or|oder|ou|o|of) (?:(?:the|a|his|her|their|my|am|das|der|le|la|il|het|een) )?(?:<password>|what|was|quoi|qué|che|wat)|<password> (?:or|oder|ou|o|of) (?:(?:the|a|his|her|their|my|am|der|das|le|la|el|il|het|een) )?<token>|<password>, <token> (?:or|oder|ou|o|of)',
  },
  {
    topic: 'token',
    sample: 'Is the token lost?',
    any: '<token> (?:.{0,30} )?(?:lost|broken|dead|defekt|kaputt|new|neu\\w{0,2}|nuevos?|nouveaux?|novo|nuov[oi]|nieuwe?|replace\\w?|re-?(?:provision|activate|assign|issue|set|install|create|enrol)\\w{0,2}|ausrollen)|activate .{0,15}<token> again|(?:new|neue[ns]?|nouveau|nuevo|novo|nuovo|nieuwe?|lost|broken|replace|throw|discard|swap|re-?(?:provision|activate|assign|issue|set|create)) (?:.{0,25} )?<token>|re-?enrol\\w{0,3}|(?:sostitu|ersetz|remplac|reemplaz|vervang)\\w+ (?:.{0,15} )?<token>',
  },
  {
    topic: 'password',
    sample: 'Shall I reset her password?',
    any: "(?:(?:new|neue[ns]?|nouveau|nueva|nova|nieuw|re-?set\\w{0,3}|chang\\w{1,3}|wrong|mistyp\\w{1,3}|renew|zurücksetzen|ändern|falsch\\w{0,2}|réinitialiser|cambi\\w{1,3}|trocar|mudar) (?:.{0,30} )?|(?:is|liegt|ist|was|es|ligt|est-ce) (?:(?:it|es|das|het|only|just|the|her|his|their|your|an?|am|ihr|sein|[ms]einem|ihrem|aan|AD|users?['’]?s?|wrong|la|mi|su|le|son|mijn|zijn|hun|leur|seu) ){0,4}|(?:or|oder|ou|o|of) (?:(?:the|her|his|das|le|la|el|het) )?)<password>|<password> (?:.{0,40} )?(?:re-?set|chang\\w{1,3}|wrong|zurücksetzen|ändern|falsch|wijzigen|veranderen|resetten)",
  },
  {
    topic: 'restart',
    sample: 'Does a reboot help?',
    any: 'reboot\\w{0,3}|re-?start\\w{0,3}|neu ?startet?n?|Neustart\\w?|redémarr\\w{1,3}|reinici\\w{1,3}|riavvi\\w{1,4}|herstart\\w{0,2}|opnieuw (?:op)?starten|power[- ]?cycl\\w{1,3}',
  },
  {
    topic: 'enough',
    sample: 'Is it enough to change one side?',
    en: '(?:is|are|will|would|does) [^.?!]{0,60}(?:enough|suffice|sufficient)|needs? (?:both|two)|also (?:need|have to|require)|(?:need|have|has) to ~(?:too|as well)|(?:both|two|either) (?:sides?|places?|ends?)|on both',
    de: '(?:reicht|genügt)(?: es| das| dafür| hier)?|(?:muss|müssen|brauche|brauchen) (?:\\w+ ){1,3}?(?:beides?|zusätzlich)|auf beiden Seiten',
    fr: 'suffit|suffisant|suffira|(?:les|tous les) deux',
    es: 'basta(?: con)?|suficiente|es bastante|(?:las|los) dos|amb[oa]s',
    it: 'basta|sufficiente|entrambi|tutti e due|tutte e due',
    pt: 'chega|suficiente|(?:os|as) dois|amb[oa]s',
    nl: 'genoeg|voldoende|volstaat|allebei|beide (?:kanten|zijden)',
  },
  {
    topic: 'ready',
    sample: 'Can we go live on Monday?',
    any: 'go(?:ing)?[- ]live|live gehen|roll(?:ing)? (?:it )?out|cut-?over|in(?:to)? production|green light|grünes Licht|go for|ausrollen|freigeben|Freigabe|produktiv|mise en (?:production|service)|producción|produção|ready (?:for|to)|close (?:the|this|my) (?:ticket|case|change)|(?:Ticket|Fall) .{0,20}(?:schließen|zumachen)|still (?:wrong|broken)|fixed now|did (?:he|she|it|they) (?:get in|work)|(?:is|are) (?:he|she|they) in now',
  },
  {
    topic: 'side-effect',
    sample: 'Does it expose us?',
    any: '(?:un)?safe|(?:das|ça|cela|es[to]o|questo|isso|dat) (?:öffnet|ouvre|abre|apre|opent)|(?:öffnet|opent) (?:das|dat)|slows? ~down|what happens to|what (?:do|would) (?:I|we|they) lose|risk\\w?|dangerous|gefährlich|riskant|Risiko|expos\\w{1,3}|exp(?:õe|onen?|õem)|(?:gaat|gehen|geht|gaan) (?:\\w+ ){0,3}open|(?:to|from) the (?:whole )?internet|does (?:it|this|that) open|side[- ]effects?|Nebenwirkung(?:en)?|effets? de bord|dangereux|risqué|peligroso|arriesgado|riesgo|pericoloso|rischioso|rischio|perigoso|arriscado|risco|gevaarlijk|veilig',
  },
  {
    topic: 'vendor',
    sample: 'Do I open a ticket with Fortinet?',
    any: '(?:ticket|case|chamado|caso|tac) (?:.{0,30} )?fortinet|fortinet (?:.{0,20} )?(?:ticket|case|support|for that|for this|dafür)|need fortinet|(?:is|or) (?:that|it|this) a ticket',
  },
  {
    topic: 'attack',
    sample: 'Is this an attack?',
    any: 'attack\\w{0,3}|man[- ]in[- ]the[- ]middle|MITM|hack\\w{0,4}|brute[- ]?force\\w{0,2}|intru\\w{2,5}|compromised|Angriff|gehackt|ataque|attaque',
  },
  {
    topic: 'clients',
    sample: 'Do I have to touch every laptop?',
    any: '(?:every|each|all(?: the| our| of the)?|tutti i|todos os|jede[mnrs]?|alle[mn]?|sämtliche|tous les|todos (?:los|os)|(?:the|all|die|alle|les|los|os|de) \\d{1,5}) (?:\\w+ )?(?:(?:forti)?clients?|phones?|Handys?|laptops?|computers?|PCs?|Rechner\\w?|Geräten?|Notebooks?|machines?|workstations?|profiles?|Profile?n?|postes?|equipos?)|(?:on|auf|an|op|sur|en|sui|nei|nos) (?:(?:the|their|our|den|ihren|unseren|de|hun|onze|les|leurs|los|las|sus|i|gli|os|seus) )?(?:laptops|clients?|PCs|computers|Rechnern|Notebooks|Handys|phones|postes|ordinateurs|équipos|ordenadores|portátiles|portatili|portáteis|computadores)|(?:do|must|should) (?:I|we) (?:have to |need to )?(?:change|touch|update|replace) (?:\\w+ ){0,2}(?:clients?|laptops?|phones?)|(?:do|must|müssen) .{0,10}(?:users|phones|Benutzer) .{0,10}(?:have to|need to|need a|change|neu|ändern)',
  },
  {
    topic: 'change',
    sample: 'Do we have to change anything on the FortiGate?',
    any: '(?:open|chang\\w{1,3}|touch\\w{0,2}|adjust|set|switch|umstellen|ändern|einstellen|anfassen|toucher|modifier|cambiar|tocar|mudar|mexer) (?:.{0,40} )?<gate>|<gate> (?:.{0,30} )?(?:open|chang\\w{1,3}|umstellen|ändern|anfassen|angepasst|öffnen|freischalten|cambiar)|(?:re-?build|redo|re-?create) ~(?:VPN|tunnel)|what (?:else )?(?:needs|has) (?:to be )?chang\\w{1,3}',
  },
  {
    topic: 'place',
    sample: 'Is it a certificate issue?',
    any: "(?:(?:is|was|be|it['’]s|ist|liegt|est-ce|es|é|ligt|puede ser) (?:[^?.!]{0,30} )?|(?:está mal|change|renew|rotate|renovar|cambiar|erneuern|vernieuwen) (?:.{0,20} )?|(?:wrong|bad|falsche[rs]?|mauvaise?|verkeerde?) )<thing>|<thing> (?:.{0,15} )?(?:wrong|issue|problem|trouble|fault|Fehler|erneuern|vernieuwen)|(?:account|Konto|compte|cuenta|profile) (?:.{0,10} )?(?:broken|blocked|locked|disabled|kaputt|gesperrt|geblokkeerd|bloqué|bloqueada)",
    en: "is push (?:the |a )?(?:problem|issue|cause|reason)|block\\w{0,3} .{0,15}Linux|(?:is|was) it (?:just |only |the |his |her |their )*(?:Linux|Windows|macOS|Mac|Android|iOS|iPhone|laptop|computer)|(?:does|must|should) (?:the |our |their )?(?:\\w+ )?(?:admins?|administrators?|team|provider) (?:have to|need to|do)|new account|is (?:it|this|that) (?:an? )?\\w+ (?:issue|thing|problem|setting)|whose job|is it (?:his|her|their|the|my) (?:app|phone|account)|do (?:he|she|they) (?:have|need) to change|(?:it|that) (?:can(?:['’]t|not)|must|might|may) be (?:the|our|their|my|his|her) (?!same)\\w+",
  },
  {
    topic: 'place',
    sample: 'Is it the firewall or the directory?',
    any: "<side> (?:(?:[^?.!]{0,30} )?(?:or|oder|ou|o)|(?:\\w+ )?(?:down|broken|offline|ok(?:ay)?|fine|healthy|to blame|at fault))|(?:(?:or|oder|ou|o) (?:[^?.!]{0,25} )?|(?:is|was|est-ce|c['’]est|est|es|é|ist|problema d(?:el|[aeo])),? (?:(?:it|this|that|es|das|problem|issue|cause|ce|something|anything|still|only|just|really|doch|on|with|at|in|because of|due to|côté|du côté|an|am|de|del|do|the|our|my|your|their|his|her|le|la|el|der|dem|die|o|a),? ){0,5}(?:l['’])?|(?:ask|call|contact|raise (?:it|this) with) (?:(?:the|our|my|their|new) ){0,2})<side>|(?:bei|at|am) (?:der |dem |the )?<side> (?:.{0,20} )?(?:ändern|change|tun)|(?:which|whose|welche|wessen|quel|qué|our|your|their|my|his|her|unsere?r?|Ihre?r?|notre|votre|nuestro|nosso) (?:fault|side|end|problem|turn|Seite|Fehler|Schuld|côté|lado|culpa)|fault|blame|schuld",
    en: "who (?:has|have|needs|must|should|will) (?:to )?(?:\\w+ )?(?:change|do|fix|look|act|correct|move)|who can (?:fix|change|unlock|solve)|what (?:does|do|must|should|has) (?:he|she|they|the (?:user|client|provider|other side)) (?:have to |need to |to )?(?:change|do|correct)|who(?:['’]s| is) right",
    de: "wer muss|was muss (?:er|sie)|wer hat (?:denn )?recht|liegt (?:es|das)|liegt['’]?s",
    fr: 'qui doit',
    es: 'quién tiene que',
    it: 'chi deve',
    pt: 'quem (?:deve|tem)',
    nl: 'wie moet|ligt (?:dit|het|dat)|<side> of|of (?:van |aan |bij )?(?:de |het |onze )?<side>',
  },
  {
    topic: 'todo',
    sample: 'Do we have to do anything?',
    en: "(?:do|must|should) (?:I|we) (?:(?:have|need) to )?do (?:any|some)thing|anything (?:left |else )?to (?:do|fix|change|correct)|(?:anything|something) wrong with (?:[\\w’'-]+ ){0,2}(?:accounts?|users?|login)",
    de: '(?:muss|müssen) (?:ich|wir|man) (?:da |noch |jetzt )?(?:et)?was (?:tun|machen)',
    fr: 'faut-il faire quelque chose',
    es: 'hay que hacer algo',
    pt: 'preciso fazer (?:alguma coisa|algo)',
  },
  {
    topic: 'sound',
    sample: 'Is any of this bad?',
    any: 'bad|normal|harmless|serious|an? (?:error|problem)|ok(?:ay)?|fine|right|good|wrong|worr(?:y|ies|ied)|nervous|uneasy|scares?|nervös|Sorgen|schlimm|gefährlich|odd|strange|unusual|suspicious|auffällig|komisch|seltsam|raro|extraño|bizarre|anormal|estranho|ein (?:Fehler|Problem)|faul|passt|richtig|gut|(?:can|could) you (?:please )?confirm|(?:sanity|double)[- ]check|the reason',
  },
];

const TOPICS = TOPIC_WORDS.map((words) => ({ topic: words.topic, matches: createMatcher(words) }));

/** A plan of the person, about which the fix says nothing: `is it safe to delete the block?` */
const ofPlan = createMatcher({
  any: '(?:delet|remov|disabl)\\w{1,3}|(?:turn|switch)(?:ing)? (?:it |this )?off|löschen|abschalten|ausschalten|deaktivieren|entfernen',
});
/** The trouble, not the fix: `why are the others disconnected at noon?` */
const ofTrouble = createMatcher({ any: '<why>' });

/** The topic of a sentence that asks, and where the sentence names it. */
export function findTopic(sentence: string, fits: (topic: QuestionTopic) => boolean): FoundTopic {
  for (const { topic, matches } of TOPICS) {
    const at = fits(topic) ? matches(sentence) : -1;
    if (at !== -1 && !isExcepted(topic, sentence)) return { topic, at };
  }
  return { topic: 'other', at: 0 };
}

export interface FoundTopic {
  readonly topic: QuestionTopic;
  readonly at: number;
}

function isExcepted(topic: QuestionTopic, sentence: string): boolean {
  if (topic !== 'risk' && topic !== 'side-effect') return false;
  return ofPlan(sentence) !== -1 || (topic === 'risk' && ofTrouble(sentence) !== -1);
}

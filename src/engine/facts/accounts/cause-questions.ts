import { anyOf } from './fix-questions.ts';

/** `how do I see that it is mended?`, `wie weise ich denen das nach?`, `comment savoir d'où ça vient ?` */
export const VERIFY = anyOf(
  'how (?:do|can|could|should|would|shall|to) (?:\\p{L}+ ){0,2}?(?:check|test|verify|prove|tell|see|know|find out|confirm|make sure|show|demonstrate|be sure|recogni[sz]e|measure)',
  '(?:check|test|verify|prove|see|find out|confirm|show) (?:that|whether|if|it|its) ~(?:fixed|works?|worked|mended|open|solved|reachable)',
  'wie (?:kann|können|soll|sollen|muss|prüf\\p{L}*|test\\p{L}*|seh\\p{L}*|erkenn\\p{L}*|merk\\p{L}*|weis\\p{L}*|weiß|beweis\\p{L}*|find\\p{L}*|stell\\p{L}*) (?:ich|wir|man)(?! ~(?:verhindern|vermeiden))(?= ~(?:prüf|test|seh|erkenn|nach|beweis|zeig|sicher|fest|heraus|raus|ob|dass|merk)| ?\\p{L}*\\?)',
  'wie (?:prüf|test|seh|erkenn|merk|weiß)\\p{L}* (?:ich|wir|man)',
  "comment ~(?:vérifi\\p{L}+|savoir|test\\p{L}+|prouv\\p{L}+|voi[rst]|contrôl\\p{L}+|sai[st]|m[’']assurer|démontr\\p{L}+)",
  'c[oó]mo ~(?:comprueb\\p{L}+|comprob\\p{L}+|verific\\p{L}+|s[eé]|saber|ver|veo|prob\\p{L}+|prueb\\p{L}+|demuestr\\p{L}+|demostr\\p{L}+)',
  'come ~(?:verific\\p{L}+|sapere|controll\\p{L}+|ved(?:o|ere)|prov(?:o|are)|dimostr\\p{L}+|capi(?:re|sco)|test\\p{L}+|so)',
  'como ~(?:verific\\p{L}+|saber|sei|test(?:o|ar|amos)|prov(?:o|ar)|comprov\\p{L}+|ve(?:r|jo)|confirm\\p{L}+|confir\\p{L}+)',
  'hoe ~(?:controle(?:er|ren)|weet|weten|test\\p{L}*|zie|zien|bewij\\p{L}+|toon|nagaan|check\\p{L}*)',
);

/** `how do we prevent that next year?`, `wie verhindern wir das?`, `cosa fare perché non si ripeta?` */
export const PREVENT = anyOf(
  "how ~(?:avoid|prevent|stop (?:it|this|that) (?:from|happening)|make sure (?:it|this|that) (?:does|will|never))|(?:never|not|n[’']t) (?:happen|occur|come up) (?:to us )?again|(?:happen|occur|come back)(?:s|ing)? (?:to us )?again",
  'wie ~(?:verhinder\\p{L}+|vermeid\\p{L}+|verhüt\\p{L}+)|(?:nicht|nie) (?:mehr|wieder|noch (?:ein)?mal) (?:passier\\p{L}+|vorkomm\\p{L}+|auftret\\p{L}+)',
  'comment ~(?:évit\\p{L}+|empêch\\p{L}+|prévenir)|ne se (?:re)?produi\\p{L}+ plus',
  '(?:c[oó]mo|para) ~(?:evit\\p{L}+|impedir|prevenir)|(?:no )?(?:nos )?(?:vuelva|vuelve) a (?:pasar\\p{L}*|ocurrir|suceder)',
  '(?:come|per) ~(?:evit\\p{L}+|impedi\\p{L}+|prevenire)|non (?:si ripeta|succeda più|ricapiti)',
  '(?:como|para) ~(?:evit\\p{L}+|impedir|prevenir)|(?:não )?(?:volte|voltar) a acontecer|não aconteça (?:mais|de novo)',
  'hoe ~(?:voorkom\\p{L}*|vermijd\\p{L}*)|(?:niet|nooit) (?:meer|weer|opnieuw) gebeur\\p{L}*',
);

const WORKS =
  '(?:works?|connects?|goes|passes|succeeds|successful|responds?|replies|answers?|fine|okay|ok|logs? in|accept(?:s|ed)|gets?|rings?|geht|läuft|klappt|funktioniert|kommt|antwortet|erfolgreich|verbindet|marche|fonctionne|passe|répond|réussi|accepté|funciona|va|entra|responde|acept\\p{L}+|aceit[ao]|funziona|risponde|accettat[ao]|werkt|lukt|antwoordt|doet het)';
const FAILS =
  "(?:not?|never|nobody|no one|only|cannot|fail(?:s|ed)?|error|isn[’']t|don[’']t|doesn[’']t|can[’']t|won[’']t|time[sd]? ?out|timeout|nicht|nie|kein\\p{L}{0,2}|niemand|nur|pas|jamais|échoue|erreur|nunca|nadie|falla|error|non|mai|nessuno|errore|não|erro|falha|niet|geen|niemand|alleen)";
const BUT =
  '(?:but|and|while|whereas|yet|if|when|though|although|aber|und|während|obwohl|wenn|mais|et|alors|tandis|si|pero|y|mientras|cuando|aunque|ma|e|mentre|se|mas|enquanto|maar|en|terwijl|als)';
const WHY_WORD = '(?:why|how come|warum|wieso|weshalb|pourquoi|por ?qu[eéê]|perch[eéè]|waarom)';
const SINCE =
  '(?:since|seit|depuis|desde|da (?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|ieri|oggi|quando)|sinds|overnight|until|bis|vorher|yesterday|gestern|before)';

/** `why does it work at home and not here?`, `der Test klappt, warum dann kein Login?`, `what is the difference?` */
export const CONTRAST = new RegExp(
  `^(?=.*(?:,|(?<!\\p{L})${BUT}(?!\\p{L})))${[WHY_WORD, WORKS, FAILS].map((word) => `(?=.*(?<!\\p{L})${word}(?!\\p{L}))`).join('')}(?!.*(?<!\\p{L})${SINCE}(?!\\p{L}))|${
    anyOf(
      `${WHY_WORD} [^.?!]{1,70}(?:y|e|et|und|en|and) [^.?!]{0,50}(?:not|no|non|nicht|pas|não|niet)(?=[?!. ]*$)`,
      "what(?:['’]?s| is) the dif\\p{L}+|wo (?:ist|liegt) der Unterschied|was ist der Unterschied|quelle est la différence|cu[aá]l es la diferencia|qual è la differenza|qual (?:é )?a diferença|wat is het verschil",
    ).source
  }`,
  'iu',
);

/** `we moved the line on Friday, could that be it?`, `hängt das damit zusammen?`, `why does it fail since yesterday?` */
export const OWN_CHANGE = anyOf(
  '(?:could|can|may|might) (?:it|that|this|the \\p{L}+|our \\p{L}+) (?:be (?:it|why|the (?:reason|cause))|have caused|have broken|cause|explain)|(?:to do with|related|coincidence)|because (?:of|we|I|they)|what (?:has |was |have \\p{L}+ )?changed|did (?:I|we|he|she|they) (?:\\p{L}+ ){0,2}(?:cause|do something wrong)',
  `${WHY_WORD} ~(?:since|seit|depuis|desde|da (?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|ieri|oggi|quando)|sinds|overnight)`,
  `(?:since|seit|depuis|desde|da (?:quando|ieri)|sinds) ~, (?:so )?${WHY_WORD}`,
  'hängt (?:das|es) (?:damit )?zusammen|(?:kann|könnte) (?:es|das) (?:daran|davon|damit) (?:liegen|kommen|zusammenhängen)|(?:liegt|kommt) (?:es|das) (?:daran|davon)|damit zu tun|was hat sich geändert',
  "(?:ça|cela|est-ce que ça) (?:peut|pourrait) (?:venir de|être)|est-ce (?:lié|à cause)|c[’']est (?:lié|à cause)|un rapport|qu[’']est-ce qui a changé",
  '(?:puede|podría|pudo) (?:ser|haber sido) (?:por )?(?:es[oae]|esto|la|el)|tiene (?:algo )?que ver|es por (?:el|la|eso|lo)|qu[eé] ha cambiado',
  "(?:può|potrebbe) (?:essere|dipendere)|(?:c[’']entra|ha a che fare)|è (?:per|a causa)|(?:che )?cosa è cambiato",
  '(?:pode|poderia) (?:ter sido|ser) (?:isso|isto|por|a|o)|tem (?:algo )?a ver|é por causa|o que mudou',
  '(?:kan|zou) (?:het|dat|dit) (?:daar)?(?:aan|door|daaraan|daardoor)|ermee te maken|komt (?:het|dat|dit) door|wat is er veranderd',
);

/** `where do I enter that?`, `wo stelle ich das ein?`, `où est-ce que je le règle ?` */
export const WHERE = anyOf(
  'where (?:exactly )?(?:do|can|must|should|shall|could|would|to) (?:(?:I|we|he|she|they|one) )?(?:have to |need to )?(?:set|enter|click|find|change|tick|put|configure|add|switch|turn|type|edit|raise|select|upload|import)',
  'where (?:is|are) (?:the|this|that) \\p{L}+ (?:setting|option|button|field|value|switch|box|menu)|where is (?:that|this|it) set',
  'wo (?:genau )?(?:muss|kann|soll|stell\\p{L}*|find\\p{L}*|trag\\p{L}*|setz\\p{L}*|änder\\p{L}*|klick\\p{L}*) (?:ich|wir|man)',
  'où (?:exactement )?(?:est-ce (?:que|qu)|dois-je|puis-je|faut-il|je|on|se)',
  'd[oó]nde (?:exactamente )?(?:lo |la |se |tengo |hay |puedo |debo )*(?:pongo|pone|que|cambi\\p{L}+|meto|configur\\p{L}+|activ\\p{L}+|introdu\\p{L}+|est[aá])',
  'dove (?:esattamente )?(?:lo |la |si |devo |posso |va )*(?:metto|mett\\p{L}+|impost\\p{L}+|cambi\\p{L}+|configur\\p{L}+|attiv\\p{L}+|inser\\p{L}+|trov\\p{L}+)',
  'onde (?:exatamente )?(?:eu |se |que |devo |posso |fica )*(?:coloc\\p{L}+|mud\\p{L}+|configur\\p{L}+|ativ\\p{L}+|alter\\p{L}+|encontr\\p{L}+|mex\\p{L}+)',
  'waar (?:precies )?(?:moet|kan|stel|vind|zet|wijzig) (?:ik|we|je)',
);

/** `do I enter the inner name or the outer one?`, `metto questo o quello?`; `which of the two do I take?` */
export const CHOICE = anyOf(
  '(?:should|must|shall|do|does|can) (?:I|we|he|she|they|users|it|that) (?:have to |need to |then )?(?:type|use|enter|put|choose|take|pick|select|keep|give|write|move|go|fill)~ or ~|(?:has|have) to (?:go|be) in|which (?:one|of (?:the|them|these|those))',
  '(?:nehme|trage|gebe|setze|wähle|verwende|benutze|schreibe|muss|müssen|soll|sollen) (?:ich|wir|er|sie|die|der|das|man) ~ oder ~(?:ein|nehmen|eintragen|eingeben|wählen|verwenden|schreiben|stehen|setzen|tippen)',
  '(?:je|on) (?:mets?|prends?|choisi[st]|donne|saisi[st]|tape|utilise) ~ ou ~|(?:dois-je|faut-il) (?:mettre(?! à jour)|prendre|choisir|donner|saisir|utiliser) ~ ou ~|laquelle|lequel',
  '(?:pongo|meto|uso|elijo|escribo|pone|escribe|tengo que (?:poner|usar|elegir|escribir)|debo (?:poner|usar|elegir)) ~ o ~',
  '(?:metto|uso|scelgo|scrivo|prendo|devo (?:mettere|usare|scegliere|dare|scrivere|prendere)) ~(?: o ~|, quello)',
  '(?:coloco|uso|escolho|escrevo|ponho|devo (?:colocar|usar|escolher|escrever)|entrar com) ~ ou ~',
  'moet(?:en)? ~ of ~(?:kiezen|staan|gebruiken|invullen|nemen|zetten|typen|aanpassen|invoeren)|moet(?:en)? ~(?:kiezen|gebruiken|invullen|aanpassen|invoeren|wijzigen) of ~',
);

const TEAM =
  '(?:team|teams|guys|people|provider|ISP|carrier|Microsoft|Entra|Azure|Okta|network|security|AD|domain|admins?|administrators?|hoster|supplier|partner|department|support|data ?cent(?:er|re)|Anbieter|Provider|Netzwerk\\p{L}*|Abteilung|Kollegen|Dienstleister|équipe|fournisseur|opérateur|équipes|équipo|equipo|proveedor|operador|squadra|fornitore|gestore|provedor|fornecedor|netwerk\\p{L}*|beheerders?|leverancier)';
const REQUEST_OF = `(?:what|which) ~(?:ask|request|order|demand) (?:of |from |for )?~${TEAM}`;

/** `what do I ask the network team for?`, `was sage ich der AD-Abteilung?`, `que demander à l'opérateur ?` */
export const REQUEST = anyOf(
  'what (?:else |exactly )?(?:do|should|must|shall) (?:I|we) (?:need|ask|get|request|want|demand)(?! to(?!\\p{L}))',
  'was (?:brauche|brauchen|muss|soll) (?:ich|wir) .{0,12}(?:von|anfordern|erbitten)|que (?:dois-je|faut-il|doit-on) demander|qué (?:les |le )?(?:pido|pedimos|necesito|hay que pedir)|(?:che )?cosa (?:devo |dobbiamo )?(?:chiedere|chiedo|mi serve)|o que (?:peço|preciso|pedimos)|wat (?:moet|heb|vraag) ik .{0,20}(?:vragen|nodig|aan)',
  `${REQUEST_OF}|(?:what|how) (?:exactly )?(?:do|can|shall|should|must) (?:I|we) (?:have to |need to )?(?:tell|say to|write(?: to)?|send|give|explain to) (?:the |our |my |their )?~${TEAM}`,
  `was ~(?:sag|schreib|frag|bestell|beantrag|verlang|forder|geb)\\p{L}* (?:ich|wir) ~${TEAM}|was (?:muss|soll|kann|müssen|sollen) (?:ich|wir) ~${TEAM} ~(?:sagen|schreiben|fragen|geben|bestellen|beantragen)|worum bitte`,
  `que ~(?:demand\\p{L}+|dire|écrire) ~${TEAM}|qu[’']est-ce que ~demande ~${TEAM}`,
  `qu[eé] (?:le|les) (?:pido|pedimos|digo|decimos|solicito) ~${TEAM}`,
  `(?:che )?cosa ~(?:chied\\p{L}+|dire|dico|scriv\\p{L}+) ~${TEAM}`,
  `o que (?:eu )?(?:peço|pedimos|digo|falo|solicito) ~${TEAM}`,
  `wat (?:moet|vraag|zeg|kan) (?:ik|we) ~${TEAM}`,
);

/** `can I give them more time?`, `kann man die Frist verlängern?`, `what do I put into that field?` */
export const VALUE = anyOf(
  '(?:more|longer|extra|additional) (?:time|seconds|minutes)|(?:can|could|may|should|shall|to) (?:(?:I|we|he|they|one) )?(?:raise|increase|extend|lengthen|shorten|lower) ~(?:timeout|timer|time|seconds|minutes|hours|limit|period|validity|deadline|value)|what ~(?:write|put|fill|enter) ~in(?:to)? ~field|what (?:exactly )?goes in(?:to)?',
  '(?:mehr|längere) (?:Zeit|Sekunden|Minuten)|(?:Frist|Zeit|Wartezeit|Timeout|Gültigkeit|Limit|Wert|Dauer) ~(?:verläng\\p{L}+|erhöh\\p{L}+|hochsetz\\p{L}+|herauf\\p{L}+|senk\\p{L}+|verkürz\\p{L}+)|was (?:trag|setz|schreib)\\p{L}* (?:ich|wir) ~ein|was (?:trag|gehört)\\p{L}* ~(?:Feld|ein)',
  "plus de temps|(?:monter|allonger|augmenter|prolonger|passer) ~(?:secondes|minutes|heures|délai|durée|temps)|qu[’']est-ce que je (?:mets|saisis) dans",
  'm[aá]s (?:tiempo|segundos|minutos)|(?:alargar|ampliar|subir|aumentar|prolongar) ~(?:plazo|tiempo|segundos|minutos|horas|l[ií]mite)|qu[eé] (?:exactamente )?(?:pongo|escribo|va) en',
  'pi[uù] (?:tempo|secondi|minuti)|(?:allungare|aumentare|prolungare|alzare) ~(?:tempo|secondi|minuti|ore|durata|scadenza|limite)|(?:che )?cosa (?:metto|scrivo|va) (?:esattamente )?(?:nel|in)',
  'mais (?:tempo|segundos|minutos)|(?:aumentar|alongar|estender|prorrogar|subir) ~(?:prazo|tempo|segundos|minutos|horas|limite|validade)|o que (?:exatamente )?(?:eu )?(?:escrevo|coloco|ponho|vai) n[oa]',
  'meer (?:tijd|seconden|minuten)|(?:verleng\\p{L}*|verhoog\\p{L}*) ~(?:tijd|seconden|minuten|duur|limiet)|(?:tijd|duur|limiet|termijn) ~(?:verlengen|verhogen|oprekken)|wat (?:vul|zet) (?:ik|we) ~in',
);

/** What a change of their own would stop: `if I take the rule out, who loses access?`, `si la quito, ¿dejan de funcionar los otros?` */
export const IF_CHANGED =
  /^\P{L}*(?:if|when|wenn|falls|si|se|als) .*(?<!\p{L})(?:locked out|los(?:e|es|ing) (?:the |their |my |our )?(?:access|connection|login)|stops? working|ausgesperrt|(?:verlier\p{L}+|verlies\p{L}*) .{0,30}(?:Zugriff|Zugang|toegang)|(?:pierd\p{L}+|perd\p{L}*|perc\p{L}+) .{0,12}(?:acc[eè]s\p{L}*|acesso)|dej\p{L}+ de (?:funcionar|entrar)|smett\p{L}+ di (?:funzionare|entrare)|(?:par|deix)\p{L}+ de (?:funcionar|entrar)|cess\p{L}+ de fonctionner|buitengesloten)(?!\p{L})/iu;

/** `is anybody else without a push?`, `ci sono altri senza accesso?`, `why is the whole shop out?` */
export const WHO_ELSE = anyOf(
  `${WHY_WORD} (?:is|are|ist|sind|est|está|è|is|zijn) (?:the whole|all|every\\p{L}*|das ganze|die ganze|alle|tout\\p{L}*|tod[oa]\\p{L}*|tutt[oai]|hele|iedereen)`,
  "(?:d[’']autres|other|another|andere|altri|otros|outros|demás) (?:users?|people|utilisateurs|Benutzer|utenti|usuarios|usuários|utilizadores|gebruikers)",
  "are there (?:any )?others|gibt es noch andere|y en a-t-il d[’']autres|hay (?:más|otros)|ci sono altri|há outros|zijn er (?:nog )?(?:meer|anderen)",
);

/** `does she have to log off and on?`, `ab- und wieder anmelden` */
export const RELOGIN = anyOf(
  '(?:log|sign)(?:ging|ing)? (?:off|out) and (?:back )?(?:on|in)|(?:log|sign) (?:on|in) again|ab- und (?:wieder )?an\\p{L}+|neu anmelden|se reconnecter|fermer la session|cerrar (?:la )?sesión|volver a (?:entrar|conectarse)|uscire e rientrare|sair e entrar|(?:uit|af)loggen en|opnieuw (?:inloggen|aanmelden)',
);

/** `is there a workaround until the change window?` asks of no risk */
export const WORKAROUND = anyOf(
  'work-?arounds?|Umgehungslösung|Notlösung|Zwischenlösung|solution de contournement|solución (?:temporal|provisional)|soluzione temporanea|solução (?:temporária|de contorno)|tijdelijke oplossing',
);

/** Says that a question is open, and does not ask it: `Why it fails is unclear.`, `Warum, weiß ich nicht.` */
const OPEN =
  /\b(?:(?:un)?clear|(?:not|n['’]t|unknown|no idea|mystery)|unklar|weiß (?:ich|wir)|keine Ahnung|Rätsel|egal|on ne sait|aucune idée|ni idea|no (?:lo )?s[eé]|non (?:lo )?so|não sei|geen idee|weet ik)\b.{0,25}$/iu;

/** Begins a question, or follows a statement: `NPS says 66, is that us` */
const ASKS = [
  "(?:why|how come) (?:do|does|did|is|are|was|were|can|has|have|will|would|should|must)(?:n[’']t)? ",
  'how (?:do|does|did|can|could|should|must|would) (?:I|we|he|she|they|it|you|one|the|this|that) ',
  'how (?:long|soon|often|many|much) (?:\\p{L}+ ){0,2}?(?:do|does|is|are|can|will|must|should) ',
  '(?:how long|wie lange|combien de temps|cu[aá]nto tiempo|quanto tempo|hoe lang) ?$',
  'what (?:do|must|should|shall|can) (?:I|we|they|he|she) |what (?:does|did|is|are|was) (?:the|this|that|it|he|she|they|["“]\\p{L}+|needed|wrong) ?|what (?:has |have (?:they|we) )?changed(?! is)',
  'where (?:exactly )?(?:do|does|can|must|should|shall) (?:I|we|he|she|they|the|it) ',
  '(?:is|was|are|were) (?:it|this|that|there|they|these|those) (?!not )|(?:did|does|can|could|will|would) (?:I|we|it|he|she|they|this|that|the|our|my|these|those) (?!not )|(?:do|should|shall|must|may) (?:I|we) ',
].join('|');
/** Begins a question; behind a comma the same words go on with a statement: `the server, which is in Lyon` */
const BEGINS = [
  '(?:which|what) (?:[\\p{L}\\d/.-]+ ){1,3}?(?:do|does|must|should|shall|can) (?:I|we|he|she|they|you|it|the|this|that) |which (?:[\\p{L}\\d/.-]+ ){1,2}(?:is|are) (?:needed|right|correct|it|missing)',
  'who (?:can|must|should|has to|needs to|is|else) |is (?:the|our|my|his|her|\\p{L}+ing) |(?:do|should) (?:they|he|she|these|those|all|the users) ',
  '(?:warum|wieso|weshalb) |wie (?:lange|kann|muss|soll|bekomme|prüfe|teste|sehe|verhindere|finde)\\p{L}{0,2} |was (?:muss|soll|kann|trage|mache|sage|bedeutet|heißt|hat sich) |welche[mnrs]? (?:[\\p{L}\\d-]+ ){1,3}?(?:muss|müssen|soll|brauche|kann|gehört|nehme)n? |wo (?:genau )?(?:muss|kann|soll|stelle|finde|trage|sehe) |wer (?:muss|kann|soll) |(?:brauchen|brauche|müssen|sollen|liegt|reicht|hilft) (?:ich|wir|das|es|er|sie) ',
  'pourquoi |comment (?:je|puis-je|on|peut-on|faire|savoir|vérifier|éviter) |quel(?:le)?s? (?:\\p{L}+ ){1,3}?(?:je |dois-je|faut-il|on |il faut|puis-je)|où (?:est-ce|dois-je|puis-je|je|faut-il|on) |combien de temps |qui (?:doit|peut) |(?:faut-il|dois-je|devons-nous|doit-on) |que (?:dois-je|faut-il|puis-je) ',
  'por ?qu[eé] (?:a|no|s[oó]lo|el|la|me|se|nos|funciona|sale) |c[oó]mo (?:puedo|podemos|lo|hago|s[eé]|compruebo|evit\\p{L}+) |qu[eé] (?:\\p{L}+ ){0,2}?(?:pongo|tengo que|debo|hago|les?|significa|ha cambiado|pido) |cu[aá]nto (?:tiempo|tarda|dura) |d[oó]nde (?:se|lo|pongo|tengo|puedo|está|debo|meto) |cu[aá]l(?:es)? (?:es|debo|pongo) |qui[eé]n (?:tiene|debe|puede) ',
  'perch[eéè] (?:non|solo|a|il|la|da|con|mi|si) |come (?:faccio|posso|possiamo|verifico|controllo|evit\\p{L}+) |qual[ei] (?:\\p{L}+ ){1,3}?(?:devo|dobbiamo|serve|uso|metto|va) |dove (?:devo|posso|metto|trovo|imposto) |(?:che )?cosa (?:devo|dico|gli|metto|è cambiato) ?|quanto (?:tempo|dura) |chi (?:deve|può) ',
  'por ?qu[eê] (?:s[oó]|n[aã]o|o|a|ele|ela|isso|d[aá]|funciona) |como (?:eu|posso|faço|podemos|verifico|sei|evit\\p{L}+) |onde (?:eu|fica|coloco|posso|devo) |qual (?:\\p{L}+ ){1,3}?(?:eu|devo|coloco|uso|preciso) |o que (?:eu|devo|digo|mudou|faço) |quem (?:deve|precisa) |quanto tempo ',
  'waarom |hoe (?:kan|moet|weet|lang|controleer|voorkom) |welke (?:\\p{L}+ ){1,3}?(?:moet|moeten|heb|kan|gebruik) |waar (?:moet|kan|staat|stel|vind) |wat (?:moet|betekent|zeg) |wie (?:moet|kan) |(?:moet|moeten|heeft) (?:ik|we|hij|zij|dit|het|er) ',
].join('|');
/** A question without its mark that begins with the word which asks. Samples: `why does it say -56 here`, `quale nome devo usare` */
const ASKING = new RegExp(`^[\\s>#*•"“(-]*(?:${ASKS}|${BEGINS})`, 'iu');
/** Sample: `It let her in on Monday, what has changed` */
const ASKING_LATER = new RegExp(
  `[,;–—-] (?:(?:and|but|so) )?(?:${ASKS})|[.!:] (?:(?:and|but|so) )?(?:${ASKS}|${BEGINS})`,
  'iu',
);

/** Whether a sentence without a question mark asks. */
export function asksUnmarked(sentence: string): boolean {
  return (ASKING.test(sentence) || ASKING_LATER.test(sentence)) && !OPEN.test(sentence);
}

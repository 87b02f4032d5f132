/** Words of several languages as one expression; `~` stands for the next few words. */
export function anyOf(...words: readonly string[]): RegExp {
  const source = words.map((each) => each.replaceAll('~', '[^.?!]{0,35}')).join('|');
  return new RegExp(`(?<![\\p{L}\\d])(?:${source})(?!\\p{L})`, 'iu');
}

const WORK_TIME = [
  // English
  '(?:during|in|outside(?: of)?|after|over|within) (?:the |our |normal )*(?:day|(?:business|working|work|office|opening|production|peak|core) (?:hours|time|day)|operation|lunch(?: break| time)?|shift|school)',
  '(?:at|by) (?:noon|midday|daytime)',
  'in the middle of the day',
  'while (?:\\p{L}+ ){1,4}(?:works?|working|connected|inside|online|logged in|on it)',
  'an? (?:maintenance|change|service) window',
  '(?:maintenance|change) window|quiet (?:hour|time)|downtime|off[- ]hours',
  '(?:wait|leave it) (?:for|until|till) (?:tonight|this evening|the evening|the night|the weekend|everybody has left)',
  '(?:done|do|chang\\p{L}+|fix\\p{L}*|appl\\p{L}+|make) ~ in production',
  '(?:can|may|could|should|shall) (?:I|we|it|that|this|one) (?:be |just |already |also )*(?:do|done|change|changed|fix|fixed|apply|applied|make|made|add|added|run|type|paste|switch|raise) ~ (?:now|right away|straight away|at once|immediately|today|live)',
  // German
  'im (?:laufenden )?(?:Produktiv)?Betrieb|tagsüber|mittags|Wartungsfenster|Feierabend|Dienstschluss|Mittagspause',
  '(?:während|außerhalb|innerhalb|in|zu) (?:der |den |unserer? |laufender )*(?:Arbeitszeit|Büro(?:zeit|stunden)|Öffnungszeit|Geschäftszeit|Arbeitszeiten|Bürozeiten|Öffnungszeiten|Geschäftszeiten|Sprechstunde|Praxiszeiten)(?:en)?',
  'während (?:\\p{L}+ ){1,4}(?:arbeiten|arbeitet|verbunden sind|drin sind|online sind)',
  '(?:kann|darf|können|dürfen|soll|sollen) ~(?:jetzt|gleich|sofort|heute|direkt|tagsüber)~ (?:machen|ändern|umstellen|einspielen|eintippen|durchführen|anpassen|erledigen|eingeben|setzen|tun)',
  '(?:geht|ginge) (?:das|es) (?:auch )?(?:jetzt|gleich|sofort|heute|tagsüber|untertags)',
  // French
  "pendant (?:les heures|la journée|le travail|le service|l[’']ouverture|qu[’']\\p{L}+ travaillent|que ~ travaillent)|en (?:pleine )?journée|heures (?:de (?:bureau|travail|service)|d[’']ouverture|ouvr(?:abl|é)es)|fenêtre de maintenance",
  '(?:fai(?:re|t)|chang\\p{L}+|modifi\\p{L}+) ~en production',
  "(?:peut-on|puis-je|je peux|on peut|pouvons-nous|dois-je attendre) ~(?:maintenant|tout de suite|aujourd[’']hui|ce soir|de suite)",
  // Spanish
  '(?:durante|en|fuera de) (?:pleno |el |la |las |los )*(?:día|jornada|horario(?:s)? (?:de (?:oficina|trabajo|atención)|laboral(?:es)?|comercial)|horas? (?:de (?:oficina|trabajo)|laborales)|mediodía)|ventana de mantenimiento|en caliente',
  'mientras (?:\\p{L}+ ){0,3}(?:trabajan?|está(?:n)? (?:conectad\\p{L}+|trabajando|dentro))',
  '(?:puedo|podemos|se puede|podría(?:mos)?) ~(?:ahora(?: mismo)?|hoy|ya mismo|de inmediato|enseguida)',
  '(?:hacer(?:lo)?|cambiar(?:lo)?|aplicar(?:lo)?) ~ en producción',
  // Italian
  "(?:durante|in|fuori) (?:il |la |l[’'])?(?:giorno|giornata|pieno giorno|orario (?:di (?:lavoro|ufficio|apertura)|lavorativo|d[’']ufficio)|ore (?:di (?:lavoro|ufficio)|lavorative)|orario)|di giorno|finestra di manutenzione|a mezzogiorno",
  'mentre (?:\\p{L}+ ){0,3}(?:lavorano?|sono (?:collegati|connessi|dentro))',
  '(?:posso|possiamo|si può|potrei) ~(?:subito|adesso|ora|oggi)',
  '(?:farlo|cambiar\\p{L}+|modificar\\p{L}+) ~in produzione',
  // Portuguese
  '(?:durante|em|no|fora d[eo]) (?:o |a |pleno )?(?:dia|expediente|horário (?:comercial|de (?:trabalho|expediente|atendimento)|laboral)|horas de trabalho)|janela de manutenção|ao meio-dia',
  'enquanto (?:\\p{L}+ ){0,3}(?:trabalham?|est(?:á|ão) (?:conectad\\p{L}+|ligad\\p{L}+|trabalhando|a trabalhar))',
  '(?:posso|podemos|pode-se|dá p(?:a)?ra) ~(?:agora|já|hoje|de imediato)',
  '(?:fazer|feito|mudar|alterar) ~em produção',
  // Dutch
  "overdag|(?:tijdens|onder|buiten|in) (?:de )?(?:kantoor(?:uren|tijd)|werk(?:uren|tijd|dag)|openings(?:uren|tijden)|lunch)|onderhouds\\p{L}*|'s middags",
  'terwijl (?:\\p{L}+ ){1,4}(?:werk(?:t|en)|verbonden (?:is|zijn)|online (?:is|zijn)|aan het werk)',
  '(?:kan|kunnen|mag|mogen|zullen) (?:ik|we|wij|dit|dat|het) ~(?:nu|meteen|direct|vandaag|gelijk)',
  '(?:doen|aanpassen|wijzigen) in productie|in productie (?:doen|aanpassen|wijzigen)',
];

const USERS =
  '(?:(?:the|all|any|our|my|other|active|running|open|connected|existing|current|present|remaining) )*(?:others?|users?|people|sessions?|connections?|tunnels?|everybody|everyone|colleagues?|staff|clients?|anybody|anyone|somebody|someone|them|us|those|rest|VPN|employees|ones|office)';
const LEUTE =
  '(?:(?:die|den|alle|allen|andere|anderen|der|laufende|laufenden|bestehende|bestehenden|aktive|aktiven|unsere|meine|verbundene|verbundenen) )*(?:anderen?|jemanden|alle|Leute|User|Usern|Benutzer|Anwender|Kollegen|Mitarbeiter|Verbindungen|Sitzungen|Sessions|Tunnel|Nutzer|wen|uns)';

const CUTS = [
  `(?:disconnect|interrupt|disturb|disrupt|kick|throw|drop|kill|cut|log|knock|boot|bother|break|end|terminat)(?:s|ing|es?)? (?:off |out |down )?${USERS}`,
  `(?:change|fix|command|step|restart) (?:\\p{L}+ ){0,3}(?:affect|impact|touch|stop|lock)s? ${USERS}`,
  `(?:cuts?|kicks?|throws?|logs?|knocks?|locks?) (?:\\p{L}+ ){0,3}(?:off|out)`,
  `without (?:to )?(?:\\p{L}+ing|disconnect|interrupt|disturb|touch|kick|drop|cut|affect) (?:off |out )?${USERS}`,
  '(?:will|would|does|do|get|gets|be|being|are|is|everyone|everybody|users|people|others) (?:\\p{L}+ ){0,3}(?:disconnected|kicked|thrown out|interrupted|logged (?:out|off)|cut off|dropped|disrupted)',
  '(?:will|would|do|does) (?:\\p{L}+ ){1,3}(?:lose|drop|stay (?:connected|online|up|in)|remain connected|go down|notice)',
  '(?:outage|interruption|disruption|service impact)',
  // German
  'unterbr\\p{L}{3,7}|Unterbrechung|stör(?:t|en) (?:das|es|ich|wir) ~|Ausfallzeit|ohne Ausfall',
  'flieg(?:t|en) ~raus|(?:raus|hinaus)(?:zu)?(?:werfen|schmeißen|kicken|fliegen|geworfen|geschmissen)|(?:wirft|schmeißt|kickt|haut|werfe|schmeiße|kicke) ~raus',
  `(?:trennt|trennen|trenne|kappt|kappen|beendet|beenden|kickt|stört|störe|stören|betrifft der (?:Eingriff|Wechsel)|schießt|schießen) (?:das |es |ich |wir |man |dann |damit )*(?:auch )?${LEUTE}`,
  `ohne (?:dass )?~(?:zu (?:trennen|stören|unterbrechen|kicken|kappen)|rauszuwerfen|rausfliegen|getrennt werden|merken)`,
  `(?:werden|wird|verlieren|verliert|merken|bleiben|bleibt) (?:dann |dabei |damit )*${LEUTE} ~(?:getrennt|rausgeworfen|unterbrochen|Verbindung|Sitzung|etwas|was|davon|verbunden|drin|online|gekickt|abgehängt)`,
  // French
  "(?:coup(?:e|es|ent|era|er|ons)|déconnect(?:e|es|ent|era|er)|éject\\p{L}+|interromp\\p{L}*|perturb\\p{L}+|gên\\p{L}+|dérang\\p{L}+|tu(?:e|er)) (?:\\p{L}+[’' ]){0,3}(?:utilisateurs|autres|connectés|sessions|monde|gens|tunnels|collègues|connexions|personnes|tous)",
  'sans (?:couper|déconnecter|gêner|déranger|interrompre|toucher|éjecter|perturber)|(?:seront|sera|être|sont)(?:-ils| -elles)? (?:\\p{L}+ ){0,2}(?:déconnectés?|coupés?|éjectés?)|interruption de service|coupure',
  // Spanish
  '(?:desconect\\p{L}+|cort(?:a|an|ará|ar|o|amos)|ech(?:a|an|ará|ar|o)|tir(?:a|an|ará|ar|o)|interrump\\p{L}+|tumb\\p{L}+|expuls\\p{L}+|molest\\p{L}+) (?:\\p{L}+ ){0,3}(?:usuarios|demás|otros|sesiones|gente|todos|conectad\\p{L}+|compañeros|alguien|nadie|túneles|VPN)',
  'sin (?:cortar|desconectar|afectar|molestar|tocar|echar|interrumpir|tirar)|se (?:caen?|caerán?|cortan?|desconectan?) (?:\\p{L}+ ){0,3}(?:usuarios|demás|otros|sesiones|todos|túneles|conexiones)',
  // Italian
  '(?:disconnett\\p{L}+|scolleg\\p{L}+|interromp\\p{L}+|stacc\\p{L}+|disturb\\p{L}+|butt\\p{L}+ (?:fuori|giù)|chiud\\p{L}+) (?:\\p{L}+ ){0,3}(?:utenti|altri|tutti|sessioni|colleghi|collegati|connessi|qualcuno|nessuno|tunnel)',
  'senza (?:toccare|disconnettere|disturbare|buttare|interrompere|scollegare|staccare|far cadere)|cad(?:ono|e|ranno) (?:\\p{L}+ ){0,3}(?:utenti|altri|tutti|sessioni|connessioni|tunnel)',
  // Portuguese
  '(?:desconect\\p{L}+|derrub\\p{L}+|cort(?:a|am|ar|ará)|expuls\\p{L}+|interromp\\p{L}+|deslig\\p{L}+|atrapalh\\p{L}+|incomod\\p{L}+) (?:\\p{L}+ ){0,3}(?:usuários|utilizadores|outros|sessões|todos|pessoal|gente|conectad\\p{L}+|ligad\\p{L}+|colegas|alguém|ninguém|túneis)',
  'sem (?:derrubar|desconectar|afetar|cortar|tocar|atrapalhar|interromper|mexer)|ca(?:em|i|irão) (?:\\p{L}+ ){0,3}(?:usuários|outros|sessões|todos|conexões|túneis)',
  // Dutch
  '(?:onderbre\\p{L}+|verbre\\p{L}+|stoor|stoort|storen|gooi|gooit|gooien) (?:\\p{L}+ ){0,4}(?:gebruikers|anderen|iedereen|sessies|collega\\p{L}*|mensen|verbindingen|iemand|eruit|tunnels)',
  'zonder ~(?:te (?:storen|verbreken|onderbreken|raken)|eruit te gooien)|(?:vliegen|vliegt|liggen|ligt) ~(?:eruit|uit|plat)',
];

/** `can I do that during the day?`, `fliegen dann alle raus?`, `est-ce que ça coupe les autres ?` */
export const RISK = anyOf(...WORK_TIME, ...CUTS);

/** `is it safe?`, `does it expose us?`, `any side effects?` */
export const SIDE_EFFECT =
  /\b(?:safe|risk\w?|dangerous|gefährlich|riskant|Risiko|expos\w{1,3}|exp(?:õe|onen?|one|õem)(?!\p{L})|(?:gaat|gehen|geht|gaan) (?:\p{L}+ ){0,3}open\b|(?:to|from) the (?:whole )?internet|does (?:it|this|that) open|side[- ]effects?|Nebenwirkung(?:en)?|effets? de bord|dangereux|risqué|peligroso|arriesgado|riesgo|pericoloso|rischioso|rischio|perigoso|arriscado|risco|gevaarlijk|riskant|veilig)\b/iu;

/** Asks of the trouble, not of the fix: `why are the others disconnected at noon?` */
export const WHY =
  /(?<!\p{L})(?:why|how come|warum|wieso|weshalb|pourquoi|por ?qu[eé]|perché|waarom)(?!\p{L})/iu;

/** Other people than the one of whom a person tells. */
const OTHERS =
  '(?:(?:the|all|any|our|my|other|also|just|only) )*(?:others?|users|people|everybody|everyone|everyone else|colleagues?|all|all of us|anybody|anyone|us|rest|admins?|administrators?|him|her|one user|this user|site|office|\\p{L}+ users)';

/** `why only him?`, `does it hit others too?`, `betrifft das auch andere?`, `solo lui o tutti?` */
export const WHO = anyOf(
  'why (?:is it |is |are )?(?:only|just)|(?:warum|wieso|weshalb) (?:geht es )?(?:nur|ausgerechnet)|pourquoi (?:seulement|uniquement|juste|elle|lui|que)|por ?qu[eé] (?:sólo|solo|só|apenas)|perché (?:solo|soltanto|proprio)|waarom (?:alleen|enkel)',
  `(?:hit|hits|affect|affects|concern|concerns|stop|stops|impact|impacts|touch|touches|happen to|happens to) (?:only |just |also )?${OTHERS}`,
  `(?:also|only|just|same|too|it|this) (?:for|with|at) ${OTHERS}`,
  '(?:are|is|were|was) (?:[\\p{L}-]+ ){1,4}(?:affected|hit|concerned)|(?:anyone|anybody|everyone|others?|who) (?:else )?(?:affected|hit|else|has it|have it)|who else|who (?:all )?(?:is|are|was|were) (?:affected|hit|concerned)',
  '(?:all|every) (?:users?|clients?|people|of us) or|(?:everybody|everyone|all) or|(?:only|just) (?:him|her|me|one|this (?:user|one)|them)(?: or|$|\\?)|(?:is it|is that|is this) (?:only|just)',
  'others? ~(?:same (?:problem|issue|trouble|error)|too\\??$)',
  // German
  'betrifft|betroffen|trifft (?:das|es) |(?:wen|wer) (?:sonst|noch)|(?:ist es|ist das) nur|alle oder|(?:nur|bloß) (?:er|ihn|sie|ihm|ihr|einer|einen|bei ihm|bei ihr|mich|ich) ?(?:oder|betroffen|\\?)|(?:auch|noch) (?:bei |für )?(?:(?:die |den )?anderen?|alle|allen|Kollegen)|die anderen auch|bei allen',
  // French
  '(?:touche|concerne|affecte|impacte)(?:-t-(?:il|elle|on))?|(?:lui|elle|moi) seule?(?:ment)?|(?:seulement|que|juste) (?:lui|elle|moi) ou|tout le monde ou|(?:pour|chez) (?:tout le monde|tous|les autres)|les autres aussi|(?:touchés|concernés|impactés)',
  // Spanish
  'afecta(?:n|rá)?|(?:solo|sólo|solamente) (?:a )?(?:él|ella|este usuario|uno|una)|(?:también )?(?:a|para) (?:todos|otros|los demás)|los demás también|todos o|afectad[oa]s',
  // Italian
  '(?:riguarda|colpisce|interessa|coinvolge)|(?:solo|soltanto) (?:lui|lei|a lui|a lei|me|un utente)|(?:anche|per) (?:a )?(?:gli altri|altri|agli altri|tutti|i colleghi)|(?:lui|lei|uno) o tutti|coinvolti|colpiti',
  // Portuguese
  'afeta(?:m|rá)?|(?:só|somente|apenas) (?:ele|ela|a ele|a ela|eu|um)|(?:para|a) (?:todos|outros|os outros)|os outros também|todos ou|afetad[oa]s',
  // Dutch
  '(?:treft|geldt|betreft)|raakt (?:dit|dat|het)|(?:alleen|enkel) (?:hij|hem|zij|haar|bij hem|bij haar)|ook (?:voor |bij )?(?:de )?(?:anderen|iedereen|collega\\p{L}*)|iedereen of|anderen ook|getroffen',
);

/** Asks whom it concerns, although it names the second factor or a person: `is our second factor off for everyone?`, `is it him?` */
export const ALL_OR_ONE =
  /\b(?:2FA|MFA|two[- ]factor|second factor|zweiter? Faktor|factor|token)\b[^.?!]{0,40}\b(?:for|für|pour|para|per|voor) (?:everyone|everybody|all\b|others|alle|tous|tout le monde|todos|tutti|iedereen)|(?<!\p{L})(?:is it|est-ce|ist es|è|es|é) (?:just |only |nur )?(?:him|her|them|lui|elle|er|sie|él|ella|ele|ela) ?\?/iu;

/** A question without its mark. Sample: `kann ich das jetzt gleich machen`, `solo lui o tutti` */
export const UNMARKED =
  /(?<=^|[.!,;:–—-] |\b(?:and|und|et|y|e|en|so|also) )(?:(?:can|may|could|should|shall|do|does|will|would|are|is) (?:I|we|it|this|that|the|my|our|they|others?|everyone|all)|(?:kann|darf|können|dürfen|muss|müssen|soll|betrifft|trifft|unterbricht|geht|fliegen|stört|sind) (?:ich|wir|man|das|es|die|dann|alle)|puis-je|peut-on|est-ce (?:que|qu)|(?:puedo|podemos|se puede|posso|possiamo|si può|afecta|afeta)(?= )|dá p(?:a)?ra|(?:kan|mag|kunnen|mogen|raakt) (?:ik|we|dit|dat|het)|(?:solo|soltanto|nur|only|just|alleen|só|sólo) (?:lui|lei|er|sie|ihn|him|her|me|one|hij|zij|ele|ela|él|ella))(?!\p{L})/iu;

/** Words of tokens, their licences and codes, of second factors that are skipped, and of timers. */
export const TOKEN_WORDS = {
  token: /\b(?:token-?(?:liste?n?|lijst)|\w{0,12}-?tokens?|tokenlizenz\w{0,2}|ftkmob\w{0,12}|jetons?)\b/,
  typed:
    /\b(?:typ(?:e|es|ed|ing)|enter\w{0,3}|puts? in|by hand|manually|keyed|getippt\w{0,2}|(?:ein|ab)?(?:zu)?tipp\w{1,2}|eingetippt\w{0,2}|eingeb\w{0,2}|eingegeben\w{0,2}|gibt|von hand|manuell\w{0,2}|escrib\w{1,5}|escrit[oa]|teclea\w{0,3}|saisi\w{0,3}|saisir|tap(?:e|er|ee?|ent)s?|digita\w{0,3}|scri(?:vo|tto|vere|ve)|in(?:ge)?ty?[pk]\w{1,4}|tikken|typt|escrev\w{1,4}|introduz\w{0,3}|a mano|a mao)\b/,
  locked:
    /\b(?:lock(?:ed|s)?|froze|frozen|freeze|eingefroren|disabl\w{1,3}|deactivat\w{1,3}|suspend\w{0,3}|revok\w{1,3}|blocked|invalidat\w{1,3}|cancel\w{0,4}|(?:ge)?sperr\w{0,3}|deaktivier\w{0,3}|stillgelegt|blockiert|ungultig gemacht|bloque\w{1,4}|desactiv\w{1,4}|anul\w{1,3}|inhabilit\w{1,4}|verrouill\w{1,3}|annul\w{1,4}|bloqu\w{1,4}|bloccat\w|sospes\w|disattivat\w|disabilitat\w|vergrendeld|geblokkeerd|uitgeschakeld|ingetrokken|desativ\w{1,4}|suspens\w|suspendid\w|so that nobody could use)\b/,
  seedMessage:
    /\b(?:seed|activation error|activated elsewhere|(?:not|n't) (?:exist|known|found)\w{0,3} (?:in|by|at|to) (?:the )?fortiguard|does(?: not|n't) exist in fortiguard|fortiguard (?:\w+ ){0,3}(?:nicht|unbekannt|inconnu|desconoc\w{1,3}|sconosciut\w|onbekend|unknown)|in fortiguard nicht|the seed)\b/,
  alreadyActivated:
    /\b(?:already activated|bereits aktiviert|deja active|ya (?:esta |fue )?activado|gia attivat\w|al geactiveerd|ja ativado)\b/,
  hardwareToken:
    /\b(?:hardware\w{0,14}|hard tokens?|physical (?:\w+ )?tokens?|ftk-?2\d\d\w{0,4}|fortitoken[- ]2\d\d\w{0,4}|(?:key ?)?fobs?|key ?rings?|key ?chains?|dongle|little (?:thing|device|display)|gr[ea]y (?:thing|box)|(?:own|small|tiny|little|with an?|with its) (?:\w+ and (?:an? )?)?(?:display|screen)|sticker|schlusselanhanger\w{0,8}|schlusselbund|anhanger|mit (?:kleinem |einem )?display|mini-?display|llaveros?|aparatito|token fisico|fisico|porte-?cles?|porte-?clefs?|physiques?|boitier gris|portachiavi|chiavetta|fisic[oi]|sleutelhangers?|sleutelbos|apparaatje|kastje|porta-?chaves|chaveiro)\b/,
  mailCode:
    /\b(?:sms|text messages?|by text|texted|e-?mails?|mails?|per mail|correos?|courriels?|mensaje de texto|posta elettronica|messaggio|bericht\w{0,2}|mensagem)\b/,
  licence:
    /\b(?:licen[cs]e[sd]?|licensing|licen[cs]e certificates?|certificate pdf|token certificate|redeem\w{0,2}|redemption|\w{0,10}lizenz\w{0,12}|eingelost|licencias?|canje\w{1,3}|licences?|licenz[ae]|licenti\w{1,2}|ingewisseld|licencas?)\b/,
  registered:
    /\b(?:registered|registration|serial|asset|support portal|portal|belongs? to|bought for|sits with|(?:still )?shows? up under|registriert\w{0,2}|\w{0,3}seriennummer\w{0,2}|zugeordnet|hangt|gehort|eingelost|redeemed|registrad[oa]s?|numero de seri\w|enregistre\w{0,2}|numero di serie|registrat[aeio]|risulta\w?|geregistreerd|serienummer|registad[oa]s?)\b/,
  provision:
    /\b(?:(?:re-?)?assign\w{0,5}|(?:re-?)?provision\w{0,4}|activation\w?|activate[sd]?|activating|hand (?:\w+ ){0,2}tokens?|give (?:it|the token|\w+ token)|send (?:it|a fresh)|(?:neu)?(?:zu|an)(?:ge)?(?:wies|weis|ord|teil)\w{1,4}|zuzuweisen|zuweisung|(?:neu)?aktivier\w{0,4}|aktivierung\w{0,2}|bereitstell\w{1,6}|provisionier\w{0,3}|import\w{0,5}|asign\w{1,5}|activ(?:ar|acion|ado|er|ation)|attribu\w{1,4}|affect\w{1,3}|(?:ri)?assegn\w{1,5}|attiv\w{2,6}|toe(?:ge)?w\w{2,6}|geactiveerd|activer\w{1,2}|atribu\w{1,4}|ativ(?:ar|acao|ado))\b/,
  cluster:
    /\b(?:ha[- ](?:cluster|pair|peer|mode|setup|group|fail\w{1,5}|paar|verbund|gruppe)|in ha|h\.a\.|cluster\w{0,3}|fail-?overs?|failed over|stand-?by|secondary|passive|nodes?|unit [ab12]|swapped roles|role (?:swap|change)|(?:became|become|now|new) (?:the )?primary|knotens?|umschalt\w{1,3}|schwenk\w{0,2}|rollenwechsel|rollentausch|sekundar\w{0,2}|passive[nr]?|nodos?|en espera|secundari[oa]|conmutacion|noeuds?|secondaire|bascule(?:ment)?|nodi|secondari[oa]|in attesa|knooppunt\w{0,2}|secundaire|troca de papeis|em espera|no passivo)\b/,
  free: /\b(?:free(?! up)|test-?tokens?|testlizenz\w{0,2}|trial|complimentary|gratis\w{0,2}|gratis-\w{1,8}|kostenlos\w{0,2}|kostenfrei\w{0,2}|mitgeliefert\w{0,2}|gratuit[oaei]?s?|prueba|essai|prova|inbegrepen|meegeleverd\w?|proef\w{0,6}|demo|that come with|come with the (?:box|unit|device|firewall)|included)\b/,
  stuck:
    /\b(?:stuck|hangs?|hanging|pending|deleted?|removed?|deleting|blocked|lost|disappeared|(?:ge)?losch\w{0,3}|entfern\w{1,2}|hangt|hangen|festh\w{1,6}|vastz?\w{0,6}|verwijder\w{0,3}|borr\w{1,3}|elimin\w{1,4}|atascad\w|colgad\w|supprim\w{1,3}|bloqu\w{1,3}|coince|cancellat\w|eliminat\w|bloccat\w|apagu\w{1,2}|apagad\w|pres[oa]|invalid|no valid token|ungultig\w{0,2}|unassigned)\b/,
  nextCode:
    /\b(?:(?:the )?(?:next|following) (?:code|one|number|token)|(?:a )?(?:second|another|further) (?:code|number|one)|two codes|(?:nachste|zweite|weitere|folgende)[nrs]? (?:code|ziffern|zahl|token)\w?|zweiten|siguiente (?:codigo|numero)|(?:codigo|numero) siguiente|segundo codigo|(?:code|numero) suivant|prochain code|deuxieme code|second code|codice successivo|prossimo codice|secondo codice|volgende (?:code|cijfers)|tweede code|(?:proximo|segundo) codigo|codigo seguinte)\b/,
  asks: /\b(?:asks?|asked|asking|wants?|demands?|requires?|prompt\w{0,3}|question\w?|requested|(?:ab|nach)?(?:ge)?frag\w{1,2}|\w{0,6}abfrage|verlang\w{1,2}|gefordert|will|pid[ea]n?|pregunt\w{1,3}|solicita|demand\w{1,3}|reclam\w{1,2}|chied\w{1,3}|chiesto|richiest\w|vraagt|gevraagd|vraag|wil|ped[ei]\w{0,3}|perguntad?\w?)\b/,
  clock:
    /\b(?:clocks?|(?:phone|firewall|fortigate|system|device)'?s? (?:system )?time|time (?:of|on|is|by hand|manually|set)|dashboard|ntp|watch(?:es)?|\w{0,6}uhr|uhren|\w{0,6}uhrzeit\w{0,2}|(?:system|geraete|gerate)zeit|zeit|reloj\w{0,2}|hora|horloges?|heure|montres?|orologi[oi]?|ora|orario|klok\w{0,4}|tijd|relogios?|horas)\b/,
  drift:
    /\b(?:ahead|behind|in (?:the|der) (?:future|past|zukunft|vergangenheit)|weich\w{1,2}|abweich\w{1,4}|nicht synchron\w{0,9}|not in sync|fast|slow|drift\w{0,3}|out of sync|not synchroni[sz]ed|off by|by hand|manually|(?:minutes?|seconds?) (?:off|ahead|behind|slow|fast)|(?:minuten|sekunden) (?:vor|nach|daneben|falsch)|geht \w{0,12} ?(?:\w+ )?(?:vor|nach|falsch)|nachgeht|vorgeht|von hand|manuell|verstellt|falsch(?:e[nr]?)?|adelantad\w|atrasad\w|desfas\w{1,4}|adelant\w{1,2}|a mano|avance|retarde?\w?|decal\w{1,4}|manuellement|avanti|indietro|sfasat\w|a mano|manualmente|voor|achter|handmatig|adiantad\w|minutos (?:a mais|a menos))\b/,
  // `his shows 14:07 when mine shows 14:02`, `zeigt 9:15, meine Uhr 9:11`
  twoTimes: /\b\d{1,2}[:.]\d\d\b\D{1,60}\b\d{1,2}[:.]\d\d\b/,
  // `with only my password`, `the Windows password is enough`, `no FortiToken any more`
  bypass:
    /\b(?:(?:anything|nothing) but (?:my |the |her |his )?password|(?:only|just|with|by) (?:with )?(?:by )?(?:the |my |her |his |their |an? )?(?:\w+ )?password (?:only|alone)|(?:only|just) (?:needs? |with )?(?:the |my |her |his |their |an? )?(?:\w+ )?password|password(?: is enough| suffices|[,:] connected)|skip\w{0,4}|bypass\w{0,3}|without (?:an? |the |any |their |her |his |being asked for )?(?:\w+ )?(?:fortitokens?|tokens?|codes?|second factor|2fa|mfa|otp)|no (?:more )?(?:fortitokens?|tokens?|code|2fa|second factor)(?: question| prompt)?(?= asked| any| since|[,.]| is)|(?:straight|right) in|prompt (?:is )?(?:gone|vanished|missing|disappeared)|(?:nur|allein) (?:noch )?(?:mit )?(?:dem |das |ihrem |seinem |ihr |sein )?(?:\S+[ -])?(?:kenn|pass)wort|(?:komm[et]|kommen) (?:einfach )?so rein|(?:kenn|pass)wort (?:reicht|genugt|allein)|reicht (?:nur )?(?:das|ihr|sein) (?:\S+ )?(?:kenn|pass)wort|ohne (?:den |einen |jeden |ihren )?(?:\w+ )?(?:fortitoken|token|code|zweiten faktor|2fa|mfa|abfrage)|umgeh\w{1,3}|kein\w{0,2} (?:fortitoken|token|zweiter faktor)(?= mehr)|(?:solo|solamente) (?:con )?(?:la |su )?(?:clave|contrasena)|sin (?:el |pedir )?(?:token|codigo|segundo factor)|seul mot de passe|mot de passe (?:seul|suffit)|sans (?:le |aucun |demander )?(?:token|code|jeton|second facteur|deuxieme facteur)|(?:sola|solo la|solo con la) password|senza (?:il )?(?:token|codice|secondo fattore)|(?:alleen|enkel) (?:met )?(?:het |haar |zijn )?wachtwoord|zonder (?:de )?(?:token|code|tweede factor)|(?:so|apenas) (?:com )?a (?:senha|palavra-passe)|sem (?:o )?(?:token|codigo|segundo fator))\b/,
  factor:
    /\b(?:second factor|two-?factor|2fa|mfa|token (?:question|prompt)|zweite[nrm]? faktor|segundo factor|(?:second|deuxieme) facteur|secondo fattore|tweede factor|segundo fator)\b/,
  capitals:
    /\b(?:capital\w{0,7}|upper-?\s?case|lower-?\s?case|lowercase|small letters|case[- ]sensitiv\w{1,3}|spell\w{1,3}|gross(?:en? )?(?:anfangs)?buchstabe\w{0,2}|\w{0,10}buchstabe\w{0,2}|gross\w{0,4}schr\w{2,9}|grossgeschr\w{1,8}|gross geschrieben|klein\w{0,4}schr\w{2,9}|klein geschrieben|mayuscul\w{1,2}|minuscul\w{1,2}|majuscul\w{1,2}|maiuscol\w{1,2}|minuscol\w{1,2}|hoofdletters?|kleine letters|alles klein|maiuscul\w{1,2})\b/,
  // `if I type jkovacs … if I type JKovacs`
  nameTwice:
    /\b(?:type|types|typed|as|als|schreibe|tippe|tape|escribo|digito|typ)\W{1,3}([a-z][\w.]{2,20})\b.{1,60}\b(?:type|types|typed|as|als|schreibe|tippe|tape|escribo|digito|typ)\W{1,3}\1\b/,
  everyGroup:
    /\b(?:every (?:user )?groups?|all (?:the )?(?:user )?groups|all-usergroup|(?:jede[rn]?|alle[nr]?) (?:benutzer-?)?gruppen?|todos los grupos|tous les groupes|chaque groupe|tutti i gruppi|(?:elke|alle) (?:gebruikers)?groep(?:en)?|todos os grupos)\b/,
  radius: /\bradius\w{0,10}\b/,
  directory:
    /\b(?:ldap\w{0,8}|ad|ad-\w{2,12}|active directory|directory|dc\d{1,2}|domain controller|domane\w{0,12}|domanencontroller\w?|annuaire|verzeichnis\w{0,6}|remote[- ]?(?:user )?groups?|remote server|remote-?gruppe\w{0,1}|grupos? remotos?|groupes? distants?|gruppi? remot[oi])\b/,
  group:
    /\b(?:\w{0,6}-?groups?|\w{0,14}-?gruppe[n]?|grupos?|groupes?|grupp[oi]|groep(?:en)?|\w{0,10}groep)\b/,
  joins:
    /\b(?:add(?:ed|ing|s)?|put into|put in|inserted|member\w?|underneath|below|beneath|contains|under remote groups|hinzu\w{0,8}|eingetragen|aufgenommen|mitglied\w?|darunter|zusatzlich|steh(?:t|en)|anad\w{1,4}|agreg\w{1,3}|miembro|ajout\w{1,3}|membre|aggiun\w{1,4}|membro|toegevoegd|lid|adicion\w{1,3}|acrescent\w{1,3}|contem)\b/,
  rule: /\b(?:rules?|rule ?set|polic(?:y|ies)|\w{0,14}regeln?|\w{0,10}regelwerk|\w{0,14}richtlinien?|[\w-]{0,10}beleid\w{0,6}|reglas?|politicas?|regles?|politiques?|regol[ae]|regels?|regras?|mapping)\b/,
  noGroup:
    /\b(?:(?:in|to|of) no group|not (?:yet )?(?:in|part of|a member of) (?:any|a|the) (?:\w+ )?(?:group|rule)|(?:is|was|are|did|has)n't (?:yet )?(?:in|part of|listed in|a member of) (?:any|a|the) (?:[\w-]+ ){0,3}(?:groups?|rules?)|(?:did|have|was)n't (?:put|add) (?:her|him|them) (?:in |into |to )?any\w*|no group|in keine\w? (?:\S+[ -])?(?:\w+)?(?:gruppe|regel)|keine\w? (?:\w+)?gruppe|en ningun grupo|sin grupo|dans aucun groupe|aucun groupe|in nessun gruppo|nessun gruppo|in geen (?:enkele )?groep|geen groep|em nenhum grupo|nenhum grupo|em nenhuma regra)\b/,
  mistyped:
    /\b(?:mis-?typ\w{1,3}|fumbled|falsch (?:ein)?getippt|typos?|wrong passwords?|incorrect passwords?|old (?:saved )?passwords?|failed (?:attempts?|logins?|tries)|keeps (?:on )?trying|still tries|vertipp\w{0,2}|vertan|falsche[sn]? (?:kenn|pass)w\w{3}|fehlversuch\w{0,2}|falsch ein\w{3,8}|equivoc\w{1,3}|contrasena (?:mala|incorrecta|equivocada)|se trompe\w{0,2}|trompe\w{0,2}|mauvais mot de passe|sbagli\w{1,3}|password (?:sbagliata|errata)|verkeerd\w{0,2}|vergis\w{0,2}|typefout\w{0,2}|enganei|enganou|errei|errou|(?:senha|palavra-passe) errada)\b/,
  rightPassword:
    /\b(?:(?:right|correct|same|proper) (?:\w+ )?passwords?|passwords? (?:is|are|was|were) (?:right|correct)|100% right|(?:richtige|korrekte|gleiche)[snm]? (?:kenn|pass)w\w{3}|(?:kenn|pass)w\w{3} (?:stimmt|richtig|ist richtig|korrekt)|contrasena (?:correcta|buena)|bon mot de passe|password (?:giusta|corretta)|juiste wachtwoord|(?:senha|palavra-passe) (?:correta|certa))\b/,
  waitHelps:
    /\b(?:(?:after|for|within) (?:an?|one|two|three|a few|some|half an?|\d{1,3}) ?(?:or \w+ )?(?:minutes?|hours?)|(?:minute|while|hour)s? later|by itself|on its own|wait (?:an? )?(?:\w+ )?(?:minutes?|while|or two)|for some minutes|for a (?:minute|while)|cured itself|\w{0,7}pause|made tea|came back|coffee|lunch|nach (?:einer|ein paar|einigen|wenigen|zwei|\d{1,3}) minuten?|eine minute (?:lang|spater)|minuten (?:lang|spater)|von (?:allein\w?|selbst)|wart\w{1,3}|al (?:cabo de|rato)|unos? minutos?|solo se arregla|pendant (?:une|quelques|\d+) minutes?|revient seul|tout seul|apres (?:une|quelques|\d+) minutes?|dopo (?:un|qualche|pochi|\d+) minut\w|da solo|na (?:een|een paar|enkele|\d+) minu\w{2,3}|vanzelf|(?:depois|ao fim) de (?:um|uns|alguns|\d+) minutos?|sozinho)\b/,
  blockTime: /\blogin-(?:block-time|attempt-limit)\b/,
  sharedAddress:
    /\b(?:same (?:public )?(?:ip|address)|(?:one|a|share\w?|single) (?:a )?(?:public )?(?:ip|address)|branch|that office|whole office|standort\w{0,2}|aussenstelle\w?|filiale|niederlassung|buro|oficina|sucursal|bureau|agence|ufficio|sede|kantoor|vestiging|escritorio|filial)\b/,
  noToken:
    /\b(?:(?:token|two-factor) (?:field|column|box)? ?(?:in \w+ \w+ )?(?:is |are )?(?:empty|blank|unticked|off|not ticked|none)|no token (?:assigned|in|on|set)|has no token|aktivierung\w{0,6} (?:habe|hat) (?:ich|er|sie) (?:nie|nicht)|listed as available|as available|is available now|kein\w{0,2} (?:\w+)?token (?:zugewiesen|eingetragen|zugeordnet|hinterlegt)|als verfugbar|never (?:given|got|sent) (?:me |him |her )?(?:a |an |any )?(?:qr|activation|token)\w*|(?:ever|never) sent me an activation|no (?:qr|activation)|campo (?:del |do )?token (?:\w+ )?(?:vacio|vuoto|vazio)|sin token asignado|aucun token|champ token (?:\w+ )?vide|nessun token|campo del token e vuoto|geen token (?:toegewezen|gekoppeld)|sem token atribuido)\b/,
  expirySetting:
    /\b(?:(?:two-factor-)?(?:ftk|ftm|fac|email|sms)[- ]expiry|token(?:'s)? (?:timer|expiry|lifetime|validity|timeout)|(?:validity|lifetime|expiry|life) of (?:the|a) token|two-factor-?\s?timers?|second factor timers?|token-?(?:ablauf|gultigkeit|timer|laufzeit)|gultigkeit(?:sdauer)?(?: de[sr] \w{0,10}tokens?)?|validez del token|validite du (?:token|jeton)|validita del token|geldigheid\w{0,5}(?: van (?:de|het) token)?|validade do token|temporizador\w{0,2} do segundo fator)\b/,
  remoteAuthTimeout: /\bremote-?auth-?timeout\b/,
  loginTimeout: /\blogin-?\s?timeout\b|'?config vpn ssl settings'? about login|\bvpn ssl settings\b/,
  raised:
    /\b(?:rais\w{1,3}|increas\w{1,3}|higher|hoch(?:gesetzt|gedreht)|erhoh\w{1,2}|(?:to|at|is|auf|reads|a|en|op|em|para|steht auf) (?:1[0-9]{2}|[2-9]\d\d|four|five|three|300)|(?:four|five|three|funf|vier|drei|cinco|tres|cinq|trois|cinque|tre|vijf|vier|drie) minu\w{2,3}|verlangert|subimos|subi|subido|aument\w{1,4}|augment\w{1,3}|verhoogd|aumentei|alargad\w)\b/,
  untouched:
    /\b(?:(?:never|not|n't) (?:been )?(?:touched|changed|altered)|default\w?|factory|as shipped|out of the box|standard\w{0,8}|werkseinstellung\w{0,2}|(?:nie|nicht|nichts) (?:geandert|angefasst|verandert|verstellt)|de fabrica|(?:por|par|por) (?:defecto|defaut)|d'usine|predefinit\w|di fabbrica|(?:nunca|jamais|mai|nooit) (?:foi |fue )?(?:mexid\w|tocad\w|change\w|toccat\w|aangepast|gewijzigd)|fabrieks\w{0,10}|de origem)\b/,
  seconds80:
    /\b(?:(?:about |second |seconde |sekunde |segundo )?8\d(?: ?s| ?sec\w{0,6}| ?sek\w{0,6}| ?seg\w{0,6})?\b(?= |[,.])(?<=80|s|sec|seconds|sekunden|segundos|secondes|secondi|seconden)|second 80|1:20|eighty|achtzig|minute (?:and )?(?:twenty|20|zwanzig|vingt)|minuto y (?:pico|veinte)|minuto e (?:venti|vinte)|los 80|minute and a half|anderthalb minuten)\b/,
  seconds30:
    /\b(?:(?:2[05]|3[05]|twenty|thirty|zwanzig|dreissig|veinte|treinta|vingt|trente|venti|trenta|twintig|dertig|vinte|trinta)(?: ?s| sec\w{0,6}| sek\w{0,6}| seg\w{0,6})|half (?:a |an )?minute|halbe[nr]? minute|medio minuto|mezzo minuto|demi-?\s?minute|halve minuut|meio minuto)\b/,
  seconds5:
    /\b(?:(?:5|6|7|8|10|five|six|eight|ten|funf|sechs|acht|zehn|cinco|seis|diez|cinq|dix|cinque|dieci|vijf|tien|dez|few|couple of|paar|wenigen?|einigen|pocos|unos|quelques|pochi|enkele|poucos)(?: ?s| sec\w{0,6}| sek\w{0,6}| seg\w{0,6})|5 or so|second 8|within a breath|a breath)\b/,
  minute:
    /\b(?:(?:one|a|the first|first|more than a|over a|under a) minute|60 ?(?:s|sec\w{0,6}|sek\w{0,6}|seg\w{0,6})?|6[1-9]|sixty|sechzig|(?:einer|eine|ersten) minute|un(?:'altra)? minut[oe]|une minute|een minuut|um minuto|sesenta|soixante|sessanta|zestig|sessenta)\b/,
  slow: /\b(?:slow(?:er|ly)?|too late|takes? (?:them |him |her )?(?:long|a while)|walk to|needs? (?:around|about)?|elderly|langsam\w{0,3}|zu spat|langer|brauch\w{1,2}|lent[oaei]s?|tarda\w?|tarde|trop tard|lents?|traag|trage|langzaam|te laat|demora\w?|devagar|lenti)\b/,
  quick:
    /\b(?:quick\w{0,3}|fast(?:er|est)?|hurry|rapid\w{0,2}|right away|in the hand|schnell\w{0,2}|sofort|rapido\w{0,2}|deprisa|vite|rapides?|veloc\w{1,3}|snel\w{0,2}|depressa|within a breath)\b/,
  gaveUp:
    /\b(?:g[ai]ves? up|gave up|cuts? off|cut (?:off|after)|clos\w{1,3}|kick\w{0,3}|throw\w?|thrown|times? out|timed out|stops?|ends?|back to the (?:start|login)|sends? me back|gone|errors?|fail\w{0,3}|bricht|abbricht|abgebrochen|schliesst|schluss|weg|springt|gibt|raus(?:geworfen|geschmissen)|zuruck|rend\w{1,3}|cierra|corta|expulsa|fallo|error|abandonne|ferme|coupe\w?|expire|echoue|scade|chiude|caccia|stopt|sluit|breekt|foutmelding|fout|desiste|fecha|expira|corta\w?)\b/,
  keepsWaiting:
    /\b(?:(?:keeps?|stays?|goes on) (?:on )?(?:waiting|open)|waits? (?:for )?(?:\w+ )?minutes|(?:window|client) (?:\w+ )?stays open|patiently|wait ten minutes|wartet (?:noch )?(?:\w+ )?minuten|wartet (?:\w+ )?(?:mehrere|etliche)|offen bleibt|bleibt (?:\w+ )?offen|espera varios|sigue esperando|(?:attend|patiente) (?:plusieurs|longtemps)|(?:attende|aspetta) (?:diversi|vari|alcuni) minuti|wacht (?:\w+ )?minuten|a espera varios)\b/,
  // the same code, or a code a second time
  sameCode:
    /\b(?:(?:same|identical|very) (?:six |6 )?(?:codes?|digits|numbers?)|(?:codes?|digits|numbers?) (?:again|twice|once more|(?:a )?second time|still on|i just used|from before)|still on the screen|denselben (?:sechs )?(?:code|zahlen|ziffern)|gleiche (?:zahlen|ziffern)|(?:demselben|derselbe|dem selben|gleichen?) code|(?:denselben|gleichen|selben) (?:sechs )?(?:zahlen|ziffern)|code (?:nochmals?|noch ?einmal|erneut|zweimal|ein zweites mal|wieder|zum zweiten)|mism[oa]s? (?:codigo|numero|cifras)|codigo (?:otra vez|dos veces|de nuevo)|memes? (?:code|chiffres)|code (?:deux fois|a nouveau)|stess[oei] (?:codice|cifre)|codice (?:due volte|di nuovo)|(?:de|het)?zelfde (?:zes )?(?:code|cijfers)|code (?:twee keer|opnieuw|nog eens)|mesm[oa]s? (?:codigo|numero|digitos)|codigo (?:duas vezes|outra vez|de novo))\b/,
  listEmpty:
    /\b(?:list (?:\w+ ){0,2}(?:is |stays )?empty|nothing (?:there|in the list|listed)|no tokens (?:at all|in|there|listed)|staat niets|steht (?:gar )?nichts|liste (?:\w+ )?leer|lista (?:\w+ )?vaci\w|liste (?:\w+ )?vide|lista (?:\w+ )?vuot\w|lijst (?:\w+ )?leeg|lista (?:\w+ )?vazi\w|(?:never|not|un) ?registered|nicht registriert|registrieren|registratie|sin registrar|pas enregistr\w{1,3})\b/,
  badCertificate:
    /\b(?:untrusted (?:server )?cert\w{0,10}|invalid (?:server )?cert\w{0,10}|cert\w{0,10} (?:\w+ ){0,4}(?:expired|invalid|untrusted|warning|ran until|ran out|not trusted|not valid|self-signed|cannot be validated)|(?:warn\w{0,4}|complain\w{0,3}|trust\w{0,2}|validate|verify|unverified) (?:\w+ ){0,5}(?:cert\w{0,10}|server|\w{0,12}zertifikat\w{0,2})|expired cert\w{0,10}|internal ca|self-signed|\w{0,8}zertifikats?warnung|\w{0,8}zertifikat\w{0,2} (?:\S+ ){0,5}(?:abgelaufen|ungultig|nicht \w+|selbst\w{0,12}|nicht)|ungultig\w{0,2} (?:server-?)?zertifikat\w{0,2}|zertifikatsfehler|certificad[oa] (?:\S+ ){0,5}(?:no (?:es )?(?:valid|fiable|confiable)\w{0,3}|caduc\w{1,3}|vencid\w|invalid\w|expir\w{1,4})|certificat (?:\S+ ){0,5}(?:n'est pas (?:valide|fiable|approuve)|invalide|expire|non (?:valide|fiable|approuve))|certificato (?:\S+ ){0,5}(?:non (?:e )?(?:valid|attendibil)\w|scadut\w)|certificaat (?:\S+ ){0,5}(?:ongeldig|verlopen|niet (?:\w+ )?(?:geldig|vertrouwd|betrouwbaar)))\b/,
  newPhone:
    /\b(?:(?:new|another|different|replacement|other) (?:\w+ )?(?:phones?|mobile|handset|iphone|samsung|galaxy|pixel|android|smartphone)|(?:phone|mobile|handset|iphone|samsung) (?:was |is |has been |got )?(?:replaced|swapped|exchanged|changed)|(?:changed|switched|swapped|replaced|upgraded) (?:to (?:an? )?)?(?:his |her |my |the |their )?(?:phones?|mobile|handset|iphone|samsung|android|galaxy|pixel)|wiped and set up|neue[smn]? (?:\w+ )?(?:handy|telefon|smartphone|iphone|samsung|pixel|gerat|diensthandy|mobiltelefon)|(?:handy|smartphone|telefon)(?:wechsel| gewechselt| getauscht)|nuevo (?:movil|telefono|celular|iphone)|cambi(?:o|ado|e) de (?:movil|telefono|celular)|nouve(?:au|l) (?:telephone|portable|mobile|smartphone|iphone)|change de (?:telephone|portable|mobile|smartphone)|nuovo (?:telefono|cellulare|iphone|smartphone)|cambiato (?:il )?(?:telefono|cellulare)|nieuwe? (?:telefoon|toestel|iphone|gsm|mobiel|smartphone)|novo (?:telemovel|celular|telefone|iphone)|(?:mudou|mudei|troquei|trocou) de (?:telemovel|celular|telefone))\b/,
  refusal: /\b(?:permission denied|access denied|wrong credentials)\b|-455|\(-12\)/,
  valid: /\b(?:valid|gultig|valides?|valid[oaie]s?|geldig)\b/,
  opens:
    /\b(?:opens?|opened|opening|launch\w{0,3}|by hand|starts?|offn\w{1,3}|geoffnet|starte?|abr[eoi]r?|abierta|ouvr\w{1,3}|ouvert\w|apr[eo]|apert\w|aprendo|opent|openen|start|aberta)\b/,
  waitsInApp:
    /\b(?:(?:is|are|was|sits|waits) (?:already |right )?there|da ist (?:sie|die)|there straight away|inside (?:the app|it)|steht (?:sie |die anfrage )?(?:da|drin)|ist (?:die anfrage |sie )?(?:sofort )?da|(?:si|sofort) da|warten? dort|esta (?:ahi|alli)|ahi esta|(?:elle|la demande) (?:y )?est|la trova|la trovo|e li|li dentro|staat (?:hij|het|de melding|ze) (?:er|daar)|wel (?:in|te zien)|esta la|la esta)\b/,
  quietPhone:
    /\b(?:(?:battery|power|energy)[- ]?sav\w{1,4}|low power|bad battery|do[- ]not[- ]disturb|dnd|focus(?: mode)?|silent mode|muted|banners?|lock ?screen|notifications? (?:\w+ ){0,3}(?:off|disabled|blocked|denied|not allowed|switched off|turned off)|(?:don't|not|never) allow\w{0,2}|akku\w{0,8}|(?:energie|strom)spar\w{0,8}|nicht storen|bitte nicht storen|fokus\w{0,6}|lautlos\w{0,2}|stumm\w{0,10}|sperrbildschirm\w{0,2}|hintergrund\w{0,8}|background (?:data|app|refresh)|(?:mitteilungen|benachrichtigungen) (?:\w+ ){0,4}(?:aus|abgeschaltet|ausgeschaltet|deaktiviert|verboten|nicht erlaubt|blockiert|abgelehnt)|nicht (?:erlauben|zulassen|erlaubt)|ahorro de (?:bateria|energia)|no molestar|no permitir|pantalla de bloqueo|economi\w{1,3} d'energie|batterie|ne pas deranger|ne pas autoriser|ecran verrouille|risparmio (?:energetico|batteria)|non disturbare|non consentire|batterij\w{0,12}|energiebesparing|niet storen|niet toestaan|poupanca de \w+|nao incomodar|nao permitir)\b/,
  noReception:
    /\b(?:(?:no|hardly any|poor|weak) (?:mobile )?(?:signal|reception|coverage|bars|mobile data|internet on)|zero bars|without (?:signal|reception|coverage)|basement|underground|cellar|dead (?:spot|zone)|funkloch|(?:kein|ohne|schlechte[rsn]?|kaum) (?:\w*netz|empfang|signal|mobilfunk\w{0,4})|keller\w{0,6}|tiefgarage|garage|sin (?:cobertura|senal)|sotano|pas de (?:reseau|signal)|sans reseau|sous-sol|(?:non c'e|senza) (?:campo|segnale|rete)|seminterrato|cantina|geen bereik|kelder|sem (?:rede|sinal)|cave)\b/,
  late: /\b(?:late|later|delay\w{0,2}|only (?:once|when|after)|minutes after|come in together|(?:all )?at once|spater?|verspatet|verzogert|erst (?:wenn|nach)|auf einmal|tarde|retraso|mas tarde|retard|plus tard|tardi|ritardo|tutte insieme|laat|later|vertraging|atras\w{1,2})\b/,
  used: /\b(?:used|second-?hand|from another (?:company|firm|branch|unit)|from (?:our|a) (?:sister|former|closed)|from ebay|shut down|gebraucht\w{0,2}|schwesterfirma|ubernommen\w{0,2}|usad[oa]s?|segunda mano|d'occasion|servait|recupere|tweedehands|gebruikte?|usat[oi]|em segunda mao)\b/,
  hardwareModel: /(?<![\w.])(?:[3-9]0|1\d0|[1-9]0[01]|120|1\d00|[1-3]\d0\d)[defg]\b/,
  firewall:
    /\b(?:fortigates?|fgts?|firewalls?|cortafuegos|pare-feu|boitier|firewalls?|unit|box|appliance|ersatzgerat|hauptgerat|equipo|apparaat)\b/,
  // it goes on as before for those who have one
  unaffected:
    /\b(?:(?:noticed?|see|sees|feel) (?:anything|nothing|no)|happy|unaffected|already (?:have|had|activated)|existing|have one|merken nichts|nicht betroffen|bestehende\w?|(?:schon|bereits) (?:eine[nr]?|haben|hat|aktiviert\w?)|ya (?:ten\w{1,4}|activad\w{1,2})|los antiguos|deja|existants?|gia (?:attiv\w{1,3}|avev\w{1,3}|lo ha)|esistenti|bestaande|al een|ja (?:tinha|tem|ativ\w{1,3})|existentes)\b/,
  cloudToken:
    /\b(?:fortitoken[- ]?cloud\w{0,12}|fortiidentity cloud|ftc|cloud[- ]?tokens?|tokens? (?:in|from|of) the cloud|subscription tokens?|token-?cloud)\b/,
  // `set fortitoken-cloud-push-status disable`
  cloudOff:
    /\bfortitoken-cloud(?:-push-status)?"?\W{0,3}(?:\w+ ){0,3}"?(?:disabled?|off|aus|deaktiviert|desactiv\w{1,4}|uitgeschakeld|disattivat\w|desativad\w)\b|\boption (?:is|was)(?:n't| not) (?:offered|there)\b/,
  ftmPush: /\b(?:ftm-push|system ftm|4433|push settings)\b/,
  half: /\b(?:half|halfte|mitad|moitie|meta|helft|metade|two (?:of (?:our|the) )?users|zwei benutzer\w?|dos usuarios|deux utilisateurs|due utenti|twee gebruikers|dois (?:utilizadores|usuarios))\b/,
  quota:
    /\b(?:quotas?|kontingent\w{0,2}|realms?|remaining|seats?|credits?|subscription (?:is |was )?for|user (?:limit|count)|cuotas?|plazas|contingent\w?|tegoed|cota|(?:0|zero|no|none|cero|keine|null|nul|geen|zero) (?:\w+ )?(?:left|available|remaining|free|verfugbar\w?|frei\w?|ubrig|disponible\w?|disponibil\w|restants?|beschikbaar|disponiv\w{1,3}))\b/,
  // `User 51`, `the 26th can't`, `der 31. lässt sich nicht`
  nthUser:
    /\b(?:user (?:no\.? |number )?\d{2,4}|the \d{2,4}(?:st|nd|rd|th)|\d{2,4}(?:st|nd|rd|th) user|(?:der|den) \d{2,4}\.|benutzer (?:nr\.? |nummer )?\d{2,4}|(?:usuario|utente|utilisateur|gebruiker|utilizador) (?:numero |n\W{1,2})?\d{2,4}|l'utilisateur \d{2,4}|one more user|weitere[nr]? benutzer\w?)\b/,
  facAddress: /\b(?:public (?:ip|address|ip\/fqdn)|ip\/fqdn|system access)\b/,
  // a RADIUS client that is not a FortiGate
  otherNas:
    /\b(?:openvpn|cisco|asa|citrix|netscaler|palo ?alto|sonicwall|sophos|juniper|pulse|checkpoint|f5|vmware|horizon|nas|storage box|linux(?:-server| server)?|switches|pam module|radius plugin|third-?party|(?:another|other|different|foreign) (?:vendor|make|brand|manufacturer)\w?(?:'s)?|old vpn concentrator|fremde\w{0,2}|drittanbieter\w{0,2}|(?:eines )?andere[nrs]? herstellers?|andere[nrs]? (?:marke|fabrikat)|(?:d'une |de l')?autre (?:marque|constructeur)|otr[oa] (?:marca|fabricante)|altr[oa] (?:marca|produttore)|ander(?:e)? (?:merk|fabrikant)|outr[oa] (?:marca|fabricante))\b/,
  challenge:
    /\b(?:challenges?\w{0,10}|accept\/reject|accept (?:and|or) reject|two-?step|glued|appends?|appended|concatenat\w{1,3}|password and code|code (?:ans|an das|hinter) \w*(?:kenn|pass)\w*|hangt man den code|angehangt|leaving it (?:empty|blank)|left (?:empty|blank)|laissant vide|vide|dejar\w{0,3} vacio|concaten\w{1,4}|a la suite|accod\w{1,4}|lasciand\w{1,2} vuot\w|achter het wachtwoord|leeg (?:laten|bevestig\w{1,3})|deixando vazio)\b/,
  wifi: /\b(?:wi-?fi|wlan\w{0,8}|web portal|webportal|wireless)\b/,
  page: /\b(?:page|portal|window|screen|form|seite|codeseite|fenster|maske|pagina|ventana|fenetre|finestra|venster|scherm|janela|login)\b/,
  enough:
    /\b(?:all the time|enough|plenty|(?:genug|genugend|ausreichend|alle) zeit|tiempo de sobra|suficiente|assez|tout le temps|abbastanza|tempo a sufficienza|genoeg|tempo suficiente|not affected|nicht betroffen)\b/,
  ignored:
    /\b(?:ignor\w{1,4}|whatever (?:i|we|value)|regardless|no matter|does not (?:honou?r|respect)|anyway|egal (?:welche[nrs]?|was|wie)|beachtet|wirkungslos|da igual|ignora\w{0,3}|peu importe|ne respecte pas|ignore|qualunque|non rispetta|maakt niet uit|negeert|genegeerd|por completo|short(?:er)? time as before|derselben kurzen zeit|can't make it|cannot make it)\b/,
  release72: /(?<![\d.])v?7\.[02](?:\.\d{1,2})?\b/,
  agentless: /\bagentless\b/,
  notElsewhere:
    /\b(?:(?:not|n't) (?:put|add|place) \w+ (?:anywhere|in|into|to)|nowhere else|nothing else|just (?:the )?name|own group|eigene gruppe|sonst (?:nichts|nirgends)|nirgends|nada mas|grupo propio|rien d'autre|nulle part|nient'altro|nergens|mais nada|grupo proprio|gruppo (?:suo|proprio)|eigen groep)\b/,
} as const;

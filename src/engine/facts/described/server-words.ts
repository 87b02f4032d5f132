/** Words of directories, RADIUS and SAML servers, accounts, groups and settings. */
export const SERVER_WORDS = {
  fortiauthenticator: /\b(?:fortiauthenticator|fac)\b/,
  local:
    /\b(?:local\w{0,2}(?![- ]?(?:id|in|address|network|as)\b)|lokal\w{0,3}|locau?x|locali|locais|locale[ns]?|(?:firewall|fortigate) (?:user|account|login)s?|on the (?:firewall|fortigate) itself|(?:account|user|login|password|one)s? (?:\w+ ){0,3}(?:on|in) the (?:firewall|fortigate|box)|break-?glass|(?:password|passwort|kennwort|wachtwoord) (?:of|der|von|van) (?:the |de )?(?:firewall|fortigate)|user definition)\b/,
  ldap: /\b(?:active directory|directory|dom(?:ain|ane\w{0,3}|anen\w+|inio|aine|ein\w{0,12})(?! (?:name|prefix)\b)|annuaire|directorio|diretorio|ad(?=[ -](?:users?|accounts?|groups?|gruppe\w{0,2}|gebruik\w+|team|admins?|people|passwords?|logins?|benutzer\w{0,2}|kont\w{1,2}|side|server|field|controllers?)\b)|(?:in|im|from|of|the|our|to|del|nel|utenti|usuarios?|utilisateurs|utilizador\w{0,2}|gebruikers|benutzer|en|dans l'|de l'|l'|no|na|via|aus) ?(?:the |our |unserem |ons )?ad|ad(?! (?:\w+(?:are|ere|ire)|ogni|un\w{0,2}|esempio|alta|hoc)\b)|dc\d{1,2}|domain controller|domanencontroller\w?|remote[- ]?(?:user )?groups?|remote server|remote-?gruppe\w{0,1}|grupos? remotos?|groupes? distants?|gruppi? remot[oi]|verzeichnis\w{0,8}|ldap\w{0,8}|ad-\w{2,12}|domane\w{0,12})\b/,
  controller:
    /\b(?:(?:domain|domane|domanen|domein) ?-?controllers?|domanencontrollers?|domeincontrollers?|dcs?|dc ?\d{1,2}|controlad\w+ de(?:l)? dominio|controladores? d[eo] dominio|controleurs? de domaine|controller di dominio|(?:ldap|ad|directory)[- ]?servers?|serv\w+ (?:ldap|ad|d'annuaire))\b/,
  ldaps:
    /\b(?:ldaps|636|secure connection|starttls|sichere verbindung|conexion segura|connexion securisee|beveiligde verbinding|connessione sicura|ligacao segura|conexao segura)\b/,
  plainLdap:
    /\b(?:389|plain|unencrypted|unverschlusselt|(?:without|ohne|sin|sans|zonder|senza|sem) (?:ldaps|tls|ssl|encryption|verschlusselung|cifrado|chiffrement|versleuteling|cifratura|cifra)|(?:ldaps|secure connection) (?:off|aus)|with it off)\b/,
  radiusServer:
    /\b(?:radius|fortiauthenticator|fac|nps|network policy server|freeradius|clearpass|cisco ise)\b/,
  /** `no NPS`, `ohne RADIUS`, `we do not use RADIUS` */
  noRadius:
    /\b(?:no|not|without|don't|kein\w{0,2}|nicht|ohne|ni|sin|ningun\w{0,2}|sans|aucun\w?|pas de|geen|zonder|senza|nessun\w?|niente|sem|nenhum\w?) (?:(?:use|have|any|a|an|our|own|ein\w{0,2}|servidor|serveur|server|un|uno) ){0,2}(?:radius|nps|network policy server|freeradius)\b(?![- ](?:users?|\w*benutzer|logins?|answers?|repl(?:y|ies)|response|packets?|logs?|requests?|antwort|respuesta|reponse|risposta|resposta|antwoord))/,
  saml: /\b(?:saml|sso|single[- ]sign[- ]?on|entra (?:id|apps?|app\w{0,10}|groups?|portal|admin\w{0,3}|sign\w{0,3}|side|says|accepts?|shows|login)|(?<=\b(?:in|via|microsoft|the|through|from|by|our|bei|von|en|em|dans|sur|su|chez|met|naar|of|at|to|and|und) )entra\b|azure|okta|keycloak|adfs|ad fs|idps?|identity provider|identitatsanbieter|fournisseur d'identite|proveedor de identidad|microsoft|ms (?:login|sign|accept\w*|page|says|side|mfa)|google workspace|onelogin|jumpcloud|authentik)\b/,

  password:
    /\b(?:passwords?|\w{0,10}passw[o]rt\w{0,12}|\w{0,10}kennw[o]rt\w{0,12}|pwd|pw|contrasenas?|claves?(?! (?:pre-?)?compartida)|mots? de passe|\w{0,10}wachtwoord\w{0,10}|palavras?-passe|senhas?)\b/,
  saved:
    /\b(?:saved?|remember\w{0,3}|auto-?fill\w{0,2}|(?:ge|abge)speichert\w?|speichern|guardad\w{1,2}|recordad\w|enregistre\w{0,3}|memorise\w{0,2}|opgeslagen|onthoud\w{0,2}|salvat\w|memorizzat\w)\b/,
  /** Why letters of a password are typed wrongly. */
  typo: /\b(?:mistype\w?|misread\w?|look-?alikes?|zero|caps ?lock|umlauts?|(?:keyboard|tastatur|teclado|clavier|toetsenbord|tastiera)\w{0,12}|capital o|letter o|hoofdletter o|capital letter|feststelltaste|vertippt|grosses? o|null statt|sonderzeichen|special characters?|accents?|tilde|bloq mayus|verr maj|typo|tippfehler|(?:as |like )?an? (?:o|l|i)\b|quotation mark|blank at the end|trailing space|leerzeichen)\b/,
  expired:
    /\b(?:expire[sd]?|expiry|expiration|expiring|ran out|runs? out|lapsed|abgelaufen\w{0,2}|ablaufdatum|lauft ab|lief ab|ausgelaufen|caduc\w{1,4}|expirad\w{1,2}|expir[oa]u?|expiree?s?|perime\w{0,2}|verlopen|verloopt|verliep|scadut\w|scade\w{0,2}|venci\w{1,3}|vence|vencid\w{1,2})\b/,
  validUntil:
    /\b(?:valid (?:un)?till?|valid to|valid through|not after|gultig bis|valid[oae] hasta|valable jusqu\w{0,3}|geldig tot|valid[oa] fino|valid[oa] ate|end date|ran until)\b/,
  /** A date that has passed. */
  untilToday:
    /\b(?:today|yesterday|this morning|last night|midnight|was valid|since|heute|gestern|mitternacht|war (?:nur )?gultig|seit|hoy|ayer|medianoche|desde|era|aujourd'hui|hier|minuit|depuis|etait|vandaag|middernacht|sinds|was geldig|oggi|ieri|mezzanotte|hoje|ontem|meia-noite)\b/,
  passwordPolicy:
    /\b(?:password[- ]?polic(?:y|ies)|(?:passwort|kennwort)-?richtlinie\w?|politica de (?:contrasenas|palavras\S{0,8}|senhas)|politique de mots? de passe|wachtwoordbeleid|(?:every|each|alle|cada|tous les|ogni|elke) \d{2,3} (?:days|tage|dias|jours|dagen|giorni))\b/,
  account:
    /\b(?:accounts?|kont(?:o|en|os)|cuentas?|comptes?|accounts?|contas?|users?|benutzer\w{0,2}|usuari[oa]s?|utilisateurs?|utilisatrice|gebruikers?\w{0,2}|utent[ei]|utilizador\w{0,2})\b/,
  bindAccount:
    /\b(?:(?:utilizador|usuario|utente|utilisateur|compte|conta|cuenta) d[eio] (?:servic\w{1,2}|servizio|service)|service[- ]?(?:account|user)s?|(?:svc|srv|bind|ldap|forti|fgt|fortigate)[-_.]\w+|bind(?:ing)?[- ]?(?:user|account|dn|password|kont\w|passwor\w)|(?:dienst|service|lese|such)-?(?:konto|konten|kontos|account\w?|benutzer)|cuentas? de (?:servicio|lectura|busqueda|enlace)|comptes? de (?:service|lecture|liaison)|serviceaccount\w?|leesaccount|account di (?:servizio|lettura|bind)|utenza di servizio|contas? de (?:servico|leitura|pesquisa)|(?:read|search|lookup|look-up|ldap|reader) (?:account|user)|(?:user ?name|username|benutzername|usuario|identifiant|gebruikersnaam)[- ](?:box|field|feld|veld)|regular bind|(?:box|campo|champ|feld|veld) (?:username|de nombre|utente|nom d'utilisateur)|cn=\w[\w .-]{0,30},)\b|cn=[\w .-]{1,30},/,
  invalidCredentials:
    /\b(?:(?:invalid|wrong|bad) credentials?|(?:ungultige|falsche) (?:anmelde|zugangs)\w+|credenciales (?:no validas|invalidas|incorrectas)|identifiants (?:invalides|incorrects)|ongeldige (?:inlog)?gegevens|credenziali (?:non valide|errate)|credenciais (?:invalidas|incorretas)|data 52e|data 775|data 532|data 701)\b/,
  baseDn:
    /\b(?:base[- ]?dn|distinguished name|search base|base (?:there |of the search )?(?:is|reads|says|starts)|basis-?dn|suchbasis|base de (?:busqueda|recherche|pesquisa|procura)|zoekbasis|base di ricerca|nombre distinguido|nom distinctif|nome distinto)\b/,
  unit: /\b(?:ous?(?![a-z])|organi[sz]ational units?|organisationseinheit\w{0,2}|unidad(?:es)? organizativas?|unites? d'organisation|organisatie-?eenhed\w{0,2}|organisatie-?eenheid|unita organizzativ\w|unidades? organizaciona\w{1,2}|containers?)\b/,
  searches:
    /\b(?:search\w{0,3}|looks? (?:only |just )?(?:in|under|below|inside)|sucht|suche[nr]?|durchsucht|busca\w{0,2}|cherche\w{0,2}|zoekt?|zoeken|cerca|procura|pesquisa)\b/,
  nameAttribute:
    /\b(?:cnid|common name (?:identifier|id)|samaccountname|userprincipalname|upn|nom commun|nombre comun|nome comune|nome comum|algemene naam|sam-?account-?name|name attribute|(?:first|full|display) name|anzeigename|vor- und nachname|nombre completo|nom complet|volledige naam|nome completo)\b/,
  mustChange:
    /\b(?:(?:must|has to|have to|needs? to) (?:change|set|renew)|change (?:the |their |your |his |her )?password (?:at|on|before)|password (?:change )?(?:at|on) (?:the )?next log-?on|(?:muss|mussen)\b.{0,40}\bandern|debe cambiar|doit changer|moet\b.{0,40}\bwijzigen|deve cambiare|deve (?:alterar|mudar))\b/,
  accountLocked:
    /\b(?:locked(?: ?-?out)?|lock-?outs?|gesperrt\w?|bloquead\w{1,2}|verrouille\w{0,2}|vergrendeld|geblokkeerd|bloccat\w)\b/,
  logonLimit:
    /\b(?:log-?on hours|logon to|log ?on to\.\.\.|log-?on workstations?|anmeldezeit\w{0,2}|anmeldestunden|horas? de (?:inicio|acceso|logon|inicio de sesion)|horarios? de (?:inicio|acceso|logon)|horaires? (?:d'acces|d'ouverture de session|de connexion)|aanmeld(?:ings)?uren|inloguren|orari(?:o)? di accesso|account expires|konto lauft ab|la cuenta (?:caduca|expira)|le compte expire|account verloopt|scadenza (?:dell')?account|a conta expira|contract\w{0,3}|temp(?:orary)? contract)\b/,
  serverDown:
    /\b(?:(?:is|was|went|are|gone|been) down|caid[oa]|tombee?|abgesturzt|ligt plat|e giu|em baixo|(?:nicht|not|never) (?:\w+ )?(?:hochgefahren|hoch|started|come up|gestartet)|stromausfall|power (?:cut|failure|outage)|apagon|panne de courant|stroomstoring|blackout|falha de energia|ausgefallen|defekt|kaputt|averiad\w{1,2}|en panne|kapot|guasto|shut ?down|powered off|switched off|turned off|decommission\w{0,3}|retired?|scrapped|off-?line|no power|unplugged|burnt|crashed|abgeschaltet|ausgeschaltet|heruntergefahren|ausser betrieb|stillgelegt|abgebaut|apagad\w{1,2}|apago|apagaron|apagamos|retirad\w{1,2}|desmantel\w{1,5}|fuera de servicio|eteint\w{0,2}|arrete\w{0,2}|hors service|retire\w{0,2}|uitgezet|uitgeschakeld|uitgefaseerd|buiten gebruik|spent\w|dismess\w|fuori servizio|desligad\w{1,2}|desligamos|avariad\w{1,2}|desativad\w{1,2}|stopped|not running|nicht gestartet|gestoppt|parado|gestopt|fermo|arrestato)\b/,
  unanswered:
    /\b(?:(?:sends?|goes?|comes?|leaves?|gets?|sent) (?:\w+ )?(?:nothing|no) ?(?:back|answer|reply|response|out)?|nothing (?:\w+ )?(?:back|out)|erreich\w{1,2} (?:[\w-]+ ){0,4}(?:nicht|keiner|niemand)\b|kommt nichts zuruck|nichts zuruck|(?:not|n't|no|never|nicht|keine?|nie|ne|pas|niet|geen|non|nao|nessuna|sin|sans|senza|zonder) (?:\w+ ){0,2}(?:answer\w{0,3}|repl(?:y|ies)|respon\w{1,5}|reach\w{0,4}|antwort\w{0,2}|erreichbar|respuesta|contesta|reponse|repond|antwoord\w{0,2}|bereikbaar|risposta|risponde|resposta|alcanca\w{0,3})|repond pas|antwortet nicht|antwoordt niet|unreachable|unerreichbar|onbereikbaar|irraggiungibile|injoignable|inalcanzable|inacessivel|inaccesible|times? out|timed out|timeouts?|can(?:'t|not) (?:reach|contact)|can't contact ldap server|zeituberschreitung|tiempo de espera|delai d\w+)\b/,
  /** What lies between the FortiGate and a server. */
  way: /\b(?:blocks?|blocked|blocking|(?:windows|internal|interne\w?|second|other|host|local) firewall|firewall (?:policy|rule)|rout(?:e|es|ing|ed)|vlans?|subnet|gateway|new (?:ip|address)|source[- ]ip|blockiert|geblockt|sperrt|neue (?:ip|adresse)|bloquea\w{0,2}|nueva (?:ip|direccion)|bloque|bloquee?s?|nouvelle (?:ip|adresse)|blokkeert|nieuw (?:ip|adres)|blocca\w{0,2}|nuovo (?:ip|indirizzo)|bloqueia|novo (?:ip|endereco)|vpn tunnel to|site-?to-?site|mpls|dns|hostname|resolv\w{1,3})\b/,
  radiusPort: /\b(?:1645|1812|radius-?port|port of radius|udp port)\b/,
  unknownClient:
    /\b(?:radius[- ]clients?|clients?\.conf|unknown client|client (?:entry|list)|not a (?:known )?client|unbekannter client|cliente (?:radius|desconocid\w|sconosciuto)|clients? radius|client inconnu|onbekende client|event (?:id )?13)\b/,
  secret:
    /\b(?:(?:shared|radius|invalid) secrets?|secret|gemeinsame\w? (?:secret|geheimnis|schlussel|geheimwort)|secreto|secret partage|gedeeld geheim|segreto|segredo)\b/,
  messageAuthenticator: /\b(?:message[- ]?authenticator|blast-?radius|unsigned (?:answers?|responses?))\b/,
  radiusRefused:
    /\b(?:(?:toegang|zugriff|acceso|acces|accesso|acesso) (?:\w+ )?(?:geweigerd|verweigert|denegado|refuse|negato|rifiutato|recusado)|(?:reden|grund|motivo|razon|raison|motif|causale) \d{1,3}|(?:grund|motiv|reden|reason|motivo|razon|raison)(?:-?code| codigo)? ?\d{1,3}|6273|access-?reject\w{0,2}|reason[- ]?code \d{1,3}|reason \d{1,3}|reason code|grundcode|ursachencode|codigo de (?:motivo|razon)|code (?:de )?(?:motif|raison)|redencode|codice motivo|denied access|network access is denied|dial-?in|network access permission|netzwerkrichtlinie|connection request policy|not supported for|mschapv2 not supported|unsupported auth\w*|auth(?:entication)? (?:type|method) not|rejects? (?:him|her|them|it|all))\b/,
  authScheme:
    /\b(?:pap|chap|ms-?chap-?\s?v?2?|authentication (?:method|type|scheme)|auth-?type|authentifizierungs(?:methode|verfahren)|metodo de autenticacion|methode d'authentification|verificatiemethode|metodo di autenticazione|metodo de autenticacao)\b/,
  radiusAccepted:
    /\b(?:6272|access-?accept\w{0,2}|(?:granted|grants) (?:full )?access|access (?:is )?granted|zugriff gewahrt|acceso concedido|acces accorde|toegang (?:verleend|geeft)|accesso (?:consentito|concesso)|acesso concedido|log: (?:accepted|success)|accetta|accepted in the log)\b/,
  groupAttribute:
    /\b(?:fortinet-?group-?name|vendor-?specific|vsas?|filter-?id|class attribute|radius attribut\w{0,3}|atribut\w{1,2}|attribut\w{0,3}|framed-protocol|service-type|group[- ]?name|gruppenname|nombre de(?:l)? grupo|nom de groupe|groepsnaam|nome (?:del )?gruppo|nome d[eo] grupo|filter (?:for|on) groups?|filtro)\b/,
  member:
    /\b(?:member-?of|members?|membership|mitglied\w{0,8}|miembros?|pertenece\w{0,2}|membres?|appartien\w{1,3}|fait partie|lid|leden|membr[oi]s?|fa parte|pertence\w{0,2}|belongs?|in(?:to)? (?:the |a |his |her |that |another |one )?(?:\w+ )?group|in (?:der|die|einer|keiner) (?:\w+ )?gruppe|en (?:el|ningun) grupo|dans (?:le|aucun) groupe|in de (?:\w+ )?groep|nel gruppo|no grupo|is in (?:it|there)|added (?:\w+ ){0,2}(?:directly|to))\b/,
  nested:
    /\b(?:nested|verschachtel\w{1,2}|anidad\w{1,2}|imbrique\w{0,2}|genest\w{0,2}|annidat\w|nidificat\w|aninhad\w{1,2}|itself (?:is )?(?:an? )?(?:member|in)|sub-?groups?|untergruppe\w?|subgrupos?|sous-groupes?|subgroep\w{0,2}|sottogrupp\w|(?:group|gruppe|grupo|groupe|groep|gruppo) (?:with)?in (?:an?|the|another|einer|der|een|andere) (?:\w+ )?(?:group|gruppe|groep)|indirect\w{0,2}|directly|direkt|directamente|directement|rechtstreeks|direttamente|diretamente|member of (?:the |another )?(?:\S+ )?group)\b/,
  userName:
    /\b(?:user ?names?|user-?id|log-?in names?|account names?|benutzernamen?|anmeldenamen?|usernamen?|nombres? de usuario|noms? d'utilisateur|identifiants?|gebruikersna(?:am|men)|nom[ei] utente|nomes? de utilizador|usuarios?|usuario|name|namen?|nombre|nom|naam|nome)\b/,
  types:
    /\b(?:typ(?:e|es|ed|ing)|enters?|entered|writes?|wrote|puts?|keys? in|fill(?:s|ed) in|tipp(?:t|e|en)|eingeb\w{1,2}|eingibt|gibt|gebe|geben|schreib\w{1,2}|escrib\w{1,4}|pon(?:e|en|go)|introduc\w{1,3}|tape\w{0,2}|tapant|saisi\w{0,5}|ecri\w{1,4}|typt|typ|typen|intik\w{0,2}|vult|invul\w{1,2}|digit\w{1,4}|scriv\w{1,3}|inseri\w{1,5}|escrev\w{1,3}|login name|spell(?:ed|ing)?)\b/,
  /** `BRANT\wren`, `wren@brant.example`, with and without it */
  nameForm:
    /[\w-]{2,20}\\{1,2}\w|\b[\w.-]{2,30}@[\w-]{2,30}\b|@|\\|\b(?:(?:without|ohne|sin|sans|zonder|senza|sem) (?:the |die |el |la |le |il |o |a |het )?(?:first (?:bit|part)|domain\w{0,6}|prefix|suffix|prefijo|sufijo|prefixe|suffixe|domein|dominio|domaine|prefisso|prefixo|sufixo|@\S*)|domain ?-?prefix|domain name|domanenprafix|prefi(?:x|xe|jo|sso)|suffix\w?|sufijo|upn|(?:e-?mail|mail)[- ]?address(?:es)? as|(?:full|whole|complete|volle[nr]?|ganze[nr]?|komplette[nr]?) (?:e-?mail|mail)-?(?:address|adresse)|adresse (?:e-?)?mail|(?:e-?)?mail-?adresse|direccion de correo|correo (?:completo|entero)|indirizzo (?:e-?)?mail|endereco de (?:e-?mail|correio)|mailadres|short name|kurzname|nombre corto|nom court|nome (?:corto|breve|curto)|korte naam|only (?:the )?user|just (?:the )?user)\b/,
  letterCase:
    /\b(?:(?:upper|lower)[- ]?case|capital\w{0,2}|capitali[sz]ed|case[- ]sensitiv\w{1,4}|small letters?|big letter|gross ?-?(?:geschrieben|buchstabe\w?|und kleinschreibung|schreib\w+)|klein ?-?(?:geschrieben|buchstabe\w?|schreib\w+)|grosse[mnrs]? (?:anfangs)?(?:buchstabe\w?|\w)|kleine[mnrs]? (?:anfangs)?(?:buchstabe\w?|\w)|mayuscul\w{1,2}|minuscul\w{1,3}|majuscul\w{1,2}|hoofdletter\w?|kleine letters?|maiuscol\w|minuscol\w|maiuscul\w{1,2})\b/,
  daemon:
    /\b(?:fnbamd|authd|samld|auth(?:entication)? (?:daemon|process|service)|crash-?log|signal (?:6|11))\b/,
  restart:
    /\b(?:re-?boots?|rebooted|re-?start\w{0,3}|power ?-?cycle\w?|neustart\w?|neu gestartet|neugestartet|durchgestartet|reinici\w{1,4}|redemarr\w{1,4}|herstart\w?|opnieuw (?:opgestart|gestart)|riavvi\w{1,4}|fail-?over)\b/,
  settings:
    /\b(?:settings?|einstellung\w{0,2}|ajustes|configura\w{1,5}|parametres|reglages|instellingen|impostazioni|definicoes|configuracoes|config)\b/,
  signing:
    /\b(?:sign(?:s|ed|ing)? (?:option|certificate|documents?|assertions?|responses?|saml|both|only)|signing|signatur\w{0,9}|assertions?|firma\w{0,3}|signature|ondertekening\w{0,14}|assinatura|assina\w{0,2}|federation certificate|idp certificate|token-?signing|thumbprint|fingerprint|impronta|remote_cert\w*)\b/,
  /** Releases since which an unsigned half of an answer is refused. */
  signedRelease: /(?<![\d.])(?:7\.2\.1[2-9]|7\.4\.(?:9|1\d)|7\.6\.[4-9]|8\.0)(?![\d]|\.\d)/,
  signBoth:
    /\b(?:sign(?:ing)? option|sign(?:s|ed)? (?:the )?(?:saml )?(?:assertions?|responses?|documents?|messages?)|assertions? (?:only|is|are)|only (?:the )?(?:assertions?|responses?)|signaturoption\w{0,2}|signieroption|opcion de firma|option de signature|ondertekeningsoptie|opzione di firma|opcao de assinatura)\b/,
  // lines of samld, as people quote them
  signAsked:
    /\b(?:sig(?:nature)? verify is required|signature element (?:was )?not found|(?:response|assertion)s? (?:is|are|was) not signed)\b/,
  replyRefused: /\baadsts50011\b/,
  replyUrl:
    /\b(?:aadsts(?:50011|700016|650056|75(?!011\b)\d{2,4}|900\w+)|app_not_configured(?:_for_user)?|reply[- ]?urls?|redirect ur[il]s?|acs|assertion consumer|entity[- ]?ids?|entityid|audience|(?:single sign-?on|sso|sign-?on|login|logout) urls?|url de (?:respuesta|reponse|retour|resposta|inicio)|antwort-?url|antwoord-?url|url di risposta|identifier(?: \(entity id\))?|bezeichner|identificador|remote\/saml\S*|saml\/(?:login|metadata)\S*)(?!\w)/,
  /** Codes about the set-up of the application; Google has two of them. 75011 is about the way of signing in. */
  aadsts:
    /\b(?:aadsts(?:50011|700016|650056|75(?!011\b)\d{2,4}|900\w{2,6})|app_not_configured(?:_for_user)?)\b/,
  /** An account to an application of an identity provider. */
  assigned:
    /\b(?:assigned|zugewiesen|zugeordnet|asignad[oa]s?|affectee?s?|assignee?s?|attribuee?s?|toegewezen|assegnat\w|atribuid[oa]s?)\b/,
  application:
    /\b(?:apps?|applications?|(?:unternehmens)?anwendung\w{0,2}|aplicacion|applicazione|applicatie|toepassing|aplicacao|aplicativo)\b/,
  blockedByPolicy:
    /\b(?:conditional access|bedingte\w? zugriff\w{0,2}|acceso condicional|acces conditionnel|voorwaardelijke toegang|accesso condizionale|acesso condicional)\b/,
  /** What an identity provider shows in place of an answer: it was asked, and gave none. */
  providerCode: /\b(?:aadsts\d{5,8}|app_not_(?:enabled|configured)\w{0,9}|msis\d{4})\b/,
  equal:
    /\b(?:identical\w{0,2}|identi\w{1,6}|same|equal|unchanged|unverandert\w?|gleich|stimmen|passen|coincid\w{1,4}|iguales|inchange\w{0,3}|gelijk|hetzelfde|onveranderd|ugual[ei]|iguais|inalterad\w{1,2})\b/,
  differs:
    /\b(?:statt|anstatt|anstelle|en (?:lugar|vez) del?|au lieu d[eu]s?|in plaats van|invece d\w{1,3}|em vez d[eao]s?|wrong|falsche[nrsm]?|equivocad[oa]|mauvaise?|verkeerde?|sbagliat[oa]|errad[oa]|differ\w{0,4}|does(?:n't| not) match|do not match|don't match|mismatch\w{0,2}|not the same|other than|instead of|slash|schragstrich|barra|https?|on the fortigate (?:it's|it is)|ends|https? (?:instead|vs)|unterschied\w{0,5}|stimmt nicht|passt nicht|abweich\w{1,3}|no coincide\w?|ne correspond\w{0,3} pas|differen\w{1,3}|diferent\w{1,2}|komt niet overeen|verschil\w{0,2}|non c(?:orrisponde|oincide)|divers\w|nao (?:coincide|corresponde)|typo|tippfehler|port)\b/,
  clock:
    /\b(?:clocks?|uhr(?:zeit)?|system ?time|reloj(?:es)?|hora(?: del (?:sistema|fortigate|firewall))?|horloges?|heure|klok(?:ken)?|tijd|ora|relogios?|hora do|ntp|time ?zone|zeitzone|zona horaria|fuseau|tijdzone|fuso|shows \d{1,2}:\d\d|(?:phone|firewall|fortigate|system|device)'?s? (?:system )?time|time (?:of|on|is|by hand|manually|set)|dashboard|watch(?:es)?|\w{0,6}uhr|uhren|\w{0,6}uhrzeit\w{0,2}|(?:system|geraete|gerate)zeit|zeit|montres?|orologi[oi]?|orario|horas|orologi\w{1,2}|reloj\w{0,2}|klok\w{0,4})\b/,
  clockOff:
    /\b(?:behind|ahead|slow|fast|late|drift\w{0,3}|wrong|(?:minutes?|minuten?|minutos?|minuti|mins?|hours?|stunden?|horas?|heures?|uren|uur|ore)|vor|nach|falsch|unreachable|disabled|blocked|off|atrasad\w|adelantad\w|retarde\w{0,2}|avance\w{0,2}|achter|voor|indietro|avanti|while my phone|atras\w{1,3}|adiant\w{1,3}|\d{1,2}:\d\d)\b/,
  sessionEnded:
    /\b(?:session (?:has )?ended|logoutok|sitzung (?:wurde )?beendet|sesion (?:finalizada|terminada|cerrada)|session terminee|sessie beeindigd|sessione terminata|sessao terminada|firewall authentication failed)\b|logoutok/,
  claim:
    /\b(?:groups?\.link|group[- ]?claims?|claims?|object[- ]?ids?|objekt-?ids?|group attribute|saml attribut\w{0,3}|attribute name|attribut\w{0,3}|display ?names?|guids?|over (?:1[5-9]0|2\d\d)|more than 150|(?:150|200) groups?)\b/,
  quickly:
    /\b(?:quick\w{0,3}|fast\w{0,2}|at once|straight away|second (?:try|attempt|time)|schnell\w{0,3}|fix|zweite[nr]? (?:versuch|mal)|rapid\w{0,6}|deprisa|en seguida|a la segunda|vite|deuxieme (?:essai|fois)|snel\w{0,2}|vlot|tweede (?:poging|keer)|veloc\w{1,5}|in fretta|secondo tentativo|depressa|logo|segunda tentativa)\b/,
  ssoButton:
    /\b(?:saml[- ]log-?in|sso[- ](?:button|log-?in|option|box|link)|(?:single[- ]sign[- ]?on|sso|saml)[- ](?:button|knopf|schaltflache|knop|pulsante|option|anmeldung|login)|(?:boton|bouton|pulsante|botao|knop|knopf|button|schaltflache) (?:de |der |fur |zum |di |do |para |van |"|')?(?:single|sso|saml|inicio de sesion unico|microsoft)|enable single[- ]sign[- ]?on)\b/,
  webPortal:
    /\b(?:portals?|portail|portaal|portale|portais|portales|realms?|bookmarks?|lesezeichen|marcadores|favoris|signets|bladwijzers|segnalibri|web-access|full-access|tunnel-access)\b/,
  realm: /\brealms?\b/,
  mapping:
    /\b(?:mapping\w{0,2}|mapped|authentication[- ](?:\/ ?portal mapping|rules?)|authentication-rule|zuordnung\w{0,10}|zugeordnet|zuweisung\w{0,2}|asigna\w{1,5}|mapeo|correspondances?|attribu\w{1,3}|toewijzing\w{0,2}|gekoppeld|mappatur\w|associazion\w|mapeamento|atribui\w{1,4}|all other users|other users\/groups|alle anderen benutzer|no-?access|wrong portal|other portal|another portal|falsche[ns]? portal|first (?:row|line|match)|top of the|order of|reihenfolge|(?:row|ligne|zeile|fila|linha|riga|regel) \d|\d(?:e|st|nd|rd|th|a|o)? (?:row|ligne|line|fila|linha|riga|regel))\b/,
  tunnelMode:
    /\b(?:tunnel[- ]?mod(?:e|us)|modo (?:de )?tunel|mode tunnel|tunnelmodus|modalita tunnel|tunnel-access|solo-?web|web[- ]only|only web)\b/,
  webMode:
    /\b(?:web[- ]?mod(?:e|us)|modo web|mode web|webmodus|modalita web|web-access|tunnel[- ]only|only tunnel)\b/,
} as const;

/** Words of clients, their messages and profiles, and of the tunnels that they build. */
export const TUNNEL_WORDS = {
  client: /\b(?:forticlients?|clients?|cliente|klient)\b/,
  ikev1:
    /\b(?:ike-?\s?v ?1|ike-version:? 1|ike (?:version|versione|versao|versie) 1|version[e]? 1|xauth|aggressive?|agressif|aggressiv[ao]|agresivo|agressivo|ike ?v?1|ike[- ]version 1|v1|aggressive(?: mode)?|mode agressif|modo agresivo|modalita aggressiva|modo agressivo|agressieve modus|ikev1\w{0,2})\b/,
  ikev2:
    /\b(?:ike-?\s?v ?2\w{0,12}|ike-version:? 2|ike (?:version|versione|versao|versie) 2|ipsec (?:\w+ )?v2|v2 (?:profile|tunnel)|eap|ike ?v?2|ike[- ]version 2|version 2|v2|ikev2\w{0,2})\b/,
  // releases without push over IKEv2: `7.0.15`, `7.2.5`, `7.4.3`
  noIkev2Push: /(?<![\d.])(?:v?6\.\d\.\d{1,2}|v?7\.0\.\d{1,2}|v?7\.2\.[0-7]|v?7\.4\.[0-3])(?![\d.]*\d)/,
  release74: /(?<![\d.])v?7\.4\.[4-8](?!\d)/,
  releaseTimer: /(?<![\d.])v?(?:7\.2\.1[0-9]|7\.4\.[5-7]|7\.6\.[0-2])(?!\d)/,
  release76: /(?<![\d.])v?7\.6(?:\.\d)?\b/,
  vdom: /\b(?:(?:multi-?)?vdoms?|virtual domains?|virtuelle domane\w?|dominios? virtua\w{1,3}|domaines? virtuels?)\b/,
  root: /\broot\b/,
  // the client of the operating system or of another vendor
  nativeClient:
    /\b(?:built[- ]?in(?:to)?|native|strongswan|(?:windows|android|ios|macos|mac|apple|system)(?:'s)? (?:\d+(?:'s)? )?(?:own |system )?vpn|own vpn(?: client)?|vpn client (?:in|of) (?:windows|macos|android|ios)|(?:windows|android|ios|apple|mac|system)-?eigen\w{0,2}|that (?:comes|ships) with|third-party (?:vpn|client|ike\w*)|bordmittel\w{0,6}|eingebaut\w{0,2}|windows-?eigen\w{0,2}|integriert\w{0,2}|integre\w?|natif|d'origine|integrad[oa]|nativ[oa]|incorporad[oa]|integrat[oa]|ingebouwd\w?|eigen vpn|embutid[oa])\b/,
  menuGone:
    /\b(?:no (?:\w+[ -])?(?:ssl-?(?: ?vpn)?[- ])?(?:vpn )?(?:menu|entry|tab)\b|kein(?:en)? (?:ssl-?vpn-?)?(?:menu\w{0,5}|eintrag)|find\w{0,2} (?:\w+ ){1,4}menu\w{0,6} (?:\S+ )?nicht|(?:ningun|pas de|plus de|geen|nessun|nenhum) (?:ssl-?vpn-?)?menu\w?|agentless|disappeared|vanished|missing|gone|not there any ?more|(?:ca|can)(?:n't|not) (?:even )?find|only the ipsec|(?:are|is) left|verschwund\w{0,2}|fehl(?:t|en)|weg|nicht mehr (?:da|zu finden|zu sehen)|nur noch|desaparec\w{1,3}|no encuentro|no aparece|disparu\w{0,2}|introuvable|trouve plus|sparit\w|scompars\w|non trovo|verdwenen|niet meer te vinden|sumi\w{1,3}|nao encontro)\b/,
  // `I tapped the red one`, `swipes it away`, `la mía pone "Deny"`
  pressesDeny:
    /\b(?:"?(?:rechazar|denegar|rejeitar)"?|(?:press\w{0,3}|tap\w{0,4}|hit\w?|chose|choose\w?|click\w{0,3}|said|say|push(?:es|ed|ing)|answer\w{0,3}) (?:\w+ ){0,3}"?(?:deny|denied|no(?! (?:problem|issue|trouble|effect|result)\w{0,1}\b)|red|reject|decline)|deny|swip\w{1,3}|(?:reject|declin|dismiss)\w{0,3} (?:the |these |those |all |every )?(?:\w+ )?(?:prompt|request|message|notification|push|question|it)\w?|(?:auf )?(?:den |die )?"?(?:ablehnen|verweigern|nein)"?|rote[nrs]? (?:knopf|taste|schaltflache|feld|button)|weggewischt|wisch\w{1,2}|lehnt\w? (?:die|den|sie) (?:anfrage|push|mitteilung)\w{0,2}|(?:anfrage|push|meldung|mitteilung)\w{0,2} (?:immer |stets |jedesmal )?(?:ab(?:ge)?lehn\w{1,2}|abgewiesen|verweigert)(?! (?:die|der|das|mir|uns) )|boton rojo|el rojo|rechazo|rechace|denegar|denego|(?:bouton|le) rouge|j'ai refuse|refuser|tasto rosso|il rosso|ho rifiutato|rifiuta|rode knop|afgewezen|weigeren|botao vermelho|o vermelho|recusei|recusar|rejeitei)\b/,
  // what both ends of a tunnel must agree on
  ikeSettings:
    /\b(?:proposals?|no_proposal_chosen|(?:local|peer)[- ]?id|psk|pre-?shared|dh group|(?:clave|cle|chiave|chave) (?:compartida|partagee|condivisa|partilhada)|aes-?\d{3})\b/,
  ipsec:
    /\b(?:ike(?:v?[12])?|ikev[12]\w{0,2}|phase[- ]?[12]|phase[12]-interface|fase ?[12]|dial-?up\w{0,3}|tunnel nomade|nomades?|xauth|psk|phase ?1|dial-?up|dial-?in|ipsec\w{0,8}|einwahl\w{0,8}|eap\w{0,5}|ipsec-\w{1,10})\b/,
  tunnel: /\b(?:tunnels?|dial-?ups?|phase ?1s?|fase ?1|tunel|tuneles|tunnel\w{0,2}|tuneis|einwahl\w{0,8})\b/,
  noProposal: /no_proposal_chosen|\bno (?:ike |matching )?proposal chosen\b|\bno matching proposal\b/,
  proposal:
    /\b(?:proposals?|no_proposal_chosen|aes-?\d{3}|aes ?(?:128|192|256)|aes(?:-gcm|-cbc)|sha-?(?:1|\d{3})|3des|chacha\w{0,9}|encryption|ciphers?|verschlusselung\w{0,12}|cifrado|chiffrement|versleuteling|cifratura|cifra|vorschlage?n?|propuestas?|propositions?|voorstellen|proposte|propostas)\b/,
  dhGroup:
    /\b(?:dh[- ]?(?:group|gruppe|grupo|groupe|groep|gruppo)?s? ?\d{1,2}|dh|diffie\S*|(?:group|gruppe|grupo|groupe|groep|gruppo)s? (?:1[4-9]|2[01]|3[012]|2|5)|modp\d{4}|ecp\d{3}|pfs)(?!\d)/,
  psk: /\b(?:pre-?shared(?: key)?s?|psks?|shared key|(?:vorinstallierte[rns]?|vorverteilte[rns]?|geteilte[rns]?|gemeinsame[rns]?) schlussels?|pre-?shared-?key|(?:clave|llave) (?:pre-?)?compartida|cle (?:pre-?)?partagee|(?:vooraf )?gedeelde sleutel|sleutel|chiave (?:pre-?)?condivisa|chave (?:pre-?)?(?:partilhada|compartilhada)|schlussel[ns]?|clave|cle|chiave|chave|key)\b/,
  pskNamed:
    /\b(?:pre-?shared(?: key)?s?|psks?|pre-?shared-?key|(?:vorinstallierte[rns]?|vorverteilte[rns]?|geteilte[rns]?|gemeinsame[rns]?) schlussels?|(?:clave|llave) (?:pre-?)?compartida|cle (?:pre-?)?partagee|(?:vooraf )?gedeelde sleutel|chiave (?:pre-?)?condivisa|chave (?:pre-?)?(?:partilhada|compartilhada))\b/,
  sameInterface:
    /\b(?:same|derselben|demselben|gleichen|mism[oa]|meme|zelfde|stess[oa]|mesm[oa]) (?:wan\w{0,2}|interface|schnittstelle|leitung|interfaz|interfaccia|ip|address|adresse|line|linea|ligne|lijn|linha)\b/,
  secondTunnel:
    /\b(?:(?:second|another|two|both|new|further|zweite[nrs]?|weitere[nrs]?|neue[nrs]?|zwei|beide|mehrere|several|varios|plusieurs|meerdere|piu|segundo|otro|dos|nuevo|deuxieme|autre|second|nouveau|tweede|nieuwe|ander|secondo|altro|nuovo|due|segundo|outro|novo|deux|due|dois|duas|twee|zwei) (?:(?!(?:psk|pre-?shared|key|schlussel|clave|cle|chiave|on|for|in|of|the|auf|im|am|fur|im|en|del?|du|sur|op|van|sul|no)\b)[\w-]+ ){0,3}(?:dial-?ups?|tunnels?|phase ?1s?|tunel|tuneles|einwahl\w{0,8}|gateways?)|(?:added|add|created|made|built) (?:an? |one )?(?:\w+ ){0,3}(?:dial-?up|tunnel|phase ?1)|several (?:dial-?up|tunnel)s?|(?:staff|vendor|other|first|old|erste[nr]?|andere[nr]?|primer|premier|eerste|primo|primeiro|altro) (?:dial-?up |ipsec )?(?:tunnel|tunel|dial-?up))\b/,
  /** The client comes to the tunnel that is not its own: `always lands on the first one` */
  landsElsewhere:
    /\b(?:land\w{0,3}|match\w{0,2}|end(?:s|ed)? up|hit(?:s|ting)?|fall\w{0,2}|comes?|picks?|taken|takes|gera\w{1,2}|treff\w{1,2}|kommt|kommen|tomb\w{1,3}|arriv\w{1,3}|aboutiss\w{1,3}|caen?|cae|entran?|acab\w{1,2}|va|van|terecht\w{0,6}|komen|komt|finis\w{1,4}|cad\w{1,4}|arrivano|caem?|vao|vai|param?) (?:[\w']+ ){0,4}(?:first|wrong|other|old|erste[nrms]?|falsche[nrms]?|andere[nrms]?|alte[nrms]?|premiere?|mauvaise?|autre|ancien|primer\w?|equivocad\w|otr[oa]|eerste|verkeerde|andere|prim[oa]|sbagliat\w|altr[oa]|primeir[oa]|errad\w|outr[oa])\b/,
  switchedOff:
    /\b(?:disabl\w{1,3}|switch\w{0,4} off|switched \w+ off|turn\w{0,2} (?:\w+ )?off|delet\w{1,3}|remov\w{1,3}|schalte\w{0,2}|abschalte\w?|ausschalte\w?|deaktivier\w{1,2}|ausgeschaltet|abgeschaltet|losche\w?|desactiv\w{1,4}|apago|borr\w{1,3}|desactive\w?|supprime\w?|schakel\w?|uitschakel\w?|zet ik|disattiv\w{1,3}|spengo|cancell\w{1,2}|deslig\w{1,3}|desativ\w{1,3}|apag\w{1,3})\b/,
  peerId:
    /\b(?:peer[- ]?ids?|local[- ]?ids?|lokale[rn]? ids?|ids? local\w{0,3}|ids? lokal|peerid|localid|lokale id|accept types?|specific peer|any peer|id do par|id (?:de|del) par|id du pair|remote id|group name in the client)\b/,
  eap: /\beap(?!-(?:ttls|ms|tls)|_method)\b/,
  eapMissing:
    /\b(?:eap[- :="]{1,3}(?:is |was |ist |set to )?(?:disabled?|off|aus|desactivad\w|uit|disabilitat\w|desativad\w|nowhere|missing|not)|(?:no|not|without|word|kein|ohne|sin|sans|zonder|senza|sem|forgot|linha|line|zeile) eap|set eap|eap (?:is )?(?:nowhere|missing|not (?:enabled|on|there|set))|eap (?:fehlt|falta|manque|ontbreekt|manca)|eap-identity|eap (?:enable|einschalten)|xauth>?(?:<enabled>)?.{0,20}(?:0|off|disabled?)|<enabled>0)(?!\w)/,
  eapMethod:
    /\b(?:eap-?ttls|ttls|ms-?chap\w{0,4}|eap[-_]method|eap methods?|peap|eappassworderror|eap-?mschap\w{0,4}|eap failed)\b/,
  usesInterface:
    /\b(?:uses?|using|used|in any|names?|references?|refs?|ref\.? ?[01]|incoming interface|source interface|nutzt|verwendet|benutzt|verweist|usa|utiliza|utilise|n'utilise|gebruikt|usano|utilizza|referenzen?|referencias?|referenties?|riferiment\w)\b/,
  noPolicy:
    /\b(?:(?:falta\w?|fehlt|fehlen|missing|manque\w{0,2}|manca\w{0,2}|ontbre\w{2,4}|lacks?) (?:[\w']+ ){0,3}(?:polic(?:y|ies)|rules?|\w{0,14}regeln?|richtlinien?|politicas?|politiques?|reglas?|regles?|regels?|regol[ae]|regras?)|(?:no|not a|without(?: an?y?)?|never|kein\w{0,2}|keine einzige|ohne|ningun\w?|sin|aucune?|pas (?:encore )?de|noch keine|nog geen|aun no hay|todavia no hay|sans|geen|zonder|nessun\w?|senza|nenhum\w?|sem) (?:[\w-]+ ){0,2}(?:[\w-]{1,16}-)?(?:polic(?:y|ies)|rules?|[\w-]{0,16}regeln?|[\w-]{0,16}richtlinien?|[\w-]{0,10}beleid\w{0,6}|politicas?|reglas?|regles?|politique|regels?|regol[ae]|regras?)|(?:polic(?:y|ies)|rules?|\w{0,14}regeln?|\w{0,14}richtlinie\w{0,2}|politicas?|politiques?|reglas?|regles?|regels?|regol[ae]|regras?)\b.{0,50}\b(?:not (?:created|made|there|yet)|yet|later|missing|removed|deleted|disabled|forgot\w{0,3}|gone|fehlt|fehlen|geloscht|deaktiviert|vergessen|spater|noch nicht|falta\w?|borrad\w{1,2}|desactivad\w{1,2}|eliminad\w{1,2}|olvid\w{1,3}|manque\w{0,2}|supprime\w{0,2}|desactive\w{0,2}|plus tard|ontbre\w{2,4}|verwijderd|uitgeschakeld|vergeten|nog niet|manca\w{0,2}|cancellat\w|disattivat\w|dimenticat\w|eliminat\w|apagad\w{1,2}|desativad\w{1,2}|removid\w{1,2}|esquec\w{1,4})|(?:removed|deleted|cleaned up|tidied|geloscht|entfernt|aufgeraumt|bereinigt|borr\w{1,4}|elimin\w{1,4}|supprim\w{1,4}|verwijderd|opgeruimd|cancellat\w|eliminat\w|remov\w{1,4}|apag\w{1,4})\b.{0,40}\b(?:polic(?:y|ies)|rules?|\w{0,14}regeln?|richtlinien?|politicas?|reglas?|regles?|regels?|regol[ae]|regras?))\b/,
  authGroup:
    /\b(?:authusrgrp|inherit from policy|(?:phase ?1|fase ?1|xauth|eap|tunnel)(?:\w|\s|-){0,20}(?:user ?)?(?:group|gruppe|grupo|groupe|groep|gruppo)|(?:user ?)?(?:group|gruppe|grupo|groupe|groep|gruppo) (?:in|of|der|en|del|dans|de la|van|della|na|da|in der) (?:the )?(?:phase ?1|fase ?1|tunnel)|von (?:der )?richtlinie (?:erben|ubernehmen)|heredar de|heriter de|overnemen van|eredita\w{0,2} dal\w{0,2}|herdar da)\b/,
  signatureAuth:
    /\b(?:signature|signatur|firma digital|firma|assinatura|handtekening|certificate-based|certificates?|zertifikat\w{0,4}|certificad\w{1,2}|certificats?|certifica(?:at|ten)|certificat\w|13801|13806)\b/,
  peer: /\b(?:peers?|pki user|peer group|gegenstelle|subject|issued by|ausgestellt von|emitid\w{1,2} (?:por|pela)|emis par|uitgegeven door|emess\w da)\b/,
  samlListener: /\b(?:ike-saml-server|auth-ike-saml-port|ike-saml\S*|10428|port 1001|:1001|1001)(?!\d)/,
  windowFails:
    /\b(?:can(?:'t|not) (?:be )?(?:reach\w{0,3}|load\w{0,2}|open\w{0,2}|display\w{0,2})|can't reach this page|(?:window|page|fenster|seite|ventana|pagina|fenetre|page|venster|finestra|janela)\b.{0,40}\b(?:blank|white|empty|leer|weiss|blanco|en blanco|blanche|vide|wit|leeg|bianca|vuota|branco|vazia|never|not|n't|nicht|nie|no se|ne|pas|niet|non|nao|timeout|times out)|err_connection\S*|nicht erreichbar|no se puede acceder|impossible d'acceder|niet bereikbaar|kan niet worden bereikt|impossibile raggiungere|nao e possivel aceder)(?!\w)/,
  networkId:
    /\b(?:network[- ]?ids?|network-?overlay|netzwerk-?ids?|id de red|id reseau|netwerk-?id|id (?:di )?rete|id de rede)\b/,
} as const;

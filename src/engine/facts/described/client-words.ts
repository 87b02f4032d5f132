/** Words of the client, its messages and its profile, and of the tunnels that it builds. */
export const CLIENT_WORDS = {
  client: /\b(?:forticlients?|clients?|cliente|klient)\b/,
  sslVpn: /\b(?:ssl|ssl-?\s?vpns?|vpn-?\s?ssl|ssl-\w{1,10})\b/,
  ipsec: /\b(?:ipsec\w{0,8}|ipsec-\w{1,10}|ike|phase ?1|dial-?up|dial-?in)\b/,
  ikev1:
    /\b(?:ike-?\s?v ?1|ikev1|ike-version:? 1|ike (?:version|versione|versao|versie) 1|version[e]? 1|xauth|aggressive?|agressif|aggressiv[ao]|agresivo|agressivo)\b/,
  ikev2:
    /\b(?:ike-?\s?v ?2\w{0,12}|ike-version:? 2|ike (?:version|versione|versao|versie) 2|ipsec (?:\w+ )?v2|v2 (?:profile|tunnel)|eap)\b/,
  // releases without push over IKEv2: `7.0.15`, `7.2.5`, `7.4.3`
  noIkev2Push: /(?<![\d.])(?:v?6\.\d\.\d{1,2}|v?7\.0\.\d{1,2}|v?7\.2\.[0-7]|v?7\.4\.[0-3])(?![\d.]*\d)/,
  release74: /(?<![\d.])v?7\.4\.[4-8](?!\d)/,
  releaseTimer: /(?<![\d.])v?(?:7\.2\.1[0-9]|7\.4\.[5-7]|7\.6\.[0-2])(?!\d)/,
  release76: /(?<![\d.])v?7\.6(?:\.\d)?\b/,
  vdom: /\bvdoms?\b/,
  root: /\broot\b/,
  // the client of the operating system or of another vendor
  nativeClient:
    /\b(?:built[- ]?in(?:to)?|native|strongswan|(?:windows|android|ios|macos|mac|apple|system)(?:'s)? (?:\d+(?:'s)? )?(?:own |system )?vpn|own vpn(?: client)?|vpn client (?:in|of) (?:windows|macos|android|ios)|(?:windows|android|ios|apple|mac|system)-?eigen\w{0,2}|that (?:comes|ships) with|third-party (?:vpn|client|ike\w*)|bordmittel\w{0,6}|eingebaut\w{0,2}|windows-?eigen\w{0,2}|integriert\w{0,2}|integre\w?|natif|d'origine|integrad[oa]|nativ[oa]|incorporad[oa]|integrat[oa]|ingebouwd\w?|eigen vpn|embutid[oa])\b/,
  menuGone:
    /\b(?:agentless|disappeared|vanished|missing|gone|(?:ca|can)(?:n't|not) (?:even )?find|only the ipsec|(?:are|is) left|verschwund\w{0,2}|fehl(?:t|en)|weg|nicht mehr (?:da|zu finden|zu sehen)|nur noch|desaparec\w{1,3}|no encuentro|no aparece|disparu\w{0,2}|introuvable|trouve plus|sparit\w|scompars\w|non trovo|verdwenen|niet meer te vinden|sumi\w{1,3}|nao encontro)\b/,
  // `I tapped the red one`, `swipes it away`, `la mía pone "Deny"`
  pressesDeny:
    /\b(?:(?:press\w{0,3}|tap\w{0,4}|hit\w?|chose|choose\w?|click\w{0,3}|said|say|push\w{0,3}|answer\w{0,3}) (?:\w+ ){0,3}"?(?:deny|denied|no|red|reject|decline)|deny|swip\w{1,3}|(?:reject|declin|dismiss)\w{0,3} (?:the |these |those |all |every )?(?:\w+ )?(?:prompt|request|message|notification|push|question|it)\w?|(?:auf )?(?:den |die )?"?(?:ablehnen|verweigern|nein)"?|rote[nrs]? (?:knopf|taste|schaltflache|feld|button)|weggewischt|wisch\w{1,2}|lehnt\w? (?:die|den|sie) (?:anfrage|push|mitteilung)\w{0,2}|(?:anfrage|push|meldung|mitteilung)\w{0,2} (?:immer |stets |jedesmal )?(?:ab(?:ge)?lehn\w{1,2}|abgewiesen|verweigert)|boton rojo|el rojo|rechazo|rechace|denegar|denego|(?:bouton|le) rouge|j'ai refuse|refuser|tasto rosso|il rosso|ho rifiutato|rifiuta|rode knop|afgewezen|weigeren|botao vermelho|o vermelho|recusei|recusar|rejeitei)\b/,
  // what both ends of a tunnel must agree on
  ikeSettings:
    /\b(?:proposals?|no_proposal_chosen|(?:local|peer)[- ]?id|psk|pre-?shared|dh group|(?:clave|cle|chiave|chave) (?:compartida|partagee|condivisa|partilhada)|aes-?\d{3})\b/,
  singleSignOn: /\b(?:saml|sso|single sign-on|entra id)\b/,
} as const;

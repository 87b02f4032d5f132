import type { RuleAnswer } from '../rule.ts';

/** `which address belongs there?` of `server` of push */
export const PUSH_ADDRESS: RuleAnswer = [
  'which-address',
  '`server` needs the public address or name at which phones reach the FortiGate from the internet.',
];

/** `is it safe?` of `append allowaccess ftm` */
export const OPENS_PUSH_PORT: RuleAnswer = [
  'side-effect',
  'The change opens only the push port, not the admin page, to every source; callers are asked for a certificate.',
];

/** `is it safe?` of another `server-port` */
export const MOVES_PUSH_PORT: RuleAnswer = [
  'risk',
  'Another push port ends no session; forwards and local-in policies for the old one have to name the new one.',
];

/** `which port do we take?` where another service uses that of push */
export const FREE_PUSH_PORT: RuleAnswer = [
  'which-port',
  'Push needs a TCP port that no other service of the FortiGate uses; each push tells the phone the port.',
];

/** `whose job is it?`, `wer muss das machen, wir oder die AD-Kollegen?` */
export const WHO_ACTS =
  /(?<!\p{L})(?:whose (?:job|turn|task)|who (?:has|have|needs|must|should) (?:to )?(?:act|look|do|fix|change)|(?:network|server|AD|PKI|NPS)[ -]?(?:team|people|guys|Kollegen)|wer (?:muss|macht|ist dran)|qui doit|quién tiene que|chi deve|quem (?:deve|tem)|wie moet)(?!\p{L})/iu;

/** `can I enter a DynDNS name there?` of `server` of push */
export const NAME_AS_ADDRESS: RuleAnswer = [
  /\b(?:Dyn ?DNS|DDNS|dynamic DNS|FQDN|host ?names?)\b/i,
  'A name works in `server`, too, if it leads to the public address at which phones reach the FortiGate.',
];

/** `can the two share a port?` */
export const ONE_PORT_ONE_SERVICE: RuleAnswer = [
  /(?<!\p{L})(?:share|both|same|gleiche[nr]?|beide|teilen|même|partager|mism[oa]|compartir|stess[oa]|condividere|mesm[oa]|zelfde|delen)(?!\p{L}).{0,20}(?<!\p{L})(?:ports?|puerto|porta|poort)(?!\p{L})/iu,
  'Two services cannot have one port of the same address: push or the other one has to move.',
];

/** `can I just set allowaccess ftm?`, `do I lose HTTPS there?` */
export const SET_ALLOWACCESS: RuleAnswer = [
  /\bset allowaccess\b|\b(?:lose|losing|keep|cut off|remove|drop|replace|verlier\w*|behalt\w*|perd\w*|perder|verlies\w*)\b.{0,30}\b(?:https?|ssh|gui|ping|access|Zugriff|acc[eè]s\w*|acceso)\b/i,
  '`set allowaccess ftm` replaces the list and can cut off HTTPS and SSH; `append allowaccess ftm` adds to it.',
];

/** `can we limit 4433 to our own addresses?` */
export const LIMIT_SOURCES: RuleAnswer = [
  /\b(?:limit|restrict|einschränken|begrenzen)\b/i,
  'Phones answer from any network, so a local-in policy can leave out countries, but not name the addresses.',
];

/** `do we need another licence?` where an account has no token */
export const NEEDS_FREE_TOKEN: RuleAnswer = [
  'buy',
  'A licence is needed if `show user fortitoken` lists no free FortiToken Mobile; a registered FortiGate has two free trial tokens.',
];

/** `is it enough to copy her old profile?`, `reicht es, das Profil zu kopieren?` */
export const COPIED_PROFILE: RuleAnswer = [
  /\b(?:cop(?:y|ied|ying)|kopier\w{0,3}|copi\w{1,4}|kopi\w{2,5}|übernehmen|export\w{0,4}|restor\w{1,3}|transfer\w{0,4})\b.{0,40}\b(?:profil\w{0,2}|profiel|perfil|config\w*|settings)|\bprofil\w{0,2}\b.{0,30}\b(?:cop\w{1,4}|kopier\w{0,3}|übernehmen|übertragen)\b/i,
  'A copied profile holds no private key: the certificate with its key (.p12) has to be on the computer, and chosen in the profile.',
];

/** `why only her?` where tokens cannot be activated */
export const ONLY_NEW_TOKENS: RuleAnswer = [
  'who',
  'The cause stops the activation of new tokens; active tokens still work.',
];

/** `why only them?` where a tunnel cannot send a push */
export const NO_PUSH_IN_TUNNEL: RuleAnswer = [
  'who',
  'The cause concerns every user of this tunnel: none gets a push, all can type the code.',
];

/** `can I just raise two-factor-ftm-expiry?` */
export const EXPIRY_IN_HOURS: RuleAnswer = [
  /\bftm-expiry\b/i,
  '`two-factor-ftm-expiry` is in hours and limits only the activation of a token.',
];

/** `can I just raise remoteauthtimeout?` where the push or its answer goes nowhere, however long the VPN waits */
export const LONGER_TIMER: RuleAnswer = [
  /\bremoteauthtimeout\b|\b(?:raise|increase|longer|extend|higher|more)\b.{0,25}\b(?:time-?outs?|timers?|wait)\b|\b(?:Timeout|Timer|Wartezeit)\b.{0,20}(?:hoch|erhöh|verläng|rauf)|(?:augmenter|allonger|subir|aumentar|alargar|allungare|verhogen|verlengen).{0,25}(?:time-?out|délai|tiempo|tempo|tijd)/iu,
  'A longer timer does not help: the push or its answer gets lost, however long the VPN waits; typed codes work meanwhile.',
];

/** `can I tell the customer that his users are too slow?` */
export const USERS_TOO_SLOW: RuleAnswer = [
  /\ban (?:seinen|ihren|den|unseren|meinen) (?:Leuten|Benutzern|Anwendern|Mitarbeitern)\b|\busers?\b.{0,15}\b(?:too slow|fault)\b/i,
  'The users are not too slow: the time that the FortiGate gives to approve is short.',
];

/** `how long until it works?` of a setting that each login reads */
export const NEXT_LOGIN: RuleAnswer = [
  'duration',
  'A changed setting counts from the next login on; no restart is needed.',
];

/** `why does the code work and push does not?` */
export const TYPED_CODE: RuleAnswer = [
  /\b(?:codes?|códigos?|codici|codice)\b.{0,40}\b(?:works?|geht|gehen|funktionier(?:t|en)|klappt|marchent?|fonctionnent?|funcionan?|funcionam|funzionano?|werkt|werken)\b/i,
  'A typed code needs no push, so it works while pushes fail.',
];

/** `does it open anything to the internet?` where the fix opens no port */
export const OPENS_NOTHING: RuleAnswer = [
  /\b(?:expos\w*|espo\w*|open\w*|öffne\w*|ouvr\w*|abr\w*|apr\w*)\b.{0,40}\binternet\b/i,
  'The change opens no port to the internet.',
];

/** `did my change break it?`, `war das meine Änderung?`, `est-ce mon changement d'hier ?`: the answer begins with yes or no; `is the change safe?` asks of a risk */
export const CHANGE_BROKE_IT =
  /^(?!.*(?<!\p{L})(?:safe|risk\p{L}*|danger\p{L}*|disrupt\p{L}*|needed|necessary|enough|cut|kick|drops?|disconnect\p{L}*|daytime|gefährlich|riskant|sicher|nötig|risqué|sûr|segur[oa]|peligros[oa]|sicur[oa]|pericolos[oa]|perigos[oa]|veilig|gevaarlijk)(?!\p{L})).*(?<!\p{L})(?:(?:did|is|was|could) (?:it |that |this )?(?:be )?(?:because of |due to |caused by )?(?:my|our|the|this|that|his|her) (?:[\p{L}-]+ ){0,2}(?:change|edit|hardening|migration|clean-?up|move)|did (?:I|we) (?:\p{L}+ )?break|(?:war|ist|lag|liegt|kommt) (?:es|das|dies)? ?(?:an |durch |von )?(?:meine[rn]?|unsere[rn]?|die|der|dieser?) (?:\p{L}+ ){0,2}(?:Änderung|Umstellung|Anpassung|Härtung|Migration)|(?:à cause de|c['’]est|est-ce) (?:\p{L}+ ){0,2}(?:mon|notre|ma|la|le) (?:\p{L}+ )?(?:changement|modification|migration|modif)|(?:por|es|fue|ha sido) (?:mi|nuestro|el|la) (?:\p{L}+ )?(?:cambio|modificación|migración)|(?:per|è|è stata|colpa d\p{L}+) (?:la )?(?:mia|nostra|il mio) (?:\p{L}+ )?(?:modifica|cambio|migrazione)|(?:foi|é) (?:a |o )?(?:minha|nossa|meu) (?:alteração|mudança|migração)|(?:door|is het|komt het door|was het) (?:mijn|onze|de) (?:\p{L}+ )?(?:wijziging|aanpassing|migratie))/iu;

/** `am I locked out?`, `bin ich gesperrt?`, `do you have to unlock me?` */
export const LOCKED_OUT =
  /^(?!.*(?<!\p{L})(?:ports?|rules?|traffic|firewall|network|provider|ISP|Netz\p{L}*|Anbieter|puertos?|réseau|red|rete|rede|netwerk)(?!\p{L})).*(?<!\p{L})(?:locked(?: out)?|unlock\p{L}*|blocked|banned|gesperrt|entsperr\p{L}*|freischalten|bloqu(?:é|ée|ear|eado|eada|eou|eado)|débloqu\p{L}+|desbloqu\p{L}+|bloccat[oa]|sblocc\p{L}+|geblokkeerd|deblokkeren)(?!\p{L})/iu;

/** `do the handhelds need touching one by one?`, `müssen wir jedes Gerät anfassen?` */
export const EACH_CLIENT =
  /\bone by one\b|\b(?:each|every) (?:single )?(?:client|device|laptop|phone|handheld|scanner|PC|computer|user)\b|\b(?:touch\w*|visit\w*|reconfigur\w+)\b.{0,30}\b(?:all|every|each|them)\b|\bjede[smn]? (?:einzelne\w? )?(?:Gerät|Client|Laptop|Rechner|PC|Handy)\w*/iu;
/** `did the upgrade break it?`, `War unser Update schuld?`, `¿Es por la actualización?`; `do we have to roll back the upgrade?` asks of a plan */
export const UPGRADE_BROKE_IT =
  /^(?!.*(?<!\p{L})(?:roll\p{L}*|newer|next|need\p{L}*|must|have to|fix\p{L}*|help\p{L}*|go back)(?!\p{L})).*(?<!\p{L})(?:(?:did|was|is|because of|due to|caused by) (?!there )(?:it |that |this )?(?:because of |due to )?(?:[\p{L}\d.-]+ ){0,3}(?:update|upgrade|patch|firmware)|(?:war|ist|liegt|lag|kommt|wegen|durch) (?:[\p{L}\d.-]+ ){0,4}(?:Update|Upgrade|Aktualisierung)|(?:à cause|c['’]est|est-ce|dû) (?:[\p{L}’']+ ){0,4}(?:mise à jour)|(?:por|es|fue) (?:[\p{L}]+ ){0,3}actualización|(?:è|per|colpa) (?:[\p{L}’']+ ){0,3}aggiornamento|(?:foi|é|por) (?:[\p{L}]+ ){0,3}atualização|(?:door|is|komt) (?:[\p{L}]+ ){0,3}(?:update|upgrade))(?!\p{L})/iu;

/** `does a restart help?` where no cause is known */
export const RESTART =
  'A restart is no diagnosis: it ends every session on the FortiGate, and the debug of the login is lost. First find out what refuses the login.';

/** `do we need a licence?` where no cause is known */
export const LICENCE =
  'Push needs a FortiToken Mobile token for each user, from a licence or one of the two trial tokens; logins without push need none.';

/**
 * Words that stand where a secret could, and are none: `the password is wrong`, `das Passwort ist falsch`. A secret may
 * be a word of letters only, so its place decides, and these are what sentences, logs and forms say in that place.
 */
const WORDS = new Set(
  `3des a ab aber abgelaufen abgelehnt ablauf about above absent accept accepted accepts access account accounts active
   ad address addresses adds admin administrator administrators aes aes128 aes256 after again against age aging ago
   aktiv akzeptiert alert alerts algorithm algorithms alias all alle allerdings alles allow allows alone alphanumeric
   already als also alt alte altes although always am among an anchor and andere anders anfordern anmelden another
   answer answers any anybody anymore anything anyway anzeige api appears applies approval approve approves apps april
   architecture archives are arrives article as ascii ask asked asker asks at attack attacker attacks attempt attempts
   attribute auch audit auf august aus aushang auth authentication auto automatic automatically außerdem away back
   backup backups bad bare base64 based be beachten because been before begins behind bei beide beiden beidseitig
   being belong belongs below benchmarks benutzer beside best better between big bis bits bitte bitwarden blank block
   blocked blocks board body boolean both box branch brauche brauchen braucht breach brief broken browser brute bucket
   build built bundle busy but button buttons by byte bytes cache calendar calendars call callback calls came can
   cannot capture carries case case-sensitive cases catalogue cause causes cert certain certificate certificates certs
   chain challenge change changer changes channel chap chapter chapv2 char character characters chars chart check
   checkout checks choices cipher class clear cleartext client clock close closes cloud cluster code codes colours
   come comes command commands commit common company compare compares comparison compile complete completes complexity
   compose computed computing config confirms connect connections connects const contain contains continues cookie
   cookies copy core cores correct cost could count counter counts covers cracking crash create credentials critical
   csv current currently customer cyberark da dabei daher daily damit dann das dashboard dasselbe data database daten
   days dc dead debug december decide decides default defaults delete delivered delivery demo denied denselben
   dependency der deren derselbe des deshalb desk device devices dezember dh diagnoses diagnosis dialog dialogue did
   die dienstag dies diese dieselbe dieser different differs digit digits direct directory disabled disk do doch docs
   document documentation does domain done donnerstag dort down dran drei drop drops due dump durch during each eap
   earlier ebenfalls echt effect egal eigentlich ein eine einem einen einer eines eingabe eingeben eingegeben
   eingetragen einloggen either else elsewhere empfang empty enabled enables encrypted endpoint ends engine enough
   entries entry entweder equal erneut error errors erst erstellen es etc etwa etwas even event events ever every
   everybody everywhere example examples except exchange exist exists exit expiration expired expires expiry explains
   export extern external fac fachlich factor facts fail failed fails failure failures falsch false februar february
   feedback fehler fehlt feld fertig few fewer field fields file file-based files finds fine firewall first fixture
   fixtures fleet flip flow fnbamd folder folders follow follows font fonts for force forever forgotten form format
   formats fortiauthenticator forticlient fortigate fortitoken forward forwards found four frage fragen free freitag
   friday from front full function funktioniert further für g ganze gateway gauge geben gegen geht gelten gerät geräte
   gesetzt gespeichert gesperrt gestern gets geändert gibt gilt given gives gleich global goes gone good got grant
   group group14 groups grows gruppe guessing guide gut habe haben had half hand handling handshake happens hard has
   hash hashed hashes hat have he header headers headline health healthy heap help helpdesk helpers helps hence her
   here heute hex hidden hides hier hiermit high hint hint-text hinterlegt hinweis his history hold holds host hostile
   hosts hour hours how however html http https hätte höchstens i ical identical identifier identisch idle if ihm ihn
   ihnen ihr ihre ike ikev1 ikev2 image immer import importiert imports in incident include incorrect indeed input
   insert inside install installs instead integer interface interfaces intern internal into invalid inventory ipsec
   irgendwann irgendwo is issue ist it item items its itself ja januar january jeder jedoch jetzt jobs json juli july
   jump june juni just kam kann kaputt keep keepass keeps kein keine keinen keines kennt kept key keychain keyring
   keys keystore kind klar know known knows kommt konnte konto korrekt kunde kunden kurz können könnte label lane lang
   large largest last lastpass late later launcher layers ldap ldaps leak leaks least leave leaves leer left leider
   length length-limited less let lets letters level library licences liegt lies life lifetime like limit limited
   limits line lines link links list listen listens lists little load local local-only lock locked lockout log login
   logins logon logs long longer look looks loop loses lost low länge länger lässt läuft machine made mag mai mail
   make makes mal man management manager manager-based manchmal mandatory manifest manual many march match matched
   matches matching material matter matters may maybe md5 me meanwhile median medium mehr mein meine member memory
   mentions menu message messages meter method metrics mind mindestens minimum minute minutes mismatch mismatches
   missing mit mittwoch mobile mode model module modules monday montag monthly months more morgen most move moves ms
   mschap mschapv2 much muss must my märz möglich müssen müsste nach name names nas needed needs negotiation neither
   network networks neu neue neuem neuen neuer never new newer next nicht nichts nie niemand night nil nimmt no nobody
   noch nochmal nochmals none nonsense not note notes nothing notwendig november now nps null number numbers nur
   nutzen nutzt nötig ob ober object objects obsolete october oder of off offers office offline often ohne ok okay
   oktober old older oldest on once one ones online only onto open opens ops option optional options or order orders
   other others otherwise our ours out outbox outcome output outputs outside over overlap own paar package packet
   packets page pages pair pairs pap parameter part pass passbolt passend passes passt password passwords passwort
   paste path peak peap pending people per permission person personen pflicht pfs phone phones picture pictures place
   placeholder places plain plaintext please plus pods point policies policy popup port portal ports possible post
   posts present primary print prints privacy private probably problem process processes processor produktion profile
   program prompt prompting prompts properly protected protection prove proves provider proxy psk psksecret public
   pure purpose push pushd pushes question question-mark questions queue queued quite quota quotes radius raise random
   range ranges rather reach reaches read reader reads ready real really reason record records recover recovery
   redacts redirects redis references refusal refuse refused refuses registry rejected rekey release releases remote
   removed removes renewal repeats replace replaces replay replica replicas report reports repository request requests
   required requirements requires reset resets resolve resolves rest restart rests result results retry return returns
   reuse richtig right rights ring rollover root rotation round route routes ruf rule rules runs sache safe said same
   saml samstag santa saturday say says scan schedule schedules schema schemas schicken schickt schon schreiben
   schreibtisch scope screen script second seconds secret secrets section secure see seem seems seen sees sehen sehr
   sein seine seit seite seiten selbst select self send sends sensitive sent september serial server servers serves
   service services session sessions set sets setting settings setup setzen several sha1 sha256 sha384 sha512 shall
   share sharing she shift shifts short should show shown shows sich sicher side sides sie siehe sieht sign signature
   signatures signs simple simulator since sind site sits size slack slow small sniffer so sofort soll sollte sollten
   some somebody something somewhere somit sondern sonntag sonst soon source sources sowie space spaces spraying
   später sqlite ssl sslvpn sso stand standard stands start starts state states status stay stays stehen steht stellen
   step steps stets still stimmt stop stops storage store stored stores strength string strings strong stuck such
   sufficient suite sunday support swap sweep switch symptom sync system systems tab table tacacs take takes team tell
   tells temporary terminal test tested testing tests text texts than that the their them then there therefore these
   they thing this those thousand thread threads three through throw thursday ticket time timeout timer timers times
   tiny title titles tls to today together token tokens told tomorrow tonight too took total traffic trail travels
   tresor trial trip trips trotzdem true truncated try ttls tuesday tunnel tunnels turns tut twice two type typed
   types typo um umgestellt unbekannt unchanged und undefined under undo ungültig unique unit unknown unlock uns unset
   unter until unverändert up update updates upgrade upon upper uri url us use used useless user username users uses
   using valid validation value values var variables vault vaultwarden vendor verboten verdict verdicts vergessen
   verschieden version versions very via viel vielen vielleicht virtual visible void vom von vor vorerst vorher vorne
   vpn wahr wait waits wants war waren warum was way we weak web webhook wednesday weekly weeks weg weil weiter weiß
   welche well wenden wenig wenn wer werden were what whatever when whenever where whether which whichever while who
   whole whom whose why wichtig width wie wieder will window windows wird with within without wo wollen word words
   work worked worker workers working works workspace workspaces worst would write writes written wrong wrongly wrote
   wurde wurden wären xml yaml yearly yes yesterday yet you your zeichen zeigt zeit zertifikat zettel zone zones zu
   zudem zuerst zugriff zum zur zurück zurückgesetzt zurücksetzen zusammen zwei zwischen ändern über übermittelt`.split(
    /\s+/,
  ),
);
/** What a word of a sentence ends with: participles, adverbs and adjectives. */
const ENDING =
  /(?:ed|ing|ings|ly|able|ible|less|ful|ive|ous|ically|ation|ations|ment|ments|ity|ities|ness|sion|tion|ance|ence|igkeit|ung|ungen|heit|keit|lich|liche[rnms]?|isch|ische[rnms]?|bar|iert|ierte[rnms]?|richtlinie[n]?)$/;
/** A German participle or verb, in small letters: `geändert`, `verschickt`, `abgelaufen`, `muss`. */
const PARTICIPLE =
  /^(?:(?:ab|an|auf|aus|bei|ein|mit|nach|um|vor|weg|zu|zurück|fest|frei|her|hin|neu)?ge\p{Ll}{3,16}(?:t|en)|(?:be|ent|er|ver|zer|miss|über|unter|wider)\p{Ll}{3,16}(?:t|en|te|te[nmrs]))$/u;

/** Whether a sentence or a log says this word about a secret. `Pumpernickel`, `kachelofen` and `R7-x` are no such words. */
export function isOrdinary(word: string): boolean {
  const bare = word.replace(/['’]s$/, '').toLowerCase();
  if (WORDS.has(bare)) return true;
  if (/[^\p{L}'’-]/u.test(bare)) return false;
  return bare.length > 40 || ENDING.test(bare) || PARTICIPLE.test(bare);
}

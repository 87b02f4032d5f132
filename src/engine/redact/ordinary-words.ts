/**
 * Words that stand where a secret could, and are none: `the password is wrong`, `das Passwort ist falsch`. A secret may
 * be a word of letters only, so its place decides, and these are what sentences, logs and forms say in that place.
 */
const WORDS = new Set(
  `3des a ab all good leider kommt expires however anyway otherwise therefore whichever asked helps aber abgelaufen abgelehnt about above accepted access account accounts active ad admin administrator
   administrators aes aes128 aes256 after again age ago aktiv akzeptiert algorithm algorithms alle allerdings alles
   alone alphanumeric already als also alt alte altes always am an and andere anders another any anymore anything api
   april are as ascii ask at attack attacks attempt attempts attribute auch auf august aus auth authentication
   automatic automatically außerdem away back bad bare base64 based be because been before bei beide beiden beidseitig
   being below benutzer best better between big bis bitte blank blocked boolean both box breach broken brute but
   button by bytes can cannot case-sensitive cert certificate certificates certs change changes chap chapter chapv2
   char character characters chars check checks cipher class clear cleartext close code complete const contains cookie
   cookies correct could cracking csv current currently customer da dabei daher damit dann das dasselbe data database
   days dc dead december default delete delivered denied denselben der deren derselbe des deshalb desk dezember dh
   dialog dialogue did die dienstag dies diese dieselbe dieser different digit digits directory disabled do doch docs
   document documentation does domain donnerstag dort down drei due dump durch during each eap ebenfalls echt egal
   eigentlich ein eine einem einen einer eines eingegeben eingetragen either else empty enabled encrypted endpoint
   enough entries entry equal error errors es etwa etwas even ever every everywhere exchange exists expired expiry
   extern external fac fail failed fails failure failures falsch false februar february fehler fehlt feld fertig few
   field fields file file-based fine first for force forgotten form format fortiauthenticator forticlient fortigate
   fortitoken free freitag friday from full function funktioniert für g gegen gelten gerät geräte gesetzt gespeichert
   gesperrt geändert gilt given gleich goes gone good got group group14 groups gruppe guessing guide gut had handling
   hard has hash hashed hashes hat have he header headers helpdesk hence her here heute hex hidden hier hiermit hint
   hint-text hinterlegt his history hour hours how however html http https i identical identisch if ihm ihn ihr ihre
   ike ikev1 ikev2 immer importiert in incorrect indeed input insert inside instead integer intern internal into
   invalid ipsec is ist it item items its itself ja januar january jeder jedoch jetzt json juli july june juni just
   kam kann kaputt keep kein keine keinen keines key keychain keyring keys keystore klar known konto korrekt kunde
   kunden kurz lang last later ldap ldaps leak leaks leer length length-limited less let letters life lifetime like
   limit limited link links list local local-only lock locked log login logon logs long longer lost low läuft made mai
   mail man management manager manager-based mandatory manual many march match matched matches matching may maybe md5
   me mehr mein meine menu method mind minimum minute minutes mismatch missing mit mittwoch mode monday montag months
   more most move ms mschap mschapv2 much muss must my märz nach name names nas needed negotiation never new next
   nicht nichts nie nil no nobody noch none nonsense not nothing notwendig november now nps null number nur nötig ob
   ober object obsolete october oder of off office often ohne ok okay oktober old on once one ones online only onto
   ops option optional or orders other our out outside over own paar page pap parameter pass passes passt password
   passwords passwort path peap pending per permission person pflicht pfs phone place plain plaintext please plus
   policies policy popup portal possible present private probably problem produktion profile prompt prompting prompts
   protected protection psk psksecret public question question-mark questions quite radius raise random rather read
   ready really recovery refused rejected rekey remote removed renewal required requirements reset resets rest retry
   return reuse richtig right rollover root rotation rule rules sache safe said same saml samstag saturday say says
   schon screen second seconds secret secrets section secure see seem seems sehr sein seine seit seite seiten select
   self send sensitive sent september server servers service session sessions set sets setting settings setup sha1
   sha256 sha384 sha512 shall sharing she short should shown sich sicher side sides sie signature signatures simple
   since sind site size small so sofort some something somit sondern sonntag soon sowie space spaces spraying sqlite
   ssl sso status steht stets still stimmt storage store stored string strings strong such suite sunday support swap
   sync system systems tab table tacacs team temporary test tested testing tests text than that the their them then
   there these they thing this those three through throw thursday time timeout times tls to today together token
   tokens tomorrow too total trotzdem true truncated try ttls tuesday twice two type typed types typo um umgestellt
   unbekannt unchanged und undefined ungültig unique unknown unlock unset unter until unverändert up update upon upper
   uri url us use used useless user username users using valid validation value values var vault verboten vergessen
   verschieden version very via vielleicht visible void vom von vor vorher vpn wahr wait wants war waren warum was way
   we weak web wednesday weeks weg weil weiter welche well wenn were what when where which while who whole why wie
   wieder will window windows wird with within without wo word words work worked working works would write wrong wurde
   wurden xml yaml yes yesterday yet you your zertifikat zu zum zur zurück zurückgesetzt zwei zwischen über
   übermittelt`.split(/\s+/),
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

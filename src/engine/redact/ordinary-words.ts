import { ofWord } from './text-memory.ts';

/**
 * Words that stand where a secret could, and are none: `the password is wrong`, `das Passwort ist falsch`. A secret may
 * be a word of letters only, so its place decides, and these are what sentences, logs and forms say in that place.
 */
const DAYS =
  `monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
   lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì
   mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta segunda-feira maandag dinsdag woensdag
   donderdag vrijdag zaterdag zondag`.split(/\s+/);
const WORDS = new Set(
  `3des a ab aber ablauf about above absent accept access account ad address addresses adds admin administrator aes
   aes128 aes256 after again against age ago aktiv alert algorithm alias all alle allow alone alphanumeric already
   als also alt alte although always am among an anchor and andere anders anfordern anmelden another answer any
   anybody anymore anyway anzeige api appears applies approval approve apps april architecture archives are arrives
   article ascii ask asker at attack attacker attempt attribute auch audit auf august aus aushang auth auto
   automatic außerdem away back backup bad bare base64 be because been before begins behind bei beide beiden
   beidseitig belong below benchmarks benutzer beside best better big bis bits bitte bitwarden blank block board
   body boolean both box branch brauche brauchen braucht breach brief broken browser brute bucket build built
   bundle busy but button by byte cache calendar call callback came can cannot capture carries case catalogue cause
   cert certain certificate chain challenge change changer channel chap chapter chapv2 char character chart check
   checkout choices cipher class clear cleartext client clock close cloud cluster code colours come command commit
   common company compare comparison compile complete compose config confirms connect connections const contain
   continues cookie copy core correct cost could count counter covers crash create credentials critical csv current
   customer cyberark da dabei daher damit dann dashboard dasselbe data database daten days dc dead debug december
   decide default delete delivery demo denselben dependency der deren derselbe des deshalb desk device dezember dh
   diagnoses diagnosis dial dialog dialogue did die diese dieselbe dieser different differs digit direct
   directory disk do doch docs does domain done dort down dran drei drop due dump durch each eap earlier
   ebenfalls echt effect egal ein eine einem einen einer eingabe eingeben einloggen either else elsewhere empfang
   empty enables endpoint ends engine enough entries entry entweder equal error erst es etc etwa even event ever
   every everybody everywhere example except exchange exist exit expires expiry explains export extern external fac
   factor facts fail failure falsch false februar february feedback fehler fehlt feld fertig few fewer field file
   finds fine firewall first fixture fleet flip flow fnbamd folder follow font for force forever forgotten form
   format fortiauthenticator forticlient fortigate fortitoken forward found four frage fragen free 
   from front full further für g ganze gateway gauge geben gegen geht gelten gerät geräte gestern gets gibt gilt
   given gives gleich global goes gone good got grant group group14 grows gruppe guide gut habe haben had half hand
   handshake happens hard has hash hashes hat have he header headline health healthy heap help helpdesk helpers her
   here herself himself heute hex hidden hides hier hiermit high hint hint-text hinterlegt hinweis his history hold host hostile
   hour how however html http hätte höchstens i ical identical identifier idle if ihm ihn ihnen ihr ihre ike ikev1
   ikev2 image immer import in incident include incorrect input insert inside install instead integer interface
   intern internal into invalid inventory ipsec irgendwann irgendwo issue ist it item itself ja januar january
   jeder jedoch jetzt jobs json juli jump june juni just kam kann kaputt keep keepass kein keine keinen kennt kept
   key keychain keystore kind klar know known kommt konnte konto korrekt kunde kunden kurz können könnte label lane
   lang large largest last lastpass late later launcher layers ldap leak least leave leer left leider length let
   letters level library licences liegt lies life lifetime like limit line link list listen little load local lock
   lockout log login logon long longer look loop loses lost low länge länger lässt läuft machine made mag mai mail
   make mal man manager manchmal mandatory manifest manual many march match matches material matter may maybe md5
   me meanwhile median medium mehr mein meine member memory mentions menu message meter method metrics mind
   mindestens minimum minute mismatch mismatches mit mobile mode model module months more
   morgen most move ms mschap mschapv2 much muss must my märz müssen müsste nach name nas needs neither network neu
   neue neuem neuen neuer never new newer next nicht nie niemand night nil nimmt no nobody noch nochmal none
   nonsense not note notwendig november now nps null number nur nutzen nutzt nötig ob ober object obsolete october
   oder of off offers office offline often ohne ok okay oktober old older oldest on once one online onto open ops
   optional options or order other otherwise our out outbox outcome output outside over overlap own paar package
   packet page pair pap parameter part pass passbolt passend passes passt password passwort paste path peak peap
   people per person personen pflicht pfs phone picture place placeholder plain plaintext please plus pods point
   policies policy popup port portal post present primary print privacy private problem process processes processor
   profile program prompt prove provider proxy psk psksecret public pure purpose push pushd pushes question-mark
   questions queue quite quota quotes radius raise random range rather reach reaches read reader ready real reason
   record recover recovery redacts redirects redis references refusal refuse registry rekey release remote removes
   renewal repeats replace replay replica report repository request requires reset resolve rest restart result
   retry return reuse richtig right rollover root round route ruf rule runs sache safe said same saml santa
   say scan schedule schema schicken schickt schon schreiben scope screen script second secret secure see
   seem seen sehen sehr sein seine seit seite seiten selbst select self send sent september serial server serves
   service sessions set setup setzen several sha1 sha256 sha384 sha512 shall share she shift short should show
   shown sich sicher side sie siehe sieht sign signature simple simulator since sind site sits size slack slow
   small sniffer so sofort soll sollte sollten some somebody somewhere somit sondern sonst soon source
   sowie space später sqlite ssl sslvpn sso stand standard start state status stay stehen steht stellen step stets
   still stimmt stop storage store strength strong stuck such sufficient suite support swap sweep switch
   symptom sync system tab tacacs take team tell temporary terminal test text than that the their them then there
   therefore these they this those thousand thread three through throw ticket time timeout timer tiny
   title tls to today together token told tomorrow tonight too took total traffic trail travels tresor trial trip
   trotzdem true try ttls tunnel turns tut twice two type typo um unbekannt und under undo ungültig unique
   unit unknown unlock uns unset unter until unverändert up update upgrade upon upper uri url us use user username
   valid value var variables vault vaultwarden vendor verdicts versions very via viel vielen vielleicht virtual
   void vom von vor vorerst vorher vorne vpn wahr wait wants war waren warum was way we weak web webhook 
   weeks weg weil weiter weiß welche well wenden wenig wenn wer werden were what whatever when whenever where
   whether which whichever while who whole whom whose why wichtig width wie wieder will window wird with within
   without wo wollen word work worker workspace date worst would write written wrong wrote wurde wurden wären xml yaml
   yes yesterday yet you your zeichen zeigt zeit zettel zone zu zudem zuerst zugriff zum zur zurück zurücksetzen
   zusammen zwei ändern über welcome niemals keinesfalls gern gerne meistens missing pending expiring testing working failing different insufficient sufficient important irrelevant redundant permanent
   essential necessary arbitrary alphabetic uppercase lowercase forbidden forgotten overwritten equivalent
   transparent consistent persistent history renew anscheinend ausreichend entsprechend inzwischen mittlerweile
   irgendwie nirgendwo insecure generator dictionary strict klappt folgt proposal checksum fingerprint identifier writeback sorry thanks nope hello moment great perfect merci danke
   ancien inconnu requis mauvais faible simple propre public interne externe secret encore toujours ailleurs partout
   jamais nouveau perdu valide invalide complet erroné distinta distinto antigua antiguo antiga antigo nueva nuevo
   segura seguro sicura sicuro insicura difícil compleja complejo sencilla moderna anterior vecchia vecchio debole
   semplice migliore giusta giusto comune pubblica anders gelijk onjuist geheim bekend oneindig optimaal standaard
   wechseln tauschen austauschen erneuern rotieren teilen mitteilen nennen speichern merken wissen prüfen
   testen eintragen eintippen tippen kopieren löschen sperren suchen finden holen lesen weitergeben hinterlegen
   abfragen anlegen pflegen rausgeben taken stolen stale legit exact clean raw fake dummy trivial basic static
   dynamic initial actual final original former latest recent third fourth schlecht schwach stark unsicher raus
   drin fort fremd privat gemeinsam einfach schwer schwierig leicht zuviel gültig nirgends überall eindeutig
   unklar offen aktuell temporär zufällig vorhanden fehlerhaft vollständig unvollständig column flag mask query
   response email app end peer maske liste datei regel verlauf abfrage ende gegenseite gegenstelle hangs differ
   rotates remains lives six seven eight nine ten eleven twelve twenty years symbols ziffern tage wochen monate
   stunden minuten jahre nachts tagsüber super sure almost nowhere anywhere upstairs usual requested aside apart ahead beneath
   beyond across along around wohl halt eben sogar fast kaum ungefähr genau gerade vorhin damals früher bald
   direkt extra separat zentral lokal tricky enterprise personal allein kürzer länger stärker schwächer besser schlechter älter sicherer komplexer einfacher größer kleiner
   shorter longer stronger weaker better worse newer older safer simpler easier bigger smaller weird odd strange funny stupid complex lengthy longish shortish
   ancient wonky flaky stumm ruhig dunkel times mute dead strongswan libreswan openfortivpn openconnect globalprotect anyconnect vier fünf sechs sieben acht neun zehn elf zwölf mínimo máximo is tbd keines keiner ninguna ninguno nessuna nessuno nenhuma nenhum onbekend aucun aucune desconocida desconhecida sconosciuta dahinter darauf sauce parser separator incognito caracteres caractères ocho oito doce huit douze minimum
   genehmigen ablehnen zulassen abbrechen annehmen verweigern fortfahren trennen freigeben senden schließen akzeptieren deny
   reject confirm decline continue cancel disconnect submit approuver accepter refuser confirmer valider autoriser rejeter
   annuler continuer connecter aceptar rechazar denegar permitir confirmar autorizar cancelar continuar conectar approva
   approvare accetta accettare rifiuta rifiutare nega conferma confermare consenti autorizza annulla continua connetti
   aprovar aceitar recusar negar rejeitar goedkeuren accepteren weigeren toestaan afwijzen annuleren doorgaan aprueba
   administrateur administrador amministratore beheerder ontem ayer connexion resend entrar acceder accedi gruß gruss grüße regards saludos ieri gisteren hoje oggi vandaag
   acepta rechaza confirma approuve accepte aprova aceita recusa
   lejárt hibás érvénytelen helyes yanlış doğru geçersiz değişti expirat greșită corectă vypršelo nesprávné správné neplatné wygasło błędne poprawne
   истёк истек неверный верный просрочен λάθος έληξε fejl feil utgått utløpt udløbet forkert riktig rätt väärä oikea vanhentunut`
    .split(/\s+/)
    .concat(DAYS),
);
/** Sentences say on which day something was changed; behind a label a day is a value. */
export const isDay = (word: string) => DAYS.includes(word.toLowerCase());

/** What a word of a sentence ends with: participles, adverbs and adjectives. */
const ENDING =
  /(?:ed|ing|ings|(?<!f)ly|able|ible|less|ful|(?<=..)ive|ous|ically|ation|ations|ment|ments|ity|ities|ness|sion|tion|ance|ence|igkeit|ung|ungen|heit|keit|lich|liche[rnms]?|isch|ische[rnms]?|sam|haft|los|bar|iert|ierte[rnms]?|richtlinie[n]?|ción|ciones|sión|dad|dades|miento|mente|ção|ções|dade|mento|zione|zioni|tà|té|ement|ität)$/;
/** A German participle or verb, in small letters: `geändert`, `verschickt`, `abgelaufen`, `muss`. */
const PARTICIPLE =
  /^(?:(?:ab|an|auf|aus|bei|ein|mit|nach|um|vor|weg|zu|zurück|fest|frei|her|hin|neu)?ge\p{Ll}{3,16}(?:t|en)|(?:be|ent|er|ver|zer|miss|über|unter|wider)\p{Ll}{3,16}(?:t|en|te|te[nmrs]))$/u;

const NO_WORD = /[^\p{L}'’-]/u;
const CAMEL_CASE = /\p{Ll}{2}\p{Lu}/u;
/** Characters; longer than any word above. */
const MAX_LENGTH = 64;
/** Words of other languages that a sentence needs. */
const OF_SENTENCES =
  /(?:^| )(?:al?|à|aux?|en|con|por|para|par|pour|que|et|y|se|si|est|es|é|è|ha|foi|fue|pas|não|no|na|ne|per|il|lo|su|vous|votre|seu|nous|le|la|les|el|los|las|das|dos|ser|sera|será)(?![^ ])/i;

/** `pregunta a recepción`: begins with a word, and has one that only sentences have. */
export function isForeignSentence(text: string): boolean {
  const said = text.slice(0, 160);
  const [first = '', , , , fifth] = said.split(' ', 5);
  return (
    /^\p{Ll}+ [^ ]* /u.test(said) && OF_SENTENCES.test(said) && (fifth !== undefined || isOrdinary(first))
  );
}

/** `trois petits crapauds`: words in the place of a value that are no sentence. */
export function isPassphrase(text: string, least = 2): boolean {
  const words = text.slice(0, 160).split(' ');
  const spoken = words.filter((word) => !/^\d+$/.test(word));
  const said = spoken.filter(isOrdinary).length;
  return (
    text.length < 160 &&
    words.length >= least &&
    words.length < 8 &&
    words.every((word) => /^[\p{L}\d][\p{L}\d'’!?-]{0,24}$/u.test(word) && !OF_SENTENCES.test(word)) &&
    said * 2 < spoken.length
  );
}

/** One of the words above: in the place of an option, a word with such an ending may be a value. */
export function isListed(word: string): boolean {
  return WORDS.has(word.toLowerCase());
}

/** Whether a sentence or a log says this word about a secret. `Pumpernickel`, `kachelofen` and `R7-x` are no such words. */
export const isOrdinary = ofWord((word) => {
  // The rest of a line without blanks, which each name in it would copy.
  if (word.length > MAX_LENGTH) return !NO_WORD.test(word) && !CAMEL_CASE.test(word);
  const lower = word.toLowerCase();
  if (WORDS.has(lower)) return true;
  const bare = lower.replace(/['’]s$/, '');
  if (WORDS.has(bare) || WORDS.has(bare.replace(/s$/, ''))) return true;
  if (NO_WORD.test(bare) || CAMEL_CASE.test(word)) return false;
  return bare.length > 40 || ENDING.test(bare) || PARTICIPLE.test(bare);
});

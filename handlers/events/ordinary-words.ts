/**
 * English and German words that people write to a bot about a firewall. None of them names a user after "for", and a message of
 * nothing else names no device. Plurals with `s` are covered by their singular.
 */
const WORDS = `
a able about access account active after afternoon again age agent ago alarm alert all already also always am an and
another answer any anybody anyone anything app approval approve are around as asap ask at attempt authentication available
away back bad be because been before being better between bit both bot box branch bug but by bye call can cannot cant case
cause change channel check client cloud code colleague come company complaint completely config configuration connect
connection context could couple crash curious customer dashboard data date day debug definitely deny department detail
device diagnose diagnosis did different do doc does doesnt doing done dont down due each either else email employee end
error escalate escalation evening ever every everybody everyone everything evidence exactly example explain fail failed
failing failure false far few file find fine firewall first fix folk follow for free friday from full fun further fyi get
gets getting give given go going good got great group guy had happen happens has have having he head hello help her here
hey hi him his history hold host hour how however i idea if im immediately important in incident info information install
instance instead internet into investigation is isnt issue it its job just keep kind know last late later least leave less
let lets life like line list little live local location log login logon long look looking lot machine made mail main make
man many match matter may maybe me mean meeting message mfa might mine minute mobile moment monday month more morning most
much must my name need network never new next nice night no nobody none nope not nothing notification now of off office
often ok okay old on once one only open operation option or order other others our ours out over own page part password
past people per person phone place please pls policy port possible post prepare present pretty problem production
project proof proper purpose push question quick quickly radius rather re read ready real really reason record reference
region release remote report request reset rest result review right root rule run safety said same saturday save say
says search second section security see seen send server service session set several she shift should show sign simple
since site sms so solution some somebody someone something soon sorry ssl staff start state status step still stop
stuff such summary sunday support sure system take talk team tech tell terminal test testing than thank thanks that the
their theirs them then there these they thing think this those though thread thursday ticket till time timeout to today
together token told tomorrow tonight too took top total traffic trial tried trouble try tuesday tunnel tx two type
understand unit unknown until up update upgrade urgent us usage use used user username using usual vdom vendor verify
version very via visibility vpn wait waiting want wants was wasnt watch way we wednesday week weekend well went were what
whats when where whether which while who whole whom whose why will window wish with within without wont word work
working works world would wrong year yep yes yesterday yet you your yours
aber alle alles als am an anmelden anmeldung auch auf aus bei benutzer bis bitte da dann das dem den der des die diese
dieser doch dort du durch ein eine einem einen einloggen er es etwas fehler firma für fuer funktioniert gar geht gerade
gerät gestern gibt gleich hallo hat haben heute hier ich ihm ihn im immer ist jetzt kann kannst kaputt kein keine kollege
kollegen kommt kunde kunden kurz läuft los mal mehr mein mich mir mit mittags morgen morgens muss nach nein neu nicht nichts
noch nochmal nun nur ob oder ohne prüf prüfe prüfen prüft rein schau schauen schnell sehen sein seine seit sich sie sind so
und uns unser user vom von vor wann war warum was weil wenn wer wie wieder wir wird wo zu zum zur
`;

const ORDINARY: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));

export function isOrdinaryWord(word: string): boolean {
  const plain = word.toLowerCase().replaceAll(/['’]/g, '');
  return ORDINARY.has(plain) || (plain.endsWith('s') && ORDINARY.has(plain.slice(0, -1)));
}

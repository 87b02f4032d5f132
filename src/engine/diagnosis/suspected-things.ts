import { CAUSE, causePlace, notText } from './cause-answers.ts';
import type { Finding } from './diagnosis.ts';

/** Matches nothing: no cause is named by such a thing. */
const NEVER = /(?!)/;

/** What a question names, the words by which a cause would name it, and those of causes that leave it open. */
const THINGS: readonly (readonly [asked: RegExp, found: RegExp, unsure?: RegExp])[] = [
  [/\b(?:cert(?:ificate|ificat|ificado|ificaat|s)?\w{0,2}|Zertifikats?)\b/i, /certificate|\bCA\b/i],
  [/\b(?:PSK|pre-?shared key|clave (?:pre-?)?compartida)\b/i, /pre-shared key|\bkeys?\b/i],
  [/\b(?:antivirus|Virenscanner|virusscanner)\b/i, /antivirus|host check/i],
  [/\bdouble NAT\b/i, /\bNAT\b|in front of/i],
  [/\bMTU\b/i, /\bMTU\b/],
  [/\bDNS\b/i, /\bDNS\b|\bresolve/i],
  [/\b(?:NTP|clock|Uhr(?:zeit)?)\b/i, /\bclocks?\b/i],
  [/\bproposals?\b/i, /\bproposals?\b|in common|DH group/i],
  [/\bclaims?\b/i, /\bclaims?\b|attribute|\bgroups?\b.{0,30}\bsend/i],
  [/\b(?:Wi-?Fi|WLAN)\b/i, NEVER, /\bnetwork|\bway\b|\baddress\b|packet/i],
  [/\bphone plan\b/i, NEVER, /\bnetwork|\bway\b|carrier|provider/i],
  [/\bpush\b/i, /\bpush/i, /second factor|token|phone|\bftm\b/i],
  [/\bLinux\b/i, NEVER, /host check/i],
  [
    /\b(?:account|Konto|compte|cuenta)\b/i,
    /\baccount is (?:locked|disabled)/i,
    /refuse|password|directory|\bname\b|\bgroups?\b|\buser has\b/i,
  ],
  [/\bprofile\b/i, /profile/i, /client/i],
];

/** Whether the thing that the question names is the cause. */
export function thingText(sentence: string, causes: readonly Finding[]): string {
  const [cause] = causes;
  const thing = THINGS.find(([asked]) => asked.test(sentence));
  if (!cause || !thing || causes.length > 1) return '';
  const place = causePlace(cause) ?? '';
  const isPlace = thing[1].test(place);
  if (isPlace || thing[1].test(cause.title)) {
    if (cause.confidence === 'possible') return 'Possibly: see below.';
    return isPlace ? `Yes. ${CAUSE}${place}.` : 'Yes, that is the cause.';
  }
  const isOpen = thing[1].test(cause.summary) || thing[2]?.test(`${place} ${cause.title}`) === true;
  return isOpen ? '' : notText('No', causes);
}

/** The sides that people suspect, and the places in which they have a part. */
const SIDES: readonly (readonly [asked: RegExp, place: RegExp])[] = [
  [
    /\b(?:firewall|forti(?:gate)?|FGT|pare-feu|cortafuegos)\b/i,
    /FortiGate|\bboth\b|\bclocks?\b|groups|LDAP/i,
  ],
  [
    /\b(?:AD|active directory|DC|domain controller|Domänencontroller|directory)\b/,
    /director|LDAP|server|account|password|\bname\b|groups/i,
  ],
  [/\bserver\b/i, /server|director|provider|\bboth\b|name/i],
  [/\bphones?\b/i, /phone|token|code|second factor|\bapp\b/i],
  [/\bfortinet\b/i, /fortinet|FortiGuard|FortiToken Cloud/i],
];

/** Whether the one side that a question names is at fault; `the firewall or AD?` asks which. */
export function sideText(said: string, causes: readonly Finding[]): string {
  const [cause] = causes;
  const named = SIDES.filter(([asked]) => asked.test(said));
  const isChoice = /\S.{0,200} (?:or|oder|ou|o|of) /i.test(said);
  const [side] = named;
  if (!cause || causes.length > 1 || !side || named.length > 1 || isChoice) return '';
  const place = (causePlace(cause) ?? '').replace('; the FortiGate passes that on', '');
  return place === '' || side[1].test(place) ? '' : notText('No', causes);
}

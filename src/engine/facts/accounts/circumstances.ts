import type { UserNotice } from '../values.ts';

const PASSWORDS = '(?:passwords?|Passw[oö]rt\\w{0,2}|Kennw[oö]rt\\w{0,2})';
const SERVICE_ACCOUNTS = '(?:service[- ]?accounts?|Dienstkont(?:o|os|en)|Funktionskont(?:o|os|en))';
const CHANGED = '(?:rotat(?:ed|ion)|changed|renewed|reset|rotiert|geändert|gewechselt|erneuert)';
const RULES = '(?:(?:firewall )?(?:rules?|policies|policy)|(?:Firewall-?)?(?:Regeln?|Richtlinien?))';
const REMOVED =
  '(?:clean(?:ed|ing)?[- ]?up|tid(?:ied|ying)(?: up)?|removed|deleted|aufgeräumt|bereinigt|gelöscht|entfernt|raus(?:geworfen)?)';
const NOT = '\\b(?:not|never|no|nicht|nie|kein\\w{0,2}|without|ohne)\\b';
const NEW_PHONE =
  '\\b(?:new|another|neue[nsm]?|(?:switched|moved|changed)(?: from \\w{1,10})? to an?|gewechselt auf(?: ein)?) (?:(?!old|alte)\\w+ ){0,2}';
const NO_NEW_PHONE =
  /\b(?:not|n['’]t|never|no|nicht|kein\w{0,2}|will|wants?|orders?|ordered)\b(?! push\b).{0,20}\b(?:new|another|neue\w?)\b/iu;
const ROUTER = '(?:Fritz!? ?box|routers?|modem|Vigor|Speedport|DrayTek)';
const WAN_ADDRESS =
  '\\b(?:FortiGate|FGT|wan\\d?)\\b(?:(?!\\b(?:lan|internal|intern|dmz)\\b)[^.;]){0,20}?(?<inner>\\b(?:192\\.168|10\\.\\d{1,3}|172\\.(?:1[6-9]|2\\d|3[01]))(?:\\.\\d{1,3}){2})\\b';

/** `inner`: the private address of the FortiGate’s WAN interface, which a person names beside the router in front. */
export const BEHIND_ROUTER = new RegExp(
  `\\b${ROUTER}\\b.{0,60}${WAN_ADDRESS}|${WAN_ADDRESS}.{0,30}\\b(?:behind|hinter)\\b.{0,20}\\b${ROUTER}\\b`,
  'iu',
);

/** A question or a denial says none of it. */
export const CIRCUMSTANCES: readonly (readonly [kind: UserNotice['kind'], words: RegExp, except?: RegExp])[] =
  [
    // `last night the passwords of all service accounts were rotated`, `die Kennwörter aller Dienstkonten rotiert`
    [
      'passwords-rotated',
      new RegExp(
        `\\b${PASSWORDS}\\b.{0,40}\\b${SERVICE_ACCOUNTS}\\b.{0,40}\\b${CHANGED}\\b|\\b${SERVICE_ACCOUNTS}\\b.{0,40}\\b(?:${PASSWORDS}\\b.{0,40}\\b${CHANGED}|rotated|rotiert)\\b|\\b${CHANGED}\\b.{0,40}\\b(?:${PASSWORDS}\\b.{0,20}\\b${SERVICE_ACCOUNTS}|${SERVICE_ACCOUNTS}\\b.{0,10}\\b${PASSWORDS})\\b`,
        'iu',
      ),
      new RegExp(`${NOT}.{0,20}\\b${CHANGED}\\b`, 'iu'),
    ],
    // `a colleague cleaned up the old rules`, `der Kollege hat aufgeräumt („alte Regeln raus“)`
    [
      'policies-removed',
      new RegExp(`\\b${REMOVED}\\b.{0,60}\\b${RULES}\\b|\\b${RULES}\\b.{0,30}\\b${REMOVED}\\b`, 'iu'),
      new RegExp(`${NOT}.{0,30}\\b(?:${REMOVED}|${RULES})\\b`, 'iu'),
    ],
    // `the 40 old laptops are fine`, `everybody else gets in`, `alle anderen gehen`
    [
      'others-get-in',
      /\b(?:(?:all |the )(?:others|other \w+|(?:\d{1,5} )?old \w+)|(?:everybody|everyone) else|(?:my )?colleagues) (?:are (?:fine|ok(?:ay)?)|work(?: fine)?\b|gets? in|can (?:connect|log in)|connect\b|have no (?:problem|trouble))|\b(?:alle |die )?anderen(?: \w+)? (?:gehen|funktionieren|kommen (?:rein|durch)|haben keine Probleme)\b/iu,
    ],
    // `dial-up for the new laptops`, `480 Mitarbeiter`, `the cut-over from SSL VPN`
    [
      'people-fail',
      /\b(?:dial-?up|remote[- ]access|road ?warriors?|laptops?|notebooks?|employees|home ?office|Mitarbeiter\w{0,5}|Außendienst\w{0,5}|FortiClients?|SSL[- ]?VPN)\b/iu,
      /\b(?:site[- ]to[- ]site|S2S|between (?:the |two |our )?sites|branch(?:es)?|Standort\w{0,4}|Filial\w{0,3}|Außenstellen?)\b/iu,
    ],
    // `the old tablet still has her previous password saved and connects every minute`
    [
      'old-password',
      new RegExp(
        `\\b(?:tablet|phone|mobile|handset|Handy|Smartphone|laptop|notebook|device|Gerät|PC)\\b(?:(?!${NOT}).){0,60}\\b(?:old|former|previous|alte[ns]?|vorige[ns]?|frühere[ns]?) ${PASSWORDS} (?:is |was |ist )?(?:still |noch )?(?:saved|stored|gespeichert|hinterlegt)\\b`,
        'iu',
      ),
      /\?\s*$/,
    ],
    // `it now uses one from our internal CA`, `issued by our internal "Heron Issuing CA 3"`, `signed by our AD CS`
    [
      'private-ca',
      /\b(?:from|by|of|von|aus) (?:our |the |unserer )?(?:own |internal |private |company |interne[nr]? |eigene[nr]? )?(?:AD ?CS|Active Directory Certificate Services)\b|\b(?:from|by|of|von|aus) (?:our |the |unserer )(?:own|internal|private|company|internen|eigenen) (?:["“„«][\w .-]{1,40} )?(?:PKI|(?:root )?CA|certificate authority)\b/iu,
      /\b(?:not|n['’]t|never|nicht|(?:client|user|computer|machine)[- ]certificates?|Clientzertifikat\w*)\b/i,
    ],
    // `after moving our SAML login from SSL VPN to IPsec`, `IPsec mit SAML zeigt nichts`
    [
      'ipsec-saml',
      /\bSAML\b[^,;:]{0,60}\b(?:IPsec|IKEv2)\b|\b(?:IPsec|IKEv2)\b[^,;:]{0,60}\bSAML\b/i,
      /\b(?:not|never|no|nicht|nie|kein\w{0,2}|without|ohne|instead of|statt|plan\w*|want|would|should)\b.{0,40}\b(?:SAML|IPsec|IKEv2)\b|\b(?:LDAP|RADIUS|local users?|lokale \w+|works?|fine|geht|funktioniert)\b/i,
    ],
    // `since she got a new iPhone`, `switched from Android to iPhone`, `hat ein neues Samsung`
    ['new-iphone', new RegExp(`${NEW_PHONE}iPhone\\b`, 'iu'), NO_NEW_PHONE],
    ['new-android', new RegExp(`${NEW_PHONE}(?:Android|Samsung|Galaxy|Pixel)\\b`, 'iu'), NO_NEW_PHONE],
    // `Internet -> FRITZ!Box (203.0.113.9) -> FortiGate wan1 192.168.178.2`, `FortiGate (wan1 192.168.1.2) behind a router`
    ['behind-router', BEHIND_ROUTER, /\b(?:not|n['’]t|never|nicht|nie|kein\w{0,2}|used to|früher)\b/iu],
  ];

/** `… and it reconnects. Can this hit all?` */
const SENTENCE = /(?<=[.!?…]["”»)]{0,2})\s+/u;

/** What a line says of the time before the failure, and of who fails and who does not. */
export function circumstancesIn(text: string): readonly UserNotice['kind'][] {
  const told = text.split(SENTENCE).filter((sentence) => !/\?["”»)]*$/.test(sentence));
  return CIRCUMSTANCES.flatMap(([kind, words, except]) =>
    told.some((sentence) => words.test(sentence) && !except?.test(sentence)) ? [kind] : [],
  );
}

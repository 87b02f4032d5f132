import type { Quote } from '../../evidence/types.ts';
import { RELEASE } from '../../facts/described/stated-values.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { hasSince, parseVersion } from '../../fortios/version.ts';

/**
 * Changes that make trouble, as people name them: for `afterChange` of a rule. A noun and a verb stand in either order,
 * in one clause.
 */
const CHANGED =
  '(?:new|another|chang(?:ed|e)|replac(?:ed|ement)|swapp?ed|exchanged|renew(?:ed|al)|neue[nrsm]?|Austausch|ausgetauscht|getauscht|erneuert|gewechselt|Wechsel|geändert|nouve(?:au|lle)|remplacée?|renouvelée?|nuev[oa]|cambiad[oa]|renovad[oa])';

function changePattern(noun: string): RegExp {
  return new RegExp(
    `\\b${CHANGED}\\b(?: \\p{L}[\\p{L}-]*){0,3} ${noun}|(?<![\\p{L}])${noun}\\b(?: \\p{L}[\\p{L}-]*){0,4} ${CHANGED}\\b`,
    'iu',
  );
}

/** `since the server subnet was re-addressed`, `seit dem Umzug in das neue Subnetz`, `sinds de verhuizing van de NPS`, `the DC got a new IP` */
export const READDRESSED = new RegExp(
  `\\bre-?(?:address|number)\\w*|\\b(?:umadressiert|umgezogen|Umzug|verhui(?:sd|zing)|déménag(?:é|ement)|mudanza|trasloco|IP[- ]?(?:Umstellung|Änderung|Wechsel))|\\bmoved? (?:\\w+ ){0,4}(?:to|into) (?:an?|the|another|our) (?:\\w+ ){0,2}(?:subnet|VLAN|network|data ?cent(?:re|er)|cloud)\\b|${changePattern('(?:IP(?:[- ]?addres\\w*)?|addres\\w*|IP-?Adresse\\w?|Adresse\\w?|subnets?|Subnetz\\w*|VLAN|dirección|adresse)').source}`,
  'iu',
);
/** `new Palo Alto in front since last week`, `the router was replaced`, `seit der neuen Firewall` */
export const DEVICE_IN_FRONT = changePattern(
  '(?:vorgelagerte \\p{L}+(?: \\p{L}+)?|firewalls?|routers?|Palo Alto|Check ?Point|Sophos|pfSense|proxy|modem|Fritz!?box|ISP|provider|carrier|internet line|Anschluss|Internetanschluss|Leitung|Provider)',
);
/** The sentence that tells of an upgrade across one of these releases: `from 7.4.3 to 7.4.5`. */
export function toldUpgrade(described: Facts['described'], since: readonly string[]): Quote | undefined {
  return (valueIfKnown(described) ?? []).find(({ text }) => {
    const [from, to, another] = (text.match(RELEASE) ?? []).flatMap((each) => parseVersion(each) ?? []);
    return from && to && !another && !hasSince(from, since) && hasSince(to, since);
  })?.quote;
}

/** `the DC got a renewed certificate`, `das Zertifikat wurde erneuert` */
export const CERTIFICATE = changePattern(
  '(?:certificates?|certs?|Zertifikat\\w{0,2}|certificats?|certificados?)',
);
/** `nach dem Austausch der Notebooks`, `since the new laptops`, `the profile was changed` */
export const CLIENTS = changePattern(
  '(?:(?:der |the |our |unserer )?(?:laptops?|notebooks?|Rechner\\w?|PCs?|computers?|clients?|FortiClients?|profiles?|Profile?s?))',
);

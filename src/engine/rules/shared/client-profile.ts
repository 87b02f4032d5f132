import type { Quote } from '../../evidence/types.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { ProfileSetting } from '../../facts/values.ts';
import { broken } from '../define-rule.ts';
import type { Broken } from '../rule.ts';
import { whichSide } from './ike-logins.ts';
import { nameList } from './logins.ts';
import { oneSetting } from './one-setting.ts';
import { firstQuotes } from './vpn-logins.ts';
import { portsOfSslVpn } from './vpn-port.ts';

/** Facts that a profile of FortiClient is compared with, besides those of each rule. */
type Compared = Pick<Facts, 'clientProfile' | 'attempts'>;

/** Values of these elements; none where a login shows what the client really does. */
function listValues(
  { clientProfile, attempts }: Compared,
  name: ProfileSetting['name'],
): { readonly values: readonly string[]; readonly quotes: readonly Quote[] } {
  const own = (valueIfKnown(attempts) ?? []).length > 0 ? [] : (valueIfKnown(clientProfile) ?? []);
  const settings = own.filter((each) => each.name === name);
  return {
    values: [
      ...new Set(settings.flatMap(({ value }) => value.split(/\s*;\s*/)).filter((each) => each !== '')),
    ],
    quotes: settings.map(({ quote }) => quote),
  };
}

function onlyDialup(phase1s: Facts['phase1s']): Phase1 | undefined {
  const [only, another] = (valueIfKnown(phase1s) ?? []).filter(({ dialup }) => dialup);
  return another ? undefined : only;
}

/** No DH group, or no cipher with its hash, of the profile is one of the only dial-up tunnel. */
export function profileOffersOther(facts: Compared & Pick<Facts, 'phase1s'>): Broken | undefined {
  const tunnel = onlyDialup(facts.phase1s);
  if (!tunnel) return undefined;
  const groups = listValues(facts, 'dhgroup');
  const proposals = listValues(facts, 'proposal');
  const offers = [
    { what: 'DH group ', ...groups, own: tunnel.dhGroups },
    {
      what: '',
      // `AES256|SHA256` is `aes256-sha256` in FortiOS.
      values: proposals.values.map((each) => each.toLowerCase().replace('|', '-')),
      quotes: proposals.quotes,
      own: tunnel.proposals,
    },
  ];
  const other = offers.find(
    ({ values, own }) =>
      values.length > 0 && own.explicit && !values.some((each) => own.value.includes(each)),
  );
  if (!other) return undefined;
  const { what, values, own, quotes } = other;
  return broken('likely', {
    title: `The profile of FortiClient offers ${what}${nameList(values)}, and ${tunnel.name} accepts ${nameList(own.value)}`,
    summary: `Phase 1 of the profile and the tunnel ${tunnel.name} have ${what === '' ? 'no proposal' : 'no DH group'} in common, so IKE ends with its first message.`,
    evidence: firstQuotes([...quotes, ...own.quotes]),
    ...(what !== '' && { answers: [whichSide(own.value)] }),
    fix: {
      todo: `Give phase 1 of the profile ${what}${nameList(own.value)}. Only where the clients cannot be changed, add their value to the tunnel; \`set\` replaces the list, so repeat the old values.`,
      forward: {
        to: 'the administrator of the client profiles',
        text: `Phase 1 of the profile for ${tunnel.name} must have ${what}${own.value.join(' or ')} (now ${nameList(values)}).`,
      },
    },
  });
}

/** The local ID of the profile is not the one that the only dial-up tunnel asks for. */
export function profileHasOtherId(facts: Compared & Pick<Facts, 'phase1s'>): Broken | undefined {
  const tunnel = onlyDialup(facts.phase1s);
  const { values, quotes } = listValues(facts, 'localid');
  const [id, another] = values;
  if (!tunnel || id === undefined || another !== undefined) return undefined;
  const { name, peerType, peerId } = tunnel;
  if (peerType.value !== 'one' || peerId.value === id) return undefined;
  return broken('likely', {
    title: `The profile of FortiClient has the local ID “${id}”, and ${name} asks for “${peerId.value}”`,
    summary: `${name} lets in only clients with the local ID “${peerId.value}”. Another one is refused before the user is asked for a name.`,
    evidence: firstQuotes([...quotes, ...peerId.quotes]),
    fix: {
      todo: `Set the local ID in the profile to “${peerId.value}”.`,
      forward: {
        to: 'the administrator of the client profiles',
        text: `The profile for ${name} has the local ID “${id}”; it must be “${peerId.value}”.`,
      },
    },
  });
}

/** TCP port at which the FortiGate serves the sign-in of IPsec by SAML. */
export function readIkeSamlPort({ global, shownSettings }: Pick<Facts, 'global' | 'shownSettings'>) {
  const port = oneSetting(
    global,
    ({ ikeSamlPort }) => ikeSamlPort,
    shownSettings,
    'system global auth-ike-saml-port',
    Number,
  );
  return valueIfKnown(port);
}

/** FortiClient opens the browser for the sign-in of IPsec at another port than the FortiGate serves. */
export function profileSignsInElsewhere(
  facts: Compared & Pick<Facts, 'global' | 'shownSettings'>,
): Broken | undefined {
  const { values, quotes } = listValues(facts, 'ike_saml_port');
  const served = readIkeSamlPort(facts);
  const [port, another] = values;
  if (port === undefined || another !== undefined || !served || Number(port) === served.value)
    return undefined;
  return broken('likely', {
    title: `The profile of FortiClient begins its sign-in at TCP ${port}, and the FortiGate serves it at ${served.value}`,
    summary:
      'Over IPsec with SAML, FortiClient opens a browser before IKE begins. At another port than `auth-ike-saml-port` nothing answers: its window stays empty or cannot reach the page.',
    evidence: firstQuotes([...quotes, ...served.quotes]),
    fix: {
      todo: `Set the port of the single sign-on in the profile (\`<ike_saml_port>\`) to ${served.value}.`,
      forward: {
        to: 'the administrator of the client profiles',
        text: `The sign-in of our IPsec tunnel is at TCP ${served.value}; the profile has ${port}.`,
      },
    },
  });
}

/** `vpn.heron.example:10443/staff`; without a port that of HTTPS. */
const SERVER = /^[\w.-]{1,120}(?::(\d{1,5}))?(?:\/[^;]{0,80})?$/;
const HTTPS = 443;

/** Every server of the profile is at another port than SSL VPN listens on. A router in front may translate it. */
export function profileNamesOtherPort(
  facts: Compared & Pick<Facts, 'sslVpn' | 'shownSettings'>,
): Broken | undefined {
  const { values, quotes } = listValues(facts, 'server');
  const [listens, another] = portsOfSslVpn(facts);
  const read = values.map((each) => SERVER.exec(each));
  if (listens === undefined || another !== undefined || values.length === 0) return undefined;
  if (read.some((match) => match === null || Number(match[1] ?? HTTPS) === listens)) return undefined;
  const ports = nameList(read.map((match) => String(match?.[1] ?? HTTPS)));
  return broken('possible', {
    title: `The profile of FortiClient names TCP ${ports}, and SSL VPN listens on ${listens}`,
    summary: `The client then reaches another service of this address, or nothing. A router in front of the FortiGate may translate the port; then both are right.`,
    evidence: firstQuotes([
      ...quotes,
      ...(valueIfKnown(facts.sslVpn) ?? []).flatMap(({ port }) => port.quotes),
    ]),
    fix: {
      todo: `Write the port behind the server in the profile: \`<server>${(values[0] ?? '').replace(/[:/].*$/, '')}:${listens}</server>\`.`,
      forward: {
        to: 'the administrator of the client profiles',
        text: `Our SSL VPN listens on TCP ${listens}; the profile has ${ports}.`,
      },
    },
  });
}

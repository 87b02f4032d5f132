import { describe, expect, it } from 'vitest';
import { cutText } from '../../../src/engine/evidence/cut-text.ts';
import { readDescribed, statedQuote } from '../../../src/engine/facts/described/described.ts';
import { valueIfKnown } from '../../../src/engine/facts/fact.ts';
import { readSaidNetwork } from '../../../src/engine/facts/network/said-network.ts';
import {
  NEW_ANDROID,
  NEW_IPHONE,
  OLD_PASSWORD,
  OTHERS_GET_IN,
  PASSWORDS_ROTATED,
  POLICIES_REMOVED,
  PRIVATE_CA,
  SAML_OVER_IPSEC,
} from '../../../src/engine/rules/shared/described-symptoms.ts';

const READ = {
  PASSWORDS_ROTATED,
  POLICIES_REMOVED,
  OTHERS_GET_IN,
  OLD_PASSWORD,
  PRIVATE_CA,
  SAML_OVER_IPSEC,
  NEW_IPHONE,
  NEW_ANDROID,
} as const;

function statedIn(text: string): readonly string[] {
  const described = readDescribed(cutText('mail', [text]));
  return Object.entries(READ)
    .filter(([, statement]) => statedQuote(statement, described) !== undefined)
    .map(([name]) => name);
}

describe('what people say beside a failure', () => {
  it.each([
    ['Last night the passwords of all service accounts were rotated.', 'PASSWORDS_ROTATED'],
    ['We changed the service account passwords on Sunday.', 'PASSWORDS_ROTATED'],
    ['Gestern wurden die Kennwörter aller Dienstkonten rotiert.', 'PASSWORDS_ROTATED'],
    ['Ayer cambiamos la contraseña de la cuenta de servicio.', 'PASSWORDS_ROTATED'],
    ['On a changé hier le mot de passe du compte de service.', 'PASSWORDS_ROTATED'],
    ['This morning my colleague cleaned up the old rules.', 'POLICIES_REMOVED'],
    ['Ines hat heute aufgeräumt („alte Regeln raus“).', 'POLICIES_REMOVED'],
    ['Ieri il collega ha cancellato le vecchie regole.', 'POLICIES_REMOVED'],
    ['De collega heeft gisteren oude regels verwijderd.', 'POLICIES_REMOVED'],
    ['Two new ones fail, the 40 old ones are fine.', 'OTHERS_GET_IN'],
    ['Everybody else gets in.', 'OTHERS_GET_IN'],
    ['All other home workers are fine.', 'OTHERS_GET_IN'],
    ['Alle anderen Externen gehen.', 'OTHERS_GET_IN'],
    ['Os outros colegas entram bem.', 'OTHERS_GET_IN'],
    ['An old phone has the previous password still saved.', 'OLD_PASSWORD'],
    ['Her old tablet has the former password still stored. Can that hit all?', 'OLD_PASSWORD'],
    ['Auf dem alten Tablet ist noch das vorige Kennwort gespeichert.', 'OLD_PASSWORD'],
    ['Le vieux portable garde l’ancien mot de passe enregistré.', 'OLD_PASSWORD'],
    ['The new certificate is from our own AD CS.', 'PRIVATE_CA'],
    ['It is signed by our internal CA.', 'PRIVATE_CA'],
    ['The renewed one was issued by our internal "Heron Issuing CA 3".', 'PRIVATE_CA'],
    ['El certificado es de la CA interna de la empresa.', 'PRIVATE_CA'],
    ['Since we moved our SAML login from web to IPsec (IKEv2) no window opens.', 'SAML_OVER_IPSEC'],
    ['IPsec mit SAML zeigt nur eine leere Seite.', 'SAML_OVER_IPSEC'],
    ['Only Pilar gets no push since she has a new iPhone.', 'NEW_IPHONE'],
    ['He switched from Android to an iPhone 17.', 'NEW_IPHONE'],
    ['Ha cambiado de un Samsung a un iPhone.', 'NEW_IPHONE'],
    ['Sie hat ein neues Samsung.', 'NEW_ANDROID'],
    ['Ze heeft sinds maandag een nieuwe Pixel.', 'NEW_ANDROID'],
  ])('“%s” states %s', (text, name) => {
    expect(statedIn(text)).toEqual([name]);
  });

  it.each([
    'The service account passwords were not changed.',
    'No rules were removed.',
    'Were the old rules removed?',
    'Do all others work?',
    'Is the old password still saved on the tablet?',
    'Maybe an old password is saved on the tablet.',
    'It is not from our internal CA.',
    'She has no new iPhone.',
    'Has she got a new iPhone?',
    'She will get a new iPhone.',
    'She still uses her old iPhone.',
    'The client certificates are from our internal CA.',
    'We plan to move SAML to IPsec.',
    'SAML over IPsec works for staff.',
    'Our web VPN has SAML and IPsec has local users.',
    'Does SAML work with IPsec?',
  ])('“%s” states none of it', (text) => {
    expect(statedIn(text)).toEqual([]);
  });
});

describe('the private address of the WAN interface behind a router', () => {
  it.each([
    ['Internet > FRITZ!Box (203.0.113.9) > FortiGate wan1 192.168.20.2.', '192.168.20.2'],
    ['The FortiGate (wan1 10.0.0.2) sits behind the router of the provider.', '10.0.0.2'],
    ['Le FortiGate (wan1 10.0.0.2) est derrière le routeur.', '10.0.0.2'],
    ['Behind the router is our FortiGate, LAN 192.168.20.0.', undefined],
    ['The FortiGate has wan1 203.0.113.9 behind the router.', undefined],
    ['The router is not in front of the FortiGate wan1 192.168.20.2.', undefined],
  ])('%s', (text, address) => {
    expect(valueIfKnown(readSaidNetwork(cutText('mail', [text])))?.inner?.value).toBe(address);
  });
});

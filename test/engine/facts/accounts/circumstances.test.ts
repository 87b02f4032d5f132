import { describe, expect, it } from 'vitest';
import { cutText } from '../../../../src/engine/evidence/cut-text.ts';
import { noticeLines, readUserNotices } from '../../../../src/engine/facts/accounts/user-notices.ts';
import { valueIfKnown } from '../../../../src/engine/facts/fact.ts';

const KINDS = [
  'passwords-rotated',
  'policies-removed',
  'others-get-in',
  'people-fail',
  'old-password',
  'private-ca',
  'ipsec-saml',
  'new-iphone',
  'new-android',
  'behind-router',
] as const;

function kindsIn(text: string): readonly string[] {
  const notices = valueIfKnown(readUserNotices(noticeLines(cutText('mail', [text])))) ?? [];
  const all: readonly string[] = KINDS;
  return notices.map(({ kind }) => kind).filter((kind) => all.includes(kind));
}

describe('what people say beside a failure', () => {
  it.each([
    ['Last night the passwords of all service accounts were rotated.', 'passwords-rotated'],
    ['We changed the service account passwords on Sunday.', 'passwords-rotated'],
    ['Gestern wurden die Kennwörter aller Dienstkonten rotiert.', 'passwords-rotated'],
    ['This morning my colleague cleaned up the old rules.', 'policies-removed'],
    ['Ines hat heute aufgeräumt („alte Regeln raus“).', 'policies-removed'],
    ['Two new ones fail, the 40 old ones are fine.', 'others-get-in'],
    ['Everybody else gets in.', 'others-get-in'],
    ['Alle anderen Externen gehen.', 'others-get-in'],
    ['# the 3 new laptops of the clinic', 'people-fail'],
    ['Es betrifft 300 Mitarbeiter.', 'people-fail'],
    ['An old phone has the previous password still saved.', 'old-password'],
    ['Her old tablet has the former password still stored. Can that hit all?', 'old-password'],
    ['Auf dem alten Tablet ist noch das vorige Kennwort gespeichert.', 'old-password'],
    ['The new certificate is from our own AD CS.', 'private-ca'],
    ['It is signed by our internal CA.', 'private-ca'],
    ['The renewed one was issued by our internal "Heron Issuing CA 3".', 'private-ca'],
    ['Since we moved our SAML login from web to IPsec (IKEv2) no window opens.', 'ipsec-saml'],
    ['Only Pilar gets no push since she has a new iPhone.', 'new-iphone'],
    ['He switched from Android to an iPhone 17.', 'new-iphone'],
    ['Sie hat ein neues Samsung.', 'new-android'],
    ['Internet > FRITZ!Box (203.0.113.9) > FortiGate wan1 192.168.20.2.', 'behind-router'],
    ['The FortiGate (wan1 10.0.0.2) sits behind the router of the provider.', 'behind-router'],
    ['IPsec mit SAML zeigt nur eine leere Seite.', 'ipsec-saml'],
  ])('%s', (text, kind) => {
    expect(kindsIn(text)).toEqual([kind]);
  });

  it.each([
    'The service account passwords were not changed.',
    'No rules were removed.',
    'Were the old rules removed?',
    'Do all others work?',
    'Is the old password still saved on the tablet?',
    'The tunnel between sites, with SSL VPN beside it, is down.',
    'It is not from our internal CA.',
    'Behind the router is our FortiGate, LAN 192.168.20.0.',
    'The FortiGate has wan1 203.0.113.9 behind the router.',
    'The router is not in front of the FortiGate wan1 192.168.20.2.',
    'She has no new iPhone.',
    'Has she got a new iPhone?',
    'She still uses her old iPhone.',
    'The client certificates are from our internal CA.',
    'We plan to move SAML to IPsec.',
    'SAML over IPsec works for staff.',
    'Our web VPN has SAML and IPsec has local users.',
    'Does SAML work with IPsec?',
  ])('%s says none of it', (text) => {
    expect(kindsIn(text)).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const CONFIG = [
  'config system ftm-push',
  '    set server "10.44.7.2"',
  '    set status enable',
  'end',
  'config system interface',
  '    edit "wan1"',
  '        set ip 10.44.7.2 255.255.255.0',
  '        set allowaccess ping ftm',
  '        set role wan',
  '    next',
  'end',
].join('\n');
const fixBeside = (...said: readonly string[]) => {
  const found = diagnoseText([...said, '', CONFIG, '', ''].join('\n')).findings.find(
    ({ rule }) => rule === 'push-address-private',
  );
  return { apply: found?.fix.apply.join('\n'), note: found?.fix.note };
};

it.each([
  'Our public address is static, 198.51.100.77.',
  'The box has the public IP 198.51.100.77 in front of the FortiGate.',
  'Die feste öffentliche IP lautet 198.51.100.77',
  "L'adresse publique du routeur : 198.51.100.77",
])('a public address that a person names is what phones are told: %s', (said) => {
  expect(fixBeside(said).apply).toContain('set server "198.51.100.77"');
});

it.each([
  ['of a user', 'Her public IP is 198.51.100.77.'],
  ['of a phone', 'The public IP of the phone is 198.51.100.77.'],
  ['that was', 'The old public IP 198.51.100.77 is gone.'],
  ['of two', 'Our public IP is 198.51.100.77 or public IP 198.51.100.78.\nPublic IP: 198.51.100.78'],
  ['that is private', 'The provider says our public IP is 100.64.3.9.'],
  ['that nobody calls public', 'We ping 198.51.100.77.'],
])('an address %s is not taken', (_, said) => {
  expect(fixBeside(said).apply).toContain('set server <public-ip-or-fqdn>');
});

it.each([
  ['is there', 'The router forwards TCP 8443 -> 10.44.7.2, TCP 4433 -> 10.44.7.2.', 'keeps its forward'],
  ['is of another port', 'The router forwards TCP 8443 -> 10.44.7.2.', 'forward TCP 4433 there'],
  ['leads to another host', 'The router forwards TCP 4433 -> 10.44.7.9.', 'forward TCP 4433 there'],
])('the forward in front of the FortiGate %s', (_, said, words) => {
  expect(fixBeside(said).note).toContain(words);
});

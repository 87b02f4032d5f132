import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { callbackEndpoint } from '../../../src/engine/rules/shared/callback-interface.ts';

const RULES = new URL('../../../src/engine/rules/', import.meta.url);
const SUCCESS = readFileSync(new URL('shared/fixtures/login-by-push.log', RULES), 'utf8');

function header(version: string) {
  return `#config-version=FGT60F-${version}-FW-build1639-240313:opmode=0:vdom=0:user=admin\n`;
}

function push(line: string) {
  return `config system ftm-push\n    ${line}\n    set status enable\nend\n`;
}

function interfaces(wan: string, inside: string) {
  return `config system interface\n    edit "wan1"\n        set mode dhcp\n        set allowaccess ${wan}\n        set role wan\n    next\n    edit "internal"\n        set ip 192.168.20.1 255.255.255.0\n        set allowaccess ${inside}\n        set role lan\n    next\nend\n`;
}

const LIVE =
  'FGT-EDGE # diagnose ip address list\nIP=203.0.113.77->203.0.113.77/255.255.255.0 index=5 devname=wan1\n\n';

function diagnose(...texts: string[]) {
  return diagnoseItems(texts.map((text, index) => ({ name: `text ${index + 1}`, text })));
}

it('of an inside address as push address the address is the cause, and what that interface accepts its consequence', () => {
  const { findings } = diagnose(
    header('7.2.8') + push('set server "192.168.20.1"') + interfaces('ping ftm', 'ping https'),
  );
  expect(findings.map((each) => [each.rule, each.explainedBy])).toEqual([
    ['push-address-private', undefined],
    ['wan-ftm-access-missing', 'push-address-private'],
    ['ftm-access-wrong-interface', 'push-address-private'],
  ]);
});

it('a private address that a phone reached is no finding', () => {
  const { findings, verdict, checks } = diagnose(header('7.2.8') + push('set server "10.5.18.253"'), SUCCESS);
  expect(findings).toEqual([]);
  expect(verdict).toBe('healthy');
  expect(checks.find((each) => each.rule === 'push-address-private')?.verdict).toBe('healthy');
});

it.each([
  ['6.4.9', 'set server-ip 198.51.100.10'],
  ['7.2.8', 'set server "198.51.100.10"'],
])('on %s a stale address is quoted from the line that sets it', (version, line) => {
  const { findings } = diagnose(header(version) + push(line) + interfaces('ping ftm', 'ping'), LIVE);
  expect(findings.map((each) => each.rule)).toEqual(['push-address-stale']);
  expect(findings[0]?.evidence[0]?.text).toBe(line);
});

describe('a push address after a change of the line', () => {
  const fixed = (address: string, more = '') =>
    `config system interface\n    edit "wan1"\n        set ip ${address} 255.255.255.248\n        set allowaccess ping ftm\n        set role wan\n    next\n${more}    edit "internal"\n        set ip 192.168.20.1 255.255.255.0\n    next\nend\n`;
  const wan2 = (address: string) =>
    `    edit "wan2"\n        set ip ${address} 255.255.255.248\n        set role wan\n    next\n`;
  const OLD = push('set server "198.51.100.10"');
  const diagnoseSaid = (said: string, table: string) =>
    diagnose(`${said}\n\n${OLD}${table}`).findings.map(({ rule }) => rule);

  it.each([
    'Push is dead since we switched ISP',
    'We changed to a new provider last week, Approve times out',
    'We moved to fibre on Friday, new static IP, push is dead',
    'Since Friday we have a new public IP and Approve does nothing',
    'Seit dem Anbieterwechsel geht der Push nicht mehr',
    'Wir haben seit Montag eine neue feste IP, Push geht nicht',
    'Depuis le changement d’opérateur, plus aucun push',
    'Abbiamo cambiato operatore e il push non funziona',
  ])('is an old one: %s', (said) => {
    expect(diagnoseSaid(said, fixed('203.0.113.20'))).toContain('push-address-stale');
  });

  it.each([
    ['nobody says so', 'Push is dead since Friday', fixed('203.0.113.20')],
    ['the provider of identities changed', 'We changed the identity provider', fixed('203.0.113.20')],
    ['there are two public addresses', 'We switched ISP', fixed('203.0.113.20', wan2('192.0.2.20'))],
    ['the new address is of the same network', 'We switched ISP', fixed('198.51.100.12')],
    ['another interface still has it', 'We switched ISP', fixed('203.0.113.20', wan2('198.51.100.10'))],
    ['the FortiGate is behind a router', 'We switched ISP', fixed('192.168.178.20')],
  ])('is not known to be old where %s', (_why, said, table) => {
    expect(diagnoseSaid(said, table)).not.toContain('push-address-stale');
  });
});

it.each([
  ['198.51.100.10', '198.51.100.10:4433'],
  ['vpn.example.com', 'vpn.example.com:4433'],
  ['2001:db8::10', '[2001:db8::10]:4433'],
  ['[2001:db8::10]', '[2001:db8::10]:4433'],
  ['', 'port 4433'],
])('writes the place that is called as people read it: %j', (server, endpoint) => {
  const given = <T>(value: T) => ({ value, explicit: true, quotes: [] });
  const service = { status: given('enable' as const), serverPort: given(4433), server: given(server) };
  expect(callbackEndpoint(service)).toBe(endpoint);
});

it.each([
  ['of wan1, which drops the answer', '198.51.100.10', ['ftm-access-wrong-interface', 'likely']],
  ['of internal, which accepts it', '192.168.20.1', undefined],
])('a name that resolves to the address %s, decides where the phone arrives', (_where, address, expected) => {
  const text = readFileSync(
    new URL('wan-ftm-access-missing/fixtures/not-applicable.inside.conf', RULES),
    'utf8',
  );
  const ping = `FGT-EDGE # execute ping vpn.example.com\nPING vpn.example.com (${address}): 56 data bytes\n\nFGT-EDGE # \n`;
  const { findings, checks } = diagnose(text, ping);
  const found = findings.find((each) => each.rule === 'ftm-access-wrong-interface');
  expect(found && [found.rule, found.confidence]).toEqual(expected);
  if (found) expect(found.evidence.at(-1)?.text).toContain(`(${address})`);
  const alone = diagnose(text).checks.find((each) => each.rule === 'ftm-access-wrong-interface');
  expect(alone?.reason).toContain('`execute ping vpn.example.com` shows where the name leads');
  expect(checks.find((each) => each.rule === 'ftm-access-wrong-interface')?.reason).not.toContain(
    'shows where',
  );
});

describe('a name that another machine resolved', () => {
  const OF_WAN =
    push('set server "push.example.net"') +
    'config system interface\n    edit "wan1"\n        set ip 198.51.100.10 255.255.255.240\n        set allowaccess ping https\n        set role wan\n    next\nend\n';
  const found = (line: string) =>
    diagnose(`${OF_WAN}${line}\n`).findings.map(({ rule, confidence }) => [rule, confidence].join(' '));

  it.each([
    'push.example.net has address 198.51.100.10',
    '# FGT-EDGE: host push.example.net -> 198.51.100.10',
  ])('shows the interface that the phone calls: %s', (line) => {
    expect(found(line)).toEqual(['wan-ftm-access-missing likely']);
  });

  it.each([
    ['another name', 'host vpn.example.net -> 198.51.100.10'],
    ['two addresses', 'push.example.net has address 198.51.100.10\npush.example.net has address 203.0.113.8'],
    ['no answer', 'host push.example.net -> 198.51.100.10x'],
    ['a route', 'push.example.net -> 198.51.100.10'],
  ])('shows nothing: %s', (_what, line) => {
    expect(found(line)).toEqual([]);
  });
});

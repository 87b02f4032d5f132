import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const tunnel = (name: string, ...lines: readonly string[]) =>
  [
    'config vpn ipsec phase1-interface',
    `    edit "${name}"`,
    ...['set type dynamic', 'set interface "wan1"', ...lines].map((line) => `        ${line}`),
    '    next',
    'end',
  ].join('\n');
const V2 = 'set ike-version 2';
const ike = (text: string, name = 'ra-win:43') => `ike V=root:0:${name}: ${text}`;
const SILENT = [
  ike('responder received SA_INIT msg'),
  ike('SA proposal chosen, matched gateway ra-win'),
  ike('gw validation OK'),
  ike('responder preparing EAP identity request'),
  ike('negotiation timeout, deleting'),
].join('\n');
const SIGNED = [V2, 'set authmethod signature', 'set certificate "Fortinet_Factory"', 'set eap enable'];
const dialog = 'Windows: error 13801, IKE authentication credentials are unacceptable';
const event =
  'CoId={0F1A2B3C-0000-4000-8000-00000000AB01}: The user HERON\\wren dialed a connection named Office which has failed. The error code returned on failure is 13801.';
const UNTRUSTED = 'server-certificate-untrusted';

describe('a client that stops after the tunnel showed itself', () => {
  it('may not trust the certificate of a tunnel that has one', () => {
    const { findings } = diagnoseText([SILENT, tunnel('ra-win', ...SIGNED)].join('\n'));
    expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([[UNTRUSTED, 'possible']]);
    expect(findings[0]?.title).toContain('the certificate Fortinet_Factory of ra-win');
  });

  it('may have another key than a tunnel with a key', () => {
    expect(rulesIn(diagnoseText([SILENT, tunnel('ra-win', V2, 'set eap enable')].join('\n')))).toEqual([
      'ike-psk-mismatch',
    ]);
  });
});

describe('what Windows says about the certificate of the VPN', () => {
  it.each([
    ['in its dialogue, with the debug of IKE', [dialog, SILENT, tunnel('ra-win', ...SIGNED)]],
    ['in its dialogue', [dialog, tunnel('ra-win', ...SIGNED)]],
    ['in its event log', [event, tunnel('ra-win', ...SIGNED)]],
  ])('%s, names that of the tunnel', (_where, texts) => {
    const [first] = diagnoseText(texts.join('\n')).findings;
    expect(first).toMatchObject({ rule: UNTRUSTED, confidence: 'likely' });
    expect(first?.title).toBe(
      'Windows does not accept the certificate Fortinet_Factory of ra-win (error 13801)',
    );
  });

  it('tells of a tunnel that shows a key, which Windows cannot use', () => {
    const [first] = diagnoseText([event, tunnel('ra-win', V2, 'set eap enable')].join('\n')).findings;
    expect(first?.title).toBe(
      'Windows asks the VPN for a certificate, and ra-win has a pre-shared key (error 13801)',
    );
  });

  it.each([
    ['issued by our internal "Heron Issuing CA 3"', UNTRUSTED],
    ['issued by a public authority', undefined],
    ['not from our internal CA', undefined],
  ])('tells of a private authority, without the tunnel: %s', (issuer, rule) => {
    const [first] = diagnoseText(`${event}\nThe new certificate was ${issuer}.`).findings;
    expect(first?.rule).toBe(rule);
  });

  it.each([
    ['of which of two tunnels is not clear', [event, tunnel('ra-win', ...SIGNED), tunnel('ra-eap', V2)]],
    [
      'where the client got in later',
      [
        dialog,
        tunnel('ra-win', ...SIGNED),
        ike('EAP succeeded for user "wren" group "staff" 2FA=no', 'ra-win'),
      ],
    ],
    ['in instructions', [`What to do when users are told “${dialog}”`, tunnel('ra-win', ...SIGNED)]],
  ])('names no certificate %s', (_what, texts) => {
    expect(rulesIn(diagnoseText(texts.join('\n')))).not.toContain(UNTRUSTED);
  });
});

describe('what Windows says about the certificate of the computer', () => {
  const said = 'Windows: error 13806, IKE failed to find valid machine certificate\n';

  it.each([
    ['alone', [said], false],
    ['beside a tunnel that asks by EAP', [said, tunnel('ra-win', ...SIGNED)], true],
  ])('is the cause %s', (_where, texts, isEap) => {
    const [first] = diagnoseText(texts.join('\n')).findings;
    expect(first).toMatchObject({ rule: 'ike-certificate-mismatch', confidence: 'likely' });
    expect(first?.fix.note?.includes('ra-win asks for it')).toBe(isEap);
  });

  it('is none in instructions', () => {
    const text = `What to do when users are told “${said.trim()}”\n${tunnel('ra-win', ...SIGNED)}`;
    expect(rulesIn(diagnoseText(text))).not.toContain('ike-certificate-mismatch');
  });
});

describe('a tunnel that takes the local ID for the name of the user', () => {
  const log = (user: string) =>
    [
      ike('responder received SA_INIT msg', 'ra-eap:43'),
      ike('peer identifier IPV4_ADDR 192.168.178.24', 'ra-eap:43'),
      ike('gw validation OK', 'ra-eap:43'),
      ike('responder received EAP msg', 'ra-eap:43'),
      ike(`EAP user "${user}"`, 'ra-eap'),
      ike('EAP 7002215503 pending', 'ra-eap'),
      'ike V=root:0:ra-eap:43 EAP 7002215503 result FNBAM_DENIED',
      ike(`EAP failed for user "${user}"`, 'ra-eap'),
    ].join('\n');
  const eap = (...lines: readonly string[]) => tunnel('ra-eap', V2, 'set eap enable', ...lines);

  it('has no `eap-identity send-request`', () => {
    const [first] = diagnoseText([log('192.168.178.24'), eap()].join('\n')).findings;
    expect(first).toMatchObject({ rule: 'ike-eap-not-negotiated', confidence: 'likely' });
    expect(first?.fix.apply.join()).toContain('set eap-identity send-request');
  });

  it.each([
    ['asks for the name', [log('192.168.178.24'), eap('set eap-identity send-request')]],
    ['got a name', [log('wren'), eap()]],
    ['was not read', [log('192.168.178.24')]],
  ])('is none that %s', (_what, texts) => {
    expect(rulesIn(diagnoseText(texts.join('\n')))).not.toContain('ike-eap-not-negotiated');
  });
});

describe('a tunnel with a group for its users and EAP off', () => {
  const off = (...lines: readonly string[]) => tunnel('ra-eap', V2, 'set authusrgrp "staff"', ...lines);
  const SAID = 'FortiClient with IPsec never asks for a password\n';

  it.each([
    ['shown', [SAID, off('set eap disable')]],
    ['left out', [SAID, off()]],
  ])('asks no user, where the setting is %s', (_how, texts) => {
    const [first] = diagnoseText(texts.join('\n')).findings;
    expect(first).toMatchObject({ rule: 'ike-eap-not-negotiated', confidence: 'possible' });
    expect(first?.title).toBe('ra-eap names the group staff and asks no user: EAP is off');
  });

  it.each([
    ['nobody says that something is wrong', [off()]],
    ['EAP is on', [SAID, off('set eap enable')]],
    ['XAUTH asks', [SAID, tunnel('ra-eap', 'set authusrgrp "staff"')]],
    ['a client got in', [SAID, off(), ike('EAP succeeded for user "wren" group "staff" 2FA=no', 'ra-eap')]],
  ])('is no finding where %s', (_what, texts) => {
    expect(rulesIn(diagnoseText(texts.join('\n')))).not.toContain('ike-eap-not-negotiated');
  });
});

describe('a local ID that no tunnel in aggressive mode asks for', () => {
  const log = [
    'ike 0: comes 203.0.113.21:500->198.51.100.10:500,ifindex=6....',
    'ike 0:1c2d3e4f5a6b7c8d/0000000000000000:55: responder: aggressive mode get 1st message...',
    'ike 0:1c2d3e4f5a6b7c8d/0000000000000000:55: VID forticlient connect license 05E793CA87B27A45',
    "ike 0:1c2d3e4f5a6b7c8d/0000000000000000:55: received peer identifier FQDN 'staff'",
    'ike 0:1c2d3e4f5a6b7c8d/0000000000000000:55: negotiation failure',
    'ike Negotiate ISAKMP SA Error: ike 0:1c2d3e4f5a6b7c8d/0000000000000000:55: no SA proposal chosen',
  ].join('\n');
  const one = (id: string) => tunnel('dial', 'set mode aggressive', 'set peertype one', `set peerid "${id}"`);

  it('is the reason rather than the proposal', () => {
    const { headline, findings } = diagnoseText([log, one('staff-eu')].join('\n'));
    expect(headline).toBe('The client calls itself “staff”, and dial asks for “staff-eu”');
    expect(findings[0]).toMatchObject({ rule: 'ike-peer-id-mismatch', confidence: 'likely' });
    expect(findings.find(({ rule }) => rule === 'ike-proposal-mismatch')?.explainedBy).toBe(
      'ike-peer-id-mismatch',
    );
  });

  it.each([
    ['the tunnel asks for it', one('staff')],
    ['a tunnel asks for none', tunnel('dial', 'set mode aggressive', 'set peertype any')],
    ['the tunnels were not read', ''],
  ])('is not, where %s', (_what, config) => {
    expect(rulesIn(diagnoseText([log, config].join('\n')))).toEqual(['ike-proposal-mismatch']);
  });
});

describe('a network ID on every dial-up tunnel', () => {
  const CLIENTS = [V2, 'set eap enable', 'set authusrgrp "crew"'];
  const OVERLAY = ['set network-overlay enable', 'set network-id 21'];
  const CLOSED = tunnel('ra-crew', ...CLIENTS, ...OVERLAY);
  const judged = (said: string, config: string) =>
    diagnoseText(`${said}\n\n${config}`).findings.map(({ rule, confidence }) => [rule, confidence]);

  it.each([
    ['FortiClient ends with NO_PROPOSAL_CHOSEN, all values agree.', 'likely'],
    ['The client sends network ID 0 in the debug.', 'likely'],
    ['Our FortiClient fails since the tunnel was copied from the hub.', 'possible'],
  ])('keeps FortiClient out: %s', (said, confidence) => {
    expect(judged(said, CLOSED)).toEqual([['ike-network-id-or-version-mismatch', confidence]]);
  });

  it.each([
    ['nothing is said to fail', 'This is our tunnel for FortiClient.', CLOSED],
    ['another tunnel has none', 'FortiClient fails.', `${CLOSED}\n${tunnel('ra-guests', ...CLIENTS)}`],
    ['it is switched off', 'FortiClient fails.', tunnel('ra-crew', ...CLIENTS, 'set network-id 21')],
    ['the tunnel is of sites', 'FortiClient fails.', tunnel('hub-spokes', V2, ...OVERLAY)],
  ])('is not shown to, where %s', (_what, said, config) => {
    expect(judged(said, config)).toEqual([]);
  });
});

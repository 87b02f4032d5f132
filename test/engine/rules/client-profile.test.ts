import { describe, expect, it } from 'vitest';
import { answersTo, diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const ike = (...elements: readonly string[]) =>
  `<ipsecvpn><connections><connection>\n<name>HQ</name>\n<ike_settings>\n<version>2</version>\n${elements.join('\n')}\n</ike_settings>\n<ipsec_settings>\n<dhgroup>5</dhgroup>\n<proposals><proposal>3DES|MD5</proposal></proposals>\n</ipsec_settings>\n</connection></connections></ipsecvpn>\n`;
const ssl = (server: string) =>
  `<sslvpn>\n<connections><connection>\n<name>HQ</name>\n<server>${server}</server>\n</connection></connections>\n</sslvpn>\n`;
const tunnel = (name: string, ...lines: readonly string[]) =>
  [
    'config vpn ipsec phase1-interface',
    `    edit "${name}"`,
    ...['set type dynamic', 'set interface "wan1"', 'set ike-version 2', ...lines].map(
      (line) => `        ${line}`,
    ),
    '    next',
    'end\n',
  ].join('\n');
const SETTINGS = ['set proposal aes256-sha256 aes256gcm-prfsha384', 'set dhgrp 14 20'];
const setting = (path: string, line: string) => `config ${path}\n    ${line}\nend\n`;
const first = (...texts: readonly string[]) => diagnoseText(texts.join('\n')).findings[0];

describe('an exported profile of FortiClient beside the settings of the FortiGate', () => {
  it.each([
    [
      'another DH group',
      'ike-proposal-mismatch',
      'The profile of FortiClient offers DH group 5, and ra-eap accepts 14 and 20',
      [
        ike('<dhgroup>5;</dhgroup>', '<proposals><proposal>AES256|SHA256</proposal></proposals>'),
        tunnel('ra-eap', ...SETTINGS),
      ],
    ],
    [
      'another proposal',
      'ike-proposal-mismatch',
      'The profile of FortiClient offers aes128-sha1, and ra-eap accepts aes256-sha256 and aes256gcm-prfsha384',
      [
        ike('<dhgroup>14;5</dhgroup>', '<proposals><proposal>AES128|SHA1</proposal></proposals>'),
        tunnel('ra-eap', ...SETTINGS),
      ],
    ],
    [
      'another local ID',
      'ike-peer-id-mismatch',
      'The profile of FortiClient has the local ID “staff”, and ra-eap asks for “staff-eu”',
      [ike('<localid>staff</localid>'), tunnel('ra-eap', 'set peertype one', 'set peerid "staff-eu"')],
    ],
    [
      'another port of SAML',
      'ike-saml-listener-missing',
      'The profile of FortiClient begins its sign-in at TCP 1001, and the FortiGate serves it at 9443',
      [ike('<ike_saml_port>1001</ike_saml_port>'), setting('system global', 'set auth-ike-saml-port 9443')],
    ],
    [
      'another port of SSL VPN',
      'vpn-port-unreachable',
      'The profile of FortiClient names TCP 443, and SSL VPN listens on 10443',
      [
        ssl('vpn.heron.example'),
        setting('vpn ssl settings', 'set port 10443\n    set source-interface "wan1"'),
      ],
    ],
  ])('has %s', (_what, rule, title, texts) => {
    expect(first(...texts)).toMatchObject({ rule, title });
    expect(first(...texts)?.confidence).not.toBe('certain');
  });

  it('names the DH group to which the client is changed', () => {
    const texts = [ike('<dhgroup>5;</dhgroup>'), tunnel('ra-eap', ...SETTINGS)];
    expect(answersTo('Do I change the firewall or the client?', ['', ...texts])?.[0]).toMatch(
      /^The client’s profile has to be changed to DH group 14 where only some clients fail/,
    );
  });

  it.each([
    [
      'values in common',
      [
        ike(
          '<dhgroup>14;5</dhgroup>',
          '<proposals><proposal>AES256|SHA256</proposal><proposal>3DES|MD5</proposal></proposals>',
        ),
        tunnel('ra-eap', ...SETTINGS),
      ],
    ],
    ['a group of phase 2 alone', [ike(), tunnel('ra-eap', ...SETTINGS)]],
    [
      'one of two tunnels',
      [ike('<dhgroup>5</dhgroup>'), tunnel('ra-eap', ...SETTINGS), tunnel('ra-old', 'set dhgrp 5')],
    ],
    [
      'the local ID',
      [ike('<localid>staff</localid>'), tunnel('ra-eap', 'set peertype one', 'set peerid "staff"')],
    ],
    [
      'a local ID that nobody asks for',
      [ike('<localid>staff</localid>'), tunnel('ra-eap', 'set peertype any')],
    ],
    [
      'the port of SAML',
      [ike('<ike_saml_port>9443</ike_saml_port>'), setting('system global', 'set auth-ike-saml-port 9443')],
    ],
    [
      'the port of SSL VPN',
      [
        ssl('vpn.heron.example:10443/staff'),
        setting('vpn ssl settings', 'set port 10443\n    set source-interface "wan1"'),
      ],
    ],
    [
      'one server of two',
      [
        ssl('vpn.heron.example:10443;vpn2.heron.example'),
        setting('vpn ssl settings', 'set port 10443\n    set source-interface "wan1"'),
      ],
    ],
    [
      'another DH group, and a client that got in',
      [
        ike('<dhgroup>5</dhgroup>'),
        tunnel('ra-eap', ...SETTINGS),
        'ike V=root:0:ra-eap: EAP succeeded for user "wren" group "staff" 2FA=no',
      ],
    ],
  ])('is no finding with %s', (_what, texts) => {
    expect(rulesIn(diagnoseText(texts.join('\n')))).toEqual([]);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { renderSlack } from '../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';

/** Blocks that would be findings of a FortiGate. */
const BLOCKS = [
  'config system global',
  '    set hostname "core-01"',
  'end',
  'config system interface',
  '    edit "port1"',
  '        set ip 198.51.100.4 255.255.255.0',
  '        set allowaccess ping https ssh',
  '    next',
  'end',
  'config system admin',
  '    edit "admin"',
  '        set trusthost1 192.0.2.0 255.255.255.0',
  '        set accprofile "super_admin"',
  '    next',
  'end',
  'config system ftm-push',
  '    set status disable',
  'end',
];

const diagnose = (...texts: readonly string[]) =>
  diagnoseItems(texts.map((text, at) => ({ name: `paste ${at + 1}`, text })));

const backupOf = (model: string) =>
  [`#config-version=${model}-7.2.4-FW-build0456-230101:opmode=0:vdom=0:user=admin`, ...BLOCKS].join('\n');
const sessionOf = (model: string, host = 'core-01') =>
  [
    `${host} # get system status`,
    `Version: ${model} v7.4.1,build0595,231201`,
    `Hostname: ${host}`,
    '',
    `${host} # show`,
    ...BLOCKS,
    '',
    `${host} # `,
  ].join('\n');

const FORTIGATES = ['FGT60F', 'FG100F', 'FGVM64', 'FWF61F', 'FGR60F', 'FW60E', 'F6KF50', 'FOSVM1', 'FCR3KD'];
const OTHERS = [
  ['S124EP', 'FortiSwitch'],
  ['FS1D24', 'FortiSwitch'],
  ['FML400F', 'FortiMail'],
  ['FP231F', 'FortiAP'],
  ['FAZVM64', 'FortiAnalyzer'],
  ['FMG-VM64-KVM', 'FortiManager'],
  ['FPXVM', 'FortiProxy'],
  ['FWBVM', 'FortiWeb'],
  ['FADKVM', 'FortiADC'],
  ['FACVM', 'FortiAuthenticator'],
] as const;

describe('another product is no FortiGate', () => {
  it.each([
    [
      'This is a WireGuard peer, not a FortiGate',
      '[ 12.11] wireguard: wg0: Sending handshake initiation to peer 3',
    ],
    ['This is a WireGuard peer, not a FortiGate', '# wg show\ninterface: wg0\n  listening port: 51820'],
    [
      'This is a strongSwan gateway, not a FortiGate',
      'Mar 14 06:11:40 vpn charon: 09[IKE] 203.0.113.77 is initiating an IKE_SA\nMar 14 06:11:41 vpn charon: 13[IKE] EAP-MS-CHAPv2 verification failed, retry (1)',
    ],
    [
      'This is an OpenVPN server, not a FortiGate',
      '203.0.113.77:50312 TLS: Initial packet from [AF_INET]203.0.113.77:50312, sid=12 34',
    ],
    [
      'This is an OpenVPN client, not a FortiGate',
      '2026-03-14 06:11:40 TCP/UDP: Preserving recently used remote address: [AF_INET]203.0.113.1:1194\n2026-03-14 06:11:41 AUTH: Received control message: AUTH_FAILED',
    ],
    [
      'This is a Cisco ASA, not a FortiGate',
      'Mar 14 2026 06:11:40 asa01 : %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = wren',
    ],
    [
      'This is a sign-in log of Entra ID, not output of a FortiGate',
      'Date (UTC),Request ID,User agent,User,Application,Status,Sign-in error code,Failure reason\n2026-03-14T06:11:40Z,0c11,Mozilla,wren,Heron VPN,Failure,50126,Invalid username or password.',
    ],
    [
      'This is a log of FortiClient: why a login fails is in the log of the FortiGate',
      '20260302 08:11:01.120 TZ=+0100 [sslvpn:INFO] vpn_connection:1043 State: Connecting\n20260302 08:11:02.310 TZ=+0100 [sslvpn:EROR] vpn_connection:1219 Error code [3]. Login failed',
    ],
    [
      'The password was accepted, and FortiClient waited for the second factor; the log of the FortiGate shows the rest',
      'Hello, one of our Macs shows this:\n20260302 08:11:01.120 TZ=+0100 [sslvpn:INFO] vpn_connection:1043 State: Connecting\n20260302 08:11:02.310 TZ=+0100 [sslvpn:INFO] vpn_connection:1130 Token required, waiting for push\n20260302 08:12:02.498 TZ=+0100 [sslvpn:EROR] vpn_connection:1219 Error code [3]. Login failed',
    ],
    [
      'This is a web server, not a FortiGate',
      '203.0.113.9 - - [14/Mar/2026:06:11:40 +0100] "GET /login HTTP/1.1" 200 512',
    ],
    [
      'The RADIUS server accepted the login: what refuses it comes after that, on the FortiGate',
      '(14) Received Access-Request Id 77 from 192.0.2.1:9312 to 192.0.2.60:1812 length 148\n(14)   User-Name = "wren"\n(14) Sent Access-Accept Id 77 from 192.0.2.60:1812 to 192.0.2.1:9312 length 20',
    ],
    [
      'The RADIUS server refused the login: its own log says why, and the FortiGate only passes the answer on',
      '(3) Login incorrect (pap: Cleartext password does not match "known good" password): [wren]\n(3) Sent Access-Reject Id 9 from 192.0.2.60:1812 to 192.0.2.1:9312 length 20',
    ],
  ])('%s', (said, text) => {
    const { headline, findings } = diagnose(text);
    expect(headline).toBe(said);
    expect(findings).toEqual([]);
  });

  it.each([
    ['FortiAnalyzer', 'FAZVM64', /^Send what it stores of this FortiGate: the event log of VPN logins/],
    ['FortiManager', 'FMG-VM64', /^Send the configuration that it has of this FortiGate/],
  ])('a %s says what it is in its own status, and what to send of it', (name, type, send) => {
    const { looksLike, findings } = diagnose(
      [
        'core-01 # get system status',
        `Platform Type                   : ${type}`,
        `Platform Full Name              : ${name}-VM64`,
        'Version                         : v7.4.5-build2553 240913 (GA)',
        'Hostname                        : core-01',
        '',
        'core-01 # show',
        ...BLOCKS,
        '',
        'core-01 # ',
      ].join('\n'),
    );
    expect(findings).toEqual([]);
    expect(looksLike?.what).toBe(`a ${name}`);
    expect(looksLike?.send).toMatch(send);
  });

  it.each(OTHERS)('by the header of its backup: %s', (model, name) => {
    const diagnosis = diagnose(backupOf(model));
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.verdict).toBe('inconclusive');
    expect(diagnosis.headline).toBe(`This is a ${name}, not a FortiGate`);
    expect(diagnosis.looksLike?.evidence).toMatchObject([{ source: 'paste 1', line: 1 }]);
  });

  it.each([
    ...OTHERS.map(([, name]) => [`${name}-VM64`, name] as const),
    ['FortiSwitch-124F-POE', 'FortiSwitch'] as const,
  ])('by its status: %s', (model, name) => {
    const diagnosis = diagnose(sessionOf(model));
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.headline).toBe(`This is a ${name}, not a FortiGate`);
  });

  it.each([
    ['FortiWeb', 'FortiWeb'],
    ['FortiMail-VM64', 'FortiMail'],
    ['FAZ-VM64', 'FortiAnalyzer'],
  ])('by the name that its prompt has from the factory: %s', (host, name) => {
    const diagnosis = diagnose([`${host} # show system admin`, ...BLOCKS, '', `${host} # `].join('\n'));
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.headline).toBe(`This is a ${name}, not a FortiGate`);
  });

  it.each([
    ['ASA Version 9.16(4)', 'Cisco ASA'],
    ['## Last commit: 2025-11-24 09:12:03 UTC by ops', 'Juniper device'],
    ['# 2025-11-24 09:12:03 by RouterOS 7.16', 'MikroTik router'],
  ])('another vendor by its first line: %s', (head, name) => {
    const diagnosis = diagnose([head, ...BLOCKS].join('\n'));
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.headline).toBe(`This is a ${name}, not a FortiGate`);
  });

  it('says so in two lines, and what to send instead', () => {
    const diagnosis = diagnose(backupOf('S124EP'));
    const text = renderText(diagnosis, { width: 400 });
    expect(text.split('\n').slice(0, 2)).toEqual([
      '? This is a FortiSwitch, not a FortiGate',
      expect.stringMatching(/^ {2}Send output of the FortiGate: /),
    ]);
    const slack = renderSlack(diagnosis);
    expect(slack.text.split('\n')).toHaveLength(2);
    expect(slack.blocks.length).toBeLessThan(6);
    expect(JSON.stringify(slack.blocks)).not.toContain('Not checked');
  });

  it('beside a FortiGate it changes nothing of what is said about that', () => {
    const alone = diagnose(backupOf('FGT60F'));
    for (const other of [backupOf('S124EP'), sessionOf('FortiMail-VM', 'mail-01')]) {
      const both = diagnose(backupOf('FGT60F'), other);
      expect(both.findings.map(({ rule }) => rule)).toEqual(alone.findings.map(({ rule }) => rule));
      expect(both.headline).toBe(alone.headline);
      expect(both.looksLike).toBeUndefined();
    }
  });

  it.each([
    ['a web server', '203.0.113.9 - - [14/Mar/2026:06:11:40 +0100] "GET /login HTTP/1.1" 200 512'],
    ['a RADIUS server', '(14) Sent Access-Accept Id 77 from 192.0.2.60:1812 to 192.0.2.1:9312 length 20'],
    ['an OpenVPN client', '2026-03-14 06:11:41 AUTH: Received control message: AUTH_FAILED'],
  ])('the log of %s in one paste with a configuration says nothing of the configuration', (_, log) => {
    const rules = (text: string) => diagnose(text).findings.map(({ rule }) => rule);
    expect(rules([log, ...BLOCKS].join('\n'))).toEqual(rules(BLOCKS.join('\n')));
  });

  it('in one session with a FortiGate, each by its own prompt', () => {
    const fine = sessionOf('FortiGate-60F', 'fgt-01').replace('set status disable', 'set status enable');
    const both = diagnose(`${sessionOf('FortiMail-VM', 'mail-01')}\n${fine}`);
    expect(both.findings.map(({ rule }) => rule)).not.toContain('push-disabled');
  });

  it('read over SSH, all of it is left out', () => {
    const item = (command: string, text: string) => ({ name: command, command, text });
    const diagnosis = diagnoseItems([
      item(
        'show full-configuration system ftm-push',
        'config system ftm-push\n    set status disable\nend\n',
      ),
      item('get system status', 'Version: FortiSwitch-124F v7.4.1,build0595,231201 (GA)\n'),
    ]);
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.headline).toBe('This is a FortiSwitch, not a FortiGate');
  });
});

describe('what stays', () => {
  it.each(FORTIGATES)('a FortiGate by its header: %s', (model) => {
    expect(diagnose(backupOf(model)).findings.map(({ rule }) => rule)).toContain('push-disabled');
  });

  it.each([
    'FortiGate-60F',
    'FortiGateRugged-70F',
    'FortiWiFi-61E',
    'FortiGate-VM64-KVM',
    'FortiCarrier-3200D',
  ])('a FortiGate by its status: %s', (model) => {
    expect(diagnose(sessionOf(model)).findings.map(({ rule }) => rule)).toContain('push-disabled');
  });

  it('what a FortiGate tells of a switch that it manages', () => {
    const text = sessionOf('FortiGate-60F').replace(
      'core-01 # show\n',
      'core-01 # execute switch-controller get-conn-status\nVersion: FortiSwitch-124F v7.4.1,build0595\n\ncore-01 # show\n',
    );
    expect(diagnose(text).findings.map(({ rule }) => rule)).toContain('push-disabled');
  });

  it('the push log of a FortiAuthenticator, not its configuration', () => {
    const log = '2025-11-24 09:12:04 pushd[2201]: Worker: pushd error -3: FTM server returned error';
    const alone = diagnose(log).findings.map(({ rule }) => rule);
    expect(alone.length).toBeGreaterThan(0);
    expect(
      diagnose(`${sessionOf('FortiAuthenticator-VM', 'fac-01')}\n${log}`).findings.map(({ rule }) => rule),
    ).toEqual(alone);
  });

  it('the event log of a FortiGate that a FortiAnalyzer holds', () => {
    const line =
      'date=2025-11-24 time=10:15:02 logid="0100032161" type="event" subtype="system" level="alert" vd="root" logdesc="FortiToken mobile push message failed"';
    const alone = diagnose(line).findings.map(({ rule }) => rule);
    expect(alone.length).toBeGreaterThan(0);
    const held = diagnose(`${sessionOf('FortiAnalyzer-VM64', 'faz-01')}\n${line}`);
    expect(held.findings.map(({ rule }) => rule)).toEqual(alone);
  });
});

it('names no finding of a product other than a FortiGate, in any context', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...OTHERS),
      fc.shuffledSubarray([...BLOCKS.keys()], { minLength: 1 }),
      fc.boolean(),
      ([model], lines, bySession) => {
        const blocks = lines.map((at) => BLOCKS[at] ?? '').join('\n');
        const head = bySession
          ? `core-01 # get system status\nVersion: ${nameOf(model)}-VM v7.4.1,build0595`
          : '';
        const text = bySession ? `${head}\n\ncore-01 # show\n${blocks}` : `${backupOf(model)}\n${blocks}`;
        expect(diagnose(text).findings).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});

function nameOf(model: string): string {
  return OTHERS.find(([code]) => code === model)?.[1] ?? '';
}

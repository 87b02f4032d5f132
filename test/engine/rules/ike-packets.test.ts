import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const CLIENT = '203.0.113.41';
const GATEWAY = '198.51.100.10';
const SAID = 'FortiClient 7.2.5 with IPsec (IKEv2) runs into a timeout in the guest Wi-Fi.\n\n';
const BOTH = `host ${CLIENT} and (udp port 500 or udp port 4500)`;
const ASK = `wan1 in ${CLIENT}.17233 -> ${GATEWAY}.500: udp 465`;
const ANSWER = `wan1 out ${GATEWAY}.500 -> ${CLIENT}.17233: udp 352`;
const NAT = `wan1 in ${CLIENT}.64917 -> ${GATEWAY}.4500: udp 260`;

function capture(filter: string, packets: readonly string[], end = true): string {
  return [
    `fgt # diagnose sniffer packet any '${filter}' 4 0 l`,
    'interfaces=[any]',
    `filters=[${filter}]`,
    ...packets.map((packet, at) => `2026-03-02 09:31:0${at}.551020 ${packet}`),
    ...(end ? [`${packets.length} packets received by filter`, '0 packets dropped by kernel'] : []),
    '',
  ].join('\n');
}

function tunnel(name: string, ...lines: readonly string[]): string {
  return `    edit "${name}"\n${['set interface "wan1"', ...lines].map((line) => `        ${line}\n`).join('')}    next\n`;
}
const phase1s = (...tunnels: readonly string[]) =>
  `config vpn ipsec phase1-interface\n${tunnels.join('')}end\n`;
const DIALUP = tunnel('ra-crew', 'set type dynamic', 'set ike-version 2');
const SITE = tunnel('to-hq', 'set remote-gw 192.0.2.1');

describe('a client behind NAT whose packets stop at UDP 500', () => {
  it.each([
    ['a person says what the client is', SAID + capture(BOTH, [ASK, ANSWER, ASK, ANSWER])],
    ['the only tunnels are for clients', phase1s(DIALUP) + capture(BOTH, [ASK, ANSWER])],
    ['the filter is short', SAID + capture(`host ${CLIENT} and port 500 or 4500`, [ASK, ANSWER])],
    ['nothing comes at all', SAID + capture(BOTH, [])],
  ])('may have a network that blocks IKE, where %s', (_what, text) => {
    expect(diagnoseText(text).findings[0]).toMatchObject({ rule: 'ike-udp-blocked', confidence: 'possible' });
  });

  it.each(['A hotspot was tried, too.', 'mobile data: same.', 'Hotspot auch probiert, geht auch nicht.'])(
    'is not asked to try what was tried: %s',
    (words) => {
      const [first] = diagnoseText(`${SAID}${words}\n\n${capture(BOTH, [])}`).findings;
      expect(first?.rule).toBe('ike-udp-blocked');
      expect(first?.fix.note).toContain('It fails from another network too');
      expect(first?.fix.note).not.toMatch(/Try the same client|diagnose sniffer/);
    },
  );

  it.each(['A hotspot was tried, too, and works.', 'Was a hotspot tried?'])('is asked where %s', (words) => {
    const [first] = diagnoseText(`${SAID}${words}\n\n${capture(BOTH, [])}`).findings;
    expect(first?.fix.note).toContain('Try the same client on mobile data');
  });

  it.each([
    ['UDP 4500 comes', SAID + capture(BOTH, [ASK, ANSWER, NAT])],
    [
      'UDP 4500 comes in another capture',
      SAID + capture(BOTH, [ASK, ANSWER]) + capture('udp port 4500', [NAT]),
    ],
    ['nothing shows that it is a person’s', capture(BOTH, [ASK, ANSWER])],
    ['a tunnel between sites is set up', phase1s(DIALUP, SITE) + capture(BOTH, [ASK, ANSWER])],
    ['the FortiGate does not answer', SAID + capture(BOTH, [ASK, ASK])],
    [
      'the client is not behind NAT',
      SAID + capture(BOTH, [ASK.replace('17233', '500'), ANSWER.replace('17233', '500')]),
    ],
    ['the sniffer saw one port', SAID + capture(`host ${CLIENT} and udp port 500`, [ASK, ANSWER])],
    ['the sniffer still runs', SAID + capture(BOTH, [ASK, ANSWER], false)],
  ])('is no such case where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain('ike-udp-blocked');
  });
});

describe('a client whose IKE packets arrive and are not answered', () => {
  it.each([
    ['behind NAT', capture(BOTH, [ASK, ASK]), true],
    [
      'and a person says what it is',
      `The ipsec client of wren times out.\n\n${capture(BOTH, [ASK, ASK])}`,
      true,
    ],
    ['where the FortiGate answers', capture(BOTH, [ASK, ANSWER]), false],
  ])('is what the answer says: %s', (_what, text, isSaid) => {
    const { headline, missing, findings } = diagnoseText(text);
    expect(headline.includes(`IKE packets of ${CLIENT} arrive on wan1 (UDP 500), and`)).toBe(isSaid);
    expect(findings).toEqual([]);
    const asked = missing.flatMap(({ commands }) => commands);
    expect(asked).toContain('diagnose debug application ike -1');
    expect(asked.filter((line) => /ftm-push|sniffer/.test(line))).toEqual([]);
  });
});

describe('a sniffer on UDP 500 alone', () => {
  const filter = 'udp port 500';
  const from500 = (packet: string) => packet.replace('17233', '500');

  it.each([
    ['of a client behind NAT', [ASK, ASK], true, filter],
    ['of a client that is not behind NAT', [from500(ASK), from500(ASK)], true, filter],
    ['once, which may be before the answer', [ASK], false, filter],
    ['with answers', [ASK, ANSWER, ASK, ANSWER], false, filter],
    ['in one direction', [ASK, ASK], false, 'udp dst port 500'],
    ['that the FortiGate began', [from500(ANSWER), from500(ASK), from500(ASK)], false, filter],
  ])('shows requests without an answer, %s', (_what, packets, isSaid, watched) => {
    for (const isEnded of [true, false]) {
      const { headline } = diagnoseText(SAID + capture(watched, packets, isEnded));
      expect(headline.includes(`IKE packets of ${CLIENT} arrive on wan1 (UDP 500), and`)).toBe(isSaid);
    }
  });
});

describe('a client that repeats what was answered', () => {
  const from500 = (packet: string) => packet.replace('17233', '500');
  const repeated = [ASK, ANSWER, ASK, ANSWER];

  it.each([
    ['behind NAT', SAID + capture(BOTH, repeated)],
    ['that is not behind NAT', SAID + capture(BOTH, repeated.map(from500))],
    ['in a sniffer on UDP 500 alone', SAID + capture('udp port 500', repeated, false)],
    ['in lines of packets alone', `${SAID}${repeated.map(from500).join('\n')}\n`],
  ])('does not get the answers: %s', (_what, text) => {
    const [first] = diagnoseText(text).findings;
    expect(first).toMatchObject({ rule: 'ike-udp-blocked', confidence: 'possible' });
    expect(first?.title).toBe(`The answers on UDP 500 do not reach client ${CLIENT}: it repeats its message`);
  });

  it.each([
    ['sends another message', [from500(ASK), from500(ANSWER), from500(ASK).replace('465', '260')]],
    ['goes on at UDP 4500', [ASK, ANSWER, ASK, ANSWER, NAT]],
    ['repeated it before the answer', [ASK, ASK, ANSWER]],
  ])('is not one that %s', (_what, packets) => {
    const { findings } = diagnoseText(SAID + capture('udp port 500 or udp port 4500', packets));
    expect(findings.filter(({ title }) => title.includes('repeats'))).toEqual([]);
  });
});

describe('a client whose IKE packets come in where no tunnel listens', () => {
  const ON_WAN2 = ASK.replace('wan1', 'wan2');

  it.each([
    ['on another interface', phase1s(DIALUP) + capture(BOTH, [ON_WAN2, ON_WAN2]), true],
    ['on that of the tunnel', phase1s(DIALUP) + capture(BOTH, [ASK, ASK]), false],
    ['with an answer', phase1s(DIALUP) + capture(BOTH, [ON_WAN2, ANSWER]), false],
  ])('has that as its reason: %s', (_where, text, isFound) => {
    const [first] = diagnoseText(text).findings;
    expect(first?.title === `IKE packets of ${CLIENT} come in on wan2, and ra-crew listens on wan1`).toBe(
      isFound,
    );
  });

  it('counts also without a direction', () => {
    const text = capture(BOTH, [ASK.replace(' in ', ' -- '), ASK.replace(' in ', ' -- ')]);
    expect(diagnoseText(text).headline).toContain('arrive on wan1 (UDP 500), and');
  });
});

describe('a client that knocks at the SAML sign-in of IPsec', () => {
  const syn = (port: number, on = 'wan1') => `${on} -- ${CLIENT}.51344 -> ${GATEWAY}.${port}: syn 3310214401`;
  const synAck = (port: number) =>
    `wan1 -- ${GATEWAY}.${port} -> ${CLIENT}.51344: syn 881234567 ack 3310214402`;
  const port = (number: number) =>
    `fgt # show full-configuration system global | grep auth-ike-saml-port\n    set auth-ike-saml-port ${number}\n\n`;
  const wan1 = (...lines: readonly string[]) =>
    `fgt # show system interface wan1\nconfig system interface\n    edit "wan1"\n        set ip ${GATEWAY} 255.255.255.248\n${lines.map((line) => `        ${line}\n`).join('')}    next\nend\n\n`;
  const sniffed = (...packets: readonly string[]) =>
    capture(`host ${CLIENT} and tcp port 1001`, packets, false);
  const flow = [
    `id=65308 trace_id=31 func=print_pkt_detail line=5894 msg="vd-root:0 received a packet(proto=6, ${CLIENT}:51344->${GATEWAY}:1001) tun_id=0.0.0.0 from wan1. flag [S], seq 1, ack 0, win 64240"`,
    'id=65308 trace_id=31 func=fw_local_in_handler line=620 msg="iprope_in_check() check failed on policy 0, drop"\n',
  ].join('\n');
  const RULE = 'ike-saml-listener-missing';
  const saml = (...names: readonly string[]) =>
    `config user saml\n${names.map((name) => `    edit "${name}"\n        set entity-id "https://vpn.example.net:1001/metadata/"\n    next\n`).join('')}end\n`;

  it('finds nobody on the interface of the tunnel, whose settings were not read', () => {
    const text = sniffed(syn(1001)) + phase1s(DIALUP);
    const [first] = diagnoseText(text + saml('entra')).findings;
    expect(first).toMatchObject({ rule: RULE, confidence: 'possible' });
    expect(first?.fix.apply).toEqual([
      'config system interface',
      '    edit "wan1"',
      '        set ike-saml-server "entra"',
      '    next',
      'end',
    ]);
    expect(diagnoseText(text + saml('entra', 'okta')).findings[0]?.fix.apply).toEqual([]);
    expect(rulesIn(diagnoseText(text))).not.toContain(RULE);
  });

  it.each([
    ['at the port of the settings', sniffed(syn(1001)) + port(1001) + wan1()],
    ['at the default port', sniffed(syn(1001)) + wan1()],
    ['at another port', capture(`tcp port 11443`, [syn(11_443)], false) + port(11_443) + wan1()],
    ['in a debug flow', flow + wan1()],
    ['where the setting is empty', sniffed(syn(1001)) + wan1("set ike-saml-server ''")],
  ])('finds nobody, %s', (_where, text) => {
    expect(diagnoseText(text).findings[0]).toMatchObject({ rule: RULE, confidence: 'likely' });
  });

  it.each([
    ['is answered', sniffed(syn(1001), synAck(1001)) + wan1()],
    ['comes in where it is served', sniffed(syn(1001)) + wan1('set ike-saml-server "entra"')],
    ['comes in elsewhere', sniffed(syn(1001, 'wan2')) + wan1()],
    ['wants another address', sniffed(syn(1001).replace(GATEWAY, '192.0.2.20')) + wan1()],
    ['wants another port', sniffed(syn(1001)) + port(11_443) + wan1()],
  ])('shows nothing where it %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain(RULE);
  });

  const SAYS = 'Since we moved our SAML login from web to IPsec no window opens.\n\n';
  const EAP = tunnel('ra-crew', 'set type dynamic', 'set ike-version 2', 'set eap enable');
  const GROUP = 'config user group\n    edit "crew"\n        set member "wren"\n    next\nend\n';

  it('is not waited for where a person says that the only tunnel has SAML', () => {
    const [first] = diagnoseText(SAYS + port(10_428) + wan1() + phase1s(EAP)).findings;
    expect(first).toMatchObject({ rule: RULE, confidence: 'likely' });
    expect(first?.fix.note).toContain('must be 10428 too');
  });

  it.each([
    ['nobody says so', wan1() + phase1s(EAP)],
    ['it is served', SAYS + wan1('set ike-saml-server "entra"') + phase1s(EAP)],
    ['the tunnel asks for no user', SAYS + wan1() + phase1s(DIALUP)],
    ['the tunnel is one of two', SAYS + wan1() + phase1s(EAP, EAP.replace('ra-crew', 'ra-guests'))],
    ['its interface was not read', SAYS + phase1s(EAP)],
    ['the groups were read', SAYS + wan1() + phase1s(EAP) + GROUP],
  ])('is no finding without packets where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain(RULE);
  });
});

describe('two dial-up tunnels in main mode', () => {
  const log = (name: string) =>
    [
      `ike 0: comes ${CLIENT}:500->${GATEWAY}:500,ifindex=5....`,
      'ike 0:5500aa11bb22cc33/0000000000000000:77: responder: main mode get 1st message...',
      'ike 0:5500aa11bb22cc33/0000000000000000:77: VID forticlient connect license',
      `ike 0:5500aa11bb22cc33/0000000000000000:77: SA proposal chosen, matched gateway ${name}`,
      `ike 0:${name}:77: probable pre-shared secret mismatch\n`,
    ].join('\n');
  const main = (name: string, group?: string) =>
    tunnel(
      name,
      'set type dynamic',
      'set mode main',
      'set peertype any',
      ...(group ? [`set authusrgrp "${group}"`] : []),
    );

  it.each([
    ['with groups of their own', main('ra-crew', 'crew'), main('ra-guests', 'guests')],
    ['without groups', main('ra-crew'), main('ra-guests')],
  ])('%s explain the key that does not fit the first one', (_what, ...tunnels) => {
    const { findings } = diagnoseText(log('ra-crew') + phase1s(...tunnels));
    expect(findings[0]?.rule).toBe('ike-wrong-dialup-matched');
    const key = findings.find(({ rule }) => rule === 'ike-psk-mismatch');
    expect(key?.explainedBy).toBe('ike-wrong-dialup-matched');
  });

  it('do not explain it where the second one was matched', () => {
    const text = log('ra-guests') + phase1s(main('ra-crew'), main('ra-guests'));
    expect(rulesIn(diagnoseText(text))).toEqual(['ike-psk-mismatch']);
  });
});

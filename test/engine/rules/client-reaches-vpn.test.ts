import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const CLIENT = '203.0.113.77';
const GATEWAY = '198.51.100.10';

function settings(...lines: readonly string[]): string {
  return [
    'config vpn ssl settings',
    ...['set port 10443', 'set source-interface "wan1"', ...lines].map((line) => `    ${line}`),
    '    config authentication-rule\n        edit 1\n            set groups "crew"\n            set portal "full-access"\n        next\n    end',
    'end\n',
  ].join('\n');
}

function capture(filter: string, packets: readonly string[], on = 'any'): string {
  return [
    `fgt # diagnose sniffer packet ${on} '${filter}' 4 20 l`,
    `interfaces=[${on}]`,
    `filters=[${filter}]`,
    ...packets.map((packet) => `2026-03-02 09:12:04.123456 ${packet}`),
    `${packets.length} packets received by filter`,
    '0 packets dropped by kernel\n',
  ].join('\n');
}

/** Debug flow of one packet, dropped by this local-in policy. */
function dropped(policy: number, { port = 10_443, on = 'wan2', protocol = 6 } = {}): string {
  return [
    `id=65308 trace_id=31 func=print_pkt_detail line=5894 msg="vd-root:0 received a packet(proto=${protocol}, ${CLIENT}:52211->${GATEWAY}:${port}) tun_id=0.0.0.0 from ${on}. flag [S], seq 2818820413, ack 0, win 64240"`,
    'id=65308 trace_id=31 func=init_ip_session_common line=6080 msg="allocate a new session-0012aa41, tun_id=0.0.0.0"',
    `id=65308 trace_id=31 func=fw_local_in_handler line=620 msg="iprope_in_check() check failed on policy ${policy}, drop"\n`,
  ].join('\n');
}

const SYN = `wan1 in ${CLIENT}.51342 -> ${GATEWAY}.10443: syn 1923340045`;
const SYN_OF_WREN = `wan1 in 203.0.113.9.50112 -> ${GATEWAY}.10443: syn 3318402275`;
const ONE = `host ${CLIENT} and tcp port 10443`;
const WAN1 = `config system interface\n    edit "wan1"\n        set ip ${GATEWAY} 255.255.255.248\n    next\nend\n`;

const POLICY =
  'config firewall policy\n    edit 7\n        set srcintf "ssl.root"\n        set dstintf "lan"\n        set action accept\n        set srcaddr "all"\n        set dstaddr "all"\n        set schedule "always"\n        set service "ALL"\n        set groups "crew"\n    next\nend\n';

describe('packets of the client that do not arrive', () => {
  it.each([
    ['alone', capture(ONE, [])],
    ['while those of others do', capture(ONE, []) + capture('tcp port 10443', [SYN_OF_WREN])],
    ['in a filter by source', capture(`src host ${CLIENT} and port 10443`, [])],
    ['in a filter without a port', capture(`host ${CLIENT}`, [])],
  ])('are the reason: %s', (_what, text) => {
    expect(diagnoseText(settings() + text).findings[0]?.rule).toBe('vpn-port-unreachable');
  });

  it.each([
    ['they arrive in another capture', capture(ONE, []) + capture('tcp port 10443', [SYN])],
    ['they arrive in a debug flow', capture(ONE, []) + dropped(4, { on: 'wan1' })],
    ['the filter is of another protocol', capture(`host ${CLIENT} and icmp`, [])],
    [
      'the filter is of the FortiGate’s own address',
      WAN1 + capture(`host ${GATEWAY} and tcp port 10443`, []),
    ],
    ['the filter names a destination', capture(`dst host ${GATEWAY} and tcp port 10443`, [])],
    ['the filter is of another port', capture(`host ${CLIENT} and tcp port 443`, [])],
  ])('are not where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(settings() + text))).not.toContain('vpn-port-unreachable');
  });

  it('may arrive on another interface than the one of the sniffer', () => {
    const { findings } = diagnoseText(settings() + capture(ONE, [], 'wan1'));
    expect(findings[0]).toMatchObject({ rule: 'vpn-port-unreachable', confidence: 'possible' });
  });
});

describe('packets that arrive and are not answered', () => {
  const SAID = 'FortiClient stops at 10 % for everybody; a hotspot was tried, too.\n\n';
  const syn = (port: number) => SYN.replace('10443', String(port));
  const synAck = `wan1 out ${GATEWAY}.10443 -> ${CLIENT}.51342: syn 881234567 ack 1923340046`;
  const RULE = 'ssl-vpn-not-serving';

  it.each([
    ['at the port of SSL VPN', settings() + WAN1 + POLICY + capture(ONE, [SYN, SYN]), 'likely'],
    [
      'at a port to which a client comes that finds no VPN',
      SAID + capture('tcp port 443', [syn(443)]),
      'possible',
    ],
    [
      'where a person says that the page does not open',
      `Nobody can open the VPN page.\n\n${capture('tcp port 443', [syn(443)])}`,
      'possible',
    ],
  ])('are the reason: %s', (_where, text, confidence) => {
    const { findings, missing } = diagnoseText(text);
    expect(findings).toMatchObject([{ rule: RULE, confidence }]);
    expect(findings[0]?.fix.note).not.toMatch(/sniffer|hotspot/);
    expect(missing.flatMap(({ commands }) => commands).join()).not.toContain('ftm-push');
  });

  it('are refused where a reset comes back', () => {
    const reset = `wan1 out ${GATEWAY}.443 -> ${CLIENT}.51342: rst 0 ack 1923340046`;
    const [first] = diagnoseText(SAID + capture('tcp port 443', [syn(443), reset])).findings;
    expect(first?.title).toBe(`The FortiGate refuses ${CLIENT} on TCP 443`);
  });

  it.each([
    ['they are answered', SAID + capture('tcp port 10443', [SYN, synAck])],
    ['no person misses the VPN', capture('tcp port 443', [syn(443)])],
    ['the port is of push', SAID + capture('tcp port 4433', [syn(4433)])],
    ['the port is of SSH', SAID + capture('tcp port 22', [syn(22)])],
  ])('are not where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain(RULE);
  });
});

describe('a debug flow that nothing accepts', () => {
  it.each([
    ['on an interface that is not listed', dropped(0), ['source-interface-missing']],
    ['on a listed one', dropped(0, { on: 'wan1' }), ['ssl-vpn-not-serving']],
    ['at another port', dropped(0, { port: 443 }), []],
    ['of another protocol', dropped(0, { protocol: 17 }), []],
  ])('%s', (_where, text, rules) => {
    const { findings } = diagnoseText(settings() + text);
    expect(findings.flatMap(({ rule, explainedBy }) => (explainedBy ? [] : [rule]))).toEqual(rules);
  });

  it('names the address that is not in the list of SSL VPN', () => {
    const list =
      'config firewall address\n    edit "office"\n        set subnet 192.0.2.0 255.255.255.0\n    next\nend\n';
    const text = settings('set source-address "office"') + list + dropped(0, { on: 'wan1' });
    expect(diagnoseText(text).findings[0]?.rule).toBe('source-address-restricted');
  });
});

describe('a list of addresses whose name says that they are kept out', () => {
  it.each(['grp-blocklist', 'Denied_Hosts', 'black-list', 'bad hosts', 'ssl.banned'])('%s', (name) => {
    const [first] = diagnoseText(settings(`set source-address "${name}"`)).findings;
    expect(first).toMatchObject({ rule: 'source-address-restricted', confidence: 'possible' });
  });

  it.each([
    ['a building', ['set source-address "block-b"']],
    ['a person', ['set source-address "badger-home"']],
    ['one of two', ['set source-address "blocklist" "offices"']],
    ['those that are not kept out', ['set source-address "not-blocked"']],
    ['an exception', ['set source-address "denied-allow"']],
    ['a list that is negated', ['set source-address "blocklist"', 'set source-address-negate enable']],
  ])('is not one with the name of %s', (_what, lines) => {
    expect(rulesIn(diagnoseText(settings(...lines)))).toEqual([]);
  });
});

it('homes, whose addresses change, are added to the list as a country', () => {
  const said = 'from home FortiClient says that the VPN server may be unreachable';
  const [first] = diagnoseText(`${said}\n\n${settings('set source-address "offices"')}`).findings;
  expect(first).toMatchObject({ rule: 'source-address-restricted', confidence: 'likely' });
  expect(first?.fix.note).toMatch(/^First ask .* type geography/);
});

describe('a negated list of addresses', () => {
  const NEGATED = settings('set source-address "geo-home"', 'set source-address-negate enable');

  it.each([
    'Die Leute aus dem Lager kommen alle nicht rein (10 %)',
    'FortiClient stops at 10%',
    'Chez nous ça bloque à 10 % pour tout le monde',
    'Il client si ferma al 10 %, da fuori funziona',
    'nobody at home gets the page, all are stuck at 10%',
    'The two warehouses do not reach our VPN, everybody else does.',
    "My office doesn't even reach the SSL VPN",
    'Unsere Lager erreichen das SSL-VPN nicht, alle anderen schon.',
    'The two shops never reach the VPN, the others do.',
  ])('may be there by mistake: %s', (said) => {
    const [first] = diagnoseText(`${said}\n\n${NEGATED}`).findings;
    expect(first).toMatchObject({ rule: 'source-address-restricted', confidence: 'possible' });
  });

  it.each([
    'Is this list fine?',
    '10 % of the users are not in the list',
    'The CPU is stuck at 10 %',
    'Nicht mehr als 10 % Rabatt',
    'The RADIUS server does not answer, the others do.',
  ])('is not shown to be a mistake by: %s', (said) => {
    expect(rulesIn(diagnoseText(`${said}\n\n${NEGATED}`))).toEqual([]);
  });
});

describe('a line that a person names, on which SSL VPN does not listen', () => {
  const LINES = `config system interface\n    edit "wan1"\n        set ip ${GATEWAY} 255.255.255.248\n        set role wan\n    next\n    edit "wan2"\n        set ip 203.0.113.129 255.255.255.248\n        set role wan\n    next\nend\n`;
  const STOPS = 'FortiClient stops at 10 %.';

  it.each([
    ['where packets come in', `The capture shows packets arrive on wan2, unanswered. ${STOPS}`, 'likely'],
    ['where the SYN is seen', 'We see the SYN come in on wan2, there is no answer to it.', 'likely'],
    [
      'that clients use, while another works',
      `The clients on the new line connect to 203.0.113.129. ${STOPS} Over wan1 the VPN works.`,
      'likely',
    ],
    [
      'in German',
      `Die Clients nehmen 203.0.113.129 als Gateway. FortiClient bleibt bei 10 % stehen. Über wan1 geht es.`,
      'likely',
    ],
    ['that clients use', `Our clients connect to 203.0.113.129. ${STOPS}`, 'possible'],
  ])('is the reason: one %s', (_what, said, confidence) => {
    const [first] = diagnoseText(`${LINES}${settings()}\n${said}\n`).findings;
    expect(first).toMatchObject({ rule: 'source-interface-missing', confidence });
    expect(first?.fix.apply.join()).toContain('append source-interface "wan2"');
  });

  it.each([
    ['the packets are of phones', 'The capture shows packets of the phone arrive on wan2, unanswered.'],
    ['clients use IPsec there', `The IPsec clients connect to 203.0.113.129. ${STOPS}`],
    ['it is not in use', `Clients do not use wan2. ${STOPS}`],
    ['it works', `With 203.0.113.129 the client works. ${STOPS}`],
    ['SSL VPN listens there', `Clients connect to ${GATEWAY}. ${STOPS}`],
    ['no client fails', 'Clients connect to 203.0.113.129.'],
    ['it is only asked about', `Do clients connect to 203.0.113.129? ${STOPS}`],
  ])('is not where %s', (_why, said) => {
    expect(rulesIn(diagnoseText(`${LINES}${settings()}\n${said}\n`))).toEqual([]);
  });

  it('is not where SSL VPN listens on a loopback interface', () => {
    const text = `${LINES}${settings().replace('wan1', 'lo-vpn')}\nClients connect to 203.0.113.129. ${STOPS}\n`;
    expect(rulesIn(diagnoseText(text))).toEqual([]);
  });
});

describe('interfaces of SSL VPN that are down', () => {
  const table = (first: string, second: string) =>
    `config system interface\n    edit "wan2"\n        set ip 203.0.113.129 255.255.255.248\n        set role wan\n${second}    next\n    edit "wan1"\n        set ip ${GATEWAY} 255.255.255.248\n${first}    next\nend\n`;
  const OFF = '        set status down\n';
  const DIALUP =
    'config vpn ipsec phase1-interface\n    edit "ra"\n        set type dynamic\n        set interface "wan2"\n    next\nend\n';

  it('are the reason', () => {
    const { findings } = diagnoseText(settings() + table(OFF, ''));
    expect(findings).toMatchObject([{ rule: 'source-interface-missing', confidence: 'likely' }]);
    expect(findings[0]?.summary).toContain('wan2 (203.0.113.129) is up');
  });

  it('are the reason where all of several are', () => {
    const both = settings().replace('"wan1"', '"wan1" "wan2"');
    expect(rulesIn(diagnoseText(both + table(OFF, OFF)))).toEqual(['source-interface-missing']);
  });

  const physical = (first: string) =>
    `fgt # get system interface physical\n== [onboard]\n        ==[wan1]\n                mode: static\n                ip: ${GATEWAY} 255.255.255.248\n                status: ${first}\n        ==[wan2]\n                mode: static\n                ip: 203.0.113.129 255.255.255.248\n                status: up\n\nfgt # `;

  it('are the reason where an output says so', () => {
    const { findings } = diagnoseText(settings() + physical('down'));
    expect(findings).toMatchObject([{ rule: 'source-interface-missing', confidence: 'likely' }]);
    expect(findings[0]?.summary).toContain('wan2 (203.0.113.129) is up');
    expect(rulesIn(diagnoseText(settings() + physical('up')))).toEqual([]);
  });

  it.each([
    ['one of two is up', settings().replace('"wan1"', '"wan1" "wan2"') + table(OFF, '')],
    ['only another is off', settings() + table('', OFF)],
    ['a zone holds them', settings().replace('"wan1"', '"outside"') + table(OFF, OFF)],
    ['users have IPsec', settings() + table(OFF, '') + DIALUP],
    ['SSL VPN is off', settings('set status disable') + table(OFF, '')],
  ])('are not where %s', (_why, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain('source-interface-missing');
  });
});

describe('a drop by a local-in policy', () => {
  const SAID = 'Her FortiClient stops at 10 % since yesterday.\n\n';
  const LOCAL_IN = 'local-in-policy-denies';

  it.each([
    ['at the port of SSL VPN', settings() + dropped(4), 'certain'],
    ['at a port to which a client comes that finds no VPN', SAID + dropped(4, { port: 8443 }), 'possible'],
    ['at the usual port of SSL VPN, to which a client comes that finds no VPN', SAID + dropped(4), 'likely'],
    ['at the usual port of SSL VPN', dropped(4), 'possible'],
    [
      'in words of another language',
      `Der VPN-Client bleibt bei 10 % hängen.\n\n${dropped(4, { port: 8443 })}`,
      'possible',
    ],
    [
      'with the message of FortiClient',
      `"Unable to establish the VPN connection. The VPN server may be unreachable."\n\n${dropped(4, { port: 8443 })}`,
      'possible',
    ],
  ])('%s is the reason', (_where, text, confidence) => {
    expect(diagnoseText(text).findings[0]).toMatchObject({ rule: LOCAL_IN, confidence });
  });

  it.each([
    ['no person misses the VPN', dropped(4, { port: 8443 })],
    ['the percentage is a share', `10 % of the VPN users fail.\n\n${dropped(4, { port: 8443 })}`],
    ['the port is of SSH', SAID + dropped(4, { port: 22 })],
    ['SSL VPN has another port', SAID + settings() + dropped(4, { port: 8443 })],
  ])('is not where %s', (_why, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain(LOCAL_IN);
  });
});

describe('one port for the admin page and SSL VPN', () => {
  const said = 'Who opens the VPN gets the administrator login page.\n\n';
  const picked = (admin: number, vpn: number) =>
    `fgt # show full-configuration system global | grep admin-sport\n    set admin-sport ${admin}\n\nfgt # show full-configuration vpn ssl settings | grep port\n    set port ${vpn}\n\nfgt # `;

  it.each([
    ['picked lines', said + picked(10_443, 10_443)],
    ['whole blocks', `${said}config system global\n    set admin-sport 10443\nend\n${settings()}`],
    ['emphasis', picked(8443, 8443) + said.replace('administrator', '*administrator*')],
  ])('is the reason where the admin page answers: %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).toContain('vpn-port-taken');
  });

  it.each([
    ['it does not answer', picked(10_443, 10_443)],
    ['the ports differ', said + picked(8443, 10_443)],
  ])('is not where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain('vpn-port-taken');
  });
});

describe('the release in a sentence', () => {
  const EMPTY = 'config vpn ssl settings\nend\n';

  it.each([
    ['in quotes', '07:38 it says "Version: FortiGate-200F v7.6.3,build3510,250415 (GA.F)"\n\n'],
    [
      'twice',
      'Version: FortiGate-60F v7.6.4,build3596,250820 (GA.F)\n\nas above, Version: FortiGate-60F v7.6.4,build3596\n\n',
    ],
  ])('counts %s', (_how, text) => {
    expect(rulesIn(diagnoseText(text + EMPTY))).toEqual(['ssl-vpn-removed']);
  });

  it.each([
    [
      'before and after an upgrade',
      'was "Version: FortiGate-60F v7.4.8,build2795", is "Version: FortiGate-60F v7.6.3,build3510"\n'.replace(
        ', is',
        '\nis',
      ),
    ],
    ['without a build', 'we plan Version: FortiGate-60F v7.6.3 for May\n'],
    ['of an older one', 'it says "Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)"\n'],
  ])('does not %s', (_how, text) => {
    expect(rulesIn(diagnoseText(`${text}\n${EMPTY}`))).toEqual([]);
  });

  const status = (release: string, vdoms = 'disable') =>
    `fgt # get system status\nVersion: FortiGate-40F ${release}\nHostname: fgt\nVirtual domain configuration: ${vdoms}\n\n`;
  const refused = (command: string, what = 'ssl') =>
    `fgt # ${command}\n\ncommand parse error before '${what}'\nCommand fail. Return code -61\n\nfgt # `;

  it.each([
    ['of the settings', status('v7.6.0,build3401,240724 (GA.F)') + refused('show vpn ssl settings')],
    [
      'of all settings',
      status('v7.6.2,build3462,250121 (GA.F)') + refused('show full-configuration vpn ssl settings'),
    ],
    [
      'on a model that lost it earlier',
      status('v7.4.8,build2795,250523 (GA.M)') + refused('config vpn ssl settings'),
    ],
  ])('and a refusal %s show that the model has no SSL VPN', (_what, text) => {
    expect(diagnoseText(text).findings).toMatchObject([{ rule: 'ssl-vpn-removed', confidence: 'likely' }]);
  });

  it.each([
    [
      'the release has it on every model',
      status('v7.4.7,build2731,250120 (GA.M)') + refused('show vpn ssl settings'),
    ],
    ['VDOMs are on', status('v7.6.0,build3401,240724 (GA.F)', 'multiple') + refused('show vpn ssl settings')],
    [
      'the command was mistyped',
      status('v7.6.0,build3401,240724 (GA.F)') + refused('show vpn sll settings', 'sll'),
    ],
    [
      'there is a dial-up tunnel',
      `${status('v7.6.0,build3401,240724 (GA.F)') + refused('show vpn ssl settings')}show vpn ipsec phase1-interface\nconfig vpn ipsec phase1-interface\n    edit "ra"\n        set type dynamic\n    next\nend\n\nfgt # `,
    ],
  ])('and a refusal do not where %s', (_why, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain('ssl-vpn-removed');
  });

  it('and a switch that SSL VPN has not show the removal', () => {
    const session =
      "fgt # get system status\nVersion: FortiGate-200F v7.6.3,build3510,250415 (GA.F)\n\nfgt # config vpn ssl settings\nfgt (settings) # set status enable\nvalue parse error before 'enable'\nCommand fail. Return code -1\n\nfgt (settings) # ";
    expect(rulesIn(diagnoseText(session))).toEqual(['ssl-vpn-removed']);
  });
});

import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

interface Packet {
  readonly to?: string;
  readonly port?: number;
  readonly protocol?: number;
  readonly on?: string;
  readonly vdom?: string;
}

const CALLED = '198.51.100.10';
const OTHER = '203.0.113.10';

const INTERFACES = `config system interface
    edit "wan1"
        set vdom "root"
        set ip ${CALLED} 255.255.255.0
        set allowaccess ftm
        set role wan
    next
    edit "wan2"
        set vdom "guest"
        set ip ${OTHER} 255.255.255.0
        set allowaccess ftm
        set role wan
    next
    edit "internal"
        set vdom "root"
        set ip 192.168.1.1 255.255.255.0
    next
end
`;
const DHCP = INTERFACES.replace(`set ip ${CALLED} 255.255.255.0`, 'set mode dhcp');

function push(line: string): string {
  return `config system ftm-push\n    set status enable\n    ${line}\nend\n`;
}

const BY_ADDRESS = push(`set server "${CALLED}"`);
const BY_NAME = push('set server "push.example.net"');
const BY_INTERFACE = push('set interface "wan1"');
const LOOKUP = `fgt # execute ping push.example.net\nPING push.example.net (${CALLED}): 56 data bytes\n\nfgt # \n`;

function flowOf({ to = CALLED, port = 4433, protocol = 6, on = 'wan1', vdom = 'root' }: Packet, end: string) {
  return [
    `id=20085 trace_id=1 func=print_pkt_detail line=5501 msg="vd-${vdom}:0 received a packet(proto=${protocol}, 192.0.2.55:51522->${to}:${port}) from ${on}. flag [S], seq 2870211, ack 0, win 65535"`,
    `id=20085 trace_id=1 func=fw_local_in_handler line=474 msg="${end}"`,
    '',
  ].join('\n');
}

function captureOf({ to = CALLED, port = 4433, on = 'wan1' }: Packet): string {
  const syn = (second: number) =>
    `2026-03-02 09:12:0${second}.100000 ${on} in 192.0.2.55.51522 -> ${to}.${port}: syn 100`;
  return `fgt # diagnose sniffer packet any 'tcp port ${port}' 4 20 l\ninterfaces=[any]\nfilters=[tcp port ${port}]\n${syn(5)}\n${syn(6)}\n${syn(8)}\n\n3 packets received by filter\n0 packets dropped by kernel\n\nfgt # \n`;
}

function passedOn({ to = CALLED, port = 4433, on = 'wan1' }: Packet): string {
  return `fgt # diagnose sniffer packet any 'tcp port ${port}' 4 20 l\ninterfaces=[any]\nfilters=[tcp port ${port}]\n2026-03-02 09:12:05.100000 ${on} in 192.0.2.55.51522 -> ${to}.${port}: syn 100\n2026-03-02 09:12:05.100000 internal out 192.0.2.55.51522 -> 192.168.1.20.${port}: syn 100\n\n2 packets received by filter\n\nfgt # \n`;
}

/** Each shows a packet that comes to grief, and the rule that says so of a phone's callback. */
const FATES: readonly (readonly [string, string, (packet: Packet) => string])[] = [
  [
    'dropped by policy 0',
    'callback-not-accepted',
    (each) => flowOf(each, 'iprope_in_check() check failed on policy 0, drop'),
  ],
  [
    'dropped by policy 7',
    'local-in-policy-denies',
    (each) => flowOf(each, 'iprope_in_check() check failed on policy 7, drop'),
  ],
  [
    'dropped by the reverse path check',
    'callback-asymmetric-route',
    (each) => flowOf(each, 'reverse path check fail, drop'),
  ],
  ['left without an answer', 'callback-not-accepted', captureOf],
  ['passed on', 'port-conflict-vip', passedOn],
];

/** Where the evidence shows what the phone calls, and packets that are not its callback. */
const SHOWN: readonly (readonly [string, string])[] = [
  ['the address', BY_ADDRESS + INTERFACES],
  ['the address alone', BY_ADDRESS],
  ['the name and what it leads to', BY_NAME + INTERFACES + LOOKUP],
  ['the interface', BY_INTERFACE + INTERFACES],
];
const OTHERS: readonly (readonly [string, Packet])[] = [
  ['another address', { to: OTHER, on: 'wan2', vdom: 'guest' }],
  ['another port', { port: 10443 }],
  ['an address behind the FortiGate', { to: '192.0.2.200' }],
];

function verdictOf(rule: string, text: string) {
  return diagnose([{ name: 'paste', text }]).checks.find((each) => each.rule === rule)?.verdict;
}

describe.each(FATES)('a packet %s (%s)', (_fate, rule, logOf) => {
  it.each(SHOWN)('is a finding where it is the phone’s, by %s', (_what, configuration) => {
    expect(verdictOf(rule, configuration + logOf({}))).toBe('broken');
  });

  it.each(
    SHOWN.flatMap(([shown, text]) => OTHERS.map(([other, packet]) => [shown, other, text, packet] as const)),
  )(
    'is none where the evidence shows %s and the packet goes to %s',
    (_shown, _other, configuration, packet) => {
      expect(verdictOf(rule, configuration + logOf(packet))).not.toBe('broken');
    },
  );

  it('is none on another way in from the Internet than the interface named', () => {
    const packet = { to: OTHER, on: 'wan2', vdom: 'guest' };
    expect(verdictOf(rule, BY_INTERFACE + DHCP + logOf({}))).toBe('broken');
    expect(verdictOf(rule, BY_INTERFACE + DHCP + logOf(packet))).not.toBe('broken');
  });

  it('is a finding where it was translated on the way to an address of the FortiGate’s own', () => {
    const inner = `${BY_ADDRESS}config system interface\n    edit "wan1"\n        set vdom "root"\n        set ip 10.0.0.2 255.255.255.0\n        set allowaccess ftm\n        set role wan\n    next\nend\n`;
    expect(verdictOf(rule, inner + logOf({ to: '10.0.0.2' }))).toBe('broken');
    expect(verdictOf(rule, inner + logOf({ to: OTHER }))).not.toBe('broken');
  });
});

it.each([
  ['UDP', { protocol: 17 }],
  ['in another VDOM', { vdom: 'guest' }],
])('a dropped packet is no callback where it is %s', (_what, packet) => {
  const log = flowOf(packet, 'iprope_in_check() check failed on policy 0, drop');
  expect(verdictOf('callback-not-accepted', BY_ADDRESS + INTERFACES + log)).not.toBe('broken');
  const reverse = flowOf(packet, 'reverse path check fail, drop');
  expect(verdictOf('callback-asymmetric-route', BY_ADDRESS + INTERFACES + reverse)).not.toBe('broken');
});

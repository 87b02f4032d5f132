import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const SERVER = '10.30.1.15';
const DEBUG = [
  '[2282] handle_req-Rcvd auth req 880123 for marlow in VPN-RAD opt=00200421 prot=11',
  `[1105] __fnbamd_rad_send-Sent radius req to server 'nps-main': fd=10, IP=${SERVER}(${SERVER}:1812) code=1 id=44 len=141`,
  `[730] __rad_conn_timeout-Connction with nps-main:${SERVER} timed out.`,
  "[1286] fnbamd_rad_process-Result from radius svr 'nps-main' is 10, req 880123",
  '[239] fnbamd_comm_send_result-Sending result 10 (nid 0) for req 880123, len=2144\n\n',
].join('\n');
const request = (second: string) => `${second}.110233 port3 out 10.30.0.1.9311 -> ${SERVER}.1812: udp 141`;
const answer = (second: string) => `${second}.118331 port3 in ${SERVER}.1812 -> 10.30.0.1.9311: udp 88`;

function capture(
  packets: readonly string[],
  { filter = `host ${SERVER} and udp port 1812`, on = 'any', end = true } = {},
) {
  return [
    `fgt # diagnose sniffer packet ${on} '${filter}' 4 10 l`,
    `interfaces=[${on}]`,
    `filters=[${filter}]`,
    ...packets.map((packet) => `2026-03-02 09:12:${packet}`),
    ...(end ? [`${packets.length} packets received by filter`] : []),
    '',
  ].join('\n');
}

describe('a capture of the requests to a RADIUS server that was silent', () => {
  it.each([
    [
      'no answer',
      capture([request('01'), request('06')]),
      'certain',
      /leave on port3, and nps-main does not answer/,
    ],
    ['one request', capture([request('01')]), 'likely', /leave on port3, and nps-main does not answer/],
    ['one interface', capture([request('01'), request('06')], { on: 'port3' }), 'likely', /does not answer/],
    ['a late answer', capture([request('01'), answer('14')]), 'likely', /answers after 13 s/],
    [
      'a late answer to the second request',
      capture([request('01'), request('06'), answer('14')]),
      'likely',
      /answers after 13 s/,
    ],
    [
      'an answer in time',
      capture([request('01'), answer('02')]),
      'possible',
      /answers, and the FortiGate does not take/,
    ],
  ])('with %s is the reason, and nobody is asked for another one', (_what, text, confidence, title) => {
    const [first] = diagnoseText(DEBUG + text).findings;
    expect(first).toMatchObject({ rule: 'radius-server-unreachable', confidence });
    expect(first?.title).toMatch(title);
    expect(first?.fix.note).not.toContain('diagnose sniffer');
  });

  it.each([
    ['still runs', capture([request('01')], { end: false })],
    ['is of another server', capture([request('01').replace(SERVER, '10.30.1.16')])],
    ['shows one direction', capture([request('01'), request('06')], { filter: `dst host ${SERVER}` })],
  ])('that %s leaves open what becomes of them', (_what, text) => {
    const [first] = diagnoseText(DEBUG + text).findings;
    expect(first?.title).toBe('The RADIUS server nps-main does not answer: marlow cannot log in');
  });

  it('names the address that the server must know as a client', () => {
    const [first] = diagnoseText(DEBUG + capture([request('01'), request('06')])).findings;
    expect(first?.fix.note).toContain('is 10.30.0.1 a known client');
  });
});

describe('a capture of RADIUS without a login', () => {
  it.each([
    ['requests that nothing answers', capture([request('01'), request('06')]), ['radius-server-unreachable']],
    ['a late answer', capture([request('01'), answer('14')]), []],
    ['one request', capture([request('01')]), []],
    [
      'requests of another direction',
      capture([request('01'), request('06')].map((line) => line.replace(' out ', ' in '))),
      [],
    ],
  ])('with %s', (_what, text, rules) => {
    const { findings, missing } = diagnoseText(text);
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
    expect(missing.flatMap(({ commands }) => commands).join()).not.toContain('ftm-push');
    expect(findings.every(({ confidence }) => confidence === 'likely')).toBe(true);
  });

  it('names the server as its entry does', () => {
    const entry = `config user radius\n    edit "nps-main"\n        set server "${SERVER}"\n    next\nend\n`;
    const [first] = diagnoseText(entry + capture([request('01'), request('06')])).findings;
    expect(first?.title).toContain('and nps-main does not answer');
  });
});

describe('a silent server that is asked from `source-ip`', () => {
  const settings = (...lines: readonly string[]) =>
    ['config user radius', '    edit "nps-main"', ...lines, '    next', 'end', ''].join('\n');
  const from = (...lines: readonly string[]) =>
    diagnoseText(DEBUG + settings(`        set server "${SERVER}"`, ...lines)).findings[0];

  it('is tested from that address, which its administrator and the way back must know', () => {
    const { fix, evidence } = from('        set source-ip 10.30.0.1') ?? {};
    expect(fix?.note).toMatch(
      new RegExp(`\`execute ping-options source 10\\.30\\.0\\.1\`, \`execute ping ${SERVER}\``),
    );
    expect(fix?.note).toContain('The requests leave as 10.30.0.1 (`source-ip`)');
    expect(fix?.note).toContain('Do they arrive, is 10.30.0.1 a known client');
    expect(evidence?.map(({ text }) => text.trim())).toContain('set source-ip 10.30.0.1');
  });

  it('is tested from the address of the interface where none is set', () => {
    expect(from()?.fix.note).not.toContain('ping-options');
  });
});

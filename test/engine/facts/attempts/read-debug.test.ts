import { describe, expect, it } from 'vitest';
import type { Section } from '../../../../src/engine/evidence/types.ts';
import { readDebug } from '../../../../src/engine/facts/attempts/read-debug.ts';
import { FACTS } from '../../../../src/engine/facts/facts.ts';
import {
  clock,
  granted,
  handshake,
  type Login,
  passwordAnswer,
  passwordStage,
  stamped,
  successfulFnbamd,
  successfulLogin,
  tokenAnswer,
  upToPush,
} from '../../../fixtures/logs/login-lines.ts';
import { card, valueIn } from './read-log.ts';

const ANA: Login = { user: 'ana', pid: 100, sid: 'd9' };

function section(source: string, lines: readonly string[], more: Partial<Section> = {}): Section {
  return { kind: 'debug', source, start: 1, lines, ...more };
}

describe('without debug output', () => {
  it.each([
    ['nothing', []],
    ['a configuration', [section('backup.conf', ['config system global', 'end'], { kind: 'config' })]],
  ])('%s leaves every log fact unknown, with a reason', (_, sections) => {
    const facts = readDebug(sections);
    for (const [name, fact] of Object.entries(facts)) {
      expect(FACTS[name as keyof typeof facts].fromLog).toBe(true);
      expect(fact).toMatchObject({ state: 'unknown', reason: expect.stringMatching(/contains no/) });
    }
  });

  it('debug lines without a login say so', () => {
    const { attempts, debugLog } = readDebug([section('x.log', ['[1:root:a]req: /remote/portal'])]);
    expect(attempts).toMatchObject({ state: 'unknown', reason: 'the debug output contains no login' });
    expect(debugLog).toMatchObject({ value: { lines: 1, timestamps: false, daemons: { sslvpn: true } } });
  });
});

describe('several sources', () => {
  const login = successfulLogin(ANA, 10);
  const pushLines = login.filter((line) => !line.includes('[100:'));
  const vpnLines = login.flatMap((line) => {
    const at = line.indexOf('[100:');
    return at < 0 ? [] : [at > 20 ? `${line.slice(0, 20)}${line.slice(at)}` : line];
  });

  it('logs of one daemon each are merged by their time stamps', () => {
    const halves = [...pushLines, handshake('complete', 18)];
    const facts = readDebug([section('vpn.log', vpnLines), section('push.log', halves)]);
    const [attempt, ...others] = valueIn(facts.attempts);
    expect(others).toEqual([]);
    expect(attempt?.outcome).toBe('succeeded');
    expect(attempt?.milestones.pushSent?.quote.source).toBe('push.log');
    expect(attempt?.milestones.granted?.quote.source).toBe('vpn.log');
    expect(attempt?.milestones.callbackCompleted?.quote.source).toBe('push.log');
  });

  it('a paste in two parts is one log', () => {
    const whole = successfulLogin(ANA);
    const facts = readDebug([section('paste 1', whole.slice(0, 15)), section('paste 2', whole.slice(15))]);
    expect(valueIn(facts.attempts).map(card)).toEqual(['✓✓✓✓✓✓✓✓✓✓']);
  });

  describe('a paste in parts', () => {
    const bob: Login = { user: 'bob', pid: 101, sid: '1f', token: 'FTKMOB0000000002' };
    const whole = [...successfulLogin(ANA, 10), ...upToPush(bob, 40), ...stamped(150, ['[101:root:0]alive'])];
    const cards = (...parts: readonly (readonly string[])[]) =>
      valueIn(readDebug(parts.map((lines, index) => section(`paste ${index}`, lines))).attempts).map(card);
    const expected = cards(whole);

    it('is one log wherever it was cut, a push request in the middle included', () => {
      for (let cut = 8; cut < whole.length - 8; cut += 1) {
        const got = cards(whole.slice(0, 6), whole.slice(6, cut), whole.slice(cut));
        expect([cut, got]).toEqual([cut, expected]);
      }
    });

    it('is one log in whatever order its parts come', () => {
      const cut = whole.findIndex((line) => line.startsWith(clock(40)));
      expect(cards(whole.slice(cut), whole.slice(0, cut))).toEqual(expected);
    });
  });

  it('gives each phone its own login where one second holds the end of both', () => {
    const bob: Login = { user: 'bob', pid: 101, sid: '1f', token: 'FTKMOB0000000002' };
    const slow: Login = { user: 'cy', pid: 102, sid: '2f', token: 'FTKMOB0000000003' };
    const vpn = [
      ...upToPush(ANA, 0),
      ...upToPush(bob, 2),
      ...upToPush(slow, 4),
      ...tokenAnswer(ANA, 0, 'success', 9),
      ...granted(ANA, 9),
      ...tokenAnswer(bob, 1, 'denied', 10),
      ...stamped(200, ['[102:root:0]alive']),
    ];
    const isVpn = (line: string) => /\[10\d:root:/.test(line);
    const push = [...vpn.filter((line) => !isVpn(line)), handshake('complete', 9), handshake('complete', 10)];
    const facts = readDebug([section('vpn.log', vpn.filter(isVpn)), section('push.log', push)]);
    expect(valueIn(facts.attempts).map((each) => [each.user, each.outcome, card(each)])).toEqual([
      ['ana', 'succeeded', '✓✓✓✓✓✓✓✓✓✓'],
      ['bob', 'denied', '✓✓✓✓✓✓✓✓✗–'],
      ['cy', 'timed-out', '✓✓✓✓✓?✗–––'],
    ]);
  });

  it('a refused password in both daemons’ files is one attempt', () => {
    const vpn = [...passwordStage(ANA, 10), ...passwordAnswer(ANA, 1, 10)];
    const fnbamd = stamped(10, [
      '[1906] handle_req-Rcvd auth req 15 for ana in  opt=00200400 prot=11',
      '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 15, len=3271',
    ]);
    for (const files of [
      [vpn, fnbamd],
      [fnbamd, vpn],
    ]) {
      const facts = readDebug(files.map((lines, index) => section(`file ${index}`, lines)));
      expect(valueIn(facts.attempts).map((each) => [each.session, each.outcome])).toEqual([
        ['100:root:d9', 'failed'],
      ]);
    }
  });

  it('the same log given twice is one log', () => {
    const facts = readDebug([section('a.log', login), section('copy of a.log', login)]);
    expect(valueIn(facts.attempts)).toHaveLength(1);
  });

  it('sslvpn and fnbamd of one login in two files are one attempt', () => {
    const requests = successfulFnbamd(ANA, 10);
    const facts = readDebug([section('fnbamd.log', requests), section('vpn.log', login)]);
    expect(valueIn(facts.attempts).map((each) => [each.session, each.outcome])).toEqual([
      ['100:root:d9', 'succeeded'],
    ]);
  });
});

describe('the command that turns a debug on', () => {
  const later = stamped(300, ['[101:root:4]req: /remote/portal']);
  const silent = upToPush(ANA, 0).filter((line) => line.includes('[100:'));

  it.each([
    ['makes silence a proof', 'diagnose debug application ftm-push -1', '✓✓✓✗––––––'],
    ['of another daemon does not', 'diagnose debug application sslvpn -1', '✓✓✓???????'],
    ['with level 0 does not', 'diagnose debug application ftm-push 0', '✓✓✓???????'],
  ])('%s', (_, command, expected) => {
    const facts = readDebug([
      section('session.txt', [], { kind: 'output', command }),
      section('session.txt', [...silent, ...later], { start: 2 }),
    ]);
    expect(valueIn(facts.attempts).map(card)).toEqual([expected]);
  });

  it('typed only afterwards proves nothing about the login before', () => {
    const facts = readDebug([
      section('session.txt', [...silent, ...later, 'fgt # diagnose debug application ftm-push -1']),
    ]);
    expect(valueIn(facts.attempts).map(card)).toEqual(['✓✓✓???????']);
    expect(valueIn(facts.debugLog).daemons['ftm-push']).toBe(true);
  });
});

describe('debug flow and event log', () => {
  const packet =
    'id=20085 trace_id=7 func=print_pkt_detail line=5501 msg="vd-root:0 received a packet(proto=6, 203.0.113.55:51522->198.51.100.10:4433) from wan1. flag [S], seq 1, ack 0, win 65535"';
  const drop = (trace: number, policy: number) =>
    `id=20085 trace_id=${trace} func=fw_local_in_handler line=474 msg="iprope_in_check() check failed on policy ${policy}, drop"`;

  it('joins a drop with its packet by trace', () => {
    const other = packet.replace('trace_id=7', 'trace_id=8').replace('4433', '22');
    const facts = readDebug([section('flow.log', [packet, other, drop(8, 3), drop(7, 0), drop(9, 1)])]);
    expect(valueIn(facts.flowDrops)).toMatchObject([
      { policy: 3, destination: { address: '198.51.100.10', port: 22 } },
      {
        policy: 0,
        destination: { address: '198.51.100.10', port: 4433 },
        quotes: [{ line: 4 }, { line: 1 }],
      },
      { policy: 1, quotes: [{ line: 5 }] },
    ]);
    expect(valueIn(facts.flowDrops)[2]?.destination).toBeUndefined();
  });

  it('reads push events, wherever they stand', () => {
    const line = (id: string) =>
      `2: date=2025-11-24 time=10:17:40 tz="+0000" logid="${id}" type="event" subtype="system" level="alert" vd="branch" logdesc="x" msg="y"`;
    const lines = [line('0100032161'), line('0100032160'), line('0100032002')];
    for (const kind of ['debug', 'output', 'other'] as const) {
      const facts = readDebug([section('events.txt', lines, { kind })]);
      expect(valueIn(facts.pushEvents)).toMatchObject([
        { sent: false, at: '2025-11-24 10:17:40', vdom: 'branch', quotes: [{ line: 1 }] },
        { sent: true, quotes: [{ line: 2 }] },
      ]);
    }
  });
});

describe('a login through IKE', () => {
  const ike = [
    'ike V=sales:1:DIAL:33: FCT EAP 2FA extension vendor ID received',
    'ike V=sales:1:DIAL: EAP user "ana"',
  ].map((line) => `2025-11-24 09:12:00.027192 ${line}`);
  const eap = [
    '2025-11-24 09:12:01 1763975521.873226: 2025-11-24 09:12:01 EAP: EAP entering state METHOD_REQUEST',
    '2025-11-24 09:12:01 1763975521.884536: 2025-11-24 09:12:01 EAP-MSCHAPV2: Invalid NT-Response',
    '2025-11-24 09:12:01 1763975521.884736: 2025-11-24 09:12:01 eap_comm_client_read:707, type:0, size:928',
  ];

  it('is told by fnbamd, and its VDOM by ike', () => {
    const facts = readDebug([section('x.log', [...ike, ...eap, ...successfulFnbamd(ANA, 2)])]);
    expect(valueIn(facts.attempts)).toMatchObject([{ user: 'ana', vdom: 'sales', outcome: 'succeeded' }]);
  });

  it('whose refusal ike prints keeps its user', () => {
    const refusal = [
      'ike V=sales:1:DIAL:33 EAP 9419086397485 result FNBAM_DENIED',
      'ike V=sales:1:DIAL: EAP failed for user "ana"',
    ];
    const { ikeLogins } = readDebug([section('x.log', [ike[0] ?? '', ...refusal])]);
    expect(valueIn(ikeLogins)).toMatchObject([{ user: 'ana', eap: true, accepted: false }]);
  });

  it('reports that eap_proxy lines were not read if it has no others', () => {
    expect(readDebug([section('x.log', eap)]).attempts).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('lines of eap_proxy name no user and were not read'),
    });
  });
});

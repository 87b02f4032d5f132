import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../../src/engine/fortios/debug/read-records.ts';
import { splitLine } from '../../../../src/engine/fortios/debug/split-line.ts';
import { readTimestamp } from '../../../../src/engine/fortios/debug/timestamp.ts';

function recordsOf(...lines: string[]) {
  return [...readRecords(lines)];
}

const HEADS = [
  '[5784:root:d9]',
  '[12:<vdom#1>:0]fam_do_cb:730 ',
  'SSL: (where=0x20 ret=0x1)',
  'SSL: SSL_accept:before SSL initialization',
  '[2042] handle_req-Rcvd ftm2_auth_withid req 7',
  'Connecting to server address: 203.0.113.42, port nubmer: 443 oif: 0',
  '{"sender":"FGT-FGVM000000000001-root"',
  '2025-11-24 09:12:04 ',
];

describe('splitLine', () => {
  it('loses no character', () => {
    const part = fc.oneof(fc.constantFrom(...HEADS), fc.string(), fc.string({ unit: 'binary-ascii' }));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const line = parts.join('');
        const pieces = [...splitLine(line)];
        expect(pieces.join('')).toBe(line);
        expect(pieces.every((piece) => piece.length > 0)).toBe(true);
      }),
    );
  });

  it.each([
    ['no daemon at all', 'just text', ['just text']],
    ['nothing', '', []],
    [
      'TLS steps and the next sslvpn message',
      'SSL: (where=0x20 ret=0x1)SSL: (where=0x2002 ret=0x1)[5784:root:d9]fam_do_cb:730 x',
      ['SSL: (where=0x20 ret=0x1)', 'SSL: (where=0x2002 ret=0x1)', '[5784:root:d9]fam_do_cb:730 x'],
    ],
    [
      'a message without a prefix after a TLS step',
      "SSL: (where=0x2002 ret=0x1)invalid auth params for user 'ana'",
      ['SSL: (where=0x2002 ret=0x1)', "invalid auth params for user 'ana'"],
    ],
    [
      'two sslvpn messages, the second stamped',
      '[1:root:d9]a2025-11-24 09:12:04 [1:root:d9]b',
      ['[1:root:d9]a', '2025-11-24 09:12:04 [1:root:d9]b'],
    ],
    [
      'fnbamd after sslvpn',
      '[1:root:d9]x[2042] handle_req-Rcvd auth req 7',
      ['[1:root:d9]x', '[2042] handle_req-Rcvd auth req 7'],
    ],
    [
      'several messages of ike, pasted without line ends',
      "ike V=root:0:ra-staff:71: received peer identifier FQDN 'aviary' ike V=root:0:ra-staff:71: gw validation failed ike 0: x",
      [
        "ike V=root:0:ra-staff:71: received peer identifier FQDN 'aviary' ",
        'ike V=root:0:ra-staff:71: gw validation failed ',
        'ike 0: x',
      ],
    ],
    [
      'a message of ike that quotes another',
      'ike Negotiate ISAKMP SA Error: ike 0:c0ffee5a/0000:720: no SA proposal chosen',
      ['ike Negotiate ISAKMP SA Error: ike 0:c0ffee5a/0000:720: no SA proposal chosen'],
    ],
    [
      'a list index is no fnbamd head',
      '[1:root:d9]Received: auth_rsp_data.grp_list[0] = 16777218',
      ['[1:root:d9]Received: auth_rsp_data.grp_list[0] = 16777218'],
    ],
  ])('%s', (_, line, pieces) => {
    expect([...splitLine(line)]).toEqual(pieces);
  });
});

describe('readRecords', () => {
  it.each([
    ['[5784:root:d9]fam_do_cb:730 fnbamd return auth success.', 'sslvpn', 'fnbamd return auth success.'],
    ['[5784:root:d9][fam_auth_send_req_internal:426] Groups sent', 'sslvpn', 'Groups sent'],
    ['[5784:root:d9]Content-Length 106', 'sslvpn', 'Content-Length 106'],
    ['[239] fnbamd_comm_send_result-Sending result 0', 'fnbamd', 'Sending result 0'],
    ['SSL: (where=0x10 ret=0x1)', 'ftm-push', 'SSL: (where=0x10 ret=0x1)'],
    ['User-Agent: fortinet/c', 'ftm-push', 'User-Agent: fortinet/c'],
    ['id=20085 trace_id=1 func=x line=1 msg="y"', 'flow', 'id=20085 trace_id=1 func=x line=1 msg="y"'],
    ['ike 0:dialup:7: negotiation result', 'ike', 'ike 0:dialup:7: negotiation result'],
    ['ike V=root:0:dialup:7: x', 'ike', 'ike V=root:0:dialup:7: x'],
    ['logid="0100032160" vd="root"', 'event', 'logid="0100032160" vd="root"'],
    ['anything else', 'other', 'anything else'],
  ])('%s → %s', (line, daemon, text) => {
    for (const stamp of ['', '2025-11-24 09:12:04 ']) {
      const [record, ...others] = recordsOf(`${stamp}${line}`);
      expect(others).toEqual([]);
      expect([record?.daemon, record?.text, record?.raw]).toEqual([daemon, text, `${stamp}${line}`]);
    }
  });

  it('reads process, VDOM and session', () => {
    expect(recordsOf('[5784:branch-1:1f3]x')[0]?.session).toEqual({
      pid: '5784',
      vdom: 'branch-1',
      sid: '1f3',
    });
  });

  it('gives the stamp of a line to every message glued to it', () => {
    const records = recordsOf('2025-11-24 09:12:04 SSL: (where=0x20 ret=0x1)[1:root:d9]x', '[1:root:d9]y');
    expect(records.map((record) => [record.line, record.stamp])).toEqual([
      [1, '2025-11-24 09:12:04'],
      [1, '2025-11-24 09:12:04'],
      [2, undefined],
    ]);
  });

  it('gives the time, not the stamp, to the further lines of one message', () => {
    const [, body] = recordsOf('2025-11-24 09:12:04 Connection: keep-alive', '{"sender":"FGT-X-root"}');
    expect(body?.stamp).toBeUndefined();
    expect(body?.at).toBe(Date.UTC(2025, 10, 24, 9, 12, 4) / 1000);
  });

  it('counts lines from where its section starts', () => {
    expect([...readRecords(['a', '', 'b'], 40)].map((record) => record.line)).toEqual([40, 42]);
  });
});

describe('readTimestamp', () => {
  it.each([
    ['2025-03-29 19:31:41 x', Date.UTC(2025, 2, 29, 19, 31, 41) / 1000],
    ['2025-13-29 19:31:41 x', undefined],
    ['2025-03-29 25:31:41 x', undefined],
    ['2025-03-29 19:31:41x', undefined],
    [' 2025-03-29 19:31:41', undefined],
  ])('%s', (text, at) => {
    expect(readTimestamp(text)?.at).toBe(at);
  });
});

describe('a message that begins inside a line', () => {
  const message = '[5784:root:d9]req: /remote/portal';

  it.each(['x', 'cut off', 'just twenty letters.', 'more than twenty letters of it', 'SSL: SSL_accept:x'])(
    'behind %j',
    (before) => {
      expect(
        recordsOf(`${before}${message}`)
          .map((record) => record.daemon)
          .at(-1),
      ).toBe('sslvpn');
    },
  );

  it.each(['', '2025-11-24 09:12:03 '])('alone behind the stamp %j', (stamp) => {
    expect(recordsOf(`${stamp}${message}`)).toHaveLength(1);
  });
});

describe('a time stamp with microseconds', () => {
  const at = Date.UTC(2026, 3, 27, 9, 55, 53) / 1000;

  it.each([
    ['ike', '2026-04-27 09:55:53.027192 ike V=root:0:DIAL:33: responder received EAP msg', 'ike V=root:0:'],
    ['sslvpn', '2026-04-27 09:55:53.027192 [1:root:a]Auth successful for user ana', 'Auth successful'],
  ])('is one of %s', (daemon, line, text) => {
    const [record, ...others] = readRecords([line]);
    expect(others).toEqual([]);
    expect(record).toMatchObject({ daemon, at, stamp: '2026-04-27 09:55:53', raw: line });
    expect(record?.text).toMatch(new RegExp(`^${text}`));
  });

  it('may precede a tab, as some terminals save it', () => {
    const line = '2026-04-27 09:55:53\t[1:root:a]Auth successful for user ana';
    expect([...readRecords([line])]).toMatchObject([{ daemon: 'sslvpn', at, raw: line }]);
  });

  it('is left to the sniffer, which prints its own', () => {
    const line = '2026-04-27 09:55:53.027192 wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 1';
    expect([...readRecords([line])]).toMatchObject([{ daemon: 'other', text: line }]);
  });
});

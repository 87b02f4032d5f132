import { describe, expect, it } from 'vitest';
import type { Section } from '../../../../src/engine/evidence/types.ts';
import { readDebug } from '../../../../src/engine/facts/attempts/read-debug.ts';
import { readLog, valueIn } from '../attempts/read-log.ts';

const flow = (trace: number, text: string) => `id=65308 trace_id=${trace} func=f line=1 msg="${text}"`;
const packet = (port: number, protocol = 6) =>
  `vd-root:0 received a packet(proto=${protocol}, 203.0.113.55:51522->198.51.100.10:${port}) tun_id=0.0.0.0 from wan1. flag [S], seq 1, ack 0, win 65535`;

describe('sniffer', () => {
  const silent = ['interfaces=[any]', 'filters=[tcp port 4433]', '', '0 packets received by filter'];

  it('a run that caught nothing says what it would have caught', () => {
    expect(valueIn(readLog(silent).callbackPackets)).toMatchObject({
      captures: [{ interfaces: ['any'], filter: 'tcp port 4433', ports: [4433], ended: true, received: 0 }],
      packets: [],
    });
  });

  it('a run that was cut did not end', () => {
    const { captures } = valueIn(readLog(silent.slice(0, 2)).callbackPackets);
    expect(captures).toMatchObject([{ ended: false }]);
  });

  it('gives packets to the run above them', () => {
    const syn = '4.118312 wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 2870211';
    const { captures, packets } = valueIn(
      readLog([syn, ...silent, ...silent.slice(0, 2), syn, '1 packets received by filter']).callbackPackets,
    );
    expect(captures).toHaveLength(2);
    expect(packets.map((each) => [each.capture, each.to.port, each.quotes[0]?.line])).toEqual([
      [undefined, 4433, 1],
      [1, 4433, 8],
    ]);
  });

  it('is read anywhere except in a configuration', () => {
    for (const kind of ['other', 'output', 'config'] as const) {
      const section: Section = { kind, source: 'x', start: 1, lines: silent };
      expect(readDebug([section]).callbackPackets.state).toBe(kind === 'config' ? 'unknown' : 'known');
    }
  });
});

describe('debug flow', () => {
  it('tells of each packet what became of it', () => {
    const lines = [
      flow(1, packet(4433)),
      flow(1, 'allocate a new session-0219d47d'),
      flow(1, 'iprope_in_check() check failed on policy 0, drop'),
      flow(2, packet(4433)),
      flow(2, 'reverse path check fail, drop'),
      flow(3, packet(4433)),
      flow(3, 'find a route: flag=00000000 gw-10.0.0.9 via dmz'),
      flow(3, 'DNAT 198.51.100.10:4433->10.0.0.9:8443'),
      flow(3, 'Denied by forward policy check (policy 9)'),
      flow(1, packet(443)),
    ];
    const base = {
      protocol: 6,
      interface: 'wan1',
      vdom: 'root',
      from: { address: '203.0.113.55', port: 51522 },
    };
    expect(valueIn(readLog(lines).flowEvents)).toMatchObject([
      { ...base, trace: '1', to: { port: 4433 }, drop: { reason: 'local-in', policy: 0 } },
      { ...base, trace: '2', drop: { reason: 'reverse-path' } },
      {
        ...base,
        trace: '3',
        route: { gateway: '10.0.0.9', interface: 'dmz' },
        dnat: { address: '10.0.0.9', port: 8443 },
        drop: { reason: 'policy', policy: 9 },
      },
      { trace: '1', to: { port: 443 } },
    ]);
  });

  it('names a VLAN by its whole name', () => {
    const line = flow(1, packet(4433).replace('wan1.', 'wan1.100.'));
    expect(valueIn(readLog([line]).flowEvents)).toMatchObject([{ interface: 'wan1.100' }]);
  });

  it('keeps something of every port when there is no end of one', () => {
    const many = Array.from({ length: 3_000 }, (_, index) => flow(index, packet(443)));
    const traces = valueIn(readLog([...many, flow(9, packet(4433))]).flowEvents);
    expect(traces.some((trace) => trace.to?.port === 4433)).toBe(true);
    expect(traces.length).toBeLessThan(1_000);
  });
});

describe('event log', () => {
  const forms: readonly (readonly [string, (id: string) => string])[] = [
    [
      'as the device prints it',
      (id) =>
        `1: date=2025-11-24 time=10:17:40 logid="${id}" type="event" vd="branch" user="ana lima" serialno="FTKMOB0000000001" msg="said"`,
    ],
    [
      'with commas',
      (id) =>
        `date=2025-11-24,time=10:17:40,logid="${id}",type="event",vd="branch",user="ana lima",serialno="FTKMOB0000000001",msg="said"`,
    ],
    [
      'with a quote around every field',
      (id) =>
        `"date=2025-11-24","time=10:17:40","logid=${id}","type=event","vd=branch","user=ana lima","serialno=FTKMOB0000000001","msg=said"`,
    ],
    [
      'with doubled quotes',
      (id) =>
        `"date=2025-11-24","time=10:17:40","logid=""${id}""","vd=""branch""","user=""ana lima""","serialno=""FTKMOB0000000001""","msg=""said"""`.replaceAll(
          /"(\w+)=""/g,
          '$1=""',
        ),
    ],
  ];

  it.each(forms)('%s', (_, line) => {
    const facts = readLog([line('0100032159'), line('0100032161'), line('0100099999')]);
    expect(valueIn(facts.tokenEvents)).toMatchObject([
      {
        kind: 'activation-failed',
        at: '2025-11-24 10:17:40',
        vdom: 'branch',
        user: 'ana lima',
        tokenSerial: 'FTKMOB0000000001',
        text: 'said',
        quotes: [{ line: 1 }],
      },
    ]);
    expect(valueIn(facts.pushEvents)).toMatchObject([{ sent: false, vdom: 'branch', quotes: [{ line: 2 }] }]);
  });

  it('as a table with the id in a column', () => {
    const facts = readLog(['date,time,logid,level', '"2025-11-24","10:17:40","0100032160","notice"']);
    expect(valueIn(facts.pushEvents)).toMatchObject([{ sent: true, at: '2025-11-24 10:17:40' }]);
  });

  it.each([
    ['behind another number', '"2025-11-24","10:17:40","1763979460","0100032160","notice"'],
    ['in the last column', '2025-11-24,10:17:40,0100032160'],
    ['before a tab', '"2025-11-24","10:17:40","0100032160"\tx'],
    ['between tabs', '2025-11-24\t10:17:40\t0100032160\tnotice'],
    ['between semicolons', '2025-11-24;10:17:40;0100032160;notice'],
  ])('as a row without its heading, with the id %s', (_where, row) => {
    expect(valueIn(readLog([row]).pushEvents)).toMatchObject([{ sent: true, at: '2025-11-24 10:17:40' }]);
  });

  it('is not an id that a person writes', () => {
    const facts = readLog(['we saw 0100032160 twice', 'the ids 0100032161, 0100032160 and others']);
    expect(facts.pushEvents.state).not.toBe('known');
  });
});

describe('tokens, other daemons and other devices', () => {
  it('a general refusal counts below a command about tokens only', () => {
    const refused = 'input value is invalid';
    const facts = readLog([
      refused,
      'fgt # execute fortitoken-mobile import 0000-0000-0000-0000-0000',
      refused,
      ...Array<string>(20).fill(''),
      refused,
    ]);
    expect(valueIn(facts.tokenEvents)).toMatchObject([
      { kind: 'invalid-value', quotes: [{ line: 2 }, { line: 3 }] },
    ]);
  });

  it('joins an error that the console cut between number and message', () => {
    const facts = readLog([
      '{"tokens":[{"token":"FTKMOB0000000001","error":{"error_code":31',
      ',"error_message":"token does not belong to product"}}]}',
      '"error_code": 12,',
    ]);
    expect(valueIn(facts.provisioningErrors)).toMatchObject([
      { code: 31, message: 'token does not belong to product', quotes: [{ line: 1 }, { line: 2 }] },
      { code: 12, message: '' },
    ]);
  });

  const REPLY =
    '{"d":{"__type":"SoftToken.ProvisionResponse","serial_number":"FGT60F0000000001","__clustered_sns":[{"sn":"FGT60F0000000002","error":null}],"tokens":[{"token":"FTKMOB0000000001","qr_code":null,"error":null},{"token":"FTKMOB0000000002","error":{"error_code":31,"error_message":"token does not belong to product"}}],"result":0,"error":null}}';

  it.each([
    ['in one line', [REPLY]],
    ['cut by the terminal', REPLY.match(/.{1,80}/g) ?? []],
    [
      'cut by a log that stamps every piece',
      (REPLY.match(/.{1,60}/g) ?? []).map((piece) => `2025-11-24 09:12:04 ${piece}`),
    ],
    ['set in over many lines', JSON.stringify(JSON.parse(REPLY), null, 2).split('\n')],
    ['as a string', [JSON.stringify({ body: REPLY })]],
    [
      'with sixty tokens before',
      [
        REPLY.replace(
          '"tokens":[',
          `"tokens":[${'{"token":"FTKMOB0000000009","license":null,"error":null},'.repeat(100)}`,
        ),
      ],
    ],
  ])('finds the error in a reply of the token server: %s', (_, lines) => {
    const facts = readLog(['diagnose debug application forticldd 255', ...lines]);
    const [error, ...others] = valueIn(facts.provisioningErrors);
    expect(others).toEqual([]);
    expect(error).toMatchObject({ code: 31, message: 'token does not belong to product' });
    expect(error?.quotes.map(({ text }) => text).join('')).toMatch(/error_code/);
  });

  it('takes the words of a refusal with the return code below them', () => {
    const said = 'token does not belong to product';
    const facts = readLog([
      'fgt # config user local',
      'fgt (local) # edit ana',
      'fgt (ana) # next',
      said,
      'Command fail. Return code -7',
      'fgt # ',
    ]);
    expect(valueIn(facts.provisioningErrors)).toMatchObject([
      { code: 31, message: said, quotes: [{ line: 4 }, { line: 5 }] },
    ]);
    expect(readLog([said]).provisioningErrors.state).toBe('unknown');
  });

  it('tells blocked sources from counted ones', () => {
    const facts = readLog([
      '[2811:root:0]dump_one_blocklist:94 status=1;host=203.0.113.92;fails=1;logintime=1670247625',
      '[2811:root:4d]fsv_blocklist_check:65 locked: rowid=1,host=203.0.113.92',
    ]);
    expect(valueIn(facts.blockedSources)).toMatchObject([
      { host: '203.0.113.92', fails: 1, status: 1, seen: 'debug' },
      { host: '203.0.113.92', locked: true },
    ]);
  });

  it('follows an IKE login through its negotiation', () => {
    const facts = readLog([
      'ike V=root:0:DIAL:1180: received FCT-UID = 00112233445566778899AABBCCDDEEFF',
      'ike V=root:0:DIAL:1180: responder preparing EAP identity request',
      'ike V=root:0:DIAL:1181: responder preparing EAP identity request',
      'ike V=root:0:DIAL:1180: EAP user "ana"',
      'ike V=root:0:DIAL:1181: EAP user "ben"',
      "ike V=root:0:DIAL: user 'ben' authenticated group 'vpn' 5",
    ]);
    expect(valueIn(facts.ikeLogins)).toMatchObject([
      {
        tunnel: 'DIAL',
        serial: '1180',
        vdom: 'root',
        eap: true,
        user: 'ana',
        fortiClient: true,
        accepted: false,
      },
      { serial: '1181', user: 'ben', eap: true, accepted: true },
    ]);
    expect(valueIn(facts.ikeLogins)[1]).not.toHaveProperty('fortiClient');
  });

  it('IKE debug without a login is known to hold none', () => {
    const { ikeLogins } = readLog(['ike 0: comes 203.0.113.9:500->198.51.100.1:500,ifindex=5']);
    expect(ikeLogins).toEqual({ state: 'known', value: [], quotes: [] });
  });
});

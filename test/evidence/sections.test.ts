import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeKinds } from '../../src/evidence/describe-kinds.ts';
import { toSections } from '../../src/evidence/sections.ts';
import type { Section } from '../../src/evidence/types.ts';

const PUSH_CONFIG = 'config system ftm-push\n    set server "vpn.example.com"\n    set status enable\nend';
const SSLVPN = '[5784:root:d9]sslvpn_authenticate_user:192 authenticate user: [marlow]';
const FNBAMD = "[2183] __match_and_update_auth_user-Found a matching user in CMDB 'marlow'";

function cut(text: string): readonly Section[] {
  return toSections({ name: 'paste 1', text });
}

/** `kind start+lines (command) [vdom] !failure`, one for each section. */
function outline(text: string): readonly string[] {
  return cut(text).map((section) =>
    [
      `${section.kind} ${section.start}+${section.lines.length}`,
      section.command && `(${section.command})`,
      section.vdom && `[${section.vdom}]`,
      section.failure && `!${section.failure.kind}`,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

describe('a collected command', () => {
  it.each([
    ['show system interface', 'config'],
    ['get system status', 'output'],
    ['diagnose fortitoken info', 'output'],
    ['diagnose debug enable', 'debug'],
  ])('%s is one %s section', (command, kind) => {
    const failure = { kind: 'timeout', reason: 'no answer' } as const;
    const [section, ...others] = toSections({
      name: command,
      text: 'a\r\nb',
      command,
      vdom: 'root',
      failure,
    });
    expect(others).toEqual([]);
    expect(section).toEqual({
      kind,
      source: command,
      start: 1,
      lines: ['a', 'b'],
      command,
      collected: true,
      vdom: 'root',
      failure,
    });
  });
});

describe('configuration without a prompt', () => {
  it.each([
    ['a block', PUSH_CONFIG, ['config 1+4']],
    [
      'blocks and comments between them',
      `# a\n${PUSH_CONFIG}\n\n# b\n${PUSH_CONFIG}\n`,
      ['other 1+1', 'config 2+11'],
    ],
    [
      'prose around',
      `Hi,\nhere it is:\n${PUSH_CONFIG}\nThanks\n${PUSH_CONFIG}`,
      ['other 1+2', 'config 3+4', 'other 7+1', 'config 8+4'],
    ],
    [
      'a backup',
      `#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0\n#buildno=1\n${PUSH_CONFIG}`,
      ['config 1+6'],
    ],
    [
      'two backups',
      `#config-version=A-7.4.8-FW-build1-1\n${PUSH_CONFIG}\n#config-version=B-7.4.8-FW-build1-1\n${PUSH_CONFIG}`,
      ['config 1+5', 'config 6+5'],
    ],
    ['blank lines of a web page', PUSH_CONFIG.replaceAll('\n', '\n\n'), ['config 1+7']],
    ['a note behind the path', PUSH_CONFIG.replace('push', 'push   <-- here'), ['config 1+4']],
    [
      'VDOM wrappers',
      `config vdom\nedit root\nnext\nend\n\nconfig vdom\nedit root\nconfig user local\nend\nend\n`,
      ['config 1+11'],
    ],
    [
      'a block that is cut, then prose',
      `config system admin\n    edit "a"\nand then\nit broke off\nhere, and I\nlost the rest`,
      ['config 1+2', 'other 3+4'],
    ],
    [
      'a stray line in a block',
      'config system dns\n    set primary 192.0.2.53\nwhat is this\nend',
      ['config 1+4'],
    ],
  ])('cuts %s', (_what, text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  it('is not ended by what stands in a quoted value', () => {
    const text = `config system replacemsg admin "x"\n    set buffer "a\nend\n${SSLVPN}\nFGT # get system status\n"\nend\n${PUSH_CONFIG}`;
    expect(outline(text)).toEqual(['config 1+11']);
  });

  it('does not swallow a log behind a quote that is never closed', () => {
    const text = `config system ftm-push\n    set server "vpn.example.com\n    set status enable\nend\n\n${SSLVPN}\n{"sender":"FGT-<serial#1>-root","app":"FTM"}`;
    expect(outline(text)).toEqual(['config 1+5', 'debug 6+2']);
  });
});

describe('a transcript', () => {
  it('gives each command its output and its VDOM', () => {
    const text = `EDGE-FW # get sys stat
Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)

EDGE-FW # config global

EDGE-FW (global) # show system ftm-push
${PUSH_CONFIG}

EDGE-FW (global) # end

EDGE-FW # conf vdom

EDGE-FW (vdom) # edit branch
current vf=branch:3

EDGE-FW (branch) # sh user local
config user local
    edit "marlow"
    next
end

EDGE-FW (branch) # diag fortitoken info
FORTITOKEN           DRIFT  STATUS

EDGE-FW (branch) # end

EDGE-FW # `;
    expect(outline(text)).toEqual([
      'output 1+3 (get system status)',
      'other 4+2',
      'config 6+6 (show system ftm-push)',
      'other 12+7',
      'config 19+6 (show user local) [branch]',
      'output 25+3 (diagnose fortitoken info) [branch]',
      'other 28+3',
    ]);
  });

  it.each([
    [
      'a prompt that names the VDOM',
      'FGT (root) # show user local\nconfig user local\nend',
      ['config 1+3 (show user local) [root]'],
    ],
    [
      'an HA role',
      'FGT(Primary) (global) $ get system status\nHostname: FGT',
      ['output 1+2 (get system status)'],
    ],
    ['sudo', 'FGT # sudo root get system status\nHostname: FGT', ['output 1+2 (get system status) [root]']],
    [
      'a filter',
      'FGT # get system status | grep Ver\nVersion: x',
      ['output 1+2 (get system status | grep Ver)'],
    ],
    [
      'a refusal',
      'FGT $ diagnose fortitoken info\nUnknown action 0\n\nFGT $ ',
      ['output 1+3 (diagnose fortitoken info) !unknown-command', 'other 4+1'],
    ],
    [
      'a refused `show`',
      "FGT # show system psu\n\ncommand parse error before 'psu'\nCommand fail. Return code -61",
      ['output 1+4 (show system psu) !parse-error'],
    ],
    [
      'a `show` that printed nothing',
      'FGT # show system ftm-push\n\nFGT # get system status\nHostname: FGT',
      ['output 1+2 (show system ftm-push)', 'output 3+2 (get system status)'],
    ],
    [
      '`show` inside `config`',
      `FGT # config system ftm-push\nFGT (ftm-push) # show\n${PUSH_CONFIG}\nFGT (ftm-push) # get\nstatus : enable\nFGT (ftm-push) # end`,
      [
        'output 1+1 (config system ftm-push)',
        'config 2+5 (show system ftm-push)',
        'output 7+2 (get system ftm-push)',
        'output 9+1 (config system ftm-push)',
      ],
    ],
  ])('reads %s', (_what, text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  it('keeps a typed change together with its refusal', () => {
    const text = `EDGE-FW # config system ftm-push

EDGE-FW (ftm-push) # set server-ip 198.51.100.10

EDGE-FW (ftm-push) # set status enable

EDGE-FW (ftm-push) # end
Missing server address.
object check operator error, -56, discard the setting
Command fail. Return code -56

EDGE-FW # get system status
Hostname: EDGE-FW`;
    expect(outline(text)).toEqual([
      'output 1+11 (config system ftm-push) !failed',
      'output 12+2 (get system status)',
    ]);
  });

  it('knows that a refused `config` opened nothing', () => {
    const text = `FGT (root) # config system ftm-push
command parse error before 'ftm-push'
Command fail. Return code -61

FGT (root) # show user local
config user local
end`;
    expect(outline(text)).toEqual([
      'output 1+4 (config system ftm-push) [root] !parse-error',
      'config 5+3 (show user local) [root]',
    ]);
  });

  const ADMINS = 'config system admin\n    edit "noc"\n    next\nend\n';

  it.each([
    ['in an open table', 'FGT # conf sys admin\nFGT (admin) # show', 'show system admin'],
    [
      'in an open entry',
      'FGT # conf sys adm\nFGT (admin) # edit noc\nFGT (noc) # sh',
      'show system admin noc',
    ],
    ['in a table opened before', 'FGT (admin) # show', 'show system admin'],
    ['in one, with defaults', 'FGT (admin) # show full', 'show full-configuration system admin'],
  ])('knows what a bare show is about %s', (_where, typed, command) => {
    const shown = cut(`${typed}\n${ADMINS}FGT (admin) # end\n`).find((section) => section.kind === 'config');
    expect(shown).toMatchObject({ command, host: 'FGT', ended: true });
    expect(shown?.vdom).toBeUndefined();
  });

  it('takes another context for a VDOM', () => {
    expect(outline(`FGT (dmz) # show\n${ADMINS}`)).toEqual(['config 1+6 (show) [dmz]']);
    expect(outline('FGT (ftm-push) # get\nstatus              : enable')).toEqual([
      'output 1+2 (get system ftm-push)',
    ]);
  });

  it('reads prompts inside a quoted value as part of it', () => {
    const text = `FGT # show system replacemsg admin "x"
config system replacemsg admin "x"
    set buffer "a
FGT # get system status
b"
end
FGT # get system status
Hostname: FGT`;
    expect(outline(text)).toEqual([
      'config 1+6 (show system replacemsg admin "x")',
      'output 7+2 (get system status)',
    ]);
  });

  it('leaves debug commands and what they print in one section', () => {
    const text = `FGT # diagnose debug application ftm-push -1
Debug messages will be on for 30 minutes.

FGT # diagnose debug enable

FGT # ${SSLVPN}
Connecting to server address: 203.0.113.9, port nubmer: 443 oif: 0
FGT # diagnose debug reset
FGT # get system status
Hostname: FGT`;
    expect(outline(text)).toEqual(['debug 1+8', 'output 9+2 (get system status)']);
  });
});

describe('logs', () => {
  it.each([
    ['sslvpn', SSLVPN],
    ['sslvpn with times', `2025-03-29 19:31:41 ${SSLVPN}`],
    ['fnbamd', FNBAMD],
    ['ftm-push', 'Connecting to server address: 203.0.113.9, port nubmer: 443 oif: 0'],
    ['a handshake', 'SSL: (where=0x10 ret=0x1)SSL: (where=0x2001 ret=0x1)'],
    [
      'debug flow',
      'id=20085 trace_id=1 func=fw_local_in_handler line=474 msg="iprope_in_check() check failed on policy 0, drop"',
    ],
    [
      'an event',
      '1: date=2025-11-24 time=10:15:02 eventtime=1 tz="+0000" logid="0100032160" type="event" subtype="system"',
    ],
    [
      'FortiAuthenticator',
      '2021-07-22T13:48:27.7+02:00 FAC pushd[1267]: Broker: Deliver push task to job queue. At position[1]',
    ],
    ['ike', 'ike 0:vpn:12: received'],
    ['a typed command', 'diagnose debug application ftm-push -1'],
  ])('recognises %s', (_what, line) => {
    expect(outline(`Hello\n${line}\n`)).toEqual(['other 1+1', 'debug 2+2']);
  });

  it('takes the HTTP head of a push request along, and prose between lines', () => {
    const text = `${SSLVPN}

Now the push:

Connection: keep-alive
Accept: */*
User-Agent: fortinet/c
Content-Length: 20

{"sender":"FGT-<serial#1>-root","app":"FTM"}
goes on here

Thanks`;
    expect(outline(text)).toEqual(['debug 1+11', 'other 12+2']);
    expect(outline(`Hi\nAccept: */*\nUser-Agent: fortinet/c`)).toEqual(['other 1+1', 'debug 2+2']);
  });

  it('ends a log where configuration begins', () => {
    expect(outline(`${SSLVPN}\n${PUSH_CONFIG}\n${FNBAMD}`)).toEqual(['debug 1+1', 'config 2+4', 'debug 6+1']);
  });
});

describe('outputs without a prompt', () => {
  it.each([
    [
      'get system ftm-push',
      'server-port         : 4433\nserver-ip           : 0.0.0.0\nstatus              : disable',
    ],
    [
      'get system status',
      'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\nSerial-Number: <serial#1>\nHostname: a',
    ],
    ['get system status', 'Hostname: a\nVirtual domain configuration: multiple\nCurrent HA mode: standalone'],
    [
      'diagnose fortitoken info',
      'FORTITOKEN           DRIFT  STATUS\n<serial#1>     0      provisioned\n\nTotal activated token: 0\n\nToken server status: reachable',
    ],
    ['diagnose fortitoken info', 'FTKMOBAAAAAAAA01     0      locked'],
    [
      'execute ping push.fortinet.com',
      'PING push.fortinet.com (203.0.113.9): 56 data bytes\nsendto failed\n\n--- push.fortinet.com ping statistics ---\n5 packets transmitted, 0 packets received, 100% packet loss',
    ],
    [
      'get system interface physical',
      '== [onboard]\n\t==[wan1]\n\t\tmode: static\n\t\tip: 198.51.100.10 255.255.255.0\n\t==[lan]\n\t\tstatus: up',
    ],
  ])('recognises %s by its shape', (command, text) => {
    const lines = text.split('\n').length;
    expect(outline(`Please see:\n\n${text}\n\nThanks, bye`)).toEqual([
      'other 1+2',
      `output 3+${lines} (${command})`,
      `other ${lines + 3}+2`,
    ]);
  });

  it('asks the line above which name was not resolved', () => {
    expect(outline('execute ping push.fortinet.com\nUnable to resolve hostname.')).toEqual([
      'other 1+1',
      'output 2+1 (execute ping push.fortinet.com)',
    ]);
    expect(outline('Unable to resolve hostname.')).toEqual(['other 1+1']);
  });
});

describe('anything else', () => {
  it.each([
    ['nothing', ''],
    [
      'ordinary talk',
      'Hi all,\nthe status: enable it please. config system ftm-push is not documented.\nserver: my own\n[1] follow-up\n[12:30:45] hello',
    ],
    [
      'a Cisco IOS configuration',
      'Router#show running-config\nhostname R1\n!\ninterface Gi0/0\n ip address 192.0.2.1 255.255.255.0\n!\nline vty 0 4\nend',
    ],
    ['a Cisco controller', 'config wlan enable 1\nconfig interface address management 192.0.2.1\nconfig end'],
    [
      'a Juniper configuration',
      'set system host-name edge\nset interfaces ge-0/0/0 unit 0\nedit system\nend',
    ],
    [
      'an HTTP exchange',
      'POST / HTTP/1.1\nConnection: keep-alive\nAccept: */*\nContent-Type: application/json\nContent-Length: 2\n\n{}',
    ],
    ['binary', String.fromCharCode(...Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256))],
    ['a giant line', 'x'.repeat(10_000_000)],
    ['giant indent', ' '.repeat(10_000_000)],
  ])('%s is other text', (_what, text) => {
    const sections = cut(text);
    expect(sections.map((section) => section.kind)).toEqual(['other']);
    expect(describeKinds(sections)).toEqual(['other text']);
  });

  it.each([
    ['open quotes', 'config system dns\nset a "b\n'.repeat(100_000)],
    ['wrappers in wrappers', 'config global\n'.repeat(200_000)],
    ['rows that lack their proof', 'status : x\n'.repeat(200_000)],
    ['typed sessions', 'FGT # config system dns\n'.repeat(100_000)],
    ['a log with gaps', `${SSLVPN}\n${'foo\n'.repeat(99)}`.repeat(2_000)],
  ])('finishes with %s', (_what, text) => {
    expect(coverage(cut(text))).toBe(text.split('\n').length);
  });

  it('covers every line exactly once, in order', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        '',
        ...PUSH_CONFIG.split('\n'),
        'config global',
        'config vdom',
        'edit root',
        'next',
        'set a "b',
        SSLVPN,
        FNBAMD,
        'FGT # get system status',
        'FGT # ',
        'FGT (root) # show user local',
        'FGT # config system dns',
        'FGT (dns) # end',
        'Unknown action 0',
        'Command fail. Return code -56',
        'Version: FortiGate-60F v7.4.8,build2795,250523',
        'server-port : 4433',
        'FORTITOKEN   DRIFT  STATUS',
        '==[wan1]',
        'diagnose debug enable',
        'Accept: */*',
        '#config-version=FGT60F-7.4.8-FW-build2795-250523:vdom=0',
        'PING a (192.0.2.1): 56 data bytes',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 80 }), (lines) => {
        const text = lines.join('\n');
        const sections = cut(text);
        expect(coverage(sections)).toBe(text.split('\n').length);
        expect(sections.flatMap((section) => section.lines)).toEqual(text.split('\n'));
      }),
      { numRuns: 300 },
    );
  });
});

/** Number of lines covered; NaN where sections overlap, leave a gap, or are empty. */
function coverage(sections: readonly Section[]): number {
  return sections.reduce(
    (next, section) =>
      section.start === next + 1 && section.lines.length > 0 ? next + section.lines.length : Number.NaN,
    0,
  );
}

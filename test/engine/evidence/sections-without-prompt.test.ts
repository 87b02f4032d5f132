import { describe, expect, it } from 'vitest';
import { cutText } from '../../../src/engine/evidence/cut-text.ts';
import { FNBAMD, outline, PUSH_CONFIG, SSLVPN } from './section-outline.ts';

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

describe('a command without a prompt above its table', () => {
  const typed = (above: string) =>
    cutText('paste', `Hello,\n${above}\n${PUSH_CONFIG}\nThanks`.split('\n')).map(({ command }) => command);

  it.each([
    ['show system ftm-push', 'show system ftm-push'],
    ['show full-configuration system ftm-push', 'show full-configuration system ftm-push'],
    ['sh sys ftm-push', 'show system ftm-push'],
  ])('is the command of the table: %s', (above, command) => {
    expect(typed(above)).toEqual([undefined, command, undefined]);
  });

  it.each(['show system admin', 'show firewall policy', 'what show system ftm-push prints', ''])(
    'is none where the line is another one: %s',
    (above) => {
      expect(typed(above).filter((command) => command !== undefined)).toEqual([]);
    },
  );
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

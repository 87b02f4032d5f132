import { describe, expect, it } from 'vitest';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { cut, outline, PUSH_CONFIG, SSLVPN } from './section-outline.ts';

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

describe('a transcript', () => {
  it.each([
    ['a question', '\nmarlow gets no push, is the address wrong?', 'other 6+2'],
    ['words that statements begin with', '\nend users cannot connect, what next', 'other 6+2'],
  ])('leaves %s below a configuration to itself', (_, text, rest) => {
    const shown = `EDGE-FW # show system ftm-push\n${PUSH_CONFIG}\n${text}`;
    expect(outline(shown)).toEqual(['config 1+5 (show system ftm-push)', rest]);
  });

  it('keeps the rest of a configuration behind a disturbance', () => {
    const shown = `EDGE-FW # show system ftm-push\n${PUSH_CONFIG}\nlogin: lost\n    set status disable\nend`;
    expect(outline(shown)).toEqual(['config 1+8 (show system ftm-push)']);
  });

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

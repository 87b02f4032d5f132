// Other products, and text about configuration.

import { block, head, part, SWITCHED_OFF } from './configuration.ts';
import { dump, type Expect, one, type Scenario } from './scenario.ts';
import { shell } from './terminal.ts';

const off: Expect = { verdict: 'broken', finds: ['push-disabled'] };

export const scenarios: readonly Scenario[] = [
  ...(
    [
      ['FortiSwitch', 'FSW24E', 'S124EN'],
      ['FortiMail', 'FEVM01', 'FEVM'],
      ['FortiAP', 'FP231F', 'FP231F'],
      ['FortiManager', 'FMGVM64', 'FMG'],
      ['FortiWeb', 'FWB400', 'FWB'],
    ] as const
  ).map(
    ([name, model]): Scenario => ({
      id: `${name} header over FortiGate-looking blocks`,
      files: one(
        head('7.2.8', model).replace('-FW-', name === 'FortiSwitch' ? '-FW-' : '-FW-') +
          part('interface') +
          block('system ftm-push', SWITCHED_OFF) +
          part('admin'),
        'device.conf',
      ),
      expect: { verdict: 'inconclusive', noFindings: true },
    }),
  ),
  {
    id: 'get system status of a FortiSwitch',
    files: one(
      shell(
        'S124EN5919',
        [
          'get system status',
          'Version: FortiSwitch-124E v7.2.5,build0453,230707 (GA)\nSerial-Number: S124EN5919001122\nHostname: S124EN5919\nSystem time: Thu Nov 26 10:15:32 2026\n',
        ],
        [
          'show system interface',
          block('system interface', [
            'edit "mgmt"',
            '    set ip 198.51.100.30 255.255.255.0',
            '    set allowaccess ping https ssh',
            'next',
          ]),
        ],
      ),
    ),
    expect: { verdict: 'inconclusive', noFindings: true },
  },
  {
    id: 'Cisco configuration',
    files: one(
      'version 15.7\nhostname core-sw1\ninterface GigabitEthernet0/0\n ip address 198.51.100.20 255.255.255.0\n no shutdown\nline vty 0 4\n login local\nend\n',
    ),
    expect: { verdict: 'inconclusive', noFindings: true },
  },
  {
    id: 'syntax from a manual',
    files: one(
      'config system ftm-push\n    set status {enable | disable}\n    set server {string}\n    set server-port {integer}\n    set server-cert {string}\nend\n',
    ),
    expect: { verdict: 'inconclusive', noFindings: true },
  },
  {
    id: 'a how-to with numbered steps',
    files: one(
      'How to enable FortiToken push\n\n1. Go to the CLI and type:\n\n   config system ftm-push\n       set server <public-ip>\n       set status enable\n   end\n\n2. Allow FTM on the WAN interface:\n\n   config system interface\n       edit <wan-interface>\n           append allowaccess ftm\n       next\n   end\n\n3. Test a login.\n',
    ),
    expect: { verdict: 'inconclusive', noFindings: true },
  },
  {
    id: 'a ticket that says what one could type',
    files: one(
      'Hi team,\n\nour vendor says push must be turned off during the change, like so:\n\n> config system ftm-push\n>     set status disable\n> end\n\nShould I do that on the Bilbao box? I have not touched anything yet.\n\nRegards\nOlatz\n',
      'ticket.txt',
    ),
    expect: { notVerdict: 'healthy', noFindings: true },
  },
  {
    id: 'hello',
    files: one('hello, is anybody there?\n'),
    expect: { verdict: 'inconclusive', noFindings: true },
  },
  {
    id: 'TAC asked for the output',
    files: one(
      `Fortinet support asked for the output, here it is:\n\n${block('system ftm-push', SWITCHED_OFF)}`,
    ),
    expect: off,
  },
  {
    id: 'hostname of a backup in the device line',
    files: dump({ ftm: SWITCHED_OFF }),
    expect: { ...off, says: /fgt-orchid-01 ·/ },
  },
];

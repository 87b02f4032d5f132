// Accepted and denied calls of the phone.

import { type Block, base, entry } from './configuration.ts';
import { device, dump, type Expect, type Scenario } from './scenario.ts';

const rule = (n: number, ...l: string[]) => [
  `edit ${n}`,
  '    set intf "wan1"',
  ...l.map((x) => `    ${x}`),
  'next',
];
const ACCEPT_ALL = [
  'set srcaddr "all"',
  'set dstaddr "all"',
  'set action accept',
  'set service "ALL"',
  'set schedule "always"',
];
const DENY_ALL = ['set srcaddr "all"', 'set dstaddr "all"', 'set service "ALL"', 'set schedule "always"'];
const OFFICE: Block = [
  'firewall address',
  ['edit "office"', '    set subnet 203.0.113.0 255.255.255.0', 'next'],
];
const ONCE: Block = [
  'firewall schedule onetime',
  ['edit "move-2021"', '    set start 08:00 2021/03/01', '    set end 18:00 2021/03/02', 'next'],
];
const lip = (id: string, rules: string[], expect: Expect, more: readonly Block[] = []): Scenario => ({
  id,
  files: dump({ more: [OFFICE, ONCE, ...more, ['firewall local-in-policy', rules]] }),
  expect,
});
const denied: Expect = { verdict: 'broken', finds: ['local-in-policy-denies'], hop: 'callback' };
const fine: Expect = { verdict: 'healthy', not: ['local-in-policy-denies'] };
const localIn = (...settings: readonly string[]): Block => [
  'firewall local-in-policy',
  entry('9', ...settings),
];
const DENY = DENY_ALL;

export const scenarios: readonly Scenario[] = [
  lip('deny all on wan1', rule(7, ...DENY_ALL), { ...denied, quotes: /7|deny|local-in/ }),
  lip(
    'deny all on any',
    rule(7, ...DENY_ALL).map((l) => l.replace('"wan1"', '"any"')),
    denied,
  ),
  lip(
    'accept the office, then deny all',
    [
      ...rule(1, ...ACCEPT_ALL.map((l) => l.replace('srcaddr "all"', 'srcaddr "office"'))),
      ...rule(2, ...DENY_ALL),
    ],
    denied,
  ),
  lip('accept all, then deny all', [...rule(1, ...ACCEPT_ALL), ...rule(2, ...DENY_ALL)], fine),
  lip('deny all stands before accept all', [...rule(2, ...DENY_ALL), ...rule(1, ...ACCEPT_ALL)], denied),
  lip(
    'deny all but the office, negated',
    rule(
      3,
      ...DENY_ALL.map((l) => l.replace('srcaddr "all"', 'srcaddr "office"')),
      'set srcaddr-negate enable',
    ),
    denied,
  ),
  lip('deny is switched off', rule(3, ...DENY_ALL, 'set status disable'), fine),
  lip(
    'deny of HTTPS only',
    rule(3, ...DENY_ALL.map((l) => l.replace('service "ALL"', 'service "HTTPS"'))),
    fine,
  ),
  lip(
    'deny of everything but HTTPS, service negated',
    rule(
      3,
      ...DENY_ALL.map((l) => l.replace('service "ALL"', 'service "HTTPS"')),
      'set service-negate enable',
    ),
    denied,
  ),
  lip(
    'deny with a schedule that ended in 2021',
    rule(3, ...DENY_ALL.map((l) => l.replace('always', 'move-2021'))),
    fine,
  ),
  lip(
    'accept with a schedule that ended in 2021, then deny',
    [...rule(1, ...ACCEPT_ALL.map((l) => l.replace('always', 'move-2021'))), ...rule(2, ...DENY_ALL)],
    denied,
  ),
  lip(
    'deny on another interface',
    rule(3, ...DENY_ALL).map((l) => l.replace('"wan1"', '"internal"')),
    fine,
  ),
  lip(
    'deny to another address of wan1',
    rule(3, ...DENY_ALL.map((l) => l.replace('dstaddr "all"', 'dstaddr "other-ip"'))),
    fine,
    [['firewall address', ['edit "other-ip"', '    set subnet 198.51.100.77 255.255.255.255', 'next']]],
  ),
  lip(
    'accept all except the push address (dstaddr negated), then deny',
    [
      ...rule(
        1,
        ...ACCEPT_ALL.map((l) => l.replace('dstaddr "all"', 'dstaddr "push-ip"')),
        'set dstaddr-negate enable',
      ),
      ...rule(2, ...DENY_ALL),
    ],
    denied,
    [['firewall address', ['edit "push-ip"', '    set subnet 198.51.100.20 255.255.255.255', 'next']]],
  ),
  lip(
    'deny by a custom service that holds 4433',
    rule(5, ...DENY_ALL.map((l) => l.replace('"ALL"', '"tcp-highish"'))),
    denied,
    [['firewall service custom', ['edit "tcp-highish"', '    set tcp-portrange 4000-4999', 'next']]],
  ),
  lip(
    'deny by a custom service that holds 4433 over UDP',
    rule(5, ...DENY_ALL.map((l) => l.replace('"ALL"', '"udp-4433"'))),
    fine,
    [['firewall service custom', ['edit "udp-4433"', '    set udp-portrange 4433', 'next']]],
  ),
  {
    id: 'VIP with a source filter of one address is no certain conflict',
    files: dump({
      more: [
        [
          'firewall vip',
          [
            'edit "cam"',
            '    set src-filter "203.0.113.200"',
            '    set extip 198.51.100.20',
            '    set extintf "wan1"',
            '    set mappedip "192.168.40.6"',
            'next',
          ],
        ],
      ],
    }),
    expect: { not: ['port-conflict-vip'] },
  },
  device(
    'local-in intf list of 7.4.8',
    { version: '7.4.8', more: [localIn('set intf "wan2" "wan1"', ...DENY)] },
    denied,
  ),
  device(
    'local-in intf list without wan1',
    {
      version: '7.4.8',
      interface: [
        ...base.interface,
        'edit "wan2"',
        '    set vdom "root"',
        '    set ip 203.0.113.9 255.255.255.0',
        'next',
      ],
      more: [localIn('set intf "wan2" "internal"', ...DENY)],
    },
    { verdict: 'healthy' },
  ),
  device(
    'local-in by zone',
    {
      more: [
        ['system zone', ['edit "outside"', '    set interface "wan1"', 'next']],
        localIn('set intf "outside"', ...DENY),
      ],
    },
    denied,
  ),
  device(
    'local-in deny by address group that holds all',
    {
      more: [
        ['firewall addrgrp', ['edit "everyone"', '    set member "all"', 'next']],
        localIn('set intf "wan1"', ...DENY.map((x) => x.replace('srcaddr "all"', 'srcaddr "everyone"'))),
      ],
    },
    denied,
  ),
  device(
    'local-in deny by service group with 4433',
    {
      more: [
        ['firewall service custom', ['edit "p4433"', '    set tcp-portrange 4433', 'next']],
        ['firewall service group', ['edit "blocked"', '    set member "HTTPS" "p4433"', 'next']],
        localIn('set intf "wan1"', ...DENY.map((x) => x.replace('"ALL"', '"blocked"'))),
      ],
    },
    denied,
  ),
  device(
    'local-in deny of one country is not certain',
    {
      more: [
        ['firewall address', ['edit "geo-xx"', '    set type geography', '    set country "AQ"', 'next']],
        localIn('set intf "wan1"', ...DENY.map((x) => x.replace('srcaddr "all"', 'srcaddr "geo-xx"'))),
      ],
    },
    { notVerdict: 'broken' },
  ),
  device(
    'local-in accept only one country then deny',
    {
      more: [
        ['firewall address', ['edit "geo-es"', '    set type geography', '    set country "ES"', 'next']],
        [
          'firewall local-in-policy',
          [
            'edit 1',
            '    set intf "wan1"',
            '    set srcaddr "geo-es"',
            '    set dstaddr "all"',
            '    set action accept',
            '    set service "ALL"',
            '    set schedule "always"',
            'next',
            'edit 2',
            '    set intf "wan1"',
            ...DENY.map((x) => `    ${x}`),
            'next',
          ],
        ],
      ],
    },
    { notVerdict: 'healthy' },
  ),
  device(
    'IPv6-only noise',
    {
      more: [
        [
          'firewall local-in-policy6',
          [
            'edit 1',
            '    set intf "wan1"',
            '    set srcaddr "all"',
            '    set dstaddr "all"',
            '    set service "ALL"',
            '    set schedule "always"',
            'next',
          ],
        ],
      ],
    },
    { verdict: 'healthy' },
  ),
];

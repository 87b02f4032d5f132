import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startLookAlike, startProxy, stop } from './device-process.ts';
import type { Row } from './figure.ts';
import { percentile } from './statistics.ts';

/** Each of the two waits before an answer and for a round trip is that of `vdoms.ts`. */
const DELAY_MS = 50;
const DEVICE_MS = 20;
const GOAL_S = 5;
const GOAL_LARGE_S = 15;
const GOAL_LARGE_MB = 320;
const USERS = 2_000;
const POLICIES = 5_000;
const SUBJECT = join(import.meta.dirname, 'question-subject.ts');
/** As that of a worker. */
const HEAP_MB = 160;

interface Told {
  readonly seconds: readonly number[];
  readonly peakMb: number;
}

/**
 * `npm run bench -- question [runs]`: why one user cannot log in, asked of a device that has everything such a question
 * reads: SSL VPN and dial-up tunnels, local users, LDAP, RADIUS, SAML, peers. Then the same of a device with thousands of
 * users and policies.
 */
export async function* bench([runs = '20']: readonly string[]): AsyncGenerator<Row> {
  const note = `${DELAY_MS} ms a round trip, ${DEVICE_MS} ms of the device for each answer`;
  const small = await ask(deviceWith(20, 40), Number(runs));
  const what = 'one user, one VDOM, 95 of 100';
  yield {
    what,
    value: percentile(small.seconds, 0.95),
    unit: 's',
    goal: { of: 'value', most: GOAL_S },
    note,
  };
  const large = await ask(deviceWith(USERS, POLICIES), Math.min(3, Number(runs)));
  const of = `${USERS} users and ${POLICIES} policies`;
  yield {
    what: of,
    value: Math.max(...large.seconds),
    unit: 's',
    goal: { of: 'value', most: GOAL_LARGE_S },
    note,
  };
  yield {
    what: `${of}, memory of the process`,
    value: large.peakMb,
    unit: 'MB',
    goal: { of: 'value', most: GOAL_LARGE_MB },
  };
}

async function ask(config: string, runs: number): Promise<Told> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  const path = join(folder, 'device.conf');
  await writeFile(path, config);
  const device = await startLookAlike(path, DEVICE_MS);
  const proxy = await startProxy(device.port, DELAY_MS);
  try {
    const args = [
      `--max-old-space-size=${HEAP_MB}`,
      SUBJECT,
      String(proxy.port),
      device.hostKeys[0] ?? '',
      String(runs),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as Told;
  } finally {
    await stop(proxy.child);
    await stop(device.child);
    await rm(folder, { recursive: true });
  }
}

function deviceWith(users: number, policies: number): string {
  const table = (path: string, entries: readonly (readonly string[])[]) => [
    `config ${path}`,
    ...entries.flatMap((lines) => [...lines, 'next']),
    'end',
  ];
  const named = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const names = named(users, 'user');
  return [
    '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin',
    ...table('system interface', [
      ['edit "wan1"', 'set ip 198.51.100.1 255.255.255.0', 'set allowaccess ping ftm'],
    ]),
    'config system ftm-push',
    'set server "198.51.100.1"',
    'set status enable',
    'end',
    ...table('user ldap', [
      ['edit "dc01"', 'set server "192.0.2.30"', 'set cnid "sAMAccountName"', 'set dn "dc=example,dc=net"'],
    ]),
    ...table('user radius', [['edit "nps01"', 'set server "192.0.2.31"']]),
    ...table('user saml', [
      ['edit "entra"', 'set idp-entity-id "https://idp.example.net"', 'set user-name "username"'],
    ]),
    ...table('user peer', [['edit "pc"', 'set ca "example-root"']]),
    ...table(
      'user local',
      names.map((name) => [
        `edit "${name}"`,
        'set type password',
        'set passwd-policy "strict"',
        'set email-to "someone@example.net"',
      ]),
    ),
    ...table('user group', [
      [
        'edit "vpn-users"',
        `set member ${names.map((name) => `"${name}"`).join(' ')} "dc01" "nps01" "entra" "pc"`,
      ],
    ]),
    ...table('vpn ssl web portal', [['edit "full-access"', 'set tunnel-mode enable']]),
    'config vpn ssl settings',
    'set source-interface "wan1"',
    'set port 10443',
    ...table('authentication-rule', [
      ['edit 1', 'set groups "vpn-users"', 'set portal "full-access"', 'set realm "staff"'],
    ]),
    'end',
    ...table('vpn ipsec phase1-interface', [
      ['edit "ra-staff"', 'set type dynamic', 'set interface "wan1"', 'set ike-version 2', 'set eap enable'],
    ]),
    ...table(
      'firewall policy',
      named(policies, '').map((index) => [
        `edit ${Number(index) + 1}`,
        `set name "rule ${index}"`,
        `set srcintf "${index === '7' ? 'ssl.root' : 'internal'}"`,
        'set dstintf "wan1"',
        'set action accept',
        'set srcaddr "all"',
        'set dstaddr "all"',
        'set schedule "always"',
        'set service "ALL"',
        ...(index === '7' ? ['set groups "vpn-users"'] : []),
      ]),
    ),
  ].join('\n');
}

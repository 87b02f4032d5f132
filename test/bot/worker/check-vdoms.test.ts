import { describe, expect, it } from 'vitest';
import { checkDevice } from '../../../src/bot/worker/check-device.ts';
import { failedOutcome } from '../../../src/bot/worker/failed-outcome.ts';
import type { CollectionProgress } from '../../../src/device/collector.ts';
import type { Diagnosis } from '../../../src/engine/diagnosis/diagnosis.ts';
import { renderAnswer } from '../../../src/report/formats/slack/render-answer.ts';
import type { SimulatorBehaviour } from '../../../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { type Simulator, startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { collect, deviceAt } from '../../device/device-fixture.ts';

interface Checked {
  readonly diagnosis: Diagnosis;
  readonly simulator: Simulator;
  /** VDOMs. */
  readonly read: readonly string[];
  readonly progress: readonly CollectionProgress[];
}

async function check(
  configText: string,
  asked: { readonly vdom?: string; readonly user?: string },
  examine: (checked: Checked) => void,
  behaviour: SimulatorBehaviour = {},
): Promise<void> {
  const simulator = await startSimulator({ configText, behaviour });
  const progress: CollectionProgress[] = [];
  try {
    const diagnosis = await checkDevice(
      {
        device: deviceAt(simulator),
        ...asked,
        readAt: Date.UTC(2026, 2, 2),
        signal: AbortSignal.timeout(30_000),
        onProgress: (each) => progress.push(each),
      },
      collect,
    );
    const names = simulator.commands.flatMap((line) => /^(?:edit|sudo) (\S+)/.exec(line)?.[1] ?? []);
    expect(simulator.writes).toEqual([]);
    examine({ diagnosis, simulator, read: [...new Set(names)], progress });
  } finally {
    await simulator.close();
  }
}

/** A device whose VDOMs each have an interface and what is given. */
function deviceWith(vdoms: Readonly<Record<string, readonly string[]>>, callback: string): string {
  const names = Object.keys(vdoms);
  return [
    '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=1:user=admin',
    'config vdom',
    ...names.flatMap((name) => [`edit ${name}`, 'next']),
    'end',
    'config global',
    'config system global',
    '    set vdom-mode multi-vdom',
    'end',
    'config system interface',
    ...names.flatMap((name, index) => [
      `    edit "port${index + 1}"`,
      `        set vdom "${name}"`,
      `        set ip 198.51.100.${index + 1} 255.255.255.0`,
      `        set allowaccess ping${name === callback ? ' ftm' : ''}`,
      '    next',
    ]),
    'end',
    'config system ftm-push',
    `    set server "198.51.100.${names.indexOf(callback) + 1}"`,
    '    set status enable',
    'end',
    'end',
    ...Object.entries(vdoms).flatMap(([name, lines]) => ['config vdom', `edit ${name}`, ...lines, 'end']),
  ].join('\n');
}

const sslVpn = (port: string, ...users: readonly string[]) => [
  'config vpn ssl settings',
  `set source-interface "${port}"`,
  'set port 10443',
  'config authentication-rule',
  ...users.flatMap((name, index) => [`edit ${index + 1}`, `set users "${name}"`, 'next']),
  'end',
  'end',
];
const user = (name: string) => [
  'config user local',
  `edit "${name}"`,
  'set two-factor fortitoken',
  'next',
  'end',
];
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `v${index + 1}`);

describe('a check of a device with VDOMs', () => {
  it('reads those that the question concerns, and says which one it reads', async () => {
    await check(sampleConfig('campus'), {}, ({ diagnosis, simulator, read, progress }) => {
      // `guests` has no interface.
      expect(read).toEqual(['campus', 'root']);
      expect(simulator.commands).toContain('sudo campus show firewall vip');
      expect(diagnosis.findings).toEqual([]);
      const told = progress.flatMap(({ vdom }) => (vdom ? [`${vdom.name} ${vdom.index}/${vdom.count}`] : []));
      expect([...new Set(told)]).toEqual(['campus 1/2', 'root 2/2']);
    });
  });

  it('comes to an end where users log in to the VDOM that the phone calls', async () => {
    const vdoms = { root: sslVpn('port1'), edge: sslVpn('port2'), lab: sslVpn('port3') };
    await check(deviceWith(vdoms, 'edge'), {}, ({ read }) => {
      expect(read).toEqual(['edge', 'root', 'lab']);
    });
  });

  it('asks a VDOM that nobody logs in to nothing but whether somebody does', async () => {
    const vdoms = { root: [], edge: sslVpn('port2'), lab: [] };
    await check(deviceWith(vdoms, 'edge'), {}, ({ simulator, read }) => {
      expect(read).toEqual(['edge', 'root', 'lab']);
      expect(simulator.commands.filter((line) => line.includes('lab'))).toEqual([
        'sudo lab show full-configuration vpn ssl settings',
        'sudo lab show user local',
        'sudo lab show vpn ipsec phase1-interface',
      ]);
    });
  });

  it('finds what is wrong in another than root, and mends it there', async () => {
    const vdoms = { root: [], edge: [...sslVpn('port2', 'marlow'), ...user('marlow')] };
    await check(deviceWith(vdoms, 'edge'), {}, ({ diagnosis }) => {
      const finding = diagnosis.findings.find(({ rule }) => rule === 'two-factor-not-assigned');
      expect(finding?.summary).toContain('VDOM: edge.');
      expect(finding?.fix.apply.slice(0, 2)).toEqual(['config vdom', 'edit edge']);
    });
  });

  it('does not take an empty table of root for that of the VDOM that the phone calls', async () => {
    const vip = [
      'config firewall vip',
      'edit "web"',
      'set extip 198.51.100.2',
      'set mappedip "192.168.1.9"',
      'next',
      'end',
    ];
    await check(deviceWith({ root: sslVpn('port1'), edge: vip }, 'edge'), {}, ({ diagnosis }) => {
      expect(diagnosis.findings.map(({ rule }) => rule)).toContain('port-conflict-vip');
    });
  });

  it('is about one VDOM, the one that the phone calls, and the routes of pushes, where one is named', async () => {
    const vdoms = {
      root: [...sslVpn('port1', 'ana'), ...user('ana')],
      edge: [...sslVpn('port2', 'bob'), ...user('bob')],
      lab: [...sslVpn('port3', 'cy'), ...user('cy')],
    };
    await check(deviceWith(vdoms, 'edge'), { vdom: 'lab' }, ({ diagnosis, read, simulator }) => {
      expect(read).toEqual(['lab', 'edge', 'root']);
      expect(simulator.commands.filter((line) => line.startsWith('sudo root '))).toEqual([
        'sudo root get router info routing-table details 0.0.0.0',
      ]);
      const finding = diagnosis.findings.find(({ rule }) => rule === 'two-factor-not-assigned');
      expect(finding?.title).toContain('cy');
      expect(JSON.stringify(finding)).not.toMatch(/ana|bob/);
    });
  });

  it.each([
    ['another way out', (config: string) => config, ['edge', 'root']],
    ['no other', (config: string) => config.replace('198.51.100.1 ', '10.0.0.1 '), ['root']],
  ])('asks for default routes of the VDOM that the phone calls if there is %s', async (_, change, asked) => {
    const config = change(deviceWith({ root: [], edge: sslVpn('port2') }, 'edge'));
    await check(config, {}, ({ simulator, diagnosis }) => {
      const routes = simulator.commands.flatMap(
        (line) => /^sudo (\S+) get router info routing-table/.exec(line)?.[1] ?? [],
      );
      expect(routes).toEqual(asked);
      const rule = diagnosis.checks.find((each) => each.rule === 'callback-asymmetric-route');
      expect(rule?.verdict).toBe(asked.includes('edge') ? 'unknown' : 'not-applicable');
    });
  });

  it('reads the zones of a VDOM once a policy names one, after its probes left that open', async () => {
    const zone = (name: string) => [
      'config system zone',
      `edit "${name}"`,
      'set interface "port2"',
      'next',
      'end',
    ];
    const policy = [
      'config firewall policy',
      'edit 1',
      'set srcintf "branches"',
      'set dstintf "port2"',
      'set srcaddr "all"',
      'set dstaddr "all"',
      'set action accept',
      'set schedule "always"',
      'set service "ALL"',
      'next',
      'end',
    ];
    const vdoms = { root: [], edge: [...sslVpn('port2'), ...zone('branches'), ...policy] };
    await check(deviceWith(vdoms, 'edge'), {}, ({ simulator }) => {
      expect(simulator.commands.filter((line) => line.includes('system zone'))).toEqual([
        'sudo edge show system zone',
      ]);
    });
  });

  it('reads twelve, and is not sure of the others', async () => {
    const vdoms = Object.fromEntries([['root', []], ...numbered(13).map((name) => [name, []])]);
    await check(deviceWith(vdoms, 'v13'), {}, ({ diagnosis, read, progress }) => {
      expect(read).toEqual(['v13', 'root', ...numbered(10)]);
      expect(progress.findLast(({ vdom }) => vdom)?.vdom).toEqual({ name: 'v10', index: 12, count: 12 });
      expect(diagnosis.verdict).not.toBe('healthy');
      const reasons = diagnosis.checks.map(({ reason }) => reason).join('\n');
      expect(reasons).toContain('A check reads at most 12 VDOMs. `--vdom v11` reads this one.');
    });
  });
});

/** Each is a round trip: at 50 ms and 20 ms of the device, 150 take 10.5 s. */
const MAX_TRIPS = 150;

describe('the round trips of a check that reads twelve VDOMs', () => {
  const names = ['root', ...numbered(11)];
  const vdoms = Object.fromEntries(
    names.map((name, index) => [
      name,
      [...sslVpn(`port${index + 1}`, `user${index}`), ...user(`user${index}`)],
    ]),
  );
  const claims = ({ verdict, checks, findings }: Diagnosis) => ({
    verdict,
    checks: checks.map((each) => [each.rule, each.verdict]),
    findings: findings.map(({ rule, summary }) => [rule, summary]),
  });

  it('are few, since `sudo` reads a VDOM without entering it', async () => {
    const config = deviceWith(vdoms, 'root');
    let bySudo: unknown;
    await check(config, {}, ({ diagnosis, simulator, read }) => {
      expect(read).toEqual(names);
      expect(simulator.commands.filter((line) => line.startsWith('edit '))).toEqual([]);
      expect(simulator.commands.length).toBeLessThan(MAX_TRIPS);
      bySudo = claims(diagnosis);
    });
    await check(
      config,
      {},
      ({ diagnosis, simulator, read }) => {
        expect(read).toEqual(names);
        expect(simulator.commands.filter((line) => line.startsWith('sudo '))).toHaveLength(1);
        expect(simulator.commands.filter((line) => line === 'diagnose sys vd list')).toHaveLength(13);
        expect(claims(diagnosis)).toEqual(bySudo);
      },
      { sudo: false },
    );
  });

  it('do not multiply where the account may not run a command', async () => {
    const denied = ['show full-configuration vpn ssl settings', 'diagnose fortitoken info'];
    await check(
      deviceWith(vdoms, 'root'),
      {},
      ({ simulator, diagnosis }) => {
        expect(simulator.commands.filter((line) => line.startsWith('edit ')).length).toBeLessThan(3);
        expect(simulator.commands.length).toBeLessThan(MAX_TRIPS + 20);
        expect(diagnosis.verdict).not.toBe('healthy');
      },
      { denied },
    );
  });
});

it('answers a question about a VDOM that is none in Slack with the VDOMs that there are', async () => {
  const simulator = await startSimulator({ configText: sampleConfig('campus') });
  try {
    const question = {
      device: deviceAt(simulator),
      vdom: 'campsu',
      readAt: 0,
      signal: AbortSignal.timeout(30_000),
    };
    const outcome = await checkDevice(question, collect).then(() => undefined, failedOutcome);
    if (!outcome) throw new Error('there is no such VDOM');
    const asker = { id: 'U1', name: 'Ana' };
    const { text } = renderAnswer(outcome, { runId: 'r1', kind: 'check', asker, alias: 'fgt-test' });
    expect(text).toBe(
      [
        '⚠️ *fgt-test has no VDOM `campsu`.*',
        'Did you mean `campus`? It has `root`, `campus`, `guests`. No configuration was read.',
        '(ftm_unknown_vdom)',
      ].join('\n'),
    );
  } finally {
    await simulator.close();
  }
});

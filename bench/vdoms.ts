import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDevice } from '../src/bot/worker/check-device.ts';
import { createCollector } from '../src/device/create-collector.ts';
import { deviceAt, PASSWORD, startLookAlike, startProxy, stop } from './device-process.ts';
import type { Row } from './figure.ts';
import { median, percentile } from './statistics.ts';

/** As many as a check reads, each with an SSL VPN that users log in to: all of its commands are sent. */
const VDOMS = 12;
const DELAY_MS = 50;
/** Before each answer, as in `ssh.ts`. */
const DEVICE_MS = 20;
const GOAL_S = 15;

/** `npm run bench -- vdoms [runs]`: the time of a check that reads 12 VDOMs, at 50 ms for each round trip. */
export async function* bench([runs = '20']: readonly string[]): AsyncGenerator<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  const path = join(folder, 'vdoms.conf');
  await writeFile(path, configWith(VDOMS));
  const device = await startLookAlike(path, DEVICE_MS);
  const proxy = await startProxy(device.port, DELAY_MS);
  try {
    const times: number[] = [];
    let roundTrips = 0;
    for (let run = 0; run < Number(runs); run += 1) {
      const trip = proxy.nextTrip();
      const begun = performance.now();
      await check(proxy.port, device.hostKeys);
      times.push((performance.now() - begun) / 1000);
      ({ roundTrips } = await trip);
    }
    const note = `${roundTrips} round trips of ${DELAY_MS} ms, ${DEVICE_MS} ms of the device for each answer`;
    yield { what: `${VDOMS} VDOMs, median of ${runs}`, value: median(times), unit: 's', note };
    yield {
      what: `${VDOMS} VDOMs, 95 of 100`,
      value: percentile(times, 0.95),
      unit: 's',
      goal: { of: 'value', most: GOAL_S },
    };
  } finally {
    await stop(proxy.child);
    await stop(device.child);
    await rm(folder, { recursive: true });
  }
}

async function check(port: number, hostKeys: readonly string[]): Promise<void> {
  const read = new Set<string>();
  const { missing } = await checkDevice(
    {
      device: deviceAt({ port, hostKeys }),
      readAt: Date.UTC(2026, 2, 2),
      signal: AbortSignal.timeout(120_000),
      onProgress: ({ vdom }) => vdom && read.add(vdom.name),
    },
    createCollector({ readSecret: () => Promise.resolve(PASSWORD) }),
  );
  if (read.size !== VDOMS)
    throw new Error(`${read.size} of ${VDOMS} VDOMs were read: ${JSON.stringify(missing)}`);
}

/** A device with so many VDOMs, each with an interface and an SSL VPN. */
export function configWith(count: number): string {
  const names = ['root', ...Array.from({ length: count - 1 }, (_, index) => `tenant${index + 1}`)];
  return [
    '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=1:user=admin',
    'config vdom',
    ...names.flatMap((name) => [`edit ${name}`, 'next']),
    'end',
    'config global',
    'config system global',
    'set vdom-mode multi-vdom',
    'end',
    'config system interface',
    ...names.flatMap((name, index) => [
      `edit "port${index + 1}"`,
      `set vdom "${name}"`,
      `set ip 198.51.${100 + (index >> 8)}.${(index + 1) % 256} 255.255.255.0`,
      `set allowaccess ping${index === 0 ? ' ftm' : ''}`,
      'next',
    ]),
    'end',
    'config system ftm-push',
    'set server "198.51.100.1"',
    'set status enable',
    'end',
    'end',
    ...names.flatMap((name, index) => ['config vdom', `edit ${name}`, ...sslVpn(index + 1), 'end']),
  ].join('\n');
}

function sslVpn(port: number): readonly string[] {
  return [
    'config user local',
    `edit "user${port}"`,
    'set two-factor fortitoken',
    'next',
    'end',
    'config vpn ssl settings',
    `set source-interface "port${port}"`,
    'set port 10443',
    'config authentication-rule',
    'edit 1',
    `set users "user${port}"`,
    'next',
    'end',
    'end',
  ];
}

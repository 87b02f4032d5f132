import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createCollector } from '../src/device/create-collector.ts';
import { commandSpec } from '../src/engine/fortios/commands.ts';
import { RULES } from '../src/engine/rules/all-rules.ts';
import { collectionPlan } from '../src/engine/rules/collection-plan.ts';
import type { Trip } from './delay-proxy.ts';
import {
  type BenchDevice,
  deviceAt,
  PASSWORD,
  startLookAlike,
  startProxy,
  stop,
  USER,
} from './device-process.ts';
import type { Row } from './figure.ts';
import { median } from './statistics.ts';

/**
 * `npm run bench -- ssh`: a full check against the look-alike in a process of its own, through a proxy that adds delay.
 * First figure: its time over the sum of its round trips and the device's time. Second: over Netmiko's time for the
 * same commands, in the same run. Third: over its time for all commands that rules can need, which a script without the
 * rules has to send. That goal is for the network as it is: with much delay both are mostly delay, and
 * sending a command before the prompt is back, which alone would save more, is what FortiOS does not bear.
 */
const DELAYS_MS = '0,50,150';
/** Before each answer: no FortiGate answers at once, and a fast one takes about as long. */
const DEVICE_MS = 20;
const SAMPLE = join(import.meta.dirname, '../src/stand-ins/fortigate/samples/branch-07.conf');
const GOAL_OWN = 1.15;
const GOAL_PEER = 1 / 3;
const PYTHON = '/usr/bin/python3';

const NETMIKO = `
import sys, time
from netmiko import ConnectHandler
port, user, password, *lines = sys.argv[1:]
started = time.monotonic()
peer = ConnectHandler(device_type='fortinet', host='127.0.0.1', port=int(port), username=user, password=password)
for line in lines:
    peer.send_command(line)
peer.disconnect()
print(time.monotonic() - started)
`;

/** `npm run bench -- ssh [runs] [delay,delay,…]` */
export async function* bench([runs = '5', delays = DELAYS_MS]: readonly string[]): AsyncGenerator<Row> {
  const device = await startLookAlike(SAMPLE, DEVICE_MS);
  try {
    for (const delay of delays.split(',')) {
      const proxy = await startProxy(device.port, Number(delay));
      try {
        yield* benchDelay({ ...device, ...proxy }, Number(delay), Number(runs));
      } finally {
        await stop(proxy.child);
      }
    }
  } finally {
    await stop(device.child);
  }
}

async function* benchDelay(
  proxy: BenchDevice & Pick<Awaited<ReturnType<typeof startProxy>>, 'nextTrip'>,
  delay: number,
  runs: number,
): AsyncGenerator<Row> {
  const commands = collectionPlan(RULES);
  const trips: Trip[] = [];
  let sent: readonly string[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const trip = proxy.nextTrip();
    sent = await check(proxy, commands);
    // The first warms both sides up.
    if (run > 0) trips.push(await trip);
    else await trip;
  }
  const total = median(trips.map(({ totalMs }) => totalMs));
  const row = { what: `${delay} ms a round trip`, value: total, unit: 'ms' } as const;
  yield {
    ...row,
    beside: {
      what: 'round trips and device alone',
      value: median(trips.map(({ totalMs, clientMs }) => totalMs - clientMs)),
    },
    goal: { of: 'ratio', most: GOAL_OWN },
    note: `${sent.length} commands in ${trips[0]?.roundTrips} round trips, median of ${runs}`,
  };
  if (spawnSync(PYTHON, ['-c', 'import netmiko']).status !== 0) {
    yield {
      what: `${row.what}, beside Netmiko`,
      notMeasured: `${PYTHON} has no netmiko (Debian: apt-get install python3-netmiko)`,
    };
    return;
  }
  const all = [...new Set(['get system status', ...commands.map((id) => commandSpec(id).text)])];
  yield {
    ...row,
    beside: { what: 'Netmiko, the same commands', value: await timeOfNetmiko(proxy, sent) },
    ...(delay === 0 ? { goal: { of: 'ratio', most: GOAL_PEER } } : {}),
  };
  yield {
    ...row,
    beside: { what: `Netmiko, all ${all.length} commands`, value: await timeOfNetmiko(proxy, all) },
  };
}

async function check(
  at: BenchDevice,
  commands: ReturnType<typeof collectionPlan>,
): Promise<readonly string[]> {
  const collect = createCollector({ readSecret: () => Promise.resolve(PASSWORD) });
  const items = await collect({ device: deviceAt(at), commands });
  const failed = items.filter(({ failure }) => failure);
  if (failed.length > 0) throw new Error(`not a whole check: ${failed.map(({ name }) => name).join(', ')}`);
  return items.flatMap(({ command }) => command ?? []);
}

async function timeOfNetmiko(
  proxy: Pick<Awaited<ReturnType<typeof startProxy>>, 'port' | 'nextTrip'>,
  lines: readonly string[],
): Promise<number> {
  const trip = proxy.nextTrip();
  const ms = await runNetmiko(proxy.port, lines);
  await trip;
  return ms;
}

async function runNetmiko(port: number, lines: readonly string[]): Promise<number> {
  const args = ['-c', NETMIKO, String(port), USER, PASSWORD, ...lines];
  const { stdout } = await promisify(execFile)(PYTHON, args);
  return Number(stdout) * 1000;
}

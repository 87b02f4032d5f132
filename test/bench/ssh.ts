import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createCollector } from '../../src/device/create-collector.ts';
import { commandSpec } from '../../src/fortios/commands.ts';
import { RULES } from '../../src/rules/all-rules.ts';
import { collectionPlan } from '../../src/rules/collection-plan.ts';
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

/**
 * `npm run bench -- ssh`: a full check against the look-alike in a process of its own, through a proxy that adds delay.
 * First figure: its time over the sum of its round trips and the device's time. Second: over Netmiko's time for the
 * same commands, in the same run. Third: over its time for all commands that rules can need, which a script without the
 * rules has to send. That goal is for the network as it is: with much delay both are mostly delay, and
 * sending a command before the prompt is back, which alone would save more, is what FortiOS does not bear.
 */
const DELAYS_MS = [0, 50, 150] as const;
/** Before each answer: no FortiGate answers at once, and a fast one takes about as long. */
const DEVICE_MS = 20;
const RUNS = 5;
const SAMPLE = join(import.meta.dirname, '../../src/simulator/samples/branch-07.conf');
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

export async function bench(): Promise<void> {
  process.exitCode = (await meetsGoals()) ? 0 : 1;
}

async function meetsGoals(): Promise<boolean> {
  const device = await startLookAlike(SAMPLE, DEVICE_MS);
  const commands = collectionPlan(RULES);
  const lines = ['get system status', ...commands.map((id) => commandSpec(id).text)];
  const netmiko = spawnSync(PYTHON, ['-c', 'import netmiko']).status === 0;
  if (!netmiko) console.warn('Netmiko left out: install python3-netmiko');
  console.log(
    `A full check: ${new Set(lines).size} commands, ${DEVICE_MS} ms of the device for each, median of ${RUNS} runs; ` +
      'those whose answers are known from others are not sent',
  );
  let met = true;
  try {
    for (const delay of DELAYS_MS) {
      const proxy = await startProxy(device.port, delay);
      try {
        const trips: Trip[] = [];
        let sent: readonly string[] = [];
        for (let run = 0; run <= RUNS; run += 1) {
          const trip = proxy.nextTrip();
          sent = await check({ port: proxy.port, hostKeys: device.hostKeys }, commands);
          // The first warms both sides up.
          if (run > 0) trips.push(await trip);
          else await trip;
        }
        const own = median(trips.map(({ totalMs, clientMs }) => totalMs / (totalMs - clientMs)));
        const total = median(trips.map(({ totalMs }) => totalMs));
        met &&= own <= GOAL_OWN;
        let text =
          `${delay} ms: ${Math.round(total)} ms for ${sent.length} commands in ${trips[0]?.roundTrips} round trips, ` +
          `${own.toFixed(3)} times these and the device's time (goal ${GOAL_OWN})`;
        if (netmiko) {
          const sameMs = await timeOfNetmiko(proxy, sent);
          const allMs = await timeOfNetmiko(proxy, [...new Set(lines)]);
          if (delay === 0) met &&= total / sameMs <= GOAL_PEER;
          text +=
            `; Netmiko ${Math.round(sameMs)} ms for the same commands, ${(total / sameMs).toFixed(3)} of it` +
            `${delay === 0 ? ` (goal ${GOAL_PEER.toFixed(3)})` : ''}, and ${Math.round(allMs)} ms for all, ` +
            `${(total / allMs).toFixed(3)} of it`;
        }
        console.log(text);
      } finally {
        await stop(proxy.child);
      }
    }
  } finally {
    await stop(device.child);
  }
  return met;
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
  proxy: Awaited<ReturnType<typeof startProxy>>,
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

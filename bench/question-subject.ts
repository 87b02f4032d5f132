import { readFileSync } from 'node:fs';
import { checkDevice } from '../src/bot/worker/check-device.ts';
import { createCollector } from '../src/device/create-collector.ts';
import { deviceAt, PASSWORD } from './device-process.ts';

/** The process that asks, whose memory counts: `PORT HOST-KEY RUNS`. Prints one JSON line. */
const [port = '0', hostKey = '', runs = '1'] = process.argv.slice(2);
const collect = createCollector({ readSecret: () => Promise.resolve(PASSWORD) });
const seconds: number[] = [];
for (let run = 0; run < Number(runs); run += 1) {
  const begun = performance.now();
  const { verdict, missing } = await checkDevice(
    {
      device: deviceAt({ port: Number(port), hostKeys: [hostKey] }),
      user: 'user7',
      readAt: Date.UTC(2026, 2, 2),
      signal: AbortSignal.timeout(120_000),
    },
    collect,
  );
  if (verdict === undefined) throw new Error(`no answer: ${JSON.stringify(missing)}`);
  seconds.push((performance.now() - begun) / 1000);
}
const [, kibibytes = 'NaN'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
process.stdout.write(JSON.stringify({ seconds, peakMb: Math.round(Number(kibibytes) / 1024) }));

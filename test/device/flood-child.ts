import { readFileSync } from 'node:fs';
import { collect, deviceAt } from './device-fixture.ts';

/** Reads what listens on a port, and says what became of it and how much memory that took at most. */
const [port = '0', hostKey = '', commands = 'dns', connectMs = '30000'] = process.argv.slice(2);
const device = deviceAt(
  { port: Number(port), hostKeyLines: [hostKey] },
  { timeouts: { connect: Number(connectMs), command: 30_000, job: 60_000 } },
);
const wanted = commands.split(',') as Parameters<typeof collect>[0]['commands'];
const outcome = await collect({ device, commands: wanted }).then(
  (items) => items.map(({ command, failure }) => [command, failure?.reason ?? 'read']),
  (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error)),
);
// `maxRSS` of a new process begins with that of the process that started it.
const [, kibibytes = 'NaN'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
const peakMb = Math.round(Number(kibibytes) / 1024);
process.stdout.write(JSON.stringify({ outcome, peakMb }));

import { expect, it } from 'vitest';
import { checkDevice } from '../../../src/bot/worker/check-device.ts';
import type { Device } from '../../../src/platform/config/inventory-types.ts';
import type { SimulatorBehaviour } from '../../../src/stand-ins/fortigate/behaviour.ts';
import { type SampleName, sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { collect, deviceAt } from '../../device/device-fixture.ts';

const PING = 'execute ping push.fortinet.com';

async function checked(sample: SampleName, device: Partial<Device>, behaviour: SimulatorBehaviour = {}) {
  const simulator = await startSimulator({ configText: sampleConfig(sample), behaviour });
  try {
    const request = { device: deviceAt(simulator, device), readAt: 0, signal: new AbortController().signal };
    const { checks, missing } = await checkDevice(request, collect);
    return {
      commands: [...simulator.commands],
      writes: simulator.writes,
      verdictOf: (id: string) => checks.find(({ rule }) => rule === id)?.verdict,
      asked: missing.flatMap((each) => each.commands),
    };
  } finally {
    await simulator.close();
  }
}

it('pings the push server only where the inventory allows it', async () => {
  const without = await checked('branch-07', {});
  expect(without.commands.filter((line) => line.startsWith('execute'))).toEqual([]);
  expect(without.verdictOf('push-dns-failure')).toBe('unknown');
  expect(without.asked).toContain(PING);

  const { commands, verdictOf, asked, writes } = await checked('branch-07', { ping: true });
  expect(commands.filter((line) => line.startsWith('execute'))).toEqual([PING]);
  expect(verdictOf('push-dns-failure')).toBe('healthy');
  expect(asked).not.toContain(PING);
  expect(writes).toEqual([]);
});

it('pings from the management VDOM, which it enters for that', async () => {
  const { commands, verdictOf, writes } = await checked('campus', { ping: true });
  const at = commands.indexOf(PING);
  expect(commands.filter((line) => line.startsWith('execute'))).toEqual([PING]);
  expect(commands.slice(0, at).findLast((line) => line.startsWith('edit '))).toBe('edit root');
  expect(verdictOf('push-dns-failure')).toBe('healthy');
  // Its default route leaves by a private address: the reply shows that the way is open.
  expect(verdictOf('push-egress-unsuitable')).toBe('healthy');
  expect(writes).toEqual([]);
});

it.each<readonly [string, SimulatorBehaviour, string, string]>([
  ['does not resolve', { pushServer: 'unresolved' }, 'broken', 'unknown'],
  ['gets no reply', { pushServer: 'lost' }, 'healthy', 'unknown'],
  ['is refused', { denied: [PING] }, 'unknown', 'unknown'],
  ['prints nothing', { silentlyDenied: [PING] }, 'unknown', 'unknown'],
  ['is never answered', { silentAfter: { command: PING } }, 'unknown', 'unknown'],
])('where the ping %s', async (_what, behaviour, dns, egress) => {
  const timeouts = { connect: 5_000, command: 1_500, job: 20_000 };
  const { verdictOf } = await checked('campus', { ping: true, timeouts }, behaviour);
  expect([verdictOf('push-dns-failure'), verdictOf('push-egress-unsuitable')]).toEqual([dns, egress]);
});

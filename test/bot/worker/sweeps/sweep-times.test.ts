import { expect, it } from 'vitest';
import { findMaintenance, memberKeepMs } from '../../../../src/bot/worker/sweeps/time-windows.ts';
import { parseInventory } from '../../../../src/platform/config/inventory.ts';
import type { MemberJob } from '../../../../src/platform/runs/queue-job.ts';

const HOUR = 3_600_000;
const SATURDAY_AT_THREE = Date.UTC(2026, 10, 28, 3);

const inventory = parseInventory(
  `defaults: { username: ftm-check, password: { env: X } }
devices: { fgt-1: { address: 192.0.2.1, hostKeys: ['SHA256:${'a'.repeat(43)}'] } }
groups: { branches: {} }
sweeps:
  - name: nightly
    group: "*"
    cron: "0 3 * * *"
    channel: C0SUPPORT
    maintenance: [{ from: "04:00", until: "05:00" }, { from: "05:00", until: "06:00", timeZone: America/Bogota }]
    quietHours: [{ from: "00:00", until: "00:00", days: [sat, sun] }, { from: "00:00", until: "08:00", days: [mon] }]
access: []`,
  'inventory.yaml',
);

function member(sweep?: string): MemberJob {
  return {
    kind: 'group-member',
    runId: 'run.0',
    acceptedAt: SATURDAY_AT_THREE,
    asker: { id: 'ftm-check' },
    replyTo: { channel: 'C0SUPPORT' },
    alias: 'fgt-1',
    member: { of: 'run', number: 0, size: 1, sweep },
  };
}

it.each([
  ['without a sweep', undefined, SATURDAY_AT_THREE, 24],
  ['of a sweep in the quiet hours of a weekend', 'nightly', SATURDAY_AT_THREE, 53 + 24],
  ['of a sweep outside of quiet hours', 'nightly', SATURDAY_AT_THREE - 24 * HOUR, 24],
])('a result %s is kept until a day after it can be seen', (_, sweep, at, hours) => {
  expect(memberKeepMs(member(sweep), { inventory, now: () => at }) / HOUR).toBe(hours);
});

it.each([
  ['04:30', true],
  ['10:30', true],
  ['05:30', false],
])('a maintenance window is in its own zone, else in that of the sweep: %s UTC', (time, isIn) => {
  const now = () => Date.parse(`2026-12-02T${time}Z`);
  expect(findMaintenance(member('nightly'), { inventory, now }) !== undefined).toBe(isIn);
});

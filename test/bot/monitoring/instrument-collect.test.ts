import { expect, it } from 'vitest';
import { instrumentCollect } from '../../../src/bot/monitoring/instrument-collect.ts';
import type { Collect } from '../../../src/device/collector.ts';
import type { LiveRequest } from '../../../src/device/live/live-types.ts';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { openAuditTrail } from '../../../src/platform/audit/audit-trail.ts';
import type { Device } from '../../../src/platform/config/inventory-types.ts';
import { createLogger } from '../../../src/platform/observe/create-logger.ts';
import { Metrics } from '../../../src/platform/observe/metrics.ts';

const DEVICE: Device = {
  alias: 'fgt-hq',
  address: '192.0.2.1',
  port: 22,
  username: 'ftm-check',
  credential: { kind: 'password', password: { env: 'P' } },
  hostKeys: [],
  groups: [],
  algorithms: 'modern',
  timeouts: { connect: 1, command: 1, job: 1 },
};

function watched(collect: Collect, isFull: (text: string) => boolean = () => false) {
  const lines: Record<string, unknown>[] = [];
  const log: string[] = [];
  const metrics = new Metrics();
  const audit = openAuditTrail(
    {
      write(bytes) {
        const text = bytes.toString('utf8');
        if (isFull(text)) throw new Error('ENOSPC');
        lines.push(JSON.parse(text) as Record<string, unknown>);
        return bytes.length;
      },
      close() {},
    },
    () => 0,
  );
  const logger = createLogger({ level: 'error', to: { write: (line) => void log.push(line) } });
  const run = (live?: LiveRequest) =>
    instrumentCollect(collect, { audit, metrics, logger, now: () => 0 })({
      device: DEVICE,
      commands: ['system-status'],
      ...(live ? { live } : {}),
    });
  return { run, lines, log, metrics };
}

const reads: Collect = async ({ onSent }) => {
  onSent?.('get system status\n');
  onSent?.('exit\n');
  return [];
};

it('records the device before it is connected to, and what was sent afterwards', async () => {
  const { run, lines } = watched(async (request) => {
    expect(lines.at(-1)).toMatchObject({
      event: 'device.connecting',
      device: 'fgt-hq',
      address: '192.0.2.1',
    });
    return reads(request);
  });
  await run();
  expect(lines.at(-1)).toMatchObject({
    event: 'device.left',
    sent: ['get system status\n', 'exit\n'],
    outcome: 'read',
  });
});

it.each([
  ['off', async (live: LiveRequest) => live.onClosed?.()],
  ['left-on', async () => undefined],
] as const)(
  'records a debug before it is switched on, and whether it is off again: %s',
  async (outcome, end) => {
    const { run, lines } = watched(async ({ live }) => {
      await live?.onOpening?.(['fnbamd', 'ftm-push']);
      expect(lines.at(-1)).toMatchObject({
        event: 'debug.opening',
        device: 'fgt-hq',
        seconds: 60,
        applications: ['fnbamd', 'ftm-push'],
      });
      if (live) await end(live);
      return [];
    });
    await run({ seconds: 60, onReport: () => undefined });
    expect(lines.at(-1)).toMatchObject({ event: 'debug.ended', outcome });
  },
);

it('does not switch on what cannot be put on record', async () => {
  let isOn = false;
  const { run } = watched(
    async ({ live }) => {
      await live?.onOpening?.(['fnbamd']);
      isOn = true;
      return [];
    },
    (text) => text.includes('debug.opening'),
  );
  await expect(run({ seconds: 60, onReport: () => undefined })).rejects.toThrow();
  expect(isOn).toBe(false);
});

it.each([
  [new FtmError('ftm_device_timeout', 'x'), 'ftm_device_timeout', 1],
  [new FtmError('ftm_host_key_changed', 'x'), 'ftm_host_key_changed', 1],
  [new FtmError('ftm_cancelled', 'x'), 'ftm_cancelled', 0],
  [new Error('x'), 'ftm_internal', 0],
])(
  'records that it went wrong, counts what is the device, and passes it on: %s',
  async (thrown, outcome, counted) => {
    const { run, lines, metrics } = watched(() => Promise.reject(thrown));
    await expect(run()).rejects.toBe(thrown);
    expect(lines.at(-1)).toMatchObject({ event: 'device.left', sent: [], outcome });
    const line = `ftm_check_device_errors_total{kind="${outcome}"} 1`;
    expect((await metrics.text()).includes(line)).toBe(counted === 1);
  },
);

it('does not connect to a device that cannot be put on record', async () => {
  let connected = false;
  const { run } = watched(
    async () => {
      connected = true;
      return [];
    },
    (text) => text.includes('device.connecting'),
  );
  await expect(run()).rejects.toMatchObject({
    code: 'ftm_internal',
    message: expect.stringMatching(/audit trail cannot be written/) as string,
  });
  expect(connected).toBe(false);
});

it('keeps an answer that is there already when the record of the end fails, and says so in the log', async () => {
  const { run, log } = watched(reads, (text) => text.includes('device.left'));
  expect(await run()).toEqual([]);
  expect(log.join()).toContain('not recorded in the audit trail');
});

import { expect, it } from 'vitest';
import { diagnoseReading } from '../../../src/bot/worker/check-device.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { deviceAt } from '../../device/device-fixture.ts';

/** Long enough to be judged in a thread. */
const LINES = 40_000;

it('the limit of a job ends its judging, too', async () => {
  const text = Array.from({ length: LINES }, (_, index) => `2026-01-07 14:30:09 line ${index} of a log`).join(
    '\n',
  );
  const check = {
    device: deviceAt({ port: 22, hostKeyLines: [] }),
    readAt: Date.UTC(2026, 0, 7),
    signal: new AbortController().signal,
  };
  const evidence = redact([{ name: 'log', text }]);
  await expect(diagnoseReading(check, { evidence, timeLeftMs: 1 })).rejects.toMatchObject({
    code: 'ftm_device_timeout',
    advice: expect.stringMatching(/\w/),
  });
});

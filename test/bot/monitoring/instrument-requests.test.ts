import { expect, it } from 'vitest';
import { instrumentRequests } from '../../../src/bot/monitoring/instrument-requests.ts';
import type { Requests } from '../../../src/bot/requests/ports.ts';
import { openAuditTrail } from '../../../src/platform/audit/audit-trail.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createMetrics } from '../../../src/platform/observe/metrics.ts';

it('puts uploads on record that Slack does not give us: no run tells of them', async () => {
  const lines: Record<string, unknown>[] = [];
  const told: unknown[] = [];
  const metrics = createMetrics();
  const audit = openAuditTrail(
    {
      write(bytes) {
        lines.push(JSON.parse(bytes.toString('utf8')) as Record<string, unknown>);
        return bytes.length;
      },
      close() {},
    },
    () => 0,
  );
  const inner: Pick<Requests, 'filesDenied'> = { filesDenied: (...all) => void told.push(all) };
  const services = instrumentRequests(inner as Requests, { audit, metrics, logger: silentLogger });
  const by = { user: 'U1', channel: 'C1', team: 'T1' };
  services.filesDenied(by, 2);
  expect(told).toEqual([[by, 2]]);
  expect(lines.at(-1)).toMatchObject({ event: 'request.refused', actor: by, reason: 'file-denied' });
  expect(await metrics.text()).toContain('ftm_check_refusals_total{reason="file-denied"} 1');
});

import { expect, it } from 'vitest';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { until } from '../support/until.ts';
import { startTestSystem } from './test-system.ts';

it('what a check of a device leaves is kept for as long as its setting says', async () => {
  const kept = new Map<string, number>();
  await using system = await startTestSystem({
    configText: sampleConfig('campus'),
    retention: { historyMs: 3_000_001, settingsMs: 3_000_002, evidenceMs: 3_000_003 },
    watch: (backend) => ({
      ...backend,
      records: {
        ...backend.records,
        put(key, text, version, keepMs) {
          kept.set(key.split(':')[0] ?? '', keepMs);
          return backend.records.put(key, text, version, keepMs);
        },
      },
    }),
  });
  await system.check();
  await until(() => kept.size >= 3, 'all is stored');
  expect(Object.fromEntries(kept)).toMatchObject({
    history: 3_000_001,
    settings: 3_000_002,
    case: 3_000_003,
  });
});

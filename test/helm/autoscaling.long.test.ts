import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { Metrics } from '../../src/platform/observe/metrics.ts';
import { createInProcessQueue } from '../../src/platform/queue/in-process-queue.ts';
import { BASE, find, helm, manifests } from './chart.ts';

const run = promisify(execFile);
const hasPromtool = await run('promtool', ['--version']).then(
  () => true,
  () => false,
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-autoscaling-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What each pod exports while a person waits and a sweep has ten devices to go. */
async function exported(): Promise<readonly string[]> {
  const queue = createInProcessQueue<object, undefined>({ log: silentLogger });
  const metrics = new Metrics();
  metrics.watchQueue(queue);
  await queue.enqueue({ id: 'person', jobGroup: 'fgt-1', data: {} });
  for (let number = 0; number < 10; number += 1) {
    await queue.enqueue({ id: `sweep.${number}`, jobGroup: `fgt-${number}`, background: true, data: {} });
  }
  const text = await metrics.text();
  await queue.close(0);
  return text.split('\n').filter((line) => line.startsWith('ftm_check_queue_jobs{'));
}

describe('autoscaling', () => {
  it('counts what waits once, whatever the number of pods, devices of a sweep included', async ({ skip }) => {
    skip(helm === undefined || !hasPromtool);
    const all = await manifests({
      ...BASE,
      'worker.autoscaling.enabled': true,
      'worker.autoscaling.prometheusAddress': 'http://prometheus:9090',
    });
    const { triggers } = find(all, 'ScaledObject', 'prod-ftm-check-worker').spec as {
      readonly triggers: readonly { readonly metadata: { readonly query: string } }[];
    };
    const query = triggers[0]?.metadata.query ?? '';
    const namespace = /namespace="([^"]*)"/.exec(query)?.[1] ?? '';
    const lines = await exported();
    expect(lines).toContain('ftm_check_queue_jobs{state="waiting"} 11');
    const series = ['pod-1', 'pod-2'].flatMap((pod) =>
      lines.map((line) => {
        const [name = '', value = ''] = line.split(' ');
        return { series: name.replace('{', `{namespace="${namespace}",pod="${pod}",`), values: value };
      }),
    );
    const file = join(folder, 'tests.yaml');
    const expected = [{ expr: query, eval_time: '0m', exp_samples: [{ value: 11 }] }];
    await writeFile(file, stringify({ tests: [{ input_series: series, promql_expr_test: expected }] }));
    await run('promtool', ['test', 'rules', file]);
  });
});

import { expect, it } from 'vitest';
import type { Run } from '../../src/platform/runs/run.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { openTestRedis } from '../support/redis.ts';
import { startTestSystem } from './test-system.ts';

const redis = await openTestRedis();

it('names the change since the last healthy check, in Slack and in the report', async ({
  skip,
  onTestFinished,
}) => {
  skip(redis === undefined);
  onTestFinished(() => redis?.stop());
  await using system = await startTestSystem({
    configText: sampleConfig('campus'),
    redis,
  });
  const alias = 'fgt-branch-07';
  await system.check(alias);
  const [healthy] = await system.answered({ alias }, 1);
  expect(healthy?.outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { verdict: 'healthy' } });
  expect(healthy?.outcome).not.toHaveProperty('sinceHealthy');

  const console = system.simulator.console();
  for (const line of ['config global', 'config system global', 'set admin-sport 4433', 'end', 'end'])
    console.execute(line);
  const verdictOf = ({ outcome }: Run) => (outcome?.kind === 'diagnosed' ? outcome.diagnosis.verdict : '');
  let broken: Run | undefined;
  // A request that joins a check whose job is just ending shares its result.
  for (let asked = 2; broken === undefined && asked < 6; asked += 1) {
    await system.check(alias);
    const runs = await system.answered({ alias }, asked);
    broken = runs.find((run) => verdictOf(run) === 'broken');
  }
  expect(broken?.outcome).toMatchObject({
    kind: 'diagnosed',
    diagnosis: { verdict: 'broken' },
    sinceHealthy: {
      healthyAt: healthy?.acceptedAt,
      changes: [
        {
          setting: { name: 'admin-sport', before: '8443', after: '4433' },
          rules: ['port-conflict-admin-https'],
        },
      ],
      more: 0,
    },
  });
  expect(JSON.stringify(broken?.outcome)).not.toMatch(/"sinceHealthy".*"sinceHealthy"/);
  const answer = JSON.stringify(system.slack.messages(broken?.replyTo.channel ?? ''));
  expect(answer).toMatch(/admin-sport changed from 8443 to 4433 between \d\d:\d\d and \d\d:\d\d UTC on/);
});

import { expect, it, vi } from 'vitest';
import type { Run } from '../../src/platform/runs/run.ts';
import { debugOfLogin } from '../fixtures/logs/debug-of-login.ts';
import { until } from '../support/until.ts';
import { buttonIn } from './button-in.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const DEVICE = 'fgt-branch-07';

/** A finished check of the device that `matches`. */
async function runWith(system: TestSystem, matches: (run: Run) => boolean): Promise<Run> {
  let found: Run | undefined;
  await until(async () => {
    const runs = await system.backend.runs.byDevice(DEVICE, 50);
    found = runs.find((run) => run.answeredAt !== undefined && matches(run));
    return found !== undefined;
  }, 'there is such an answer');
  return found as Run;
}

function paste(system: TestSystem, { outcome }: Run): void {
  if (outcome?.kind !== 'diagnosed') throw new Error('no diagnosis');
  const console = system.simulator.console();
  for (const { fix } of outcome.diagnosis.findings) {
    for (const line of fix.apply) console.execute(line.replace(/<[^<>]+>/g, 'Str0ng-enough-1'));
  }
}

it('a fix is pasted and proved: the thread turns green, and the report tells its story', async () => {
  await using system = await startTestSystem({
    device: '    live: true',
    behaviour: { debug: debugOfLogin() },
  });
  await system.check(`${DEVICE} --user wren`);
  const asked = await runWith(system, ({ comparesTo }) => comparesTo === undefined);
  const message = (ts: string | undefined) => {
    const found = system.slack.workspace.find(SUPPORT, ts ?? '');
    if (found === undefined) throw new Error(`no message ${ts}`);
    return found;
  };
  const answer = message(asked.answerTs);
  expect(answer.text).toMatch(/^🔴/);

  paste(system, asked);
  const before = system.slack.ephemeral(SUPPORT, BEN).length;
  await system.slack.action({
    user: BEN,
    channel: SUPPORT,
    ts: answer.ts,
    action: buttonIn(answer, 'I pasted it'),
  });
  const pasted = await runWith(system, ({ afterFix }) => afterFix === true);
  expect(pasted.comparesTo).toBe(asked.id);
  const offer = await system.slack.until(() =>
    system.slack
      .ephemeral(SUPPORT, BEN)
      .slice(before)
      .find(({ text }) => text.startsWith('Shall I watch')),
  );

  await system.slack.action({
    user: BEN,
    channel: SUPPORT,
    ts: offer.ts,
    action: buttonIn(offer, 'Watch the next login'),
  });
  const proved = await runWith(system, ({ live }) => live !== undefined);
  expect(proved).toMatchObject({
    comparesTo: asked.id,
    outcome: { diagnosis: { verdict: 'healthy', proof: 'login' } },
  });
  await vi.waitFor(() => {
    expect(message(asked.answerTs).text).toMatch(
      /^🟢 wren got in(?:, \d+ s)?\. The newer answer is further down/,
    );
    expect(message(asked.rootTs).text).toMatch(/^🟢 wren got in(?:, \d+ s)? · \*<@U0ANA>\* asked for/);
  });

  const green = message(proved.answerTs);
  await system.slack.action({ user: ANA, channel: SUPPORT, ts: green.ts, action: buttonIn(green, 'Report') });
  const { reportFile = '' } = await runWith(system, ({ reportFile: file }) => file !== undefined);
  const report = system.slack.fileContent(reportFile);
  expect(report).toMatch(
    /This conversation[\s\S]*asked for wren\.[\s\S]*pasted the fix\.[\s\S]*wren watched\. wren got in/,
  );
});

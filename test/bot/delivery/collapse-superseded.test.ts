import type { KnownBlock } from '@slack/types';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Run } from '../../../src/platform/runs/run.ts';
import { readTogetherText } from '../../../src/report/documents/read-together-text.ts';
import { renderAnswer } from '../../../src/report/formats/slack/render-answer.ts';
import { DEVICE_CHECK } from '../../report/fixtures.ts';
import { ANA, OUTCOME, openTestDelivery, SUPPORT, type TestDelivery } from './delivery-fixture.ts';

let setup: TestDelivery;
let thread: string;
beforeEach(async () => {
  setup = await openTestDelivery();
  thread = setup.slack.workspace.add({ channel: SUPPORT, user: ANA, text: 'Push is broken' }).ts;
});
afterEach(() => setup.close());

function accept(id: string, replaces: readonly string[] = []): Promise<Run> {
  const replyTo = { channel: SUPPORT, thread };
  const acceptedAt = Date.now();
  return setup.runs.create({ id, asker: { id: ANA }, replyTo, acceptedAt, kind: 'analyze', replaces });
}

/** As a worker does it. */
async function answer(run: Run): Promise<void> {
  await setup.delivery.deliver(run, OUTCOME);
  await setup.delivery.collapseSuperseded(run);
}

function standing(): readonly unknown[] {
  const answers = setup.said().filter(({ text }) => text !== readTogetherText);
  return answers.map(({ metadata }) => metadata?.event_payload.run_id);
}

it('leaves the answer for the whole, where its parts were answered before', async () => {
  await answer(await accept('one'));
  await answer(await accept('two', ['one']));
  await answer(await accept('three', ['one', 'two']));
  expect(standing()).toEqual(['three']);
  expect(setup.said().map(({ blocks = [] }) => blocks.length > 0)).toEqual([false, false, true]);
});

it('leaves the answer for the whole, where a part was accepted after it', async () => {
  await answer(await accept('two', ['one']));
  await answer(await accept('one'));
  expect(standing()).toEqual(['two']);
});

it('leaves the answer for the whole, where it was accepted while the part was answered', async () => {
  const part = await accept('one');
  await setup.delivery.deliver(part, OUTCOME);
  await accept('two', ['one']);
  await setup.delivery.collapseSuperseded(part);
  expect(standing()).toEqual([]);
});

it('is done by the next try where Slack was away, or the process died', async () => {
  await answer(await accept('one'));
  const whole = await accept('two', ['one']);
  await setup.delivery.deliver(whole, OUTCOME);
  for (let call = 0; call < 4; call += 1) setup.slack.failNext('chat.update', { status: 503 });
  await expect(setup.delivery.collapseSuperseded(whole)).rejects.toMatchObject({
    code: 'ftm_slack_failed',
    retryable: true,
  });
  await setup.restart();
  await setup.delivery.collapseSuperseded(whole);
  expect(standing()).toEqual(['two']);
});

it('leaves alone what is another case', async () => {
  await answer(await accept('one'));
  await answer(await accept('two'));
  const { ts } = setup.slack.workspace.add({ channel: SUPPORT, user: ANA, text: 'Another' });
  thread = ts;
  await answer(await accept('three'));
  expect(standing()).toEqual(['one', 'two', 'three']);
});

it('leaves one line of an answer that was checked again, with what it said behind a title', async () => {
  await setup.restart({ render: (outcome, view) => renderAnswer(outcome, view) });
  const outcome = { kind: 'diagnosed', tookMs: 900 } as const;
  const request = {
    asker: { id: ANA },
    replyTo: { channel: SUPPORT, thread },
    acceptedAt: Date.now(),
    kind: 'check',
    alias: 'fgt-branch-07',
  } as const;
  for (const each of [
    { ...request, id: 'first' },
    { ...request, id: 'again', comparesTo: 'first' },
  ]) {
    const run = await setup.runs.create(each);
    const headline = `${DEVICE_CHECK.headline}, seen in ${each.id}`;
    await setup.delivery.deliver(run, { ...outcome, diagnosis: { ...DEVICE_CHECK, headline } });
    await setup.delivery.collapseSuperseded(run);
  }
  const [first, again] = setup.said();
  expect(first?.text).toMatch(/^Checked again: .*Earlier answer: Pushes go out/);
  expect(first?.blocks?.map((block) => (block as KnownBlock).type)).toEqual(['context', 'container']);
  expect(JSON.stringify(first?.blocks)).toContain('delete \\"ftm-callback\\"');
  expect(again?.text).toContain('*Fix*');
  expect(setup.slack.violations()).toEqual([]);
});

it('leaves an answer as it is where the check that followed it failed', async () => {
  await setup.restart({ render: (outcome, view) => renderAnswer(outcome, view) });
  const replyTo = { channel: SUPPORT, thread };
  const request = { asker: { id: ANA }, replyTo, acceptedAt: Date.now(), kind: 'check' } as const;
  const first = await setup.runs.create({ ...request, id: 'first' });
  await setup.delivery.deliver(first, { kind: 'diagnosed', diagnosis: DEVICE_CHECK, tookMs: 900 });
  const again = await setup.runs.create({ ...request, id: 'again', comparesTo: 'first' });
  await setup.delivery.deliver(again, OUTCOME);
  await setup.delivery.collapseSuperseded(again);
  expect(setup.said()[0]?.text).toContain('*Fix*');
});

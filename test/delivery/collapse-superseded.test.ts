import type { KnownBlock } from '@slack/types';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readTogetherText } from '../../src/delivery/texts.ts';
import { renderAnswer } from '../../src/report/slack/render-answer.ts';
import type { Run, RunOutcome } from '../../src/runs/run.ts';
import { DEVICE_CHECK } from '../report/fixtures.ts';
import { ANA, OUTCOME, openTestDelivery, SUPPORT, type TestDelivery } from './delivery-fixture.ts';

let office: TestDelivery;
let thread: string;
beforeEach(async () => {
  office = await openTestDelivery();
  thread = office.slack.workspace.add({ channel: SUPPORT, user: ANA, text: 'Push is broken' }).ts;
});
afterEach(() => office.close());

function accept(id: string, replaces: readonly string[] = []): Promise<Run> {
  const replyTo = { channel: SUPPORT, thread };
  const acceptedAt = Date.now();
  return office.runs.create({ id, asker: { id: ANA }, replyTo, acceptedAt, kind: 'analyze', replaces });
}

/** As a worker does it. */
async function answer(run: Run): Promise<void> {
  await office.delivery.deliver(run, OUTCOME);
  await office.delivery.collapseSuperseded(run);
}

function standing(): readonly unknown[] {
  const answers = office.said().filter(({ text }) => text !== readTogetherText);
  return answers.map(({ metadata }) => metadata?.event_payload.run_id);
}

it('leaves the answer for the whole, where its parts were answered before', async () => {
  await answer(await accept('one'));
  await answer(await accept('two', ['one']));
  await answer(await accept('three', ['one', 'two']));
  expect(standing()).toEqual(['three']);
  expect(office.said().map(({ blocks = [] }) => blocks.length > 0)).toEqual([false, false, true]);
});

it('leaves the answer for the whole, where a part was accepted after it', async () => {
  await answer(await accept('two', ['one']));
  await answer(await accept('one'));
  expect(standing()).toEqual(['two']);
});

it('leaves the answer for the whole, where it was accepted while the part was answered', async () => {
  const part = await accept('one');
  await office.delivery.deliver(part, OUTCOME);
  await accept('two', ['one']);
  await office.delivery.collapseSuperseded(part);
  expect(standing()).toEqual([]);
});

it('is done by the next try where Slack was away, or the process died', async () => {
  await answer(await accept('one'));
  const whole = await accept('two', ['one']);
  await office.delivery.deliver(whole, OUTCOME);
  for (let call = 0; call < 4; call += 1) office.slack.failNext('chat.update', { status: 503 });
  await expect(office.delivery.collapseSuperseded(whole)).rejects.toMatchObject({
    code: 'ftm_slack_failed',
    retryable: true,
  });
  await office.restart();
  await office.delivery.collapseSuperseded(whole);
  expect(standing()).toEqual(['two']);
});

it('leaves alone what is another case', async () => {
  await answer(await accept('one'));
  await answer(await accept('two'));
  const { ts } = office.slack.workspace.add({ channel: SUPPORT, user: ANA, text: 'Another' });
  thread = ts;
  await answer(await accept('three'));
  expect(standing()).toEqual(['one', 'two', 'three']);
});

it('leaves one line of an answer that was checked again, with what it said behind a title', async () => {
  await office.restart({ render: (outcome, view) => renderAnswer(outcome, view) });
  const outcome: RunOutcome = { kind: 'diagnosed', diagnosis: DEVICE_CHECK, tookMs: 900 };
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
    const run = await office.runs.create(each);
    await office.delivery.deliver(run, outcome);
    await office.delivery.collapseSuperseded(run);
  }
  const [first, again] = office.said();
  expect(first?.text).toMatch(/^Checked again: .*Earlier answer: Pushes go out/);
  expect(first?.blocks?.map((block) => (block as KnownBlock).type)).toEqual(['context', 'container']);
  expect(JSON.stringify(first?.blocks)).toContain('delete \\"ftm-callback\\"');
  expect(again?.text).toContain('*Fix*');
  expect(office.slack.violations()).toEqual([]);
});

it('leaves an answer as it is where the check that followed it failed', async () => {
  await office.restart({ render: (outcome, view) => renderAnswer(outcome, view) });
  const replyTo = { channel: SUPPORT, thread };
  const request = { asker: { id: ANA }, replyTo, acceptedAt: Date.now(), kind: 'check' } as const;
  const first = await office.runs.create({ ...request, id: 'first' });
  await office.delivery.deliver(first, { kind: 'diagnosed', diagnosis: DEVICE_CHECK, tookMs: 900 });
  const again = await office.runs.create({ ...request, id: 'again', comparesTo: 'first' });
  await office.delivery.deliver(again, OUTCOME);
  await office.delivery.collapseSuperseded(again);
  expect(office.said()[0]?.text).toContain('*Fix*');
});

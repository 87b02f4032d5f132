import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RenderAnswer } from '../../../src/bot/delivery/types.ts';
import {
  acceptInThread,
  acceptRun,
  OUTCOME,
  openTestDelivery,
  renderShort,
  type TestDelivery,
} from './delivery-fixture.ts';

let setup: TestDelivery;

beforeEach(async () => {
  setup = await openTestDelivery();
});

afterEach(() => setup.close());

describe('a long answer', () => {
  const long: RenderAnswer = (outcome, view, run) => ({
    ...renderShort(outcome, view, run),
    full: { filename: 'report.txt', content: 'all of it' },
  });
  const files = () => setup.said().flatMap((message) => message.files ?? []);

  it('brings the whole as a file, once', async () => {
    await setup.restart({ render: long });
    const run = await acceptRun(setup);
    await setup.delivery.deliver(run, OUTCOME);
    await setup.delivery.deliver(run, OUTCOME);
    expect(files().map(({ name }) => name)).toEqual(['report.txt']);
    expect(setup.slack.fileContent(files()[0]?.id ?? '')).toBe('all of it');
    expect(setup.said().at(-1)?.thread_ts).toBe(setup.said()[0]?.ts);
  });

  it('brings it once when the last response of the upload is lost, and after a crash', async () => {
    await setup.restart({ render: long });
    const run = await acceptRun(setup);
    setup.slack.failNext('files.completeUploadExternal', { dropResponse: true });
    await setup.delivery.deliver(run, OUTCOME);
    expect(files()).toHaveLength(1);
    await setup.restart({ render: long, forget: true });
    await setup.runs.create(run);
    await setup.delivery.deliver(run, OUTCOME);
    expect(files()).toHaveLength(1);
    expect(setup.said()).toHaveLength(3);
  });

  it('says where the whole report is only after the upload was tried', async () => {
    const said: (string | undefined)[] = [];
    const telling: RenderAnswer = (outcome, view, run) => {
      said.push(view.report?.kind);
      return { ...long(outcome, view, run), text: `report: ${view.report?.kind ?? 'not yet'}` };
    };
    await setup.restart({ render: telling });
    await setup.delivery.deliver(await acceptInThread(setup), OUTCOME);
    expect(said).toEqual([undefined, 'attached']);
    expect(setup.said()[0]?.text).toBe('report: attached');
  });

  it('says so where Slack refuses the file', async () => {
    const telling: RenderAnswer = (outcome, view, run) => ({
      ...long(outcome, view, run),
      text: view.report?.kind === 'refused' ? `refused: ${view.report.reason}` : 'not yet',
    });
    await setup.restart({ render: telling });
    setup.slack.revoke('files:write');
    await setup.delivery.deliver(await acceptInThread(setup), OUTCOME);
    expect(setup.said()[0]?.text).toBe('refused: missing_scope');
  });

  it('is posted without the file if the app may not upload', async () => {
    await setup.restart({ render: long });
    setup.slack.revoke('files:write');
    const run = await acceptInThread(setup);
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said().map(({ text }) => text)).toEqual(['The device does not answer.']);
    expect((await setup.runs.get(run.id))?.answeredAt).toBeTypeOf('number');
  });

  it('keeps its blocks when the text beside them is too long for an edit', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'short' } }] as const;
    await setup.restart({ render: () => ({ text: 'x'.repeat(9000), blocks }) });
    const run = await acceptInThread(setup);
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said()).toMatchObject([{ blocks, text: expect.stringMatching(/^x+…$/) }]);
    expect(files()).toEqual([]);
  });

  it('becomes text with the rest attached when Slack refuses its blocks as too long', async () => {
    const text = `\`\`\`${'config system admin\n'.repeat(400)}\`\`\``;
    const block = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2900) } } as const;
    await setup.restart({ render: () => ({ text, blocks: Array.from({ length: 6 }, () => block) }) });
    const run = await acceptInThread(setup);
    await setup.delivery.deliver(run, OUTCOME);
    const [answer] = setup.said();
    expect(answer?.blocks).toEqual([]);
    expect(answer?.text).toMatch(/\n```\nThe rest is in the attached file\.$/);
    expect((answer?.text.split('```').length ?? 0) % 2).toBe(1);
    expect(setup.slack.fileContent(files()[0]?.id ?? '')).toBe(text);
    expect(setup.slack.violations().map(({ code }) => code)).toEqual(['msg_blocks_too_long']);
  });
});

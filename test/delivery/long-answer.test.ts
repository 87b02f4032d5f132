import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RenderAnswer } from '../../src/delivery/types.ts';
import {
  acceptInThread,
  acceptRun,
  OUTCOME,
  openTestDelivery,
  renderShort,
  type TestDelivery,
} from './delivery-fixture.ts';

let office: TestDelivery;

beforeEach(async () => {
  office = await openTestDelivery();
});

afterEach(() => office.close());

describe('a long answer', () => {
  const long: RenderAnswer = (outcome, view) => ({
    ...renderShort(outcome, view),
    full: { filename: 'report.txt', content: 'all of it' },
  });
  const files = () => office.said().flatMap((message) => message.files ?? []);

  it('brings the whole as a file, once', async () => {
    await office.restart({ render: long });
    const run = await acceptRun(office);
    await office.delivery.deliver(run, OUTCOME);
    await office.delivery.deliver(run, OUTCOME);
    expect(files().map(({ name }) => name)).toEqual(['report.txt']);
    expect(office.slack.fileContent(files()[0]?.id ?? '')).toBe('all of it');
    expect(office.said().at(-1)?.thread_ts).toBe(office.said()[0]?.ts);
  });

  it('brings it once when the last response of the upload is lost, and after a crash', async () => {
    await office.restart({ render: long });
    const run = await acceptRun(office);
    office.slack.failNext('files.completeUploadExternal', { dropResponse: true });
    await office.delivery.deliver(run, OUTCOME);
    expect(files()).toHaveLength(1);
    await office.restart({ render: long, forget: true });
    await office.runs.create(run);
    await office.delivery.deliver(run, OUTCOME);
    expect(files()).toHaveLength(1);
    expect(office.said()).toHaveLength(3);
  });

  it('says where the whole report is only after the upload was tried', async () => {
    const said: (string | undefined)[] = [];
    const telling: RenderAnswer = (outcome, view) => {
      said.push(view.report?.kind);
      return { ...long(outcome, view), text: `report: ${view.report?.kind ?? 'not yet'}` };
    };
    await office.restart({ render: telling });
    await office.delivery.deliver(await acceptInThread(office), OUTCOME);
    expect(said).toEqual([undefined, 'attached']);
    expect(office.said()[0]?.text).toBe('report: attached');
  });

  it('says so where Slack refuses the file', async () => {
    const telling: RenderAnswer = (outcome, view) => ({
      ...long(outcome, view),
      text: view.report?.kind === 'refused' ? `refused: ${view.report.reason}` : 'not yet',
    });
    await office.restart({ render: telling });
    office.slack.revoke('files:write');
    await office.delivery.deliver(await acceptInThread(office), OUTCOME);
    expect(office.said()[0]?.text).toBe('refused: missing_scope');
  });

  it('is posted without the file if the app may not upload', async () => {
    await office.restart({ render: long });
    office.slack.revoke('files:write');
    const run = await acceptInThread(office);
    await office.delivery.deliver(run, OUTCOME);
    expect(office.said().map(({ text }) => text)).toEqual(['The device does not answer.']);
    expect((await office.runs.get(run.id))?.answeredAt).toBeTypeOf('number');
  });

  it('keeps its blocks when the text beside them is too long for an edit', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'short' } }] as const;
    await office.restart({ render: () => ({ text: 'x'.repeat(9000), blocks }) });
    const run = await acceptInThread(office);
    await office.delivery.deliver(run, OUTCOME);
    expect(office.said()).toMatchObject([{ blocks, text: expect.stringMatching(/^x+…$/) }]);
    expect(files()).toEqual([]);
  });

  it('becomes text with the rest attached when it breaks the limits', async () => {
    const text = `\`\`\`${'config system admin\n'.repeat(400)}\`\`\``;
    const block = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2900) } } as const;
    await office.restart({ render: () => ({ text, blocks: Array.from({ length: 6 }, () => block) }) });
    const run = await acceptInThread(office);
    await office.delivery.deliver(run, OUTCOME);
    const [answer] = office.said();
    expect(answer?.blocks).toEqual([]);
    expect(answer?.text).toMatch(/\n```\nThe rest is in the attached file\.$/);
    expect((answer?.text.split('```').length ?? 0) % 2).toBe(1);
    expect(office.slack.fileContent(files()[0]?.id ?? '')).toBe(text);
    expect(office.slack.violations()).toEqual([]);
  });
});

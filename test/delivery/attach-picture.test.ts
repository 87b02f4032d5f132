import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import type { DeliveryOptions } from '../../src/delivery/delivery-options.ts';
import { TWO_USERS_LOG } from '../../src/demo/scenario-two-users.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { loginsPictureFile } from '../../src/report/picture/logins-picture-file.ts';
import type { Run, RunOutcome } from '../../src/runs/run.ts';
import {
  acceptInThread,
  acceptRun,
  OUTCOME,
  openTestDelivery,
  type TestDelivery,
} from './delivery-fixture.ts';

const DIAGNOSED: RunOutcome = {
  kind: 'diagnosed',
  diagnosis: diagnoseCase(redactCase([{ name: 'paste 1', text: TWO_USERS_LOG }])),
  tookMs: 300,
};

/** Not drawn: only its way to Slack is of interest here. */
const CONTENT = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const drawPicture: DeliveryOptions['drawPicture'] = async (diagnosis, alias) => {
  const file = loginsPictureFile(diagnosis, alias);
  return file && { ...file, content: CONTENT };
};

let office: TestDelivery;
beforeEach(async () => {
  office = await openTestDelivery();
  await office.restart({ drawPicture });
});
afterEach(() => office.close());

const files = () => office.said().flatMap((message) => message.files ?? []);
const pictureOf = async ({ id }: Run) => (await office.runs.get(id))?.picture;
const uploads = () => office.slack.calls('files.getUploadURLExternal').length;

async function answered(outcome = DIAGNOSED): Promise<Run> {
  const run = await acceptInThread(office);
  await office.delivery.deliver(run, outcome);
  return run;
}

describe('the picture of the logins', () => {
  it('is a file of its own below the answer, with an alternative text', async () => {
    const run = await answered();
    expect(files()).toEqual([]);
    await office.delivery.attachPicture(run);
    const [picture] = files();
    expect(picture).toMatchObject({
      name: 'ftm-check-paste-times.png',
      mimetype: 'image/png',
      alt_txt: expect.stringContaining('marlow, timed out'),
    });
    expect(office.slack.fileBytes(picture?.id ?? '')).toEqual(Buffer.from(CONTENT));
    expect(office.said().map(({ thread_ts }) => thread_ts)).toEqual([run.replyTo.thread, run.replyTo.thread]);
    expect(JSON.stringify(office.said()[0]?.blocks)).not.toContain('image');
    expect(await pictureOf(run)).toEqual({ kind: 'attached', file: picture?.id });
  });

  it('is there once, however often and by whom it is attached', async () => {
    await office.close();
    office = await openTestDelivery({
      sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms / 50)),
    });
    await office.restart({ drawPicture });
    const run = await answered();
    await Promise.all([office.delivery.attachPicture(run), office.delivery.attachPicture(run)]);
    await office.restart({ drawPicture });
    await office.delivery.attachPicture(run);
    expect(files()).toHaveLength(1);
    expect(uploads()).toBe(1);
  });

  it('is there once after a crash between the upload and its record', async () => {
    const run = await answered();
    const update = office.runs.update.bind(office.runs);
    office.runs.update = async (id, patch) => {
      if (patch.picture !== undefined) throw new Error('the process ends here');
      return await update(id, patch);
    };
    await expect(office.delivery.attachPicture(run)).rejects.toThrow('the process ends here');
    office.runs.update = update;
    expect(await pictureOf(run)).toBeUndefined();
    await office.restart({ drawPicture });
    await office.delivery.attachPicture(run);
    expect(files()).toHaveLength(1);
    expect(uploads()).toBe(1);
    expect(await pictureOf(run)).toEqual({ kind: 'attached', file: files()[0]?.id });
  });

  it('is there once where the response of the upload is lost', async () => {
    const run = await answered();
    office.slack.failNext('files.completeUploadExternal', { dropResponse: true });
    await office.delivery.attachPicture(run);
    expect(files()).toHaveLength(1);
    expect(await pictureOf(run)).toMatchObject({ kind: 'attached' });
  });

  it.each<[string, () => void, string, number]>([
    ['the app may not upload', () => office.slack.revoke('files:write'), 'missing_scope', 1],
    [
      'files are switched off',
      () => office.slack.failNext('files.completeUploadExternal', { error: 'file_uploads_disabled' }),
      'file_uploads_disabled',
      1,
    ],
    [
      'Slack takes no files',
      () => office.slack.failNext('files.getUploadURLExternal', { status: 503 }, 99),
      'no_answer',
      4,
    ],
    [
      'Slack wants a long pause',
      () => office.slack.failNext('files.getUploadURLExternal', { status: 429, retryAfter: 30 }, 99),
      'no_answer',
      1,
    ],
  ])('leaves the answer alone where %s, and is not tried again', async (_, refuse, error, calls) => {
    const run = await answered();
    const before = office.said();
    refuse();
    await office.delivery.attachPicture(run);
    expect(await pictureOf(run)).toEqual({ kind: 'refused', error });
    expect(office.said()).toEqual(before);
    expect(uploads()).toBe(calls);
    await office.restart({ drawPicture });
    await office.delivery.attachPicture(run);
    expect(uploads()).toBe(calls);
  });

  it('leaves the answer alone where it cannot be drawn', async () => {
    await office.restart({
      drawPicture: async () => {
        throw new Error('a bug');
      },
    });
    const run = await answered();
    await office.delivery.attachPicture(run);
    expect(await pictureOf(run)).toEqual({ kind: 'refused', error: 'not_drawn' });
    expect(office.said()).toHaveLength(1);
  });

  it('comes neither before the answer nor with a failure', async () => {
    const waiting = await acceptInThread(office);
    await office.runs.update(waiting.id, { outcome: DIAGNOSED });
    await office.delivery.attachPicture(waiting);
    await office.delivery.attachPicture(await answered(OUTCOME));
    expect(files()).toEqual([]);
    expect(await pictureOf(waiting)).toBeUndefined();
  });

  it('does not come where the answer went to the asker in private', async () => {
    const run = await acceptRun(office);
    office.slack.failNext('chat.postMessage', { error: 'restricted_action' });
    await office.delivery.deliver(run, DIAGNOSED);
    expect((await office.runs.get(run.id))?.answeredAt).toBeTypeOf('number');
    await office.delivery.attachPicture(run);
    expect(files()).toEqual([]);
    expect(uploads()).toBe(0);
  });

  it('goes when another answer replaces this one', async () => {
    const part = await answered();
    await office.delivery.attachPicture(part);
    const whole = await office.runs.create({ ...part, id: 'whole', replaces: [part.id] });
    await office.delivery.deliver(whole, DIAGNOSED);
    await office.delivery.collapseSuperseded(whole);
    await office.delivery.attachPicture(whole);
    await office.delivery.attachPicture(part);
    expect(files().map(({ title }) => title)).toEqual([expect.stringContaining('(whole)')]);
    expect(await pictureOf(part)).toEqual({ kind: 'removed' });
  });
});

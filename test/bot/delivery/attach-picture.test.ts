import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryOptions } from '../../../src/bot/delivery/types.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import type { Run, RunOutcome } from '../../../src/platform/runs/run.ts';
import { loginsPictureFile } from '../../../src/report/picture/logins-picture-file.ts';
import { TWO_USERS_LOG } from '../../../src/stand-ins/fortigate/two-users-log.ts';
import {
  acceptInThread,
  acceptRun,
  OUTCOME,
  openTestDelivery,
  type TestDelivery,
} from './delivery-fixture.ts';

const DIAGNOSED: RunOutcome = {
  kind: 'diagnosed',
  diagnosis: diagnose([{ name: 'paste 1', text: TWO_USERS_LOG }]),
  tookMs: 300,
};

/** Not drawn: only its way to Slack is of interest here. */
const CONTENT = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const drawPicture: DeliveryOptions['drawPicture'] = async (diagnosis, alias) => {
  const file = loginsPictureFile(diagnosis, alias);
  return file && { ...file, content: CONTENT };
};

let setup: TestDelivery;
beforeEach(async () => {
  setup = await openTestDelivery();
  await setup.restart({ drawPicture });
});
afterEach(() => setup.close());

const files = () => setup.said().flatMap((message) => message.files ?? []);
const pictureOf = async ({ id }: Run) => (await setup.runs.get(id))?.picture;
const uploads = () => setup.slack.calls('files.getUploadURLExternal').length;

async function answered(outcome = DIAGNOSED): Promise<Run> {
  const run = await acceptInThread(setup);
  await setup.delivery.deliver(run, outcome);
  return run;
}

describe('the picture of the logins', () => {
  it('is a file of its own below the answer, with an alternative text', async () => {
    const run = await answered();
    expect(files()).toEqual([]);
    await setup.delivery.attachPicture(run);
    const [picture] = files();
    expect(picture).toMatchObject({
      name: 'ftm-check-paste-times.png',
      mimetype: 'image/png',
      alt_txt: expect.stringContaining('marlow, timed out'),
    });
    expect(setup.slack.fileBytes(picture?.id ?? '')).toEqual(Buffer.from(CONTENT));
    expect(setup.said().map(({ thread_ts }) => thread_ts)).toEqual([run.replyTo.thread, run.replyTo.thread]);
    expect(JSON.stringify(setup.said()[0]?.blocks)).not.toContain('image');
    expect(await pictureOf(run)).toEqual({ kind: 'attached', file: picture?.id });
  });

  it('is there once, however often and by whom it is attached', async () => {
    await setup.close();
    setup = await openTestDelivery({
      sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms / 50)),
    });
    await setup.restart({ drawPicture });
    const run = await answered();
    await Promise.all([setup.delivery.attachPicture(run), setup.delivery.attachPicture(run)]);
    await setup.restart({ drawPicture });
    await setup.delivery.attachPicture(run);
    expect(files()).toHaveLength(1);
    expect(uploads()).toBe(1);
  });

  it('is there once after a crash between the upload and its record', async () => {
    const run = await answered();
    const update = setup.runs.update.bind(setup.runs);
    setup.runs.update = async (id, patch) => {
      if (patch.picture !== undefined) throw new Error('the process ends here');
      return await update(id, patch);
    };
    await expect(setup.delivery.attachPicture(run)).rejects.toThrow('the process ends here');
    setup.runs.update = update;
    expect(await pictureOf(run)).toBeUndefined();
    await setup.restart({ drawPicture });
    await setup.delivery.attachPicture(run);
    expect(files()).toHaveLength(1);
    expect(uploads()).toBe(1);
    expect(await pictureOf(run)).toEqual({ kind: 'attached', file: files()[0]?.id });
  });

  it('is there once where the response of the upload is lost', async () => {
    const run = await answered();
    setup.slack.failNext('files.completeUploadExternal', { dropResponse: true });
    await setup.delivery.attachPicture(run);
    expect(files()).toHaveLength(1);
    expect(await pictureOf(run)).toMatchObject({ kind: 'attached' });
  });

  it.each<[string, () => void, string, number]>([
    ['the app may not upload', () => setup.slack.revoke('files:write'), 'missing_scope', 1],
    [
      'files are switched off',
      () => setup.slack.failNext('files.completeUploadExternal', { error: 'file_uploads_disabled' }),
      'file_uploads_disabled',
      1,
    ],
    [
      'Slack takes no files',
      () => setup.slack.failNext('files.getUploadURLExternal', { status: 503 }, 99),
      'no_answer',
      4,
    ],
    [
      'Slack wants a long pause',
      () => setup.slack.failNext('files.getUploadURLExternal', { status: 429, retryAfter: 30 }, 99),
      'no_answer',
      1,
    ],
  ])('leaves the answer alone where %s, and is not tried again', async (_, refuse, error, calls) => {
    const run = await answered();
    const before = setup.said();
    refuse();
    await setup.delivery.attachPicture(run);
    expect(await pictureOf(run)).toEqual({ kind: 'refused', error });
    expect(setup.said()).toEqual(before);
    expect(uploads()).toBe(calls);
    await setup.restart({ drawPicture });
    await setup.delivery.attachPicture(run);
    expect(uploads()).toBe(calls);
  });

  it('leaves the answer alone where it cannot be drawn', async () => {
    await setup.restart({
      drawPicture: async () => {
        throw new Error('a bug');
      },
    });
    const run = await answered();
    await setup.delivery.attachPicture(run);
    expect(await pictureOf(run)).toEqual({ kind: 'refused', error: 'not_drawn' });
    expect(setup.said()).toHaveLength(1);
  });

  it('comes neither before the answer nor with a failure', async () => {
    const waiting = await acceptInThread(setup);
    await setup.runs.update(waiting.id, { outcome: DIAGNOSED });
    await setup.delivery.attachPicture(waiting);
    await setup.delivery.attachPicture(await answered(OUTCOME));
    expect(files()).toEqual([]);
    expect(await pictureOf(waiting)).toBeUndefined();
  });

  it('does not come where the answer went to the asker in private', async () => {
    const run = await acceptRun(setup);
    setup.slack.failNext('chat.postMessage', { error: 'restricted_action' });
    await setup.delivery.deliver(run, DIAGNOSED);
    expect((await setup.runs.get(run.id))?.answeredAt).toBeTypeOf('number');
    await setup.delivery.attachPicture(run);
    expect(files()).toEqual([]);
    expect(uploads()).toBe(0);
  });

  it('goes when another answer replaces this one', async () => {
    const part = await answered();
    await setup.delivery.attachPicture(part);
    const whole = await setup.runs.create({ ...part, id: 'whole', replaces: [part.id] });
    await setup.delivery.deliver(whole, DIAGNOSED);
    await setup.delivery.collapseSuperseded(whole);
    await setup.delivery.attachPicture(whole);
    await setup.delivery.attachPicture(part);
    expect(files().map(({ title }) => title)).toEqual([expect.stringContaining('(whole)')]);
    expect(await pictureOf(part)).toEqual({ kind: 'removed' });
  });
});

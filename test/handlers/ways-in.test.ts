import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewRun } from '../../src/requests/ports.ts';
import { zipOf } from '../support/zip.ts';
import { ANA, BEN, type Bot, LOG, type Mode, QUIET, queueDown, SUPPORT, startBot } from './bot.ts';

describe.each<Mode>(['http', 'socket'])('ways in, %s', (mode) => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot(mode);
  });
  afterAll(() => bot.close());
  beforeEach(() => {
    bot.queue = () => ({ state: 'queued', ahead: 0 });
  });

  /** The run that `act` leads to. */
  async function runOf(act: () => Promise<unknown>): Promise<NewRun> {
    const before = bot.runs.length;
    await act();
    return await bot.slack.until(() => bot.runs[before]);
  }

  /** What `user` is told in private by what `act` leads to. */
  async function toldIn(channel: string, user: string, act: () => Promise<unknown>): Promise<string> {
    const before = bot.slack.ephemeral(channel, user).length;
    await act();
    return await bot.slack.until(() => bot.slack.ephemeral(channel, user)[before]?.text);
  }

  function slash(text: string, user = ANA, command = '/ftm-check') {
    return bot.slack.slash({ command, text, user, channel: SUPPORT });
  }

  it('takes a slash command, acknowledged in time though the queue is slow', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    bot.queue = async () => {
      await held;
      return { state: 'queued', ahead: 0 };
    };
    const delivery = await slash('fgt-branch-07 --user marlow —vdom “customer a”');
    expect(delivery.status).toBe(200);
    const run = await runOf(async () => release());
    expect(run).toMatchObject({
      asker: { id: ANA, name: 'Ana Ruiz' },
      replyTo: { channel: SUPPORT, team: 'T0LOCAL' },
      kind: 'check',
      alias: 'fgt-branch-07',
      user: 'marlow',
      vdom: 'customer a',
    });
    expect(run.replyTo.thread).toBeUndefined();
  });

  it.each([
    ['an empty command of somebody without devices', '', BEN, /may not check any device here/],
    ['help', 'help', ANA, /Check a device.*fgt-branch-08/s],
    ['an unknown device', 'branch-07', ANA, /no device named `branch-07`.*Did you mean `fgt-branch-07`/s],
    ['a device of others', 'fgt-hq', ANA, /no device named `fgt-hq` that you may check here/],
    ['a person without any right', 'fgt-branch-07', BEN, /have no access in this channel/],
    ['an unknown option', 'fgt-branch-07 --lives 3', ANA, /Unknown option: --lives/],
    ['a time that is none', 'fgt-branch-07 --live soon', ANA, /--live needs a number of seconds/],
    ['two devices', 'fgt-branch-07 fgt-branch-08', ANA, /One device at a time/],
    ['a name full of formatting', '<!channel>*x*', ANA, /no device named `&lt;!channel&gt;x`/],
  ])('answers %s at once and in private', async (_, text, user, expected) => {
    const runs = bot.runs.length;
    expect(await toldIn(SUPPORT, user, () => slash(text, user))).toMatch(expected);
    expect(bot.runs.length).toBe(runs);
  });

  it('tells nobody about devices they may not use', async () => {
    const told = await toldIn(SUPPORT, BEN, () => slash('help', BEN));
    expect(told).not.toContain('fgt-');
  });

  it('answers a command it does not know at once', async () => {
    const delivery = await slash('x', ANA, '/ftm-chek');
    expect(delivery).toMatchObject({ status: 200, ack: { response_type: 'ephemeral' } });
    expect(JSON.stringify(delivery.ack)).toContain('/ftm-chek');
  });

  it.each([
    [
      'the queue is away',
      { state: 'refused', error: queueDown },
      /queue is not reachable.*Try again in a minute/,
    ],
  ] as const)('says so when %s', async (_, accepted, expected) => {
    bot.queue = () => accepted;
    expect(await toldIn(SUPPORT, ANA, () => slash('fgt-branch-07'))).toMatch(expected);
  });

  it('leaves nobody without a word when it makes a mistake itself', async () => {
    bot.queue = () => Promise.reject(new Error('a bug'));
    const told = await toldIn(SUPPORT, ANA, () => slash('fgt-branch-07'));
    expect(told).toContain('nothing was started');
    expect(told).not.toContain('a bug');
  });

  it('takes a mention, once although Slack sends it as two events', async () => {
    const run = await runOf(() =>
      bot.slack.mention({ user: ANA, channel: SUPPORT, text: 'check fgt-branch-08' }),
    );
    const [message] = bot.slack.messages(SUPPORT).filter(({ text }) => text.includes('check fgt-branch-08'));
    expect(run).toMatchObject({
      replyTo: { thread: message?.ts },
      kind: 'check',
      alias: 'fgt-branch-08',
    });
    const next = await runOf(() => slash('fgt-branch-07'));
    expect(next).toMatchObject({ alias: 'fgt-branch-07' });
  });

  it('answers a mention in the thread it stands in, and refuses there too', async () => {
    const { message: root } = await bot.slack.message({ user: ANA, channel: SUPPORT, text: 'VPN is broken' });
    const thread = root.ts;
    const run = await runOf(() =>
      bot.slack.mention({ user: ANA, channel: SUPPORT, thread, text: 'fgt-branch-07' }),
    );
    expect(run.replyTo.thread).toBe(thread);
    await toldIn(SUPPORT, BEN, () =>
      bot.slack.mention({ user: BEN, channel: SUPPORT, thread, text: 'fgt-branch-07' }),
    );
    expect(bot.slack.ephemeral(SUPPORT, BEN).at(-1)?.thread_ts).toBe(thread);
  });

  it('reads a pasted log in a message and in a thread reply', async () => {
    const text = `have a look\n\`\`\`${LOG} <a&b>\`\`\``;
    let said = '';
    const run = await runOf(async () => {
      said = (await bot.slack.message({ user: ANA, channel: SUPPORT, text })).message.ts;
    });
    expect(run.replyTo.thread).toBe(said);
    expect(run).toMatchObject({ kind: 'analyze' });
    if (run.kind !== 'analyze') throw new Error('unreachable');
    expect(run.evidence.items[0]).toMatchObject({ name: 'paste 1' });
    expect(run.evidence.items[0]?.text).toContain('fnbamd_fsm.c');

    const reply = await runOf(() =>
      bot.slack.message({ user: ANA, channel: SUPPORT, thread: said, text: LOG }),
    );
    expect(reply.replyTo.thread).toBe(said);
    expect(reply.runId).not.toBe(run.runId);
  });

  it('takes secrets out before the request leaves', async () => {
    const text =
      'config system admin\n    edit "admin"\n        set password ENC SH2abcdefghijklmnop=\n    next\nend';
    const run = await runOf(() => bot.slack.message({ user: ANA, channel: SUPPORT, text }));
    expect(JSON.stringify(run)).not.toContain('SH2abcdefghijklmnop');
    expect(JSON.stringify(run)).toContain('config system admin');
  });

  it.each([
    ['ordinary talk', { text: 'good morning' }],
    ['another app', { text: LOG, bot: true }],
    ['an edit', { text: LOG, subtype: 'message_changed' }],
    ['somebody without the right', { text: LOG, user: BEN }],
  ])('leaves %s alone', async (_, said) => {
    const before = { runs: bot.runs.length, all: bot.slack.messages(SUPPORT).length };
    await bot.slack.message({ user: ANA, channel: SUPPORT, ...said });
    // What comes after it has been handled after it.
    await runOf(() => slash('fgt-branch-07'));
    expect(bot.runs.length).toBe(before.runs + 1);
    expect(bot.slack.messages(SUPPORT).length).toBe(before.all + 1);
  });

  it('takes a redelivered event once', async () => {
    const said = await bot.slack.message({ user: ANA, channel: SUPPORT, text: LOG });
    await bot.slack.until(() => bot.runs.at(-1)?.replyTo.thread === said.message.ts);
    const [delivery] = said.deliveries;
    if (!delivery) throw new Error('nothing was delivered');
    const again = await bot.slack.redeliver(delivery);
    expect(again.status).toBe(200);
    await runOf(() => slash('fgt-branch-07'));
    expect(bot.runs.filter(({ replyTo }) => replyTo.thread === said.message.ts)).toHaveLength(1);
  });

  it('reads an uploaded text file, and leaves a picture alone', async () => {
    const files = [{ name: 'debug.log', content: LOG }];
    const run = await runOf(() => bot.slack.message({ user: ANA, channel: SUPPORT, text: 'the log', files }));
    if (run.kind !== 'analyze') throw new Error('not an analysis');
    expect(run.evidence.items.map(({ name }) => name)).toEqual(['debug.log']);

    const picture = [{ name: 'screen.png', content: 'PNG' }];
    const told = await toldIn(SUPPORT, ANA, () =>
      bot.slack.mention({ user: ANA, channel: SUPPORT, text: '', files: picture }),
    );
    expect(told).toMatch(/`screen\.png` is neither a text file nor packed/);
  });

  it('reads the logs of a thread when it is called there without a word', async () => {
    const { message } = await bot.slack.message({ user: BEN, channel: SUPPORT, text: LOG });
    await bot.slack.message({ user: BEN, channel: SUPPORT, thread: message.ts, text: 'any idea?' });
    await bot.slack.message({ user: BEN, channel: SUPPORT, thread: message.ts, text: `${LOG} again` });
    const run = await runOf(() =>
      bot.slack.mention({ user: ANA, channel: SUPPORT, thread: message.ts, text: '' }),
    );
    if (run.kind !== 'analyze') throw new Error('not an analysis');
    expect(run.evidence.items).toHaveLength(2);
  });

  it('takes both requests and logs in a direct message', async () => {
    const { id: channel } = bot.slack.workspace.directMessage(ANA);
    const check = await runOf(() => bot.slack.message({ user: ANA, channel, text: 'fgt-branch-07' }));
    expect(check).toMatchObject({ kind: 'check', alias: 'fgt-branch-07' });
    const log = await runOf(() => bot.slack.message({ user: ANA, channel, text: LOG }));
    expect(log.kind).toBe('analyze');
    const before = bot.slack.messages(channel).length;
    await bot.slack.message({ user: ANA, channel, text: 'good morning all' });
    const told = await bot.slack.until(() => bot.slack.messages(channel)[before + 1]);
    expect(told.text).toMatch(/names no device that you may check here/);
    // Slack removes private messages; this one is a normal message.
    expect(told.ephemeral_to).toBeUndefined();
    await bot.slack.slash({ command: '/ftm-check', text: 'list', user: ANA, channel });
    const listed = await bot.slack.until(() => bot.slack.messages(channel)[before + 2]);
    expect(listed.text).toMatch(/Your devices here/);
    expect(bot.slack.ephemeral(channel, ANA)).toEqual([]);
  });

  it('reads a message by its shortcut', async () => {
    const { message } = await bot.slack.message({ user: BEN, channel: SUPPORT, text: 'login fails with -7' });
    const shortcut = { callbackId: 'ftm_check_log', channel: SUPPORT, ts: message.ts };
    const run = await runOf(() => bot.slack.shortcut({ ...shortcut, user: ANA }));
    expect(run).toMatchObject({ asker: { id: ANA }, replyTo: { thread: message.ts } });
    expect(await toldIn(SUPPORT, BEN, () => bot.slack.shortcut({ ...shortcut, user: BEN }))).toMatch(/Sorry/);
  });

  it('opens a form for a command alone, and takes what is picked there once', async () => {
    const before = bot.slack.views().length;
    await slash('');
    const form = await bot.slack.until(() => bot.slack.views()[before]);
    expect(JSON.stringify(form.view)).toContain('fgt-branch-07');
    expect(JSON.stringify(form.view)).not.toContain('fgt-hq');
    const values = {
      device: { ftm_pick_device: { selected_option: { value: 'fgt-branch-07' } } },
      user: { user: { value: ' marlow ' } },
      vdom: { vdom: { value: null } },
      live: { live: { selected_option: { value: '60' } } },
    };
    const submission = { user: ANA, viewId: form.id, values };
    const run = await runOf(() => bot.slack.submit(submission));
    expect(run).toMatchObject({
      asker: { id: ANA, name: 'Ana Ruiz' },
      replyTo: { channel: SUPPORT, team: 'T0LOCAL' },
      kind: 'check',
      alias: 'fgt-branch-07',
      user: 'marlow',
      live: 60,
    });
    const count = bot.runs.length;
    expect((await bot.slack.submit(submission)).status).toBe(200);
    await runOf(() => slash('fgt-branch-08'));
    expect(bot.runs).toHaveLength(count + 1);
  });

  it('does not take from a form what the person may not ask for', async () => {
    const before = bot.slack.views().length;
    await slash('');
    const form = await bot.slack.until(() => bot.slack.views()[before]);
    const values = {
      device: { ftm_pick_device: { selected_option: { value: 'fgt-hq' } } },
      user: { user: { value: null } },
      vdom: { vdom: { value: null } },
    };
    const { ack } = await bot.slack.submit({ user: ANA, viewId: form.id, values });
    expect(ack).toEqual({
      response_action: 'errors',
      errors: { device: 'There is no device named fgt-hq that you may check here.' },
    });
  });

  it('says inside the form that the queue is away, and takes the form once it is back', async () => {
    const before = bot.slack.views().length;
    await slash('');
    const form = await bot.slack.until(() => bot.slack.views()[before]);
    const values = {
      device: { ftm_pick_device: { selected_option: { value: 'fgt-branch-07' } } },
      user: { user: { value: null } },
      vdom: { vdom: { value: null } },
    };
    const submission = { user: ANA, viewId: form.id, values };
    bot.queue = () => ({ state: 'refused', error: queueDown });
    expect((await bot.slack.submit(submission)).ack).toMatchObject({
      response_action: 'errors',
      errors: { device: expect.stringMatching(/queue is not reachable.*Try again in a minute/) },
    });
    bot.queue = () => ({ state: 'queued', ahead: 0 });
    const run = await runOf(() => bot.slack.submit(submission));
    expect(run).toMatchObject({ kind: 'check', alias: 'fgt-branch-07' });
  });

  it.each([
    ['takes too long', { error: 'expired_trigger_id' }],
    ['limits the rate', { status: 429, retryAfter: 30 }],
  ])('answers with help when Slack %s and does not open the form', async (_, fault) => {
    bot.slack.failNext('views.open', fault);
    expect(await toldIn(SUPPORT, ANA, () => slash(''))).toMatch(/Check a device/);
  });

  it('finds devices while somebody types', async () => {
    await bot.slack.openHome(ANA);
    const home = await bot.slack.until(() => bot.slack.home(ANA));
    const before = bot.slack.views().length;
    await bot.slack.pressInView({
      user: ANA,
      viewId: home.id,
      action: { type: 'button', action_id: 'ftm_open_check', block_id: 'b' },
    });
    const form = await bot.slack.until(() => bot.slack.views()[before]);
    expect(JSON.stringify(form.view)).toContain('conversations_select');
    const found = await bot.slack.suggest({
      user: ANA,
      viewId: form.id,
      actionId: 'ftm_pick_device',
      value: '-08',
    });
    expect(found).toMatchObject({ status: 200, ack: { options: [{ value: 'fgt-branch-08' }] } });
    const others = { user: BEN, viewId: form.id, actionId: 'ftm_pick_device', value: '' };
    expect(await bot.slack.suggest(others)).toMatchObject({ ack: { options: [] } });

    const values = {
      device: { ftm_pick_device: { selected_option: { value: 'fgt-branch-08' } } },
      user: { user: { value: null } },
      vdom: { vdom: { value: null } },
      channel: { channel: { selected_conversation: SUPPORT } },
    };
    const run = await runOf(() => bot.slack.submit({ user: ANA, viewId: form.id, values }));
    expect(run.replyTo).toMatchObject({ channel: SUPPORT });
  });

  it('shows a Home tab that tells nothing to who may nothing', async () => {
    await bot.slack.openHome(BEN);
    const home = JSON.stringify((await bot.slack.until(() => bot.slack.home(BEN))).view);
    expect(home).toContain('opens a form');
    expect(home).not.toContain('fgt-');
    await bot.slack.openHome(ANA);
    expect(JSON.stringify((await bot.slack.until(() => bot.slack.home(ANA))).view)).toContain(
      'fgt-branch-07',
    );
  });

  it.each([
    ['list', /Your devices here.*fgt-branch-07`: never checked/s],
    ['history fgt-branch-07', /has no checks that are kept/],
    ['history fgt-hq', /no device named `fgt-hq` that you may check here/],
    ['history', /History of your devices here.*2 devices: 2 not checked/],
    ['cancel', /No check is running/],
    ['cancel fgt-branch-07', /No check is running/],
    ['cancel nowhere', /no device named `nowhere`/],
  ])('answers "%s" in private', async (text, expected) => {
    const runs = bot.runs.length;
    expect(await toldIn(SUPPORT, ANA, () => slash(text))).toMatch(expected);
    expect(bot.runs).toHaveLength(runs);
  });

  it.each([
    ['debug.log.gz', gzipSync(LOG), ['debug.log']],
    [
      'case.zip',
      zipOf([
        { name: 'a.log', content: LOG },
        { name: 'b.conf', content: 'config system global\nend' },
      ]),
      ['a.log', 'b.conf'],
    ],
    ['putty.log', Buffer.from(`\ufeff${LOG}`, 'utf16le'), ['putty.log']],
    ['putty.zip', zipOf([{ name: 'putty.log', content: Buffer.from(LOG, 'utf16le') }]), ['putty.log']],
    ['backup.conf', Buffer.from('config system global\nend'), ['backup.conf']],
  ])('reads %s', async (name, content, expected) => {
    const files = [{ name, content }];
    const run = await runOf(() => bot.slack.message({ user: ANA, channel: SUPPORT, text: '', files }));
    if (run.kind !== 'analyze') throw new Error('not an analysis');
    expect(run.evidence.items.map((item) => item.name)).toEqual(expected);
  });

  it('reads a paste in several messages of a thread as one, files too', async () => {
    const { message: root } = await bot.slack.message({
      user: ANA,
      channel: SUPPORT,
      text: 'Push is broken',
    });
    const thread = root.ts;
    const first = await runOf(() =>
      bot.slack.message({ user: ANA, channel: SUPPORT, thread, text: `${LOG} one` }),
    );
    await bot.slack.message({ user: BEN, channel: SUPPORT, thread, text: 'I see' });
    // By itself nothing that is typical for a log.
    const middle = Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\n');
    const second = await runOf(() =>
      bot.slack.message({ user: ANA, channel: SUPPORT, thread, text: middle }),
    );
    const files = [{ name: 'rest.log', content: `${LOG} three` }];
    const third = await runOf(() =>
      bot.slack.message({ user: ANA, channel: SUPPORT, thread, text: '', files }),
    );

    expect(first.replaces).toBeUndefined();
    expect(second.replaces).toEqual([first.runId]);
    expect(third.replaces).toEqual([first.runId, second.runId]);
    if (third.kind !== 'analyze') throw new Error('not an analysis');
    const { items } = third.evidence;
    expect(items.map(({ name }) => name)).toEqual(['paste 1', 'rest.log']);
    expect(items[0]?.text).toMatch(/one\nline 0[\s\S]*line 8$/);
  });

  it('takes a secret out that two messages share', async () => {
    const { message: root } = await bot.slack.message({ user: ANA, channel: SUPPORT, text: 'The key' });
    const thread = root.ts;
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
    const one = `config system global\n-----BEGIN PRIVATE KEY-----\n${body}`;
    const two = `${Array.from({ length: 8 }, () => body.split('').toReversed().join('')).join('\n')}\n-----END PRIVATE KEY-----`;
    await runOf(() => bot.slack.message({ user: ANA, channel: SUPPORT, thread, text: one }));
    const whole = await runOf(() => bot.slack.message({ user: ANA, channel: SUPPORT, thread, text: two }));
    expect(whole.replaces).toHaveLength(1);
    expect(JSON.stringify(whole)).not.toContain(body.slice(0, 30));
    expect(JSON.stringify(whole)).not.toContain(body.split('').toReversed().join('').slice(0, 30));
  });

  it('does not take the log of somebody else, or of another thread, for a part', async () => {
    const { message: root } = await bot.slack.message({ user: ANA, channel: SUPPORT, text: 'Whose is it?' });
    await bot.slack.message({ user: BEN, channel: SUPPORT, thread: root.ts, text: LOG });
    const run = await runOf(() =>
      bot.slack.message({ user: ANA, channel: SUPPORT, thread: root.ts, text: LOG }),
    );
    expect(run.replaces).toBeUndefined();
    const alone = await runOf(() => bot.slack.message({ user: ANA, channel: SUPPORT, text: LOG }));
    expect(alone.replaces).toBeUndefined();
  });

  it.each([
    ['a log', `${LOG} two`],
    ['what may be the rest of one', Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\n')],
  ])('does not read %s for itself while Slack cannot tell what came before', async (_, text) => {
    const { message: root } = await bot.slack.message({ user: ANA, channel: SUPPORT, text: 'Parts' });
    const thread = root.ts;
    await runOf(() => bot.slack.message({ user: ANA, channel: SUPPORT, thread, text: LOG }));
    const before = bot.runs.length;
    for (let call = 0; call < 3; call += 1) bot.slack.failNext('conversations.replies', { status: 503 });
    const told = await toldIn(SUPPORT, ANA, () =>
      bot.slack.message({ user: ANA, channel: SUPPORT, thread, text }),
    );
    expect(told).toMatch(/Slack did not answer\. Nothing was started/);
    expect(bot.runs).toHaveLength(before);
    // Where it may not look it never will be able to.
    bot.slack.failNext('conversations.replies', { error: 'missing_scope' });
    const alone = await runOf(() =>
      bot.slack.message({ user: ANA, channel: SUPPORT, thread, text: `${LOG} three` }),
    );
    expect(alone.replaces).toBeUndefined();
  });

  it('reads nothing unasked where that is switched off, and what it is asked for all the same', async () => {
    const before = bot.runs.length;
    const { message } = await bot.slack.message({ user: ANA, channel: QUIET, text: LOG });
    await runOf(() => slash('fgt-branch-07'));
    expect(bot.runs).toHaveLength(before + 1);
    const run = await runOf(() =>
      bot.slack.mention({ user: ANA, channel: QUIET, thread: message.ts, text: '' }),
    );
    expect(run.kind).toBe('analyze');
  });

  it('says that it does not know a button of another version', async () => {
    const { message } = await bot.slack.message({ user: ANA, channel: SUPPORT, text: 'hello' });
    const action = { type: 'button', action_id: 'ftm_from_the_future', block_id: 'b', value: 'x' };
    const told = await toldIn(SUPPORT, ANA, () =>
      bot.slack.action({ user: ANA, channel: SUPPORT, ts: message.ts, action }),
    );
    expect(told).toMatch(/another version/);
  });

  it('has kept every limit of messages and views', () => {
    expect(bot.slack.violations()).toEqual([]);
  });
});

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../support/amount.ts';
import { zipOf } from '../support/archives.ts';
import { askedBot } from './asking.ts';
import { ANA, BEN, LOG, QUIET, SUPPORT } from './bot.ts';

describe.each(sampleOf(['http', 'socket'] as const, 2, 1))('pasted and uploaded logs, %s', async (mode) => {
  const { bot, runOf, toldIn, slash } = await askedBot(mode);

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

  const DESCRIPTION =
    'Since Friday my colleague has a new phone. The codes are accepted, but the push never comes there: the old phone rings.';

  it('reads a description of the trouble that names no device', async () => {
    const run = await runOf(() => bot.slack.mention({ user: ANA, channel: SUPPORT, text: DESCRIPTION }));
    if (run.kind !== 'analyze') throw new Error('not an analysis');
    expect(run.evidence.items.map(({ text }) => text)).toEqual([DESCRIPTION]);
  });

  it('reads a description beside a file', async () => {
    const files = [{ name: 'debug.log', content: LOG }];
    const run = await runOf(() =>
      bot.slack.mention({ user: ANA, channel: SUPPORT, text: DESCRIPTION, files }),
    );
    if (run.kind !== 'analyze') throw new Error('not an analysis');
    expect(run.evidence.items.map(({ name }) => name)).toEqual(['paste 1', 'debug.log']);
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
    const one = `config system global\n    set hostname "hq"\n-----BEGIN PRIVATE KEY-----\n${body}`;
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

  it('has kept every limit of messages and views', () => {
    expect(bot.slack.violations()).toEqual([]);
  });
});

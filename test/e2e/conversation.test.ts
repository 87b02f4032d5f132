import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../src/platform/runs/run.ts';
import { until } from '../support/until.ts';
import { buttonIn } from './button-in.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const DEVICE = 'fgt-branch-07';
const LOG = 'config system global\n    set hostname "fgt-branch-07"\nend';

let system: TestSystem;
let run: Run;
beforeAll(async () => {
  system = await startTestSystem({
    device: '    live: true',
    access: `\n  - { channels: [${SUPPORT}], users: [${ANA}], devices: ["*"] }`,
  });
  await system.check(DEVICE);
  [run] = (await system.answered({ alias: DEVICE })) as [Run];
});
afterAll(async () => await system[Symbol.asyncDispose]());

const thread = () => run.rootTs ?? '';
const say = (text: string, user = ANA) =>
  system.slack.mention({ user, channel: SUPPORT, thread: thread(), text });

/** What Ana is told in private. */
async function told(text: string): Promise<string> {
  const before = system.slack.ephemeral(SUPPORT, ANA).length;
  await say(text);
  const reply = await system.slack.until(() => system.slack.ephemeral(SUPPORT, ANA)[before]);
  return reply.text;
}

async function runWith(matches: (run: Run) => boolean): Promise<Run> {
  let found: Run | undefined;
  await until(async () => {
    found = (await system.backend.runs.byDevice(DEVICE, 50)).find(matches);
    return found !== undefined;
  }, 'there is such a run');
  return found as Run;
}

describe('words after an answer act on it', () => {
  it.each([
    ['works now, thanks!', /^👍 Good\. A re-check proves it/],
    ['danke', /^👍/],
    ['why?', /\*.+\*/],
    ['was heißt das', /\*.+\*/],
    ['for the customer', /^Draft for the customer/],
    ['undo', /^(?:Undo of the fix|The answer above has no undo)/],
    ['he is in, cheers!', /^👍/],
    ['all good now', /^👍/],
    ['what do I tell the customer', /^Draft for the customer/],
    ['report', /^The report is in this thread/],
    ['check again tomorrow', /^I check nothing now, because you wrote “tomorrow”/],
    ["Don't recheck it, we reboot first", /^I check nothing now, because you wrote “Don't recheck”/],
    ['prüf das um 17 Uhr nochmal', /^I check nothing now, because you wrote “prüf das um 17”/],
    ["thanks, I'll try it tonight", /^👌 Say “again”/],
    ['ignore that', /^👌/],
    ['how sure are you', /\*Cause\* \(certain\) [\s\S]+\*In general\*[\s\S]+\*Docs\*[\s\S]+explain admin-/],
    [
      'is this safe to paste?',
      /^\*What the fix above changes[\s\S]+The cost:[\s\S]+not documented[\s\S]+delete "ftm-callback"/,
    ],
    ['verify', /^Run this to see that the fix above is on the device[\s\S]+show /],
    ['close', /^👍/],
    ['hat geklappt', /^👍/],
    ['I am on it', /^👌 No page is open about this answer/],
    ['same problem on fgt-branch-09', /^There is no device named `fgt-branch-09`/],
    [
      'check fgt-branch-09 tomorrow at 8',
      /^I check nothing now, because you wrote “tomorrow”\. I do not check later/,
    ],
    ['which devices can I check?', /fgt-branch-07/],
    [
      'the customer calls back at three',
      /^I did not understand “the customer calls back at three”\. About the answer above you can say/,
    ],
    [
      '<!channel> the customer is waiting',
      /^I did not understand “&lt;!channel&gt; the customer is waiting”/,
    ],
  ])('%s', async (words, expected) => {
    const reply = await told(words);
    expect(reply).toMatch(expected);
    expect(reply).not.toContain('I found no FortiGate log');
  });

  it('shows the lines of evidence', async () => {
    await told('which line shows that');
    expect(JSON.stringify(system.slack.ephemeral(SUPPORT, ANA).at(-1)?.blocks)).toContain('set trusthost1');
  });

  it('proves by one press that it works', async () => {
    await told('geht wieder');
    const offer = system.slack.ephemeral(SUPPORT, ANA).at(-1);
    if (offer === undefined) throw new Error('no offer');
    const action = buttonIn(offer, 'Re-check');
    await system.slack.action({ user: ANA, channel: SUPPORT, ts: offer.ts, action });
    const again = await runWith(
      ({ comparesTo, answeredAt }) => comparesTo === run.id && answeredAt !== undefined,
    );
    expect(again.replyTo).toMatchObject({ channel: SUPPORT, thread: thread() });
    const line = system.slack.workspace.find(SUPPORT, again.answerTs ?? '');
    expect(line?.text).toMatch(/^Unchanged since .*, see above\.$/);
    await say('again');
    const third = await runWith(
      ({ id, comparesTo, answeredAt }) =>
        id !== again.id && comparesTo === run.id && answeredAt !== undefined,
    );
    expect(third.replyTo.thread).toBe(thread());
    // The line stands once, and is the last one's.
    await vi.waitFor(() => {
      const lines = system.slack.thread(SUPPORT, thread()).filter(({ text }) => text.startsWith('Unchanged'));
      expect(lines.map(({ ts }) => ts)).toEqual([third.answerTs]);
    });
  });

  it.each([
    ['check it for wren', 'wren'],
    ['and for robin?', 'robin'],
    ['the user is called plover, not wren', 'plover'],
  ])('acts on the same device for another user: %s', async (words, user) => {
    await say(words);
    const other = await runWith((found) => found.user === user);
    expect(other.comparesTo).toBeUndefined();
    expect(other.replyTo.thread).toBe(thread());
  });

  it('says what to do next where the fix did not help, and the third time whom to call', async () => {
    expect(await told('nope')).toMatch(
      /^\*I am reading the device again\. If nothing changes, the fix above is first/,
    );
    for (const words of ['still broken', 'geht nicht', 'doesn’t work']) await told(words);
    await system.slack.until(() =>
      system.slack.ephemeral(SUPPORT, ANA).find(({ text }) => text.includes('Paging is not set up here')),
    );
  });

  it('offers to watch the next login of the user, once the fix is pasted', async () => {
    await system.check(`${DEVICE} --user wren`);
    const asked = await runWith(
      ({ user, replyTo, answeredAt }) =>
        user === 'wren' && replyTo.thread === undefined && answeredAt !== undefined,
    );
    const before = system.slack.ephemeral(SUPPORT, ANA).length;
    const root = asked.rootTs ?? '';
    await system.slack.mention({ user: ANA, channel: SUPPORT, thread: root, text: 'I pasted it' });
    const offer = await system.slack.until(() => system.slack.ephemeral(SUPPORT, ANA)[before]);
    expect(offer.text).toBe('Shall I watch the next login of `wren`, for 60 s? Press when they are ready.');
    expect(buttonIn(offer, 'Watch the next login').value).toBe(asked.id);
    const again = await runWith(
      ({ comparesTo, answeredAt }) => comparesTo === asked.id && answeredAt !== undefined,
    );
    expect(again.user).toBe('wren');
    const line = system.slack.workspace.find(SUPPORT, again.answerTs ?? '');
    expect(line?.text).toMatch(/see above\. The fix is not on the device yet, or has no effect\.$/);
  });

  it('says that the report could not be uploaded', async () => {
    await system.check(`${DEVICE} --user finch`);
    const { rootTs = '' } = await runWith(
      ({ user, answeredAt }) => user === 'finch' && answeredAt !== undefined,
    );
    const before = system.slack.ephemeral(SUPPORT, ANA).length;
    system.slack.failNext('files.getUploadURLExternal', { error: 'file_uploads_disabled' });
    await system.slack.mention({ user: ANA, channel: SUPPORT, thread: rootTs, text: 'the report please' });
    const reply = await system.slack.until(() => system.slack.ephemeral(SUPPORT, ANA)[before]);
    expect(reply.text).toMatch(/^The report could not be uploaded\. Slack refused it in /);
  });

  it('shows nothing of the answer to a person who may not see it', async () => {
    const before = system.slack.ephemeral(SUPPORT, BEN).length;
    for (const text of ['why?', 'undo', 'draft', 'report', 'again', 'works now']) await say(text, BEN);
    const replies = system.slack.ephemeral(SUPPORT, BEN).slice(before);
    expect(JSON.stringify(replies)).not.toMatch(/fgt-branch|config|set /);
  });

  it('says once that a person may not check the device, and claims to read nothing', async () => {
    const before = system.slack.ephemeral(SUPPORT, BEN).length;
    await say('still broken', BEN);
    const replies = system.slack.ephemeral(SUPPORT, BEN).slice(before);
    expect(replies.map(({ text }) => text)).toEqual([expect.not.stringContaining('I am reading')]);
  });
});

describe('what is not a request', () => {
  it.each([
    [`please do not check ${DEVICE}`, /because you wrote “do not check”/],
    [`${DEVICE} bitte erst morgen prüfen`, /because you wrote “morgen”/],
  ])('%s', async (words, expected) => {
    const runs = (await system.backend.runs.byDevice(DEVICE, 50)).length;
    expect(await told(words)).toMatch(expected);
    expect(await system.backend.runs.byDevice(DEVICE, 50)).toHaveLength(runs);
  });

  it('asks whoever named a device to somebody else', async () => {
    const runs = (await system.backend.runs.byDevice(DEVICE, 50)).length;
    const before = system.slack.ephemeral(SUPPORT, ANA).length;
    const text = `<@${BEN}> did <@U0FTMBOT> check ${DEVICE} already?`;
    await system.slack.event({ type: 'app_mention', user: ANA, channel: SUPPORT, text, ts: '1700000001.1' });
    const reply = await system.slack.until(() => system.slack.ephemeral(SUPPORT, ANA)[before]);
    expect(reply.text).toMatch(/your message is to another person/);
    expect(await system.backend.runs.byDevice(DEVICE, 50)).toHaveLength(runs);
  });
});

it('says in one line that the log of the thread says what it said', async () => {
  const { message } = await system.slack.message({ user: ANA, channel: SUPPORT, text: LOG });
  await system.answered({ thread: message.ts });
  await system.slack.mention({ user: ANA, channel: SUPPORT, thread: message.ts, text: 'nochmal' });
  const [second] = await system.answered({ thread: message.ts }, 2);
  const line = system.slack.workspace.find(SUPPORT, second?.answerTs ?? '');
  expect(line?.text).toMatch(/^Unchanged since .*, see above\.$/);
  await system.slack.mention({ user: ANA, channel: SUPPORT, thread: message.ts, text: 'again' });
  const [third] = await system.answered({ thread: message.ts }, 3);
  await vi.waitFor(() => {
    const lines = system.slack.thread(SUPPORT, message.ts).filter(({ text }) => text.startsWith('Unchanged'));
    expect(lines.map(({ ts }) => ts)).toEqual([third?.answerTs]);
  });
});

it('offers to read the device that a log without a cause is about, where it is in the inventory', async () => {
  const login = 'sslvpn_authenticate_user:191 authenticate user: [robin] on fgt';
  const text = `fgt-branch-07 # get system status\nHostname: ${DEVICE}\n[2210:root:0]${login}`;
  const { message } = await system.slack.message({ user: ANA, channel: SUPPORT, text });
  const [read] = await system.answered({ thread: message.ts });
  const answer = system.slack.workspace.find(SUPPORT, read?.answerTs ?? '');
  if (answer === undefined) throw new Error('no answer');
  const action = buttonIn(answer, `Check ${DEVICE} for robin`);
  await system.slack.action({ user: ANA, channel: SUPPORT, ts: answer.ts, action });
  const checked = await runWith(({ replyTo, kind }) => kind === 'check' && replyTo.thread === message.ts);
  expect(checked).toMatchObject({ alias: DEVICE, user: 'robin' });
  // The answer with the button stays.
  expect(system.slack.workspace.find(SUPPORT, answer.ts)?.text).toBe(answer.text);
  const other = text.replaceAll(DEVICE, 'fgt-elsewhere-01');
  const { message: second } = await system.slack.message({ user: ANA, channel: SUPPORT, text: other });
  const [unknown] = await system.answered({ thread: second.ts });
  const plain = system.slack.workspace.find(SUPPORT, unknown?.answerTs ?? '');
  expect(JSON.stringify(plain?.blocks)).not.toContain('Check fgt-elsewhere-01');
});

describe('a mention that is nearly right', () => {
  const ask = async (text: string) => {
    const before = system.slack.ephemeral(SUPPORT, ANA).length;
    await system.slack.mention({ user: ANA, channel: SUPPORT, text });
    return await system.slack.until(() => system.slack.ephemeral(SUPPORT, ANA)[before]);
  };

  it('offers the word that may be the user', async () => {
    const asked = await ask(`${DEVICE} marlow`);
    expect(asked.text).toBe('I did not understand `marlow`. Did you mean `fgt-branch-07 --user marlow`?');
    expect(JSON.parse(buttonIn(asked, 'fgt-branch-07 for marlow').value)).toMatchObject({ user: 'marlow' });
  });

  it('refuses the second device as a device', async () => {
    const asked = await ask(`check ${DEVICE} and fgt-branch-09`);
    expect(asked.text).toMatch(/^There is no device named `fgt-branch-09`/);
  });

  it('shows the history in German', async () => {
    expect((await ask(`Verlauf von ${DEVICE}`)).text).toMatch(/^\*Last checks of\* `fgt-branch-07`/);
  });
});

describe('a command that is nearly right', () => {
  it.each([
    [`${DEVICE} marlow`, 'Did you mean `fgt-branch-07 --user marlow`?'],
    [`${DEVICE} --usr marlow`, 'Unknown option: --usr. Did you mean `--user`?'],
  ])('%s', async (text, question) => {
    const before = system.slack.ephemeral(SUPPORT, ANA).length;
    await system.slack.slash({ command: '/ftm-check', text, user: ANA, channel: SUPPORT });
    const asked = await system.slack.until(() => system.slack.ephemeral(SUPPORT, ANA)[before]);
    expect(asked.text).toBe(question);
    expect(JSON.parse(buttonIn(asked, 'fgt-branch-07 for marlow').value)).toEqual({
      alias: DEVICE,
      user: 'marlow',
    });
  });
});

it.each([
  ['please check fgt-branch-07 for user robin', 'robin'],
  ['fgt-branch-07 user finch', 'finch'],
])('a command that is a sentence: %s', async (text, user) => {
  await system.check(text);
  expect((await runWith((found) => found.user === user)).alias).toBe(DEVICE);
});

it('checks nothing where a command says not now', async () => {
  const before = system.slack.ephemeral(SUPPORT, ANA).length;
  await system.check(`${DEVICE} tomorrow`);
  const asked = await system.slack.until(() => system.slack.ephemeral(SUPPORT, ANA)[before]);
  expect(asked.text).toMatch(/because you wrote “tomorrow”/);
  expect(buttonIn(asked, DEVICE).value).toContain(DEVICE);
});

it('takes nothing that it wrote itself for evidence, with or without the id of a bot', async () => {
  const { message } = await system.slack.message({ user: ANA, channel: SUPPORT, text: 'VPN is broken' });
  const own = { channel: SUPPORT, user: 'U0FTMBOT', text: LOG, thread_ts: message.ts };
  const { ts } = system.slack.workspace.add(own);
  const before = system.slack.ephemeral(SUPPORT, ANA).length;
  await system.slack.mention({
    user: ANA,
    channel: SUPPORT,
    thread: message.ts,
    text: 'can you look at this?',
  });
  await system.slack.shortcut({ user: ANA, callbackId: 'ftm_check_log', channel: SUPPORT, ts });
  const [first, second] = await vi.waitFor(() => {
    const replies = system.slack.ephemeral(SUPPORT, ANA).slice(before);
    expect(replies).toHaveLength(2);
    return replies;
  });
  expect([first?.text, second?.text]).toContainEqual(expect.stringMatching(/^I found no FortiGate log/));
  expect(JSON.stringify([first, second])).toContain('That is my own message');
  expect(await system.backend.runs.byThread(SUPPORT, message.ts, 9)).toEqual([]);
});

describe('an edited message', () => {
  const edit = (message: object, before: string) =>
    system.slack.event({
      type: 'message',
      subtype: 'message_changed',
      channel: SUPPORT,
      channel_type: 'channel',
      ts: '1800000000.1',
      message,
      previous_message: { text: before },
    });

  it('with a log is read again, and the old answer says that it is about the earlier text', async () => {
    const { message } = await system.slack.message({ user: ANA, channel: SUPPORT, text: LOG });
    const [first] = await system.answered({ thread: message.ts });
    const text = `${LOG}\nconfig system ftm-push\n    set status disable\nend`;
    await edit({ user: ANA, ts: message.ts, text, edited: { user: ANA, ts: '1800000000.1' } }, LOG);
    const [second] = await system.answered({ thread: message.ts }, 2);
    expect(second?.replaces).toEqual([first?.id]);
    await vi.waitFor(() => {
      const old = system.slack.workspace.find(SUPPORT, first?.answerTs ?? '');
      expect(old?.text).toMatch(/^Replaced: this was about the earlier text/);
    });
    // Slack sends the same for the preview of a link.
    await edit({ user: ANA, ts: message.ts, text }, text);
    expect(await system.backend.runs.byThread(SUPPORT, message.ts, 9)).toHaveLength(2);
  });

  it('that names a device only now is offered a check', async () => {
    const before = system.slack.ephemeral(SUPPORT, ANA).length;
    const text = `<@U0FTMBOT> please check ${DEVICE}`;
    await edit({ user: ANA, ts: '1700000009.1', text }, '<@U0FTMBOT> please check');
    const offer = await system.slack.until(() => system.slack.ephemeral(SUPPORT, ANA)[before]);
    expect(offer.text).toMatch(/^Your message names a device since you edited it/);
    expect(buttonIn(offer, DEVICE).value).toContain(DEVICE);
  });

  it('of the bot is no request', async () => {
    const runs = (await system.backend.runs.byDevice(DEVICE, 50)).length;
    await edit({ user: 'U0FTMBOT', ts: '1700000010.1', text: LOG }, 'working');
    expect(await system.backend.runs.byDevice(DEVICE, 50)).toHaveLength(runs);
  });
});

// Last: the device is watched until the system ends.
it('watches the next login of a user', async () => {
  await say("watch lark's next login");
  expect(await runWith(({ user }) => user === 'lark')).toMatchObject({ live: 60, alias: DEVICE });
});

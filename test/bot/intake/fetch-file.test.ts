import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchFile } from '../../../src/bot/intake/fetch-file.ts';
import { gatherContent, gatherUnprompted } from '../../../src/bot/intake/gather-evidence.ts';
import { openIntakeBudget } from '../../../src/bot/intake/intake-budget.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { zipOf } from '../../support/archives.ts';

let slack: LocalSlack;
const stranger = createServer((request, response) => {
  tokensSeen.push(request.headers.authorization);
  response.end('stolen');
});
const tokensSeen: (string | undefined)[] = [];
let strangerUrl = '';

beforeAll(async () => {
  slack = await startLocalSlack();
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/debug.log`;
});
afterAll(async () => {
  stranger.close();
  await slack.close();
});

async function upload(name: string, content: string | Buffer) {
  const { message } = await slack.message({
    user: 'U0ANA',
    channel: 'C0OUTSIDE',
    text: '',
    files: [{ name, content }],
  });
  const [file] = message.files ?? [];
  if (!file) throw new Error('no file');
  return file;
}

const fetchWith = (file: Parameters<typeof fetchFile>[0], token = slack.botToken) =>
  fetchFile(file, { token, slackApiUrl: slack.apiUrl, budget: openIntakeBudget() });

describe('gatherFrom', () => {
  it('reads files one after the other, and of all together no more than 20 MB', async () => {
    let open = 0;
    let atOnce = 0;
    const packed = gzipSync(Buffer.alloc(6_000_000, 'a line of a log\n'));
    const server = createServer((_request, response) => {
      open += 1;
      atOnce = Math.max(atOnce, open);
      response.on('close', () => (open -= 1));
      setTimeout(() => response.writeHead(200, { 'content-type': 'application/gzip' }).end(packed), 20);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      using budget = openIntakeBudget();
      const access = { token: slack.botToken, slackApiUrl: `${origin}/api/`, budget };
      const files = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
        name: `${name}.log.gz`,
        size: packed.length,
        url_private: `${origin}/files-pri/${name}`,
      }));
      const { items, problems } = await gatherContent({ text: '', files }, access);
      expect(items.map(({ name }) => name)).toEqual(['a.log', 'b.log', 'c.log']);
      expect(problems).toEqual([
        expect.stringMatching(/d.log.gz.* contains more than 20 MB, together with the other files/),
        expect.stringMatching(/e.log.gz.* contains more than 20 MB, together with the other files/),
      ]);
      expect(atOnce).toBe(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

it('hides a secret in the name of what an archive contains', async () => {
  const inner = gzipSync('a line of a log').subarray(0, 20);
  const archive = zipOf([
    { name: 'debug.log', content: 'a line of a log' },
    { name: 'vpn password=Kx8vTq2LmZ9w.gz', content: inner },
  ]);
  using budget = openIntakeBudget();
  const access = { token: slack.botToken, slackApiUrl: slack.apiUrl, budget };
  const files = [await upload('logs.zip', archive)];
  const { problems } = await gatherContent({ text: '', files }, access);
  expect(problems).toEqual([expect.stringMatching(/logs.zip.* contains .*vpn password=/)]);
  expect(problems.join()).not.toContain('Kx8vTq2LmZ9w');
});

describe('fetchFile', () => {
  it('reads a text file', async () => {
    const file = await upload('debug.log', 'ü'.repeat(100_000));
    expect(await fetchWith(file)).toEqual({
      kind: 'texts',
      name: 'debug.log',
      items: [{ name: 'debug.log', text: 'ü'.repeat(100_000) }],
    });
  });

  it('says what is wrong with a picture, a huge file, and one it may not read', async () => {
    const picture = await upload('screen.png', 'PNG');
    expect(await fetchWith(picture)).toMatchObject({
      kind: 'unreadable',
      reason: 'is neither a text file nor packed with gzip, zip or tar',
    });
    const huge = await upload('huge.log', Buffer.alloc(5_000_001, 'x'));
    expect(await fetchWith(huge)).toMatchObject({ reason: 'is larger than 5 MB' });
    expect(await fetchWith({ ...huge, size: 10 })).toMatchObject({ reason: 'is larger than 5 MB' });
    const file = await upload('debug.log', 'x');
    expect(await fetchWith(file, 'xoxb-other')).toMatchObject({
      reason: expect.stringContaining('files:read'),
    });
  });

  it('does not unpack what is named like a text: only its packed size was reserved', async () => {
    const packed = gzipSync(Buffer.alloc(3_000_000, 'a line of a log\n'));
    expect(await fetchWith(await upload('debug.log', packed))).toMatchObject({
      reason: expect.stringContaining('ends with .gz, .tgz'),
    });
    expect(await fetchWith(await upload('debug.log.gz', packed))).toMatchObject({ kind: 'texts' });
  });

  it.each<[string, number, number | 'hangs up', boolean]>([
    ['is away for a moment', 2, 503, true],
    ['hangs up at first', 1, 'hangs up', true],
    ['asks to wait', 1, 429, true],
    ['stays away', 99, 502, false],
  ])(
    'waits a little for a Slack that %s',
    async (_, failures, how, isRead) => {
      let asked = 0;
      const flaky = createServer((request, response) => {
        asked += 1;
        if (asked > failures) response.writeHead(200, { 'content-type': 'text/plain' }).end('a log');
        else if (how === 'hangs up') request.socket.destroy();
        else response.writeHead(how).end();
      });
      await new Promise<void>((resolve) => flaky.listen(0, '127.0.0.1', resolve));
      try {
        const origin = `http://127.0.0.1:${(flaky.address() as AddressInfo).port}`;
        const file = { name: 'debug.log', mimetype: 'text/plain', url_private: `${origin}/files-pri/F1` };
        using budget = openIntakeBudget();
        const access = {
          token: slack.botToken,
          slackApiUrl: `${origin}/api/`,
          budget,
        };
        const found = await fetchFile(file, access);
        expect(found).toMatchObject(isRead ? { kind: 'texts' } : { kind: 'unreadable', missed: true });
        const gathered = gatherUnprompted({ text: '', files: [file] }, access, () => true);
        if (isRead) expect((await gathered).items).toMatchObject([{ text: 'a log' }]);
        else await expect(gathered).rejects.toThrow(/debug.log could not be read: Slack did not answer/);
      } finally {
        flaky.closeAllConnections();
        flaky.close();
      }
    },
    20_000,
  );

  it.each([
    ['another server', () => strangerUrl],
    ['a name that only looks like Slack', () => 'https://files.slack.com.evil.example/x'],
    ['a name that ends like Slack', () => 'https://ftm-check-evilslack.com/x'],
    ['Slack without TLS', () => 'http://files.slack.com/x'],
    ['another scheme', () => 'file:///etc/passwd'],
    ['nothing', () => ''],
  ])('gives the token to nobody but Slack: %s', async (_, urlOf) => {
    const file = await upload('debug.log', 'x');
    const forged = { ...file, url_private: urlOf(), url_private_download: urlOf() };
    expect(await fetchWith(forged)).toMatchObject({ reason: 'is not kept in Slack' });
    expect(tokensSeen).toEqual([]);
  });

  it('sends nothing to another server that Slack redirects to', async () => {
    const asked = tokensSeen.length;
    const leading = createServer((_request, response) => {
      response.writeHead(302, { location: strangerUrl }).end();
    });
    await new Promise<void>((resolve) => leading.listen(0, '127.0.0.1', resolve));
    try {
      const origin = `http://127.0.0.1:${(leading.address() as AddressInfo).port}`;
      const file = { name: 'debug.log', mimetype: 'text/plain', url_private: `${origin}/files-pri/F1` };
      using budget = openIntakeBudget();
      const found = await fetchFile(file, { token: slack.botToken, slackApiUrl: `${origin}/api/`, budget });
      expect(found).toMatchObject({ kind: 'unreadable' });
      expect(tokensSeen).toHaveLength(asked);
    } finally {
      leading.closeAllConnections();
      leading.close();
    }
  });
});

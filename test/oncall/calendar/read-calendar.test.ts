import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Agent, Dispatcher1Wrapper } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCalendarReader } from '../../../src/oncall/calendar/read-calendar.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { readSecret } from '../../../src/platform/config/read-secret.ts';
import { selfSigned } from '../../support/tls-certificate.ts';
import { IMPOSSIBLE, ics } from './ics.ts';

const SPAN = { timeZone: 'UTC', from: Date.parse('2026-01-01'), until: Date.parse('2026-02-01') };
const GOOD = ics(['DTSTART:20260105T080000Z\nDURATION:PT8H\nSUMMARY:Ana']);
const PACKED = gzipSync(Buffer.alloc(50_000_000));
const TOKEN = 'private-4711';
const ANA = { from: Date.parse('2026-01-05T08:00Z'), until: Date.parse('2026-01-05T16:00Z'), summary: 'Ana' };

let folder: string;
let server: Server;
let origin: string;
let answer: RequestListener;
const asked: string[] = [];
const { certificate, key } = selfSigned('localhost');
const trusting = new Agent({ connect: { ca: certificate } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  server = createServer({ cert: certificate, key }, (request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await trusting.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  asked.length = 0;
  answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/calendar' }).end(GOOD);
});

/** Node's own `fetch` is that of an earlier undici. */
const dispatcher = new Dispatcher1Wrapper(trusting) as unknown as RequestInit['dispatcher'];

function reader(options: Partial<Parameters<typeof createCalendarReader>[0]> = {}) {
  return createCalendarReader({
    readSecret: (ref) => readSecret(ref, { FEED: `${origin}/${TOKEN}/team.ics` }),
    dispatcher,
    ...options,
  });
}

describe('a calendar at an address', () => {
  it.each([
    ['written in the inventory', () => `${origin}/team.ics`],
    ['written as webcal', () => `${origin.replace('https:', 'webcal:')}/team.ics`],
    ['kept as a secret', () => ({ env: 'FEED' })],
  ])('is read, %s', async (_, url) => {
    expect(await reader()({ url: url() }, SPAN)).toMatchObject({ kind: 'events', events: [ANA] });
    expect(asked).toHaveLength(1);
  });

  it.each<readonly [string, RequestListener, RegExp, boolean]>([
    [
      'a redirect, also to itself',
      (_, response) => void response.writeHead(302, { location: '/team.ics' }).end(),
      /leads to another one \(302\)/,
      false,
    ],
    ['a refusal', (_, response) => void response.writeHead(403).end('secret page'), /status 403/, false],
    ['an outage', (_, response) => void response.writeHead(503).end(), /status 503/, true],
    ['another thing', (_, response) => void response.end('<html>'), /not an iCalendar file/, false],
    [
      'more than 5 MB without saying so',
      (_, response) => {
        const send = () => {
          while (response.writable && response.write('X'.repeat(100_000)));
        };
        response.on('drain', send);
        send();
      },
      /larger than 5 MB/,
      false,
    ],
    [
      'a small archive of 50 MB',
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(PACKED),
      /larger than 5 MB/,
      false,
    ],
    ['nothing at all', () => undefined, /did not answer within 0.3 s/, true],
  ])(
    'is not read from %s, with a reason that shows neither address nor answer',
    async (what, listener, reason, away) => {
      answer = listener;
      const limits = what === 'nothing at all' ? { timeoutMs: 300 } : {};
      const read = await reader(limits)({ url: { env: 'FEED' } }, SPAN);
      expect(read).toMatchObject({ kind: 'failed', reason: expect.stringMatching(reason) });
      expect('unreachable' in read).toBe(away);
      expect(JSON.stringify(read)).not.toMatch(new RegExp(`${TOKEN}|localhost|secret page|html`));
      expect(asked).toHaveLength(1);
    },
  );

  it.each([
    ['http', () => `http://localhost:1/${TOKEN}`],
    ['a file', () => `file:///etc/${TOKEN}`],
    ['a password in it', () => `${origin.replace('//', `//ana:${TOKEN}@`)}/team.ics`],
    ['no address', () => TOKEN],
  ])('is not asked where the secret has %s', async (_, address) => {
    const read = await reader({ readSecret: async () => address() })({ url: { env: 'FEED' } }, SPAN);
    expect(read).toEqual({
      kind: 'failed',
      reason: 'its address is not an https address without user name and password',
    });
    expect(asked).toEqual([]);
  });

  it('is not read without a valid certificate, so that no other host can answer in its place', async () => {
    const read = await reader({ dispatcher: undefined })({ url: { env: 'FEED' } }, SPAN);
    const other = await reader()({ url: `${origin.replace('localhost', '127.0.0.1')}/${TOKEN}` }, SPAN);
    for (const each of [read, other]) {
      expect(each).toMatchObject({ kind: 'failed', reason: expect.stringContaining('no valid certificate') });
      expect(JSON.stringify(each)).not.toContain(TOKEN);
    }
    expect(asked).toEqual([]);
  });

  it('names the reference where the secret is missing', async () => {
    expect(await reader()({ url: { env: 'GONE' } }, SPAN)).toEqual({
      kind: 'failed',
      reason: 'The environment variable GONE is not set.',
    });
  });
});

describe('a calendar in a file', () => {
  it('is read, and the reason says if it cannot be', async () => {
    const path = join(folder, 'team.ics');
    expect(await reader()({ file: path }, SPAN)).toEqual({
      kind: 'failed',
      reason: `the file ${path} cannot be read`,
    });
    await writeFile(path, GOOD);
    expect(await reader()({ file: path }, SPAN)).toMatchObject({ kind: 'events', events: [ANA] });
    await writeFile(path, 'x'.repeat(5_000_001));
    expect(await reader()({ file: path }, SPAN)).toMatchObject({ reason: 'it is larger than 5 MB' });
    expect(await reader()({ file: folder }, SPAN)).toMatchObject({ reason: `${folder} is not a file` });
  });

  it('ends after the time limit where a rule has no occurrence, and the next one is read', async () => {
    const path = join(folder, 'impossible.ics');
    await writeFile(path, IMPOSSIBLE);
    await writeFile(join(folder, 'good.ics'), GOOD);
    const read = reader({ expandLimitMs: 1000 });
    const [hangs, good] = await Promise.all([
      read({ file: path }, SPAN),
      read({ file: join(folder, 'good.ics') }, SPAN),
    ]);
    expect(hangs).toEqual({
      kind: 'failed',
      reason: 'its rules take more time or memory than one calendar may use (1 s)',
    });
    expect(good).toMatchObject({ kind: 'events', events: [ANA] });
  });
});

describe('settings of a calendar', () => {
  const inventory = (schedule: string) =>
    parseInventory(
      `devices: {}
escalation:
  routes: { team: { kind: slack, levels: [{ schedule: primary }] } }
  schedules:
    primary: { timeZone: UTC, ${schedule} }`,
      'inventory.yaml',
    );

  it.each([
    ['no source', 'calendar: { people: { Ana: U0ANA } }', /needs either url or file/],
    [
      'two sources',
      'calendar: { url: "https://a.example", file: a.ics, people: { Ana: U0ANA } }',
      /either url or file/,
    ],
    ['http', 'calendar: { url: "http://a.example/x", people: { Ana: U0ANA } }', /https or webcal address/],
    ['nobody', 'calendar: { file: a.ics, people: {} }', /at least one person/],
    ['a name for no person', 'calendar: { file: a.ics, people: { Ana: ana } }', /Slack user id/],
    [
      'seconds between two reads',
      'calendar: { file: a.ics, people: { Ana: U0ANA }, every: 5s }',
      /at least 1m/,
    ],
    ['neither rotations nor a calendar', 'overrides: []', /needs rotations or a calendar/],
  ])('with %s are refused', (_, schedule, reason) => {
    expect(() => inventory(schedule)).toThrow(reason);
  });

  it('need no rotations, and take webcal', () => {
    const found = inventory('calendar: { url: "webcal://a.example/x", people: { "Ana Ruiz": U0ANA } }');
    expect(found.escalation?.schedules.get('primary')).toMatchObject({
      rotations: [],
      calendar: { url: 'webcal://a.example/x', every: 900_000 },
    });
  });
});

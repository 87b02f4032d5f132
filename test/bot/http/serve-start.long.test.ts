import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServing } from './serve-process.ts';

const LAUNCHER = resolve(import.meta.dirname, '../../../src/cli/launch.cjs');

let folder: string;
const taken = createServer();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  await writeFile(
    join(folder, 'inventory.yaml'),
    'devices: { a: { address: 192.0.2.1, username: u, password: { env: P } } }\n',
  );
  await writeFile(join(folder, 'bad.yaml'), 'devices: { a: { adress: 192.0.2.1 } }\n');
  taken.listen(0);
  await once(taken, 'listening');
});
afterAll(async () => {
  taken.close();
  await rm(folder, { recursive: true });
});

const takenPort = () => String((taken.address() as AddressInfo).port);

/** What is wrong, the variable to change, and how a right one looks. */
it.each<[string, () => Record<string, string>, readonly RegExp[]]>([
  [
    'an inventory that is not there',
    () => ({ FTM_CHECK_INVENTORY: '/nowhere.yaml' }),
    [
      /There is no inventory at \S*nowhere\.yaml/,
      /FTM_CHECK_INVENTORY/,
      /such as \/etc\/ftm-check\/inventory\.yaml/,
    ],
  ],
  [
    'an inventory that is not valid',
    () => ({ FTM_CHECK_INVENTORY: 'bad.yaml' }),
    [/bad\.yaml:1:\d+: .*adress/],
  ],
  [
    'a data folder that cannot be made',
    () => ({ FTM_CHECK_DATA: '/dev/null/data' }),
    [/\/dev\/null\/data/, /FTM_CHECK_DATA/, /such as \/var\/lib\/ftm-check/],
  ],
  [
    'an audit trail that cannot be written',
    () => ({ FTM_CHECK_AUDIT: '/dev/null/audit' }),
    [/\/dev\/null\/audit cannot be opened/, /FTM_CHECK_AUDIT/, /such as \/var\/lib/],
  ],
  ['a port that is taken', () => ({ PORT: takenPort() }), [/in use: \d+ \(PORT\)/, /such as 3000/]],
  [
    'an internal port that is taken',
    () => ({ FTM_CHECK_INTERNAL_PORT: takenPort() }),
    [/in use: .*FTM_CHECK_INTERNAL_PORT/, /such as 9464/],
  ],
  [
    'several wrong settings',
    () => ({ FTM_CHECK_MODE: 'rtm', LOG_LEVEL: 'loud' }),
    [/FTM_CHECK_MODE is neither.*example: http or socket/, /LOG_LEVEL is not one of.*example: info/],
  ],
])('ends at once because of %s, and names it', async (_, env, expected) => {
  await using served = startServing({
    entry: [process.execPath, LAUNCHER],
    cwd: folder,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: '0123456789abcdef',
      SLACK_API_URL: 'http://127.0.0.1:9/api/',
      PORT: '0',
      FTM_CHECK_DATA: join(folder, 'data'),
      ...env(),
    },
  });
  const [status] = (await once(served.child, 'exit')) as [number];
  expect(status).toBe(2);
  const text = served.log.join('\n');
  for (const words of expected) expect(text).toMatch(words);
  expect(text).not.toMatch(/inside ftm-check|\n {4}at /);
});

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { until } from '../../support/until.ts';
import { BEN, SUPPORT, startTestSystem, type TestSystem } from '../test-system.ts';

const GUIDE = readFileSync(join(import.meta.dirname, '../../../docs/how-to/alerts.md'), 'utf8');
const SECRET = 'a secret of the hook';
const run = promisify(execFile);

let system: TestSystem;

afterEach(async () => {
  await system[Symbol.asyncDispose]();
});

async function open(): Promise<void> {
  system = await startTestSystem({
    env: { HOOK: SECRET, AM: 'bearer-of-alertmanager' },
    escalation: `
  routes: { team: { kind: slack, levels: [{ user: ${BEN} }], every: 90m } }
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    alertmanager: { token: { env: AM } }
    generic: { secret: { env: HOOK }, pages: high }`,
  });
}

/** Runs the commands of the guide with bash, curl and openssl; only the address is another one. */
async function runGuide(secret: string, change = (commands: string) => commands): Promise<string> {
  const [, commands = ''] = /```sh\n([\s\S]*?)```/.exec(GUIDE) ?? [];
  expect(commands).toContain('https://bot/hooks/generic');
  const script = change(commands).replace('https://bot', system.url);
  const env = { PATH: process.env.PATH ?? '', SECRET: secret };
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], { env });
  return stdout;
}

describe('the examples of the guide about alerts', () => {
  it('with curl and openssl start a check, and a wrong secret does not', async () => {
    await open();
    expect(JSON.parse(await runGuide('another secret'))).toEqual({
      error: 'the signature or the token is invalid',
    });
    expect(await system.backend.runs.byDevice('fgt-branch-07', 1)).toEqual([]);
    expect(await runGuide(SECRET)).toContain('started');
    expect(await system.answered({ alias: 'fgt-branch-07' })).toHaveLength(1);
  });

  it('signed the same way update a page', async () => {
    await open();
    await runGuide(SECRET);
    const [first] = await system.answered({ alias: 'fgt-branch-07' });
    const root = first?.rootTs ?? '';
    const said = (text: string) =>
      system.slack.until(() =>
        system.slack.thread(SUPPORT, root).some((message) => message.text.includes(text)),
      );
    await said('Paged, not acknowledged yet');
    const [, update = ''] = /`(\{ "key": "ftm-check\/…"[^`]*\})`/.exec(GUIDE) ?? [];
    expect(update).toContain('"acknowledged" | "resolved"');
    const [escalation] = await openPages();
    const body = (status: string) =>
      update
        .replace('"acknowledged" | "resolved"', JSON.stringify(status))
        .replace('ftm-check/…', escalation ?? '')
        .replace('"by": "…"', '"by": "Night desk"');
    for (const [status, text] of [
      ['acknowledged', 'Acknowledged by Night desk'],
      ['resolved', 'Resolved by Night desk'],
    ] as const) {
      await runGuide(SECRET, (commands) => commands.replace(/^body=.*$/m, `body='${body(status)}'`));
      await said(text);
    }
  });

  it('for Alertmanager are settings that its alerts reach the bot with', async () => {
    await open();
    const [, line = ''] = /`(webhook_configs: [^`]*)`/.exec(GUIDE) ?? [];
    const { webhook_configs: configs } = parse(line.replace('…', 'bearer-of-alertmanager')) as {
      readonly webhook_configs: readonly {
        readonly url: string;
        readonly http_config: { readonly authorization: { readonly credentials: string } };
      }[];
    };
    const [config] = configs;
    const response = await fetch((config?.url ?? '').replace('https://bot', system.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${config?.http_config.authorization.credentials}` },
      body: JSON.stringify({
        version: '4',
        status: 'firing',
        alerts: [
          {
            status: 'firing',
            labels: { alertname: 'VpnLoginsFail', device: 'fgt-branch-07' },
            annotations: {},
            startsAt: new Date().toISOString(),
            fingerprint: 'f1',
          },
        ],
      }),
    });
    expect(response.status).toBe(200);
    await until(
      async () => (await system.backend.runs.byDevice('fgt-branch-07', 1)).length === 1,
      'the alert starts a check',
    );
    await system.answered({ alias: 'fgt-branch-07' });
  });
});

/** The keys of open pages. */
async function openPages(): Promise<readonly string[]> {
  const ids = await system.backend.records.membersSince('open-escalations', 0);
  return await Promise.all(
    ids.map(async (id) => {
      const record = await system.backend.records.get(`escalation:${id}`);
      return (JSON.parse(record?.text ?? '{}') as { readonly key: string }).key;
    }),
  );
}

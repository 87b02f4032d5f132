import { expect, it } from 'vitest';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../../../src/oncall/routes/signature.ts';
import type { Fault } from '../../../src/stand-ins/slack/types.ts';
import { until } from '../../support/until.ts';
import { SUPPORT } from '../test-system.ts';
import { PD_SECRET, usePaging } from './paging-system.ts';

const paging = usePaging();

/** `docs/how-to/alerts.md` quotes the times. */
const SLACK: readonly (readonly [string, Fault, number])[] = [
  ['refuses every call', { status: 503 }, 8],
  ['hangs', { hang: true }, 8],
  ['answers after 9 s', { delayMs: 9000 }, 8],
];

it.each(SLACK)(
  'a provider has the page in time where Slack %s, and the thread follows',
  async (_, fault, seconds) => {
    await paging.open('    generic: { secret: { env: PD_HOOK }, pages: high }');
    const { slack, backend } = paging.system;
    slack.failAlways(fault);
    const body = JSON.stringify({ id: 'a-1', title: 'push is dead', device: 'fgt-branch-07' });
    const now = Math.floor(Date.now() / 1000);
    const signed = signBody(PD_SECRET, now, body);
    const headers = { [TIMESTAMP_HEADER]: String(now), [SIGNATURE_HEADER]: signed };
    const url = `${paging.system.url}/hooks/generic`;
    expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(200);

    await until(async () => (await run())?.outcome !== undefined, 'the diagnosis', 60_000);
    const diagnosedAt = Date.now();
    await until(() => paging.pagerDuty.incidents.length > 0, 'the page', 60_000);
    expect((Date.now() - diagnosedAt) / 1000).toBeLessThan(seconds);

    slack.failAlways();
    const [answered] = await paging.system.answered({ alias: 'fgt-branch-07' });
    await paging.said(answered?.rootTs ?? '', 'Paged');
    expect(paging.pagerDuty.incidents).toMatchObject([{ triggers: 1 }]);
    const answers = slack.messages(SUPPORT).filter(({ ts }) => ts === answered?.rootTs);
    expect(answers).toHaveLength(1);

    async function run() {
      return (await backend.runs.byDevice('fgt-branch-07', 1))[0];
    }
  },
  180_000,
);

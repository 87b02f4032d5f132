import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../../../src/oncall/routes/signature.ts';
import { until } from '../../support/until.ts';
import { ANA, SUPPORT } from '../test-system.ts';
import { incidentEvent, PD_SECRET, usePaging } from './paging-system.ts';

const paging = usePaging();

/** A server inside the network that no request may reach. */
async function openListener() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/latest/meta-data`,
    connections: () => connections,
    [Symbol.dispose]: () => void server.close(),
  };
}

describe('an address in what is sent', () => {
  it('is not asked: of an incident, a ticket, an alert, a script or a message', async () => {
    using listener = await openListener();
    const { url } = listener;
    await paging.open(`    alertmanager: { token: { env: PD_HOOK } }
    generic: { secret: { env: PD_HOOK } }`);
    const links = {
      html_url: url,
      self: url,
      url,
      link: url,
      ticket: url,
      notes: url,
      generatorURL: url,
      externalURL: url,
      client_url: url,
      callback: url,
    };
    const incident = {
      ...links,
      title: `VPN logins fail on fgt-branch-07, see ${url}`,
      service: { ...links, summary: url },
      external_references: [links],
    };
    expect(await paging.tellHook(incidentEvent('incident.triggered', incident))).toBe(200);

    const am = {
      ...links,
      version: '4',
      alerts: [
        {
          ...links,
          status: 'firing',
          fingerprint: 'f1',
          startsAt: new Date().toISOString(),
          labels: { alertname: url, device: 'fgt-branch-07', instance: url },
          annotations: { summary: url, runbook_url: url, dashboard: url },
        },
      ],
    };
    const alerted = await fetch(`${paging.system.url}/hooks/alertmanager`, {
      method: 'POST',
      body: JSON.stringify(am),
      headers: { authorization: `Bearer ${PD_SECRET}`, forwarded: `host=${url}`, referer: url },
    });
    expect(alerted.status).toBe(200);

    const seconds = Math.floor(Date.now() / 1000);
    const script = JSON.stringify({ ...links, id: 'a-1', title: `fgt-branch-07 ${url}`, incident: url });
    const told = await fetch(`${paging.system.url}/hooks/generic`, {
      method: 'POST',
      body: script,
      headers: {
        [TIMESTAMP_HEADER]: String(seconds),
        [SIGNATURE_HEADER]: signBody(PD_SECRET, seconds, script),
      },
    });
    expect(told.status).toBe(200);
    await paging.system.slack.mention({ user: ANA, channel: SUPPORT, text: `fgt-branch-07 <${url}>` });
    await paging.system.slack.mention({ user: ANA, channel: SUPPORT, text: `page someone <${url}|ticket>` });

    await paging.system.answered({ alias: 'fgt-branch-07' });
    await until(() => paging.pagerDuty.notes.has('PINC1'), 'the note is there');
    expect(listener.connections()).toBe(0);
    const posted = paging.system.slack.calls().filter(({ method }) => method === 'chat.postMessage');
    expect(posted.length).toBeGreaterThan(0);
    expect(posted.filter(({ args }) => args.unfurl_links !== false || args.unfurl_media !== false)).toEqual(
      [],
    );
  });
});

import { expect, it } from 'vitest';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../../../src/oncall/routes/signature.ts';
import { NO_AUDIT } from '../../../src/platform/audit/audit-trail.ts';
import { LOCKED, SUPPORT } from '../test-system.ts';
import { incidentEvent, PD_SECRET, usePaging } from './paging-system.ts';

const paging = usePaging();

async function send(id: string, device: string, status = 'firing'): Promise<unknown> {
  const seconds = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({ id, title: `logins fail at ${id}`, device, status });
  const headers = {
    [TIMESTAMP_HEADER]: String(seconds),
    [SIGNATURE_HEADER]: signBody(PD_SECRET, seconds, body),
  };
  const response = await fetch(`${paging.system.url}/hooks/generic`, { method: 'POST', body, headers });
  expect(response.status).toBe(200);
  return await response.json();
}

it('an alert about an unknown device is recorded; after ten the answers to its source tell nothing, and no alert is lost', async () => {
  const audited: Readonly<Record<string, unknown>>[] = [];
  await paging.open('    generic: { secret: { env: PD_HOOK } }', {
    audit: { ...NO_AUDIT, record: (fields) => void audited.push({ ...fields }) },
    opsChannel: LOCKED,
  });
  const told: unknown[] = [];
  for (let index = 0; index < 13; index += 1) told.push(await send(`a-${index}`, `fgt-guess-${index}`));
  const ignored = { results: [{ kind: 'ignored', reason: 'it contains no device of the inventory' }] };
  const withheld = { withheld: 'too many alerts name no device of the inventory' };
  expect(told).toEqual(told.map((_, index) => (index < 9 ? ignored : withheld)));
  const refusals = audited.filter(({ event }) => event === 'request.refused');
  expect(refusals).toMatchObject([
    ...Array.from({ length: 10 }, (_, index) => ({
      device: `fgt-guess-${index}`,
      reason: 'not-this-device',
    })),
    ...Array.from({ length: 3 }, (_, index) => ({
      device: `fgt-guess-${index + 10}`,
      reason: 'too-many-look-ups',
    })),
  ]);
  expect(new Set(refusals.map(({ actor }) => (actor as { user: string }).user))).toEqual(
    new Set(['alert:generic']),
  );

  // Known or not, new or repeated, begun or over: one answer. The alert about a device is processed as any other.
  for (const device of ['fgt-branch-07', 'fgt-branch-07', 'fgt-guess-1'])
    expect(await send('b', device)).toEqual(withheld);
  expect(await send('c', 'fgt-branch-07', 'resolved')).toEqual(withheld);
  await paging.system.answered({ alias: 'fgt-branch-07' });

  const said = paging.system.slack.messages(LOCKED).map(({ text }) => text);
  expect(said).toEqual([expect.stringMatching(/alerts from `generic`.*the last one: logins fail at a-10\./)]);

  // Another source has its own count.
  expect(await paging.tellHook(incidentEvent('incident.triggered', { title: 'nothing known' }))).toBe(200);
  expect(audited.at(-1)).toMatchObject({ reason: 'not-this-device', actor: { user: 'alert:pagerduty' } });
  expect(paging.system.slack.messages(SUPPORT).length).toBeGreaterThan(0);
});

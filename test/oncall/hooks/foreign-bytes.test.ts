import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAlertmanager } from '../../../src/oncall/hooks/alertmanager.ts';
import { readGeneric } from '../../../src/oncall/hooks/generic.ts';
import type { ReadMessages } from '../../../src/oncall/hooks/message.ts';
import { readPagerDuty } from '../../../src/oncall/hooks/pagerduty.ts';
import { hasBearer, hasOwnSignature, hasPagerDutySignature } from '../../../src/oncall/hooks/verify.ts';
import { anyText } from '../../support/any-text.ts';

const NOW = Date.parse('2026-11-25T09:00:00Z');

/** Words that mean something to the readers, to objects, or have no meaning. */
const word = fc.oneof(
  fc.constantFrom(
    'ftm-check/fgt-hq/push-disabled',
    'firing',
    'resolved',
    'acknowledged',
    'incident.triggered',
    'incident.resolved',
    'toString',
    '__proto__',
    '2026-11-25T08:59:00Z',
    '',
  ),
  anyText({ maxLength: 40 }),
);
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue() });
const labels = fc.dictionary(
  fc.constantFrom('device', 'instance', 'summary', 'alertname', '__proto__', 'x'),
  maybe(word),
);

const alertmanager = fc.record({
  version: maybe(fc.constant('4')),
  alerts: maybe(
    fc.array(
      fc.record({
        status: maybe(fc.constantFrom('firing', 'resolved')),
        labels: maybe(labels),
        annotations: maybe(labels),
        startsAt: maybe(word),
        fingerprint: maybe(word),
      }),
      { maxLength: 5 },
    ),
  ),
});
const pagerduty = fc.record({
  event: fc.record({
    id: maybe(word),
    event_type: maybe(word),
    occurred_at: maybe(fc.constant('2026-11-25T08:59:00Z')),
    agent: maybe(fc.record({ summary: maybe(word) })),
    data: maybe(fc.record({ id: maybe(word), incident_key: maybe(word), title: maybe(word) })),
  }),
});
const generic = fc.record(
  Object.fromEntries(
    ['id', 'status', 'title', 'device', 'incident', 'key', 'by', 'at', 'origin'].map((name) => [
      name,
      maybe(word),
    ]),
  ),
  { requiredKeys: [] },
);

describe.each<[string, (body: unknown) => ReadMessages, fc.Arbitrary<unknown>]>([
  ['Alertmanager', readAlertmanager, alertmanager],
  ['PagerDuty', (body) => readPagerDuty(body, NOW), pagerduty],
  ['anything else', readGeneric, generic],
])('a delivery of %s', (_, read, like) => {
  it('is read or refused, whatever it holds, and says nothing but our words', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 5, arbitrary: like }, fc.jsonValue()), (body) => {
        const result = read(JSON.parse(JSON.stringify(body)));
        if (result.kind === 'unreadable') expect(result.reason).toMatch(/./);
        for (const message of result.kind === 'read' ? result.messages : []) {
          if (message.kind === 'news') {
            expect(['acknowledged', 'resolved']).toContain(message.event.kind);
            expect(message.event.at ?? 0).not.toBeNaN();
          }
          if (message.kind === 'alert') expect(message.alert.names.length).toBeLessThan(200);
        }
      }),
      { numRuns: 400 },
    );
  });
});

it.each(['toString', 'constructor', '__proto__'])('takes %s for no news of a page', (type) => {
  const data = { id: 'P1', incident_key: 'ftm-check/fgt-hq/push-disabled' };
  const event = { id: '1', event_type: type, occurred_at: '2026-11-25T08:59:00Z', data };
  expect(readPagerDuty({ event }, NOW)).toMatchObject({ kind: 'read', messages: [{ kind: 'nothing' }] });
});

it('lets no header in that was not made with the secret', () => {
  const header = fc.oneof(
    fc.string(),
    fc.constantFrom('Bearer', 'Bearer ', 'v1=', ',,', 'bearer  x'),
    fc.array(fc.string()),
  );
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom(
          'authorization',
          'x-pagerduty-signature',
          'x-ftm-check-timestamp',
          'x-ftm-check-signature',
        ),
        header,
      ),
      (headers) => {
        const body = Buffer.from('{}');
        expect(hasBearer(headers, 'the-secret')).toBe(false);
        expect(hasPagerDutySignature(headers, body, 'the-secret')).toBe(false);
        expect(hasOwnSignature(headers, body, 'the-secret', NOW)).toBe(false);
      },
    ),
    { numRuns: 400 },
  );
});

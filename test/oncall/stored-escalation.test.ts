import { describe, expect, it } from 'vitest';
import { parseEscalation, serializeEscalation } from '../../src/oncall/store/stored-escalation.ts';

/** As every version since 0.1 writes it. */
const STORED = {
  id: 'esc-1',
  key: 'ftm-check/fgt-hq/push-disabled',
  subject: { device: 'fgt-hq', alias: 'fgt-hq', cause: 'push-disabled', severity: 'high', affectedUsers: 2 },
  runId: 'run-1',
  laterRuns: [],
  offered: [],
  asked: [],
  told: ['say:C1:2.0'],
  places: ['C1'],
  thread: { channel: 'C1', ts: '1.0' },
  trigger: { kind: 'person', user: 'U1' },
  routes: ['team'],
  text: { summary: 'push is off', details: 'details' },
  state: 'paged',
  openedAt: 1,
  accepted: ['team'],
  effects: [
    { id: 'call:team:1', kind: 'call', route: 'team', rung: 1, begun: false, tries: 0, notBefore: 5 },
    { id: 'say:2', kind: 'say', thread: { channel: 'C1', ts: '2.0' }, begun: true, tries: 3, notBefore: 6 },
  ],
  history: [{ at: 1, what: 'opened' }],
  statusBegun: true,
  statusShown: 'paged',
};

describe('an escalation in Redis', () => {
  it('is read with the names of the first version, and written with them again', () => {
    const { data } = parseEscalation(JSON.stringify(STORED));
    expect(data).toMatchObject({
      notified: ['say:C1:2.0'],
      outbox: [
        { level: 1, started: false, attempts: 0 },
        { started: true, attempts: 3 },
      ],
      statusStarted: true,
    });
    expect(data && JSON.parse(serializeEscalation(data))).toEqual(STORED);
  });

  it.each(['', 'no JSON', '[]', '{"effects":[null]}', '{"constructor":1}'])('is not %j', (text) => {
    expect(parseEscalation(text).success).toBe(false);
  });
});

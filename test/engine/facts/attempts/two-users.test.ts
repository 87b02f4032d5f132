import { describe, expect, it } from 'vitest';
import { summariseAttempt } from '../../../../src/engine/facts/attempts/summarise-attempt.ts';
import { MARLOW_ANSWERS, twoUsersLog } from '../../../fixtures/logs/two-users.ts';
import { attemptsIn, card, readLog, valueIn } from './read-log.ts';

describe('two users at once', () => {
  const lines = twoUsersLog();
  const [wren, marlow, ...others] = attemptsIn(lines);
  if (!wren || !marlow) throw new Error('two attempts expected');

  it('are two attempts and no more', () => {
    expect(others).toEqual([]);
    expect([wren.user, marlow.user]).toEqual(['wren', 'marlow']);
    expect(valueIn(readLog(lines).looseCallbacks)).toEqual([]);
  });

  it('wren got in after 9 s', () => {
    expect(card(wren)).toBe('✓✓✓✓✓✓✓✓✓✓');
    expect(wren.milestones.pushSent?.tokenSerial).toBe('FTKMOB0000000011');
    expect(summariseAttempt(wren)).toMatchObject({
      user: 'wren',
      vdom: 'root',
      session: '5784:root:d9',
      startedAt: '2025-11-24 09:12:04',
      outcome: 'succeeded',
      waitedSeconds: 9,
      allowedSeconds: 80,
    });
  });

  it('marlow answered 94 s after the question, of 80 s', () => {
    expect(card(marlow)).toBe('✓✓✓✓✓✓✓✓✗–');
    expect(marlow.milestones.pushSent?.tokenSerial).toBe('FTKMOB0000000022');
    expect(marlow.milestones.tokenWait?.seconds).toBe(60);
    expect(summariseAttempt(marlow)).toMatchObject({
      outcome: 'timed-out',
      waitedSeconds: MARLOW_ANSWERS,
      allowedSeconds: 80,
    });
  });

  it('every quote is on the line that it names', () => {
    for (const quote of [wren, marlow].flatMap((each) => each.hops.flatMap((hop) => hop.evidence))) {
      expect(lines[quote.line - 1]).toContain(quote.text.replace(/…$/, ''));
    }
  });

  it('is the same however loud the rest of the console is', () => {
    const quiet = attemptsIn(twoUsersLog(0));
    expect(quiet.map((each) => [each.user, each.outcome, card(each)])).toEqual(
      [wren, marlow].map((each) => [each.user, each.outcome, card(each)]),
    );
  });
});

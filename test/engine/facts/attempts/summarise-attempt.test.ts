import { describe, expect, it } from 'vitest';
import { summariseAttempt } from '../../../../src/engine/facts/attempts/summarise-attempt.ts';
import { type Login, stamped, successfulLogin, upToPush } from '../../../fixtures/logs/login-lines.ts';
import { onlyAttempt } from './read-log.ts';

const ANA: Login = { user: 'ana', pid: 100, sid: 'd9' };

describe('summariseAttempt', () => {
  it('has no times where the log has none', () => {
    const summary = summariseAttempt(onlyAttempt(successfulLogin(ANA)));
    expect(summary.waitedSeconds).toBeUndefined();
    expect(summary.startedAt).toBeUndefined();
    expect(summary.allowedSeconds).toBe(80);
  });

  it('does not say how long somebody waited who never answered', () => {
    const lines = [...upToPush(ANA, 0), ...stamped(300, ['[101:root:4]req: /remote/portal'])];
    expect(summariseAttempt(onlyAttempt(lines))).toMatchObject({ outcome: 'timed-out', allowedSeconds: 80 });
    expect(summariseAttempt(onlyAttempt(lines)).waitedSeconds).toBeUndefined();
  });

  it('does not say so either where the clock was put forward during the login', () => {
    const summary = summariseAttempt(onlyAttempt(successfulLogin(ANA, 0, 3_608)));
    expect(summary.outcome).toBe('succeeded');
    expect(summary.waitedSeconds).toBeUndefined();
  });

  it('fits the attempts of a diagnosis', async () => {
    const { diagnosisSchema } = await import('../../../../src/engine/diagnosis/diagnosis.ts');
    const summary = summariseAttempt(onlyAttempt(successfulLogin(ANA, 0)));
    expect(diagnosisSchema.shape.attempts.parse([summary])).toEqual([summary]);
  });
});

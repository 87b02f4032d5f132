import { describe, expect, it } from 'vitest';
import { createAnswer } from '../../../src/report/documents/answer/answer.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const event = (time: string, id: string, fields: string) =>
  `date=2026-03-02 time=${time} logid="01010${id}" type="event" subtype="vpn" level="information" vd="root" remip=198.51.100.24 user="egret" group="crew" ${fields}`;
const PUSH = (time: string, word: string, id: string) =>
  `date=2026-03-02 time=${time} logid="01000${id}" type="event" subtype="system" level="notice" vd="root" logdesc="FortiToken mobile push message ${word}" msg="FTM push message ${word}"`;
const SENT = PUSH('07:40:02', 'succeeded', '32160');
const LOGIN = event(
  '07:40:20',
  '39424',
  'logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-web" reason="login successfully"',
);
const TUNNEL = event(
  '07:40:21',
  '39947',
  'logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-tunnel" tunnelip=10.212.134.17 reason="tunnel established"',
);
const ended = (reason: string) =>
  event(
    '09:10:22',
    '39948',
    `logdesc="SSL VPN tunnel down" action="tunnel-down" tunneltype="ssl-tunnel" tunnelip=10.212.134.17 reason="${reason}" duration=5401`,
  );
const about = (...lines: readonly string[]) =>
  diagnoseText(`did egret work this morning?\n\n${lines.join('\n')}\n`);

describe('a session in the event log', () => {
  it('proves the login: when, for how long, from where, and who ended it', () => {
    const diagnosis = about(SENT, LOGIN, TUNNEL, ended('User requested'));
    expect(diagnosis).toMatchObject({ verdict: 'healthy', proof: 'login', firstBrokenHop: null });
    expect(diagnosis.headline).toBe('egret got in: connected 07:40:21–09:10:22 (1 h 30 min)');
    expect(JSON.stringify(createAnswer(diagnosis))).toContain(
      'from 198.51.100.24 · tunnel address 10.212.134.17 · ended by the user',
    );
  });

  it('names another end in the words of the log', () => {
    expect(JSON.stringify(createAnswer(about(LOGIN, TUNNEL, ended('idle timeout'))))).toContain(
      'ended by “idle timeout”',
    );
  });

  it('that has no end in the log is a login, too', () => {
    expect(about(SENT, LOGIN, TUNNEL)).toMatchObject({ verdict: 'healthy', headline: 'egret got in' });
  });

  it('that ended is over: the next tunnel is another one', () => {
    const later = TUNNEL.replace('07:40:21', '09:31:40');
    const { attempts } = about(LOGIN, TUNNEL, ended('N/A'), later);
    expect(attempts.map(({ startedAt, outcome }) => [startedAt, outcome])).toEqual([
      [expect.stringContaining('07:40:20'), 'succeeded'],
      [expect.stringContaining('09:31:40'), 'succeeded'],
    ]);
  });

  it.each([
    ['a push that failed', [PUSH('07:40:02', 'failed', '32161')]],
    ['a push without a login', [SENT, PUSH('07:52:02', 'succeeded', '32160')]],
  ])('beside %s shows nothing about that push', (_, pushes) => {
    expect(about(...pushes, LOGIN, TUNNEL).verdict).not.toBe('healthy');
  });
});

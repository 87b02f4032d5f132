import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { loginTimeline, timeMatters } from '../../../../src/report/documents/answer/answer.ts';
import { renderSlack } from '../../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';
import { DEVICE_CHECK, hops, NOT_ENOUGH, TWO_USERS } from '../../fixtures.ts';

const limits = [
  { name: 'the token', seconds: 60 },
  { name: 'SSL VPN', seconds: 80 },
];
const SENTENCE = 'Time to approve: 60 s. The first to end is the token, then SSL VPN after 80 s.';
const NOTE = '`two-factor-ftm-expiry` counts hours.';
const SILENT: Diagnosis = {
  ...NOT_ENOUGH,
  hops: hops('+++++?x---'),
  firstBrokenHop: 'callback',
  attempts: [{ user: 'ana', outcome: 'timed-out', hops: hops('+++++?x---') }],
  timeBudget: { limits },
};

describe('the time to approve', () => {
  it.each([
    ['two limits', SILENT, SENTENCE],
    [
      'three limits',
      { ...SILENT, timeBudget: { limits: [{ name: 'RADIUS server fac', seconds: 5 }, ...limits] } },
      'Time to approve: 5 s. The first to end is RADIUS server fac, then the token after 60 s and SSL VPN after 80 s.',
    ],
    [
      'two that end together',
      { ...SILENT, timeBudget: { limits: limits.map((each) => ({ ...each, seconds: 300 })) } },
      'Time to approve: 300 s. The first to end are the token and SSL VPN.',
    ],
    [
      'a setting that is easily mistaken',
      { ...SILENT, timeBudget: { limits, note: NOTE } },
      `${SENTENCE} ${NOTE}`,
    ],
    ['nothing known', NOT_ENOUGH, ''],
    ['a finding that tells it', { ...TWO_USERS, timeBudget: { limits } }, ''],
  ] satisfies (readonly [string, Diagnosis, string])[])('%s', (_, diagnosis, expected) => {
    expect(loginTimeline(diagnosis)).toBe(expected);
    expect(renderText(diagnosis, { width: 200 }).includes('Time to approve')).toBe(expected !== '');
  });

  it.each([
    ['a login waited for the approval', SILENT, true],
    ['the push was not sent', { ...SILENT, firstBrokenHop: 'push-request' }, false],
    ['nothing is broken', { ...SILENT, firstBrokenHop: null }, false],
    ['no login was seen', { ...DEVICE_CHECK, timeBudget: { limits } }, false],
  ] satisfies (readonly [string, Diagnosis, boolean])[])(
    'is in a Slack answer where %s: %s',
    (_, diagnosis, expected) => {
      expect(timeMatters(diagnosis)).toBe(expected);
      const { text, blocks } = renderSlack(diagnosis);
      expect(text.includes(SENTENCE)).toBe(expected);
      expect(JSON.stringify(blocks).includes(SENTENCE)).toBe(expected);
    },
  );
});

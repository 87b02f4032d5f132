import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { loginsPicture } from '../../../src/report/picture/logins-picture.ts';
import { placeLabels } from '../../../src/report/picture/place-labels.ts';
import { TWO_USERS_LOG } from '../../../src/stand-ins/fortigate/two-users-log.ts';
import { DEVICE_CHECK } from '../fixtures.ts';

const diagnosis = diagnose([{ name: 'paste 1', text: TWO_USERS_LOG }]);

it('shows who failed first, with what happened when', () => {
  expect(loginsPicture(diagnosis, 760)?.description).toBe(
    'marlow, timed out · started 09:12:04: push sent 1 s, token expired 60 s, VPN gave up 80 s, phone answered 94 s; ' +
      'wren, got in · started 09:12:20: push sent 1 s, phone answered, got in 9 s. ' +
      'Seconds count from the question for the second factor.',
  );
});

it('keeps the times of each login in the diagnosis', () => {
  const marlow = diagnosis.attempts.find(({ user }) => user === 'marlow');
  expect(marlow?.timing).toEqual({
    events: [
      { event: 'push-sent', seconds: 1 },
      { event: 'vpn-ended', seconds: 80 },
      { event: 'phone-connected', seconds: 94 },
      { event: 'phone-answered', seconds: 94 },
    ],
    limits: [
      { limit: 'token', seconds: 60 },
      { limit: 'vpn', seconds: 80 },
    ],
  });
});

it('draws the limits where no login was seen, and nothing where no time is known', () => {
  const timeBudget = {
    limits: [
      { name: 'the token', seconds: 60 },
      { name: 'SSL VPN', seconds: 80 },
    ],
  };
  expect(loginsPicture({ ...DEVICE_CHECK, timeBudget }, 380)?.description).toContain(
    'the token 60 s, SSL VPN 80 s',
  );
  expect(loginsPicture(DEVICE_CHECK, 380)).toBeUndefined();
});

it('shows no limit that a login did not come to', () => {
  const log = readFileSync('src/engine/rules/push-denied-by-user/fixtures/broken.log', 'utf8');
  const denied = diagnose([{ name: 'paste 1', text: log }]);
  expect(denied.attempts[0]?.timing?.limits).not.toEqual([]);
  expect(loginsPicture(denied, 320)?.description).toBe(
    'wren, denied · started 09:12:04: push sent 1 s, Deny pressed 7 s. ' +
      'Seconds count from the question for the second factor.',
  );
});

it.each([
  [0, 5, 10, 300, 370, 375],
  [16, 180, 190, 200, 376],
  [376, 376, 16, 16, 100],
])('lets no label touch another or leave the picture: %s', (...places) => {
  const wanted = places.map((x) => ({ text: 'phone answered 94 s', x, kind: 'event' as const }));
  const { labels, rows } = placeLabels(wanted, { from: 16, to: 376 });
  expect(labels.map(({ x }) => x)).toEqual(places);
  expect(rows).toBeGreaterThan(1);
  for (const { left, right } of labels) {
    expect(left).toBeGreaterThanOrEqual(16);
    expect(right).toBeLessThanOrEqual(376.01);
  }
  for (const row of Array.from({ length: rows }, (_, index) => index)) {
    const inRow = labels.filter((each) => each.row === row).toSorted((a, b) => a.left - b.left);
    for (const [index, { left }] of inRow.slice(1).entries()) {
      expect(left).toBeGreaterThan(inRow[index]?.right ?? 0);
    }
  }
});

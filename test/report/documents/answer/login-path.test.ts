import { expect, it } from 'vitest';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { loginPathTitle, neededHops, shownHops } from '../../../../src/report/documents/answer/login-path.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';
import { DEVICE_CHECK, HEALTHY, hops, NOT_ENOUGH } from '../../fixtures.ts';

const LOGIN = ['connection', 'login', 'authorisation', 'tunnel'];
const stopped = (states: string, at: Diagnosis['firstBrokenHop']): Diagnosis => ({
  ...DEVICE_CHECK,
  hops: hops(states),
  firstBrokenHop: at,
});
const ids = (shown: Diagnosis['hops']) => shown.map(({ id }) => id);

it('a login that stops before push was seen has no steps of push', () => {
  const early = stopped('+x----------', 'login');
  expect(ids(neededHops(early))).toEqual(LOGIN);
  expect(loginPathTitle(early)).toBe('Login path: 1 of 4 steps fine, stops at login');
  expect(neededHops(stopped('++++????x---', 'tls'))).toHaveLength(12);
  expect(neededHops(stopped('+++++++++++x', 'tunnel'))).toHaveLength(12);
});

it('an answer without a cause shows only the steps that were seen', () => {
  const open = { ...NOT_ENOUGH, hops: hops('++??????????') };
  expect(ids(shownHops(open))).toEqual(['connection', 'login']);
  expect(shownHops(HEALTHY)).toEqual(neededHops(HEALTHY));
  const nothing = { ...NOT_ENOUGH, hops: hops('????????????') };
  expect(renderText(nothing)).not.toContain('connection ?');
});

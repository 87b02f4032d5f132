import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';
import type { RuleId } from '../../../../src/engine/rules/rule-ids.ts';
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

it('a login that got in does not stop at the step that it went past', () => {
  const [attempt] = DEVICE_CHECK.attempts;
  const path = stopped('++x---------', 'second-factor');
  const login = (outcome: 'succeeded' | 'denied') => ({
    ...path,
    attempts: [{ user: 'wren', hops: [], ...attempt, outcome }],
  });
  expect(loginPathTitle(login('succeeded'))).toContain('goes past second factor');
  expect(loginPathTitle(login('denied'))).toContain('stops at second factor');
  const byCode = { ...stopped('++++x-------', 'push-service'), attempts: login('succeeded').attempts };
  expect(loginPathTitle(byCode)).toBe('Login path: 4 of 12 steps fine, push stops at push service');
});

it('an answer without a cause shows only the steps that were seen', () => {
  const open = { ...NOT_ENOUGH, hops: hops('++??????????') };
  expect(ids(shownHops(open))).toEqual(['connection', 'login']);
  expect(shownHops(HEALTHY)).toEqual(neededHops(HEALTHY));
  const nothing = { ...NOT_ENOUGH, hops: hops('????????????') };
  expect(renderText(nothing)).not.toContain('connection ?');
});

it('an answer without a cause lists what is fine, as many as it counts', () => {
  const fine = (rule: RuleId, reason: string, more = {}): Diagnosis['checks'][0] => ({
    rule,
    verdict: 'healthy',
    reason,
    evidence: [{ source: 'paste', line: 1, text: 'x' }],
    ...more,
  });
  const checks = [
    fine('push-disabled', 'the push service is on'),
    fine('vpn-port-taken', 'a client reached SSL VPN'),
    fine('vpn-port-unreachable', 'a client reached SSL VPN'),
    fine('saml-timeout', 'the answer came in time', { unasked: true }),
  ];
  const text = renderText({ ...NOT_ENOUGH, checks });
  expect(text).toMatch(
    /What could be checked already \(2 fine\)\n[\s\S]*- the push service is on\n *- a client reached SSL VPN\n/,
  );
  expect(text).not.toContain('in time');
});

it('the line of a failure is not quoted as a success, where another line shows that', () => {
  const path = '../../../../src/engine/rules/saml-attribute-or-group-mismatch/fixtures/broken.names.log';
  const text = readFileSync(new URL(path, import.meta.url), 'utf8');
  const login = diagnose([{ name: 'saml.log', text }]).hops.find(({ id }) => id === 'login');
  expect(login).toMatchObject({ status: 'ok' });
  expect(login?.evidence[0]?.text).toContain('Got saml username');
});

it('a certificate that FortiOS ships is listed once', () => {
  const path = '../../../../src/engine/rules/wrong-vdom-scope/fixtures/healthy.conf';
  const text = readFileSync(new URL(path, import.meta.url), 'utf8');
  const answer = renderText(diagnose([{ name: 'fgt.conf', text }]));
  expect(answer.match(/- `?server-cert`? is /g)).toHaveLength(1);
});

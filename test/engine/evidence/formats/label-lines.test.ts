import { expect, it } from 'vitest';
import { beginsLabels } from '../../../../src/engine/evidence/formats/label-lines.ts';

const LABELS = ['User: wren', 'Group: staff', 'Date: 2026-03-02', 'Time: 08:12:09', 'Action: ssl-login-fail'];

it.each([
  ['a debug line of fnbamd', '[1738] handle_req-Rcvd auth req 7 for wren in staff opt=0', false],
  ['a debug line of sslvpn', '[5784:root:d9]sslvpn_login_unknown_user', false],
  ['a configuration', 'config system ftm-push', false],
  ['a command', 'diagnose debug enable', false],
  ['a label of the page', 'Source Country  Norway', true],
  ['another line of the page', 'Security Rating', true],
])('the fields of an event, followed by %s', (_what, line, isTaken) => {
  const run = beginsLabels(LABELS[0] ?? '');
  expect(LABELS.slice(1).map((label) => run?.take(label))).not.toContain(false);
  expect(run?.take(line)).toBe(isTaken);
  expect(run?.event()?.text).toContain('action="ssl-login-fail"');
  expect(run?.event()?.span).toBe(LABELS.length);
});

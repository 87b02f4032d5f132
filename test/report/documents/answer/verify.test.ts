import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../../src/engine/diagnosis/diagnose.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';

it.each([
  [
    'push-disabled/fixtures/broken.default.conf',
    'It must show `set status enable`. Then let the user log in once.',
  ],
  [
    'wan-ftm-access-missing/fixtures/broken.conf',
    'It must show `ftm` in `allowaccess`. Then let the user log in once.',
  ],
  ['token-expiry-too-short/fixtures/broken.log', 'Then let marlow log in once.'],
  ['ldap-group-mismatch/fixtures/broken.log', 'Verify Let marlow log in once.'],
  ['username-case-bypasses-2fa/fixtures/broken.txt', 'Then let Wren log in once.'],
])('%s ends with a login that proves the fix', (file, end) => {
  const text = readFileSync(new URL(`../../../../src/engine/rules/${file}`, import.meta.url), 'utf8');
  const answer = renderText(diagnose([{ name: 'case', text }]));
  expect(answer.replaceAll(/\s+/g, ' ')).toContain(end);
});

it('says above a block of debug how it is run', () => {
  const file = '../../../../src/engine/rules/callback-not-accepted/fixtures/broken.capture.log';
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  expect(renderText(diagnose([{ name: 'case', text }])).replaceAll(/\s+/g, ' ')).toMatch(
    /Verify The capture ends after .* With VDOMs, enter the VDOM of the callback interface first\. diagnose sniffer packet/,
  );
});

it('shows placeholders of the lines to verify beside them, not above the action', () => {
  const text = [
    'date=2026-03-02 time=10:17:40 logid="0100032161" type="event" subtype="system" level="notice" vd="root" logdesc="FortiToken mobile push message failed" msg="wren"',
  ].join('\n');
  const answer = renderText(diagnose([{ name: 'case', text }])).replaceAll(/\s+/g, ' ');
  expect(answer).toMatch(/What to do Let the FortiGate/);
  expect(answer).toMatch(/Verify Replace `?<push-server-ip>`? first\. The capture ends after/);
});

it.each([
  [
    'source-ip-blocked/fixtures/broken.log',
    'SSL VPN blocks 203.0.113.92 for a while: too many failed logins of carol (likely)',
  ],
  [
    'cloud-communication-disabled/fixtures/broken.event.txt',
    '`cloud-communication` is disabled, and Fortinet’s servers are not reached (possible)',
  ],
])('%s shows what the first fix leaves as it is', (file, title) => {
  const text = readFileSync(new URL(`../../../../src/engine/rules/${file}`, import.meta.url), 'utf8');
  expect(renderText(diagnose([{ name: 'case', text }])).replaceAll(/\s+/g, ' ')).toContain(
    `Also found: ${title}`,
  );
});

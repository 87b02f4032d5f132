import { expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const picked = (timeout: string, remote: string) =>
  [
    'QUAY-FW # show full-configuration user radius FAC-QUAY | grep timeout',
    `        set timeout ${timeout}`,
    'QUAY-FW # show full-configuration system global | grep remoteauthtimeout',
    `    set remoteauthtimeout ${remote}`,
    'QUAY-FW #',
  ].join('\n');
const USED = 'We use FortiAuthenticator for the push.\n\n';

it.each([
  ['both are short', USED, '5', '5', true],
  ['the server’s is short', 'Wir nutzen den FAC für den Push.\n\n', '5', '60', true],
  ['both are long', USED, '60', '60', false],
  ['FortiAuthenticator does something else', 'We use FortiAuthenticator for 802.1X.\n\n', '5', '5', false],
  ['another product sends the push', 'We don’t use FortiAuthenticator for push.\n\n', '5', '5', false],
  ['the value is hidden', USED, '<value>', '60', false],
])('picked timeouts of RADIUS: %s', (_name, said, timeout, remote, isFound) => {
  const found = rulesIn(diagnoseText(said + picked(timeout, remote)));
  expect(found.includes('radius-timeout-too-short')).toBe(isFound);
});

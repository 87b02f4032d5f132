import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const RULE = 'login-certificate-expired';
const FIXTURE = readFileSync(
  new URL(`../../../src/engine/rules/${RULE}/fixtures/healthy.txt`, import.meta.url),
  'utf8',
);

/** The certificate of the identity provider ends on 30 November 2026. */
function findingAt(time: string, user?: string) {
  const text = FIXTURE.replace('Wed Jan  7 14:30:09 2026', time);
  const focus = user === undefined ? {} : { user };
  return diagnose([{ name: 'session.txt', text }], focus).findings.find(({ rule }) => rule === RULE);
}

it('names a certificate three weeks before it ends, where the device is asked about', () => {
  expect(findingAt('Sun Nov  1 14:30:09 2026')).toBeUndefined();
  expect(findingAt('Sat Nov 21 14:30:09 2026')).toMatchObject({
    severity: 'low',
    confidence: 'certain',
    title: 'Certificate REMOTE_Cert_1 of SAML server entra expires on 2026-11-30',
  });
  expect(findingAt('Wed Dec  2 14:30:09 2026')).toMatchObject({
    severity: 'high',
    confidence: 'possible',
    title: 'Certificate REMOTE_Cert_1 of SAML server entra expired on 2026-11-30',
  });
});

it('is no cause of a failing login as long as it is valid, nor one that nothing proves', () => {
  expect(findingAt('Sat Nov 21 14:30:09 2026', 'marlow')).toBeUndefined();
  expect(findingAt('Wed Dec  2 14:30:09 2026', 'marlow')).toBeUndefined();
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../../src/engine/diagnosis/diagnose.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';

it.each([
  [
    'push-disabled/fixtures/broken.default.conf',
    'It must show `set status enable`. Then let the user log in once.',
  ],
  ['token-expiry-too-short/fixtures/broken.log', 'Then let marlow log in once.'],
  ['ldap-group-mismatch/fixtures/broken.log', 'Then let marlow log in once.'],
])('%s ends with a login that proves the fix', (file, end) => {
  const text = readFileSync(new URL(`../../../../src/engine/rules/${file}`, import.meta.url), 'utf8');
  const answer = renderText(diagnose([{ name: 'case', text }]));
  expect(answer.replaceAll(/\s+/g, ' ')).toContain(end);
});

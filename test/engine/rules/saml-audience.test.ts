import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const FIXTURE = readFileSync(
  new URL(
    '../../../src/engine/rules/saml-url-or-entity-mismatch/fixtures/broken.audience.log',
    import.meta.url,
  ),
  'utf8',
);
const RULE = 'saml-url-or-entity-mismatch';
const OWN = 'https://vpn.heron.example/remote/saml/metadata/';
const RESPONSE = /^<samlp:Response.*\n/m;
const [LOG = ''] = FIXTURE.split(/(?<=\n)\n/);
const INVALID = /^.*Invalid assertion.*\n/m;

describe('an answer of the identity provider for another audience', () => {
  it.each([
    ['as the answer and samld name it', FIXTURE, 'certain'],
    ['as samld names it', FIXTURE.replace(RESPONSE, ''), 'likely'],
    ['as an answer in lines names it', FIXTURE.replaceAll('><saml:Cond', '>\n<saml:Cond'), 'likely'],
    ['below the settings', FIXTURE.split('\n\n').toReversed().join('\n\n'), 'certain'],
    ['without a slash at the end', FIXTURE.replaceAll('heron-vpn', OWN.slice(0, -1)), 'certain'],
  ])('is named: %s', (_how, text, confidence) => {
    expect(diagnoseText(text).findings).toMatchObject([{ rule: RULE, confidence }]);
  });

  it.each([
    ['the name is that of the FortiGate', FIXTURE.replaceAll('heron-vpn', OWN)],
    [
      'samld names the identity provider',
      FIXTURE.replace(RESPONSE, '').replace(/with '.*'/, "with 'https://idp.heron.example/meta'"),
    ],
    ['the settings are not shown', LOG],
    ['the answer was accepted', FIXTURE.replace(INVALID, '').replace('Code: 5', 'Code: 0')],
  ])('is not where %s', (_why, text) => {
    expect(rulesIn(diagnoseText(text))).toEqual([]);
  });

  it('is not where the clocks differ', () => {
    const skewed = FIXTURE.replace(
      INVALID,
      (line) => `${line}2026-03-02 09:12:19 __samld_sp_login_resp [848]: Clock skew issue.\n`,
    );
    expect(rulesIn(diagnoseText(skewed))).toEqual(['saml-clock-skew']);
  });

  it('is the last step that the log shows, where nothing names the cause', () => {
    const { headline, attempts } = diagnoseText(LOG);
    expect(headline).toBe('The FortiGate refused the assertion of the SAML response, which is for heron-vpn');
    expect(attempts).toMatchObject([{ outcome: 'failed' }]);
  });
});

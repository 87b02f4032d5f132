import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerDraft } from '../../../src/report/documents/customer-draft.ts';
import { LANGUAGES } from '../../../src/report/documents/language/languages.ts';
import { DEVICE_CHECK, HEALTHY, NOT_ENOUGH, RULE_IDS, TWO_USERS } from '../fixtures.ts';
import { randomDiagnosis } from '../random-diagnosis.ts';

describe.each(Object.entries(LANGUAGES))('the draft for a customer, %s', (_, language) => {
  it('says what is wrong, how sure we are, and what helps until then', () => {
    expect(customerDraft(DEVICE_CHECK, language)).toBe(
      'Thank you for your patience. We looked into why signing in with the request on the phone does not work. ' +
        'The reason is that a protection of the firewall also refuses the answers of phones. ' +
        'We are taking care of it and will tell you when it is done. ' +
        'Until then, you can sign in by typing the code that the FortiToken app shows instead of waiting for the request. ' +
        'If anything is unclear, or if it happens again, please tell us when you last tried.',
    );
  });

  it.each([
    ['healthy', HEALTHY, /nothing that prevents it/],
    ['not enough to say', NOT_ENOUGH, /does not show the reason yet/],
    [
      'two findings that one fix removes',
      TWO_USERS,
      /does not wait long enough for the answer of the phone\. We are/,
    ],
  ])('%s', (_name, diagnosis, expected) => {
    expect(customerDraft(diagnosis, language)).toMatch(expected);
  });

  it('says nothing about the cause where the rule is of another release', () => {
    const findings = DEVICE_CHECK.findings.map((finding) => ({ ...finding, rule: 'no-longer-known' }));
    const draft = customerDraft({ ...DEVICE_CHECK, findings }, language);
    expect(draft).toContain(language.draft.withoutFinding.broken);
    expect(draft).not.toContain('undefined');
  });

  it.each(RULE_IDS)('has words for %s, without names of settings or products of the trade', (rule) => {
    const cause = language.draft.causes.get(rule);
    const where = `forCustomer in src/engine/rules/${rule}/rule.ts`;
    expect(cause, `${where}: the end of a sentence, without a full stop`).toMatch(/^[a-z].*[^.]$/);
    expect(cause, `${where}: a customer knows no such word`).not.toMatch(
      /VDOM|FortiOS|FortiGate|config|trusthost|fnbamd|RADIUS|TLS|DNS|NAT|VPN|[a-z]-[a-z]+-/,
    );
  });

  it('has words for no rule that is gone', () => {
    expect([...language.draft.causes.keys()].toSorted()).toEqual(RULE_IDS.toSorted());
  });

  it('is made of the language alone: nothing of the case can be in it', () => {
    const fixed = JSON.stringify([language.draft, ...language.draft.causes.values()]);
    const words = new Set(fixed.split(/[^A-Za-z]+/));
    const own = [language.draft.alsoFound(1), language.draft.alsoFound(2)].join(' ').split(/[^A-Za-z]+/);
    for (const word of own) words.add(word);
    fc.assert(
      fc.property(randomDiagnosis, (diagnosis) => {
        const draft = customerDraft(diagnosis, language);
        expect(draft.split(/[^A-Za-z]+/).filter((word) => !words.has(word))).toEqual([]);
        expect(draft).not.toMatch(/[\n`<>]/);
      }),
      { numRuns: 100 },
    );
  });
});

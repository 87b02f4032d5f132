import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerDraft } from '../../src/report/customer-draft.ts';
import { LANGUAGES } from '../../src/report/language/languages.ts';
import { ROOT_CAUSES } from '../../src/rules/rule-ids.ts';
import { DEVICE_CHECK, HEALTHY, NOT_ENOUGH, RULE_IDS, TWO_USERS } from './fixtures.ts';
import { randomDiagnosis } from './random-diagnosis.ts';

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
    ['healthy', HEALTHY, /nothing that stands in its way/],
    ['not enough to say', NOT_ENOUGH, /does not show the reason yet/],
    [
      'two findings that one fix removes',
      TWO_USERS,
      /does not wait long enough for the answer of the phone\. We are/,
    ],
  ])('%s', (_name, diagnosis, expected) => {
    expect(customerDraft(diagnosis, language)).toMatch(expected);
  });

  it('has words for every cause, without names of settings or products of the trade', () => {
    for (const rule of RULE_IDS) {
      const cause = language.draft.causes[rule];
      expect(cause).toMatch(/^[a-z].*[^.]$/);
      expect(cause).not.toMatch(
        /VDOM|FortiOS|FortiGate|config|trusthost|fnbamd|RADIUS|TLS|DNS|NAT|VPN|[a-z]-[a-z]+-/,
      );
    }
    expect(Object.keys(language.draft.causes)).toHaveLength(Object.keys(ROOT_CAUSES).length);
  });

  it('is made of the language alone: nothing of the case can be in it', () => {
    const words = new Set(JSON.stringify(language.draft).split(/[^A-Za-z]+/));
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

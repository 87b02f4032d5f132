import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PUSH_HOPS } from '../../../src/engine/facts/hop.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { customerDraft, DRAFT } from '../../../src/report/documents/customer-draft.ts';
import { DEVICE_CHECK, HEALTHY, NOT_ENOUGH, TWO_USERS } from '../fixtures.ts';
import { randomDiagnosis } from '../random-diagnosis.ts';

describe('the draft for a customer', () => {
  it('says what is wrong, how sure we are, and what helps until then', () => {
    expect(customerDraft(DEVICE_CHECK)).toBe(
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
    expect(customerDraft(diagnosis)).toMatch(expected);
  });

  it('speaks of no phone where the login needs none', () => {
    const findings = DEVICE_CHECK.findings.map((finding) => ({
      ...finding,
      rule: 'ldap-bind-account-refused',
      hop: 'login' as const,
    }));
    expect(customerDraft({ ...DEVICE_CHECK, findings })).not.toMatch(/phone|request|app /);
    const hops = NOT_ENOUGH.hops.map((hop) =>
      PUSH_HOPS.has(hop.id) ? { ...hop, needed: false as const } : hop,
    );
    expect(customerDraft({ ...NOT_ENOUGH, hops })).not.toContain('phone');
  });

  it('says nothing about the cause where the rule is of another release', () => {
    const findings = DEVICE_CHECK.findings.map((finding) => ({ ...finding, rule: 'no-longer-known' }));
    const draft = customerDraft({ ...DEVICE_CHECK, findings });
    expect(draft).toContain(DRAFT.withoutFinding.broken);
    expect(draft).not.toContain('undefined');
  });

  it.each(RULES)(
    'has words for $id, without names of settings or products of the trade',
    ({ id, forCustomer: cause }) => {
      const where = `forCustomer in src/engine/rules/${id}/rule.ts`;
      expect(cause, `${where}: the end of a sentence, without a full stop`).toMatch(/^[a-z].*[^.]$/);
      expect(cause, `${where}: a customer knows no such word`).not.toMatch(
        /VDOM|FortiOS|FortiGate|config|trusthost|fnbamd|RADIUS|TLS|DNS|NAT|VPN|[a-z]-[a-z]+-/,
      );
    },
  );

  it('is made of its sentences alone: nothing of the case can be in it', () => {
    const fixed = JSON.stringify([DRAFT, ...RULES.map(({ forCustomer }) => forCustomer)]);
    const words = new Set(fixed.split(/[^A-Za-z]+/));
    fc.assert(
      fc.property(randomDiagnosis, (diagnosis) => {
        const draft = customerDraft(diagnosis);
        expect(draft.split(/[^A-Za-z]+/).filter((word) => !words.has(word))).toEqual([]);
        expect(draft).not.toMatch(/[\n`<>]/);
      }),
      { numRuns: 100 },
    );
  });
});

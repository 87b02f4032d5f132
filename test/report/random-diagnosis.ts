import * as fc from 'fast-check';
import { DIAGNOSIS_SCHEMA_ID, type Diagnosis, type Finding } from '../../src/engine/diagnosis/diagnosis.ts';
import { HOPS } from '../../src/engine/facts/hop.ts';
import { anyText } from '../support/any-text.ts';
import { RULE_IDS } from './fixtures.ts';

/** Text as hostile as devices and people can make it: controls, mentions, markup, astral characters, great length. */
const hostile = fc.oneof(
  anyText({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '<!channel> <@U0EXAMPLE1> <#C0EXAMPLE1> <https://evil.example.com|click>',
    '``` *bold* _it_ ~s~ `c` :wave: @here #general &amp; &lt;',
    '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp.exe\r\n\u0000',
    '\ud800 lone',
    'https://evil.example.com/a',
    '"\\"\\\\"'.repeat(30),
  ),
  fc
    .tuple(fc.constantFrom('a', 'wörd ', '🔥', '\\', '"', '\u0001', '`'), fc.nat(4000))
    .map(([unit, count]) => unit.repeat(count)),
);
const word = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 1, arbitrary: hostile },
);

/** `fc.webUrl` makes a table of all characters first, which takes a second of processor time in each process. */
const webAddress = fc.stringMatching(
  /^https:\/\/[a-z]{1,9}\.example(:[1-9]{4})?\/[A-Za-z0-9/._~%?&=#+-]{0,40}$/,
);
const lines = fc.array(word, { maxLength: 30 });
const quote = fc.record({ source: word, line: fc.integer({ min: 1, max: 9e6 }), text: hostile });
const hopResults: fc.Arbitrary<Diagnosis['hops']> = fc
  .array(fc.constantFrom('ok', 'broken', 'not-reached', 'unknown'), {
    minLength: HOPS.length,
    maxLength: HOPS.length,
  })
  .map((statuses) => HOPS.map((id, index) => ({ id, status: statuses[index] ?? 'unknown', evidence: [] })));

const rule = fc.constantFrom(...RULE_IDS);

const finding: fc.Arbitrary<Finding> = fc
  .record({
    rule,
    severity: fc.constantFrom('critical', 'high', 'medium', 'low'),
    confidence: fc.constantFrom('certain', 'likely', 'possible'),
    hop: fc.constantFrom(...HOPS),
    title: word,
    summary: hostile,
    evidence: fc.array(quote, { maxLength: 8 }),
    fix: fc.record({ apply: lines, undo: lines, verify: lines, note: hostile }),
    references: fc.array(fc.record({ title: word, url: fc.oneof(webAddress, word) }), { maxLength: 3 }),
    explainer: fc.option(rule, { nil: undefined }),
  })
  .map(({ explainer, ...rest }) => (explainer === undefined ? rest : { ...rest, explainedBy: explainer }));

const portOwner = fc.constantFrom(
  'ftm-push',
  'admin-https',
  'ssl-vpn',
  'virtual-ip',
  'ike-tcp',
  'local-in-policy',
);

const portMap: fc.Arbitrary<NonNullable<Diagnosis['portMap']>> = fc.record(
  {
    port: fc.integer({ min: 1, max: 65_535 }),
    address: hostile,
    interface: hostile,
    claims: fc.array(fc.record({ service: portOwner, detail: hostile, evidence: fc.array(quote) }), {
      maxLength: 6,
    }),
    winner: fc.option(portOwner),
    confidence: fc.constantFrom('certain', 'likely', 'possible'),
    unseen: fc.uniqueArray(portOwner),
  },
  { requiredKeys: ['port', 'claims', 'winner', 'confidence', 'unseen'] },
);

const timeBudget: fc.Arbitrary<NonNullable<Diagnosis['timeBudget']>> = fc.record(
  {
    limits: fc.array(fc.record({ name: hostile, seconds: fc.nat(3600) }), { minLength: 2, maxLength: 5 }),
    note: hostile,
  },
  { requiredKeys: ['limits'] },
);

const everyField = fc.record({
  schema: fc.constant(DIAGNOSIS_SCHEMA_ID),
  verdict: fc.constantFrom('broken', 'healthy', 'inconclusive'),
  headline: hostile,
  firstBrokenHop: fc.option(fc.constantFrom(...HOPS)),
  hops: hopResults,
  findings: fc.array(finding, { maxLength: 25 }),
  checks: fc.array(
    fc.record({
      rule,
      verdict: fc.constantFrom('broken', 'healthy', 'not-applicable', 'unknown', 'conflicting'),
      reason: hostile,
    }),
    { maxLength: 70 },
  ),
  attempts: fc.array(
    fc.record({
      user: hostile,
      startedAt: word,
      outcome: fc.constantFrom('succeeded', 'denied', 'timed-out', 'failed', 'incomplete'),
      waitedSeconds: fc.nat(500),
      allowedSeconds: fc.nat(500),
      hops: hopResults,
    }),
    { maxLength: 40 },
  ),
  device: fc.record(
    { alias: word, hostname: hostile, model: word, version: word, haMode: word },
    { requiredKeys: [] },
  ),
  sources: fc.array(
    fc.record({ name: hostile, lines: fc.nat(1e7), kinds: fc.array(word, { maxLength: 4 }) }),
    { maxLength: 5 },
  ),
  missing: fc.array(fc.record({ rule, need: hostile, commands: lines }), { maxLength: 40 }),
  redactions: fc
    .dictionary(fc.constantFrom('password', 'serial', '__other'), fc.integer({ min: 1, max: 99 }))
    .map((byKind) => ({ total: Object.values(byKind).reduce((sum, count) => sum + count, 0), byKind })),
});

export const randomDiagnosis: fc.Arbitrary<Diagnosis> = fc
  .record({
    fields: everyField,
    more: fc.record(
      { portMap, timeBudget, moreAttempts: fc.integer({ min: 1, max: 1e6 }) },
      { requiredKeys: [] },
    ),
  })
  .map(({ fields, more }) => ({ ...fields, ...more }));

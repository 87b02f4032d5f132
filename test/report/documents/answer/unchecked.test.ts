import { expect, it } from 'vitest';
import { CONTRADICTION_REASON } from '../../../../src/engine/diagnosis/contradiction.ts';
import type { Diagnosis, MissingFact } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { contradictions, uncheckedParts } from '../../../../src/report/documents/answer/unchecked.ts';
import { diagnoseText } from '../../../support/diagnose-text.ts';
import { DEVICE_CHECK, hops, NOT_ENOUGH } from '../../fixtures.ts';

const DEBUG = ['diagnose debug enable', 'diagnose debug disable'];

function missing(rule: string, ...commands: readonly string[]): MissingFact {
  return { rule, need: 'x', commands: [...commands] };
}

const found: Diagnosis = {
  ...DEVICE_CHECK,
  askedUser: { name: 'marlow', known: 'known', suggestions: [] },
  hops: hops('???????x----'),
};
const tokens = missing('token-locked', 'diagnose fortitoken info');
const push = missing('push-disabled', 'config global', 'show full-configuration system ftm-push', 'end');
const ping = missing('push-dns-failure', 'execute ping push.fortinet.com', 'show system dns');
const users = missing('two-factor-not-assigned', 'show user local');
const login = missing('push-denied-by-user', ...DEBUG);

function shown(diagnosis: Diagnosis) {
  const { title, parts } = uncheckedParts(diagnosis);
  const lines = parts.flatMap((part) => (part.kind === 'code' ? part.lines : []));
  return { title, lines };
}

it.each<[string, readonly MissingFact[], string, readonly string[]]>([
  ['one thing', [tokens], 'the state of the token', ['diagnose fortitoken info']],
  ['each thing once', [tokens, tokens], 'the state of the token', ['diagnose fortitoken info']],
  [
    'the three nearest to the break, each by the command that decides it',
    [users, tokens, push, ping],
    'the state of the token, whether push is on and whether push.fortinet.com is reachable',
    [
      'diagnose fortitoken info',
      'execute ping push.fortinet.com',
      'config global',
      'show full-configuration system ftm-push',
      'end',
    ],
  ],
])('names %s', (_, facts, names, lines) => {
  expect(shown({ ...found, missing: [...facts] })).toEqual({ title: `Not checked: ${names}`, lines });
});

it.each<[string, Diagnosis]>([
  ['what only a login shows', { ...found, missing: [login] }],
  [
    'what users have, where none is asked about',
    { ...found, askedUser: undefined, missing: [users, tokens] },
  ],
  [
    'the way to the push server, where the push was on the phone',
    { ...found, hops: hops('??????+x----'), missing: [tokens, push, ping] },
  ],
  [
    'which factor it is, below a finding about a token',
    {
      ...found,
      missing: [users],
      firstBrokenHop: 'token',
      hops: hops('???x------'),
      findings: found.findings.map((finding) => ({ ...finding, hop: 'token' as const })),
    },
  ],
  [
    'what a packet of the phone proves',
    {
      ...found,
      missing: [tokens, push],
      findings: found.findings.map((finding) => ({
        ...finding,
        evidence: [
          ...finding.evidence,
          { source: 'a', line: 9, text: 'wan1 in 203.0.113.5.51000 -> 198.51.100.10.4433: syn 1' },
        ],
      })),
    },
  ],
  ['steps that the login does not need', { ...found, missing: [tokens], hops: unneeded(found.hops) }],
  [
    'everything, of a login that was seen to succeed',
    { ...found, verdict: 'healthy', proof: 'login', findings: [], firstBrokenHop: null, missing: [tokens] },
  ],
])('leaves out %s', (_, diagnosis) => {
  expect(uncheckedParts(diagnosis).parts).toEqual([]);
});

function unneeded(steps: Diagnosis['hops']): Diagnosis['hops'] {
  return steps.map((hop) => (hop.id === 'token' ? { ...hop, needed: false, status: 'not-reached' } : hop));
}

it('does not repeat steps that stand open above', () => {
  expect(shown(NOT_ENOUGH).lines).toEqual([]);
});

it('says contradictions that begin alike once', () => {
  const checks: Diagnosis['checks'] = [
    { rule: 'push-disabled', verdict: 'conflicting', reason: `${CONTRADICTION_REASON}“a”` },
    { rule: 'push-cert-missing', verdict: 'conflicting', reason: `${CONTRADICTION_REASON}“b: c”` },
    { rule: 'token-locked', verdict: 'conflicting', reason: 'two outputs differ' },
  ];
  expect(contradictions({ ...found, checks })).toEqual([
    `${CONTRADICTION_REASON}“a”; “b: c”`,
    'two outputs differ',
  ]);
});

it('a person’s words about the phone are no question about the way to it', () => {
  const wan = [
    'config system interface',
    '    edit "wan1"',
    '        set ip 198.51.100.138 255.255.255.0',
    '        set allowaccess ping https',
    '    next',
    'end',
    'config system ftm-push',
    '    set server-ip 198.51.100.138',
    '    set server-cert "vpn-cert"',
    '    set status enable',
    'end',
  ].join('\n');
  const asks = (text: string) => shown(diagnoseText(text)).lines.includes('execute ping push.fortinet.com');
  expect(asks(wan)).toBe(true);
  expect(asks(`Her phone buzzes and she tapped Approve, then nothing.\n${wan}`)).toBe(false);
});

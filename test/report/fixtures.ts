import { DIAGNOSIS_SCHEMA_ID, type Diagnosis, type Finding } from '../../src/engine/diagnosis/diagnosis.ts';
import { HOPS, type Hop, type HopStatus } from '../../src/engine/facts/hop.ts';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import type { RuleId } from '../../src/engine/rules/rule-ids.ts';

type Check = Diagnosis['checks'][number];

export const RULE_IDS: readonly RuleId[] = RULES.map(({ id }) => id);

/**
 * Statuses in the order of the hops; `ok` is `+`, broken `x`, not reached `-`, unknown `?`. Ten are those from login to
 * authorisation: then the client was connected if a step was seen, and the tunnel was not seen.
 */
export function hops(marks: string): Diagnosis['hops'] {
  const statuses: Readonly<Record<string, HopStatus>> = {
    '+': 'ok',
    x: 'broken',
    '-': 'not-reached',
    '?': 'unknown',
  };
  const connected = /[+x]/.test(marks) ? '+' : '?';
  const all = marks.length === 10 ? `${connected}${marks}${/[x-]$/.test(marks) ? '-' : '?'}` : marks;
  return HOPS.map((id, index) => ({ id, status: statuses[all[index] ?? '?'] ?? 'unknown', evidence: [] }));
}

function checks(verdict: Check['verdict'], rules: readonly RuleId[], reason: string): Check[] {
  return rules.map((rule) => ({ rule, verdict, reason }));
}

const trustedHosts: Finding = {
  rule: 'admin-trusthost-blocks-callback',
  severity: 'critical',
  confidence: 'certain',
  hop: 'callback',
  title: 'Every administrator has trusted hosts, so FortiOS drops the phone’s answer',
  summary:
    'The phone answers from an address nobody knows in advance, to 198.51.100.10:4433. FortiOS accepts that only while at least one administrator has no trusted hosts. All three have: `admin`, `noc`, `backup`.',
  evidence: [
    { source: 'show system admin', line: 3, text: '    edit "admin"' },
    { source: 'show system admin', line: 4, text: '        set trusthost1 10.0.0.0 255.0.0.0' },
    { source: 'show system admin', line: 12, text: '    edit "noc"' },
    { source: 'show system admin', line: 19, text: '    edit "backup"' },
  ],
  fix: {
    apply: [
      'config system accprofile',
      '    edit "ftm_no_access"',
      '    next',
      'end',
      'config system admin',
      '    edit "ftm-callback"',
      '        set accprofile "ftm_no_access"',
      '        set password <long-random-password>',
      '    next',
      'end',
    ],
    undo: [
      'config system admin',
      '    delete "ftm-callback"',
      'end',
      'config system accprofile',
      '    delete "ftm_no_access"',
      'end',
    ],
    verify: ['show system admin'],
    note: 'This also shows the HTTPS and SSH login page to every source on interfaces that allow them. Restrict those services with a local-in policy.',
  },
  references: [
    { title: 'Technical Tip: FTM push and trusted hosts', url: 'https://community.fortinet.com/t5/x/ta-p/1' },
  ],
};

const FINE_RULES = RULE_IDS.filter((rule) => rule !== trustedHosts.rule).slice(0, 34);
const TOKEN_RULES: readonly RuleId[] = ['token-locked', 'token-not-activated', 'token-clock-drift'];

/** `docs`' example A: a device check with one finding. */
export const DEVICE_CHECK: Diagnosis = {
  schema: DIAGNOSIS_SCHEMA_ID,
  verdict: 'broken',
  headline: 'Pushes go out, but the firewall refuses the phone’s answer',
  firstBrokenHop: 'callback',
  hops: hops('++++??x---'),
  findings: [trustedHosts],
  checks: [
    { rule: trustedHosts.rule, verdict: 'broken', reason: trustedHosts.title },
    ...checks('healthy', FINE_RULES, 'as it should be'),
    ...checks(
      'unknown',
      TOKEN_RULES,
      'the account may not run `diagnose` (since 7.4.2 that needs `cli-diagnose`; `ftm-check account` prints the profile)',
    ),
  ],
  attempts: [],
  device: {
    alias: 'fgt-branch-07',
    hostname: 'fgt-branch-07',
    model: 'FortiGate-60F',
    version: '7.2.8',
    vdomMode: 'single',
    haMode: 'standalone',
  },
  sources: [{ name: 'show system admin', lines: 212, kinds: ['configuration'] }],
  missing: TOKEN_RULES.map((rule) => ({
    rule,
    need: 'the state of the tokens',
    commands: ['diagnose fortitoken info'],
  })),
  redactions: { total: 4, byKind: { 'password-hash': 3, serial: 1 } },
};

const tokenTooShort: Finding = {
  rule: 'token-expiry-too-short',
  severity: 'high',
  confidence: 'certain',
  hop: 'approval',
  title: 'The token was valid for 60 s; marlow needed 94 s',
  summary: '`two-factor-ftk-expiry` is 60 s, and the approval came after 94 s.',
  evidence: [{ source: 'paste 1', line: 3120, text: 'famStateInit:2249 ctx->token_type = 1, timeout = 60' }],
  fix: { apply: ['config system global', '    set two-factor-ftk-expiry 120', 'end'], undo: [], verify: [] },
  references: [],
  explainedBy: 'vpn-wait-too-short',
};

/** Example B: a pasted log with two users. */
export const TWO_USERS: Diagnosis = {
  schema: DIAGNOSIS_SCHEMA_ID,
  verdict: 'broken',
  headline: 'marlow approved 14 s after the VPN had given up · wren got in without trouble',
  firstBrokenHop: 'approval',
  hops: hops('++++++++x-'),
  findings: [
    {
      rule: 'vpn-wait-too-short',
      severity: 'high',
      confidence: 'certain',
      hop: 'approval',
      title: 'The VPN waits 80 s; marlow needed 94 s',
      summary:
        '`remoteauthtimeout` is 5 s, and SSL VPN waits 10 × that + 30 s. Push sent +1 s, phone answered +94 s, VPN gave up +80 s.',
      evidence: [
        {
          source: 'paste 1',
          line: 3118,
          text: '[962:root:8]rmt_logincheck_cb_handler:1484 token_type = 1, time_out = 80',
        },
        { source: 'paste 1', line: 4902, text: 'SSL: (where=0x20 ret=0x1)SSL: (where=0x2002 ret=0x1)' },
      ],
      fix: {
        apply: ['config system global', '    set remoteauthtimeout 10', 'end'],
        undo: ['config system global', '    set remoteauthtimeout 5', 'end'],
        verify: ['show full-configuration system global | grep remoteauthtimeout'],
        note: 'On a FortiGate with VDOMs, enter `config global` first and leave it with `end`.',
      },
      references: [],
    },
    tokenTooShort,
  ],
  checks: [
    { rule: 'vpn-wait-too-short', verdict: 'broken', reason: 'The VPN waits 80 s; marlow needed 94 s' },
    { rule: 'token-expiry-too-short', verdict: 'broken', reason: tokenTooShort.title },
    ...checks('healthy', FINE_RULES.slice(0, 9), 'as it should be'),
    ...checks('unknown', RULE_IDS.slice(0, 24), 'nothing here shows the configuration of push'),
  ],
  attempts: [
    {
      user: 'wren',
      vdom: 'root',
      outcome: 'succeeded',
      startedAt: '2025-03-29 09:12:04',
      waitedSeconds: 9,
      allowedSeconds: 80,
      hops: hops('++++++++++'),
    },
    {
      user: 'marlow',
      vdom: 'root',
      outcome: 'timed-out',
      startedAt: '2025-03-29 09:12:41',
      waitedSeconds: 94,
      allowedSeconds: 80,
      hops: hops('++++++++x-'),
    },
  ],
  device: {},
  sources: [{ name: 'paste 1', lines: 5212, kinds: ['debug log'] }],
  missing: RULE_IDS.slice(0, 24).map((rule) => ({
    rule,
    need: 'the configuration of push',
    commands: ['config global', 'show full-configuration system ftm-push', 'end'],
  })),
  redactions: { total: 2, byKind: { 'registration-id': 2 } },
};

const DEBUG_RECIPE = [
  'diagnose debug reset',
  'diagnose debug console timestamp enable',
  'diagnose debug application ftm-push -1',
  'diagnose debug enable',
  'diagnose debug disable',
  'diagnose debug reset',
];

const AFTER_PASSWORD: readonly Hop[] = ['push-request', 'notification', 'callback', 'tls'];
const LATER_RULES = RULES.filter(({ hop }) => AFTER_PASSWORD.includes(hop)).map(({ id }) => id);

/** Example C: a paste that stops too early. */
export const NOT_ENOUGH: Diagnosis = {
  schema: DIAGNOSIS_SCHEMA_ID,
  verdict: 'inconclusive',
  headline: 'Nothing here says why, yet',
  firstBrokenHop: null,
  hops: hops('++????????'),
  findings: [],
  checks: checks(
    'unknown',
    LATER_RULES,
    'the paste shows the password accepted and the token wait beginning, then stops',
  ),
  attempts: [{ user: 'wren', outcome: 'incomplete', hops: hops('++????????') }],
  device: {},
  sources: [{ name: 'paste 1', lines: 31, kinds: ['debug log'] }],
  missing: LATER_RULES.map((rule) => ({
    rule,
    need: 'the debug output of one login',
    commands: [...DEBUG_RECIPE],
  })),
  redactions: { total: 0, byKind: {} },
};

export const HEALTHY: Diagnosis = {
  ...DEVICE_CHECK,
  verdict: 'healthy',
  headline: 'wren got in: push works here',
  firstBrokenHop: null,
  hops: hops('++++++++++'),
  findings: [],
  checks: checks('healthy', FINE_RULES, 'as it should be'),
  missing: [],
};

/** Every rule broken, with long texts, long lines and characters that would act. */
export const EVERYTHING_BROKEN: Diagnosis = {
  ...DEVICE_CHECK,
  headline: `${'A very long headline about <!channel> and *bold* `code` '.repeat(8)}\u001b[31m`,
  findings: RULES.map(({ id, hop }, index) => ({
    ...trustedHosts,
    rule: id,
    hop,
    title: `${id}: ${'a title that goes on '.repeat(4)}`,
    summary: 'A sentence with `code` and <@U0EXAMPLE> and https://evil.example.com in it. '.repeat(12),
    evidence: Array.from({ length: 12 }, (_, line) => ({
      source: 'show system admin',
      line: line + 1,
      text: `${'```'.repeat(index % 3)}${'x'.repeat(700)}\u001b]0;title\u0007`,
    })),
    fix: {
      ...trustedHosts.fix,
      apply: Array.from({ length: 40 }, (_, line) => `    set line-${line} "value"`),
    },
  })),
  checks: checks('broken', RULE_IDS, 'broken'),
  attempts: Array.from({ length: 60 }, (_, index) => ({
    user: `user-${index}-${'u'.repeat(200)}`,
    outcome: 'timed-out',
    hops: hops('++++++++x-'),
  })),
};

import { expect, it } from 'vitest';
import { askedUserLine } from '../../../src/engine/diagnosis/asked-user.ts';
import type { Finding } from '../../../src/engine/diagnosis/diagnosis.ts';
import { causeHeadline, type HeadlineContext } from '../../../src/engine/diagnosis/headline.ts';
import { pushSenderLine } from '../../../src/engine/diagnosis/limit-to-push-sender.ts';
import { looksLikeHeadline } from '../../../src/engine/diagnosis/looks-like.ts';
import { unattributedPushHeadline } from '../../../src/engine/diagnosis/unattributed-push.ts';
import { unknownVdomLine } from '../../../src/engine/diagnosis/unknown-vdom.ts';
import { unreadClause } from '../../../src/engine/diagnosis/unread.ts';
import type { Attempt, AttemptHop, AttemptMilestones } from '../../../src/engine/facts/attempt.ts';
import type { FactKey } from '../../../src/engine/facts/facts.ts';
import { HOPS, type Hop, type HopStatus } from '../../../src/engine/facts/hop.ts';
import type { SignName } from '../../../src/engine/fortios/debug/login-signs.ts';

const MOMENT = { quote: { source: 'debug.log', line: 1, text: 'x' }, at: 0 };
const marlow = {
  user: 'marlow',
  outcome: 'failed',
  milestones: {},
  hops: steps({}),
  trace: { signs: {} },
} as const satisfies Attempt;
const wren = { ...marlow, user: 'wren' };
const oriole = { ...marlow, user: 'oriole' };

/** The steps of a login; those that are not named were not seen. `-`: not needed. */
function steps(seen: Partial<Record<Hop, HopStatus | '-'>>): readonly AttemptHop[] {
  return HOPS.map((id): AttemptHop => {
    const status = seen[id] ?? 'unknown';
    return status === '-'
      ? { id, status: 'not-reached', needed: false, evidence: [] }
      : { id, status, evidence: [] };
  });
}

function sign(name: SignName, fields: Readonly<Record<string, string>> = {}) {
  return { [name]: [{ ...MOMENT, order: 1, fields }] };
}

interface Case {
  readonly attempts?: readonly Attempt[];
  readonly brokenHop?: Hop;
  readonly verdict?: 'healthy' | 'inconclusive';
  readonly about?: HeadlineContext;
  readonly notHealthy?: readonly string[];
  readonly place?: string;
  readonly settings?: string;
  readonly isSilentOnPush?: boolean;
  readonly vpn?: 'SSL VPN' | 'IPsec';
  readonly findings?: readonly Finding[];
}

function headline({ attempts = [], brokenHop, ...more }: Case): string {
  return causeHeadline({
    verdict: 'inconclusive',
    findings: [],
    logins: { attempts, unattributed: new Map() },
    brokenHop: brokenHop ?? null,
    about: 'push',
    notHealthy: [],
    place: undefined,
    ...more,
  });
}

/** The headline of a login that ended with this line: without a name, of one user and of two. */
function ended(name: SignName, fields: Readonly<Record<string, string>> = {}, also = {}): string[] {
  const trace = { vpn: 'sslvpn', signs: { ...sign(name, fields), ...also } } as const;
  const named = { ...marlow, trace: { ...trace, client: '203.0.113.9' } };
  const other = { ...named, user: 'wren', trace: { ...named.trace, client: '203.0.113.10' } };
  const nameless = { ...marlow, user: 'unknown user', trace };
  return [[nameless], [named], [named, other]].map((attempts) => headline({ attempts }));
}

/** The password was accepted, and no second factor is needed. */
function accepted(outcome: Attempt['outcome'], milestones: AttemptMilestones = {}): string[] {
  const attempts = [marlow, wren, oriole].map((each) => ({
    ...each,
    outcome,
    milestones: { passwordAccepted: MOMENT, ...milestones },
    hops: steps({ 'second-factor': '-' }),
    trace: { vpn: 'sslvpn' as const, signs: {} },
  }));
  return [1, 2].map((count) => headline({ attempts: attempts.slice(0, count) }));
}

function refused(code: number): string[] {
  const milestones = { passwordRefused: { ...MOMENT, code } };
  const attempts = [marlow, wren, oriole].map((each) => ({ ...each, milestones }));
  return [1, 2, 3].map((count) => headline({ attempts: attempts.slice(0, count) }));
}

function gotIn(milestones: AttemptMilestones, seen: Parameters<typeof steps>[0], verdict: Case['verdict']) {
  const attempts = [marlow, wren, oriole].map((each) => ({
    ...each,
    outcome: 'succeeded' as const,
    milestones,
    hops: steps(seen),
  }));
  return [1, 2, 3].map((count) => headline({ verdict, attempts: attempts.slice(0, count) }));
}

const broken = (
  brokenHop: Hop,
  milestones: AttemptMilestones = {},
  outcome: Attempt['outcome'] = 'failed',
) => {
  const attempt = { ...marlow, outcome, milestones, hops: steps({ [brokenHop]: 'broken' }) };
  return headline({ brokenHop, attempts: [attempt] });
};
const alsoIn = { ...wren, outcome: 'succeeded' as const, hops: steps({ approval: 'ok' }) };

const unreadOnes = (keys: readonly FactKey[], reason: string, failed = true) =>
  `Nothing wrong in what could be read, but ${unreadClause(keys.map((key) => ({ key, reason, failed })))}`;

const asked = (known: 'unknown-user' | 'cannot-tell', suggestions: readonly string[], reason: string) => ({
  name: 'marlwo',
  known,
  suggestions,
  others: [],
  reason,
});

const DIRECTORY = 'a FortiGate does not list the users of dc01, so marlwo may be one of them';

/** Every headline that is put together from parts, with the variants of its parts. */
const HEADLINES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'where push breaks': [
    ...HOPS.map((hop) => broken(hop)),
    broken('callback', { callbackStarted: MOMENT }),
    broken('approval', {}, 'timed-out'),
    broken('approval', { gaveUp: MOMENT, callbackCompleted: MOMENT }, 'timed-out'),
    broken('approval', { tokenResult: { ...MOMENT, code: 1 } }, 'denied'),
    headline({
      brokenHop: 'callback',
      attempts: [{ ...marlow, hops: steps({ callback: 'broken' }) }, alsoIn],
    }),
    headline({ brokenHop: 'second-factor', attempts: [alsoIn] }),
  ],
  'at which line a login ended': [
    ...ended('tls-error'),
    ...ended('no-policy'),
    ...ended('no-proposal'),
    ...ended('psk-mismatch'),
    ...ended('peer-id-refused'),
    ...ended('certificate-refused'),
    ...ended('unexpected-payload'),
    ...ended('ike-timeout'),
    ...ended('event-ike-failed'),
    ...ended('event-ike-failed', { reason: 'peer SA proposal not match local policy' }),
    ...ended('address-locked'),
    ...ended('address-locked', { client: '203.0.113.9' }),
    ...ended('event-login-failed'),
    ...ended('event-login-failed', { reason: 'sslvpn_login_permission_denied' }),
    ...ended('event-login-failed', { reason: 'sslvpn_login_cert_required' }),
    ...ended('event-xauth-failed'),
    ...ended('nobody-to-ask'),
    ...ended('no-server-to-ask'),
    ...ended('saml-refused'),
    ...ended('saml-refused', { why: 'Failed to verify signature.' }),
    ...ended('saml-clock-skew'),
    ...ended('saml-user-missing'),
    ...ended('saml-group-missing'),
    ...ended('saml-group-mismatch'),
    ...ended('eap-password-wrong'),
    ...ended('ldap-refused'),
    ...ended('ldap-refused', { data: '52e' }),
    ...ended('ldap-no-dn'),
    ...ended('server-certificate-refused'),
    ...ended('server-tls-failed'),
    ...ended('server-tls-failed', { address: '192.0.2.20' }),
    ...ended('server-timeout'),
    ...ended('server-timeout', { server: 'dc01' }),
    ...ended('server-unresolved'),
    ...ended('server-unresolved', { name: 'dc01.example.com' }),
    ...ended('radius-unauthenticated'),
    ...ended('event-tunnel-down', { duration: '4', tunneltype: 'ssl-tunnel' }),
    ...ended('group-mismatch', {}, sign('ldap-group')),
    ...ended('server-timeout', { server: 'dc01' }, sign('ldap-state', { from: 'Connecting', to: 'Done' })),
  ],
  'with which result fnbamd ended': [1, 5, 10].flatMap(refused),
  'after the password': [
    ...accepted('failed'),
    ...accepted('failed', { loginFailed: { ...MOMENT, why: 'sslvpn_login_permission_denied' } }),
    ...accepted('incomplete'),
  ],
  'who got in': [
    ...gotIn({ pushSent: MOMENT }, { approval: 'ok', 'second-factor': 'ok' }, 'healthy'),
    ...gotIn({ manualCode: { ...MOMENT, push: false } }, { 'second-factor': 'ok' }, 'healthy'),
    ...gotIn({ checkedBy: { ...MOMENT, by: 'saml' } }, { 'second-factor': '-' }, 'healthy'),
    ...gotIn({ radiusChallenge: MOMENT }, { 'second-factor': 'ok' }, 'healthy'),
    ...gotIn({ radiusAsked: MOMENT }, { 'second-factor': '-' }, 'healthy'),
    ...gotIn({ passwordAccepted: MOMENT }, { 'second-factor': '-' }, 'healthy'),
    ...gotIn({}, {}, 'healthy'),
    ...gotIn({}, {}, 'inconclusive'),
    ...gotIn({ radiusChallenge: MOMENT }, {}, 'inconclusive'),
    ...gotIn({ manualCode: { ...MOMENT, push: false } }, {}, 'inconclusive'),
  ],
  'what IKE alone shows': [
    headline({ attempts: [{ ...marlow, milestones: { refused: MOMENT } }] }),
    headline({ attempts: [marlow, wren].map((each) => ({ ...each, milestones: { refused: MOMENT } })) }),
    headline({ attempts: [{ ...marlow, milestones: { refused: MOMENT } }], isSilentOnPush: true }),
    headline({ attempts: [{ ...marlow, milestones: { gaveUp: MOMENT } }] }),
  ],
  'before what the log stops': HOPS.slice(1).map((id) =>
    headline({ attempts: [{ ...marlow, outcome: 'incomplete', hops: steps(before(id)) }] }),
  ),
  'a push without a login': [['push-request'], ['push-request', 'callback'], ['callback']].map((hops) =>
    unattributedPushHeadline(new Map(hops.map((hop) => [hop as Hop, true]))),
  ),
  'nothing wrong': [
    headline({ verdict: 'healthy' }),
    headline({ verdict: 'healthy', place: 'fgt-branch-07' }),
    headline({ about: 'nothing' }),
    headline({ about: 'something' }),
    headline({ about: 'something', vpn: 'IPsec' }),
    headline({ about: 'settings' }),
    headline({ about: 'settings', settings: 'SSL VPN and user groups' }),
    headline({ settings: 'the push settings, the interfaces and 3 more' }),
    headline({}),
  ],
  'what was not read': [
    unreadOnes(['tokenStates'], 'the account may not run `diagnose`'),
    unreadOnes(['tokenStates', 'localUsers'], 'the account may not run `diagnose`'),
    unreadOnes(['version'], 'the device did not answer'),
    unreadOnes(['haStatus'], 'The command timed out; the session went on.'),
    unreadOnes(['sslVpn', 'vips', 'phase1s', 'dns'], 'the session was lost'),
    unreadOnes(['interfaces'], 'the evidence may show only some of the interfaces', false),
  ],
  'a name that is not known': [undefined, 'fgt-branch-07'].flatMap((place) =>
    [true, false].flatMap((whole) =>
      (['known', 'unknown'] as const).flatMap((users) => [
        askedUserLine(asked('unknown-user', ['marlow'], ''), place, users, { findings: false, whole }),
        askedUserLine(asked('unknown-user', [], 'no VPN group has a remote server'), place, users, {
          findings: false,
          whole,
        }),
        askedUserLine(
          asked('cannot-tell', [], users === 'known' ? DIRECTORY : 'the local users were not read'),
          place,
          users,
          {
            findings: false,
            whole,
          },
        ),
      ]),
    ),
  ),
  'a VDOM that is not known': [
    unknownVdomLine(
      { name: 'edg', suggestions: ['edge'], reason: 'it has `root`, `edge`', certain: true },
      undefined,
    ),
    unknownVdomLine(
      { name: 'edg', suggestions: [], reason: 'it has no VDOMs', certain: true },
      'fgt-branch-07',
    ),
    unknownVdomLine(
      { name: 'edg', suggestions: [], reason: 'it shows only `root`', certain: false },
      undefined,
    ),
  ],
  'push from elsewhere, or not in use': [undefined, 'fgt-branch-07'].map((place) =>
    pushSenderLine(
      { kind: 'nobody', why: 'nobody has a mobile token', statement: '' },
      { verdict: 'healthy', attempts: [], place },
    ),
  ),
  'something else': ['', 'a FortiClient', 'a FortiAnalyzer', 'a FortiMail and a FortiWeb'].map((what) =>
    looksLikeHeadline({ what, send: '', evidence: [] }),
  ),
};

/** All steps up to this one are fine. */
function before(id: Hop): Partial<Record<Hop, HopStatus>> {
  return Object.fromEntries(HOPS.slice(0, HOPS.indexOf(id)).map((hop) => [hop, 'ok']));
}

it('headlines put together from parts are those that a reader has reviewed', async () => {
  const text = Object.entries(HEADLINES).map(([title, headlines]) => {
    const shown = [...new Set(headlines.filter((each) => each !== undefined))];
    return [title, ...shown.map((each) => `  ${each}`)].join('\n');
  });
  await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot(
    '../../fixtures/talk/composed-headlines.txt',
    'a headline is new or different: read it as a support engineer would; if it is right: npx vitest run test/engine/diagnosis/composed-headlines.test.ts -u',
  );
});

import { describe, expect, it } from 'vitest';
import { answerQuestions } from '../../../src/engine/diagnosis/asked-question.ts';
import type { Finding } from '../../../src/engine/diagnosis/diagnosis.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';
import { getRule, RULES } from '../../../src/engine/rules/all-rules.ts';
import type { RuleId } from '../../../src/engine/rules/rule-ids.ts';
import { isStatement } from '../../support/statements.ts';

/** What is answered to a question of a person where this rule alone found the cause. */
function answerOf(id: RuleId, text: string): string | undefined {
  const rule = getRule(id);
  if (!rule) return undefined;
  const { severity, hop, title } = rule;
  const { facts } = readFacts(redact([{ name: 'mail', text }]).items.flatMap(toSections));
  const finding: Finding = {
    rule: id,
    severity,
    confidence: 'certain',
    hop,
    title,
    summary: '',
    evidence: [],
    fix: { apply: [], undo: [], verify: [] },
    references: [],
  };
  const asked = {
    facts,
    attempts: [],
    judged: [],
    findings: [finding],
    verdict: 'broken',
    secrets: 0,
  } as const;
  return answerQuestions(asked)?.[0]?.answer;
}

const STATED = RULES.flatMap(({ id, answers = [] }) =>
  answers.flatMap(([, answer]) => (typeof answer === 'string' && answer !== '' ? [{ id, answer }] : [])),
);

it.each(STATED)('an answer of $id is a statement: $answer', ({ answer }) => {
  expect(answer).toSatisfy(isStatement);
  expect(answer).not.toContain('below');
});

describe('a question beside the cause is answered by its rule', () => {
  it.each([
    ['push-address-missing', 'I get "object check operator error" here, did I break it?', 'stays as it was'],
    ['push-legacy-server-ip', 'Is it a known bug?', 'intended, no bug'],
    ['push-cert-untrusted', 'Does a new one there affect the SSL VPN of all users?', 'setting of its own'],
    ['push-port-mismatch', 'Push is on 9443 now, what else has to follow?', 'have to name the new port'],
    [
      'port-conflict-admin-https',
      'Si cambiamos el puerto del GUI, ¿nos quedamos fuera?',
      'SSH session stays open',
    ],
    [
      'port-conflict-vip',
      'Does the port forward of our web server matter?',
      'takes every port of its address',
    ],
    ['port-conflict-ike-tcp', 'Did the upgrade break it?', 'became 443 in 7.6.1'],
    ['callback-asymmetric-route', 'Does the new WAN line matter here?', 'the route to the phone decides'],
    ['upstream-nat-not-forwarded', 'Which port does the router need?', 'by default 4433'],
    ['fortiguard-proxy-wrong', 'Signature updates arrive, so the proxy is fine?', 'decides for pushes alone'],
    ['token-activation-expired', 'How long is the activation valid?', '1 to 168 hours'],
    ['token-locked', 'Is that normal?', 'a status in the configuration'],
    ['trial-token-stuck', 'Are both tokens gone now?', '0000-0000-0000-0000-0000'],
    ['phone-registration-stale', 'Does a restored backup of the old phone do?', 'not enough'],
    ['token-code-reused', 'Ist das ein bekanntes Problem von FortiOS, ein bekannter Bug?', 'one login only'],
    ['remote-group-bypasses-2fa', 'Who fails if we remove the AD group there?', 'lose access unless'],
    ['remote-group-bypasses-2fa', 'Seit wann geht das ohne Token?', 'revisions of the configuration'],
    [
      'user-not-in-vpn-rule',
      'Does she have to restart the notebook afterwards?',
      'a new connection is enough',
    ],
    ['source-ip-blocked', 'Kann man die Adresse entsperren?', 'lifts it sooner'],
    ['vpn-wait-too-short', 'Gilt das auch für Admins?', 'those of administrators too'],
    ['vpn-wait-too-short', 'Which value do you suggest?', '60 s is usual'],
    ['token-expiry-too-short', 'Can I set 300 seconds there?', '60 to 600 s'],
    ['ikev1-no-push', 'Do we keep this profile for the old laptops?', 'works on with typed codes'],
    ['ssl-vpn-not-serving', 'We removed an unused policy, does that matter?', '`ssl.root`'],
    ['server-certificate-untrusted', 'Basta Let’s Encrypt?', 'A free certificate'],
    [
      'ldap-bind-account-refused',
      'Where does the new password of the service account go?',
      '`config user ldap`',
    ],
    ['ldap-user-not-found', 'Sie wurde umbenannt, was tippt sie?', 'attribute in `cnid`'],
    ['ldap-server-unreachable', 'Our old domain controller was replaced, what now?', '`secondary-server`'],
    ['ldaps-certificate-untrusted', 'Why is the Test Connectivity button green?', 'lines of a login decide'],
    ['radius-server-unreachable', 'But ping works?', 'only the way to the server'],
    ['radius-rejected', 'What is behind reason code 48 of NPS?', 'do not fit the request'],
    ['auth-daemon-stuck', 'What do you need before we restart it?', 'saved before a restart'],
    ['saml-url-or-entity-mismatch', 'Welche URLs sind die richtigen?', 'final slash count'],
    ['saml-clock-skew', 'Hat es mit der Sommerzeit zu tun?', 'in UTC'],
    ['saml-timeout', 'Can they have more time for the sign-in?', '60 s is usual'],
    ['ssl-portal-or-realm-mismatch', 'Braucht er einen neuen Benutzer?', 'decides the portal'],
    ['login-limit-reached', 'How long does the old one stay?', '`idle-timeout`'],
    ['ssl-ip-pool-exhausted', 'Can I end a few idle sessions for my boss?', 'ends one session'],
    ['ike-psk-mismatch', 'What if I change the key, do the others fail?', 'still has the old one'],
    [
      'ike-wrong-dialup-matched',
      'Does a local ID on one tunnel hurt the others?',
      'leaves the others as they are',
    ],
    ['ike-eap-method-mismatch', 'Domain users need a RADIUS server then?', 'is one way'],
  ] as const)('%s: %s', (id, question, expected) => {
    expect(answerOf(id, question)).toContain(expected);
  });
});

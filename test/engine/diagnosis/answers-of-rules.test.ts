import { describe, expect, it } from 'vitest';
import { getRule, RULES } from '../../../src/engine/rules/all-rules.ts';
import type { RuleId } from '../../../src/engine/rules/rule-ids.ts';
import { answersAboutRule, readMail } from '../../support/answers-about-rule.ts';
import { isStatement } from '../../support/statements.ts';

/** What is answered to a question of a person where this rule alone found the cause. */
function answerOf(id: RuleId, text: string): string | undefined {
  const rule = getRule(id);
  return rule && answersAboutRule(rule, readMail(text))[0];
}

const STATED = RULES.flatMap(({ id, answers = [] }) =>
  answers.flatMap(([, answer]) => (answer !== '' ? [{ id, answer }] : [])),
);

it.each(STATED)('an answer of $id is a statement: $answer', ({ answer }) => {
  expect(answer).toSatisfy(isStatement);
  expect(answer).not.toContain('below');
});

it.each(RULES)('$id answers each topic once', ({ answers = [] }) => {
  const asked = answers.map(([key]) => String(key));
  expect(asked).toEqual([...new Set(asked)]);
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
      'Where do I enter the new password of the service account?',
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
    [
      'push-address-private',
      'Pourquoi ça marche chez nous mais pas dehors ?',
      'a phone on the internet cannot',
    ],
    ['push-address-stale', 'How do we prevent that at the next change?', 'dynamic DNS name'],
    ['wan-ftm-access-missing', 'Wo stelle ich das ein?', '`ftm` belongs on the interface'],
    ['wan-ftm-access-missing', 'Why does the code work but the push does not?', 'needs no push'],
    ['push-dns-failure', 'How can I see that it is fixed?', 'the name has to resolve'],
    ['push-tls-inspected', 'How do I prove to the network team that it is them?', 'A packet capture'],
    [
      'callback-hairpin',
      'Why does it work on mobile data but not on our Wi-Fi?',
      'from behind the FortiGate',
    ],
    ['token-clock-drift', 'Can it be synced at all?', 'two codes in a row'],
    ['token-activation-expired', 'Wie verhindern wir das?', '`two-factor-ftm-expiry`'],
    ['source-ip-blocked', 'How do we avoid that?', 'Old saved passwords'],
    ['fac-push-not-enabled', 'Where do I switch that on?', 'RADIUS policy of FortiAuthenticator'],
    ['saml-idp-certificate-wrong', 'Wie vermeiden wir das im nächsten Jahr?', 'A reminder'],
    ['saml-attribute-or-group-mismatch', 'Do I enter the name or the id?', 'The value in the answer decides'],
    ['radius-rejected', 'How can I find out why?', 'event 6273'],
    ['host-check-failed', 'How can I see what is missing?', '`show vpn ssl web portal`'],
    ['ike-user-group-mismatch', 'Does the group have to be in the tunnel or the policy?', 'one place'],
    ['ike-eap-not-negotiated', 'Do I need a new tunnel for that?', 'The tunnel stays'],
    ['ike-psk-mismatch', 'Why does it work for my colleague but not for me?', 'this one has another'],
    ['forticlient-too-old', 'Müssen wir alle aktualisieren?', 'before 7.2.4'],
    [
      'ldap-bind-account-refused',
      'We changed its password, could that be it?',
      'the LDAP entry of the FortiGate',
    ],
    ['port-conflict-ssl-vpn', 'Where do I change the port?', '`config vpn ssl settings`'],
    ['ssl-ip-pool-exhausted', 'Wo stelle ich das ein?', '`tunnel-ip-pools`'],
    ['local-in-policy-denies', 'Where can I change that?', '`config firewall local-in-policy`'],
    ['ikev2-timer-bug', 'How long does the upgrade take?', 'ends every session'],
    [
      'vpn-client-certificate-rejected',
      'We renewed the laptops on Monday, could that be it?',
      'needs its CA on the FortiGate',
    ],
    ['login-limit-reached', 'Why does it work for my colleagues but not for me?', 'counts each user alone'],
    ['ike-pool-exhausted', 'How do we avoid that?', 'more addresses than there are users'],
    ['saml-clock-skew', 'Does that open anything to the internet?', 'opens no port'],
    ['ssl-vpn-removed', 'How do we prevent that at the next upgrade?', 'release notes'],
    ['token-clock-drift', 'How long does it take?', 'Two codes in a row'],
    ['ssl-vpn-not-serving', 'Is the switch alone enough?', 'Both are needed'],
    ['user-not-in-vpn-rule', 'Reicht die Gruppe in der Policy?', 'Both are needed'],
    ['radius-timeout-too-short', 'Do we need both timers?', 'Both values'],
    ['push-tls-inspected', 'Suffit-il de créer une exception ?', 'is enough'],
    ['ike-saml-listener-missing', 'Do I put it on port1 or on port3?', 'on which the clients come in'],
    ['ike-wrong-dialup-matched', 'Wie kann man die zwei unterscheiden?', 'keeps them apart'],
    ['ike-network-id-or-version-mismatch', 'Can the network-id go?', 'a setting of each phase 1'],
    ['password-rejected', 'Which line tells us the reason?', 'debug of fnbamd'],
    ['source-ip-blocked', 'She mistyped only once, why is she out?', 'count for the address'],
    ['local-account-expired-or-disabled', 'Why now?', 'a password on its day'],
    ['local-account-expired-or-disabled', '¿Puede hacerlo él mismo?', 'expired-password-renewal'],
    ['ldap-user-not-found', 'Do I touch cnid for that?', 'Where others get in'],
    ['ldap-server-unreachable', 'Whose job is that?', 'The network comes first'],
    ['ike-certificate-mismatch', 'Wer muss das beheben?', 'The issuer decides'],
    ['radius-rejected', 'Does PAP help?', 'names the scheme'],
    ['saml-idp-certificate-wrong', 'Muss das alte Zertifikat weg?', 'can stay beside the new one'],
    ['saml-url-or-entity-mismatch', 'Is a final slash needed?', 'the same on both sides'],
    ['ssl-portal-or-realm-mismatch', 'Spielt die Reihenfolge eine Rolle?', 'The order decides'],
    ['token-not-activated', 'Can the code be sent again?', 'for the same token'],
    ['token-activation-expired', 'Can it be valid longer?', '168 at most'],
    ['token-wrong-owner', 'Do we have to reassign all the tokens?', 'Single tokens are not moved'],
    ['push-legacy-server-ip', 'Is the manual wrong?', 'The guide of 7.2.3'],
    ['fortiguard-proxy-wrong', 'Did the update switch it on?', 'on by default'],
    ['wan-ftm-access-missing', 'Do I keep SSH on that interface?', 'adds to it'],
    ['port-conflict-ike-tcp', 'Can both use the same port?', 'Two services'],
    ['push-address-private', 'What goes in there?', 'the public address'],
    ['upstream-nat-not-forwarded', 'What do we ask the ISP for?', 'forward the TCP port'],
    ['local-in-policy-denies', 'Posso eliminarla?', 'accepts this port'],
    ['callback-not-accepted', 'Where do I find policy 0?', 'Policy 0'],
    ['ikev2-timer-bug', 'Did we set it wrong?', 'The value is not the reason'],
    ['vpn-wait-too-short', 'Can that be reverted?', 'by default 5'],
    ['vpn-wait-too-short', 'Does it slow down the others?', 'noticed later'],
    ['host-check-failed', 'May I put host-check to none?', 'a security decision'],
    ['saml-attribute-or-group-mismatch', 'Why only her?', 'also wants the group'],
    ['radius-all-usergroup', 'What happens to our phones if I switch it off?', 'lose access'],
    ['auth-daemon-stuck', 'Is a quick fix enough?', 'for a while'],
    ['auth-daemon-stuck', 'What exactly do I type?', 'fnbamd 99'],
    ['ike-proposal-mismatch', 'Do both ends need equal lists?', 'in common are enough'],
    ['ike-peer-id-mismatch', 'Spielt Großschreibung eine Rolle?', 'same capitals'],
    ['ike-certificate-mismatch', 'Where do I see the certificate that it sends?', 'subject and issuer'],
    ['user-not-in-vpn-rule', 'May I name her directly?', 'in place of the group'],
    [
      'local-password-wrong',
      'Kann ich das alte Passwort sehen oder auslesen, das Passwort?',
      'does not show',
    ],
    ['ldap-bind-account-refused', 'Does it need a domain admin?', 'read rights'],
    ['ldap-server-unreachable', 'Can we name a second server?', 'secondary-server'],
    ['saml-not-offered', 'Is the rule enough?', 'Both are needed'],
    ['push-address-missing', 'Does a DDNS name work?', 'A name works'],
    ['vpn-wait-too-short', 'Welches ist der höchste Wert?', '300 s'],
    ['wan-ftm-access-missing', 'Öffnet das die Verwaltung?', 'not the admin page'],
  ] as const)('%s: %s', (id, question, expected) => {
    expect(answerOf(id, question)).toContain(expected);
  });
});

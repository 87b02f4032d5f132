import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../src/engine/diagnosis/diagnose.ts';
import { sampleOf } from '../support/amount.ts';
import { LINE_FORMS } from '../support/line-forms.ts';
import { RULE_FIXTURES, readFixture } from '../support/rule-fixtures.ts';
import type { Scenario } from './scenario.ts';
import { fold, two } from './terminal.ts';
import { diagnose, THEMES } from './themes.ts';

/*
 * The same evidence says the same, whatever a mail, a chat, an editor or a terminal program made of its lines.
 */
const perLine = (prefix: (at: number) => string) => (text: string) =>
  text
    .split('\n')
    .map((line, at) => `${prefix(at)}${line}`)
    .join('\n');
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** RFC 2045: lines of 76 characters at most, with an equals sign where one goes on. */
function quotedPrintable(text: string): string {
  const lines = text.split('\n').map((line) => {
    const encoded = Array.from(line)
      .map((each) => (/[ -<>-~\t]/.test(each) ? each : encodeURIComponent(each === '=' ? '\uFFFF' : each)))
      .join('')
      .replaceAll('%EF%BF%BF', '=3D')
      .replaceAll(/%([0-9A-F]{2})/g, (found, hex: string) => (line.includes(found) ? found : `=${hex}`));
    return (encoded.match(/(?:=[0-9A-F]{2}|.){1,70}/g) ?? ['']).join('=\n');
  });
  return `From: ana@quillfen.example\nSubject: logs\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nHello,\n\n${lines.join('\n')}\n`;
}

const FORMS: readonly (readonly [form: string, (text: string) => string])[] = [
  ['Windows line ends', (text) => text.replace(/\n/g, '\r\n')],
  ['a quoted mail', perLine(() => '> ')],
  ['a margin of blanks', perLine(() => '    ')],
  ['a fence of Markdown', (text) => `Hello,\n\n\`\`\`\n${text}\`\`\`\n\nthanks\n`],
  ['a web page', (text) => `<html><body><p>Hi</p><pre>${escaped(text)}</pre></body></html>`],
  ['stamps of a log server', perLine((at) => `2026-11-26T10:15:${two(at)}.042Z `)],
  ['stamps of a terminal program', perLine((at) => `[2026-11-26 10:15:${two(at)}] `)],
  ['numbers with a margin', perLine((at) => `${String(at + 1).padStart(5)}  `)],
  ['numbers with a tab', perLine((at) => `${at + 1}\t`)],
  [
    'an export of a chat',
    (text) => JSON.stringify([{ type: 'message', user: 'U012AB3CD', text: `look:\n\`\`\`\n${text}\`\`\`` }]),
  ],
  ['a mail as it is sent', quotedPrintable],
  ['a mail wrapped at 79 columns', (text) => fold(text, 79)],
];

/** They are about the form itself, or about prose. */
const OF_A_FORM: ReadonlySet<string> = new Set(['exports', 'stamped sessions', 'not a FortiGate']);
/** A sentence of a daemon says less in pieces. */
const NOT_WRAPPED = 'RC45 code used twice';

function answer(scenario: Scenario): string {
  const { verdict, findings, firstBrokenHop } = diagnose(scenario);
  return [verdict, firstBrokenHop ?? '–', ...findings.map(({ rule }) => rule)].join(' ');
}

const UNCHANGED = new Map<Scenario, string>();

/** Of the evidence as it is, computed once for all forms. */
function unchangedAnswer(scenario: Scenario): string {
  const known = UNCHANGED.get(scenario) ?? answer(scenario);
  UNCHANGED.set(scenario, known);
  return known;
}

const THEMES_IN_FORMS = Object.entries(THEMES).filter(([theme]) => !OF_A_FORM.has(theme));

/** A sample has each scenario in a 36th of the forms. */
describe.each(FORMS.map((form, index) => [...form, index] as const))('%s', (form, write, index) => {
  it.each(THEMES_IN_FORMS)('of %s', (_theme, scenarios) => {
    for (const scenario of sampleOf(scenarios, 36, index)) {
      if (form.startsWith('a mail wrapped') && scenario.id === NOT_WRAPPED) continue;
      const files = scenario.files.map(({ name, text }) => ({ name, text: write(text) }));
      expect({ [scenario.id]: answer({ ...scenario, files }) }).toEqual({
        [scenario.id]: unchangedAnswer(scenario),
      });
    }
  });
});

/** Prose, records of other products, and parts without any line that only a FortiGate prints: lost in some of the forms. */
const UNREAD_IN_LINES: ReadonlySet<string> = new Set([
  'client-not-forticlient/broken.challenged.txt',
  'client-not-forticlient/broken.strongswan.txt',
  'client-not-forticlient/broken.windows.txt',
  'ha-license-on-secondary/broken.told.txt',
  'ike-eap-not-negotiated/broken.client-with-key.txt',
  'ike-network-id-or-version-mismatch/broken.told.txt',
  'ike-proposal-mismatch/broken.strongswan-ikev1.log',
  'ike-proposal-mismatch/broken.strongswan.log',
  'ike-psk-mismatch/broken.strongswan.log',
  'ike-saml-listener-missing/broken.name-in-brackets.txt',
  'ike-udp-blocked/broken.hotel.txt',
  'ikev1-no-push/broken.hidden-secret.txt',
  'ikev2-vdom-bug/broken.txt',
  'ldap-user-not-found/broken.older.log',
  'local-password-wrong/broken.strongswan.txt',
  'port-conflict-vip/broken.untimed-sniffer.txt',
  'portal-mode-disabled/broken.openfortivpn-403.txt',
  'push-address-stale/broken.new-line.txt',
  'push-dns-failure/broken.nameless-prompt.txt',
  'radius-timeout-too-short/broken.picked.txt',
  'radius-timeout-too-short/broken.said-in-mail.txt',
  'radius-timeout-too-short/broken.said.txt',
  'server-certificate-untrusted/broken.log',
  'server-certificate-untrusted/broken.other-name.log',
  'server-certificate-untrusted/broken.strongswan.log',
  'token-activation-expired/broken.named.txt',
  'token-activation-expired/broken.told.txt',
  'token-clock-drift/broken.fortiauthenticator-syslog.log',
  'token-not-mobile/broken.nobody-named.txt',
  'token-server-unreachable/broken.txt',
  'token-wrong-owner/broken.log',
  'user-not-in-vpn-rule/broken.older.log',
  'vpn-port-taken/broken.picked.txt',
]);

const BROKEN = RULE_FIXTURES.filter(
  ({ verdict, rule, file }) => verdict === 'broken' && !UNREAD_IN_LINES.has(`${rule}/${file}`),
);

/** A sample has each fixture in one form. */
describe.each(Object.entries(LINE_FORMS).map((form, index) => [...form, index] as const))(
  'each line as of %s',
  (_form, write, index) => {
    it('shows the cause of each rule', () => {
      const lost = sampleOf(BROKEN, Object.keys(LINE_FORMS).length, index).filter(({ rule, path }) => {
        const text = readFixture(path).split('\n').map(write).join('\n');
        return diagnoseItems([{ name: 'paste', text }]).findings.every((finding) => finding.rule !== rule);
      });
      expect(lost.map(({ rule, file }) => `${rule}/${file}`)).toEqual([]);
    });
  },
);

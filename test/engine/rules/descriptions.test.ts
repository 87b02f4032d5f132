import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { DECIDED } from './descriptions/decided.ts';
import { LOGIN_DESCRIPTIONS } from './descriptions/login.ts';
import { NO_DESCRIPTIONS } from './descriptions/none.ts';
import { DESCRIPTIONS_IN_OTHER_WORDS } from './descriptions/other-words.ts';
import { PUSH_DESCRIPTIONS } from './descriptions/push.ts';
import { TOKEN_DESCRIPTIONS } from './descriptions/token.ts';
import { TUNNEL_DESCRIPTIONS } from './descriptions/tunnel.ts';

const ROWS = [
  ...PUSH_DESCRIPTIONS,
  ...TOKEN_DESCRIPTIONS,
  ...LOGIN_DESCRIPTIONS,
  ...TUNNEL_DESCRIPTIONS,
  ...DESCRIPTIONS_IN_OTHER_WORDS,
  ...NO_DESCRIPTIONS,
];

describe('a description in words', () => {
  it.each(ROWS)('finds %s in “%s”', (cause, text) => {
    const { findings } = diagnose([{ name: 'mail.txt', text }]);
    expect(findings.map(({ rule }) => rule)).toEqual(cause === undefined ? [] : [cause]);
  });

  it('is not asked where the evidence shows a cause, or a login that succeeded', () => {
    const [[, text]] = PUSH_DESCRIPTIONS as readonly [(typeof PUSH_DESCRIPTIONS)[number]];
    const config = 'config system ftm-push\n    set status disable\nend\n';
    const { findings } = diagnose([{ name: 'mail.txt', text: `${config}\n${text}` }]);
    expect(findings.map(({ rule }) => rule)).toEqual(['push-disabled']);
  });

  it.each(OTHER_RELEASES)(
    'is not the cause where each stated release is another: “%s”',
    (text, cause, excluded) => {
      const find = (words: string) =>
        diagnose([{ name: 'mail.txt', text: words }]).findings.map(({ rule }) => rule);
      expect(find(text)).toEqual([cause]);
      expect(find(`${text} ${excluded}`)).toEqual([]);
      expect(find(`${text} ${excluded} Others are told to take another branch, 7.6 or so.`)).toEqual([cause]);
    },
  );

  it('does not say that nothing was read beside lines of the device', () => {
    const said =
      'IPsec mit SAML: FortiClient öffnet das Fenster, es bleibt leer, IKE-Debug ist leer. An wan1 fehlt ike-saml-server.';
    const lines = 'config system dns\n    set primary 192.0.2.53\nend\n';
    const summary = (text: string) => diagnose([{ name: 'mail.txt', text }]).findings[0]?.summary;
    expect(summary(said)).toContain('No line of the FortiGate was read');
    expect(summary(`${said}\n\n${lines}`)).toContain('No line that was read decides it.');
  });

  it('says in the title how sure it is', () => {
    const [first] = diagnose([{ name: 'mail.txt', text: TOLD }]).findings;
    expect(first?.title).toBe('Likely: The push goes to the old phone, which is still registered for it');
  });

  it.each(DECIDED)('leaves nothing to look at in “%s”', (text, cause, apply, quote) => {
    const { findings } = diagnose([{ name: 'mail.txt', text }]);
    expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([[cause, 'likely']]);
    expect(findings[0]?.fix.apply.join('\n')).toContain(apply);
    expect(findings[0]?.fix.note).not.toMatch(/^(?:Look|Compare|Let|Check)/);
    expect(findings[0]?.evidence[0]?.text).toContain(quote);
    expect(`${findings[0]?.title} ${findings[0]?.summary}`).not.toMatch(/Likely:|Possibly:|No line of/);
  });

  it('names the address that the identity provider refuses', () => {
    const text =
      "AADSTS50011: The redirect URI 'https://gate.umber.example:8443/remote/saml/login' specified in the request does not match the redirect URIs configured for the application 'https://gate.umber.example/remote/saml/login'.";
    const [first] = diagnose([{ name: 'mail.txt', text }]).findings;
    expect(first?.fix.note).toContain(
      'letter by letter: https://gate.umber.example:8443/remote/saml/login (Entra',
    );
    expect(first?.fix.note).toContain('“Identifier” stays');
  });

  it.each([
    [
      'who tells of an own login',
      'My FortiToken app is empty. The VPN asks me for a code. I got a mail with a QR code but have not opened it.',
      'To forward to the administrator of the FortiGate: “A possible cause: The token was never activated on the phone. Look under User & Authentication > FortiTokens, or with `diagnose fortitoken info`, at the state of the token.”',
    ],
    [
      'who says it in one sentence',
      'FortiClient bricht ab, bevor ich auf dem Handy bestätigt habe. Wenn ich schnell bin, klappt es.',
      'To forward to the administrator of the FortiGate: “FortiClient bricht ab, bevor ich auf dem Handy bestätigt habe. A possible cause: The VPN gives up before the user approves. Look at `show full-configuration system global`.”',
    ],
    ['who tells of others', TOLD, ''],
    [
      'who looks into the FortiGate',
      'Les gens voient la demande, valident, et le VPN n’avance pas. Je constate que FTM n’est pas coché sur l’interface wan1.',
      '',
    ],
  ])('has a text to pass on only for a person %s', (_, text, letter) => {
    const [first] = diagnose([{ name: 'mail.txt', text }]).findings;
    expect(first?.fix.note).toBeDefined();
    expect(/To forward.*/.exec(first?.fix.note ?? '')?.[0] ?? '').toBe(letter);
  });

  it('needs more where output of a FortiGate is beside it', () => {
    const login = '[1909] handle_req-Rcvd auth req 7001 for plover in staff opt=00200421 prot=11';
    expect(diagnose([{ name: 'mail.txt', text: `${login}\n\n${TOLD}` }]).findings).toEqual([]);
  });
});

it.each([
  'Then go to config system ftm-push and set status disable there.',
  '- config system ftm-push\n- set status disable\n- end\n',
])('a step to take is no statement: “%s”', (text) => {
  expect(diagnose([{ name: 'mail.txt', text }]).findings).toEqual([]);
});

const TOLD =
  'Mr Plover has a new phone since Friday. The codes are accepted, but his old phone in the drawer rings instead.';

const OTHER_RELEASES = [
  [
    'Since the move to IPsec with SSO my Linux client does nothing after the browser closes.',
    'forticlient-too-old',
    'It is FortiClient 7.4.4.',
  ],
  [
    'SAML stopped for all. Keycloak signs assertions but not the documents.',
    'saml-response-unsigned',
    'It is a FortiGate 100F on 7.4.8.',
  ],
] as const;

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/engine/evidence/redact.ts';
import type { EvidenceItem } from '../../../src/engine/evidence/types.ts';
import { Redactor } from '../../../src/engine/redact/redactor.ts';
import { AMOUNT, runs } from '../../support/amount.ts';
import { anyText } from '../../support/any-text.ts';
import { CERTIFICATE, HARMLESS } from './harmless-lines.ts';
import { PLANTINGS } from './planted.ts';

function redactText(text: string) {
  const { items, receipt } = redact([{ name: 'output', command: 'show', text }]);
  return { text: (items[0] as EvidenceItem).text, receipt };
}

/** The longest piece of the secret that can still be read, from eight characters on. */
function leaked(secret: string, text: string): string | undefined {
  for (let at = 0; at + 8 <= secret.length; at++) {
    const piece = secret.slice(at, at + 8);
    if (text.includes(piece)) return piece;
  }
  return undefined;
}

describe('secrets', () => {
  it.each(PLANTINGS)('hides: $name', ({ secret, plant }) => {
    fc.assert(
      fc.property(secret, (value) => {
        const lines = plant(value);
        const { text, receipt } = redactText(lines.join('\n'));
        expect(leaked(value, text)).toBeUndefined();
        expect(text.split('\n')).toHaveLength(lines.length);
        expect(receipt.total).toBeGreaterThan(0);
      }),
      { numRuns: runs(40) },
    );
  });

  it.each(['ddns-key   : qaaaaaaaPW7', 'Key: x7mainKey7', 'ddns-key: abcPassword'])(
    'hides a key that ends like the name of a secret: %s',
    (line) => {
      expect(redactText(line).text).toMatch(/: <key#1>$/);
    },
  );

  it('hides a line of a key below a step of a TLS handshake, which such a line does not continue', () => {
    const body = 'Zk3pQ9vLw8RtYb2NcXe5Md7HsJf4Ga6Ku1PoTi0LqZk3pQ9vLw8RtYb2NcXe5Md7';
    const step = 'SSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS write key exchange';
    expect(redactText(`${step}\n${body}`).text).toBe(`${step}\n<private-key#1>`);
  });

  it('hides a key on a line of its own below the body of a push request that was cut', () => {
    const body = '{"sender":"FGT-x-root","registration_id":"xaaaaaaaaaaaaaaaaaa7:APA91bxaaaaaaaaaa';
    const rest = 'aaaaaaaa7xaaaaaaaaaaaaaaaaaa7xaaaaaaaaaaaaaaaaaa7","app":"FTM","platform":"ios"}';
    const key = 'aaaaaaaaaaaaaaaaaaaaQ9aaaaaaaaaaaaaaaaaaaaaaaaQ9aaaaaaaaaaaaaaaa';
    const { items } = redact([{ name: 'paste 1', text: [body, rest, key].join('\n') }]);
    expect(items[0]?.text).not.toContain(key);
  });

  it('hides everything in a mixed case, and only once', () => {
    const planted = fc
      .constantFrom(...PLANTINGS)
      .chain(({ name, secret, plant }) => secret.map((value) => ({ name, value, lines: plant(value) })));
    const filler = fc
      .constantFrom(...HARMLESS.map((line) => [line]), CERTIFICATE)
      .map((lines) => ({ name: 'filler', value: '', lines }));
    fc.assert(
      fc.property(fc.array(fc.oneof(planted, filler), { maxLength: 12 }), fc.boolean(), (parts, crlf) => {
        const lines = parts.flatMap((part) => part.lines);
        const first = redact([{ name: 'paste 1', text: lines.join(crlf ? '\r\n' : '\n') }]);
        const text = (first.items[0] as EvidenceItem).text;
        for (const part of parts) expect(leaked(part.value, text), part.name).toBeUndefined();
        expect(text.split('\n')).toHaveLength(Math.max(1, lines.length));

        const second = redact(first.items, first.receipt);
        expect(second.items).toEqual(first.items);
        expect(second.receipt).toEqual(first.receipt);
      }),
      { numRuns: runs(400) },
    );
  });
});

describe('what rules read', () => {
  it.each(HARMLESS)('stays: %s', (line) => {
    expect(redactText(line)).toEqual({ text: line, receipt: { total: 0, byKind: {} } });
  });

  it('stays, though it names secrets', () => {
    const lines = readFileSync(join(import.meta.dirname, 'harmless.txt'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(130);
    expect(lines.filter((line) => redactText(line).text !== line)).toEqual([]);
    expect(redactText(lines.join('\n')).text).toBe(lines.join('\n'));
  });

  it('stays as a whole text', () => {
    const text = [...HARMLESS, ...CERTIFICATE, ...HARMLESS].join('\n');
    expect(redactText(text).text).toBe(text);
  });
});

describe('serial numbers', () => {
  it.each([
    ['a FortiGate', 'found FGT60FTK19010019 here', 'found <serial#1> here'],
    ['a FortiSwitch', 'found S124EN5918000123 here', 'found <serial#1> here'],
    ['a FortiAP', 'found FP231FTF20001234 here', 'found <serial#1> here'],
    ['a FortiAuthenticator VM', 'found FAC-VMTM18000123 here', 'found <serial#1> here'],
    ['a FortiManager VM', 'found FMG-VM0000012345 here', 'found <serial#1> here'],
    ['a FortiAnalyzer VM', 'found FAZ-VM0000012345 here', 'found <serial#1> here'],
    ['a FortiClient EMS', 'found FCTEMS0000123456 here', 'found <serial#1> here'],
    ['a host name that looks alike', 'found FAC-FRANKFURT001 here', 'found FAC-FRANKFURT001 here'],
    ['another product', 'Serial-Number: FAC-VMTM18000123', 'Serial-Number: <serial#1>'],
    ['a FortiToken Mobile', 'Serial-Number: FTKMOB1A2B3C4D5E', 'Serial-Number: FTKMOB1A2B3C4D5E'],
    ['a hardware FortiToken', 'Serial-Number: FTK2001A2B3C4D5E', 'Serial-Number: FTK2001A2B3C4D5E'],
    ['a licence for FortiTokens', 'Serial-Number: EFTM000000000001', 'Serial-Number: EFTM000000000001'],
  ])('of %s are kept or replaced as docs/how-to/privacy.md says', (_, text, expected) => {
    expect(redactText(text).text).toBe(expected);
  });
});

/** What a token replaced may have been a separator, the end of a key, or what kept two values apart. */
const REDACTED_TWICE = [
  'relayState:magic=",',
  '-----BEGIN PRIVATE KEY-----\n magic=",Cookie: a=b;\n magic=",x',
  '-----BEGIN PRIVATE KEY-----\neyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijka;b\nwren',
  'user;password\nkd83.hTq_01; activation code EEIUW7ORPBI4DO2T;b\n)',
  'token\'→Cookie: a=b;  magic=",',
  'nacl.sign(message, secretKey) -> signedMessage',
  // The line ends where the value begins, at the width of a terminal.
  '   2026-03-02 09:12:07 {"sender":"FGT-FGT60F0000000001-root","registration_id":"\nKx8vTq0001-plover-01","app":"FTM"}',
  `${' '.repeat(34)}the passcode we agreed on was Kx8vTq0001plover\nHostname: FGT-`,
  `checking against community '${'"'.repeat(40)}Kx8vTqLm2wRn'`,
  // An open value above, which does not go on.
  'set key ENC\n<p>Password<br>Kupferlaterne</p>',
  'Cookie: a=1;\n  visit=Kx8vTqLm2;\n  basket=Kx8vTqLm3\nHost: plover',
  'password: '.repeat(20),
];

it.each(REDACTED_TWICE)('a second redaction changes nothing: %j', (text) => {
  const once = redactText(text).text;
  expect(redactText(once)).toEqual({ text: once, receipt: { total: 0, byKind: {} } });
});

describe('tokens', () => {
  it('are the same for the same secret in every item, and numbered per kind', () => {
    const { items, receipt } = redact([
      { name: 'a', text: 'set password ENC AAAAbbbb1111==\nset psksecret ENC CCCCdddd2222==' },
      { name: 'b', text: 'set passwd ENC EEEEffff3333==\nset password ENC AAAAbbbb1111==' },
    ]);
    expect(items.map((item) => item.text)).toEqual([
      'set password ENC <password-hash#1>\nset psksecret ENC <psk#1>',
      'set passwd ENC <password-hash#2>\nset password ENC <password-hash#1>',
    ]);
    expect(receipt).toEqual({ total: 3, byKind: { 'password-hash': 2, psk: 1 } });
  });

  it('keep their numbers when more text joins an already redacted case', () => {
    const first = redact([{ name: 'a', text: 'set password ENC AAAAbbbb1111==' }]);
    const both = redact(
      [...first.items, { name: 'b', text: 'set password ENC XXXXyyyy9999==' }],
      first.receipt,
    );
    expect(both.items.map((item) => item.text)).toEqual([
      'set password ENC <password-hash#1>',
      'set password ENC <password-hash#2>',
    ]);
    expect(both.receipt).toEqual({ total: 2, byKind: { 'password-hash': 2 } });
  });

  it('are known again after Slack has escaped them', () => {
    const text = 'set password ENC &lt;password-hash#4&gt;';
    expect(redactText(text)).toEqual({ text, receipt: { total: 0, byKind: {} } });
  });

  it('reach the names and reasons of an item too', () => {
    const { items } = redact([
      {
        name: 'FGT60FTK19010019.conf',
        text: '',
        failure: { kind: 'failed', reason: 'login failed, Password: hunter2hunter2' },
      },
    ]);
    expect(items).toEqual([
      {
        name: '<serial#1>.conf',
        text: '',
        failure: { kind: 'failed', reason: 'login failed, Password: <password#1>' },
      },
    ]);
  });

  it('do not run from one output of a device into the next', () => {
    const { items } = redact([
      { name: 'a', command: 'show', text: 'set private-key "-----BEGIN PRIVATE KEY-----' },
      { name: 'b', command: 'get', text: 'AAAA' },
    ]);
    expect(items[1]?.text).toBe('AAAA');
  });

  it('run from one paste into the next, which may be its other part', () => {
    const { items } = redact([
      { name: 'a', text: 'set psksecret "abcdefgh' },
      { name: 'b', text: 'ijklmnop"\nset status enable' },
    ]);
    expect(items.map((item) => item.text)).toEqual(['set psksecret "<psk#1>', '<psk#1>"\nset status enable']);
  });
});

describe('placeholders left by people and tools', () => {
  it.each([
    'set password ENC <redacted>',
    'set password <long-random-password>',
    'set reg-id "<device registration id>"',
    'set activation-code "XXXXXXXXXXXXXXXX"',
    'set password ENC ****',
    'password : *',
    'set password <configuration removed>',
    'set passwd ""',
  ])('are not counted: %s', (line) => {
    expect(redactText(line)).toEqual({ text: line, receipt: { total: 0, byKind: {} } });
  });
});

const FRAGMENTS =
  `set |password |ENC |"|'|\n|\r\n| : |=|key|-----BEGIN PRIVATE KEY-----|-----END PRIVATE KEY-----|\\"|“|cookie: |magic=|
<password#1>|&lt;|FGT60FTK19010019|config system snmp community\n|set name |Password: |AAAABBBBCCCCDDDD1234|://u:p@|&code=123456`.split(
    '|',
  );

describe('any text', () => {
  it('keeps its number of lines, and a second pass changes nothing', () => {
    const piece = fc.oneof(anyText({ maxLength: 12 }), fc.constantFrom(...FRAGMENTS));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const once = redactText(text).text;
        expect(once.split('\n')).toHaveLength(text.split('\n').length);
        expect(redactText(once)).toEqual({ text: once, receipt: { total: 0, byKind: {} } });
      }),
      { numRuns: runs(3000) },
    );
  });

  it.each([
    ['letters', '', 'a', ''],
    ['base64', '', 'Aa1/', ''],
    ['quotes', '', '"iv":', ''],
    ['assignments', '', 'password="', ''],
    ['commands', '', 'set password ', ''],
    ['encrypted', '', 'ENC "', ''],
    ['headers', '', 'cookie:', ''],
    ['tokens', '', 'eyJ', ''],
    ['keys', '', '-----BEGIN PRIVATE KEY-----', ''],
    ['keys with values', '', '-----BEGIN PRIVATE KEY----- password=abcdefgh ', ''],
    ['backslashes', '', '\\', ''],
    ['blanks', '', ' ', ''],
    ['tags', '', '<secret>', ''],
    ['values in braces', '', 'password={p}', 'x'],
    ['values in brackets that stay open', '', 'password=[p', 'x'],
    ['values behind a parenthesis', '', 'password(x', 'x'],
    ['values that end with a semicolon', '', 'password=x;', 'x'],
    ['objects', '', 'data={"kind"', 'x'],
    ['members', '', 'sshpass -p":"“p|', 'x'],
    ['statements', '', 'masterauth {p}CONFIG SET ', 'x'],
    ['marks of a sentence', 'set passwd ', '!', 'x'],
    ['commands of a database', '', 'mysqldump -h 192.0.2.1 -u root -p{p} radius ', 'x'],
  ])('of one very long line is answered: %s', (_, head, unit, tail) => {
    // What grows with the square of the length takes a quarter of an hour for 2 MB.
    const length = AMOUNT === 'sample' ? 100_000 : 2_000_000;
    const text = head + unit.repeat(Math.ceil(length / unit.length)) + tail;
    expect(redactText(text).text.split('\n')).toHaveLength(1);
  });
});

describe('a stream', () => {
  it('follows a key over its lines and counts it once', () => {
    const redactor = new Redactor();
    const lines = [
      'set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----',
      'MIIFHDBOBgkqhkiG9w0BBQ0wQTApBgkqhkiG9w0BBQwwHAQIabcdefghijklmnop',
      'AAAA==',
      '-----END ENCRYPTED PRIVATE KEY-----"',
      'set status enable',
    ];
    expect(lines.map((line) => redactor.line(line))).toEqual([
      lines[0],
      '<private-key#1>',
      '<private-key#1>',
      lines[3],
      lines[4],
    ]);
    expect(redactor.receipt()).toEqual({ total: 1, byKind: { 'private-key': 1 } });
  });

  it('keeps the public key beside a private one, as `wg show wg0 dump` prints them', () => {
    const publicKey = 'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=';
    const line = `yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\t${publicKey}\t51820\toff`;
    expect(new Redactor().line(line)).toBe(`<private-key#1>\t${publicKey}\t51820\toff`);
  });

  it('lets go of a secret that was cut off', () => {
    const redactor = new Redactor();
    const lines = ['set psksecret "abcdefgh12345', '    next', '    edit "2"', 'Connection: keep-alive'];
    expect(lines.map((line) => redactor.line(line))).toEqual(['set psksecret "<psk#1>', ...lines.slice(1)]);
  });
});

const corpus = new URL('../../../../shared/corpus/', import.meta.url);

describe.skipIf(!existsSync(corpus))('recorded texts (skipped where ../shared/corpus is absent)', () => {
  const files = existsSync(corpus)
    ? readdirSync(corpus, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    : [];

  it.each(files.map((file) => `${file.parentPath}/${file.name}`))(
    '%s keeps its lines and is stable',
    (path) => {
      const text = readFileSync(path, 'utf8');
      const once = redactText(text).text;
      expect(once.split('\n')).toHaveLength(text.split('\n').length);
      expect(once).not.toMatch(/ENC [A-Za-z0-9+/]{20}|APA91b|FGVM32TM/);
      expect(redactText(once).text).toBe(once);
    },
  );
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDERS } from '../../../src/engine/redact/finders-for.ts';
import { WORDS } from '../../../src/engine/redact/hint.ts';
import { labelAlone } from '../../../src/engine/redact/lone-label.ts';
import { mayHoldSecret } from '../../../src/engine/redact/may-hold-secret.ts';
import { nameMember } from '../../../src/engine/redact/member-lines.ts';
import { looksLikeKeyMaterial, scanPem } from '../../../src/engine/redact/pem.ts';
import { Scope } from '../../../src/engine/redact/scope.ts';
import { findWith } from '../../../src/engine/redact/spans.ts';
import { tokensIn } from '../../../src/engine/redact/tokens.ts';
import { runs } from '../../support/amount.ts';
import { PLACEMENTS } from './placements.ts';
import { PLANTINGS } from './planted.ts';

const PLAIN = { inCommunity: false, inHeaders: false, inSecretData: false };

/** Finders that find something in the line, with or without their hint. */
function findersOf(line: string) {
  return FINDERS.filter(({ find }) => find(line, PLAIN).length > 0);
}

/** Everything the redactor does with a line while no secret is open and no line before says anything about it. */
function isTouched(line: string): boolean {
  const scope = new Scope();
  scope.see('config system snmp community');
  scope.see(line);
  return (
    findWith(FINDERS, line, PLAIN).length > 0 ||
    scanPem(line, 0).open !== undefined ||
    scanPem(line, 0).spans.length > 0 ||
    looksLikeKeyMaterial(line) ||
    [...tokensIn(line)].length > 0 ||
    labelAlone(line) !== undefined ||
    nameMember(line) !== undefined ||
    !scope.context().inCommunity
  );
}

const name = fc.constantFrom(
  ...WORDS.map(({ word }) => word.replace('!', '').replaceAll(/[*~^]/g, 'A')),
  'token-activation-code',
  'key-string',
  'x-auth-token',
  'access_token',
  'code',
  'sig',
  'end',
  'name',
  'FGT60F1234567890A',
  'S224ENTF18000000',
  'iv',
  'shared secret',
  'cfgattr="name[',
  '--password',
  '<psk>',
  'Kennwort für wren',
  'contraseña',
  '密码',
  'пароль',
  'логин',
  'jwt',
  'pmk',
  'tokens',
  'root',
  '0040  ',
  '     0a 0b ',
  '$6$',
);
const glue = fc.constantFrom(
  '',
  ' ',
  '=',
  ': ',
  '":"',
  '"',
  '\\"',
  '?',
  '&',
  ';',
  '#',
  '$ ',
  '_',
  '-',
  ' 1 ',
  '：',
  ' → ',
  ' “',
  '`',
  'https://h.example/?',
);
const rest = fc.string({ maxLength: 70 });
const line = fc
  .array(
    fc.oneof(
      name,
      glue,
      rest,
      name.map((text) => text.toUpperCase()),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('').replaceAll('\n', ' '));

describe('mayHoldSecret', () => {
  it('never says no where the redactor would do something', () => {
    fc.assert(
      fc.property(line, (text) => {
        if (isTouched(text)) expect(mayHoldSecret(text)).toBe(true);
      }),
      { numRuns: runs(5_000) },
    );
  });

  it.each(PLANTINGS.map((planting) => [planting.name, planting] as const))('%s', (_, { secret, plant }) => {
    fc.assert(
      fc.property(secret, (value) => {
        for (const text of plant(value)) if (isTouched(text)) expect(mayHoldSecret(text)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    'tan 48392075',
    '<tls>QT7ZWm4xRk9Lp2VxQT7ZWm4xRk9Lp2VxQT7ZWm4xRk9Lp2VxQT7ZWm4xRk9Lp2VxQT7Z</tls>',
    'reset his VPN account for the portal to qT7zWm4xRk9Lp2Vx',
    'ip nhrp authentication qT7zWm4x',
    'imap.log_on("wren", "Kupfer.lat#er9")',
    'cred wren: qT7zWm4xRk9Lp2Vx',
    'AUTHENTICATE LOGIN d3JlbjpxVDd6',
    'verwenden Sie 54762104 zum Anmelden',
    '711-004 ist mein kennword',
    'wren {SHA512}qT7zWm4xRk9Lp2VxqT7zWm4xRk9Lp2Vx',
    'sign-on as the guest using qT7zWm4xRk9Lp2Vx',
    'doppler dp.sa.qT7zWm4xRk9Lp2VxqT7zWm4xRk9L',
    'GET /verify/2cgMtTnsXQKgBu1-EiT1g',
    'GET /logout?9205ed5d1f',
    '"auth" : "MTTUC/2aydBJ2NyIrx=="',
    't=CHAP-Challenge(18) l=18 val=Encrypted qT7zWm4x',
    'vault kv put kv/vpn hub=qT7zWm4xRk9Lp2Vx',
    'sha384("qT7zWm4xRk9Lp2Vx")',
    'dia dvm device add fgt1 192.0.2.7 wren qT7zWm4x',
    '.example.com\tTRUE\t/\tFALSE\t1790000000\tsid7\tqT7zWm4xRk9Lp2Vx',
    '192.0.2.7,root/qT7zWm4xRk9Lp2Vx',
    'the previous one was qT7zWm4xRk9Lp2Vx',
    'the zip is protected using qT7zWm4xRk9Lp2Vx',
    'the file is secured with tor-bleibt-zu',
    'C="branch" GetRequest(28)',
  ])('sees %s', (text) => {
    expect(isTouched(text)).toBe(true);
    expect(mayHoldSecret(text)).toBe(true);
  });

  const LINES = PLACEMENTS.flatMap(({ text }) => text.split('\n'));
  const SAMPLES = LINES.map((text) => ({ text, finders: findersOf(text) })).filter(
    ({ finders }) => finders.length > 0,
  );

  it('has a sample of every finder, and each has the hint of the finder', () => {
    const unhinted = SAMPLES.flatMap(({ text, finders }) =>
      finders.flatMap(({ hint, find }) => (hint.test(text) ? [] : [`${find.name}: ${text}`])),
    );
    expect(unhinted).toEqual([]);
    const used = new Set(SAMPLES.flatMap(({ finders }) => finders));
    expect(FINDERS.filter((finder) => !used.has(finder)).map(({ find }) => find.name)).toEqual([]);
  });

  it('sees each sample of a finder in any text and case', () => {
    const sample = fc.constantFrom(...SAMPLES.map(({ text }) => text));
    const text = fc.oneof(
      sample,
      sample.map((each) => each.toUpperCase()),
    );
    fc.assert(
      fc.property(fc.oneof(glue, rest), text, fc.oneof(glue, rest), (before, within, behind) => {
        const whole = `${before}${within}${behind}`.replaceAll('\n', ' ');
        const missed = findersOf(whole).filter(({ hint }) => !hint.test(whole));
        expect(missed.map(({ find }) => find.name)).toEqual([]);
      }),
      { numRuns: runs(20_000) },
    );
  });

  it('sees every placement', () => {
    const unseen = LINES.filter((text) => !mayHoldSecret(text) && isTouched(text));
    expect(unseen).toEqual([]);
  });

  it.each([
    '[5784:root:a1]tunnelEnter:502 0x7f55:0x7f56 keepalive',
    "[378] radius_start-Didn't find radius servers (0)",
    '[5784:root:d9]Transfer-Encoding n/a',
    'FGT-01 # get system status',
    '[wren@host ~]$ ls -l /var/log',
    'https://support.example.com/kb/article/7?lang=en',
    'see the config of the other unit',
    'Der Zähler läuft über und muss zurückgesetzt werden',
    '客户端无法连接',
    'Клиент снова не подключается',
    'the name of `wan1` was changed',
  ])('says no to %s', (text) => {
    expect(mayHoldSecret(text)).toBe(false);
  });
});

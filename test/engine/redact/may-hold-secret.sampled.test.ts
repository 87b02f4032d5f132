import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDERS } from '../../../src/engine/redact/finders-for.ts';
import { mayHoldSecret } from '../../../src/engine/redact/may-hold-secret.ts';
import { looksLikeKeyMaterial, scanPem } from '../../../src/engine/redact/pem.ts';
import { Scope } from '../../../src/engine/redact/scope.ts';
import { SECRET_PATTERNS, SECRET_WORDS } from '../../../src/engine/redact/secret-words.ts';
import { tokensIn } from '../../../src/engine/redact/tokens.ts';
import { runs } from '../../support/amount.ts';
import { PLACEMENTS } from './placements.ts';
import { PLANTINGS } from './planted.ts';

/** Everything the redactor does with a line while no secret is open and no line before says anything about it. */
function isTouched(line: string): boolean {
  const scope = new Scope();
  scope.see('config system snmp community');
  scope.see(line);
  return (
    FINDERS.some(
      (finder) => finder(line, { inCommunity: false, inHeaders: false, inSecretData: false }).length > 0,
    ) ||
    scanPem(line, 0).open !== undefined ||
    scanPem(line, 0).spans.length > 0 ||
    looksLikeKeyMaterial(line) ||
    [...tokensIn(line)].length > 0 ||
    !scope.context().inCommunity
  );
}

const name = fc.constantFrom(
  ...SECRET_WORDS.map((each) => each.replace('!', '')),
  'token-activation-code',
  'key-string',
  'x-auth-token',
  'access_token',
  ...SECRET_PATTERNS.map((form) => form.replaceAll(/[*~^]/g, 'A')),
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

  it('sees every placement', () => {
    const unseen = PLACEMENTS.flatMap(({ text }) => text.split('\n')).filter(
      (text) => isTouched(text) && !mayHoldSecret(text),
    );
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

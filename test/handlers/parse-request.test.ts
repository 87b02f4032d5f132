import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../handlers/commands/parse-request.ts';
import { anyText } from '../support/any-text.ts';

describe('parseRequest', () => {
  it.each([
    ['fgt-07', { alias: 'fgt-07' }],
    ['  check   fgt-07 ', { alias: 'fgt-07' }],
    ['`fgt-07`', { alias: 'fgt-07' }],
    ['fgt-07 --user ana --vdom root', { alias: 'fgt-07', user: 'ana', vdom: 'root' }],
    ['--user=ana fgt-07', { alias: 'fgt-07', user: 'ana' }],
    ['fgt-07 —user ana –vdom root', { alias: 'fgt-07', user: 'ana', vdom: 'root' }],
    ['fgt-07 --user “ana ruiz”', { alias: 'fgt-07', user: 'ana ruiz' }],
    ['fgt-07 --user "a&amp;b"', { alias: 'fgt-07', user: 'a&b' }],
    ['<http://fgt.example.com|fgt.example.com>', { alias: 'fgt.example.com' }],
    ['<https://fgt.example.com/login>', { alias: 'fgt.example.com' }],
    ['fgt-07 --user <mailto:ana@example.com|ana@example.com>', { alias: 'fgt-07', user: 'ana@example.com' }],
    ['fgt-07 --VDOM root', { alias: 'fgt-07', vdom: 'root' }],
    ['fgt-07 --live 60', { alias: 'fgt-07', live: 60 }],
    [
      'fgt-07 --live 60 --client 203.0.113.7',
      { alias: 'fgt-07', live: 60, details: { client: '203.0.113.7' } },
    ],
    ['fgt-07 —live=90s --user ana', { alias: 'fgt-07', user: 'ana', live: 90 }],
    ['--live 2m fgt-07', { alias: 'fgt-07', live: 120 }],
  ])('%s', (text, expected) => {
    expect(parseRequest(text)).toEqual({ kind: 'check', ...expected });
  });

  it.each([
    ['page', {}],
    ['page <@U0BEN>', { person: 'U0BEN' }],
    ['page <@U0BEN|ben> fgt-07', { person: 'U0BEN', alias: 'fgt-07' }],
    ['page fgt-07 U012ABCDEF', { person: 'U012ABCDEF', alias: 'fgt-07' }],
    ['page @ben fgt-07', { alias: 'fgt-07' }],
  ])('takes "%s" for a request to page a person', (text, wanted) => {
    expect(parseRequest(text)).toEqual({ kind: 'page', wanted });
  });

  it.each(['page <@U0BEN> <@U0ANA>', 'page <@U0BEN> fgt-07 fgt-08'])(
    'does not guess what "%s" means',
    (text) => {
      expect(parseRequest(text)).toMatchObject({ kind: 'unclear' });
    },
  );

  it.each([
    ['group:branches', { group: 'branches' }],
    ['check group:branches', { group: 'branches' }],
    ['customer:northwind', { group: 'customer:northwind' }],
    ['Site: "North Lyon" --user ana', { group: 'site:North Lyon', user: 'ana' }],
    ['Group:Branches', { group: 'Branches' }],
    ['group: branches', { group: 'branches' }],
    ['group:branches --user ana --vdom root', { group: 'branches', user: 'ana', vdom: 'root' }],
    ['all', { group: '*' }],
    ['ALL —user ana', { group: '*', user: 'ana' }],
  ])('takes "%s" for a request to check many devices', (text, wanted) => {
    expect(parseRequest(text)).toEqual({ kind: 'group', ...wanted });
  });

  it.each([
    ['group:', /name of the group is missing/],
    ['group:a group:b', /One device/],
    ['group:a --live 60', /--live can be used for one device only/],
    ['all fgt-07', /One device/],
  ])('does not guess which devices "%s" means', (text, reason) => {
    const parsed = parseRequest(text);
    expect(parsed.kind === 'unclear' && parsed.reason).toMatch(reason);
  });

  it('reaches a device with such a name by `check`', () => {
    expect(parseRequest('check all')).toEqual({ kind: 'check', alias: 'all' });
  });

  it.each(['help', '--help', 'HELP'])('takes "%s" for a call for help', (text) => {
    expect(parseRequest(text)).toEqual({ kind: 'help' });
  });

  it.each([
    ['fgt-07 fgt-08', /One device/],
    ['--user ana', /name is missing/],
    ['fgt-07 --user', /--user needs a value/],
    ['fgt-07 --user --vdom root', /--user needs a value/],
    ['fgt-07 --user=', /--user needs a value/],
    ['fgt-07 --exec reboot', /Unknown option: --exec/],
    ['fgt-07 --live', /--live needs a value/],
    ['fgt-07 --live -5', /--live needs a number of seconds/],
    ['fgt-07 --live 1e3', /--live needs a number of seconds/],
    ['fgt-07 --live ٦٠', /--live needs a number of seconds/],
    ['x'.repeat(301), /too long/],
  ])('does not guess what "%s" means', (text, reason) => {
    const parsed = parseRequest(text);
    expect(parsed.kind === 'unclear' && parsed.reason).toMatch(reason);
  });

  it.each([
    ['', { kind: 'nothing' }],
    ['   ', { kind: 'nothing' }],
    ['check', { kind: 'nothing' }],
    ['list', { kind: 'list' }],
    ['LIST', { kind: 'list' }],
    ['history fgt-hq', { kind: 'history', alias: 'fgt-hq' }],
    ['auto', { kind: 'auto' }],
    ['auto off', { kind: 'auto', value: 'off' }],
    ['Auto ON', { kind: 'auto', value: 'on' }],
    ['auto maybe', { kind: 'unclear' }],
    ['auto on off', { kind: 'unclear' }],
    ['check auto', { kind: 'check', alias: 'auto' }],
    ['auto --user ana', { kind: 'check', alias: 'auto', user: 'ana' }],
    ['history', { kind: 'history' }],
    ['history a b', { kind: 'unclear' }],
    ['cancel', { kind: 'cancel' }],
    ['cancel fgt-hq', { kind: 'cancel', alias: 'fgt-hq' }],
    ['check list', { kind: 'check', alias: 'list' }],
    ['check history', { kind: 'check', alias: 'history' }],
    ['list --user ana', { kind: 'check', alias: 'list', user: 'ana' }],
  ])('"%s"', (text, expected) => {
    expect(parseRequest(text)).toMatchObject(expected);
  });

  it('gives one of its answers for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), anyText()), (text) => {
        expect(['nothing', 'help', 'list', 'history', 'cancel', 'check', 'unclear']).toContain(
          parseRequest(text).kind,
        );
      }),
    );
  });
});

it.each([
  'password=Kx8vTq2LmZ9w',
  'fgt-hq --user password=Kx8vTq2LmZ9w',
  'fgt-hq --vdom "password=Kx8vTq2LmZ9w"',
  'fgt-hq --password Kx8vTq2LmZ9w',
  'fgt-hq --psk:Kx8vTq2LmZ9w',
  'history password=Kx8vTq2LmZ9w',
  'page password=Kx8vTq2LmZ9w',
  'psk --user=Kx8vTq2LmZ9w',
  'group:password=Kx8vTq2LmZ9w',
  'group:branches --user password=Kx8vTq2LmZ9w',
  'group:branches --vdom password=Kx8vTq2LmZ9w',
  'explain password=Kx8vTq2LmZ9w',
])('%s: nobody is told the secret', (text) => {
  expect(JSON.stringify(parseRequest(text))).not.toContain('Kx8vTq2LmZ9w');
});

it.each(['-7200', '48%', '48 %'])('what FortiClient shows can be explained: %s', (shown) => {
  expect(parseRequest(`explain ${shown}`)).toEqual({ kind: 'explain', rule: shown });
});

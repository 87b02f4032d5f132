import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceLikeWords, parseMention } from '../../handlers/events/parse-mention.ts';
import { anyText } from '../support/any-text.ts';

const DEVICES = ['fgt-branch-07', 'fgt-branch-08', 'FGT-HQ.example', 'check', 'silence', 'paris'];

describe('a sentence with one device', () => {
  it.each([
    ['please check fgt-branch-07 for marlow', { alias: 'fgt-branch-07', user: 'marlow' }],
    ['fgt-branch-07?', { alias: 'fgt-branch-07' }],
    ['after the silence fgt-branch-07 denies', { alias: 'fgt-branch-07' }],
    ['FGT-Branch-07!', { alias: 'fgt-branch-07' }],
    ['can you look at fgt-branch-07, please', { alias: 'fgt-branch-07' }],
    ['what is wrong with fgt-hq.example.', { alias: 'FGT-HQ.example' }],
    ["fgt-branch-07's push is broken again", { alias: 'fgt-branch-07' }],
    ['please check `fgt-branch-07` for `ana.ruiz`', { alias: 'fgt-branch-07', user: 'ana.ruiz' }],
    ['check push on fgt-branch-07 for user 10234', { alias: 'fgt-branch-07', user: '10234' }],
    ['check fgt-branch-07 for the user MARLOW, thanks', { alias: 'fgt-branch-07', user: 'MARLOW' }],
    ['for marlow please check fgt-branch-07', { alias: 'fgt-branch-07', user: 'marlow' }],
    ['fgt-branch-07 for marlow: no push arrives', { alias: 'fgt-branch-07', user: 'marlow' }],
    ['fgt-branch-07 denies marlow, user: marlow', { alias: 'fgt-branch-07', user: 'marlow' }],
    [
      'check fgt-branch-07 for <mailto:ana@example.com|ana@example.com> please',
      { alias: 'fgt-branch-07', user: 'ana@example.com' },
    ],
    ['please watch fgt-branch-07 —live 60 for marlow', { alias: 'fgt-branch-07', user: 'marlow', live: 60 }],
    [
      'could you check fgt-branch-07 --user wren --vdom "customer a"',
      { alias: 'fgt-branch-07', user: 'wren', vdom: 'customer a' },
    ],
    ['is fgt-branch-07 ok? fgt-branch-07 denies logins', { alias: 'fgt-branch-07' }],
    ['does paris work', { alias: 'paris' }],
    ['please check check', undefined],
  ])('%s', (text, expected) => {
    if (expected === undefined) expect(parseMention(text, DEVICES).kind).toBe('no-device');
    else expect(parseMention(text, DEVICES)).toEqual({ kind: 'check', ...expected });
  });

  it.each([
    'for me',
    'for us please',
    'for now',
    'for the customer',
    'for errors',
    'for 2 days',
    'for 10m',
    'for weeks now',
    'for Contoso Ltd',
    'for ACME',
    'for a minute',
    'for fgt-branch-07',
    'for marlow and wren',
    'for marlow, and for wren',
    'for push problems',
    'for the user who called',
    "for everybody's sake",
    'for <@U0BEN>',
  ])('takes no user from "%s"', (words) => {
    expect(parseMention(`please check fgt-branch-07 ${words}`, DEVICES)).toEqual({
      kind: 'check',
      alias: 'fgt-branch-07',
    });
  });
});

it.each([
  ['check fgt-branch-07 or fgt-branch-08 for marlow', 'marlow'],
  ['fgt-branch-07/fgt-branch-08?', undefined],
])('asks back about "%s"', (text, user) => {
  const focus = user === undefined ? {} : { user };
  expect(parseMention(text, DEVICES)).toEqual({
    kind: 'several-devices',
    targets: [
      { alias: 'fgt-branch-07', ...focus },
      { alias: 'fgt-branch-08', ...focus },
    ],
  });
});

it.each([
  ['list', { kind: 'list' }],
  ['help', { kind: 'help' }],
  ['history fgt-branch-07', { kind: 'history', alias: 'fgt-branch-07' }],
  ['history of fgt-branch-07, please', { kind: 'history', alias: 'fgt-branch-07' }],
  ['please cancel the check of fgt-branch-07', { kind: 'cancel', alias: 'fgt-branch-07' }],
  ['cancel that', { kind: 'cancel' }],
  ['escalate please', { kind: 'escalate' }],
  ['cancel fgt-branch-09', { kind: 'cancel', alias: 'fgt-branch-09' }],
  ['cancel fgt-branch-07 and fgt-branch-08', { kind: 'unclear' }],
  ['fgt-branch-07 --exec reboot', { kind: 'unclear' }],
  ['check fgt-branch-07 --user', { kind: 'unclear' }],
])('"%s" is a command', (text, expected) => {
  expect(parseMention(text, DEVICES)).toMatchObject(expected);
});

it.each([
  '',
  'can you look at this one?',
  'please',
  'fgt-hq',
  'check fgt-hq',
  'explain this log to me',
  'list what is wrong here please',
  `${'long story '.repeat(200)} fgt-branch-07`,
])('"%s" names no device of this person', (text) => {
  expect(parseMention(text, DEVICES).kind).toBe('no-device');
});

it('says of no other device whether it exists', () => {
  const known = parseMention('please check fgt-secret-1 for marlow', ['fgt-branch-07']);
  const unknown = parseMention('please check fgt-nobody-1 for marlow', ['fgt-branch-07']);
  expect(known).toEqual(unknown);
});

it('keeps no secret of a sentence', () => {
  const parsed = parseMention('check fgt-branch-07 for marlow, password: Hunter2-Gate', DEVICES);
  expect(parsed).toEqual({ kind: 'check', alias: 'fgt-branch-07', user: 'marlow' });
  expect(JSON.stringify(parseMention('look, password: Hunter2-Gate please', DEVICES))).not.toContain(
    'Hunter2',
  );
});

it('finds words that have the form of a device name', () => {
  expect(deviceLikeWords('is fgt-brnch-07 on FortiOS 7.2.8 ok, with ikev2?')).toEqual(['fgt-brnch-07']);
});

it('takes any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), anyText()), (text) => {
      expect(parseMention(text, DEVICES).kind).toBeTypeOf('string');
    }),
  );
});

it('takes no secret for the name of a device', () => {
  expect(deviceLikeWords('the password is Kx8v-q2LmZ9w for fgt-branch-07')).toEqual(['fgt-branch-07']);
});

it('takes no secret for the user', () => {
  const text = 'please check fgt-branch-07, password for user: kd83.hTq_01';
  const parsed = parseMention(text, DEVICES);
  expect(parsed).toMatchObject({ kind: 'check', alias: 'fgt-branch-07' });
  expect(JSON.stringify(parsed)).not.toContain('kd83');
});

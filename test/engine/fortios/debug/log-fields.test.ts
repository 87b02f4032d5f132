import { expect, it } from 'vitest';
import { readLogFields } from '../../../../src/engine/fortios/debug/log-fields.ts';

it.each([
  [
    'round brackets',
    '(logid=0101039426 action=ssl-login-fail user=wren)',
    { logid: '0101039426', user: 'wren' },
  ],
  ['square brackets', 'seen [logid=0101039426 user=wren]', { logid: '0101039426', user: 'wren' }],
  ['a value in brackets', 'user=(null) group=staff (EU)', { user: '(null)', group: 'staff (EU)' }],
  [
    'a pair that a person entered behind a quote',
    'logid="0100032161" msg="he said "no" user=rook" user="wren"',
    { user: 'wren', msg: 'he said "no" user=rook' },
  ],
  [
    'such a pair with words behind it',
    'logid="0100032161" msg="he said "no" user=rook today" user="wren"',
    { user: 'wren', msg: 'he said "no" user=rook today' },
  ],
  [
    'such a pair behind a comma',
    'logid="0100032161" msg="he said "no", user=rook" user="wren"',
    { user: 'wren', msg: 'he said "no", user=rook' },
  ],
  ['a text with a quoted word', 'msg="he said "no"" user="wren"', { user: 'wren' }],
  [
    'a text before pairs without quotes',
    'msg="failed" user=wren vd=root',
    { msg: 'failed', user: 'wren', vd: 'root' },
  ],
  ['a text before a comma', 'msg="failed","user=wren"', { msg: 'failed', user: 'wren' }],
  ['a remark behind the pairs', 'user="wren" msg="failed" (as I said)', { user: 'wren', msg: 'failed' }],
  [
    'a quoted remark',
    'logid="0101039426" (that is "login fail") user="wren"',
    { logid: '0101039426', user: 'wren' },
  ],
  ['a text that does not end', 'user="wren" msg="fail', { user: 'wren', msg: 'fail' }],
])('reads %s', (_what, line, expected) => {
  expect(Object.fromEntries(readLogFields(line))).toMatchObject(expected);
});

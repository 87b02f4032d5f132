import { expect, it } from 'vitest';
import { cutMessages } from '../../../src/engine/fortios/async-messages.ts';
import { parseVdomList } from '../../../src/engine/fortios/output/vdom-list.ts';
import { outputShape } from '../../../src/engine/fortios/output-shape.ts';

const BEHIND = "*ATTENTION*: Admin sessions removed because license registration status changed to 'INVALID'";
const WITHIN = 'logout all admin users';

/** Lines with a message at the end of one record, and a message with its line end within the next. */
it.each([
  [
    'diagnose sys vd list',
    [
      `name=root/root index=0 enabled fib_ver=40 use=168 rt_num=46${BEHIND}`,
      `name=campus/campus ${WITHIN}`,
      'index=1 enabled fib_ver=40 use=168 rt_num=46',
    ],
  ],
  [
    'get system vdom-property',
    ['== [ root ]', `name: root${BEHIND}`, `== [ cam${WITHIN}`, 'pus ]', 'name: campus'],
  ],
])('%s: a record is not taken for the end of the one before it', (command, printed) => {
  const shape = outputShape(command);
  const lines = cutMessages(printed, shape?.fits);
  expect(parseVdomList(lines)).toEqual(['root', 'campus']);
  expect(shape?.irregular(lines)).toEqual([]);
});

it.each([
  '\t\tip: 0.0.0fan 2 slow',
  '\t\tip: 0.0.0date=2026-01-07 time=14:30:09 devname="EDGE" msg="login".0 0.0.0.0',
  '\t\tip: 198.51.100.10',
  '\t\tmode: stalogout all admin userstic',
  '\t\tstatus: uset of rules reloaded',
])('%j is no line of an interface', (line) => {
  const shape = outputShape('get system interface physical');
  expect(shape?.irregular(['\t==[wan1]', line])).toEqual([line]);
});

it('takes the lines of an interface', () => {
  const lines = [
    '== [onboard]',
    '\t==[wan1]',
    '\t\tmode: dhcp',
    '\t\tip: 0.0.0.0 0.0.0.0',
    '\t\tipv6: ::/0',
    '\t\tstatus: up',
    '\t\tspeed: n/a',
  ];
  expect(outputShape('get system interface physical')?.irregular(lines)).toEqual([]);
});

it.each(['get system status', 'get system ha status', 'show user local'])(
  '%s: text behind a log line is not separated from it',
  (command) => {
    const line = 'Hostname: fdate=2026-01-07 time=14:30:09 devname="EDGE" logid="0100032001" msg="login"w';
    expect(outputShape(command)?.irregular([line])).toContain(line);
  },
);

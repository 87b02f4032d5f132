import { expect, it } from 'vitest';
import { cutMessages } from '../../src/fortios/async-messages.ts';
import { parseVdomList } from '../../src/fortios/output/vdom-list.ts';
import { outputShape } from '../../src/fortios/output-shape.ts';

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

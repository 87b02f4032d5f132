import { expect, it } from 'vitest';
import { isWholeConfiguration } from '../../src/evidence/whole-configuration.ts';
import { parseConfig } from '../../src/fortios/config/parse.ts';

const HEADER = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin';
const BLOCKS = 'config system global\nend\nconfig system interface\nend\nconfig system admin\nend';

it.each([
  ['a backup', `${HEADER}\n${BLOCKS}`, true],
  ['a multi-VDOM backup', `${HEADER}\nconfig global\n${BLOCKS}\nend\nconfig vdom\nedit root\nend`, true],
  ['one without its header', BLOCKS, false],
  ['one that is cut', `${HEADER}\n${BLOCKS}\nconfig user local`, false],
  ['one that lacks the administrators', `${HEADER}\n${BLOCKS.replace('admin', 'dns')}`, false],
  ['a header alone', HEADER, false],
  ["FortiAnalyzer's", `${HEADER.replace('FGT60F', 'FAZ200F')}\n${BLOCKS}`, false],
])('%s', (_what, text, whole) => {
  expect(isWholeConfiguration(parseConfig(text.split('\n')))).toBe(whole);
});

import { describe, expect, it } from 'vitest';
import { toSections } from '../../../src/engine/evidence/sections.ts';

describe('a prompt that only a device with VDOMs shows', () => {
  const multi = (text: string) => toSections({ name: 'paste', text }).some(({ multiVdom }) => multiVdom);

  it.each([
    [
      'a read in global scope',
      'FGT (global) # show system ftm-push\nconfig system ftm-push\nend\nFGT (global) # ',
      true,
    ],
    ['a read in a VDOM', 'FGT (root) # get system status\nHostname: FGT\n\nFGT (root) # ', true],
    [
      'a session typed in global scope',
      'FGT (global) # config system ftm-push\n\nFGT (ftm-push) # end\n',
      true,
    ],
    [
      'behind `config global`',
      'FGT # config global\n\nFGT (global) # get system ftm-push\n\nFGT (global) # ',
      true,
    ],
    ['at the root', 'FGT # show system ftm-push\nconfig system ftm-push\nend\nFGT # ', false],
    [
      'inside `config system global`',
      'FGT # config system global\n\nFGT (global) # show\n\nFGT (global) # end\n',
      false,
    ],
    [
      'inside what was opened before the text begins',
      'FGT (global) # get\n\nFGT (global) # set x y\n',
      false,
    ],
    ['a read that was refused', 'FGT (wan1) # get system status\nUnknown action 0\n\nFGT (wan1) # ', false],
  ])('%s', (_what, text, expected) => {
    expect(multi(text)).toBe(expected);
  });
});

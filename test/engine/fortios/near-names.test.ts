import { describe, expect, it } from 'vitest';
import { nearNames } from '../../../src/engine/fortios/near-names.ts';

const ALIASES = ['fgt-branch-07', 'fgt-branch-17', 'fgt-hq', 'vpn-lisbon'];
const USERS = ['marlow', 'wren', 'ana', 'heron', 'guest'];

describe('nearNames', () => {
  it.each([
    ['fgt-brnch-07', ALIASES, ['fgt-branch-07', 'fgt-branch-17']],
    ['branch-07', ALIASES, ['fgt-branch-07']],
    ['lisbon', ALIASES, ['vpn-lisbon']],
    ['FGT-HQ1', ALIASES, ['fgt-hq']],
    ['completely-different', ALIASES, []],
    ['', ALIASES, []],
    ['marlwo', USERS, ['marlow']],
    ['Marlo', USERS, ['marlow']],
    ['herno', USERS, ['heron']],
    ['bob', USERS, []],
    ['xy', USERS, []],
  ])('%s → %j', (name, names, expected) => {
    expect(nearNames(names, name)).toEqual(expected);
  });
});

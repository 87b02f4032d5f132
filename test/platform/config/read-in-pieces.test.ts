import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { readInPieces } from '../../../src/platform/config/read-in-pieces.ts';

const DEVICES = Array.from({ length: 450 }, (_, number) => `  fgt-${number}:\n    address: 192.0.2.1`);
const HEAD = '# devices\ndefaults:\n  username: u\n  password: { env: P }\ndevices: # all\n';
const FOOT = 'access:\n  - users: ["*"]\n    devices: ["*"]\n';

const LINES = `
  a:
    b: 1
  b: |
   text
    - c
  c: 'x
    y'
  d: [
    e: 1 ]
  ? f
  : g
---
...
# h
      i: 1
 j: 1
k: 1
  l: >-
    m: *n
  o: &n
  __proto__: 1
}
  p: # q
   r: 1
  <<: { s: 1 }
  t: u
    v
  w: {
  }
  "x": 1
  y z: 1`.split('\n');

/** The whole text with lines put in somewhere. */
function textWith(added: readonly string[], at = 210): string {
  return [HEAD.replace(' # all', ''), ...DEVICES.slice(0, at), ...added, ...DEVICES.slice(at), FOOT].join(
    '\n',
  );
}

it('reads the same as the whole', () => {
  const text = textWith(['', '# a comment', '  # another', '  "quoted name": { address: a }', '']);
  const flow = textWith(['  flow: { address: a, groups: [b,', '      c] }', '  1.5:', '  null: x'], 200);
  const cut = [...text.split('\n').slice(0, 500), '  last: |+', '   x', '   y'].join('\n');
  for (const each of [text, flow, cut, `${cut}\n\n`, text.replaceAll('\n', '\r\n')]) {
    const found = readInPieces(each);
    expect(found).toBeDefined();
    expect(found).toEqual(parse(each));
    expect(Object.keys(found?.devices ?? {})).toEqual(Object.keys(parse(each).devices));
  }
});

it.each([
  ['few devices', `${HEAD}${DEVICES.slice(0, 20).join('\n')}\n`],
  ['an alias', textWith(['  fgt-a: &a', '    address: a', '  fgt-b: *a'])],
  ['an alias to another part', textWith(['  fgt-b: *all']).replace('username: u', 'username: &all u')],
  ['a name twice, far from each other', textWith(['  fgt-3: { address: a }'])],
  ['two lists of devices', `${textWith([])}devices: {}\n`],
  ['another version of YAML', `%YAML 1.1\n---\n${textWith([])}`],
  ['two documents', textWith(['---'])],
  ['a list of devices', textWith([]).replace('  fgt-0:\n    address: 192.0.2.1', '  - a')],
  ['a quotation without end', textWith(['  fgt-a: "x'])],
  ['a name with less before it', textWith([' fgt-a: x'])],
  ['a tabulator', textWith(['\tfgt-a: x'])],
])('leaves %s to the whole', (_, text) => {
  expect(readInPieces(text)).toBeUndefined();
});

it('reads what it reads as the whole, whatever is in it', () => {
  const line = fc.constantFrom(...LINES);
  let read = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), fc.constantFrom(0, 199, 200, 201, 450), (added, at) => {
      const text = textWith(added, at);
      const found = readInPieces(text);
      if (found === undefined) return;
      read += 1;
      expect(found).toEqual(parse(text));
    }),
    { numRuns: 60, seed: 5 },
  );
  expect(read).toBeGreaterThan(10);
});

it('says where a mistake in a large file is', () => {
  const text = textWith(['  fgt-a:', '    adress: x']);
  expect(() => parseInventory(text, 'inv.yaml')).toThrow(/inv\.yaml:428:5: devices\.fgt-a\.adress is not/);
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../src/stand-ins/fortigate/scenario.ts';

describe('a scenario file', () => {
  it('says what the look-alike is and does', () => {
    expect(
      readScenario(`
config: branch.conf
version: "7.6.4"
outputs:
  get system ha status: |
    Mode: Standalone
device: { haRole: Primary, diagnose: false }
faults: { eatFirstChar: true, dropAfterCommand: show user local }
debug:
  ftm-push:
    - at once
    - { text: later, afterMs: 500 }
hosts: { fgt.example.net: 198.51.100.10 }
`),
    ).toEqual({
      kind: 'scenario',
      scenario: {
        config: 'branch.conf',
        version: '7.6.4',
        outputs: { 'get system ha status': 'Mode: Standalone\n' },
        behaviour: {
          haRole: 'Primary',
          diagnose: false,
          eatFirstChar: true,
          dropAfterCommand: 'show user local',
          debug: { 'ftm-push': [{ text: 'at once' }, { text: 'later', afterMs: 500 }] },
          hosts: { 'fgt.example.net': '198.51.100.10' },
        },
      },
    });
  });

  it.each([
    ['brackets', `outputs: ${'['.repeat(5000)}${']'.repeat(5000)}`, 'line 1, column 74'],
    ['maps', `faults: ${'{a: '.repeat(5000)}`, 'line 1, column 265'],
    [
      'blocks',
      Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'line 65, column 65',
    ],
  ])('says where it is nested too deeply: %s', (_, text, place) => {
    expect(readScenario(text)).toEqual({
      kind: 'problem',
      path: '',
      reason: `nested too deeply at ${place}`,
    });
  });

  it('may be empty', () => {
    expect(readScenario('')).toEqual({ kind: 'scenario', scenario: { behaviour: {} } });
  });

  it.each([
    ['faults: { eatFirst: true }', 'faults'],
    ['version: 7.6', 'version'],
    ['debug: { ftm-push: [{ text: 5 }] }', 'debug.ftm-push.0'],
    ['hosts: { a: b }', 'hosts.a'],
    ['surprise: 1', ''],
    ['- a list', ''],
    ['a: [', ''],
  ])('%s is refused, with its place', (text, path) => {
    expect(readScenario(text)).toMatchObject({ kind: 'problem', path });
  });

  it('the example of the documentation is one', () => {
    const page = readFileSync(new URL('../../../docs/reference/simulator.md', import.meta.url), 'utf8');
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect(readScenario(example).kind).toBe('scenario');
    expect(example).toContain('faults:');
  });
});

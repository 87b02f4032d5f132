import { describe, expect, it } from 'vitest';
import { createPlainBackupReader } from '../../../src/engine/diagnosis/plain-backup.ts';

const HEADER = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin';

function statementsOf(hostname: string): readonly string[] {
  return [
    HEADER,
    'config system global',
    `    set hostname "${hostname}"`,
    'end',
    'config system admin',
    'end',
  ];
}

describe('a reader of many backups', () => {
  it('hides a secret in each backup that holds it', () => {
    const read = createPlainBackupReader();
    const names = Array.from(
      { length: 3 },
      () => read('x', statementsOf('FGT60FTK20001234'), {})?.device.hostname,
    );
    expect(names).toEqual(['<serial#1>', '<serial#1>', '<serial#1>']);
  });

  it('hides a secret below a line that names it, in each backup', () => {
    const read = createPlainBackupReader();
    const below = [
      ...statementsOf('a'),
      'config user local',
      '        set type password',
      '  hunter22',
      'end',
    ];
    const first = JSON.stringify(read('x', below, {}) ?? 'not plain');
    expect(first).not.toContain('hunter22');
    expect(JSON.stringify(read('x', below, {}) ?? 'not plain')).toBe(first);
  });

  it('says the same of a backup whatever was read before', () => {
    const texts = Array.from({ length: 8 }, (_, index) => statementsOf(`fgt-${index % 3}`));
    const read = createPlainBackupReader();
    const together = texts.map((each) => read('x', each, {}));
    expect(together).toEqual(texts.map((each) => createPlainBackupReader()('x', each, {})));
  });

  it('leaves a text with another line to the usual way', () => {
    const read = createPlainBackupReader();
    expect(read('x', [...statementsOf('a'), 'fgt-branch-07 # diagnose debug enable'], {})).toBeUndefined();
    expect(read('x', statementsOf('a'), {})).toBeDefined();
  });
});

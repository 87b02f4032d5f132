import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/redact/redactor.ts';

/** Redacts all lines with one redactor, which remembers harmless ones. */
function redactLines(...lines: readonly string[]): readonly string[] {
  const redactor = createRedactor();
  return lines.map((line) => redactor.line(line));
}

describe('a line that was harmless before', () => {
  it('is a secret where it names an SNMP community', () => {
    const name = '        set name "branch-reader"';
    const lines = redactLines(name, name, 'config system snmp community', '    edit 1', name, 'end', name);
    expect(lines.slice(0, 2)).toEqual([name, name]);
    expect(lines[4]).not.toContain('branch-reader');
    expect(lines[6]).toBe(name);
  });

  it('is a secret in a community of another device, whose first line was harmless before', () => {
    const lines = ['config system snmp community', '    edit 1', '        set name "branch-reader"'];
    expect(redactLines(...lines)[2]).not.toContain('branch-reader');
    expect(redactLines(...lines)[2]).not.toContain('branch-reader');
  });

  it('is a secret where a label above ended its line', () => {
    const value = '    set hunter2-hunter2';
    const [first, , second] = redactLines(value, 'Password:', value);
    expect(first).toBe(value);
    expect(second).toBe(redactedBelowLabel(value));
  });

  it('is hidden inside of a private key', () => {
    const line = '  set abcdefghijklmnop';
    const [, , inside] = redactLines(line, '-----BEGIN PRIVATE KEY-----', line);
    const alone = createRedactor();
    alone.line('-----BEGIN PRIVATE KEY-----');
    expect(inside).toBe(alone.line(line));
  });
});

/** As a redactor hides it that has not seen the line before. */
function redactedBelowLabel(value: string): string {
  const redactor = createRedactor();
  redactor.line('Password:');
  return redactor.line(value);
}

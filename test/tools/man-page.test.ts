import { spawnSync } from 'node:child_process';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { describedProgram } from '../../scripts/described-program.ts';
import { manPage } from '../../scripts/man-page.ts';
import { EXIT } from '../../src/cli/process/exit-status.ts';

const program = describedProgram();
const page = manPage(program, '1.2.3');
/** As a reader sees it: groff is on most machines, and the checks of the source hold everywhere. */
const groff = spawnSync('groff', ['-man', '-Tascii', '-P-cbou', '-rLL=1000n', '-ww'], {
  input: page,
  encoding: 'utf8',
});

describe('the manual page', () => {
  it('describes every command that the help lists, with all of its options', () => {
    const commands = visible(program);
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands) {
      const [, section] = page.split(`.SS ${escaped(nameOf(command))}\n`);
      expect(section, nameOf(command)).toBeDefined();
      const own = section?.split(/^\.S[SH] /m)[0] ?? '';
      for (const { long, hidden } of command.options) {
        if (!hidden) expect(own, nameOf(command)).toContain(`\\fB${escaped(long ?? '')}\\fR`);
      }
    }
    expect(page).not.toContain('\\-check complete\n');
  });

  it('names every exit status', () => {
    for (const status of Object.values(EXIT)) expect(page).toContain(`\n.B ${status}\n`);
  });

  it('holds only requests of man(7), and no line that is one by accident', () => {
    const requests = page.split('\n').filter((line) => /^[.']/.test(line));
    expect(requests.filter((line) => !/^\.(?:\\"|TH|SH|SS|TP|PP|B|I|br|EX|EE)(?: |$)/.test(line))).toEqual(
      [],
    );
    expect(page).not.toMatch(/^\s*$\n/m);
    expect(page).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('is the same each time', () => {
    expect(manPage(describedProgram(), '1.2.3')).toBe(page);
  });

  it.skipIf(groff.error !== undefined)('is printed by groff without a warning', () => {
    expect({ status: groff.status, stderr: groff.stderr }).toEqual({ status: 0, stderr: '' });
    const text = groff.stdout;
    expect(text).toContain('ftm-check hosts scan [OPTION...] HOST');
    expect(text).toContain('--save-evidence DIR');
    expect(text).not.toContain('\\');
    // Every sentence of the help arrives whole.
    for (const command of visible(program)) {
      expect(text.replaceAll(/\s+/g, ' ')).toContain(ascii(command.description()));
    }
  });
});

function visible(command: Command): readonly Command[] {
  const below = command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== 'help');
  return below.flatMap((each) => [each, ...visible(each)]);
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

function escaped(text: string): string {
  return text.replaceAll('-', '\\-');
}

function ascii(text: string): string {
  return text.replaceAll(/[“”]/g, '"').replaceAll('’', "'").replaceAll('…', '...');
}

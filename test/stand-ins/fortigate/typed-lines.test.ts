import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cli } from '../../../src/stand-ins/fortigate/cli.ts';
import { createDeviceState } from '../../../src/stand-ins/fortigate/device-state.ts';
import { toWords } from '../../../src/stand-ins/fortigate/words.ts';

function device(version: string, config = '') {
  const state = createDeviceState(
    `#config-version=FGT60F-${version}-FW-build1000-250101:opmode=0:vdom=0\n${config}`,
  );
  const cli = new Cli({ state, behaviour: {}, outputs: new Map(), record: () => {} });
  const type = (...lines: string[]) =>
    lines.map((line) => cli.execute(line).lines.filter(Boolean).join(' | '));
  return { cli, state, type };
}

describe('bad input', () => {
  it('no typed line breaks the command line', () => {
    const words = fc.constantFrom(
      'config',
      'system',
      'ftm-push',
      'edit',
      'set',
      'server',
      '"',
      "'",
      '\\',
      '|',
      'grep',
      '-f',
      'end',
      'next',
      'abort',
      'show',
      'get',
      'user',
      'local',
      'append',
      'sudo',
      'global',
      'diagnose',
      'debug',
      'move',
      '0',
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(words, fc.string()), { maxLength: 6 }), { maxLength: 25 }),
        (script) => {
          const { cli } = device('7.4.8');
          for (const line of script) {
            const said = cli.execute(line.join(' '));
            expect(Array.isArray(said.lines)).toBe(true);
            expect(cli.prompt()).toMatch(/^(?:FG\S*(?: \(.*\))? # |> )$/s);
          }
          cli.close();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('quoting and cutting are inverse', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().filter((each) => !each.endsWith('\\')),
          { maxLength: 5 },
        ),
        (values) => {
          const line = values.map((each) => `"${each.replace(/["\\]/g, '\\$&')}"`).join(' ');
          expect(toWords(line)).toEqual({ kind: 'words', words: values });
        },
      ),
    );
  });
});

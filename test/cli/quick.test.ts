import { PassThrough, Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { type PlainAnalyze, readPlain } from '../../src/cli/quick.ts';

describe('a plain command line', () => {
  it.each([
    [['analyze'], { files: [], format: 'text' }],
    [['analyze', '-'], { files: ['-'], format: 'text' }],
    [['analyze', 'a.log', '--format', 'slack', 'b.log'], { files: ['a.log', 'b.log'], format: 'slack' }],
    [['analyze', 'a.log', '--format', 'json'], undefined],
    [['analyze', 'a.log', '--format', 'xml'], undefined],
    [['analyze', 'a.log', '--format'], undefined],
    [['analyze', '--format=text', 'a.log'], undefined],
    [['analyze', '--', 'a.log'], undefined],
    [['analyze', '--help'], undefined],
    [['rules'], undefined],
    [['--version'], undefined],
    [[], undefined],
  ])('%j', (args, expected) => {
    expect(readPlain(args)).toEqual(expected);
  });

  it('is read as Commander reads it', async () => {
    const word = fc.constantFrom(
      'a',
      'b.log',
      '-',
      '',
      'help',
      '--format',
      'text',
      'slack',
      'json',
      '--',
      '-x',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
        const plain = readPlain(['analyze', ...words]);
        if (plain) expect(await asCommander(['analyze', ...words])).toEqual(plain);
      }),
    );
  });
});

async function asCommander(args: readonly string[]): Promise<PlainAnalyze | undefined> {
  let read: PlainAnalyze | undefined;
  const io = {
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {},
    now: () => 0,
    signal: new AbortController().signal,
  };
  const program = createProgram(io, () => undefined);
  program.commands
    .find((command) => command.name() === 'analyze')
    ?.action((files: string[], { format }: Pick<PlainAnalyze, 'format'>) => {
      read = { files, format };
    });
  await program.parseAsync(args, { from: 'user' });
  return read;
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_LINE, editLine, insert, replaceLine } from '../../../src/stand-ins/fortigate/line-editor.ts';
import { withShell } from './shell-client.ts';

const PROMPT = 'fgt-branch-07 # ';

/** Characters and escape sequences, the latter without their first byte. */
function tokensOf(bytes: string): readonly string[] {
  const [first = '', ...sequences] = bytes.split('\x1b');
  return [
    ...Array.from(first),
    ...sequences.flatMap((each) => {
      const [sequence = ''] = /^\[\d*[A-Za-z@]/.exec(each) ?? [];
      return [sequence, ...Array.from(each.slice(sequence.length))];
    }),
  ];
}

/** One line of a terminal: what a person sees after these bytes. */
function seen(bytes: string): { text: string; cursor: number } {
  let text = '';
  let cursor = 0;
  for (const token of tokensOf(bytes)) {
    const [, amount = '', final = ''] = /^\[(\d*)([A-Za-z@])$/.exec(token) ?? [];
    const count = Number(amount || 1);
    if (token === '\b') cursor -= 1;
    else if (final === 'D') cursor -= count;
    else if (final === 'K') text = text.slice(0, cursor);
    else if (final === 'P') text = text.slice(0, cursor) + text.slice(cursor + count);
    else if (final === '@') text = text.slice(0, cursor) + ' '.repeat(count) + text.slice(cursor);
    else if (token.length === 1 && token >= ' ') {
      text = text.slice(0, cursor) + token + text.slice(cursor + 1);
      cursor += 1;
    }
  }
  return { text, cursor };
}

it('the echo shows the line as it is, whatever keys are pressed', () => {
  const keys = [
    'a',
    'b',
    ' ',
    '\b',
    '\x7f',
    '\x15',
    '\x1b[D',
    '\x1b[C',
    '\x1b[3~',
    '\x01',
    '\x05',
    '\x02',
    '\x06',
    '\x0b',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 60 }), fc.boolean(), (typed, recall) => {
      let state = EMPTY_LINE;
      let bytes = '';
      for (const key of typed) {
        const edited = editLine(state, key);
        state = edited.state;
        bytes += edited.echo;
      }
      const last = recall ? replaceLine(state, 'show system dns') : insert(state, 'x');
      expect(seen(bytes + last.echo)).toEqual(last.state);
    }),
  );
});

describe('keys at the prompt', () => {
  it.each([
    [
      '? prints help at once and types the rest again',
      'show system d?',
      `show system d\r\nddns                    ddns\r\ndns                     dns\r\n\r\n${PROMPT}show system d`,
    ],
    ['Tab completes what is unique', 'show system ftm\t', 'show system ftm-push '],
    ['Tab rings where it is not', 'show system d\t', 'show system d\x07'],
    ['an unknown key rings', 'x\x07', 'x\x07'],
    ['Ctrl-V takes the next key as it is', 'x\x16?', 'x?'],
  ])('%s', async (_, typed, echoed) => {
    await withShell({}, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write(typed);
      await until(echoed);
    });
  });

  it('the arrow keys bring back earlier lines', async () => {
    await withShell({}, async ({ channel, until, simulator }) => {
      await until(PROMPT);
      for (const line of ['show system dns', 'show system ntp']) {
        channel.write(`${line}\n`);
        await until(PROMPT);
      }
      channel.write('\x1b[A\x1b[A\x1b[B\x1b[A\n');
      await until(PROMPT);
      expect(simulator.commands.at(-1)).toBe('show system dns');
    });
  });

  it('editing in mid-line reaches the command', async () => {
    await withShell({}, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write('show sytem dns\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D\x1b[Ds\n');
      expect(await until(PROMPT)).toContain('\r\nconfig system dns\r\n');
    });
  });

  it('Ctrl-C leaves an open block, and ends the session where there is none', async () => {
    await withShell({}, async ({ channel, until, closed }) => {
      await until(PROMPT);
      channel.write('config system global\n');
      await until('fgt-branch-07 (global) # ');
      channel.write('\x03');
      await until(PROMPT);
      channel.write('\x03');
      await closed;
    });
  });

  it('an open quote goes on in the next line', async () => {
    await withShell({}, async ({ channel, until, simulator }) => {
      await until(PROMPT);
      channel.write('config system accprofile\nedit x\n');
      await until('(x) # ');
      channel.write('set comments "one\n');
      expect(await until('> ')).not.toContain('#');
      channel.write('two"\nend\n');
      await until(PROMPT);
      expect(
        simulator.state.block({ kind: 'none' }, 'system accprofile')?.entries.at(-1)?.settings[0]?.values,
      ).toEqual(['one\ntwo']);
    });
  });

  it('an idle session ends with Timeout', async () => {
    await withShell({ behaviour: { idleTimeoutMs: 30 } }, async ({ until, closed }) => {
      await until(PROMPT);
      expect(await closed).toBe('\r\nTimeout\r\n');
    });
  });
});

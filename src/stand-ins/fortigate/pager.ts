import type { Pty, Terminal } from './terminal.ts';

const MARKER = '--More-- ';
const ERASE = `\r${' '.repeat(9)}\r`;

/** Prints lines page by page: a page is the PTY's rows less two, counted after wrapping at its columns. */
export async function printPaged(terminal: Terminal, lines: readonly string[], pty: Pty): Promise<void> {
  const page = Math.max(1, pty.rows - 2);
  let room = page;
  let ready = '';
  for (const line of lines) {
    const rows = Math.max(1, Math.ceil(line.length / Math.max(1, pty.cols)));
    if (rows > room && room < page) {
      await terminal.write(`${ready}${MARKER}`);
      ready = '';
      const key = await terminal.key();
      await terminal.write(ERASE);
      if (key === undefined || key === 'q' || key === 'Q') return;
      room = key === '\n' ? 1 : page;
    }
    ready += `${line}\r\n`;
    room -= rows;
  }
  await terminal.write(ready);
}

import { describe, expect, it } from 'vitest';
import { generateKey } from '../../../src/stand-ins/fortigate/generate-key.ts';
import { startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { withShell } from './shell-client.ts';

const PROMPT = 'fgt-branch-07 # ';

describe('the bytes of a session', () => {
  it.each(['\n', '\r', '\r\n'])('%j is one Enter', async (enter) => {
    await withShell({}, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write(`show system dns${enter}`);
      expect(await until(PROMPT)).toBe(
        'show system dns\r\r\nconfig system dns\r\n    set primary 203.0.113.53\r\n' +
          `    set secondary 203.0.113.54\r\nend\r\n\r\n${PROMPT}`,
      );
    });
  });

  it('a page is the rows less two, counted after wrapping', async () => {
    await withShell({ pty: { rows: 12, cols: 40 } }, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write('show system interface\n');
      const first = await until('--More-- ');
      const rows = first
        .split('\r\n')
        .slice(1, -1)
        .map((line) => Math.ceil(line.length / 40));
      expect(rows.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(10);
      expect(rows.length).toBeGreaterThan(7);
      channel.write(' ');
      const second = await until('--More-- ');
      expect(second.startsWith(`\r${' '.repeat(9)}\r`)).toBe(true);
      channel.write('q');
      expect(await until(PROMPT)).toBe(`\r${' '.repeat(9)}\r\r\n${PROMPT}`);
    });
  });

  it('the pager touches show and get only', async () => {
    await withShell({ pty: { rows: 4, cols: 80 } }, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write('diagnose fortitoken info\n');
      expect(await until(PROMPT)).not.toContain('--More--');
    });
  });

  it('edits the line: Backspace, Ctrl-U', async () => {
    await withShell({}, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write('garbage\x15show system dnx\x7fs\n');
      expect(await until(PROMPT)).toContain('\r\nconfig system dns\r\n');
    });
  });

  it.each(['\x03', '\x04', 'exit\n'])('%j at the prompt ends the session', async (bytes) => {
    await withShell({}, async ({ channel, until }) => {
      await until(PROMPT);
      const closed = new Promise((resolve) => channel.once('close', resolve));
      channel.write(bytes);
      await closed;
    });
  });

  it('Enter after the accepted banner gives a second prompt', async () => {
    await withShell({ behaviour: { postLoginBanner: 'Hello' } }, async ({ channel, until }) => {
      await until("(Press 'a' to accept):");
      channel.write('a\r');
      expect(await until(`${PROMPT}\r\r\n${PROMPT}`)).toBeTruthy();
    });
  });
});

it('publishes the key it presents', async () => {
  const { private: hostKey, public: line } = generateKey();
  const simulator = await startSimulator({ configText: '', hostKeys: [hostKey] });
  await simulator.close();
  expect(simulator.hostKeyLines).toEqual([line]);
  expect(simulator.fingerprints[0]).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
});

import { expect, it } from 'vitest';
import { readMessage } from '../../../src/bot/intake/incoming-message.ts';

it('hides a secret in the name of a file, before anybody is told the name', () => {
  const message = readMessage({
    channel: 'C0SUPPORT',
    user: 'U0ANA',
    ts: '1700.1',
    files: [{ name: 'vpn password=Kx8vTq2LmZ9w.log' }, { name: 'debug.log' }],
  });
  const [named, plain] = message?.files ?? [];
  expect(named?.name).toMatch(/^vpn password=/);
  expect(named?.name).not.toContain('Kx8vTq2LmZ9w');
  expect(plain?.name).toBe('debug.log');
});

import { createServer } from 'node:net';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { ALL, collect, deviceAt } from './device-fixture.ts';

/** Says one thing to every client, and hangs up. */
async function withServer(greeting: string | Buffer, work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await work(typeof address === 'object' && address ? address.port : 0);
  } finally {
    server.close();
  }
}

describe('what is not a FortiGate', () => {
  it('refuses the connection', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const attempt = collect({ device: deviceAt({ port, hostKeyLines: [] }), commands: ['dns'] });
    await expect(attempt).rejects.toMatchObject({ code: 'ftm_device_unreachable', retryable: true });
  });

  it('has no address', async () => {
    const device = deviceAt({ port: 22, hostKeyLines: [] }, { address: 'fgt.invalid' });
    await expect(collect({ device, commands: ['dns'] })).rejects.toMatchObject({
      code: 'ftm_device_unreachable',
    });
  });

  it.each<readonly [string, string | Buffer]>([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['TLS, as on the port of its web pages', Buffer.from([0x15, 3, 1, 0, 2, 2, 40])],
    ['without end, and never says what', 'hello\r\n'.repeat(20_000)],
  ])('speaks %s', async (_, greeting) => {
    await withServer(greeting, async (port) => {
      const attempt = collect({ device: deviceAt({ port, hostKeyLines: [] }), commands: ['dns'] });
      await expect(attempt).rejects.toMatchObject({
        code: 'ftm_device_not_fortigate',
        message: `fgt-test (port ${port}) answers, but not with SSH.`,
        retryable: false,
      });
    });
  });

  it.each(['', 'SS', 'SSH-2.0-', 'SSH-2.0-AqTN-\r\n'])(
    'is not said of a device that breaks off after %j: it may be one that drops us',
    async (greeting) => {
      await withServer(greeting, async (port) => {
        const attempt = collect({ device: deviceAt({ port, hostKeyLines: [] }), commands: ['dns'] });
        await expect(attempt).rejects.toMatchObject({ code: 'ftm_device_unreachable', retryable: true });
      });
    },
  );

  it.each([
    ['a FortiADC', 'Version: FortiADC-VM v7.4.1,build0300,230101 (GA)', 1],
    // Not a line of a FortiGate: it might be a message of a daemon, so it is asked again.
    ['a router', 'Cisco IOS XE Software, Version 17.09.04', 2],
  ])('is %s', async (_, text, asked) => {
    const simulator = await startSimulator({
      configText: sampleConfig('branch-07'),
      outputs: { 'get system status': text },
    });
    try {
      await expect(collect({ device: deviceAt(simulator), commands: ALL })).rejects.toMatchObject({
        code: 'ftm_device_not_fortigate',
      });
      expect(simulator.commands).toEqual(Array.from({ length: asked }, () => 'get system status'));
    } finally {
      await simulator.close();
    }
  });

  it.each(['root@debian:~# ', '(M) redhat-lb-01 $ ', '> ', 'router>'])('prompts %j', async (prompt) => {
    const { private: hostKey, public: pin } = generateKey();
    const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
      connection.on('error', () => {});
      connection.on('authentication', (context) => context.accept());
      connection.on('session', (accept) => {
        const session = accept();
        session.on('pty', (acceptPty) => acceptPty?.());
        session.on('shell', (acceptShell) => acceptShell().write(`Last login: today\r\n${prompt}`));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      const attempt = collect({ device: deviceAt({ port, hostKeyLines: [pin] }), commands: ['dns'] });
      await expect(attempt).rejects.toMatchObject({ code: 'ftm_device_not_fortigate' });
    } finally {
      server.close();
    }
  });
});

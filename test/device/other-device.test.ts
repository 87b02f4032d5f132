import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { collect, deviceAt } from './device-fixture.ts';

/** As after a failover: the second connection to an address reaches another unit. */
async function readAcross(version: string) {
  const configText = sampleConfig('branch-07');
  const first = await startSimulator({
    configText,
    version: '7.2.8',
    behaviour: { dropAfterCommand: 'show user local', drops: 1 },
  });
  const second = await startSimulator({ configText, version });
  const ports = [first.port, second.port];
  const server = createServer((socket) => {
    const unit = connect(ports.shift() ?? second.port, '127.0.0.1');
    socket.pipe(unit).pipe(socket);
    for (const end of [socket, unit]) {
      end.on('error', () => {});
      end.on('close', () => [socket, unit].forEach((each) => void each.destroy()));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const hostKeyLines = [...first.hostKeyLines, ...second.hostKeyLines];
    const items = await collect({
      device: deviceAt({ port, hostKeyLines }),
      commands: ['dns', 'local-users', 'user-groups'],
    });
    return { items, commands: second.commands };
  } finally {
    server.close();
    await first.close();
    await second.close();
  }
}

it('goes on at the unit that answers after a lost connection if it is of the same release', async () => {
  const { items, commands } = await readAcross('7.2.8');
  expect(items.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined, undefined]);
  expect(commands).toEqual(['get system status', 'show user local', 'show user group', 'exit']);
});

it('does not mix the configurations of two releases', async () => {
  const { items, commands } = await readAcross('7.4.8');
  expect(items.map(({ failure }) => failure?.kind)).toEqual([undefined, undefined, 'not-run', 'not-run']);
  expect(items[2]?.failure?.reason).toContain('another release or VDOM mode answered');
  expect(commands).not.toContain('show user local');
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** What was sent to a server so far. */
export interface RecordedWrites extends Disposable {
  soFar(): string;
}

/**
 * Every command that any client sends to the server: also what was deleted again before a test could look.
 * Over a socket of its own: `monitor()` of ioredis takes a command that comes in one packet with the `+OK` for an answer.
 */
export async function recordWrites(url: string): Promise<RecordedWrites> {
  const { hostname, port, password } = new URL(url);
  const socket = connect(Number(port), hostname);
  // The server may be stopped first.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const requests = password === '' ? ['MONITOR'] : [`AUTH ${decodeURIComponent(password)}`, 'MONITOR'];
  const commands: string[] = [];
  const recording = Promise.withResolvers<void>();
  let granted = 0;
  createInterface({ input: socket }).on('line', (line) => {
    if (line !== '+OK') commands.push(line.replaceAll('\\"', '"'));
    else if (++granted === requests.length) recording.resolve();
  });
  socket.write(requests.map((each) => `${each}\r\n`).join(''));
  await recording.promise;
  return {
    soFar: () => commands.join('\n'),
    [Symbol.dispose]() {
      socket.destroy();
    },
  };
}

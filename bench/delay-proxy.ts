import { connect, createServer, type Socket } from 'node:net';

/**
 * A process of its own between a client and a server: holds every byte back for half of the delay in each direction,
 * and tells how long the client itself took: the time from the last bytes it was given to the next it sent.
 * Arguments: port of the server, round-trip delay in milliseconds. Prints its port, then one JSON line per connection.
 */
export interface Trip {
  /** From the connection to its end, in milliseconds. */
  readonly totalMs: number;
  /** Of these, waiting for the client. */
  readonly clientMs: number;
  /** How often the client spoke after the server had. */
  readonly roundTrips: number;
}

const [targetPort = 0, delayMs = 0] = process.argv.slice(2).map(Number);

const server = createServer({ noDelay: true }, (client) => {
  const device = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
  const startedAt = performance.now();
  let givenAt: number | undefined;
  let clientMs = 0;
  let roundTrips = 0;
  pass(client, device, () => {
    if (givenAt === undefined) return;
    clientMs += performance.now() - givenAt;
    roundTrips += 1;
    givenAt = undefined;
  });
  pass(
    device,
    client,
    () => undefined,
    () => {
      givenAt = performance.now();
    },
  );
  client.once('close', () => {
    // Closing is the client's own time too.
    if (givenAt !== undefined) clientMs += performance.now() - givenAt;
    const trip: Trip = { totalMs: performance.now() - startedAt, clientMs, roundTrips };
    process.stdout.write(`${JSON.stringify(trip)}\n`);
  });
});

function pass(from: Socket, to: Socket, onData: () => void, onGiven: () => void = () => undefined): void {
  const later = (work: () => void) => (delayMs === 0 ? work() : setTimeout(work, delayMs / 2));
  from.on('data', (bytes) => {
    onData();
    later(() => {
      to.write(bytes);
      onGiven();
    });
  });
  from.on('error', () => to.destroy());
  from.on('end', () => later(() => to.end()));
  from.on('close', () => later(() => to.destroy()));
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`);
});
process.once('SIGTERM', () => process.exit(0));

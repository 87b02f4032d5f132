import { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';

/**
 * A forwarded channel as a stream that closes on request, and when the connection that carries it is lost: a channel
 * of ssh2 does neither, and its client would wait for ever.
 */
export function forwardedStream(client: Client, channel: ClientChannel): Duplex {
  const stream = new Duplex({
    read: () => void channel.resume(),
    write: (chunk, encoding, done) => void channel.write(chunk, encoding, done),
    final: (done) => void channel.end(done),
    destroy(error, done) {
      channel.close();
      done(error);
    },
  });
  const gone = () => void stream.destroy();
  channel.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) channel.pause();
  });
  channel.once('end', () => stream.push(null));
  channel.on('error', gone);
  channel.once('close', gone);
  client.once('close', gone);
  return stream;
}

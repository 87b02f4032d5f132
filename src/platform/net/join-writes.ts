import type { Duplex } from 'node:stream';

/**
 * From here on, what is written in one turn of the event loop leaves together. ssh2 writes an encrypted packet in three
 * pieces, and ioredis each command: each would be a system call and, without Nagle's delay, a segment of its own on the
 * network, which wakes its receiver. Of three commands a turn each then takes 5 instead of 9 µs of processor time, of ten
 * 2.5 instead of 7 µs (20,000 `GET` of a Valkey on the same machine).
 */
export function joinWrites(socket: Duplex): void {
  const write = socket.write.bind(socket);
  socket.write = ((...args: Parameters<Duplex['write']>) => {
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    return write(...args);
  }) as Duplex['write'];
}

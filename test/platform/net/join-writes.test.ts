import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { joinWrites } from '../../../src/platform/net/join-writes.ts';

/** A stream, and what left it: the chunks of each write together. */
function stream() {
  const left: string[][] = [];
  const socket = new Duplex({
    read() {},
    writev(chunks, done) {
      left.push(chunks.map(({ chunk }) => String(chunk)));
      done();
    },
  });
  return { socket, left };
}

const turn = () => new Promise(setImmediate);

it('writes the pieces of one turn together, and those of the next by themselves', async () => {
  const { socket, left } = stream();
  joinWrites(socket);

  for (const piece of ['length', 'packet', 'tag']) socket.write(piece);
  await turn();
  socket.write('next');
  socket.write('tag');
  await turn();
  expect(left).toEqual([
    ['length', 'packet', 'tag'],
    ['next', 'tag'],
  ]);
});

it('writes what came before the end of the stream', async () => {
  const { socket, left } = stream();
  joinWrites(socket);

  socket.write('packet');
  socket.write('tag');
  socket.end();
  await turn();
  expect(left).toEqual([['packet', 'tag']]);
});

it('tells the writer when a piece was written, and when there is too much of it', async () => {
  const { socket } = stream();
  joinWrites(socket);

  const isWritten = new Promise((resolve) => {
    expect(socket.write('x'.repeat(socket.writableHighWaterMark), resolve)).toBe(false);
  });
  await isWritten;
  await turn();
  expect(socket.write('x')).toBe(true);
});

import { Duplex, Readable } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { createByteBudget } from '../../src/device/byte-budget.ts';
import { createShell, type Shell } from '../../src/device/session/shell.ts';

/** What was sent to it, and the bytes that came back. */
export type Script = readonly (readonly [sent: string, answer: string])[];

/**
 * A shell that answers from a recording: each expected line or key, in order, with its bytes, cut into pieces of
 * `chunk` bytes. Anything unexpected ends the session, so that a test cannot hang on it.
 */
export function scriptedShell(greeting: string, script: Script, chunk: number): Shell {
  const steps = [...script];
  const channel = new Duplex({
    read() {},
    write(data: Buffer, _encoding, done) {
      const step = steps.shift();
      if (step?.[0] === data.toString()) say(step[1]);
      else channel.destroy();
      done();
    },
  });
  function say(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += chunk) channel.push(bytes.subarray(at, at + chunk));
  }
  say(greeting);
  const stderr = new Readable({ read() {} });
  return createShell(
    Object.assign(channel, { stderr, close: () => channel.destroy() }) as unknown as ClientChannel,
    { alias: 'fgt', byteBudget: createByteBudget('fgt') },
  );
}

import type { Writable } from 'node:stream';

/** On the channel itself and not in the functions that write, so that nothing can be sent without an audit record. */
export function reportWrites(channel: Pick<Writable, 'write'>, onSent: (text: string) => void): void {
  const write = channel.write.bind(channel);
  channel.write = ((...args: Parameters<Writable['write']>) => {
    onSent(String(args[0]));
    return write(...args);
  }) as Writable['write'];
}

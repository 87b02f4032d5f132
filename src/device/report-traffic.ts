import type { ClientChannel } from 'ssh2';
import type { Connection } from './transport/connect.ts';

/** Called with everything that a device prints into a session, as it arrives. */
export type OnReceived = (bytes: Buffer) => void;

/** The connection whose sessions report what the device prints; when the session reads it does not change. */
export function reportReceived(connection: Connection, onReceived: OnReceived): Connection {
  return {
    ...connection,
    async openShell(signal) {
      const channel = await connection.openShell(signal);
      const emit = channel.emit.bind(channel);
      // A listener of its own would start the data flow before the session listens.
      channel.emit = ((event: string, ...values: unknown[]) => {
        if (event === 'data') onReceived(values[0] as Buffer);
        return emit(event, ...values);
      }) as ClientChannel['emit'];
      return channel;
    },
  };
}

import { once } from 'node:events';
import type { Server } from 'node:http';

/** Resolves with the port, also where 0 picks a free one; rejects if it is in use. */
export async function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return getPort(server);
}

export function getPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the HTTP server listens on no port');
  return address.port;
}

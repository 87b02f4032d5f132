import type { Duplex } from 'node:stream';
import type { SshEndpoint } from '../config/inventory-types.ts';
import { algorithmsFor } from './algorithms.ts';
import { authenticate } from './authentication.ts';
import { raceAbort } from './budget.ts';
import { type Connection, connect } from './connect.ts';
import { type ReadSecret, readCredential } from './credential.ts';
import { refuseHostKey } from './host-keys.ts';
import { tokenQuestion } from './login.ts';
import { loadTrust } from './trust.ts';

/** An authenticated connection to a host whose key is pinned; nothing secret is sent to any other. */
export async function signIn(
  endpoint: SshEndpoint,
  readSecret: ReadSecret,
  signal: AbortSignal,
  stream?: Duplex,
): Promise<Connection> {
  const [secret, trust] = await raceAbort(
    Promise.all([readCredential(endpoint, readSecret), loadTrust(endpoint)]),
    signal,
  ).catch((error: unknown) => {
    stream?.destroy();
    throw error;
  });
  return await connect({
    endpoint,
    ...(stream === undefined ? {} : { stream }),
    algorithms: algorithmsFor(endpoint.algorithms, trust.pins),
    judgeKey: (key) => refuseHostKey(endpoint, trust, key),
    authenticate: (fail) =>
      authenticate({
        username: endpoint.username,
        secret,
        onQuestion: () => fail(tokenQuestion(endpoint)),
      }),
    signal,
  });
}

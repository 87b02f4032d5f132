import { FtmError } from '../../engine/ftm-error.ts';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import { raceAbort } from '../budget.ts';
import { signInQuestionError } from '../sign-in-questions.ts';
import { algorithmsFor } from './algorithms.ts';
import { authenticate } from './authentication.ts';
import { type Connection, type ConnectOptions, connect } from './connect.ts';
import { type ReadSecret, readCredential } from './credential.ts';
import { refuseHostKey } from './host-keys.ts';
import { loadTrust } from './trust.ts';

/** `stream`: through a jump host. */
export interface SignInOptions
  extends Pick<ConnectOptions, 'endpoint' | 'signal' | 'byteBudget' | 'stream' | 'logger'> {
  readonly readSecret: ReadSecret;
}

/** An authenticated connection to a host whose key is pinned; nothing secret is sent to any other. */
export async function signIn({ readSecret, ...options }: SignInOptions): Promise<Connection> {
  const { endpoint, signal, stream } = options;
  const [secret, trust] = await raceAbort(
    Promise.all([readCredential(endpoint, readSecret), loadTrust(endpoint)]),
    signal,
  ).catch((error: unknown) => {
    stream?.destroy();
    throw error;
  });
  const connection = connect({
    ...options,
    algorithms: algorithmsFor(endpoint.algorithms, trust.pins),
    judgeKey: (key) => refuseHostKey(endpoint, trust, key),
    authenticate: (fail) =>
      authenticate(endpoint.username, secret, (asked) => fail(signInQuestionError(endpoint, asked))),
  });
  return await connection.catch((error: unknown) => {
    const isRsaKey = secret.kind === 'key' && secret.key.type === 'ssh-rsa';
    throw isRsaKey && error instanceof FtmError && error.code === 'ftm_device_auth_failed'
      ? rsaRefused(endpoint, error)
      : error;
  });
}

/** FortiOS before 7.0.14 and 7.2.8 does not know SHA-2 signatures of RSA keys (oxidized#3235). */
function rsaRefused({ alias, username }: SshEndpoint, cause: FtmError): FtmError {
  return new FtmError('ftm_device_auth_failed', `${alias} did not accept the RSA key of ${username}.`, {
    advice:
      'FortiOS before 7.0.14 and 7.2.8 accepts RSA keys only with old signatures: an ed25519 key avoids the problem. ' +
      (cause.advice ?? ''),
    cause,
  });
}

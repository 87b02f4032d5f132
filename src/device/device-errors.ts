import { FtmError } from '../engine/ftm-error.ts';
import type { Device, JumpHost, SshEndpoint, Timeouts } from '../platform/config/inventory-types.ts';

export function connectionError(device: SshEndpoint, error: unknown): FtmError {
  if (error instanceof FtmError) return error;
  const { code, level, message } = readError(error);
  const address = endpointText(device);
  if (level === 'client-authentication') return authenticationFailed(device, error);
  if (level === 'agent') {
    return new FtmError('ftm_config_invalid', `The SSH agent did not sign for ${device.alias}.`, {
      advice: 'The key may need a confirmation, or the agent has ended. `ssh-add -T` tests a key.',
      cause: error,
    });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || level === 'client-dns') {
    return unreachable(`The address of ${device.alias} could not be resolved.`, {
      advice: 'Check `address` of the device in the inventory, and the DNS of the machine this runs on.',
      cause: error,
    });
  }
  if (code === 'ECONNREFUSED') {
    return unreachable(`${address} refused the connection.`, {
      advice: isJumpHost(device)
        ? 'Check its address and port in the inventory, and whether its SSH server runs.'
        : 'Check that SSH is in `allowaccess` of that interface, and that `admin-ssh-port` is this port.',
      cause: error,
    });
  }
  if (level === 'client-timeout' || code === 'ETIMEDOUT') return timedOut(device, 'keepalive', error);
  if (hasMislabelledKey(error)) return mislabelledKey(device, error);
  if (level === 'handshake' && message.includes('signature')) {
    return protocolError(`${device.alias} did not prove that it owns its SSH host key.`, {
      advice: 'A system on the path may alter the connection; try from another network.',
      cause: error,
    });
  }
  if (level === 'handshake') {
    return protocolError(`${device.alias} and this program share no SSH algorithm.`, {
      advice:
        device.algorithms === 'legacy'
          ? 'The device offers no algorithm of the legacy profile; upgrade it or extend its SSH settings.'
          : 'If it runs an old FortiOS, set `algorithms: legacy` for it in the inventory.',
      cause: error,
    });
  }
  return unreachable(`The connection to ${address} broke.`, {
    advice: isJumpHost(device)
      ? 'Try again, and see the log of its SSH server if it breaks each time.'
      : `If it breaks at once each time, the device may drop ${describeSource(device)} because of \`trusthost\` of the ` +
        'administrator or a local-in policy; otherwise try again.',
    cause: error,
  });
}

/** Something answers at that address, but it is not an SSH server. */
export function notSsh(endpoint: SshEndpoint): FtmError {
  return new FtmError('ftm_device_not_fortigate', `${endpointText(endpoint)} answers, but not with SSH.`, {
    advice: isJumpHost(endpoint)
      ? 'Check `port` of the jump host in the inventory: another service answers there.'
      : 'Check `port` in the inventory against `admin-ssh-port` of the device: another service answers there.',
  });
}

export function notFortigate(device: SshEndpoint): FtmError {
  return new FtmError('ftm_device_not_fortigate', `${device.alias} answers, but not like a FortiGate.`, {
    advice: 'Check its address and port in the inventory: another product or host may answer there.',
  });
}

/** ssh2 refuses to read the blob. */
export function hasMislabelledKey(error: unknown): boolean {
  const { message } = readError(error);
  if (message.includes('Host key does not match negotiated type')) return true;
  return /rsa-sha2-(?:256|512)/.test(message) && message.includes('public key type');
}

/**
 * Some FortiOS builds call an RSA host key `rsa-sha2-512` where RFC 8332 wants `ssh-rsa` (oxidized#3123, net-ssh#945,
 * MINA#682).
 */
export function mislabelledKey(device: SshEndpoint, cause?: unknown): FtmError {
  return protocolError(`${device.alias} sends an RSA host key with a wrong label, a known FortiOS bug.`, {
    advice:
      'Let the device offer another host key type: `set ssh-hostkey-algo ssh-ed25519` in ' +
      '`config system global` (7.4.0 to 7.4.3), `ssh-hsk-algo` in `config system ssh-config` (7.4.4 and later).',
    cause,
  });
}

/** No key of the types that were asked for. */
export function hasNoSuchKey(error: unknown): boolean {
  return readError(error).message.includes('no matching host key');
}

/** The jump host could not, or was not allowed to, connect to what is behind it. */
export function forwardError(jump: JumpHost, next: SshEndpoint, error: unknown): FtmError {
  if (error instanceof FtmError) return error;
  return unreachable(`${jump.alias} could not connect to ${endpointText(next)}.`, {
    advice:
      `Check that ${jump.alias} reaches that address, that its SSH server allows forwarding (\`AllowTcpForwarding\`), ` +
      'and that the device accepts it as a source (`trusthost`, `allowaccess`).',
    cause: error,
  });
}

function endpointText({ alias, port }: SshEndpoint): string {
  return `${alias} (port ${port})`;
}

/** The source of the connection as the device sees it: the last jump host. */
function describeSource(endpoint: SshEndpoint): string {
  const jumps = 'jumps' in endpoint ? (endpoint as Device).jumps : undefined;
  return jumps?.at(-1)?.alias ?? 'this machine';
}

function isJumpHost(endpoint: SshEndpoint): endpoint is JumpHost {
  return 'kind' in endpoint;
}

function authenticationFailed(device: SshEndpoint, cause?: unknown): FtmError {
  return new FtmError(
    'ftm_device_auth_failed',
    `${device.alias} did not accept the credential of ${device.username}.`,
    {
      advice:
        'It was tried only once, so that the account is not locked. Check the user name and the ' +
        `secret the inventory points to${isJumpHost(device) ? '' : ', and `trusthost` of that administrator'}.`,
      cause,
    },
  );
}

const SLOW_ADVICE = {
  connect:
    'Check address and port, and whether a firewall or `trusthost` drops this machine. A slow device can be ' +
    'given a larger `timeouts.connect` in the inventory.',
  command: 'The device may be busy; try again, or give it a larger `timeouts.command` in the inventory.',
  job: 'The device may be busy; try again, or give it a larger `timeouts.job` in the inventory.',
  keepalive: 'It stopped answering in the middle; try again once it is reachable.',
} as const;

export function timedOut(
  device: SshEndpoint & { readonly timeouts: Partial<Timeouts> },
  budget: keyof typeof SLOW_ADVICE,
  cause?: unknown,
): FtmError {
  const ms = budget === 'keepalive' ? undefined : device.timeouts[budget];
  const limit = ms === undefined ? '' : ` within ${ms / 1000} s`;
  const what = {
    connect: `${device.alias} gave no ${isJumpHost(device) ? 'answer' : 'prompt'}${limit}.`,
    command: `${device.alias} did not finish a command${limit}.`,
    job: `${device.alias} did not answer everything${limit}.`,
    keepalive: `${device.alias} stopped answering.`,
  }[budget];
  return new FtmError('ftm_device_timeout', what, { advice: SLOW_ADVICE[budget], retryable: true, cause });
}

export function sessionLost(device: SshEndpoint): FtmError {
  return unreachable(`${device.alias} closed the session in the middle of the check.`, {
    advice: 'A failover, an upgrade or an idle timeout can cause this. Try again in a minute.',
  });
}

export function protocolError(message: string, options: { advice: string; cause?: unknown }): FtmError {
  return new FtmError('ftm_device_protocol', message, options);
}

function unreachable(message: string, options: { advice: string; cause?: unknown }): FtmError {
  return new FtmError('ftm_device_unreachable', message, { ...options, retryable: true });
}

function readError(error: unknown): { code: string; level: string; message: string } {
  if (!(error instanceof Error)) return { code: '', level: '', message: String(error) };
  const { code, level } = error as Error & { code?: unknown; level?: unknown };
  return {
    code: typeof code === 'string' ? code : '',
    level: typeof level === 'string' ? level : '',
    message: error.message,
  };
}

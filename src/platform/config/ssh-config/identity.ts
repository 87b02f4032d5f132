import { readFileSync } from 'node:fs';
import type { Credential } from '../inventory-types.ts';

/** FortiOS before 7.0.14 and 7.2.8 does not accept RSA keys with current signatures, so RSA comes last. */
const DEFAULT_FILES = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'];

export interface IdentityOptions {
  /** The values of `IdentityFile`. */
  readonly files: readonly string[];
  /** The value of `IdentityAgent`. */
  readonly agent: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly expand: (path: string) => string | undefined;
}

/**
 * The only key to sign in with: each further offered key would count as a failed login. The first file with a usable
 * key; an encrypted or public one is used through the SSH agent. Without any, the only key of the agent.
 */
export function chooseIdentity(options: IdentityOptions): Credential | { readonly reason: string } {
  const { files, expand } = options;
  const socket = agentSocket(options);
  const missing = socket
    ? 'no .pub file beside it says which key of the SSH agent it is'
    : 'no SSH agent runs';
  const problems: string[] = [];
  for (const written of files.length > 0 ? files : DEFAULT_FILES) {
    const path = written.toLowerCase() === 'none' ? undefined : expand(written);
    if (path === undefined) {
      if (written.toLowerCase() !== 'none') problems.push(`${written} has a token that is not known`);
      continue;
    }
    const text = read(path);
    if (text !== undefined && isPlainPrivateKey(text)) return { kind: 'key', privateKey: { file: path } };
    const key = publicLine(text) ?? publicLine(read(`${path}.pub`));
    if (key !== undefined && socket) return { kind: 'agent', socket, key };
    if (text === undefined) problems.push(`${path} cannot be read`);
    else
      problems.push(`${path} is ${isPrivateKey(text) ? 'encrypted' : 'not a private key'}, and ${missing}`);
  }
  if (socket && files.length === 0) return { kind: 'agent', socket };
  return { reason: `has no usable key in the SSH configuration: ${problems.join('; ') || 'none is named'}` };
}

function agentSocket({
  agent,
  env,
  expand,
}: IdentityOptions): Extract<Credential, { readonly kind: 'agent' }>['socket'] | undefined {
  if (agent?.toLowerCase() === 'none') return undefined;
  if (agent === undefined || agent === 'SSH_AUTH_SOCK') {
    return env.SSH_AUTH_SOCK ? { env: 'SSH_AUTH_SOCK' } : undefined;
  }
  const [, variable] = /^\$(\w+)$/.exec(agent) ?? [];
  if (variable !== undefined) return env[variable] ? { env: variable } : undefined;
  const path = expand(agent);
  return path === undefined ? undefined : { path };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isPrivateKey(text: string): boolean {
  return /^-----BEGIN [A-Z ]*PRIVATE KEY-----/m.test(text);
}

function isPlainPrivateKey(text: string): boolean {
  if (!isPrivateKey(text)) return false;
  if (/^-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(text)) return false;
  const [, body] = /^-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/m.exec(text) ?? [];
  if (body === undefined) return true;
  // PROTOCOL.key of OpenSSH: a magic word of 15 bytes, then the name of the cipher with its length.
  const blob = Buffer.from(body, 'base64');
  return blob.subarray(19, 23).toString('latin1') === 'none';
}

/** `ssh-ed25519 AAAA…`, without the comment. */
function publicLine(text: string | undefined): string | undefined {
  return /^((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/]+=*)/m.exec(text ?? '')?.[1];
}

import { readFile } from 'node:fs/promises';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Environment } from './environment.ts';
import type { SecretRef } from './inventory-parts.ts';

/**
 * Reads a secret at the moment of use. Surrounding white space is dropped: an editor's last newline is not part of a
 * password. Rejects with `ftm_config_invalid`, which names the reference, never the value.
 */
export async function readSecret(ref: SecretRef, env: Environment = process.env): Promise<string> {
  const secret = 'env' in ref ? env[ref.env] : await readSecretFile(ref.file);
  const text = secret?.trim() ?? '';
  if (text === '') {
    throw new FtmError(
      'ftm_config_invalid',
      `The ${'env' in ref ? 'environment variable' : 'file'} ${nameRef(ref)} is ${secret === undefined ? 'not set' : 'empty'}.`,
      {
        advice:
          'The inventory uses it to sign in to a device. Set it for the process that signs in: this command, or the worker of the bot.',
      },
    );
  }
  return text;
}

export function nameRef(ref: SecretRef): string {
  return 'env' in ref ? ref.env : ref.file;
}

async function readSecretFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new FtmError('ftm_config_invalid', `The secret file ${path} cannot be read.`, {
      advice:
        'The inventory uses it to sign in to a device. Check that it exists and that the user of this process may read it.',
      cause,
    });
  }
}

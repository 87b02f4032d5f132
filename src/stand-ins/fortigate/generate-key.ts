import ssh2 from 'ssh2';

export interface GeneratedKey {
  /** OpenSSH form; encrypted if a passphrase was given. */
  readonly private: string;
  /** `ssh-ed25519 AAAA…` */
  readonly public: string;
}

/**
 * A new ed25519 key. About one in a few hundred that ssh2 1.17 generates is malformed and cannot be read by ssh2
 * itself, so each is read once before it is returned.
 */
export function generateKey(passphrase?: string): GeneratedKey {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const pair =
      passphrase === undefined
        ? ssh2.utils.generateKeyPairSync('ed25519')
        : ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 8 });
    const read = ssh2.utils.parseKey(pair.private, passphrase);
    if (!(read instanceof Error)) {
      return { private: pair.private, public: `${read.type} ${read.getPublicSSH().toString('base64')}` };
    }
  }
  throw new Error('ssh2 generated no readable ed25519 key in ten attempts');
}

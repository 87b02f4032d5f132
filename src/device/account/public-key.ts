import ssh2 from 'ssh2';

const PUBLIC_KEY = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) ([A-Za-z0-9+/]+={0,2})(?: .*)?$/;

/** `type base64` of the first key line in the text of a `.pub` file; comments are dropped, since they may contain anything. */
export function parsePublicKey(text: string): string | undefined {
  for (const raw of text.split('\n')) {
    const [, type, blob] = PUBLIC_KEY.exec(raw.trim()) ?? [];
    if (type === undefined || blob === undefined) continue;
    const line = `${type} ${blob}`;
    return ssh2.utils.parseKey(line) instanceof Error ? undefined : line;
  }
  return undefined;
}

import { createHmac } from 'node:crypto';
import { matchesPatterns } from '../../platform/config/ssh-config/look-up.ts';

/** One line of a `known_hosts` file that matches the requested host. */
export interface KnownHostLine {
  /** 1-based. */
  readonly line: number;
  readonly marker?: 'revoked' | 'cert-authority';
  readonly type: string;
  /** `ssh-ed25519 AAAA…`, without the comment. */
  readonly key: string;
}

/** `@marker hosts type base64 comment`; the comment does not matter. */
const ENTRY =
  /^[ \t]*(?:@(revoked|cert-authority)[ \t]+)?([^@#\s][^\s]*)[ \t]+([a-z0-9@.-]{1,64})[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t].*)?$/;
const HASHED = /^\|1\|([A-Za-z0-9+/]+=*)\|([A-Za-z0-9+/]+=*)$/;

/**
 * The lines of OpenSSH's `known_hosts` text for a host, in the order of the file: plain, hashed, with a port, with
 * wildcards and negation. A port other than 22 must be in the file (`[host]:port`), as `ssh-keygen -F` requires.
 */
export function findKnownHosts(text: string, host: string, port: number): readonly KnownHostLine[] {
  const name = knownHostsName(host, port);
  return text.split('\n').flatMap((raw, index) => {
    const [, marker, hosts = '', type = '', blob = ''] = ENTRY.exec(raw.replace(/\r$/, '')) ?? [];
    if (hosts === '' || !matchesHosts(hosts, name)) return [];
    const key = `${type} ${blob}`;
    return [{ line: index + 1, marker: marker as KnownHostLine['marker'], type, key }];
  });
}

/** How a host is called in the file; names are kept in lower case. */
export function knownHostsName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

function matchesHosts(hosts: string, name: string): boolean {
  const [, salt, hash] = HASHED.exec(hosts) ?? [];
  if (salt !== undefined && hash !== undefined) {
    return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
  }
  return matchesPatterns(hosts.toLowerCase().split(','), name);
}

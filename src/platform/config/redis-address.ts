/** Address of the queue and the number of replicas that must confirm a write. */
export interface RedisSettings {
  /**
   * `redis:`, `rediss:`, the same with `+sentinel`, or a path to a socket. It holds a password and is never shown.
   */
  readonly url: string;
  readonly sentinelUsername?: string;
  readonly sentinelPassword?: string;
  /** Number of replicas that must have a write before it counts as stored; 0 by default. */
  readonly minReplicas?: number;
}

const SENTINEL_PORT = 26_379;
const SENTINEL_URL = /^redis(s?)\+sentinel:\/\/(?:([^@/]*)@)?([^/@]*)(?:\/([^/]*)(?:\/(.*))?)?$/;

export function isSentinelUrl(url: string): boolean {
  return /^rediss?\+sentinel:/.test(url);
}

/**
 * Parses `redis+sentinel://[[user]:password@]host[:port][,host…]/name[/db]`: a primary that the Sentinels resolve by
 * name. A string result says what is wrong, without the value.
 */
export function parseSentinelUrl(url: string) {
  const [, secure, account, hosts = '', name = '', db = '0'] = SENTINEL_URL.exec(url) ?? [];
  if (secure === undefined) return 'is invalid (write / and @ in a password as %2F and %40)';
  const sentinels = hosts.split(',').map(hostAndPort);
  const known = sentinels.filter((each) => each !== undefined);
  if (known.length < sentinels.length) return 'has a Sentinel that is not host:port';
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return 'lacks the name of the primary';
  if (!/^\d{1,4}$/.test(db)) return 'does not end with a database number';
  const [username, password] = (account ?? '').split(/:(.*)/s).map(decodePart);
  if (username === undefined || (account?.includes(':') && password === undefined)) {
    return 'has an invalid % in its user or password (write %25)';
  }
  return {
    sentinels: known,
    name,
    username: username || undefined,
    password: password || undefined,
    db: Number(db),
    /** Applies to the Sentinels and the servers. */
    tls: secure === 's',
  };
}

/** Returns what is wrong with an address, without its value; `undefined` if it is valid. */
export function redisUrlProblem(url: string): string | undefined {
  if (isSentinelUrl(url)) {
    const parsed = parseSentinelUrl(url);
    return typeof parsed === 'string' ? parsed : undefined;
  }
  const isPlain = /^rediss?:\/\//.test(url) && URL.canParse(url) && new URL(url).hostname !== '';
  return isPlain
    ? undefined
    : 'is not a redis://, rediss://, redis+sentinel:// or rediss+sentinel:// address';
}

/** Returns the hosts for display, never a password. */
export function redisLocation(url: string): string {
  if (!isSentinelUrl(url)) return URL.canParse(url) ? new URL(url).host : 'the given socket';
  const address = parseSentinelUrl(url);
  if (typeof address === 'string') return 'the given Sentinels';
  return `${address.name} of the Sentinels ${address.sentinels.map(({ host, port }) => `${host}:${port}`).join(', ')}`;
}

function hostAndPort(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, port = `${SENTINEL_PORT}`] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text.trim()) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined;
  return { host, port: Number(port) };
}

function decodePart(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

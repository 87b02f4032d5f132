import type { ConfigProblem, Environment } from './environment.ts';

/** Proxies for outgoing HTTP requests. Addresses may contain a password, so they are never logged. */
export interface ProxySettings {
  /** For `http:` addresses. */
  readonly http?: string;
  /** For `https:` and `wss:` addresses. */
  readonly https?: string;
  /** Hosts that are reached directly, as `NO_PROXY` lists them; loopback always is. */
  readonly noProxy: string;
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/**
 * Empty without a proxy. As in most programs, lower-case names take precedence, and `HTTP_PROXY` is used for both.
 */
export function proxySettings(env: Environment): ProxySettings | ConfigProblem | undefined {
  const http = readTrimmed(env, 'HTTP_PROXY');
  const https = readTrimmed(env, 'HTTPS_PROXY') ?? http;
  for (const [variable, address] of [
    ['HTTP_PROXY', http],
    ['HTTPS_PROXY', https],
  ] as const) {
    if (address !== undefined && !isProxyAddress(address)) {
      const problem =
        'is not the http(s) address of a proxy (without a path; a % in its password is written %25)';
      return { variable, problem, example: 'http://proxy.example:3128' };
    }
  }
  if (https === undefined) return undefined;
  const written = readTrimmed(env, 'NO_PROXY');
  return { http, https, noProxy: [...(written === undefined ? [] : [written]), ...LOOPBACK].join(',') };
}

function readTrimmed(env: Environment, name: string): string | undefined {
  return env[name.toLowerCase()]?.trim() || env[name]?.trim() || undefined;
}

/** What is no address for the client ends the program only where the client is made, with an error that names no variable. */
function isProxyAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  const { username, password, pathname, search, hash } = url;
  if (pathname + search + hash !== '/') return false;
  try {
    return decodeURIComponent(username + password) !== undefined;
  } catch {
    return false;
  }
}

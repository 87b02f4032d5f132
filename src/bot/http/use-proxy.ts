import { type Dispatcher, EnvHttpProxyAgent, Pool, setGlobalDispatcher } from 'undici';
import type { ProxySettings } from '../../platform/config/proxy.ts';

/** The client's default is five minutes, for which a proxy that never answers keeps `doctor` from ending. */
const TUNNEL_TIMEOUT_MS = 10_000;

/**
 * Sends every request of `fetch` in this process through the proxy: Slack's Web API, files, pages and hooks. Answers the
 * dispatcher, which the connection of Socket Mode has to be given; nothing where there is no proxy.
 */
export function useProxy(
  settings: ProxySettings | undefined,
  tunnelTimeoutMs = TUNNEL_TIMEOUT_MS,
): Dispatcher | undefined {
  if (settings === undefined) return undefined;
  const { http, https, noProxy } = settings;
  const agent = new EnvHttpProxyAgent({
    httpProxy: http ?? '',
    httpsProxy: https,
    noProxy,
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: tunnelTimeoutMs }),
  });
  setGlobalDispatcher(agent);
  return agent;
}

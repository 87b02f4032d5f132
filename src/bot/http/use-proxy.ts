import { type Dispatcher, EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';
import type { ProxySettings } from '../../platform/config/proxy.ts';

/**
 * Sends every request of `fetch` in this process through the proxy: Slack's Web API, files, pages and hooks. Answers the
 * dispatcher, which the connection of Socket Mode has to be given; nothing where there is no proxy.
 */
export function useProxy(settings: ProxySettings | undefined): Dispatcher | undefined {
  if (settings === undefined) return undefined;
  const { http, https, noProxy } = settings;
  const agent = new EnvHttpProxyAgent({ httpProxy: http ?? '', httpsProxy: https, noProxy });
  setGlobalDispatcher(agent);
  return agent;
}

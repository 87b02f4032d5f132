import { describe, expect, it } from 'vitest';
import { proxySettings } from '../../../src/platform/config/proxy.ts';

describe('the proxy in the environment', () => {
  it.each<[string, Record<string, string>, ReturnType<typeof proxySettings>]>([
    ['none', {}, undefined],
    ['blank', { HTTPS_PROXY: ' ' }, undefined],
    [
      'for https alone',
      { HTTPS_PROXY: 'http://p:1' },
      { http: undefined, https: 'http://p:1', noProxy: 'localhost,127.0.0.1,::1' },
    ],
    [
      'one for both',
      { HTTP_PROXY: 'http://p:1' },
      { http: 'http://p:1', https: 'http://p:1', noProxy: 'localhost,127.0.0.1,::1' },
    ],
    [
      'in lower case, which goes first, with exceptions',
      { https_proxy: 'http://small:1', HTTPS_PROXY: 'http://large:1', no_proxy: '.internal' },
      { http: undefined, https: 'http://small:1', noProxy: '.internal,localhost,127.0.0.1,::1' },
    ],
  ])('is read: %s', (_, env, expected) => {
    expect(proxySettings(env)).toEqual(expected);
  });

  it.each([
    'other.example:3128',
    'socks5://proxy.example:1080',
    'no address',
    'http://bot:100%@proxy.example:3128',
    'http://bot:%FF@proxy.example:3128',
    'http://proxy.example:3128/?user=bot',
  ])('is refused without being repeated: %s', (address) => {
    const problem = proxySettings({ HTTPS_PROXY: address });
    expect(problem).toMatchObject({ variable: 'HTTPS_PROXY', problem: expect.any(String) });
    expect(JSON.stringify(problem)).not.toContain(address);
  });
});

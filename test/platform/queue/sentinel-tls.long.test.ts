import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startSentinelSet, type TlsFiles } from '../../support/sentinel.ts';

const run = promisify(execFile);
const CLIENT = fileURLToPath(new URL('processes/sentinel-client.ts', import.meta.url));

/** An authority, and a certificate of it for 127.0.0.1. */
async function makeCertificates(folder: string): Promise<TlsFiles> {
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await writeFile(file('names'), 'subjectAltName=IP:127.0.0.1');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=ca',
    '-days',
    '2',
  );
  await openssl('req', ...newKey, '-keyout', 'a.key', '-out', 'a.csr', '-subj', '/CN=servers');
  const sign = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  await openssl('x509', '-req', '-in', 'a.csr', ...sign, '-out', 'a.crt');
  return { key: file('a.key'), cert: file('a.crt'), ca: file('ca.crt') };
}

const hasOpenssl = await run('openssl', ['version']).then(
  () => true,
  () => false,
);

it.skipIf(!hasOpenssl)(
  'speaks TLS with the Sentinels and with the servers, and trusts only the authority it was given',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ftm-tls-'));
    try {
      const tls = await makeCertificates(folder);
      await using set = await startSentinelSet({ tls });
      if (set === undefined) {
        process.stderr.write('\n*** SKIPPED: Sentinels over TLS need valkey-server or redis-server. ***\n\n');
        return;
      }
      const ask = async (env: NodeJS.ProcessEnv): Promise<string> => {
        const args = [CLIENT, set.url, set.sentinelPassword];
        return (await run(process.execPath, args, { env: { PATH: process.env.PATH, ...env } })).stdout;
      };
      expect(await ask({ NODE_EXTRA_CA_CERTS: tls.ca })).toBe('queued');
      expect(await ask({})).toContain('Redis is not reachable');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

// What the phone is shown.

import * as certs from './certificate-texts.ts';
import { type Block, block } from './configuration.ts';
import { dump, type Expect, one, type Scenario } from './scenario.ts';
import { shell, status } from './terminal.ts';

const FQDN = ['set server-cert "push-own"', 'set server "push.quillfen.example"', 'set status enable'];
const KEY =
  '-----BEGIN ENCRYPTED PRIVATE KEY-----\nTm90IGEga2V5LCBtYWRlIHVwIGZvciBhIHRlc3Qu\n-----END ENCRYPTED PRIVATE KEY-----';
const certificate = (pem: string, name = 'push-own'): Block => [
  'vpn certificate local',
  [
    `edit "${name}"`,
    '    set password ENC kkL9m8N7b6V5',
    `    set private-key "${KEY}"`,
    `    set certificate "${pem}"`,
    '    set range global',
    '    set source user',
    'next',
  ],
];
const authority = (pem: string): Block => [
  'vpn certificate ca',
  ['edit "CA_Cert_1"', `    set ca "${pem}"`, '    set range global', 'next'],
];
const cert = (id: string, pem: string, expect: Expect, more: readonly Block[] = []): Scenario => ({
  id,
  files: dump({ ftm: FQDN, more: [...more, certificate(pem)] }),
  expect,
});
const bad = (says?: RegExp): Expect => ({
  verdict: 'broken',
  finds: ['push-cert-untrusted'],
  hop: 'tls',
  ...(says ? { says } : {}),
});

export const scenarios: readonly Scenario[] = [
  cert('certificate of a private CA held beside it', certs.privateLeaf, bad(), [
    authority(certs.privateRoot),
  ]),
  cert('certificate of a private CA that is not held', certs.privateLeaf, { notVerdict: 'healthy' }),
  cert('self-signed certificate', certs.selfSigned, bad()),
  cert('expired certificate', certs.expired, bad(/2023-04-01/)),
  cert('certificate not valid yet', certs.future, bad(/2035-01-01/)),
  cert('certificate of another name', certs.otherName, bad(/mail\.quillfen\.example/)),
  cert('public issuer, intermediate not at hand', certs.publicLeaf, {
    verdict: 'healthy',
    not: ['push-cert-untrusted'],
  }),
  cert('wildcard that fits', certs.wildcard, { not: ['push-cert-untrusted'], notVerdict: 'broken' }),
  cert('wildcard one level too deep', certs.wildcardDeep, bad()),
  {
    id: 'own certificate for a name, server is an address',
    files: dump({
      ftm: ['set server-cert "push-own"', 'set server "198.51.100.20"', 'set status enable'],
      more: [certificate(certs.publicLeaf)],
    }),
    expect: { verdict: 'broken', finds: ['push-cert-untrusted'] },
  },
  { id: 'own certificate not in the backup', files: dump({ ftm: FQDN }), expect: { notVerdict: 'healthy' } },
  {
    id: 'another certificate of the backup is private, the used one is factory',
    files: dump({ more: [authority(certs.privateRoot), certificate(certs.privateLeaf, 'web-gui')] }),
    expect: { verdict: 'healthy', not: ['push-cert-untrusted'] },
  },
  {
    id: 'another certificate has expired, the used one is public',
    files: dump({ ftm: FQDN, more: [certificate(certs.publicLeaf), certificate(certs.expired, 'old-2023')] }),
    expect: { not: ['push-cert-untrusted'], notVerdict: 'broken' },
  },
  {
    id: 'show vpn certificate local pasted, expired',

    files: one(
      shell(
        'fgt-orchid-01',
        ['get system status', status()],
        ['show system ftm-push', block('system ftm-push', FQDN)],
        [
          'show vpn certificate local push-own',
          block('vpn certificate local', certificate(certs.expired)[1]),
        ],
      ),
    ),
    expect: { verdict: 'broken', finds: ['push-cert-untrusted'] },
  },
  {
    id: 'only the settings pasted, own certificate',

    files: one(
      shell(
        'fgt-orchid-01',
        ['get system status', status()],
        ['show system ftm-push', block('system ftm-push', FQDN)],
      ),
    ),
    expect: { notVerdict: 'healthy', not: ['push-cert-untrusted'] },
  },
];

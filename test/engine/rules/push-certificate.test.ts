import { describe, expect, it } from 'vitest';
import type { CaseFocus } from '../../../src/engine/diagnosis/case-focus.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { deviceConfig } from '../../closed-loop/device.ts';
import { type TestCertificate, testCertificate } from '../../fixtures/certificates/test-certificate.ts';

const READ_AT = Date.UTC(2026, 0, 7, 14, 30);

interface Device {
  readonly server?: string;
  readonly certificate?: TestCertificate | 'none' | 'damaged';
  readonly authorities?: readonly TestCertificate[];
}

/** A whole backup in which everything else is in order. */
function backup({
  server = 'push.example.com',
  certificate = 'public-leaf',
  authorities = [],
}: Device): string {
  const configuration = deviceConfig({
    version: '7.4.8',
    vdoms: false,
    broken: {
      'system ftm-push': [`set server "${server}"`, 'set server-cert "push-own"', 'set status enable'],
      'vpn certificate local':
        certificate === 'none' ? [] : ['edit "push-own"', `set certificate "${pem(certificate)}"`, 'next'],
      'vpn certificate ca': authorities.flatMap((name) => [
        `edit "${name}"`,
        `set ca "${testCertificate(name)}"`,
        'next',
      ]),
    },
  });
  // As a backup ends.
  return `${configuration.trimEnd()}\nconfig firewall local-in-policy\nend\nconfig router multicast\nend\n`;
}

function pem(certificate: TestCertificate | 'damaged'): string {
  return certificate === 'damaged'
    ? testCertificate('public-leaf').replace(/.{20}(?=\n)/, '')
    : testCertificate(certificate);
}

function judged(texts: readonly string[], focus: CaseFocus = { readAt: READ_AT }) {
  const items = texts.map((text, index) => ({ name: `text ${index + 1}`, text }));
  const diagnosis = diagnose(items, focus);
  const check = diagnosis.checks.find(({ rule }) => rule === 'push-cert-untrusted');
  const tls = diagnosis.hops.find(({ id }) => id === 'tls')?.status;
  return { case: diagnosis.verdict, rule: check?.verdict, reason: check?.reason, tls, diagnosis };
}

const CHAIN = { authorities: ['public-intermediate'] } as const;

describe('the certificate of the push service in a whole backup', () => {
  it.each<[string, Device, string, string, string]>([
    ['a public one with its chain', CHAIN, 'healthy', 'healthy', 'ok'],
    ['a public one whose signer nobody has at hand', {}, 'unknown', 'healthy', 'unknown'],
    ['one that nobody looked into', { certificate: 'none' }, 'unknown', 'inconclusive', 'unknown'],
    ['one that cannot be read', { certificate: 'damaged' }, 'unknown', 'inconclusive', 'unknown'],
    ['an expired one', { ...CHAIN, certificate: 'public-expired' }, 'broken', 'broken', 'broken'],
    ['one of next year', { ...CHAIN, certificate: 'public-future' }, 'broken', 'broken', 'broken'],
    ['a self-signed one', { certificate: 'self-signed' }, 'broken', 'broken', 'broken'],
    [
      'one of a private authority',
      { certificate: 'private-leaf', authorities: ['private-root', 'private-intermediate'] },
      'broken',
      'broken',
      'broken',
    ],
    ['one of a private authority, alone', { certificate: 'private-leaf' }, 'broken', 'broken', 'broken'],
  ])('%s', (_, device, rule, verdict, tls) => {
    const found = judged([backup(device)]);
    expect(found, found.reason).toMatchObject({ rule, case: verdict, tls });
  });

  it.each<[TestCertificate, string, boolean]>([
    ['public-leaf', 'push.example.com', true],
    ['public-leaf', 'PUSH.example.com', true],
    ['public-leaf', 'vpn.example.com', false],
    ['public-leaf', '198.51.100.10', false],
    ['public-wildcard', 'vpn.example.com', true],
    ['public-wildcard', 'example.com', true],
    ['public-wildcard', 'a.vpn.example.com', false],
    ['public-wildcard', 'example.net', false],
    ['public-address', '198.51.100.10', true],
    ['public-address', '198.51.100.11', false],
    ['no-alternatives', 'push.example.com', true],
    ['no-alternatives', 'vpn.example.com', false],
  ])('%s is issued for %s: %s', (certificate, server, expected) => {
    const { rule, reason } = judged([backup({ ...CHAIN, certificate, server })]);
    expect(rule, reason).toBe(expected ? 'healthy' : 'broken');
    if (!expected) expect(reason).toContain(`not for ${server}`);
  });

  it('names every fault, quotes where they stand, and goes back to what FortiOS ships', () => {
    const { diagnosis } = judged([backup({ certificate: 'self-signed', server: 'vpn.example.net' })]);
    const finding = diagnosis.findings.find(({ rule }) => rule === 'push-cert-untrusted');
    expect(finding?.title).toBe('Certificate push-own is self-signed, so phones do not trust it');
    expect(finding?.summary).toContain('issued for push.example.com');
    expect(finding?.evidence.map(({ text }) => text)).toEqual([
      'edit "push-own"',
      'set certificate "-----BEGIN CERTIFICATE-----',
      'set server-cert "push-own"',
      'set server "vpn.example.net"',
    ]);
    expect(finding?.fix.apply).toContain('    set server-cert "Fortinet_GUI_Server"');
    expect(finding?.fix.undo).toContain('    set server-cert "push-own"');
  });

  it('is the same one in two texts, or the case says that they differ', () => {
    const shown = (certificate: TestCertificate) =>
      `config vpn certificate local\n    edit "push-own"\n        set certificate "${testCertificate(certificate)}"\n    next\nend\n`;
    const own = backup(CHAIN);
    expect(judged([own, shown('public-leaf')]).rule).toBe('healthy');
    expect(judged([own, shown('public-expired')])).toMatchObject({
      rule: 'conflicting',
      case: 'inconclusive',
    });
  });
});

describe('the alert of a phone names what is wrong with the certificate', () => {
  const alerted = (code: string) =>
    diagnose(
      [
        {
          name: 'push.txt',
          text: [
            'config system ftm-push',
            '    set server-cert "push-own"',
            '    set server "push.heron.example"',
            '    set status enable',
            'end',
            '',
            'ftm-push while one phone answers:',
            `SSL: (where=0x10 ret=0x1)SSL: (where=0x2001 ret=0x1)SSL: SSL_accept:before SSL initializationSSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS write server doneSSL: (where=0x4004 ret=${code})SSL: (where=0x2002 ret=0xffffffff)`,
            '',
          ].join('\n'),
        },
      ],
      {},
    ).findings[0];

  it.each([
    ['0x230', 'phones do not know the CA that signed it'],
    ['0x22d', 'it is expired'],
    ['0x22e', 'it may be signed by a private CA, expired'],
  ])('%s', (code, words) => {
    expect(alerted(code)?.summary).toContain(`The certificate is \`push-own\`: ${words}`);
  });

  it('and where they do not know the CA, no phone is changed', () => {
    expect(alerted('0x230')?.fix.note).toContain('Change nothing on the phones');
    expect(alerted('0x22e')?.fix.note).not.toContain('on the phones');
  });
});

describe('the time of the reading', () => {
  const text = backup(CHAIN);
  const status = (time: string) =>
    `FGT-EDGE # get system status\nVersion: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\nSystem time: ${time}\n\nFGT-EDGE # \n`;

  it.each([
    ['while it is valid', Date.UTC(2026, 10, 29), 'healthy'],
    ['on the day after', Date.UTC(2026, 11, 1), 'broken'],
    ['before it begins', Date.UTC(2025, 9, 31), 'broken'],
    ['not known', undefined, 'unknown'],
  ])('%s', (_, readAt, expected) => {
    expect(judged([text], { readAt }).rule).toBe(expected);
  });

  it.each([
    ['Wed Jan  7 14:30:09 2026', 'healthy'],
    ['Thu Jan  7 14:30:09 2027', 'broken'],
    // The zone of the device is not known: it may be valid still, and may not.
    ['Mon Nov 30 03:00:00 2026', 'unknown'],
  ])('is that of the device where it tells it: %s', (time, expected) => {
    for (const readAt of [READ_AT, Date.UTC(2030, 0, 1)]) {
      expect(judged([text, status(time)], { readAt }).rule).toBe(expected);
    }
  });

  it('is in no answer, so that the same evidence gives the same answer', () => {
    const at = (readAt: number) => JSON.stringify(judged([text], { readAt }).diagnosis);
    expect(at(READ_AT)).toBe(at(READ_AT + 86_400_000));
  });
});

describe('redaction', () => {
  it('leaves certificates and takes private keys', () => {
    const key = ['MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3', 'bm90IGEga2V5LCBqdXN0IHRleHQ'].join('\n');
    const text = `config vpn certificate local\n    edit "push-own"\n        set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----\n${key}\n-----END ENCRYPTED PRIVATE KEY-----"\n        set certificate "${testCertificate('public-leaf')}"\n    next\nend\n`;
    const [item] = redact([{ name: 'paste', text }]).items;
    expect(item?.text).toContain(testCertificate('public-leaf'));
    for (const line of key.split('\n')) expect(item?.text).not.toContain(line);
  });
});

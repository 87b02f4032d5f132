import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const RULES = new URL('../../../src/engine/rules/', import.meta.url);
/** Its debug was on, the token was asked for, and no push followed. */
const NO_PUSH = readFileSync(new URL('push-dns-failure/fixtures/broken.silent.txt', RULES), 'utf8')
  .split('\n')
  .filter((line) => !/^ {4}set |^config |^end/.test(line))
  .join('\n');

it.each([
  ['6.2.9', '    set server-ip 198.51.100.10\n    set status enable\n', 'push-request', 'ok'],
  ['7.2.8', '    set server "198.51.100.10"\n    set status enable\n', 'push-request', 'ok'],
  ['7.2.8', '    set server "198.51.100.10"\n', 'push-service', 'broken'],
  ['7.2.8', '', 'push-service', 'broken'],
])('on %s with %j a login without a push breaks at the %s', (version, settings, hop, service) => {
  const header = `#config-version=FGT60F-${version}-FW-build1639-240313:opmode=0:vdom=0:user=admin\n`;
  const block = `config system ftm-push\n${settings}end\n`;
  const { firstBrokenHop, hops, findings } = diagnose([
    { name: 'configuration', text: header + block },
    { name: 'log', text: NO_PUSH },
  ]);
  expect(firstBrokenHop).toBe(hop);
  expect(hops.find((each) => each.id === 'push-service')?.status).toBe(service);
  expect(findings[0]?.hop).toBe(hop);
});

it.each([
  ['a line', '    set server-cert "Fortinet_Factory"\n', 'ok'],
  ['its absence', '', 'unknown'],
])('TLS in order is shown by %s', (_what, line, status) => {
  const header = '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin\n';
  const text = `${header}config system ftm-push\n    set server "198.51.100.10"\n${line}    set status enable\nend\n`;
  const { hops } = diagnose([{ name: 'configuration', text }]);
  expect(hops.find(({ id }) => id === 'tls')?.status).toBe(status);
});

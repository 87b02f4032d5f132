import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const CERTIFICATE = readFileSync(
  join(import.meta.dirname, '../test/fixtures/certificates/public-leaf.pem'),
  'utf8',
).trim();

/** A backup of a branch as large installations have it: mostly objects that no rule reads. About 122 KB. */
export function backup(index: number): string {
  const site = `fgt-branch-${String(index).padStart(4, '0')}`;
  const wan = `198.51.${index >> 8}.${index & 255}`;
  const isBroken = index % 4 === 0;
  return `${[
    `#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin`,
    `#conf_file_ver=${1_000_000_000_000_000 + index}`,
    '#buildno=2795',
    '#global_vdom=1',
    ...table('system global', [`set admin-sport ${isBroken ? 4433 : 8443}`, `set hostname "${site}"`]),
    ...entries('system interface', 24, (each) => [
      'set vdom "root"',
      `set ip ${each === 0 ? wan : `10.${each}.${index & 255}.1`} 255.255.255.0`,
      `set allowaccess ping${each === 0 ? ' ftm' : ' https ssh'}`,
      'set type physical',
      `set role ${each === 0 ? 'wan' : 'lan'}`,
      `set snmp-index ${each + 1}`,
    ]),
    ...entries('system admin', 3, (each) => [
      'set accprofile "super_admin"',
      'set vdom "root"',
      `set trusthost1 10.255.${each}.0 255.255.255.0`,
      `set password ENC SH2${'simulatedHashNotARealOne'.repeat(2)}${index}x${each}=`,
    ]),
    ...table('system dns', ['set primary 203.0.113.53', 'set secondary 203.0.113.54']),
    ...entries('system replacemsg utm', 20, (each) => [
      `set buffer "<!DOCTYPE html><html><head><title>Blocked ${each}</title></head><body>`,
      '<h1>The page is blocked by the policy of the company</h1>',
      '<p>Ask your administrator.</p></body></html>"',
      'set header http',
      'set format html',
    ]),
    ...table('system ftm-push', ['set server-cert "push"', `set server "${wan}"`, 'set status enable']),
    ...entries('firewall address', 300, (each) => [
      `set uuid ${uuid(index, each)}`,
      `set subnet 10.${each & 255}.${index & 255}.0 255.255.255.0`,
    ]),
    ...entries('firewall addrgrp', 20, (each) => [
      `set uuid ${uuid(index, each + 1000)}`,
      `set member "${each * 3 + 1}" "${each * 3 + 2}" "${each * 3 + 3}"`,
    ]),
    ...entries('firewall service custom', 90, (each) => [
      'set category "General"',
      `set tcp-portrange ${20_000 + each}-${20_010 + each}`,
    ]),
    'config vpn certificate local',
    '    edit "push"',
    `        set password ENC ${'simulatedPassphraseNotARealOne'.repeat(2)}${index}==`,
    `        set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----\n${keyLines(index)}\n-----END ENCRYPTED PRIVATE KEY-----"`,
    `        set certificate "${CERTIFICATE}"`,
    '        set source user',
    '    next',
    'end',
    ...entries('user fortitoken', 12, (each) => [
      `set license "EFTM${String(index * 100 + each).padStart(12, '0')}"`,
      'set reg-id "simulated-registration"',
      'set os-ver "18.0"',
    ]),
    ...entries('user local', 12, (each) => [
      'set type password',
      'set two-factor fortitoken',
      `set fortitoken "${each + 1}"`,
      `set email-to "user${each}@example.com"`,
      `set passwd ENC ${'simulatedUserSecretNotARealOne'.repeat(2)}${index}x${each}==`,
    ]),
    ...entries('user group', 2, (each) => [`set member "${each + 1}" "${each + 2}"`]),
    ...table('vpn ssl settings', [
      'set servercert "push"',
      'set tunnel-ip-pools "SSLVPN_TUNNEL_ADDR1"',
      'set port 10443',
      'set source-interface "1"',
      'set source-address "all"',
      'set default-portal "full-access"',
    ]),
    ...entries('webfilter profile', 12, (each) => [
      `set comment "Profile ${each}"`,
      'config ftgd-wf',
      'unset options',
      ...Array.from({ length: 12 }, (_, rule) => [`config filters`, `edit ${rule}`, 'next', 'end']).flat(),
      'end',
    ]),
    ...entries('firewall vip', 4, (each) => [
      `set uuid ${uuid(index, each + 2000)}`,
      `set extip 198.51.100.${each + 10}`,
      'set extintf "1"',
      'set portforward enable',
      `set extport ${9000 + each}`,
      `set mappedport ${9000 + each}`,
    ]),
    ...entries('firewall policy', 120, (each) => [
      `set name "policy-${each}"`,
      `set uuid ${uuid(index, each + 3000)}`,
      'set srcintf "2"',
      'set dstintf "1"',
      'set action accept',
      `set srcaddr "${each + 1}"`,
      'set dstaddr "all"',
      'set schedule "always"',
      'set service "ALL"',
      'set utm-status enable',
      'set logtraffic all',
      'set nat enable',
    ]),
    ...entries('router static', 6, (each) => [`set gateway 198.51.100.${each + 1}`, 'set device "1"']),
  ].join('\n')}\n`;
}

function table(path: string, lines: readonly string[]): readonly string[] {
  return [`config ${path}`, ...lines.map((line) => `    ${line}`), 'end'];
}

function entries(
  path: string,
  count: number,
  lines: (index: number) => readonly string[],
): readonly string[] {
  const all = Array.from({ length: count }, (_, index) => [
    `    edit "${index + 1}"`,
    ...lines(index).map((line) => `        ${line}`),
    '    next',
  ]);
  return [`config ${path}`, ...all.flat(), 'end'];
}

function uuid(index: number, each: number): string {
  const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
  return `${hex(index, 8)}-${hex(each, 4)}-51ef-8f3b-${hex(index * 7919 + each, 12)}`;
}

function keyLines(index: number): string {
  return Array.from({ length: 28 }, (_, line) =>
    Buffer.from(`simulated key, not a real one: ${index} ${line}`.padEnd(48, '.')).toString('base64'),
  ).join('\n');
}

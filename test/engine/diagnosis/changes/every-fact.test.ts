import { expect, it } from 'vitest';
import { compareDevices } from '../../../../src/engine/diagnosis/changes/compare-devices.ts';
import { diagnoseWithEvidence } from '../../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../../src/engine/evidence/redact.ts';

const HEADER = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n';
const READ_AT = Date.UTC(2026, 0, 7);

function stateOf(block: string) {
  const focus = { readAt: READ_AT };
  const text = `${HEADER}config system global\n    set hostname "fgt-branch-07"\nend\n${block}\n`;
  const { evidence, diagnosis } = diagnoseWithEvidence(redact([{ name: 'fgt.conf', text }]), focus);
  const { facts, inVdom, lineMaps } = evidence;
  return { diagnosis, facts, inVdom, focus, lineMaps };
}

const entry = (path: string, name: string, line: string) =>
  `config ${path}\n    edit ${name}\n        ${line}\n    next\nend`;

it.each([
  ['firewall address', '"branch"', 'subnet 192.0.2.0 255.255.255.0', 'subnet 198.51.100.0 255.255.255.0'],
  ['firewall addrgrp', '"branches"', 'member "one"', 'member "one" "two"'],
  ['firewall service custom', '"push"', 'tcp-portrange 4433', 'tcp-portrange 4434'],
  ['firewall service group', '"vpn"', 'member "push"', 'member "HTTPS"'],
  ['firewall schedule recurring', '"office"', 'day monday', 'day monday tuesday'],
  ['firewall schedule onetime', '"once"', 'end 08:00 2026/01/31', 'end 08:00 2026/02/28'],
  ['firewall schedule group', '"times"', 'member "office"', 'member "once"'],
  ['system zone', '"outside"', 'interface "wan1"', 'interface "wan1" "wan2"'],
  ['system ddns', '1', 'ddns-domain "a.example.com"', 'ddns-domain "b.example.com"'],
  ['system accprofile', '"nothing"', 'system-diagnostics disable', 'sysgrp read-write'],
  ['user local', '"marlow"', 'username-sensitivity disable', 'username-sensitivity enable'],
  ['firewall vip', '"portal"', 'srcintf-filter "wan1"', 'srcintf-filter "wan2"'],
  ['system interface', '"wan1"', 'role lan', 'role wan'],
])('a change of `%s` %s from %s to %s is shown', (path, name, before, after) => {
  const old = stateOf(entry(path, name, `set ${before}`));
  const now = stateOf(entry(path, name, `set ${after}`));
  const { changes } = compareDevices(old, now);
  expect(changes).toMatchObject([{ kind: 'changed', place: `${path} ${name.replaceAll('"', '')}` }]);
  expect(compareDevices(now, old).changes).toHaveLength(1);
});

it.each([
  ['system fortiguard', 'source-ip 192.0.2.1', 'source-ip 192.0.2.2'],
  ['system central-management', 'type fortimanager', 'type none'],
  ['system settings', 'ike-tcp-port 4500', 'ike-tcp-port 443'],
])('a change of `%s` from %s to %s is shown', (path, before, after) => {
  const block = (line: string) => `config ${path}\n    set ${line}\nend`;
  const { changes } = compareDevices(stateOf(block(before)), stateOf(block(after)));
  expect(changes).toMatchObject([{ kind: 'changed', place: path }]);
});

import { describe, expect, it } from 'vitest';
import { parseVersion } from '../../../src/engine/fortios/version.ts';
import { checkValue, isRefused } from '../../../src/stand-ins/fortigate/check-value.ts';
import { Cli } from '../../../src/stand-ins/fortigate/cli.ts';
import { createDeviceState } from '../../../src/stand-ins/fortigate/device-state.ts';
import { getDefault, listOptions, schemas } from '../../../src/stand-ins/fortigate/schema/schemas.ts';

const RELEASES = [
  '6.0.12',
  '6.2.4',
  '6.2.9',
  '6.4.5',
  '6.4.12',
  '7.0.0',
  '7.0.12',
  '7.2.8',
  '7.4.1',
  '7.4.2',
  '7.6.4',
];

function device(version: string, config = '') {
  const state = createDeviceState(
    `#config-version=FGT60F-${version}-FW-build1000-250101:opmode=0:vdom=0\n${config}`,
  );
  const cli = new Cli({ state, behaviour: {}, outputs: new Map(), record: () => {} });
  const type = (...lines: string[]) =>
    lines.map((line) => cli.execute(line).lines.filter(Boolean).join(' | '));
  return { cli, state, type };
}

const parseError = (word: string) => `command parse error before '${word}' | Command fail. Return code -61`;
const valueError = (word: string) => `value parse error before '${word}' | Command fail. Return code -3`;
const notThere = (word: string) => `entry not found in datasource | ${valueError(word)}`;

/** A placeholder that was not filled in must not become a name. */
describe('what no name and no text can hold is refused', () => {
  const unsafe = (word: string) =>
    `The string contains XSS vulnerability characters | value parse error before '${word}' | Command fail. Return code -173`;

  it.each([
    ['system ftm-push', 'set server "<ddns-fqdn>"', '<ddns-fqdn>'],
    ['system interface', 'edit "<wan-interface>"', '<wan-interface>'],
    ['user group', 'edit "<vpn-group>"', '<vpn-group>'],
    ['user local', `edit "O'Hara"`, "O'Hara"],
    ['user radius', 'edit "a\\"b"', 'a"b'],
  ])('config %s: %s', (path, line, word) => {
    const { type } = device('7.2.8');
    expect(type(`config ${path}`, line)).toEqual(['', unsafe(word)]);
  });

  it('in a reference too, and a password may hold it', () => {
    const { type } = device('7.2.8', 'config user fortitoken\nedit "FTKMOB11AA22BB33"\nnext\nend');
    expect(
      type('config user local', 'edit "ana"', 'set two-factor fortitoken', 'set fortitoken "<serial>"'),
    ).toEqual(['', "new entry 'ana' added", '', unsafe('<serial>')]);
    expect(type('set passwd "<a>"')).toEqual(['']);
  });

  it('leaves an entry that has such a name already within reach', () => {
    const { type } = device('7.2.8', 'config user group\nedit "a<b"\nnext\nend');
    expect(type('config user group', 'edit "a<b"')).toEqual(['', '']);
  });
});

describe('what a release does not know is refused', () => {
  it.each([
    ['6.2.9', 'system ftm-push', 'set server "x.example.net"', parseError('server')],
    ['6.4.9', 'system ftm-push', 'set server "x.example.net"', parseError('server')],
    ['6.4.10', 'system ftm-push', 'set server "x.example.net"', ''],
    ['7.0.0', 'system ftm-push', 'set server "x.example.net"', ''],
    ['6.2.9', 'system ftm-push', 'set server-cert Fortinet_Factory', parseError('server-cert')],
    ['6.4.0', 'system ftm-push', 'set server-cert Fortinet_Factory', ''],
    ['7.4.0', 'system ftm-push', 'set proxy disable', parseError('proxy')],
    ['7.4.1', 'system ftm-push', 'set proxy disable', ''],
    ['7.6.3', 'system ftm-push', 'set interface wan1', parseError('interface')],
    ['7.6.4', 'system ftm-push', 'set interface wan1', ''],
    ['7.6.4', 'system ftm-push', 'set interface wan9', notThere('wan9')],
    ['7.2.8', 'system ftm-push', 'set server-cert nobody', notThere('nobody')],
    ['7.2.8', 'system ftm-push', 'set server-port 70000', `integer out of range | ${valueError('70000')}`],
    ['7.2.8', 'system ftm-push', 'set server-port many', valueError('many')],
    ['7.2.8', 'system ftm-push', 'set status maybe', valueError('maybe')],
    ['7.2.8', 'system ftm-push', 'set server-ip 10.1.2', valueError('10.1.2')],
    ['7.2.8', 'system ftm-push', 'set server-ip 10.1.2.3 4', valueError('4')],
    ['7.2.8', 'system ftm-push', 'set server <public-ip-or-fqdn>', parseError('<public-ip-or-fqdn>')],
    ['7.2.8', 'system ftm-push', 'set', 'incomplete command in the end | Command fail. Return code -160'],
    ['7.2.8', 'system ftm-push', 'append server x', parseError('server')],
    ['7.2.8', 'system ftm-push', 'edit 1', 'Unknown action 0'],
    ['7.2.8', 'system global', 'set two-factor-ftm-expire 100', parseError('two-factor-ftm-expire')],
    [
      '7.2.8',
      'system global',
      'set two-factor-ftm-expiry 169',
      `integer out of range | ${valueError('169')}`,
    ],
    ['6.2.9', 'system global', 'set remoteauthtimeout 0', ''],
    ['6.4.0', 'system global', 'set remoteauthtimeout 0', `integer out of range | ${valueError('0')}`],
    [
      '7.4.0',
      'system global',
      'set fortitoken-cloud-push-status enable',
      parseError('fortitoken-cloud-push-status'),
    ],
    ['7.2.8', 'system global', 'set admin-spo 8443', ''],
    ['7.2.8', 'system global', 'set admin-s 8443', parseError('admin-s')],
    ['7.4.1', 'system settings', 'set ike-tcp-port 4500', parseError('ike-tcp-port')],
  ])('%s, config %s: %s', (version, path, line, said) => {
    const { type } = device(version, 'config system interface\nedit "wan1"\nset vdom "root"\nnext\nend');
    expect(type(`config ${path}`, line)).toEqual(['', said]);
  });

  it.each([
    ['7.2.8', 'system interface', 'wan1', 'append allowaccess ftm https', ''],
    ['7.2.8', 'system interface', 'wan1', 'append allowaccess ftp', valueError('ftp')],
    ['7.4.8', 'system interface', 'wan1', 'set allowaccess ftm scim', valueError('scim')],
    ['7.6.0', 'system interface', 'wan1', 'set allowaccess ftm scim', ''],
    ['7.2.8', 'system interface', 'wan1', 'set ip 10.0.0.1', valueError('10.0.0.1')],
    ['7.2.8', 'system interface', 'wan1', 'set ip 10.0.0.1/24', ''],
    ['7.4.1', 'system accprofile', 'x', 'set cli-diagnose enable', parseError('cli-diagnose')],
    ['7.4.2', 'system accprofile', 'x', 'set cli-diagnose enable', ''],
    ['7.4.2', 'system accprofile', 'x', 'set system-diagnostics enable', parseError('system-diagnostics')],
    ['7.2.8', 'system admin', 'x', 'set accprofile nobody', notThere('nobody')],
    ['7.2.8', 'user local', 'x', 'set fortitoken "FTKMOB1"', parseError('fortitoken')],
    ['7.0.0', 'user local', 'x', 'set username-sensitivity disable', parseError('username-sensitivity')],
    [
      '7.0.1',
      'user local',
      'x',
      'set username-case-sensitivity disable',
      parseError('username-case-sensitivity'),
    ],
    ['7.4.1', 'firewall local-in-policy', '5', 'set intf any wan1', valueError('wan1')],
    ['7.4.2', 'firewall local-in-policy', '5', 'set intf any wan1', ''],
    ['7.2.8', 'firewall service custom', 'x', 'set tcp-portrange 4433 5000-6000:1-65535', ''],
    ['7.2.8', 'firewall service custom', 'x', 'set tcp-portrange 70000', valueError('70000')],
    ['7.2.8', 'firewall vip', 'x', 'set extport 4433', parseError('extport')],
  ])('%s, config %s, edit %s: %s', (version, path, key, line, said) => {
    const { type } = device(version, 'config system interface\nedit "wan1"\nset vdom "root"\nnext\nend');
    expect(type(`config ${path}`, `edit ${key}`, line).at(-1)).toBe(said);
  });

  it('an entry that lacks an attribute, a key that is no number, an entry in use', () => {
    const { type } = device('7.2.8');
    expect(type('config system admin', 'edit x', 'next').at(-1)).toBe(
      "Attribute 'accprofile' MUST be set. | Command fail. Return code 1",
    );
    expect(type('edit x', 'set accprofile super_admin', 'end')).toEqual(["new entry 'x' added", '', '']);
    expect(type('config firewall local-in-policy', 'edit first', 'end')).toEqual([
      '',
      valueError('first'),
      '',
    ]);
    type('config system accprofile', 'edit mine', 'next', 'end');
    type('config system admin', 'edit y', 'set accprofile mine', 'next', 'end');
    expect(type('config system accprofile', 'delete mine', 'delete nobody', 'end').slice(1)).toEqual([
      'The entry is used by other 1 entries | Command fail. Return code -23',
      'entry not found in table | Command fail. Return code -3',
      '',
    ]);
  });

  it('a second callback address, and an address where FortiOS does not read it', () => {
    const { type } = device('7.2.8');
    type('config system ftm-push', 'set server a.example.net');
    expect(type('set server-ip 198.51.100.10').at(0)).toContain('Return code -56');
    expect(type('end', 'show system ftm-push').at(1)).not.toContain('server-ip');
    expect(type('config system ftm-push', 'unset server', 'set server-ip 198.51.100.10', 'end').at(-1)).toBe(
      'Missing server address. | object check operator error, -56, discard the setting | Command fail. Return code -56',
    );
  });
});

describe('tables', () => {
  const POLICIES = ['1', '2', '3'].flatMap((id) => [
    `edit ${id}`,
    'set intf any',
    'set srcaddr all',
    'set dstaddr all',
    'set service ALL',
    'set schedule always',
    'next',
  ]);
  const keys = (said: string) => [...said.matchAll(/edit "?([^" |]+)/g)].map((each) => each[1]);

  it.each([
    ['move 3 before 1', ['3', '1', '2']],
    ['move 1 after 2', ['2', '1', '3']],
    ['move 1 before 9', ['1', '2', '3']],
    ['rename 2 to 5', ['1', '5', '3']],
    ['clone 2 to 7', ['1', '2', '3', '7']],
    ['delete 2', ['1', '3']],
  ])('%s', (line, order) => {
    const { type } = device('7.2.8');
    type('config firewall local-in-policy', ...POLICIES, line, 'end');
    expect(keys(type('show firewall local-in-policy').at(0) ?? '')).toEqual(order);
  });

  it('an entry is stored at its next; abort drops only what came after', () => {
    const { type } = device('7.2.8');
    type('config user local', 'edit a', 'set type password', 'next', 'edit b', 'set type password', 'abort');
    expect(keys(type('show user local').at(0) ?? '')).toEqual(['a']);
  });

  it('blocks inside an object are its own', () => {
    const { type } = device('7.2.8', 'config user group\nedit "staff"\nnext\nend');
    type(
      'config vpn ssl settings',
      'config authentication-rule',
      'edit 1',
      'set groups staff',
      'next',
      'end',
      'end',
    );
    expect(type('show vpn ssl settings').at(0)).toMatch(
      /config authentication-rule \| +edit 1 \| +set groups "staff"/,
    );
    expect(type('config user group', 'delete staff').at(1)).toContain('Return code -23');
  });

  it('what a default says is not shown, what is shown inside a block is what is there now', () => {
    const { type } = device('7.2.8');
    type('config system global', 'set admin-sport 8443');
    expect(type('show').at(0)).toContain('set admin-sport 8443');
    type('set admin-sport 443', 'end');
    expect(type('show system global').at(0)).not.toContain('admin-sport');
  });
});

describe('the tables hold together', () => {
  it.each(schemas().map((schema) => ({ schema, path: schema.path })))('$path', ({ schema }) => {
    for (const release of RELEASES) {
      const version = parseVersion(release);
      if (!version) throw new Error(release);
      const options = listOptions(schema, version);
      expect(new Set(options.map((each) => each.name)).size).toBe(options.length);
      for (const option of options) {
        const initial = getDefault(option, version);
        if (initial === undefined || option.type.kind === 'any') continue;
        const words = option.type.kind === 'text' || initial === '' ? [initial] : initial.split(' ');
        const checked = checkValue(option, words, version, () => true);
        expect(isRefused(checked), `${release} ${option.name} ${initial}`).toBe(false);
      }
    }
  });
});

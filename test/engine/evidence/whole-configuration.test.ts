import { describe, expect, it } from 'vitest';
import { extentOfShow, measureExtent } from '../../../src/engine/evidence/whole-configuration.ts';
import { parseConfig } from '../../../src/engine/fortios/config/parse.ts';

const HEADER = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin';
const DEVICE = block('system global', 'system interface', 'system admin');
const PRINTED = block('system custom-language', 'system replacemsg mail "partial"');
const USERS = block('system settings', 'firewall address', 'user local');
const REST = block('vpn ssl settings', 'firewall policy', 'router bgp', 'router multicast');

function block(...paths: readonly string[]): string {
  return paths.map((path) => `config ${path}\nend`).join('\n');
}

function vdoms(...sections: readonly string[]): string {
  const listed = sections.map((_, index) => `edit v${index}\nnext`).join('\n');
  const parts = sections.map((section, index) => `config vdom\nedit v${index}\n${section}\nend\n`);
  return `${HEADER}\nconfig vdom\n${listed}\nend\n\nconfig global\n${DEVICE}\nend\n\n${parts.join('\n')}`;
}

function extent(text: string) {
  return measureExtent(parseConfig(text.split('\n')));
}

describe('how much of a configuration a text holds', () => {
  it.each([
    ['a backup', `${HEADER}\n${DEVICE}\n${PRINTED}\n${USERS}\n${REST}`, 'whole'],
    ['a backup that ends with routing', `${HEADER}\n${DEVICE}\n${REST}`, 'whole'],
    ['a backup of two VDOMs', vdoms(`${USERS}\n${REST}`, REST), 'whole'],
    ['a backup of two VDOMs, one without routing', vdoms(USERS, REST), 'whole'],
    ['tables that somebody picked out', `${HEADER}\n${DEVICE}\n${USERS}`, 'extract'],
    ['one cut behind the administrators', `${HEADER}\n${DEVICE}`, 'cut'],
    ['one cut behind its users', `${HEADER}\n${DEVICE}\n${PRINTED}\n${USERS}`, 'cut'],
    ['one cut inside a table', `${HEADER}\n${DEVICE}\n${USERS}\n${REST}\nconfig router ospf`, 'cut'],
    ['one cut before its second VDOM', vdoms(REST, ''), 'cut'],
    ['one cut inside its second VDOM', vdoms(REST, block('system settings')).trimEnd().slice(0, -4), 'cut'],
    ['a backup of two VDOMs, the last without routing', vdoms(REST, USERS), 'whole'],
    ['one cut before its administrators', `${HEADER}\n${DEVICE.replace('admin', 'dns')}`, 'cut'],
    ['a header alone', HEADER, 'piece'],
    ['a header with one table', `${HEADER}\n${block('system ftm-push')}`, 'piece'],
    ['one without its header', `${DEVICE}\n${REST}`, 'piece'],
    [
      'the backup of one VDOM',
      `${HEADER}\n#conf_file_ver=1\n#global_vdom=0:vd_name=guests/guests\n${DEVICE}\n${REST}`,
      'piece',
    ],
  ])('%s', (_what, text, kind) => {
    expect(extent(text).kind).toBe(kind);
  });

  it('knows nothing of tables that would stand behind the end', () => {
    const { covers, endsWith } = extent(`${HEADER}\n${DEVICE}\n${PRINTED}`);
    expect(endsWith).toBe('config system replacemsg mail partial');
    expect(covers('system ftm-push')).toBe(false);
    expect(covers('firewall vip')).toBe(false);
  });

  it('knows that a table is not there where later ones are', () => {
    const { covers } = extent(`${HEADER}\n${DEVICE}\n${USERS}`);
    expect(covers('system ftm-push')).toBe(true);
    expect(covers('system zone')).toBe(true);
    expect(covers('user radius')).toBe(false);
    expect(covers('vpn ssl settings')).toBe(false);
  });

  it('takes a table of a VDOM for missing only where every VDOM came that far', () => {
    const { covers } = extent(vdoms(REST, USERS).trimEnd().slice(0, -4));
    expect(covers('system ftm-push')).toBe(true);
    expect(covers('system zone')).toBe(true);
    expect(covers('firewall vip')).toBe(false);
  });

  it('knows what is not there of the device itself by a `show` in global', () => {
    const { covers } = extentOfShow(parseConfig(DEVICE.split('\n')));
    expect(covers('system ftm-push')).toBe(true);
    expect(covers('user local')).toBe(false);
    expect(extentOfShow(parseConfig(USERS.split('\n'))).kind).toBe('piece');
    expect(extentOfShow(parseConfig(`${DEVICE}\nconfig system dns`.split('\n'))).kind).toBe('piece');
    expect(extentOfShow(parseConfig(`${HEADER}\n${DEVICE}\n${REST}`.split('\n'))).kind).toBe('whole');
  });

  it('is not misled by tables of the device that sound like those of a VDOM', () => {
    const { covers } = extent(
      `${HEADER}\n${DEVICE}\n${block('firewall internet-service-name', 'vpn certificate local')}`,
    );
    expect(covers('system ftm-push')).toBe(false);
  });
});

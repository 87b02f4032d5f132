import { describe, expect, it } from 'vitest';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import type { EvidenceItem } from '../../../src/engine/evidence/types.ts';
import { valueIfKnown } from '../../../src/engine/facts/fact.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';

function factsOf(...items: EvidenceItem[]) {
  return readFacts(items.flatMap((item) => toSections(item))).facts;
}

function show(command: string, text: string, more: Partial<EvidenceItem> = {}): EvidenceItem {
  return { name: command, command, text, ...more };
}

const WHOLE = `#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin
config system global
    set hostname "FGT-EDGE"
end
config system interface
    edit "wan1"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping ftm
        config secondaryip
            edit 1
                set ip 198.51.100.11 255.255.255.0
            next
        end
    next
end
config system admin
    edit "admin"
        set accprofile "super_admin"
    next
end
config router multicast
end
`;

describe('a whole configuration', () => {
  const facts = factsOf({ name: 'backup.conf', text: WHOLE });

  it('means the defaults of what it leaves out, and says where they would stand', () => {
    expect(facts.pushService).toMatchObject({
      state: 'known',
      value: { status: { value: 'disable', explicit: false }, serverPort: { value: 4433 } },
    });
    const service = valueIfKnown(facts.pushService);
    expect(service?.status.quotes[0]).toMatchObject({ source: 'backup.conf', line: 1 });
    expect(facts.dns.state).toBe('known');
    expect(facts.vips).toMatchObject({ state: 'known', value: [] });
  });

  it('gives version and VDOM mode by its header', () => {
    expect(facts.version).toMatchObject({ state: 'known', value: { major: 7, minor: 2, patch: 8 } });
    expect(facts.vdomMode).toMatchObject({ state: 'known', value: 'single' });
  });

  it('reads interfaces with their second addresses', () => {
    expect(valueIfKnown(facts.interfaces)).toMatchObject([
      { name: 'wan1', address: { value: '198.51.100.10' }, secondary: ['198.51.100.11'] },
    ]);
  });
});

describe('part of a configuration', () => {
  it('says nothing about what it does not hold, and which command would', () => {
    const facts = factsOf({ name: 'paste', text: 'config system dns\n    set primary 192.0.2.53\nend\n' });
    expect(facts.pushService).toMatchObject({ state: 'unknown', commands: ['ftm-push'] });
    expect(facts.vips.state).toBe('unknown');
  });

  it('does not trust a table that was cut off', () => {
    const facts = factsOf({ name: 'paste', text: 'config system admin\n    edit "admin"\n' });
    expect(facts.administrators).toMatchObject({ state: 'unknown' });
  });
});

describe('commands', () => {
  it('that show one administrator do not show them all', () => {
    const text =
      'FGT-EDGE # show system admin auditor\nconfig system admin\n    edit "auditor"\n    next\nend\n\nFGT-EDGE # ';
    expect(factsOf({ name: 'paste', text }).administrators.state).toBe('unknown');
  });

  it('an empty table is an answer; nothing at all is none', () => {
    const empty = show('show firewall vip', 'config firewall vip\nend');
    expect(factsOf(empty).vips).toMatchObject({ state: 'known', value: [] });
    expect(factsOf(show('show firewall vip', '')).vips).toMatchObject({ state: 'unknown', failed: true });
  });

  it('a refused command is not, and its reason is kept', () => {
    const refused = show('show firewall vip', 'Unknown action 0', {
      failure: { kind: 'not-permitted', reason: 'the account may not read it' },
    });
    expect(factsOf(refused).vips).toMatchObject({ state: 'unknown', reason: 'the account may not read it' });
  });

  it.each([
    ['Fortinet_Factory', '7.4.3'],
    ['Fortinet_GUI_Server', '7.4.4'],
    [undefined, '6.2.9'],
  ])('the default certificate is %s on %s', (certificate, version) => {
    const facts = factsOf(
      show('get system status', `Version: FortiGate-60F v${version},build1,250101 (GA)`),
      show('show full-configuration system ftm-push', 'config system ftm-push\nend\n'),
    );
    expect(valueIfKnown(facts.pushService)?.serverCert?.value).toBe(certificate);
  });
});

describe('what FortiOS prints for an address that is not set', () => {
  it.each([
    [
      'show full-configuration system ftm-push',
      "config system ftm-push\n    set server-ip 0.0.0.0\n    set interface ''\nend\n",
    ],
    ['get system ftm-push', 'server-port : 4433\nserver-ip : 0.0.0.0\ninterface :\nstatus : enable\n'],
  ])('is no address: %s', (command, text) => {
    const service = valueIfKnown(factsOf(show(command, text)).pushService);
    expect(service).toBeDefined();
    expect(service?.serverIp).toBeUndefined();
    expect(service?.interface).toBeUndefined();
  });
});

describe('several sources', () => {
  const on = 'config system ftm-push\n    set server "198.51.100.10"\n    set status enable\nend\n';

  it('that agree are one fact', () => {
    const facts = factsOf({ name: 'a', text: on }, { name: 'b', text: on });
    expect(facts.pushService.state).toBe('known');
  });

  it('that differ contradict each other', () => {
    const facts = factsOf({ name: 'a', text: on }, { name: 'b', text: on.replace('enable', 'disable') });
    expect(facts.pushService).toMatchObject({ state: 'conflicting' });
  });

  it('within one source the later state counts', () => {
    const facts = factsOf({ name: 'a', text: `${on.replace('enable', 'disable')}${on}` });
    expect(valueIfKnown(facts.pushService)?.status.value).toBe('enable');
  });

  it('entries of one table are put together', () => {
    const admin = (name: string) => `config system admin\n    edit "${name}"\n    next\nend\n`;
    const facts = factsOf({ name: 'a', text: admin('one') }, { name: 'b', text: admin('two') });
    expect(valueIfKnown(facts.administrators)?.map((each) => each.name)).toEqual(['one', 'two']);
  });
});

describe('two commands that show the same interface', () => {
  const shown =
    'config system interface\n    edit "port9"\n        set vdom "root"\n        set type physical\n    next\nend\n';
  const full =
    'config system interface\n    edit "port9"\n        set vdom "root"\n        set mode static\n        set ip 0.0.0.0 0.0.0.0\n        unset allowaccess\n        set status up\n        set role undefined\n    next\nend\n';

  it('agree where one prints the defaults and the other leaves them out', () => {
    const facts = factsOf(
      show('show system interface', shown),
      show('show full-configuration system interface port9', full),
    );
    expect(facts.interfaces).toMatchObject({ state: 'known', value: [{ name: 'port9' }] });
  });
});

describe('the push service, shown by two commands', () => {
  const status = (version: string) =>
    show('get system status', `Version: FortiGate-60F v${version},build1,250101 (GA)`);
  const set = (lines: string) =>
    show('show system ftm-push', `config system ftm-push\n    set status enable\n${lines}end\n`);
  const OLD = 'server-port : 4433\nserver-ip : 198.51.100.10\nstatus : enable\n';
  const NEW =
    'proxy : enable\ninterface :\nserver-port : 4433\nserver-cert : Fortinet_GUI_Server\nserver-ip : 0.0.0.0\nserver : 198.51.100.10\nstatus : enable\n';

  it.each([
    ['6.2.9', '    set server-ip 198.51.100.10\n', OLD],
    ['7.6.4', '    set server "198.51.100.10"\n', NEW],
  ])('agrees on %s, where one lists what the other leaves out', (version, lines, table) => {
    const facts = factsOf(status(version), set(lines), show('get system ftm-push', table));
    expect(facts.pushService).toMatchObject({ state: 'known', value: { status: { value: 'enable' } } });
  });

  it('agrees where the version is not known', () => {
    const facts = factsOf(set('    set server "198.51.100.10"\n'), show('get system ftm-push', NEW));
    expect(facts.pushService).toMatchObject({ state: 'known', value: { proxy: { value: 'enable' } } });
  });

  it.each([
    ['status', NEW.replace('status : enable', 'status : disable')],
    ['server', NEW.replace('server : 198.51.100.10', 'server : 203.0.113.9')],
    ['server-port', NEW.replace('4433', '8443')],
  ])('contradicts itself in %s', (_field, table) => {
    const facts = factsOf(
      status('7.6.4'),
      set('    set server "198.51.100.10"\n'),
      show('get system ftm-push', table),
    );
    expect(facts.pushService.state).toBe('conflicting');
  });

  it('contradicts itself in two certificates that were both shown', () => {
    const facts = factsOf(
      status('7.6.4'),
      set('    set server "198.51.100.10"\n    set server-cert "own"\n'),
      show('get system ftm-push', NEW),
    );
    expect(facts.pushService.state).toBe('conflicting');
  });
});

describe('the VDOM mode', () => {
  it.each([
    [
      'a filtered status',
      'FGT # get system status | grep Virtual\nVirtual domain configuration: multiple\n\nFGT # ',
      'multi',
    ],
    [
      'a filtered status without VDOMs',
      'FGT # get system status | grep Virt\nVirtual domain configuration: disable\n\nFGT # ',
      'single',
    ],
    [
      'a prompt of global scope',
      'FGT (global) # get system ftm-push\nstatus              : enable\n\nFGT (global) # ',
      'multi',
    ],
    [
      'configuration inside `config global`',
      'config global\nconfig system dns\n    set primary 192.0.2.53\nend\nend\n',
      'multi',
    ],
    [
      'a status that says no, whatever the prompt may be',
      'FGT (lan) # get system status\nVirtual domain configuration: disable\n\nFGT (lan) # ',
      'single',
    ],
    ['a prompt at the root', 'FGT # get system ftm-push\nstatus              : enable\n\nFGT # ', undefined],
    [
      'a status that was cut',
      'FGT # get system status\nVersion: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\n',
      undefined,
    ],
  ])('by %s', (_what, text, expected) => {
    expect(valueIfKnown(factsOf({ name: 'paste', text }).vdomMode)).toBe(expected);
  });
});

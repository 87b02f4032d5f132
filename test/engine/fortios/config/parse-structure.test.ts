import { describe, expect, it } from 'vitest';
import { parse } from './parsed-config.ts';

describe('structure', () => {
  it('nests blocks in entries and in objects', () => {
    const document = parse(`
config vpn ssl settings
    set port 10443
    config authentication-rule
        edit 1
            set groups "vpn-users"
        next
    end
end
config system interface
    edit "wan1"
        set ip 198.51.100.10 255.255.255.0
        config secondaryip
            edit 1
                set ip 198.51.100.11 255.255.255.0
            next
        end
    next
end`);
    expect(document).toMatchObject({ closed: true, problems: [] });
    const [ssl, interfaces] = document.blocks;
    expect(ssl?.blocks[0]?.entries[0]?.settings[0]?.values).toEqual(['vpn-users']);
    expect(interfaces?.entries[0]?.blocks[0]?.path).toBe('secondaryip');
    expect(interfaces?.entries[0]?.blocks[0]?.entries[0]?.closed).toBe(true);
  });

  it('closes an entry whose `next` is missing', () => {
    const document = parse(
      'config user local\nedit "a"\nset type ldap\nedit "b"\nend\nconfig system dns\nend',
    );
    expect(document).toMatchObject({ closed: true, problems: [] });
    expect(document.blocks.map((block) => block.path)).toEqual(['user local', 'system dns']);
    expect(document.blocks[0]?.entries.map((entry) => [entry.key, entry.closed])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  it('goes on with an entry that is edited again, and makes a new one for `edit 0`', () => {
    const document = parse(
      'config firewall policy\nedit 7\nset a 1\nnext\nedit 7\nset a 2\nnext\nedit 0\nnext\nedit 0\nend',
    );
    expect(document.blocks[0]?.entries.map((entry) => [entry.key, entry.settings.length])).toEqual([
      ['7', 2],
      ['0', 0],
      ['0', 0],
    ]);
  });

  it('dissolves the wrappers of a multi-VDOM configuration', () => {
    const document = parse(`#config-version=FGVM64-7.4.8-FW-build2795-250523:opmode=0:vdom=1:user=admin
#conf_file_ver=1
config vdom
edit root
next
edit branch
next
end

config global
config system global
    set hostname "edge"
end
end

config vdom
edit root
config user local
    edit "marlow"
    next
end
end

config vdom
edit branch
config user local
end
config vpn ssl settings
end
end
`);
    expect(document).toMatchObject({ closed: true, problems: [], vdoms: ['root', 'branch'] });
    expect(document.header).toMatchObject({
      model: 'FGVM64',
      version: '7.4.8',
      build: '2795',
      multiVdom: true,
      line: 1,
    });
    expect(document.blocks.map((block) => [block.path, block.scope])).toEqual([
      ['system global', { kind: 'global' }],
      ['user local', { kind: 'vdom', name: 'root' }],
      ['user local', { kind: 'vdom', name: 'branch' }],
      ['vpn ssl settings', { kind: 'vdom', name: 'branch' }],
    ]);
  });

  it('takes `next` and `edit` to go from one VDOM to the next', () => {
    const document = parse(
      'config vdom\nedit a\nconfig user local\nend\nnext\nedit b\nconfig user group\nend\nnext\nend',
    );
    expect(document).toMatchObject({ closed: true, problems: [], vdoms: ['a', 'b'] });
    expect(document.blocks.map((block) => block.scope)).toEqual([
      { kind: 'vdom', name: 'a' },
      { kind: 'vdom', name: 'b' },
    ]);
  });

  it.each([
    ['config system interface\nedit "wan1"\nset vdom root'],
    ['config system interface\nedit "wan1"\nset vdom root\nnext'],
    ['config global\nconfig system dns\nend'],
    ['config vdom\nedit root\nconfig user local\nend'],
    ['config system admin\nedit "a"\nset trusthost1 10.0.0.0 255.0.0.0\nconfig system dns\nend'],
    ['config vpn certificate local\nedit "x"\nset certificate "-----BEGIN\nAAAA\nBBBB'],
  ])('says that a cut text is not closed: %j', (text) => {
    expect(parse(text).closed).toBe(false);
  });

  it('does not put a new root block into one that was cut', () => {
    const document = parse(
      'config system interface\n    edit "wan1"\n        set vdom "root"\nconfig system ftm-push\n    set status enable\nend',
    );
    expect(document.blocks.map((block) => [block.path, block.closed])).toEqual([
      ['system interface', false],
      ['system ftm-push', true],
    ]);
  });

  it('reports what it cannot read and goes on', () => {
    const document = parse(
      'Hello\nconfig system dns\nwhat is this\n# a comment\nset primary 192.0.2.53\nend\nend\nnext\nset x y\nedit z\nconfig',
    );
    expect(document.problems.map((problem) => problem.line)).toEqual([1, 3, 7, 8, 9, 10, 11]);
    expect(document.blocks[0]?.settings[0]?.values).toEqual(['192.0.2.53']);
  });
});

import { describe, expect, it } from 'vitest';
import type { BlockFilter } from '../../../src/engine/evidence/block-filter.ts';
import { skipBlocks } from '../../../src/engine/evidence/skip-blocks.ts';

const HEAD = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n';
const WANTED = new Map<string, BlockFilter>([
  ['system global', {}],
  ['system interface', { settings: new Set(['ip']) }],
  ['firewall policy', { entriesWith: new Set(['groups']) }],
  ['user fortitoken', { masks: new Map([['reg-id', '"<registration-id#1>"']]) }],
]);

/** What is left, as a text. */
function skipped(text: string): string | undefined {
  const bytes = Buffer.from(text);
  const statements = skipBlocks({ bytes, latin: bytes.toString('latin1') }, WANTED);
  return statements?.map((statement) => `${statement}\n`).join('');
}

const skip = (body: string) => skipped(HEAD + body);

describe('a backup', () => {
  it('keeps what is wanted, and of other blocks their first and last line', () => {
    const text = skip(`config system global
    set hostname "a"
end
config firewall address
    edit "x"
        set subnet 10.0.0.0 255.0.0.0
        config tagging
            edit "t"
            next
        end
    next
end
config system replacemsg utm "x"
    set buffer "<html>
config system global
 end
it's \\"over\\""
    set format html
end
`);
    expect(text).toBe(`${HEAD}config system global
    set hostname "a"
end
config firewall address
end
config system replacemsg utm "x"
end
`);
  });

  it('keeps the entries that are read, without settings that nothing reads', () => {
    const policy = (id: number, more: string) => `    edit ${id}\n        set uuid 1-2\n${more}    next\n`;
    const text = skip(
      `config firewall policy\n${policy(1, '')}${policy(2, '        set groups "g"\n')}${policy(3, '')}end\n`,
    );
    expect(text).toBe(`${HEAD}config firewall policy\n    edit 2\n        set groups "g"\n    next\nend\n`);
  });

  it('keeps VDOMs and what is wanted in each', () => {
    const vdom = (name: string) =>
      `config vdom\nedit ${name}\nconfig system global\n    set a b\nend\nconfig router bgp\n    set as 1\nend\nend\n`;
    const list = 'config vdom\nedit root\nnext\nedit b\nnext\nend\n';
    const global = 'config global\nconfig system dns\n    set primary 192.0.2.1\nend\nend\n';
    const text = skip(`${list}${global}${vdom('root')}${vdom('b')}`);
    expect(text).toBe(
      `${HEAD}${list}${global.replace(/ {4}.*\n/, '')}${vdom('root').replace('    set as 1\n', '')}${vdom('b').replace('    set as 1\n', '')}`,
    );
  });

  it('keeps of a table the settings that are read, of blocks inside too', () => {
    const text = skip(`config system interface
    edit "wan1"
        set alias "Büro"
        set ip 192.0.2.1 255.255.255.0
        config secondaryip
            edit 1
                set ip 192.0.2.2 255.255.255.0
                set ping-serv-status 0
            next
        end
        unset mode
    next
    edit "Übergang"
        set description "..."
    next
end
`);
    expect(text).toBe(`${HEAD}config system interface
    edit "wan1"
        set ip 192.0.2.1 255.255.255.0
        config secondaryip
            edit 1
                set ip 192.0.2.2 255.255.255.0
            next
        end
        unset mode
    next
    edit "Übergang"
        set description "..."
    next
end
`);
  });

  it.each([
    ['a value', '"abc"', '"<registration-id#1>"'],
    ['an empty value', '""', '""'],
    ['a placeholder', '"<reg-id>"', '"<reg-id>"'],
  ])('masks %s that only matters as set', (_, value, kept) => {
    const token = (id: string) =>
      `config user fortitoken\n    edit "A"\n        set reg-id ${id}\n    next\nend\n`;
    expect(skip(token(value))).toBe(HEAD + token(kept));
  });

  it('keeps an entry of which a line was left out, since nobody knows what else it says', () => {
    const policies = 'config firewall policy\n    edit 1\n        set comments "..."\n    next\nend\n';
    expect(skip(policies)).toBe(HEAD + policies);
  });

  it('leaves counters out, and keeps other comments at the start', () => {
    const more = '#conf_file_ver=1234\n#buildno=2795\n#global_vdom=0:vd_name=root/root\n';
    expect(skip(`${more}config system dns\nend\n`)).toBe(
      `${HEAD}#global_vdom=0:vd_name=root/root\nconfig system dns\nend\n`,
    );
  });

  it.each<[string, string]>([
    ['is cut', 'config firewall address\n    edit "x"\n'],
    ['has other text in a block', 'config firewall address\n    edit "x"\n    hello\n    next\nend\n'],
    ['has other text behind it', 'config firewall address\nend\nfgt # diagnose debug enable\n'],
    ['has an open value', 'config firewall address\n    set comment "x\nend\n'],
    ['goes on behind a value of several lines', 'config firewall address\n    set comment "x\ny" z\nend\n'],
    ['joins lines', 'config firewall address\n    set comment x\\\nend\nend\n'],
    ['has single quotes', "config firewall address\n    set comment 'x\nend'\nend\n"],
    ['has a comment in a block', 'config firewall address\n    # set x y\nend\n'],
    ['has an end too many', 'config firewall address\nend\nend\n'],
    ['shows a block twice', 'config system global\nend\nconfig system global\nend\n'],
    ['has the line ends of Windows', 'config firewall address\r\nend\r\n'],
    ['may have a remark behind a value', 'config system dns\n    set primary 192.0.2.1 # "\nend\n'],
    ['may have a remark before a quote', 'config system dns\n    set primary x // "\nend\n'],
    ['holds control characters', 'config system dns\n    set comment "a\u0007b"\nend\n'],
    ['is not UTF-8 where it is read', 'config system global\n    set hostname "\ufffd"\nend\n'],
    ['may be two files', `config system dns\nend\n${HEAD}config system ntp\nend\n`],
    [
      'begins a table further left than the one it is in',
      '    config system dns\nconfig system ntp\n    end\nend\n',
    ],
    ['is abbreviated', 'conf firewall address\nend\n'],
    [
      'names another product in a value that is not read',
      'config system dns\n    set comment "x\nVersion: FortiMail-VM64 v7.4.1\ny"\nend\n',
    ],
    ['holds the mark of a pager', 'config system interface\n    set ip--More--  192.0.2.1\nend\n'],
  ])('that %s is read as a whole', (_, body) => {
    expect(skip(body)).toBeUndefined();
  });

  it('without a header is read as a whole', () => {
    expect(skipped('config firewall address\nend\n')).toBeUndefined();
  });
});

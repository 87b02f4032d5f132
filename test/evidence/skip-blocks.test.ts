import { describe, expect, it } from 'vitest';
import { skipBlocks } from '../../src/evidence/skip-blocks.ts';

const HEAD = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n';
const WANTED = new Map([
  ['system global', undefined],
  ['firewall policy', (entry: string) => entry.includes(' set groups ')],
]);
const skip = (body: string) => skipBlocks(HEAD + body, WANTED);

describe('a backup', () => {
  it('keeps what is wanted, and of other blocks their first and last line', () => {
    const { text, isShortened } = skip(`config system global
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
    expect(isShortened).toBe(true);
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
    const { text } = skip(
      `config firewall policy\n${policy(1, '')}${policy(2, '        set groups "g"\n')}${policy(3, '')}end\n`,
    );
    expect(text).toBe(`${HEAD}config firewall policy\n    edit 2\n        set groups "g"\n    next\nend\n`);
  });

  it('keeps VDOMs and what is wanted in each', () => {
    const vdom = (name: string) =>
      `config vdom\nedit ${name}\nconfig system global\n    set a b\nend\nconfig router bgp\n    set as 1\nend\nend\n`;
    const list = 'config vdom\nedit root\nnext\nedit b\nnext\nend\n';
    const global = 'config global\nconfig system dns\n    set primary 192.0.2.1\nend\nend\n';
    const { text, isShortened } = skip(`${list}${global}${vdom('root')}${vdom('b')}`);
    expect(isShortened).toBe(true);
    expect(text).toBe(
      `${HEAD}${list}${global.replace(/ {4}.*\n/, '')}${vdom('root').replace('    set as 1\n', '')}${vdom('b').replace('    set as 1\n', '')}`,
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
    ['is abbreviated', 'conf firewall address\nend\n'],
  ])('that %s is read as a whole', (_, body) => {
    expect(skip(body)).toEqual({ text: HEAD + body, isShortened: false });
  });

  it('without a header is read as a whole', () => {
    const text = 'config firewall address\nend\n';
    expect(skipBlocks(text, WANTED)).toEqual({ text, isShortened: false });
  });
});

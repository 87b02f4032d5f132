import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../src/engine/fortios/config/parse.ts';
import type {
  ConfigBlock,
  ConfigDocument,
  ConfigEntry,
  Setting,
} from '../../../../src/engine/fortios/config/types.ts';
import { renderBlock, renderConfig } from '../../../../src/stand-ins/fortigate/config/render.ts';
import { anyText } from '../../../support/any-text.ts';

const SAMPLE = `config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping https ftm
        config secondaryip
            edit 1
                set ip 198.51.100.11 255.255.255.0
            next
        end
    next
end`;

describe('renderBlock', () => {
  it('prints a block as FortiOS printed it', () => {
    const [block] = parseConfig(SAMPLE.split('\n')).blocks;
    expect(block && renderBlock(block)).toBe(SAMPLE);
  });

  it('leaves notes out and restores the indent', () => {
    const text = 'config system ftm-push  <-- here\nset server "198.51.100.7"  >> wan ip\nend';
    const [block] = parseConfig(text.split('\n')).blocks;
    expect(block && renderBlock(block)).toBe('config system ftm-push\n    set server "198.51.100.7"\nend');
  });
});

describe('renderConfig', () => {
  it('wraps scopes', () => {
    const text = `#config-version=FGVM64-7.4.8-FW-build2795-250523:opmode=0:vdom=1:user=admin
config vdom
edit root
next
end

config global
config system dns
    set primary 192.0.2.53
end
end

config vdom
edit root
config user local
end
end
`;
    const document = parseConfig(text.split('\n'));
    expect(renderConfig(document)).toBe(text);
    expect(parseConfig(renderConfig(document).split('\n'))).toEqual(document);
  });

  it('is read back as the same tree', () => {
    fc.assert(
      fc.property(documents(), (document) => {
        const again = parseConfig(renderConfig(document).split('\n'));
        expect(again.problems).toEqual([]);
        expect(again.closed).toBe(true);
        expect(again.vdoms).toEqual(document.vdoms);
        expect(again.blocks.map(shapeOfBlock)).toEqual(document.blocks.map(shapeOfBlock));
      }),
    );
  });
});

function shapeOfBlock(block: ConfigBlock): unknown {
  return [
    block.path,
    block.scope,
    block.closed,
    block.settings.map(shapeOfSetting),
    block.blocks.map(shapeOfBlock),
    block.entries.map(shapeOfEntry),
  ];
}

function shapeOfEntry(entry: ConfigEntry): unknown {
  return [entry.key, entry.closed, entry.settings.map(shapeOfSetting), entry.blocks.map(shapeOfBlock)];
}

function shapeOfSetting(setting: Setting): unknown {
  return [setting.verb, setting.name, setting.values];
}

function documents(): fc.Arbitrary<ConfigDocument> {
  const vdoms = ['root', 'branch'];
  const scope = fc.constantFrom<ConfigBlock['scope']>(
    { kind: 'global' },
    ...vdoms.map((name) => ({ kind: 'vdom', name }) as const),
  );
  return fc.oneof(
    fc.array(rootBlocks({ kind: 'none' }), { maxLength: 4 }).map((blocks) => documentOf(blocks, [])),
    fc.array(scope.chain(rootBlocks), { maxLength: 4 }).map((blocks) => documentOf(blocks, vdoms)),
  );
}

function documentOf(blocks: ConfigBlock[], vdoms: string[]): ConfigDocument {
  return { blocks, vdoms, closed: true, problems: [] };
}

const place = { line: 1, text: '' } as const;
const anyValue = anyText({ maxLength: 20 }).map((text) => text.replace(/\r/g, ''));
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);

const settings: fc.Arbitrary<Setting> = fc.record({
  verb: fc.constantFrom('set', 'append', 'select', 'unselect'),
  name,
  values: fc.array(anyValue, { minLength: 1, maxLength: 3 }),
  line: fc.constant(1),
  text: fc.constant(''),
});

function rootBlocks(scope: ConfigBlock['scope']): fc.Arbitrary<ConfigBlock> {
  const path = fc.constantFrom('system ftm-push', 'user local', 'vpn ssl settings');
  return blocksOf(path, scope, 2);
}

function blocksOf(
  path: fc.Arbitrary<string>,
  scope: ConfigBlock['scope'],
  depth: number,
): fc.Arbitrary<ConfigBlock> {
  const inner =
    depth === 0
      ? fc.constant([])
      : fc.array(blocksOf(fc.constantFrom('secondaryip', 'rule'), scope, depth - 1), { maxLength: 2 });
  const entries = fc.record({
    key: anyValue,
    settings: fc.array(settings, { maxLength: 3 }),
    blocks: inner,
    closed: fc.constant(true),
    line: fc.constant(place.line),
    text: fc.constant(place.text),
  });
  return fc.record({
    path,
    scope: fc.constant(scope),
    settings: fc.array(settings, { maxLength: 3 }),
    entries: fc.uniqueArray(entries, { selector: (entry) => entry.key, maxLength: 3 }),
    blocks: inner,
    closed: fc.constant(true),
    line: fc.constant(place.line),
    text: fc.constant(place.text),
  });
}

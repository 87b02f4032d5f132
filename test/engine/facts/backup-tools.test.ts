import { describe, expect, it } from 'vitest';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { valueIfKnown } from '../../../src/engine/facts/fact.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';

const HEADER = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=backup';
const STATUS = [
  'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)',
  'Hostname: EDGE',
  'Virtual domain configuration: disable',
  'Current HA mode: standalone',
  '',
  'Model name: FortiGate-60F',
  'RAM: 3701 MB',
  '',
];
const BLOCKS = [
  'system global',
  'system interface',
  'system admin',
  'system ftm-push',
  'user local',
  'vpn ssl settings',
  'firewall policy',
  'router multicast',
].map((path) => `config ${path}\nend`);

/** A configuration as a tool keeps it: the outputs it reads besides as comments, with this mark. */
function kept(mark: string, blocks: readonly string[]): string {
  return [...STATUS.map((line) => `${mark} ${line}`), ...blocks, ''].join('\n');
}

function factsOf(text: string) {
  return readFacts(toSections({ name: 'EDGE.cfg', text })).facts;
}

describe('a configuration that a backup tool kept', () => {
  it.each([
    ['with its header, as Oxidized does', kept('#', [HEADER, ...BLOCKS])],
    ['without its header', kept('#', BLOCKS)],
    [
      'under a line of its own, as RANCID does',
      `#RANCID-CONTENT-TYPE: fortigate\n#\n${kept('#', [HEADER, ...BLOCKS])}`,
    ],
    ['with comments between blocks', kept('!', [HEADER, ...BLOCKS.flatMap((block) => [block, '!', '! --'])])],
  ])('is whole: %s', (_what, text) => {
    const { truncatedBackup, pushService, vips, device, vdomMode } = factsOf(text);
    expect(truncatedBackup.state).toBe('unknown');
    expect(pushService).toMatchObject({
      state: 'known',
      value: { status: { value: 'disable', explicit: false } },
    });
    expect(vips).toMatchObject({ state: 'known', value: [] });
    expect(valueIfKnown(device)).toMatchObject({ hostname: 'EDGE', model: 'FortiGate-60F' });
    expect(valueIfKnown(vdomMode)).toBe('single');
  });

  it.each([
    ['where its end is missing', kept('#', BLOCKS.slice(0, -2))],
    ['where lines were left out', kept('#', BLOCKS.toSpliced(3, 2, '# ... 200 lines removed ...'))],
  ])('is not whole %s', (_what, text) => {
    const { vips } = factsOf(text);
    expect(vips.state).toBe('unknown');
  });

  it('is not made whole by comments that are not those of a FortiGate', () => {
    const text = ['# my firewall', '# saved on Monday', ...BLOCKS].join('\n');
    expect(factsOf(text).vips.state).toBe('unknown');
  });
});

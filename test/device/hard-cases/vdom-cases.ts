import { expect } from 'vitest';
import { parseVdomList } from '../../../src/engine/fortios/output/vdom-list.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { ALL, check } from '../device-fixture.ts';

const request = { vdom: 'campus' } as const;

export async function longVdomName(): Promise<void> {
  const vdom = 'campus-north-building-3rd-floor';
  const configText = sampleConfig('campus').replaceAll('edit campus\n', `edit ${vdom}\n`);
  await check({ configText, request: { vdom } }, ({ item, simulator }) => {
    expect(item('show user local')).toMatchObject({ vdom, text: expect.stringContaining('"ines"') });
    expect(item('show user local')?.failure).toBeUndefined();
    expect(simulator.writes).toEqual([]);
  });
}

export async function missingBlocks(): Promise<void> {
  const configText = sampleConfig('campus').replace(
    /^#config-version=([^-]+)-[^-]+/,
    '#config-version=$1-6.2.10',
  );
  await check(
    { configText, behaviour: { missingBlocks62: ['system ftm-push', 'user local'] }, request },
    ({ item }) => {
      expect(item('show full-configuration system ftm-push')?.text).toContain('set status enable');
      expect(item('show user local')?.text).toContain('"ines"');
    },
  );
}

export async function reservedVdom(): Promise<void> {
  const outputs = {
    'diagnose sys vd list': 'name=root/root index=0 enabled\nname=dmgmt-vdom/dmgmt-vdom index=3 enabled',
  };
  await check(
    { sample: 'campus', outputs, request: { vdom: 'dmgmt-vdom' } },
    ({ item, items, simulator }) => {
      expect(item('show user local')?.failure).toMatchObject({
        kind: 'not-run',
        reason: expect.stringContaining('reserved'),
      });
      expect(item('show system dns')?.failure).toBeUndefined();
      expect(items).toHaveLength(ALL.length + 1);
      expect(simulator.writes).toEqual([]);
    },
  );
}

export function vdomNames(): void {
  const listed = [
    'name=vsys_ha/vsys_ha index=1 enabled',
    'name=a-b_c/a-b_c index=2 enabled fib_ver=4',
    '== [ d-e_f ]',
    'list virtual firewall info:',
  ];
  expect(parseVdomList(listed)).toEqual(['a-b_c', 'd-e_f']);
}

/** The list names a VDOM that is gone by the time it is entered: the device asks, is told no, and creates none. */
export async function ghostVdom(): Promise<void> {
  const given = {
    sample: 'campus',
    behaviour: { editVdomPrompt: true },
    outputs: { 'diagnose sys vd list': 'name=ghost/ghost index=3 enabled' },
    request: { vdom: 'ghost' },
  } as const;
  await check(given, ({ item, simulator }) => {
    expect(simulator.keys).toEqual(['n']);
    expect(simulator.vdoms()).toEqual(['root', 'campus', 'guests']);
    expect(simulator.writes).toEqual([]);
    expect(item('show user local')?.failure?.kind).toBe('not-run');
  });
}

import { expect, it } from 'vitest';
import { collectItems } from '../../src/device/collect/collect-items.ts';
import type { Navigator } from '../../src/device/collect/navigator.ts';
import { readStatus } from '../../src/device/collect/read-status.ts';
import type { CollectionRequest } from '../../src/device/collector.ts';
import { deviceAt } from './device-fixture.ts';

const VERSION = 'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)';

const PROMPT = { host: 'EDGE', privilege: '#' } as const;

it.each([
  ['multiple', true],
  ['split-task', true],
  ['disable', false],
])('a device whose status says %s', (mode, multiVdom) => {
  expect(readStatus([VERSION, `Virtual domain configuration: ${mode}`])).toMatchObject({ multiVdom });
});

it('goes nowhere where the status was cut before its line about virtual domains', async () => {
  const sent: string[] = [];
  const navigator: Pick<Navigator, keyof Navigator> = {
    run: (id) => {
      sent.push(id);
      return Promise.resolve({
        lines: [VERSION, 'Hostname: EDGE'],
        prompt: PROMPT,
        irregular: [],
        isDoubtful: false,
        hasLateText: () => false,
        wasRepeated: false,
        isUnreadable: false,
      });
    },
    go: () => Promise.reject(new Error('no scope is entered')),
    runWith: () => Promise.reject(new Error('nothing takes a word')),
    runInVdom: () => Promise.reject(new Error('no VDOM is read')),
    listVdoms: () => Promise.reject(new Error('no VDOMs are listed')),
    session: () => {
      throw new Error('not asked for');
    },
    reconnect: () => Promise.reject(new Error('nothing was lost')),
    leave: () => Promise.resolve(),
  };
  const request: CollectionRequest = {
    device: deviceAt({ port: 22, hostKeyLines: [] }),
    commands: ['ftm-push', 'local-users'],
  };
  const items = await collectItems(navigator as Navigator, request);
  expect(sent).toEqual(['system-status']);
  expect(items.map(({ command, failure }) => [command, failure?.kind])).toEqual([
    ['get system status', undefined],
    ['show full-configuration system ftm-push', 'not-run'],
    ['show user local', 'not-run'],
  ]);
  expect(items[1]?.failure?.reason).toContain('Virtual domain configuration');
});

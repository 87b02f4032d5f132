import { describe, expect, it } from 'vitest';
import {
  type ComparedState,
  compareDevices,
} from '../../../../src/engine/diagnosis/changes/compare-devices.ts';
import { diagnoseWithEvidence } from '../../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../../src/engine/evidence/redact.ts';
import type { EvidenceItem } from '../../../../src/engine/evidence/types.ts';
import { COMMANDS, type CommandId } from '../../../../src/engine/fortios/commands.ts';
import { Cli } from '../../../../src/stand-ins/fortigate/cli.ts';
import { createDeviceState } from '../../../../src/stand-ins/fortigate/device-state.ts';
import { SAMPLES, sampleConfig } from '../../../../src/stand-ins/fortigate/samples.ts';
import { readAll, typeInto } from '../../../closed-loop/console.ts';
import { deviceConfig } from '../../../closed-loop/device.ts';
import { SAMPLE_RELEASES } from '../../../closed-loop/scenario.ts';
import { sampleOf } from '../../../support/amount.ts';

const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];
const BRANCH = sampleConfig('branch-07');

function stateOf(items: readonly EvidenceItem[]): ComparedState {
  const focus = { readAt: Date.UTC(2026, 0, 7) };
  const { evidence, diagnosis } = diagnoseWithEvidence(redact(items), focus);
  const { facts, inVdom, lineMaps } = evidence;
  return { diagnosis, facts, inVdom, focus, lineMaps };
}

const backup = (text: string) => stateOf([{ name: 'fgt.conf', text }]);

function typed(text: string) {
  const state = createDeviceState(text);
  return typeInto(new Cli({ state, behaviour: {}, outputs: new Map(), record: () => {} }));
}

/** What a check reads: some commands print defaults, others do not. */
async function live(text: string, vdom = /^edit (\S+)$/m.exec(text)?.[1]): Promise<ComparedState> {
  return stateOf(await readAll(typed(text), COMMAND_IDS, text.includes(':vdom=1:'), vdom));
}

/** `execute backup full-config`: a backup that leaves nothing out. */
async function full(text: string): Promise<ComparedState> {
  return backup((await typed(text)('show full-configuration')).join('\n'));
}

function changesOf(old: ComparedState, now: ComparedState): readonly unknown[] {
  return compareDevices(old, now).changes.map(({ kind, place, setting }) =>
    setting ? [setting.name, setting.before, setting.after] : [place, kind],
  );
}

const DEVICES: readonly (readonly [string, string])[] = [
  ...SAMPLES.map((name) => [name, sampleConfig(name)] as const),
  ...SAMPLE_RELEASES.flatMap((version) =>
    [false, true].map(
      (vdoms) =>
        [`${version}${vdoms ? ' with VDOMs' : ''}`, deviceConfig({ version, vdoms, broken: {} })] as const,
    ),
  ),
  ['without SSL VPN', BRANCH.replace(/^config vpn ssl settings\n[\s\S]*?^end\n/m, '')],
  ['without a port of SSL VPN', BRANCH.replace(/^ {4}set port \d+\n/m, '')],
  ['without the push service', BRANCH.replace(/^config system ftm-push\n[\s\S]*?^end\n/m, '')],
];

describe('one configuration in two forms', () => {
  // A sample has a third of the devices.
  it.each(sampleOf(DEVICES, 3, 0))('has no changes: %s', async (_, text) => {
    const states = [backup(text), await live(text), await full(text)];
    const changes = states.flatMap((old) => states.map((now) => changesOf(old, now)));
    expect(changes).toEqual(states.flatMap(() => states.map(() => [])));
  });

  it('has none where the lines of a backup name no release', async () => {
    const text = sampleConfig('campus');
    const lines =
      'FGT (global) # show system ftm-push\nconfig system ftm-push\n    set server "198.51.100.66"\n    set status enable\nend\n';
    const [old, now] = [backup(lines), await live(text)];
    expect([changesOf(old, now), changesOf(now, old)]).toEqual([[], []]);
  });
});

describe('a check of one VDOM', () => {
  const campus = sampleConfig('campus');
  const withoutUser = campus.replace(/^config user local\n[\s\S]*?^end\n/m, '');
  it.each(['root', 'guests', 'campus'])('adds and removes nothing in another VDOM: %s', async (vdom) => {
    const [old, now] = [backup(campus), await live(campus, vdom)];
    expect([changesOf(old, now), changesOf(now, old)]).toEqual([[], []]);
  });

  it('finds what is gone from that VDOM', async () => {
    const [old, now] = [backup(campus), await live(withoutUser, 'campus')];
    expect(changesOf(old, now)).toEqual([['user local ines', 'removed']]);
    expect(changesOf(now, old)).toEqual([['user local ines', 'added']]);
    expect(changesOf(backup(campus), backup(withoutUser))).toEqual([['user local ines', 'removed']]);
  });
});

type Edit = readonly [from: string, to: string];
const PUSH = 'config system ftm-push\n';

describe('a change between two forms', () => {
  it.each<[string, Edit, readonly unknown[]]>([
    [
      'a proxy that is not the default',
      [PUSH, `${PUSH}    set proxy disable\n`],
      ['proxy', 'enable', 'disable'],
    ],
    [
      'a default that became a value',
      [PUSH, `${PUSH}    set server-port 4434\n`],
      ['server-port', '4433', '4434'],
    ],
    ['a value that became a default', ['    set status enable\nend', 'end'], ['status', 'enable', 'disable']],
    ['a value', ['set admin-sport 8443', 'set admin-sport 4433'], ['admin-sport', '8443', '4433']],
    ['the model', ['FGT60F', 'FGT61F'], ['model', 'FGT60F', 'FortiGate-61F']],
  ])('is found: %s', async (_, [from, to], change) => {
    const old = sampleConfig('campus');
    expect(old).toContain(from);
    const text = old.replace(from, to);
    expect(changesOf(backup(old), await live(text))).toEqual([change]);
    const [name, before, after] = change;
    const back = name === 'model' ? ['model', 'FortiGate-61F', 'FGT60F'] : [name, after, before];
    expect(changesOf(await live(text), backup(old))).toEqual([back]);
  });
});

describe('a change between two texts of one form', () => {
  const without = sampleConfig('campus');
  const disabled = without.replace(PUSH, `${PUSH}    set proxy disable\n`);
  it.each([
    ['backups', backup],
    ['full configurations', full],
  ] as const)('is found as before: %s', async (_, form) => {
    const [old, now] = [await form(without), await form(disabled)];
    expect(changesOf(old, now)).toEqual([['proxy', 'enable', 'disable']]);
    expect(changesOf(now, old)).toEqual([['proxy', 'disable', 'enable']]);
  });

  it('is found where a full configuration of an older release lacks the setting', async () => {
    const older = await full(without.replace('FGT60F-7.4.8', 'FGT60F-7.2.8'));
    expect(changesOf(older, backup(disabled))).toContainEqual(['proxy', '', 'disable']);
  });

  it('is found where the port of SSL VPN is no longer set', () => {
    const port = BRANCH.replace('config vpn ssl settings\n', 'config vpn ssl settings\n    set port 9443\n');
    const none = BRANCH.replace(/^ {4}set port \d+\n/m, '');
    expect(changesOf(backup(port), backup(none))).toHaveLength(1);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import type { EvidenceItem } from '../../../src/engine/evidence/types.ts';
import { commandSpec } from '../../../src/engine/fortios/commands.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { collectionPlan } from '../../../src/engine/rules/collection-plan.ts';
import { Cli } from '../../../src/stand-ins/fortigate/cli.ts';
import { createDeviceState } from '../../../src/stand-ins/fortigate/device-state.ts';
import { readAll, typeInto } from '../../closed-loop/console.ts';

const SAMPLES = new URL('../../../src/stand-ins/fortigate/samples/', import.meta.url);

async function check(sample: string, vdom?: string): Promise<readonly EvidenceItem[]> {
  const state = createDeviceState(readFileSync(new URL(sample, SAMPLES), 'utf8'));
  const cli = new Cli({ state, behaviour: {}, outputs: new Map(), record: () => {} });
  return readAll(typeInto(cli), collectionPlan(RULES), vdom !== undefined, vdom);
}

type Loss = (item: EvidenceItem) => EvidenceItem;

const refused: Loss = (item) => ({
  ...item,
  text: 'Unknown action 0',
  failure: { kind: 'failed', reason: 'the account may not read it' },
});
const unfinished: Loss = (item) => ({ ...item, text: item.text.split('\n').slice(0, 1).join('\n') });
const unreadable: Loss = (item) => ({ ...item, text: 'Unknown action 0' });

function verdicts(items: readonly EvidenceItem[], lost: Readonly<Record<string, Loss>>) {
  const left = items.map((item) => lost[item.command ?? '']?.(item) ?? item);
  const { checks } = diagnose(left, { alias: 'fgt-branch-07' });
  return new Map<string, string>(checks.map(({ rule, verdict }) => [rule, verdict]));
}

const ZONES = commandSpec('zones').text;
const SDWAN = commandSpec('sdwan').text;
const STATUS = commandSpec('system-status').text;

describe.each([
  ['branch-07.conf', undefined],
  ['campus.conf', 'campus'],
])('on the sample %s', (sample, vdom) => {
  it.each([
    ['refused', refused],
    ['unfinished', unfinished],
    ['unreadable', unreadable],
  ])('a second answer that is %s decides no rule that the first left undecided', async (_how, loss) => {
    const items = await check(sample, vdom);
    const one = verdicts(items, { [ZONES]: refused });
    const both = verdicts(items, { [ZONES]: refused, [SDWAN]: loss });
    const undecided = [...one].filter(([, verdict]) => verdict === 'unknown').map(([rule]) => rule);
    expect(undecided).toContain('user-not-in-vpn-rule');
    expect(undecided.filter((rule) => both.get(rule) !== 'unknown')).toEqual([]);
  });

  it('without the system status nobody knows whether the push settings are in the right scope', async () => {
    const items = await check(sample, vdom);
    expect(verdicts(items, { [STATUS]: refused }).get('wrong-vdom-scope')).not.toBe('healthy');
  });

  it('a rule is healthy by the facts that its verdict rests on, whatever else was not read', async () => {
    const items = await check(sample, vdom);
    const interfaces = commandSpec('interfaces').text;
    const address = verdicts(items, {}).get('push-address-missing');
    expect(verdicts(items, { [interfaces]: refused }).get('push-address-missing')).toBe(address);
  });
});

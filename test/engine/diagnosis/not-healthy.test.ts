import { describe, expect, it } from 'vitest';
import { explainCliRefusal } from '../../../src/device/collect/refusal.ts';
import type { CaseFocus } from '../../../src/engine/diagnosis/diagnose.ts';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import type { EvidenceItem } from '../../../src/engine/evidence/types.ts';
import { commandSpec } from '../../../src/engine/fortios/commands.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { collectionPlan } from '../../../src/engine/rules/collection-plan.ts';
import { typeAll } from '../../closed-loop/console.ts';
import { casesOf, createTestDevice, filled } from '../../closed-loop/loop.ts';
import { SCENARIOS } from '../../closed-loop/scenarios.ts';

const PLAN = new Set<string>(collectionPlan(RULES).map((id) => commandSpec(id).text));

/** What a device answers on which push was switched off, and is on again. */
async function soundDevice(withVdoms = false): Promise<readonly EvidenceItem[]> {
  const scenario = SCENARIOS.find(({ rule }) => rule === 'push-disabled');
  const found =
    scenario &&
    casesOf(scenario).findLast(({ release, vdoms }) => release === '7.4.8' && vdoms === withVdoms);
  if (!scenario || !found) throw new Error('no such scenario');
  const device = createTestDevice(found);
  const before = diagnoseItems(await device.collect(), { alias: 'fgt-branch-07' });
  await typeAll(device.type, filled(before.findings[0]?.fix.apply ?? [], scenario));
  return (await device.collect()).filter(({ command }) => PLAN.has(command ?? ''));
}

function diagnose(items: readonly EvidenceItem[], focus: CaseFocus = {}) {
  return diagnoseItems(items, { alias: 'fgt-branch-07', ...focus });
}

function refusing(verb: string, items: readonly EvidenceItem[]): readonly EvidenceItem[] {
  const error = { kind: 'unknown-command', line: 'Unknown action 0' } as const;
  return items.map((item) =>
    item.command?.startsWith(`${verb} `)
      ? { ...item, text: error.line, failure: explainCliRefusal(error, item.command, undefined) }
      : item,
  );
}

describe('a device on which nothing is wrong', () => {
  it('is healthy where it answered every command', async () => {
    const { verdict, whyNotHealthy } = diagnose(await soundDevice());
    expect([verdict, whyNotHealthy]).toEqual(['healthy', undefined]);
  });

  it('is not where the account may not run `diagnose`', async () => {
    const { verdict, headline } = diagnose(refusing('diagnose', await soundDevice()));
    expect(verdict).toBe('inconclusive');
    expect(headline).toBe(
      'Nothing wrong in what could be read, but tokens were not read: the account may not run `diagnose`',
    );
  });

  it('names the permission that the account lacks', async () => {
    const { checks } = diagnose(refusing('diagnose', await soundDevice()));
    const token = checks.find(({ rule }) => rule === 'token-not-activated');
    expect(token).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining('its access profile needs `set system-diagnostics enable`'),
    });
  });

  /** Others are asked only where something names what they show. */
  const always = collectionPlan(RULES)
    .map(commandSpec)
    .filter(({ onlyWhere }) => onlyWhere === undefined);

  it.each(always.map(({ text }) => text))('is not where `%s` printed nothing', async (command) => {
    const items = await soundDevice();
    expect(items.map((item) => item.command)).toContain(command);
    const emptied = items.map((item) => (item.command === command ? { ...item, text: '' } : item));
    const { verdict, whyNotHealthy } = diagnose(emptied);
    expect(verdict).toBe('inconclusive');
    expect(whyNotHealthy?.[0]).toContain('printed nothing at all');
  });

  it('is not where a command is missing', async () => {
    const items = (await soundDevice()).filter(({ command }) => command !== 'show firewall vip');
    const { verdict, headline } = diagnose(items);
    expect([verdict, headline]).toEqual([
      'inconclusive',
      'Nothing wrong in what could be read, but the evidence does not contain `show firewall vip`',
    ]);
  });

  it.each([
    [
      'in which nobody logged in',
      { state: 'watched', seconds: 60, applications: ['fnbamd'], commands: [] },
      'nobody logged in in the 60 s of watching',
    ],
    [
      'that could not start',
      { state: 'not-opened', reason: 'Somebody else has a debug open.', applications: [], commands: [] },
      'no login could be watched (Somebody else has a debug open)',
    ],
  ] as const)('is not after a window %s', async (_what, live, reason) => {
    const focus = { live: { ...live, applications: [...live.applications], commands: [] } };
    for (const withVdoms of [false, true]) {
      const items = await soundDevice(withVdoms);
      expect(diagnose(items).verdict).toBe('healthy');
      for (const vdom of withVdoms ? [undefined, 'root'] : [undefined]) {
        const { verdict, headline } = diagnose(items, { ...focus, ...(vdom ? { vdom } : {}) });
        expect([verdict, headline]).toEqual([
          'inconclusive',
          `Nothing wrong in what could be read, but ${reason}`,
        ]);
      }
    }
  });

  it('is not where the request names a VDOM that it does not have', async () => {
    const single = diagnose(await soundDevice(), { vdom: 'edge' });
    expect([single.verdict, single.headline]).toEqual([
      'inconclusive',
      'fgt-branch-07 has no VDOM `edge`: it has no VDOMs',
    ]);
    const multi = diagnose(await soundDevice(true), { vdom: 'rooot' });
    expect(multi.verdict).toBe('inconclusive');
    expect(multi.headline).toBe(
      'No VDOM `rooot` in this evidence. Did you mean `root`? It shows only `root`',
    );
    expect(multi.unknownVdom).toEqual({ name: 'rooot', suggestions: ['root'] });
    expect(diagnose(await soundDevice(true), { vdom: 'root' }).unknownVdom).toBeUndefined();
  });
});

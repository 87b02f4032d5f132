import { describe, expect, it } from 'vitest';
import type { MemberRow } from '../../../../src/platform/runs/group.ts';
import {
  compareSweeps,
  firstBaseline,
  firstOfEachCause,
  hasChanges,
  type SweepChanges,
} from '../../../../src/report/documents/groups/sweep-changes.ts';
import { renderSweep } from '../../../../src/report/formats/slack/render-sweep.ts';

function row(name: string, rules: readonly string[], state?: MemberRow['state']): MemberRow {
  const findings = rules.map(
    (rule) => ({ rule, severity: 'high', confidence: 'certain', title: `Title of ${rule}` }) as const,
  );
  return {
    number: Number(name.slice(1)),
    name,
    state: state ?? (rules.length > 0 ? 'broken' : 'healthy'),
    headline: `Headline of ${name}`,
    findings,
  };
}

const ALL_FINE = async () => true;

async function compare(before: readonly MemberRow[], rows: readonly MemberRow[], isFine = ALL_FINE) {
  return await compareSweeps({ run: 'before', devices: firstBaseline(before) }, rows, isFine);
}

function names(changes: SweepChanges) {
  return {
    fresh: changes.fresh.map(
      ({ row: { name }, findings }) => `${name} ${findings.map(({ rule }) => rule).join(' ')}`,
    ),
    resolved: changes.resolved.map(({ row: { name }, titles }) => `${name} ${titles.join(' ')}`),
    unreachable: changes.unreachable.map(({ name }) => name),
    reachableAgain: changes.reachableAgain.map(({ name }) => name),
    skipped: changes.skipped.map(({ name }) => name),
  };
}

const NOTHING = { fresh: [], resolved: [], unreachable: [], reachableAgain: [], skipped: [] };

describe('a sweep, compared with the one before', () => {
  it.each<[string, readonly MemberRow[], readonly MemberRow[], object]>([
    ['nothing', [row('f1', ['a']), row('f2', [])], [row('f1', ['a']), row('f2', [])], {}],
    ['a new finding', [row('f1', ['a'])], [row('f1', ['a', 'b'])], { fresh: ['f1 b'] }],
    ['a resolved one', [row('f1', ['a', 'b'])], [row('f1', ['b'])], { resolved: ['f1 Title of a'] }],
    ['a new device', [], [row('f1', ['a'])], { fresh: ['f1 a'] }],
    ['a device that is gone', [row('f1', ['a'])], [], {}],
    ['not read', [row('f1', ['a'])], [row('f1', [], 'failed')], { unreachable: ['f1'] }],
    ['still not read', [row('f1', [], 'failed')], [row('f1', [], 'failed')], {}],
    ['read again', [row('f1', [], 'failed')], [row('f1', [])], { reachableAgain: ['f1'] }],
    ['skipped', [row('f1', ['a'])], [row('f1', [], 'skipped')], { skipped: ['f1'] }],
  ])('%s', async (_, before, rows, expected) => {
    const { changes } = await compare(before, rows);
    expect(names(changes)).toEqual({ ...NOTHING, ...expected });
    const isOnlySkipped = Object.keys(expected).every((key) => key === 'skipped');
    expect(hasChanges(changes)).toBe(!isOnlySkipped);
  });

  it('keeps a finding whose rule could not be judged: it is neither resolved nor new', async () => {
    const first = await compare([row('f1', ['a'])], [row('f1', [], 'inconclusive')], async () => false);
    expect(names(first.changes)).toEqual(NOTHING);
    const second = await compareSweeps(
      { run: 'second', devices: first.devices },
      [row('f1', ['a'])],
      ALL_FINE,
    );
    expect(names(second.changes)).toEqual(NOTHING);
  });

  it.each(['failed', 'skipped'] as const)(
    'keeps the findings of a device that was not read: %s',
    async (state) => {
      const { devices } = await compare([row('f1', ['a'])], [row('f1', [], state)]);
      const next = await compareSweeps({ run: 'x', devices }, [row('f1', ['a'])], ALL_FINE);
      expect(next.changes.fresh).toEqual([]);
    },
  );

  it('says in one message what changed', async () => {
    const rows = [
      row('f1', ['a', 'b']),
      row('f2', []),
      row('f3', [], 'failed'),
      row('f4', [], 'skipped'),
      row('f5', []),
    ];
    const { changes } = await compare(
      [row('f1', ['a']), row('f2', ['c']), row('f3', []), row('f5', [])],
      rows,
    );
    const view = { runId: 'r', group: 'branches', size: 5, rows, state: 'done' } as const;
    const { root, message } = renderSweep('nightly', view, changes);
    expect(root.split('\n')).toEqual([
      '🔴 *Sweep `nightly`: 1 new finding, 1 resolved and 1 not read*',
      '`group:branches` · 5 devices: 1 broken, 1 not read, 1 skipped, 2 in order',
      '• `f1` new, high: Title of b',
      '• `f3` not read: Headline of f3',
      '• `f2` resolved: Title of c',
      '1 device skipped: in a maintenance window',
    ]);
    const table = JSON.stringify(message.blocks);
    for (const name of ['f1', 'f2', 'f3']) expect(table).toContain(`"${name}"`);
    for (const name of ['f4', 'f5']) expect(table).not.toContain(`"${name}"`);
  });

  it('pages for each customer, however many devices of another have the same cause', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => ({
      ...row(`f${at}`, ['a']),
      customer: at < 30 ? 'Acme' : `Wren ${at}`,
    }));
    const { changes } = await compare([], rows);
    const customers = Map.groupBy(firstOfEachCause(changes.fresh), ({ row: { customer } }) => customer);
    expect([...customers.values()].map((devices) => devices.length)).toEqual([10, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('says everything the first time', () => {
    const rows = [row('f1', ['a']), row('f2', [])];
    const view = { runId: 'r', group: '*', size: 2, rows, state: 'done' } as const;
    const { root, message } = renderSweep('nightly', view, undefined);
    expect(root).toMatch(/^🔴 \*Sweep `nightly`: A fault was found on 1 of 2 devices\*\n`all` · 2 devices/);
    expect(JSON.stringify(message.blocks)).toContain('"f2"');
  });
});

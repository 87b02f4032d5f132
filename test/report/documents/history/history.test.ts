import { describe, expect, it } from 'vitest';
import type { PastCheck, PastVerdict } from '../../../../src/platform/runs/past-check.ts';
import type { Document } from '../../../../src/report/documents/document.ts';
import { historyDays, worstVerdict } from '../../../../src/report/documents/history/days.ts';
import { checkCounts, fleetCounts, worstFirst } from '../../../../src/report/documents/history/fleet.ts';
import { createCheckHistory, createFleetHistory } from '../../../../src/report/documents/history/history.ts';
import { historyChart } from '../../../../src/report/documents/history/history-chart.ts';
import { deviceSparkline, fleetSparkline } from '../../../../src/report/documents/history/sparkline.ts';
import { renderHtml } from '../../../../src/report/formats/html/render-html.ts';
import { PLAIN } from '../../../../src/report/formats/text/paint.ts';
import { renderTextDocument } from '../../../../src/report/formats/text/render-text.ts';
import { DEVICE_CHECK } from '../../fixtures.ts';

const UNTIL = Date.UTC(2026, 2, 10, 12);
const DAY = 24 * 3_600_000;

function check(verdict: PastVerdict, daysAgo: number, more: Partial<PastCheck> = {}): PastCheck {
  return {
    run: `run-${daysAgo}`,
    at: UNTIL - daysAgo * DAY,
    verdict,
    rules: [],
    asker: { id: 'U0ANA' },
    ...more,
  };
}

const LOGIN = { proof: 'login' } as const;
const CONFIGURATION = { proof: 'configuration' } as const;

describe('a history', () => {
  it.each([
    ['no check', [], '·····'],
    ['one verdict a day', [check('healthy', 3), check('inconclusive', 2), check('broken', 0)], '·▁▄·█'],
    ['the worst of a day', [check('healthy', 1), check('broken', 1), check('failed', 1)], '···█·'],
    ['no diagnosis', [check('failed', 0), check('healthy', 0)], '····▄'],
    ['what is older', [check('broken', 5)], '·····'],
    ['a login that was seen', [check('healthy', 1, LOGIN), check('healthy', 0, CONFIGURATION)], '···✓▁'],
    ['what was not seen, as the worse', [check('healthy', 0, LOGIN), check('healthy', 0)], '····▁'],
  ] as const)('draws %s as one character a day', (_, checks, expected) => {
    expect(deviceSparkline(checks, UNTIL, 5)).toBe(expected);
  });

  it('draws a fleet by the share of checks that found it broken', () => {
    const half = [check('broken', 1), check('healthy', 1)];
    expect(fleetSparkline([...half, check('healthy', 2), check('broken', 0)], UNTIL, 4)).toBe('·▁▅█');
    const one = Array.from({ length: 500 }, (_, index) => check(index === 0 ? 'broken' : 'healthy', 0));
    expect(fleetSparkline(one, UNTIL, 1)).toBe('▂');
  });

  it('counts a day in UTC', () => {
    const [day] = historyDays([check('healthy', 0, { at: Date.UTC(2026, 2, 10, 23, 59) })], UNTIL, 1);
    expect(day).toMatchObject({ day: '2026-03-10', count: 1 });
    expect(day && worstVerdict(day)).toBe('healthy');
  });

  it('shows the devices by their last verdict, the worst first', () => {
    const devices = [
      { alias: 'never', checks: [] },
      { alias: 'works', checks: [check('broken', 3), check('healthy', 1)] },
      { alias: 'b-broken', checks: [check('broken', 0)] },
      { alias: 'a-broken', checks: [check('broken', 2)] },
    ];
    expect(worstFirst(devices).map(({ alias }) => alias)).toEqual(['a-broken', 'b-broken', 'works', 'never']);
    expect(fleetCounts(devices)).toBe('4 devices: 2 broken, 1 in order, 1 not checked in this time');
    expect(checkCounts(devices[1]?.checks ?? [])).toBe('2 checks: 1 broken, 1 in order');
  });

  it('says "works" only of a login that was seen', () => {
    const checks = [check('healthy', 2), check('healthy', 1, CONFIGURATION), check('healthy', 0, LOGIN)];
    expect(checkCounts(checks)).toBe('3 checks: 2 in order, 1 works');
    expect(fleetCounts([{ alias: 'fgt-1', checks }])).toBe('1 device: 1 works');
  });

  it('is text for a terminal', () => {
    const checks = [
      check('healthy', 2),
      check('broken', 0, {
        rules: ['push-disabled', 'token-locked'],
        asker: { id: 'U0ANA', name: 'Ana\u001b' },
      }),
    ];
    const period = { until: UNTIL, days: 5 };
    const render = (document: Document) => renderTextDocument(document, { width: Infinity, paint: PLAIN });
    expect(render(createCheckHistory({ alias: 'fgt-1', checks }, period))).toBe(
      [
        'fgt-1, the last 5 days: 2 checks: 1 broken, 1 in order',
        '',
        '  ··▁·█',
        '  █ broken  ▄ not clear  ▁ in order  ✓ works  · not checked',
        '',
        '  2026-03-10 12:00 UTC  broken    push-disabled (+1)  by Ana\\x1b            run-0',
        '  2026-03-08 12:00 UTC  in order  –                   by a person in Slack  run-2',
      ].join('\n'),
    );
    expect(render(createCheckHistory({ alias: 'fgt-2', checks: [] }, period))).toBe(
      'fgt-2 has no checks in the last 5 days.',
    );
    const placed = { alias: 'fgt-1', customer: 'Northwind', site: 'Lyon', checks };
    expect(render(createCheckHistory(placed, period))).toContain('fgt-1 (Northwind, Lyon), the last 5 days');
    expect(render(createFleetHistory([placed, { alias: 'fgt-2', checks }], period))).toMatch(
      /fgt-1 +Northwind +Lyon +··▁·█[\s\S]*fgt-2 +··▁·█/,
    );
    const fleet = render(createFleetHistory([{ alias: 'fgt-1', checks }], period));
    expect(fleet).toContain('The last 5 days, 1 device: 1 broken\n\n  ··▁·█\n');
    expect(fleet).toContain(
      '  fgt-1  ··▁·█  2026-03-10 12:00 UTC  broken  push-disabled (+1)  by Ana\\x1b  run-0',
    );
  });

  it('is a picture that says what it shows', () => {
    const drawing = historyChart({ checks: [check('healthy', 2), check('broken', 0)], until: UNTIL }, 760);
    expect(drawing).toMatchObject({ description: '2 checks: 1 broken, 1 in order.' });
    const classes = JSON.stringify(drawing.parts);
    expect(classes).toContain('broken');
  });

  it('is a section of the report, unless this check is the only one', () => {
    const checks = [check('healthy', 2), check('broken', 0)];
    const html = renderHtml(DEVICE_CHECK, { history: { checks, until: UNTIL } });
    expect(html).toContain('History of this device');
    expect(html).toContain('The check before this one: 2026-03-08 12:00 UTC, by a person in Slack.');
    const only = { checks: checks.slice(1), until: UNTIL };
    expect(renderHtml(DEVICE_CHECK, { history: only })).toBe(renderHtml(DEVICE_CHECK));
  });
});

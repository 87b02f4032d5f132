import { describe, expect, it } from 'vitest';
import type { PastCheck } from '../../../../src/platform/runs/past-check.ts';
import {
  createMonthReport,
  readMonth,
  renderMonthCsv,
} from '../../../../src/report/documents/history/month-report.ts';
import { renderHtmlDocument } from '../../../../src/report/formats/html/render-html.ts';
import { PLAIN } from '../../../../src/report/formats/text/paint.ts';
import { renderTextDocument } from '../../../../src/report/formats/text/render-text.ts';

const NOVEMBER = readMonth('2026-11');
if (!NOVEMBER) throw new Error('a month');
const checkAt = (time: string, verdict: PastCheck['verdict'], ...rules: string[]): PastCheck => ({
  run: time,
  at: Date.parse(`${time}Z`),
  verdict,
  rules,
  asker: { id: 'U0ANA' },
});
const of = (alias: string, ...checks: readonly PastCheck[]) => ({
  alias,
  customer: 'Northwind',
  site: 'Lyon',
  checks,
});
const DEVICES = [
  of(
    'fgt-a',
    checkAt('2026-10-31T20:00', 'broken', 'push-disabled'),
    checkAt('2026-11-01T02:00', 'failed'),
    checkAt('2026-11-01T08:00', 'healthy'),
    checkAt('2026-11-20T08:00', 'broken', 'push-disabled', 'dns-fails'),
    checkAt('2026-11-21T08:00', 'broken', 'push-disabled'),
    checkAt('2026-12-01T08:00', 'healthy'),
  ),
  of('fgt-b', checkAt('2026-11-02T08:00', 'healthy')),
  of('fgt-c', checkAt('2026-10-02T08:00', 'broken', 'push-disabled'), checkAt('2026-10-03T08:00', 'healthy')),
];

describe('the report of a month', () => {
  it('has checks, findings, time to repair, and what is open at its end', () => {
    const document = createMonthReport('Northwind', DEVICES, NOVEMBER);
    const text = renderTextDocument(document, { width: 120, paint: PLAIN });
    expect(text).toContain(
      'Northwind, 2026-11: 3 devices, 5 checks, 3 findings, 1 repaired (half of them within 12 hours), 1 open',
    );
    expect(text).toMatch(/fgt-a +Northwind +Lyon +4 +3 +1/);
    expect(text).toMatch(/fgt-c +Northwind +Lyon +0 +0 +0/);
    expect(text).toMatch(/fgt-a +Northwind +Lyon +push-disabled +2026-10-31 20:00 +repaired +12 hours/);
    expect(text).toMatch(/fgt-a +Northwind +Lyon +push-disabled +2026-11-20 08:00 +open/);
    expect(text).toMatch(/fgt-a +Northwind +Lyon +dns-fails +2026-11-20 08:00 +not seen again/);
    expect(renderHtmlDocument(document)).toContain('push-disabled');
  });

  it('counts a cause as repaired that a check excludes while another cause stays', () => {
    const repaired = { ...checkAt('2026-11-03T08:00', 'broken', 'dns-fails'), repaired: ['push-disabled'] };
    const device = of('fgt-a', checkAt('2026-11-02T08:00', 'broken', 'push-disabled', 'dns-fails'), repaired);
    expect(createMonthReport('Northwind', [device], NOVEMBER).headline).toContain(
      '1 repaired (half of them within 24 hours), 1 open',
    );
  });

  it('says where the history does not reach back to the beginning of the month', () => {
    const checks = Array.from({ length: 100 }, () => checkAt('2026-11-20T08:00', 'healthy')).map(
      (check, hour) => ({ ...check, at: check.at + hour * 3_600_000 }),
    );
    const textOf = (month: string) =>
      createMonthReport('Northwind', [of('fgt-a', ...checks)], readMonth(month) ?? NOVEMBER).foot?.join(' ');
    expect(textOf('2026-11')).toContain(
      'Not all checks of fgt-a are kept: the oldest is of 2026-11-20 08:00.',
    );
    expect(textOf('2026-12')).not.toContain('Not all');
  });

  it('is a table for spreadsheets', () => {
    const [head, ...lines] = renderMonthCsv(DEVICES, NOVEMBER).split('\r\n');
    expect(head).toBe('month,customer,site,device,checks,rule,found,repaired,hours,state');
    expect(lines).toEqual([
      '2026-11,Northwind,Lyon,fgt-a,4,push-disabled,2026-10-31 20:00,2026-11-01 08:00,12.0,repaired',
      '2026-11,Northwind,Lyon,fgt-a,4,push-disabled,2026-11-20 08:00,,,open',
      '2026-11,Northwind,Lyon,fgt-a,4,dns-fails,2026-11-20 08:00,,,not seen again',
      '2026-11,Northwind,Lyon,fgt-b,1,,,,,',
      '2026-11,Northwind,Lyon,fgt-c,0,,,,,',
    ]);
    expect(renderMonthCsv([{ ...of('x'), customer: '=1+1' }], NOVEMBER)).toContain("'=1+1");
  });

  it.each(['2026-13', '2026-1', 'november', ''])('%j is no month', (text) => {
    expect(readMonth(text)).toBeUndefined();
  });
});

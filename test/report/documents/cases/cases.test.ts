import { describe, expect, it } from 'vitest';
import { compareWithBaseline, readBaseline } from '../../../../src/report/documents/cases/baseline.ts';
import {
  type CaseRow,
  failedRow,
  sortRows,
  toCaseRow,
} from '../../../../src/report/documents/cases/case-row.ts';
import { type CasesOptions, createCasesDocument } from '../../../../src/report/documents/cases/case-table.ts';
import { casesSchema } from '../../../../src/report/documents/cases/cases-schema.ts';
import { countLine, statusOfNew, statusOfRows } from '../../../../src/report/documents/cases/count-rows.ts';
import { renderCasesCsv, renderCasesJson } from '../../../../src/report/documents/cases/render-cases.ts';
import { renderMarkdownDocument } from '../../../../src/report/formats/markdown/render-markdown.ts';
import { PLAIN } from '../../../../src/report/formats/text/paint.ts';
import { renderTextDocument } from '../../../../src/report/formats/text/render-text.ts';
import { diagnoseFixture } from '../../rule-fixtures.ts';

function row(name: string, fixture: string): CaseRow {
  return toCaseRow(name, diagnoseFixture(fixture).diagnosis);
}

const renderText = (rows: readonly CaseRow[], options: CasesOptions) =>
  renderTextDocument(createCasesDocument(rows, options), { width: 100, paint: PLAIN });

const BROKEN = row('site-a/fgt.conf', 'port-conflict-admin-https/fixtures/broken.conf');
const LATE = row('late.log', 'vpn-wait-too-short/fixtures/broken.log');
const FINE = row('fine.log', 'shared/fixtures/login-by-push-of-wren.log');
const UNCLEAR = row('unclear.conf', 'shared/fixtures/dns.conf');
const FAILED = failedRow('gone.conf', 'may not be read by this user', 2);
const UNRELATED: CaseRow = { name: 'README.md', state: 'unrelated', headline: 'no', findings: [] };
const ROWS = sortRows([FINE, UNRELATED, UNCLEAR, LATE, FAILED, BROKEN]);
const HOSTILE: CaseRow = {
  name: '=cmd|calc\u001b[31m.conf',
  state: 'broken',
  headline: '| <b>@here</b>\nsecond line',
  findings: [{ rule: 'some-rule', severity: 'low', confidence: 'certain', title: 'x' }],
};

describe('many cases', () => {
  it('puts the worst first', () => {
    expect(ROWS.map(({ name }) => name)).toEqual([
      'site-a/fgt.conf',
      'late.log',
      'gone.conf',
      'unclear.conf',
      'fine.log',
      'README.md',
    ]);
    expect(countLine(ROWS, 'file')).toBe(
      '6 files: 2 broken, 1 not read, 1 not clear, 1 works, 1 not from a FortiGate',
    );
  });

  it.each<[string, readonly CaseRow[], number]>([
    ['nothing', [], 3],
    ['nothing of a FortiGate', [UNRELATED], 3],
    ['all fine', [FINE, UNRELATED], 0],
    ['not clear', [FINE, UNCLEAR], 3],
    ['not read goes before not clear', [UNCLEAR, FAILED], 2],
    ['not reachable goes before not read', [FAILED, failedRow('x', 'is away', 4)], 4],
    ['a finding goes before all', [FAILED, UNCLEAR, LATE], 1],
  ])('ends with the status of the worst: %s', (_, rows, status) => {
    expect(statusOfRows(rows)).toBe(status);
  });

  function baselineOf(...rows: readonly CaseRow[]) {
    const baseline = readBaseline(renderCasesJson(rows));
    if (!baseline) throw new Error('it is a baseline');
    return (...now: readonly CaseRow[]) => compareWithBaseline(now, baseline);
  }

  it('counts only what a baseline lacks', () => {
    const compare = baselineOf(LATE, FINE);
    const same = compare(LATE, FINE);
    expect(statusOfNew(same.rows)).toBe(0);
    expect(same.since).toEqual([]);
    expect(renderText(same.rows, { what: 'file', since: same.since })).toBe(
      '2 files: 1 broken, 1 works. Since the baseline: 0 new findings, 0 repaired',
    );
    const more = compare(BROKEN, FAILED);
    expect(statusOfNew(more.rows)).toBe(1);
    expect(statusOfNew(compare(FAILED).rows)).toBe(2);
    expect(renderText(more.rows, { what: 'file', since: more.since })).toContain(
      '2 files: 1 broken, 1 not read. Since the baseline: 1 new finding, 0 repaired, 2 gone',
    );
    // The same cause in another file is another finding.
    expect(statusOfNew(compare({ ...LATE, name: 'other.log' }).rows)).toBe(1);
  });

  it('accounts for every row of a baseline by name', () => {
    const { name } = LATE;
    const rules = ['vpn-wait-too-short'];
    const one = { ...LATE, findings: LATE.findings.filter(({ rule }) => rules.includes(rule)) };
    const now = (path: string) => toCaseRow(name, diagnoseFixture(path).diagnosis, rules);
    const fixed = now('shared/fixtures/login-by-push-of-wren.log');
    const unclear = now('shared/fixtures/dns.conf');
    const since = (...rows: readonly CaseRow[]) => baselineOf(one)(...rows).since;
    expect(since(one)).toEqual([]);
    expect(since(fixed)).toEqual([{ name, what: 'repaired', rules }]);
    expect(since(unclear)).toEqual([{ name, what: 'unseen', rules }]);
    expect(since({ ...FAILED, name })).toEqual([{ name, what: 'unread', rules }]);
    expect(since({ ...FINE, name, state: 'unrelated' })).toEqual([{ name, what: 'unread', rules }]);
    expect(since({ ...fixed, name: 'other.log' })).toEqual([{ name, what: 'gone', rules }]);
    expect(since({ ...fixed, name: `lisbon/${name}` })).toEqual([
      { name, what: 'renamed', to: `lisbon/${name}` },
      { name, what: 'repaired', rules },
    ]);
    const named = { ...one, hostname: 'fgt-1' };
    const moved = baselineOf(named)({ ...named, name: 'fgt-1-new.conf' });
    expect(moved.since).toEqual([{ name, what: 'renamed', to: 'fgt-1-new.conf' }]);
    expect(statusOfNew(moved.rows)).toBe(0);
    // Two candidates decide nothing.
    expect(baselineOf(named)({ ...named, name: 'a' }, { ...named, name: 'b' }).since).toEqual([
      { name, what: 'gone', rules },
    ]);
    const printed = renderText([FAILED], { what: 'file', since: since({ ...FAILED, name }) });
    expect(printed).toContain('Since the baseline: 0 new findings, 0 repaired, 1 not read');
    expect(printed).toMatch(new RegExp(`${name}.? was not read; it had vpn-wait-too-short`));
    expect(renderCasesCsv([], { since: since() })).toContain('It is in the baseline, and not there any more');
  });

  it('name the customer of what is not there, and are renamed within a customer only', () => {
    const rules = ['vpn-wait-too-short'];
    const before = { ...LATE, hostname: 'fgt', customer: 'Acme', site: 'Rome' };
    const place = { customer: 'Acme', site: 'Rome' };
    const after = (customer: string) => baselineOf(before)({ ...before, name: 'fgt-new', customer }).since;
    expect(after('Acme')).toEqual([{ name: LATE.name, ...place, what: 'renamed', to: 'fgt-new' }]);
    const since = after('Wren');
    expect(since).toEqual([
      { name: LATE.name, ...place, what: 'gone', rules: expect.arrayContaining(rules) },
    ]);
    expect(renderText([], { what: 'device', since })).toContain(`${LATE.name}\` (Acme, Rome) is not there`);
    expect(renderCasesCsv([], { since })).toContain(',Acme,Rome');
  });

  it('says in JSON that cases are missing', () => {
    const printed: unknown = JSON.parse(renderCasesJson([LATE], { isInterrupted: true, since: [] }));
    expect(casesSchema.strict().parse(printed)).toMatchObject({ interrupted: true, since: [] });
    expect(JSON.parse(renderCasesJson([LATE]))).not.toHaveProperty('interrupted');
  });

  it.each(['', '[]', '{"schema":"ftm-check/cases@2","cases":[]}', '{"schema":"ftm-check/diagnosis@1"}'])(
    'takes no other text for a baseline: %s',
    (text) => {
      expect(readBaseline(text)).toBeUndefined();
    },
  );

  it('is a table of one line a case', () => {
    const lines = renderText(ROWS, { what: 'file' }).split('\n');
    expect(lines).toHaveLength(2 + ROWS.length - 1);
    expect(lines[2]).toMatch(/^✗ site-a\/fgt\.conf {2}critical {3}The admin page uses TCP 4433/);
    expect(lines.every((line) => line.length <= 100)).toBe(true);
    expect(lines.join('\n')).not.toContain('README.md');
  });

  it('follows its published schema', () => {
    const printed: unknown = JSON.parse(renderCasesJson(ROWS));
    expect(casesSchema.parse(printed)).toEqual(printed);
  });

  it('says in CSV that it is UTF-8, so that Excel shows every character', () => {
    const bytes = new TextEncoder().encode(renderCasesCsv(ROWS));
    expect([...bytes.subarray(0, 7)]).toEqual([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('name')]);
  });

  it('lets nothing from outside act', () => {
    expect(renderText([HOSTILE], { what: 'file' })).not.toContain('\u001b[');
    expect(renderText([HOSTILE], { what: 'file' }).split('\n')).toHaveLength(3);
    const [, cells = ''] = renderCasesCsv([HOSTILE]).split('\r\n');
    expect(cells).toMatch(/^"?'=cmd\|calc\\x1b\[31m\.conf/);
    const table = renderMarkdownDocument(createCasesDocument([HOSTILE], { what: 'file' })).split('\n');
    expect(table).toHaveLength(5);
    expect(table.at(-1)?.match(/(?<!\\)\|/g)).toHaveLength(4);
    expect(table.at(-1)).not.toMatch(/<b>|@here/);
  });
});

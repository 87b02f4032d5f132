import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  compareWithBaseline,
  readBaseline,
  sinceBaseline,
} from '../../../../src/report/documents/cases/baseline.ts';
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
import { casesJsonSchema } from '../../../../src/report/documents/json-schema.ts';
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
const FINE = row('fine.log', 'vpn-wait-too-short/fixtures/healthy.log');
const UNCLEAR = row('unclear.conf', 'vpn-wait-too-short/fixtures/unknown.conf');
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

  it('counts only what a baseline lacks', () => {
    const baseline = readBaseline(renderCasesJson([LATE, FINE]));
    if (!baseline) throw new Error('it is a baseline');
    const same = compareWithBaseline([LATE, UNCLEAR], baseline);
    expect(statusOfNew(same)).toBe(0);
    expect(sinceBaseline(same, baseline)).toEqual({ gone: 0, unseen: 0 });
    const more = compareWithBaseline([BROKEN, FAILED], baseline);
    expect(statusOfNew(more)).toBe(1);
    expect(statusOfNew(compareWithBaseline([FAILED], baseline))).toBe(2);
    expect(renderText(more, { what: 'file', since: { gone: 2, unseen: 0 } })).toContain(
      '2 files: 1 broken, 1 not read. Since the baseline: 1 new finding, 2 gone',
    );
    // The same cause in another file is another finding.
    expect(statusOfNew(compareWithBaseline([{ ...LATE, name: 'other.log' }], baseline))).toBe(1);
  });

  it('calls a finding gone only where the same case was read again, and excludes its cause', () => {
    const { name } = LATE;
    const rule = 'vpn-wait-too-short';
    const baseline = new Map([[name, [{ rule }]]]);
    const before = [rule];
    const fixed = toCaseRow(
      name,
      diagnoseFixture('vpn-wait-too-short/fixtures/healthy.log').diagnosis,
      before,
    );
    const unclear = toCaseRow(
      name,
      diagnoseFixture('vpn-wait-too-short/fixtures/unknown.conf').diagnosis,
      before,
    );
    const since = (...rows: readonly CaseRow[]) => sinceBaseline(rows, baseline);
    const unseen = { gone: 0, unseen: 1 };
    expect(since(fixed)).toEqual({ gone: 1, unseen: 0 });
    expect(since({ ...fixed, name: 'other.log' })).toEqual(unseen);
    expect(since(unclear)).toEqual(unseen);
    expect(since({ ...FAILED, name })).toEqual(unseen);
    expect(since()).toEqual(unseen);
    expect(renderText([FAILED], { what: 'file', since: { gone: 0, unseen: 2 } })).toContain(
      'Since the baseline: 0 new findings, 0 gone, 2 not seen again (nothing excludes them)',
    );
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
    const committed = readFileSync(new URL('../../../../schema/cases@1.json', import.meta.url), 'utf8');
    expect(committed).toBe(casesJsonSchema());
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

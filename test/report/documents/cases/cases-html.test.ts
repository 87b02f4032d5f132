import { describe, expect, it } from 'vitest';
import { failedRow, sortRows, toCaseRow } from '../../../../src/report/documents/cases/case-row.ts';
import { createCasesDocument } from '../../../../src/report/documents/cases/case-table.ts';
import {
  CONTENT_SECURITY_POLICY,
  type DevicePart,
  devicePart,
  failedDevicePart,
  renderHtmlDocument,
} from '../../../../src/report/formats/html/render-html.ts';
import { EVERYTHING_BROKEN, HEALTHY, NOT_ENOUGH, TWO_USERS } from '../../fixtures.ts';
import { outline, type Tag } from '../../html-outline.ts';

const DIAGNOSES = { broken: EVERYTHING_BROKEN, two: TWO_USERS, fine: HEALTHY, unclear: NOT_ENOUGH };
const HOSTILE = '<script>alert(1)</script>"\u001b[31m';

function render(): string {
  const sections = new Map<string, DevicePart>();
  const rows = Object.entries(DIAGNOSES).map(([alias, diagnosis], index) => {
    sections.set(alias, devicePart(diagnosis, { alias, number: index + 1, tookMs: 1200, evidence: [] }));
    return toCaseRow(alias, diagnosis);
  });
  const reasons = [`${HOSTILE} refused the connection.`, 'Check `port`.'];
  sections.set(HOSTILE, failedDevicePart(HOSTILE, 5, reasons));
  rows.push(failedRow(HOSTILE, reasons[0] ?? '', 4));
  const document = createCasesDocument(sortRows(rows), { what: 'device', sections });
  return renderHtmlDocument(document, {
    version: '1.2.3',
    below: [...sections.values()].map(({ markup }) => markup),
  });
}

const named = (tags: readonly Tag[], name: string) => tags.filter((tag) => tag.name === name);

describe('the report of several devices', () => {
  const html = render();
  const tags = outline(html);

  it('is one well-formed document under the policy, the same each time', () => {
    expect(render()).toBe(html);
    expect(named(tags, 'h1')).toHaveLength(1);
    expect(named(tags, 'style')).toHaveLength(1);
    expect(named(tags, 'script')).toHaveLength(1);
    expect(tags.flatMap(({ attributes }) => attributes.get('style') ?? [])).toEqual([]);
    const policies = named(tags, 'meta').filter(({ attributes }) => attributes.has('http-equiv'));
    expect(policies).toHaveLength(1);
    expect(html).toContain(CONTENT_SECURITY_POLICY.replaceAll("'", '&#39;'));
  });

  it('has each id once, and every reference leads to one', () => {
    const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = tags
      .flatMap(({ attributes }) =>
        ['aria-labelledby', 'for', 'data-copy'].map((name) => attributes.get(name)),
      )
      .flatMap((value) => value?.split(' ') ?? []);
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
    const links = named(tags, 'a').flatMap(({ attributes }) => attributes.get('href') ?? []);
    const local = links.filter((link) => link.startsWith('#'));
    expect(local).toEqual(['#device-1', '#device-2', '#device-5', '#device-4', '#device-3']);
    expect(local.filter((link) => !ids.includes(link.slice(1)))).toEqual([]);
    expect(links.filter((link) => !/^(?:#|https?:\/\/)/.test(link))).toEqual([]);
  });

  it('keeps the radio buttons of each device apart', () => {
    const groups = new Map<string, number>();
    for (const { attributes } of named(tags, 'input')) {
      const name = attributes.get('name') ?? '';
      if (attributes.has('checked')) groups.set(name, (groups.get(name) ?? 0) + 1);
    }
    expect(groups.size).toBeGreaterThan(1);
    expect([...groups.values()].every((checked) => checked === 1)).toBe(true);
  });

  it('skips no level of headings', () => {
    const levels = tags.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name.slice(1))] : []));
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThan(2);
    expect(levels.filter((level) => level === 2)).toHaveLength(5);
  });

  it('has one row for each device, the worst first', () => {
    const rows = /<caption>5 devices, the worst first<\/caption>.*?<\/table>/s
      .exec(html)?.[0]
      .split('<tr>')
      .slice(2);
    expect(rows?.map((row) => /<td class="[^"]*">([^<]*)/.exec(row)?.[1]?.split(',')[0])).toEqual([
      'critical',
      'high',
      'not read',
      'not clear',
      'in order',
    ]);
  });

  it('lets nothing from outside act', () => {
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('\u001b');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;\\x1b[31m');
  });

  it('says so where no device was read', () => {
    const empty = renderHtmlDocument(createCasesDocument([], { what: 'device' }));
    expect(named(outline(empty), 'table')).toEqual([]);
    expect(empty).toContain('0 devices');
  });
});

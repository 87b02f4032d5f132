import { describe, expect, it } from 'vitest';
import type { SettingChange, SinceHealthy } from '../../../../src/engine/diagnosis/changes/since-healthy.ts';
import { renderHtml } from '../../../../src/report/formats/html/render-html.ts';
import { renderSlack, reportFile } from '../../../../src/report/formats/slack/render-slack.ts';
import { checkMessage } from '../../../../src/stand-ins/slack/block-kit/check-message.ts';
import { DEVICE_CHECK, EVERYTHING_BROKEN, NOT_ENOUGH } from '../../fixtures.ts';
import { outline } from '../../html-outline.ts';

const HEALTHY_AT = Date.UTC(2026, 2, 3, 9, 12);
const NOW = Date.UTC(2026, 2, 5, 8);
const PORT: SettingChange = {
  area: 'admin-ports',
  kind: 'changed',
  place: 'system global',
  setting: { name: 'admin-sport', before: '10443', after: '4433' },
  rules: ['port-conflict-admin-https'],
  before: NOW,
};
const VIP: SettingChange = {
  area: 'policies',
  kind: 'added',
  place: 'firewall vip mail',
  rules: [],
  before: NOW,
};

const since = (changes: readonly SettingChange[], more = 0): SinceHealthy => ({
  healthyAt: HEALTHY_AT,
  changes,
  more,
});

function titles(sinceHealthy: SinceHealthy, diagnosis = DEVICE_CHECK): readonly string[] {
  const { blocks } = renderSlack(diagnosis, { sinceHealthy });
  expect(checkMessage({ text: 'x', blocks })).toEqual([]);
  return blocks.flatMap((block) => (block.type === 'container' ? (block.title?.text ?? '') : []));
}

describe('what changed since it worked', () => {
  it('is a line below the first cause, with the list behind it', () => {
    const { blocks, text } = renderSlack(DEVICE_CHECK, { sinceHealthy: since([PORT, VIP], 3) });
    const shown = JSON.stringify(blocks);
    const at = shown.indexOf('admin-sport changed from 10443 to 4433 between 3 and 5 March');
    expect(at).toBeGreaterThan(shown.indexOf(DEVICE_CHECK.findings[0]?.fix.apply[0] ?? 'none'));
    expect(shown).toContain('Compared with the check of 2026-03-03 09:12 UTC, when it worked:');
    expect(shown).toContain('config firewall vip mail was added, between 3 and 5 March');
    expect(shown).toContain('and 3 more');
    expect(text).toContain('\nadmin-sport changed from 10443 to 4433 between 3 and 5 March\n');
  });

  it.each<[string, SinceHealthy, string]>([
    [
      'is counted where no finding points to it',
      since([VIP], 4),
      '5 settings changed since it worked, 2026-03-03 09:12 UTC',
    ],
    [
      'names an object that was added',
      since([{ ...VIP, rules: ['port-conflict-vip'] }]),
      'config firewall vip mail was added between 3 and 5 March',
    ],
  ])('%s', (_, sinceHealthy, title) => {
    expect(titles(sinceHealthy)).toContain(title);
    expect(titles(sinceHealthy, NOT_ENOUGH)).toContain(title);
  });

  it('says so where nothing changed', () => {
    const { blocks, text } = renderSlack(DEVICE_CHECK, { sinceHealthy: since([]) });
    expect(JSON.stringify(blocks)).toContain(
      'No setting that push needs has changed since it worked, 2026-03-03 09:12 UTC',
    );
    expect(text).toContain('No setting that push needs has changed');
  });

  it('is a section of the report', () => {
    const html = renderHtml(DEVICE_CHECK, { sinceHealthy: since([PORT, VIP]) });
    expect(html).toContain(
      '<h2 id="changed">admin-sport changed from 10443 to 4433 between 3 and 5 March</h2>',
    );
    expect(html).toContain(
      '<li>admin-sport changed from 10443 to 4433 (config system global), between 3 and 5',
    );
    expect(outline(html).length).toBeGreaterThan(10);
    expect(reportFile(DEVICE_CHECK, { sinceHealthy: since([]) }).content).toContain(
      'No setting that push needs has changed since it worked',
    );
    expect(renderHtml(DEVICE_CHECK)).not.toContain('changed');
  });

  it('lets nothing from outside act, and stays within a message', () => {
    const hostile = { ...PORT, setting: { name: 'x', before: '<!here>', after: `<b>|${'y'.repeat(300)}` } };
    const { blocks, text } = renderSlack(EVERYTHING_BROKEN, {
      sinceHealthy: since(Array.from({ length: 12 }, () => hostile)),
    });
    expect(checkMessage({ text, blocks })).toEqual([]);
    expect(text).not.toMatch(/<[!@#h]|<b>/);
    expect(renderHtml(DEVICE_CHECK, { sinceHealthy: since([hostile]) })).not.toMatch(/<!here>|<b>/);
  });
});

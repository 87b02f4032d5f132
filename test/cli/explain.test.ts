import { describe, expect, it } from 'vitest';
import { readRuleText } from '../../src/bot/requests/read-rule-text.ts';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import { createRuleDocument, findRule } from '../../src/report/documents/rule-text.ts';
import { renderSlackDocument } from '../../src/report/formats/slack/render-slack.ts';
import { renderTextDocument } from '../../src/report/formats/text/render-text.ts';
import { ftmCheck } from './test-io.ts';

describe('ftm-check explain', () => {
  it.each(['wan-ftm-access-missing', 'RC07', '7'])('prints the text of a rule: %s', async (name) => {
    const { stdout, status } = await ftmCheck(['explain', name]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^wan-ftm-access-missing \(RC07\)\n\nSymptom\n {2}/);
    expect(stdout).toContain('https://community.fortinet.com/');
    expect(stdout).not.toMatch(/<!--|\*\*|\]\(/);
  });

  it('names the rules that were probably meant', async () => {
    const { stderr, status } = await ftmCheck(['explain', 'wan-ftm-acces-missing']);
    expect(status).toBe(2);
    expect(stderr).toContain('Did you mean wan-ftm-access-missing');
  });

  it.each(['../../package.json', '', 'RC99', 'constructor'])('knows no rule %j', (name) => {
    expect(findRule(name).kind).toBe('unknown');
  });

  it('can show every text, in a terminal and in Slack', async () => {
    for (const { id } of RULES) {
      const document = createRuleDocument(await readRuleText(id));
      const text = renderTextDocument(document);
      expect(text, id).not.toMatch(/<!--|\*\*|\]\(|```/);
      const lines = text.split('\n');
      for (const label of ['Symptom', 'Cause', 'Fix', 'Sources']) expect(lines, id).toContain(label);
      expect(renderSlackDocument(document).isCut, id).toBe(false);
    }
  });

  it('names commands as npm starts them', async () => {
    const { stderr } = await ftmCheck(['explain', 'nothing-like-it'], { env: { npm_command: 'exec' } });
    expect(stderr).toContain('`npx ftm-check rules` lists all rules.');
  });

  it('keeps lines to paste as they are', async () => {
    const { stdout } = await ftmCheck(['explain', 'upstream-nat-not-forwarded']);
    expect(stdout).toMatch(/^ {2}config firewall vip\n {6}edit "FTM-4433"\n[\s\S]*\n {2}end$/m);
  });
});

it.each(['V08', 'v10', 'V55', 'V56', 'V58'])('says of %s that it cannot be seen', async (code) => {
  const { stdout, status } = await ftmCheck(['explain', code]);
  expect(status).toBe(0);
  expect(stdout.toUpperCase()).toContain(`${code.toUpperCase()}: `);
  expect(stdout).toContain('cannot be seen');
});

describe('what a code of FortiClient can mean', () => {
  it.each([['-7200'], ['48 %'], ['stops at 98%'], ['Permission denied (-455)']])('%s', async (name) => {
    const { stdout, status } = await ftmCheck(['explain', name]);
    expect(status).toBe(0);
    expect(stdout).toContain('never a verdict');
    expect(stdout).not.toMatch(/^- [a-z]/m);
  });

  it('is named beside the rule of the same number, and where a code is not known', async () => {
    const rule = await ftmCheck(['explain', '48']);
    expect(rule.stdout).toContain('(RC48)');
    expect(rule.stderr).toContain('`ftm-check explain "48 %"`');
    const unknown = await ftmCheck(['explain', '--', '-9999']);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain('-7200');
  });

  it.each(['--since=noon', '--client=fgt', '--symptom=hangs', '--upgrade-to=9.9.9', '--upgrade-to=7.9.9'])(
    '%s is refused',
    async (option) => {
      expect((await ftmCheck(['analyze', option, 'debug.log'])).status).toBe(2);
    },
  );
});

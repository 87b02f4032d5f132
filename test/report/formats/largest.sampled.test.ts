import { describe, expect, it } from 'vitest';
import { draftReply } from '../../../handlers/actions/answer-actions.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis, Finding } from '../../../src/engine/diagnosis/diagnosis.ts';
import { LIMITS } from '../../../src/report/block-kit/limits.ts';
import { renderHtml } from '../../../src/report/formats/html/render-html.ts';
import { renderMarkdown } from '../../../src/report/formats/markdown/render-markdown.ts';
import { expandCollapsibles } from '../../../src/report/formats/slack/collapsible.ts';
import { evidenceBlocks } from '../../../src/report/formats/slack/evidence-view.ts';
import { renderAnswer } from '../../../src/report/formats/slack/render-answer.ts';
import { renderSlack } from '../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { checkMessage, checkViewBlocks } from '../../../src/stand-ins/slack/block-kit/check-message.ts';
import { sampleOf } from '../../support/amount.ts';
import { EVERYTHING_BROKEN, RULE_IDS } from '../fixtures.ts';

/** Every count of findings there can be, each as large as hostile evidence can make it. */
const COUNTS = Array.from({ length: RULE_IDS.length + 1 }, (_, count) => count);

function diagnosisOf(
  count: number,
  change: (finding: Finding, index: number) => Partial<Finding> = () => ({}),
) {
  const findings = EVERYTHING_BROKEN.findings
    .slice(0, count)
    .map((finding, index) => ({ ...finding, ...change(finding, index) }));
  return {
    ...EVERYTHING_BROKEN,
    findings,
    attempts: EVERYTHING_BROKEN.attempts.slice(0, count),
    moreAttempts: 1e9 + count,
    portMap: CONTESTED,
    timeBudget: CONTESTED_TIME,
  } satisfies Diagnosis;
}

const CONTESTED: NonNullable<Diagnosis['portMap']> = {
  port: 65_535,
  address: `<!channel>${'a'.repeat(2000)}`,
  interface: `*${'i'.repeat(2000)}*`,
  claims: (['virtual-ip', 'local-in-policy', 'admin-https', 'ssl-vpn', 'ike-tcp', 'ftm-push'] as const).map(
    (service) => ({ service, detail: 'x'.repeat(2000), evidence: [] }),
  ),
  winner: 'virtual-ip',
  confidence: 'possible',
  unseen: ['ike-tcp', 'local-in-policy'],
};

const CONTESTED_TIME: NonNullable<Diagnosis['timeBudget']> = {
  limits: [1, 2, 3].map((seconds) => ({ name: `<!channel> ${'t'.repeat(2000)}`, seconds })),
  note: 'n'.repeat(2000),
};

const SHAPES: readonly (readonly [string, (count: number) => Diagnosis])[] = [
  ['as large as they get', (count) => diagnosisOf(count)],
  [
    'short, so that many fit',
    (count) =>
      diagnosisOf(count, ({ rule, evidence, fix }) => ({
        title: rule,
        summary: 'short',
        evidence: evidence.slice(0, 1).map((quote) => ({ ...quote, text: 'set status disable' })),
        fix: { ...fix, apply: ['end'], undo: [], verify: [] },
      })),
  ],
  [
    'all explained by the first',
    (count) => diagnosisOf(count, (_, index) => (index === 0 ? {} : { explainedBy: RULE_IDS[0] })),
  ],
  [
    'of characters that weigh more than one',
    (count) => diagnosisOf(count, () => ({ title: '🔥"\\'.repeat(40), summary: '\u0001"\\\n'.repeat(400) })),
  ],
];

/** A sample has a share of the numbers of findings for each shape, and always none and every one. */
describe.each(SHAPES.map((shape, index) => [...shape, index] as const))('findings %s', (_, of, index) => {
  const counts = [...new Set([0, ...sampleOf(COUNTS, 96, index * 24), RULE_IDS.length])];

  it.each(counts)('%i of them keep every limit of Slack, and nothing is lost silently', (count) => {
    const diagnosis = of(count);
    const answer = renderAnswer(
      { kind: 'diagnosed', diagnosis, tookMs: 1234 },
      {
        runId: `run-${'f'.repeat(24)}`,
        kind: 'check',
        asker: { name: '<!channel>'.repeat(30) },
        alias: 'a'.repeat(64),
        canEscalate: true,
        earlier: { diagnosis: { ...of(RULE_IDS.length - count), headline: 'earlier' }, at: 0, agoMs: 1e9 },
      },
    );
    expect(checkMessage(answer)).toEqual([]);
    expect(answer.text.length).toBeLessThan(LIMITS.updateText);
    // Where Slack takes no containers, the same may be shown open.
    expect(checkMessage({ text: answer.text, blocks: expandCollapsibles(answer.blocks) })).toEqual([]);

    const shown = JSON.stringify(answer.blocks);
    // The line about the port gives way to findings; the report has it.
    expect(shown).toMatch(/Port conflict on TCP|The whole report follows as a file/);
    // Who sees no more than the text is told how many there were, too.
    for (const said of count === 0 ? [answer.text] : [answer.text, shown]) {
      expect(said).toContain(`${(1e9 + count).toLocaleString('en-US')} more logins in the log`);
    }
    const isHidden = ({ title }: Finding): boolean => !shown.includes(JSON.stringify(title).slice(1, 40));
    if (diagnosis.findings.some(isHidden)) {
      expect(shown).toContain('The whole report follows as a file');
      for (const { rule } of diagnosis.findings) expect(answer.full?.content ?? '').toContain(rule);
    }
  });

  it.each(counts)('a customer draft of %i of them keeps every limit', (count) => {
    expect(checkMessage(draftReply(of(count)))).toEqual([]);
  });

  it.each([0, 1, 30, RULE_IDS.length])('the evidence of %i of them fits a modal', (count) => {
    const blocks = evidenceBlocks(of(count));
    expect(checkViewBlocks(blocks)).toEqual([]);
    expect(JSON.stringify(blocks).length).toBeLessThan(LIMITS.viewWeight);
  });
});

it.each(sampleOf([' ', '`', 'Replace ', '\t<'], 2, 0))(
  'an interface named %j for 200 KB is shown in every format',
  (unit) => {
    const name = unit.repeat(Math.ceil(200_000 / unit.length));
    const text = `config system interface
    edit "x${name}x"
        set ip 198.51.100.3 255.255.255.0
        set allowaccess ping
    next
end
config system ftm-push
    set status enable
    set server-ip 198.51.100.3
end`;
    const diagnosis = diagnose([{ name: 'paste', text }]);
    expect(diagnosis.findings.map(({ rule }) => rule)).toContain('wan-ftm-access-missing');
    // What grows with the square of the length takes ten minutes.
    for (const render of [renderText, renderSlack, renderMarkdown, renderHtml]) {
      expect(JSON.stringify(render(diagnosis, {})).length).toBeGreaterThan(1_000);
    }
  },
);

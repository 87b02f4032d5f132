import { createHash } from 'node:crypto';
import type { CaseFocus } from '../src/engine/diagnosis/case-focus.ts';
import { diagnoseWithEvidence } from '../src/engine/diagnosis/diagnose.ts';
import { diagnoseFacts } from '../src/engine/diagnosis/diagnose-facts.ts';
import type { Diagnosis } from '../src/engine/diagnosis/diagnosis.ts';
import { redact } from '../src/engine/evidence/redact.ts';
import type { RedactedCase } from '../src/engine/evidence/redacted-case.ts';
import { RULES } from '../src/engine/rules/all-rules.ts';
import { openEscalation } from '../src/oncall/core/machine.ts';
import { draftEscalation } from '../src/oncall/engine/draft-escalation.ts';
import { directMessage } from '../src/oncall/thread/direct-message.ts';
import type { Run } from '../src/platform/runs/run.ts';
import { renderHtml } from '../src/report/formats/html/render-html.ts';
import { renderAnswer } from '../src/report/formats/slack/render-answer.ts';
import { slackPreview } from '../src/stand-ins/slack/preview.ts';
import { readSamples } from './page-samples.ts';
import { readItems, screenshotCases } from './screenshot-cases.ts';

/** Fixed, so that the same program makes the same pictures. */
const READ_AT = Date.UTC(2026, 2, 2, 12);
/**
 * The pictures show what the rules up to this number find, so that a new rule changes no picture and needs no Chromium.
 * Raise it when the pictures are taken again for another reason.
 */
const LAST_PICTURED_RULE = 70;
const DESKTOP = { width: 1000, height: 1250 };
const PHONE = { width: 390, height: 844 };

export interface Shot {
  readonly name: string;
  readonly html: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly scheme: 'light' | 'dark';
  /** One element instead of the first screen. */
  readonly element?: string;
}

/** What each picture of the documentation shows, apart from the page. */
export async function pictureShots(): Promise<readonly Shot[]> {
  return [...(await answerShots()), await directMessageShot()];
}

/** The page that a called person gets in Slack. */
async function directMessageShot(): Promise<Shot> {
  const items = await readItems(
    'engine/rules/wan-ftm-access-missing/fixtures/broken.conf',
    'show system interface',
  );
  const alias = 'fgt-branch-07';
  const diagnosis = diagnosePictured(redact(items), { alias });
  const run: Run = {
    id: 'run-1',
    asker: { id: 'alert:alertmanager' },
    replyTo: { channel: 'C0NOC' },
    acceptedAt: READ_AT,
    alias,
    kind: 'check',
    outcome: { kind: 'diagnosed', diagnosis, tookMs: 3400 },
  };
  const trigger = { kind: 'policy', policy: 'branches at night' } as const;
  const draft = draftEscalation(run, { channel: 'C0NOC', ts: '1.1' }, trigger, ['team'], READ_AT);
  const { blocks } = directMessage(openEscalation(draft), {});
  return { name: 'page-slack-phone', html: slackPreview(blocks), size: PHONE, scheme: 'light' };
}

async function answerShots(): Promise<readonly Shot[]> {
  return (await screenshotCases()).flatMap(({ name, items, question, reports }) => {
    const redacted = redact(items);
    const { alias, user, vdom } = question;
    const diagnosis = diagnosePictured(redacted, { alias, user, vdom });
    const { blocks } = renderAnswer(
      { kind: 'diagnosed', diagnosis, tookMs: 3400 },
      {
        runId: 'run-1',
        kind: alias === undefined ? 'analyze' : 'check',
        asker: { name: 'Ana Ruiz' },
        canEscalate: true,
        canWatch: true,
        ...question,
      },
    );
    const preview = slackPreview(blocks);
    const phone = { name: `${name}-slack-phone`, html: preview, size: PHONE, scheme: 'light' } as const;
    if (!reports) return [phone];
    const report = renderHtml(diagnosis, { evidence: redacted.items });
    return [
      { name: `${name}-report`, html: report, size: DESKTOP, scheme: 'light' },
      { name: `${name}-report-phone-dark`, html: report, size: PHONE, scheme: 'dark' },
      phone,
      ...(diagnosis.attempts.length === 0
        ? []
        : [
            {
              name: `${name}-logins`,
              html: report,
              size: DESKTOP,
              scheme: 'light',
              element: '.time-wide',
            } as const,
          ]),
    ] as const;
  });
}

/** What each picture was made from, by its name: a picture is out of date if this has changed. */
export async function pictureSources(): Promise<Readonly<Record<string, string>>> {
  const [sample] = readSamples();
  const { name, text } = sample ?? { name: '', text: '' };
  const redacted = redact([{ name, text }]);
  const report = renderHtml(diagnosePictured(redacted, {}), { evidence: redacted.items });
  const sources = [
    ...(await pictureShots()).map((shot) => [shot.name, shot.html] as const),
    ['page', report] as const,
  ];
  return Object.fromEntries(
    sources.map(([picture, html]) => [picture, createHash('sha256').update(html).digest('hex').slice(0, 16)]),
  );
}

function diagnosePictured(redacted: RedactedCase, focus: CaseFocus): Diagnosis {
  const rules = RULES.filter(({ number }) => number <= LAST_PICTURED_RULE);
  const { evidence } = diagnoseWithEvidence(redacted, focus);
  return diagnoseFacts(evidence, redacted.receipt, { ...focus, readAt: READ_AT }, rules);
}

import type { KnownBlock } from '@slack/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/engine/diagnosis/diagnosis.ts';
import { isTalk } from '../../../src/report/documents/answer/next-step-texts.ts';
import { WORDING } from '../../../src/report/documents/wording.ts';
import { expandCollapsibles } from '../../../src/report/formats/slack/collapsible.ts';
import { renderAnswer, renderFailureSlack } from '../../../src/report/formats/slack/render-answer.ts';
import { type ReportPlacement, renderSlack } from '../../../src/report/formats/slack/render-slack.ts';
import { checkMessage } from '../../../src/stand-ins/slack/block-kit/check-message.ts';
import { runs } from '../../support/amount.ts';
import { anyText } from '../../support/any-text.ts';
import { DEVICE_CHECK, EVERYTHING_BROKEN, HEALTHY, hops, NOT_ENOUGH, TWO_USERS } from '../fixtures.ts';
import { randomDiagnosis } from '../random-diagnosis.ts';

/** Everything a reader sees in the blocks, in order. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : textsOf(inner),
  );
}

function mrkdwnOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(mrkdwnOf);
}

function preformattedOf(blocks: readonly KnownBlock[]): readonly string[] {
  return expandCollapsibles(blocks).flatMap((block) =>
    block.type === 'rich_text'
      ? block.elements
          .filter((part) => part.type === 'rich_text_preformatted')
          .map((part) => textsOf(part).join(''))
      : [],
  );
}

function boldIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const isBold = JSON.stringify(value).includes('"bold":true') && 'text' in value;
  return isBold ? [String(value.text)] : Object.values(value).flatMap(boldIn);
}

const UNSEEN_TOKEN: Diagnosis = {
  ...DEVICE_CHECK,
  verdict: 'inconclusive',
  findings: [],
  firstBrokenHop: null,
  hops: hops('++?+??????'),
};

const ACTIVE = /<[!@#h]|<(?!$)[^>]*\|/;

describe('a device check', () => {
  const answer = renderSlack(DEVICE_CHECK, { askerName: 'Ana Ruiz', tookMs: 3412 });
  const shown = textsOf(answer.blocks).join('\n');

  it('says first what is wrong, then of which device and who asked, then the fix', () => {
    expect(textsOf(answer.blocks).slice(0, 5)).toEqual([
      '🔴 Pushes go out, but the firewall refuses the phone’s answer',
      '`fgt-branch-07` · FortiOS 7.2.8 · asked by Ana Ruiz · 3.4 s',
      // The headline of this fixture is not the title of its finding.
      'Every administrator has trusted hosts, so FortiOS drops the phone’s answer',
      'Fix',
      DEVICE_CHECK.findings[0]?.fix.apply.join('\n'),
    ]);
  });

  it('repeats the user and the VDOM that were asked for', () => {
    const question = { askerName: 'Ana Ruiz', user: 'marlow', vdom: 'edge' };
    const { blocks, text } = renderSlack(DEVICE_CHECK, question);
    for (const form of [textsOf(blocks).join('\n'), text]) {
      expect(form).toContain('asked by Ana Ruiz for `marlow` in VDOM `edge`');
    }
  });

  it('marks the first broken step, and only that, in bold', () => {
    const path = answer.blocks.filter((block) => block.type === 'container').at(-1);
    expect(path?.title?.text).toBe('Login path: 5 of 12 steps fine, stops at callback');
    expect(boldIn(path)).toEqual(['✗ callback']);
    expect(textsOf(path).join('')).toContain('✓ token\n✓ push service\n? push request, notification\n');
  });

  it('quotes the decisive line with the cause, and gives the other lines, undo and verify behind one title', () => {
    expect(shown).toContain('Line 3: \nedit "admin" … set trusthost1 10.0.0.0 255.0.0.0');
    expect(shown).toContain('Evidence · Undo · Verify · Docs');
    expect(shown).toContain(', lines 3, 4, 12, 19');
    expect(preformattedOf(answer.blocks).slice(0, 4)).toEqual([
      DEVICE_CHECK.findings[0]?.fix.apply.join('\n'),
      DEVICE_CHECK.findings[0]?.evidence.map((quote) => quote.text).join('\n'),
      DEVICE_CHECK.findings[0]?.fix.undo.join('\n'),
      'show system admin',
    ]);
  });

  it('says what was hidden', () => {
    expect(answer.blocks.at(-1)).toMatchObject({
      type: 'context',
      elements: [{ text: '_Redacted: 3 password hashes, 1 serial number_' }],
    });
  });

  it('needs no attachment', () => {
    expect(answer.full).toBeUndefined();
  });

  it('is usable as text alone', () => {
    expect(answer.text).toContain('🔴 *Pushes go out');
    expect(answer.text).toContain('broken: *callback*; fine: connection, login, second factor');
    expect(answer.text.indexOf('*Fix*')).toBeLessThan(answer.text.indexOf('*Cause* (certain)'));
    expect(answer.text).toContain('set password &lt;long-random-password&gt;');
  });
});

describe('a pasted log', () => {
  it('has the failed logins first, and leaves out what follows from the cause', () => {
    const shown = textsOf(renderSlack(TWO_USERS).blocks);
    expect(shown.join('')).toContain(
      '❌ marlow · timed out after 80 s · phone answered at 94 s\n✓ wren got in (9 s)',
    );
    expect(shown.join('')).not.toContain('The same fix also solves');
    expect(shown.filter((text) => text.startsWith('2. '))).toEqual([]);
  });

  it('that stops too early is answered with what to run next, before the reasons', () => {
    const { blocks, text } = renderSlack(NOT_ENOUGH);
    const shown = textsOf(blocks);
    const recipe = shown.findIndex((each) => each.startsWith('diagnose debug reset\n'));
    expect(recipe).toBeGreaterThan(0);
    expect(shown.findIndex((each) => each.startsWith('Not decided'))).toBeGreaterThan(recipe);
    expect(text).toMatch(
      /let the user log in once[\s\S]*diagnose debug enable\n```\nWhen the client shows its result, switch debug off:/,
    );
  });
});

describe('what is left to check', () => {
  const folded = (blocks: readonly KnownBlock[]) =>
    blocks.filter((block) => block.type === 'container').map((block) => block.title?.text);

  it('is below a title that says why, or what would check more', () => {
    const { blocks } = renderSlack(UNSEEN_TOKEN);
    expect(folded(blocks)).toContain('Not decided');
    expect(textsOf(blocks).join('')).toContain('the token states: the account may not run diagnose');
  });

  it('leaves one thing to do in the open, and none where there is something to mend', () => {
    const open = (blocks: readonly KnownBlock[]) =>
      preformattedOf(blocks.filter((block) => block.type !== 'container')).filter((text) =>
        /^(?:diagnose|show|get|execute)/.test(text),
      );
    expect(open(renderSlack(NOT_ENOUGH).blocks)).toEqual([
      expect.stringMatching(/^diagnose debug reset\n/),
      expect.stringMatching(/^diagnose debug disable\n/),
    ]);
    const { blocks } = renderSlack({ ...NOT_ENOUGH, verdict: 'broken', findings: DEVICE_CHECK.findings });
    expect(open(blocks)).toEqual([]);
    expect(folded(blocks)).toContain('What would show the cause');
  });

  it('says how far the evidence goes where it does not say why', () => {
    const sentence = 'Fine so far: connection, login and second factor. Not shown: the state of the token.';
    const hops = NOT_ENOUGH.hops.map(
      (hop, index) => ({ ...hop, status: index < 3 ? 'ok' : 'unknown' }) as const,
    );
    const { blocks, text } = renderSlack({ ...NOT_ENOUGH, hops });
    expect(textsOf(blocks)).toContain(sentence);
    expect(text).toContain(sentence);
    const none = NOT_ENOUGH.hops.map((hop) => ({ ...hop, status: 'unknown' }) as const);
    expect(renderSlack({ ...NOT_ENOUGH, hops: none }).text).not.toContain('Fine so far');
  });
});

describe('too much for one message', () => {
  const { blocks, full, text } = renderSlack(EVERYTHING_BROKEN);

  it('keeps the first finding with its fix, then the titles, and attaches the rest', () => {
    const shown = textsOf(blocks).join('\n');
    expect(shown).toContain('push-disabled: a title');
    expect(preformattedOf(blocks)).toContain(EVERYTHING_BROKEN.findings[0]?.fix.apply.join('\n'));
    expect(shown).toContain('2. ');
    expect(shown).toMatch(/and \d+ more findings in the report/);
  });

  it('says where the whole report is, once that is known', () => {
    const foot = (report?: ReportPlacement) =>
      textsOf(renderSlack(EVERYTHING_BROKEN, { report }).blocks.at(-1)).join('');
    expect(foot()).toContain('The whole report follows as a file');
    expect(foot({ kind: 'attached' })).toContain('The whole report is attached in this thread');
    expect(foot({ kind: 'refused', reason: 'missing_scope' })).toContain(
      'Slack refused the report file (missing_scope). Press Report to try again',
    );
  });

  it('has every finding and every line of it in the attached report', () => {
    expect(full?.filename).toBe('ftm-check-fgt-branch-07.html');
    for (const { rule } of EVERYTHING_BROKEN.findings) expect(full?.content).toContain(`${rule}: a title`);
    expect(full?.content).toContain('user-59-');
    expect(full?.content).not.toContain('\u001b');
  });

  it('keeps the text short', () => {
    expect(text.length).toBeLessThanOrEqual(3800);
  });
});

describe('any diagnosis', () => {
  it.each([DEVICE_CHECK, TWO_USERS, NOT_ENOUGH, HEALTHY, EVERYTHING_BROKEN])(
    'is taken by Slack: $headline',
    (each) => {
      expect(checkMessage(renderSlack(each))).toEqual([]);
    },
  );

  it('is taken by Slack, can ping nobody, and leaves no code block open', () => {
    fc.assert(
      fc.property(randomDiagnosis, hostileName, (diagnosis, askerName) => {
        const answer = renderSlack(diagnosis, { askerName, alias: askerName, tookMs: 10 });
        expect(checkMessage(answer)).toEqual([]);
        expect(JSON.stringify(answer.blocks).length).toBeLessThanOrEqual(12_000);
        expect(answer.text.length).toBeLessThanOrEqual(3800);
        expect(answer.text.split('```').length % 2).toBe(1);
        for (const mrkdwn of [answer.text, ...mrkdwnOf(answer.blocks)]) expect(mrkdwn).not.toMatch(ACTIVE);
        for (const shown of textsOf(answer.blocks)) expect(shown).not.toMatch(/(?![\t\n])\p{Cc}/u);
        expect(renderSlack(diagnosis, { askerName, alias: askerName, tookMs: 10 })).toEqual(answer);
      }),
      { numRuns: runs(150) },
    );
  });

  it('names every hop that was seen of those that a login needs', () => {
    fc.assert(
      fc.property(randomDiagnosis, (diagnosis) => {
        // Words of a person show no step.
        fc.pre(!isTalk(diagnosis.sources) || diagnosis.attempts.length > 0);
        const shown = textsOf(renderSlack(diagnosis).blocks).join('');
        for (const { id, status, needed } of diagnosis.hops) {
          const isSeen = status === 'ok' || status === 'broken';
          if (needed !== false && isSeen) expect(shown).toContain(WORDING.hops[id]);
        }
      }),
      { numRuns: 20 },
    );
  });
});

const hostileName = fc.oneof(anyText({ maxLength: 200 }), fc.constant('<!channel> *x* ```'));

describe('a failure', () => {
  const failure = {
    code: 'ftm_host_key_changed',
    message: 'fgt-branch-07 shows another host key than the one that is pinned',
    advice: 'If the device was replaced, pin the new key with `ftm-check doctor`; otherwise do not connect.',
  } as const;

  it('says what happened and what to do', () => {
    const { blocks, text } = renderFailureSlack(failure, { askerName: 'Ana', alias: 'fgt-branch-07' });
    expect(checkMessage({ blocks, text })).toEqual([]);
    expect(textsOf(blocks).join('')).toContain('pin the new key with ftm-check doctor; otherwise');
    expect(text).toContain('another host key');
    expect(text).toContain('ftm_host_key_changed');
  });

  it('is taken by Slack whatever it says', () => {
    fc.assert(
      fc.property(hostileName, hostileName, (message, advice) => {
        const answer = renderFailureSlack({ code: 'ftm_internal', message, advice });
        expect(checkMessage(answer)).toEqual([]);
        expect(answer.text).not.toMatch(ACTIVE);
      }),
    );
  });
});

describe('renderAnswer', () => {
  it('draws both outcomes of a run', () => {
    const subject = { runId: 'run-1', kind: 'check', asker: { name: 'Ana' }, alias: 'fgt-1' } as const;
    const done = renderAnswer({ kind: 'diagnosed', diagnosis: HEALTHY, tookMs: 900 }, subject);
    expect(textsOf(done.blocks).slice(0, 2)).toEqual([
      '🟢 wren got in: push works here',
      expect.stringMatching(/^`fgt-1` .*asked by Ana · 0\.9 s$/),
    ]);
    const failed = renderAnswer(
      { kind: 'failed', code: 'ftm_device_timeout', message: 'fgt-1 did not answer' },
      subject,
    );
    expect(textsOf(failed.blocks)).toContain('⚪ fgt-1 did not answer');
  });
});

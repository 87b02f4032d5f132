import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from '../test-system.ts';

const CHECKOUT = join(import.meta.dirname, '../../..');
const GUIDE = readFileSync(join(CHECKOUT, 'docs/how-to/alerts.md'), 'utf8');
const DEVICE = 'fgt-branch-07';

/** What the person types, and what the answer holds. */
type Typed = readonly [words: string, answer: RegExp];

/** Each command of the guide, without and with its optional words, in an order in which one prepares the next. */
const COMMANDS: ReadonlyMap<string, readonly Typed[]> = new Map([
  [`/ftm-check ${DEVICE}`, [['help', /escalate \[host\][\s\S]*silence/]]],
  [
    '/ftm-check escalate [host]',
    [
      ['escalate', /"callback_id":"ftm_pager_form"/],
      [`escalate ${DEVICE}`, /"callback_id":"ftm_pager_form"/],
    ],
  ],
  [
    '/ftm-check page @person [host]',
    [
      [`page <@${BEN}> ${DEVICE}`, new RegExp(`<@${BEN}>`)],
      [`page <@${ANA}>`, new RegExp(`<@${ANA}>`)],
    ],
  ],
  ['/ftm-check handover', [['handover', /1 open page[\s\S]*fgt-branch-07/]]],
  ['/ftm-check oncall', [['oncall', new RegExp(`\`nights\`: <@${BEN}>`)]]],
  [
    '/ftm-check oncall take [schedule] [8h]',
    [
      ['oncall take', new RegExp(`<@${ANA}> is on call for \`nights\` until`)],
      ['oncall take nights', new RegExp(`<@${ANA}> is on call for \`nights\` until`)],
      ['oncall take 8h', new RegExp(`<@${ANA}> is on call for \`nights\` until`)],
      ['oncall take nights 8h', new RegExp(`<@${ANA}> is on call for \`nights\` until`)],
    ],
  ],
  [
    '@ftm-check oncall give @person [schedule] [8h]',
    [
      [`oncall give <@${BEN}>`, new RegExp(`<@${BEN}> is on call for \`nights\` until`)],
      [`oncall give <@${BEN}> nights 8h`, new RegExp(`<@${BEN}> is on call for \`nights\` until`)],
    ],
  ],
  [
    '/ftm-check oncall release [schedule]',
    [
      ['oncall release', /follows the inventory again/],
      ['oncall release nights', /Nobody had taken a shift of `nights`/],
    ],
  ],
  [
    '/ftm-check silence HOST 2h [reason]',
    [
      [`silence ${DEVICE} 2h`, new RegExp(`\`${DEVICE}\` until`)],
      ['silence all for 90m replacing the ISP router', /`all` \(2 devices\) until/],
      ['silence fgt-nowhere 2h', /no device named/],
    ],
  ],
  [
    '/ftm-check silence',
    [['silence', new RegExp(`fgt-branch-07\` until[\\s\\S]*by <@${ANA}>: replacing the ISP router`)]],
  ],
  [
    '/ftm-check silence end HOST',
    [
      [`silence end ${DEVICE}`, /1 silence ended/],
      ['silence end all', /1 silence ended/],
      ['silence', /No silence is in force/],
    ],
  ],
  [
    '/ftm-check bundle [host]',
    [
      ['bundle', /report is in this thread/],
      [`bundle ${DEVICE}`, /report is in this thread/],
    ],
  ],
]);

let system: TestSystem | undefined;

afterEach(async () => {
  await system?.[Symbol.asyncDispose]();
  system = undefined;
});

describe('the commands of the guide', () => {
  it('are those that are tried', () => {
    const shown = [...GUIDE.matchAll(/`((?:\/|@)ftm-check [^`]+)`/g)].map(([, command = '']) => command);
    expect(new Set(shown)).toEqual(new Set(COMMANDS.keys()));
  });

  it('answer as the guide says', async () => {
    system = await startTestSystem({
      escalation: `
  routes: { team: { kind: slack, levels: [{ user: ${BEN} }], every: 90m } }
  schedules:
    nights: { timeZone: UTC, rotations: [{ people: [${BEN}], starts: "2020-01-06T08:00" }] }`,
    });
    const { slack } = system;
    await slack.slash({ command: '/ftm-check', text: DEVICE, user: ANA, channel: SUPPORT });
    await system.answered({ alias: DEVICE });
    for (const [command, typed] of COMMANDS) {
      // The page of the command before it is open once its person has it.
      if (command.endsWith('handover')) {
        await slack.until(() => slack.messages(slack.workspace.directMessage(BEN).id).length > 0);
      }
      for (const [words, expected] of typed) await type(command, words, expected);
    }
    expect(slack.violations()).toEqual([]);
  });

  /** Waits for the answer among all that the person sees: private replies, forms and messages in the channel. */
  async function type(command: string, words: string, expected: RegExp): Promise<void> {
    if (system === undefined) throw new Error('not started');
    const { slack } = system;
    const seen = () => [
      ...slack.ephemeral(SUPPORT, ANA).map(({ text }, index) => `reply ${index}: ${text}`),
      ...slack.views().map(({ view }, index) => `form ${index}: ${JSON.stringify(view)}`),
      ...slack.messages(SUPPORT).map(({ text }, index) => `message ${index}: ${text}`),
    ];
    const known = new Set(seen());
    const fresh = () => seen().filter((text) => !known.has(text) && !text.endsWith(words));
    if (command.startsWith('@')) await slack.mention({ user: ANA, channel: SUPPORT, text: words });
    else await slack.slash({ command: '/ftm-check', text: words, user: ANA, channel: SUPPORT });
    await slack
      .until(() => fresh().some((text) => expected.test(text)))
      .catch((error: unknown) => {
        throw new Error(`${command}: ${words}\n${fresh().join('\n')}`, { cause: error });
      });
  }
});

/** What pages and what does not: the test that would fail if a row of the table were not true. */
const ROWS: Readonly<Record<string, readonly [file: string, title: string]>> = {
  'a person sends the form of _Escalate_': ['e2e/paging/page.test.ts', 'asks first, pages'],
  'an answer matches an entry of `policies`': ['oncall/policies.test.ts', 'page at once, without a question'],
  'a sweep with `pages` finds something new': [
    'oncall/unseen-answer.test.ts',
    'pages by the order where no policy matches',
  ],
  'an alert started the check': ['oncall/alert-answers.test.ts', 'pages as its source may'],
  'the check of an alert failed': ['oncall/unseen-answer.test.ts', 'pages where its source pages'],
  'Slack does not take the answer': ['oncall/unseen-answer.test.ts', 'pages by its provider'],
  'a person is chosen, by the menu or by `page @person`': [
    'oncall/person.test.ts',
    'is paged first where nobody is paged yet',
  ],
  'the chosen person cannot be reached': [
    'oncall/person.test.ts',
    'who cannot be reached lets the routes begin',
  ],
  'the same device and cause is paged already': ['e2e/paging/page.test.ts', 'does not page twice'],
  'another device has the same cause': [
    'oncall/grouping.test.ts',
    'are one page, which says how many and which',
  ],
  'a level cannot be reached': ['oncall/direct.test.ts', 'calls the next level at once when'],
  'no route reaches a person': ['oncall/slack-errors.test.ts', 'of every level and route is told'],
  'no acknowledgement within `every`': [
    'oncall/policies.test.ts',
    'calls the group, then whoever is on call',
  ],
  'the page is acknowledged': ['oncall/direct.test.ts', 'reminds the person again and again'],
  'it is not resolved within `acknowledgedFor`': [
    'oncall/direct.test.ts',
    'pages again when it is forgotten',
  ],
  'a later check finds no problem': ['oncall/engine.test.ts', 'offers to resolve the page when'],
  'the answer is `healthy` or `inconclusive`': [
    'oncall/policies.test.ts',
    'do not page for what is in order',
  ],
};

describe('the table of what pages', () => {
  const [, table = ''] = /## What pages and what does not\n\n([\s\S]*?)\n\n/.exec(GUIDE) ?? [];
  const rows = table
    .split('\n')
    .slice(2)
    .map((line) => line.split('|')[1]?.trim() ?? '');

  it('has a test for each row', () => {
    expect(rows).toEqual(Object.keys(ROWS));
    for (const [row, [file, title]] of Object.entries(ROWS)) {
      const text = readFileSync(join(CHECKOUT, 'test', file), 'utf8');
      expect(text.includes(title), `${row}: ${file} has no test "${title}"`).toBe(true);
    }
  });
});

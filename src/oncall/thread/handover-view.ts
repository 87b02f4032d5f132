import type { Run } from '../../platform/runs/run.ts';
import { actions, button, section } from '../../report/block-kit/build-blocks.ts';
import { escapeMrkdwn, inlineCode } from '../../report/block-kit/escape.ts';
import { truncate } from '../../report/block-kit/limits.ts';
import { PAGER_ACTIONS } from '../../report/block-kit/pager-ids.ts';
import { slackDate } from '../../report/block-kit/slack-date.ts';
import { type Escalation, findHolder } from '../core/escalation.ts';
import { linkText } from '../core/threads.ts';
import { withDevicesText } from './messages.ts';
import { actorText } from './people.ts';
import type { ThreadMessage } from './thread-port.ts';

export interface OpenThread {
  readonly escalation: Escalation;
  readonly last?: Run | undefined;
}

const SHOWN = 15;

/** What the next shift needs to know: open pages, the last verdict, the next step and its owner. */
export function handoverText(open: readonly OpenThread[]): string {
  if (open.length === 0) return '*Handover*: no page is open.';
  const head = open.length === 1 ? '1 open page' : `${open.length} open pages`;
  const more = open.length > SHOWN ? [`and ${open.length - SHOWN} more`] : [];
  return [`*Handover*: ${head}`, ...open.slice(0, SHOWN).map(entryText), ...more].join('\n');
}

/** The card for a channel at the end of a shift; a button confirms the handover. */
export function handoverCard(open: readonly OpenThread[]): ThreadMessage {
  const text = truncate(handoverText(open), 2900);
  return {
    text,
    blocks: [section(text), actions(button(PAGER_ACTIONS.handoverDone, 'I take over', 'handover'))],
  };
}

function entryText({ escalation, last }: OpenThread): string {
  const { subject, text, openedAt, thread } = escalation;
  return [
    `• ${inlineCode(subject.device)} since ${slackDate(openedAt)}: ${withDevicesText(escapeMrkdwn(text.summary), escalation)}`,
    `   last verdict: ${verdictText(last)} · ${nextText(escalation)} · ${linkText(thread, 'open')}`,
  ].join('\n');
}

function verdictText(last: Run | undefined): string {
  if (last?.outcome === undefined) return 'none yet';
  const what = last.outcome.kind === 'diagnosed' ? last.outcome.diagnosis.verdict : 'no diagnosis';
  return `${what}, ${slackDate(last.acceptedAt)}`;
}

function nextText(escalation: Escalation): string {
  const { state, history } = escalation;
  const holder = findHolder(escalation);
  const called = history.findLast(({ what }) => what === 'called' || what === 'paged')?.whom;
  const texts = {
    confirmed: 'next: reach a person',
    paged: `next: ${called === undefined || called === '' ? 'the person on call' : called} acknowledges`,
    acknowledged: `next: ${holder === undefined ? 'the person who acknowledged' : actorText(holder)} fixes it, re-checks and resolves`,
    resolved: 'resolved',
  } satisfies Record<Escalation['state'], string>;
  return texts[state];
}

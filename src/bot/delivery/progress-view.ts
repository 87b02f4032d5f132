import type { KnownBlock } from '@slack/types';
import { groupLabel } from '../../platform/runs/group.ts';
import type { Run } from '../../platform/runs/run.ts';
import { ACTIONS } from '../../report/block-kit/action-ids.ts';
import { actions, button, section } from '../../report/block-kit/build-blocks.ts';
import { escapeMrkdwn, inlineCode, personText } from '../../report/block-kit/escape.ts';
import { LIMITS, truncate } from '../../report/block-kit/limits.ts';
import { agoText } from '../../report/documents/answer/comparison.ts';
import { plural } from '../../report/documents/printable.ts';
import type { RunProgress } from './types.ts';

const PHASES = ['queued', 'connecting', 'collecting', 'watching', 'closing', 'analysing'] as const;
type Phase = (typeof PHASES)[number];

/** The message of a run while it waits and runs. `cards` shows the steps; otherwise one line does. */
export function progressMessage(run: Run, progress: RunProgress, { cards }: { readonly cards: boolean }) {
  const { group } = run;
  const text =
    group === undefined
      ? progressText(run, progress)
      : `Checking ${inlineCode(groupLabel(group.name))}: ${plural(group.size, 'device')} …`;
  const phase = PHASES.find((each) => each === progress.phase);
  return {
    text,
    blocks: [
      cards && phase !== undefined && group === undefined ? plan(run, phase, progress) : section(text),
      actions(button(ACTIONS.cancel, 'Cancel', run.id)),
    ],
  };
}

/** Slack mrkdwn. */
function progressText(run: Run, progress: RunProgress): string {
  const step = stepText(progress);
  if (progress.shares) {
    const { asker, agoMs } = progress.shares;
    // Not a mention: a person who also waits need not be notified.
    const name = asker.name === undefined ? 'Another person' : escapeMrkdwn(asker.name);
    return `${name} asked the same question ${agoText(agoMs)} ago${step && `, ${step}`}. You get the same answer here.`;
  }
  if (progress.live) return `${phaseText(run, progress)}: ${seenText(progress.live)}.`;
  return `${phaseText(run, progress)}${step && `, ${step}`} …`;
}

function phaseText(run: Run, { phase, ahead = 0 }: RunProgress): string {
  switch (phase) {
    case 'queued':
      return run.kind === 'check'
        ? `Waiting to check ${deviceName(run)}${ahead > 0 ? `: ${place(ahead, 'check')}` : ''}`
        : ahead > 0
          ? `Waiting to read your log: ${place(ahead, 'request')}`
          : 'Reading your log';
    case 'connecting':
      return `Connecting to ${deviceName(run)}`;
    case 'collecting':
      return `Reading ${deviceName(run)}`;
    case 'watching':
      return `*Now let the user log in* on ${deviceName(run)}`;
    case 'closing':
      return `Disabling debug on ${deviceName(run)}`;
    case 'analysing':
      return 'Analysing';
    default:
      return escapeMrkdwn(phase);
  }
}

function plan(run: Run, current: Phase, progress: RunProgress): KnownBlock {
  const at = PHASES.indexOf(current);
  const phases = listPhases(run);
  return {
    type: 'plan',
    title: truncate(planTitle(run, progress), LIMITS.text),
    tasks: phases.map((phase) => {
      const index = PHASES.indexOf(phase);
      return {
        type: 'task_card',
        task_id: phase,
        title: truncate(taskTitle(phase, run, index === at ? progress : {}), LIMITS.text),
        status: index < at ? 'complete' : index === at ? 'in_progress' : 'pending',
      };
    }),
  };
}

function listPhases(run: Run): readonly Phase[] {
  if (run.kind !== 'check') return ['queued', 'analysing'];
  return run.live === undefined ? PHASES.filter((each) => each !== 'watching' && each !== 'closing') : PHASES;
}

function seenText({ remainingMs, lines, logins }: NonNullable<RunProgress['live']>): string {
  const seen =
    logins === 0 ? `${lines} lines` : `${lines} lines, ${logins} ${logins === 1 ? 'login' : 'logins'}`;
  return `${Math.ceil(remainingMs / 1000)} s left, ${seen} so far`;
}

/** Plain text: Slack formats nothing in it. */
function planTitle(run: Run, { shares }: RunProgress): string {
  const what = run.kind === 'check' ? `Checking ${run.alias ?? 'the device'}` : 'Reading your log';
  if (!shares) return what;
  return `${what} (${shares.asker.name ?? 'another person'} asked the same question ${agoText(shares.agoMs)} ago; you get the same answer here)`;
}

function taskTitle(phase: Phase, run: Run, progress: Partial<RunProgress>): string {
  const step = stepText(progress);
  const titles: Readonly<Record<Phase, string>> = {
    queued: progress.ahead
      ? `Wait: ${place(progress.ahead, run.kind === 'check' ? 'check' : 'request')}`
      : 'Wait in the queue',
    connecting: `Connect to ${run.alias ?? 'the device'}`,
    collecting: step === '' ? 'Read the device' : `Read the device: ${step}`,
    watching: progress.live
      ? `NOW let the user log in: ${seenText(progress.live)}`
      : `Watch a login for ${run.live ?? 0} s`,
    closing: 'Disable debug',
    analysing: 'Analyse',
  };
  return titles[phase];
}

function place(ahead: number, what: 'check' | 'request'): string {
  return ahead === 1 ? `1 ${what} ahead` : `${ahead} ${what}s ahead`;
}

function stepText({ step, steps, vdom }: Partial<RunProgress>): string {
  // The steps start again in each VDOM, so the VDOM is more informative.
  if (vdom && vdom.count > 1) return `VDOM ${vdom.index} of ${vdom.count}`;
  return step === undefined || !steps ? '' : `step ${step} of ${steps}`;
}

function deviceName({ alias }: Run): string {
  return alias === undefined ? 'the device' : inlineCode(alias);
}

export function rootText({ asker, alias, group }: Run): string {
  const what =
    group === undefined
      ? inlineCode(alias ?? 'a device')
      : `${inlineCode(groupLabel(group.name))} (${plural(group.size, 'device')})`;
  return `*${personText(asker)}* asked for ${what}`;
}

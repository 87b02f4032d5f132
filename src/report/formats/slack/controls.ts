import type { ActionsBlock, Button, KnownBlock, PlainTextOption } from '@slack/types';
import type { CheckTarget } from '../../../platform/runs/run.ts';
import { ACTIONS, CHOOSE_DEVICE, MENU } from '../../block-kit/action-ids.ts';
import { LIMITS, truncate } from '../../block-kit/limits.ts';

export interface ControlsOptions {
  /** The only value of a button: everything else is looked up, so that it works after a restart. */
  readonly runId: string;
  /** A device can be read again; pasted evidence cannot. */
  readonly canRecheck: boolean;
  readonly diagnosed: boolean;
  /** A login has to show the rest, and the inventory allows to watch one. */
  readonly canWatch?: boolean;
  /** A pasted text is about this device, which may be read here. */
  readonly device?: CheckTarget | undefined;
  /** The answer has lines to paste. */
  readonly hasFix: boolean;
  /** Set only if the button would page somebody. */
  readonly canEscalate: boolean;
}

/** Buttons of an answer. */
export function controlsBlocks(options: ControlsOptions): readonly KnownBlock[] {
  const { runId, canRecheck, canWatch = false, device, diagnosed, hasFix, canEscalate } = options;
  const buttons = [
    ...(device ? [checkButton(device)] : []),
    ...(canRecheck && hasFix ? [button(ACTIONS.pasted, 'I pasted it', runId)] : []),
    ...(canRecheck ? [button(ACTIONS.recheck, 'Re-check', runId)] : []),
    ...(canWatch ? [button(ACTIONS.watch, 'Watch the next login', runId)] : []),
    ...(canEscalate ? [button(ACTIONS.escalate, 'Escalate', runId)] : []),
    diagnosed ? button(ACTIONS.report, 'Report', runId) : button(ACTIONS.notHelpful, 'Not helpful', runId),
  ];
  const menu = diagnosed ? [moreMenu(runId)] : [];
  const block: ActionsBlock = { type: 'actions', elements: [...buttons, ...menu] };
  return [block];
}

/** The button under a reply to words, which asks for a proof. */
export function recheckBlock(runId: string): KnownBlock {
  return { type: 'actions', elements: [button(ACTIONS.recheck, 'Re-check', runId)] };
}

/** The button under the offer to watch the next login. */
export function watchBlock(runId: string): KnownBlock {
  return { type: 'actions', elements: [button(ACTIONS.watch, 'Watch the next login', runId)] };
}

function button(action: string, label: string, runId: string): Button {
  return {
    type: 'button',
    action_id: action,
    text: { type: 'plain_text', text: label },
    value: runId,
  };
}

/** Reads the device in place of what a person would have to paste. */
function checkButton({ alias, user }: CheckTarget): Button {
  const label = `Check ${alias}${user === undefined ? '' : ` for ${user}`}`;
  return button(`${CHOOSE_DEVICE}_0`, truncate(label, LIMITS.buttonText), JSON.stringify({ alias, user }));
}

function moreMenu(runId: string): ActionsBlock['elements'][number] {
  return {
    type: 'overflow',
    action_id: ACTIONS.more,
    options: [
      option(MENU.evidence, 'Show all evidence', runId),
      option(MENU.draft, 'Customer draft', runId),
      option(MENU.notHelpful, 'Not helpful', runId),
    ],
  };
}

function option(what: string, label: string, runId: string): PlainTextOption {
  return { text: { type: 'plain_text', text: label }, value: `${what}:${runId}` };
}

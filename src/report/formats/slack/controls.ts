import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { CheckTarget } from '../../../platform/runs/run.ts';
import { ACTIONS, CHOOSE_DEVICE, MENU } from '../../block-kit/action-ids.ts';
import { actions, button, option } from '../../block-kit/build-blocks.ts';

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
  /** Set only if the button would page a person. */
  readonly canEscalate: boolean;
}

const LABELS = { recheck: 'Re-check', watch: 'Watch the next login', escalate: 'Escalate' } as const;

export function controlsBlocks(options: ControlsOptions): readonly KnownBlock[] {
  const { runId, canRecheck, canWatch = false, device, diagnosed, hasFix, canEscalate } = options;
  const buttons = [
    ...(device ? [checkButton(device)] : []),
    ...(canRecheck && hasFix ? [button(ACTIONS.pasted, 'I pasted it', runId)] : []),
    ...(canRecheck ? [button(ACTIONS.recheck, LABELS.recheck, runId)] : []),
    ...(canWatch ? [button(ACTIONS.watch, LABELS.watch, runId)] : []),
    ...(canEscalate ? [button(ACTIONS.escalate, LABELS.escalate, runId)] : []),
    diagnosed ? button(ACTIONS.report, 'Report', runId) : button(ACTIONS.notHelpful, 'Not helpful', runId),
  ];
  return [actions(...buttons, ...(diagnosed ? [moreMenu(runId)] : []))];
}

/** The button under a reply to words. */
export function pressBlock(action: keyof typeof LABELS, runId: string): KnownBlock {
  return actions(button(ACTIONS[action], LABELS[action], runId));
}

/** Reads the device in place of what a person would have to paste. */
function checkButton({ alias, user }: CheckTarget): Button {
  const label = `Check ${alias}${user === undefined ? '' : ` for ${user}`}`;
  return button(`${CHOOSE_DEVICE}_0`, label, JSON.stringify({ alias, user }));
}

function moreMenu(runId: string): ActionsBlock['elements'][number] {
  return {
    type: 'overflow',
    action_id: ACTIONS.more,
    options: [
      option('Show all evidence', `${MENU.evidence}:${runId}`),
      option('Customer draft', `${MENU.draft}:${runId}`),
      option('Not helpful', `${MENU.notHelpful}:${runId}`),
    ],
  };
}

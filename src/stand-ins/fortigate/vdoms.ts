import { isVdomName } from '../../engine/fortios/vdom-name.ts';
import type { ConfigWrite, DeviceState } from './device-state.ts';
import { type CliReply, failureReply, incomplete, NOTHING, unknownAction } from './reply.ts';

const RESERVED = 'dmgmt-vdom';

interface VdomRules {
  /** `set edit-vdom-prompt enable`. */
  readonly asks: boolean;
  readonly mayCreate: boolean;
  readonly record: (write: ConfigWrite) => void;
}

/** `edit <name>` in `config vdom`: enters the VDOM, and creates it if it does not exist. */
export function editVdom(
  state: DeviceState,
  name: string | undefined,
  { asks, mayCreate, record }: VdomRules,
  enter: (name: string) => void,
): CliReply {
  if (name === undefined) return incomplete();
  if (name === RESERVED)
    return { lines: [`'${name}' is reserved and cannot be edited directly`], error: true };
  if (!isVdomName(name)) return failureReply(-1, `invalid name '${name}'`);
  if (state.vdoms().includes(name)) return enterVdom();
  if (!mayCreate) return unknownAction();
  if (!asks) return create();
  return {
    lines: [],
    question: {
      text: [
        "The input VDOM name doesn't exist.",
        'Do you want to create a new VDOM?',
        "Please press 'y' to continue, or press 'n' to cancel. (y/n)",
      ],
      answer: (key) => (key.toLowerCase() === 'y' ? create() : NOTHING),
    },
  };

  function create(): CliReply {
    record({ scope: { kind: 'vdom', name: name ?? '' }, path: 'vdom', line: `edit ${name}` });
    state.createVdom(name ?? '');
    return enterVdom();
  }

  function enterVdom(): CliReply {
    enter(name ?? '');
    return { lines: [`current vf=${name}:${state.vdoms().indexOf(name ?? '')}`] };
  }
}

import type { PromptLine } from '../fortios/prompt.ts';

/** State of a CLI session: the VDOM and the open configuration path. */
export interface SessionState {
  readonly host: string;
  readonly vdom?: string;
  /** After `config vdom`, before `edit`. */
  readonly choosingVdom: boolean;
  /** `config` paths and `edit` keys, outermost first. */
  readonly open: readonly { readonly kind: 'config' | 'edit'; readonly name: string }[];
}

export function startSession(host: string): SessionState {
  return { host, choosingVdom: false, open: [] };
}

/** A prompt without a context means the root, whatever was missed before. */
export function resync(state: SessionState, prompt: PromptLine): SessionState {
  if (state.host !== prompt.host) return resync(startSession(prompt.host), prompt);
  return prompt.context === undefined ? startSession(prompt.host) : state;
}

/** The VDOM a command runs in. If a session begins inside a VDOM, only the prompt shows its name. */
export function findVdom(state: SessionState, prompt: PromptLine): string | undefined {
  if (state.vdom !== undefined || state.open.length > 0) return state.vdom;
  const { context } = prompt;
  const isName = context !== undefined && /^[\w-]{1,31}$/.test(context);
  return isName && context !== 'global' && context !== 'vdom' ? context : undefined;
}

/** The outermost open path: `system ftm-push`. */
export function openPath(state: SessionState): string | undefined {
  return state.open.find((each) => each.kind === 'config')?.name;
}

/** Maximum nesting; real configurations are less deep, other texts may not be. */
const MAX_DEPTH = 64;

/** The state after a command that the device accepted. */
export function afterCommand(state: SessionState, command: string): SessionState {
  const [verb = '', ...words] = command.split(' ');
  const name = words.join(' ').replace(/^"(.*)"$/, '$1');
  switch (verb) {
    case 'config':
      if (state.open.length === 0 && name === 'global') return startSession(state.host);
      if (state.open.length === 0 && name === 'vdom')
        return { ...startSession(state.host), choosingVdom: true };
      if (state.open.length >= MAX_DEPTH) return state;
      return { ...state, open: [...state.open, { kind: 'config', name }] };
    case 'edit':
      if (state.choosingVdom) return { ...startSession(state.host), vdom: name };
      return state.open.length === 0
        ? state
        : { ...state, open: [...leaveEntry(state.open), { kind: 'edit', name }] };
    case 'next':
      return { ...state, open: leaveEntry(state.open) };
    case 'end':
      if (state.open.length === 0) return startSession(state.host);
      return { ...state, open: leaveEntry(state.open).slice(0, -1) };
    case 'abort':
      return { ...state, open: [] };
    default:
      return state;
  }
}

function leaveEntry(open: SessionState['open']): SessionState['open'] {
  return open.at(-1)?.kind === 'edit' ? open.slice(0, -1) : open;
}

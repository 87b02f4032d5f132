export interface DebugCommandEvent {
  readonly kind: 'debug-command';
  /** The daemon whose debug output it enables or disables; `all` for a reset. */
  readonly application: string;
  readonly on: boolean;
}

const APPLICATION = /\bdiag(?:nose)? +deb(?:ug)? +app(?:lication)? +([a-z][\w-]{0,30}) +(-?\d{1,10})\b/;
const RESET = /\bdiag(?:nose)? +deb(?:ug)? +res(?:et)?\b/;

/** A typed command that changes which daemons print debug, with or without a prompt before it. */
export function readDebugCommand(text: string): DebugCommandEvent | undefined {
  if (!text.includes('diag')) return undefined;
  const match = APPLICATION.exec(text);
  if (match) return { kind: 'debug-command', application: match[1] ?? '', on: Number(match[2]) !== 0 };
  return RESET.test(text) ? { kind: 'debug-command', application: 'all', on: false } : undefined;
}

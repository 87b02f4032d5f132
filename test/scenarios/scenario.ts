import { backup, type Parts } from './configuration.ts';
import { DEBUG_ON, lines } from './login-log.ts';
import { shell } from './terminal.ts';

type OneOrAny = string | readonly string[];

export interface File {
  readonly name: string;
  readonly text: string;
}
export interface Expect {
  readonly verdict?: 'broken' | 'healthy' | 'inconclusive';
  readonly notVerdict?: 'broken' | 'healthy' | 'inconclusive';
  /** Every one of these rules is among the findings; an array inside means: one of these. */
  readonly finds?: readonly OneOrAny[];
  /** The first finding. */
  readonly first?: OneOrAny;
  readonly not?: readonly string[];
  readonly noFindings?: boolean;
  readonly hop?: OneOrAny;
  /** The text answer says / does not say this. */
  readonly says?: RegExp;
  readonly saysNot?: RegExp;
  /** Evidence of the findings quotes this. */
  readonly quotes?: RegExp;
  readonly users?: readonly string[];
  readonly maxRedactions?: number;
}
export interface Scenario {
  readonly id: string;
  readonly user?: string;
  readonly vdom?: string;
  readonly files: readonly File[];
  readonly expect: Expect;
}

export const one = (text: string, name = 'paste.txt'): readonly File[] => [{ name, text }];
export const dump = (parts: Parts = {}): readonly File[] => one(backup(parts), 'fgt-orchid-01.conf');

function asked(user: string | undefined): Pick<Scenario, 'user'> {
  return user === undefined ? {} : { user };
}

/** A whole backup. */
export function device(id: string, parts: Parts, expect: Expect, user?: string): Scenario {
  return { id, files: dump(parts), expect, ...asked(user) };
}

export function pasted(id: string, text: string, expect: Expect, name?: string): Scenario {
  return { id, files: one(text, name), expect };
}

/** Commands typed in a terminal, and what they print. */
export function session(id: string, steps: readonly (readonly [string, string])[], expect: Expect): Scenario {
  return { id, files: one(shell('fgt-orchid-01', ...steps)), expect };
}

/** The debug output of logins, from the commands that switch it on. */
export function debugLog(
  id: string,
  logins: readonly (readonly string[])[],
  expect: Expect,
  user?: string,
): Scenario {
  return { id, files: one(lines(DEBUG_ON, ...logins), 'debug.log'), expect, ...asked(user) };
}

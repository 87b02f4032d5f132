import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Hop } from '../facts/hop.ts';
import type { CommandStep } from './paste-coach.ts';
import { list } from './printable.ts';
import { ENGLISH } from './wording.ts';

type Verdict = Diagnosis['verdict'];

/** What the reader has from running it, by what is known already. */
const WHY: Readonly<Record<Verdict, { readonly commands: string; readonly debug: string }>> = {
  inconclusive: { commands: 'To see more', debug: 'To see where a login stops' },
  broken: { commands: 'To check what is left', debug: 'To see where a login stops once that is fixed' },
  healthy: { commands: 'To check what is left', debug: 'If push fails all the same' },
};

export function commandsIntro(verdict: Verdict, { backupTellsMore }: CommandStep): string {
  const more = backupTellsMore ? ' (a whole configuration backup tells more still)' : '';
  return `${WHY[verdict].commands}, run this on the FortiGate and paste what it prints${more}:`;
}

export function debugIntro(verdict: Verdict): string {
  return `${WHY[verdict].debug}, run this on the FortiGate (global), let the user log in once by push, and paste what it prints:`;
}

export const DEBUG_OFF = 'then switch it off:';
export const QUESTIONS = 'Only you can find out:';

export function unlocksText(hops: readonly Hop[]): string {
  return hops.length === 0 ? '' : `This unlocks: ${hopNames(hops)}.`;
}

export function hopNames(hops: readonly Hop[]): string {
  return list(hops.map((hop) => ENGLISH.hops[hop]));
}

import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Hop } from '../facts/hop.ts';
import type { CommandStep, DebugStep } from './next-steps.ts';
import { list, printableProse } from './printable.ts';
import { ENGLISH_WORDING } from './wording.ts';

type Verdict = Diagnosis['verdict'];

/** What the reader has from running it, by what is known already. */
const WHY: Readonly<Record<Verdict, { readonly commands: string; readonly debug: string }>> = {
  inconclusive: { commands: 'To see more', debug: 'To see where a login stops' },
  broken: { commands: 'To check what is left', debug: 'To see where a login stops once that is fixed' },
  healthy: { commands: 'To check what is left', debug: 'If push fails all the same' },
};

export function commandsIntro(verdict: Verdict, { backupTellsMore, device }: CommandStep): string {
  const more = backupTellsMore ? ' (a whole configuration backup tells more still)' : '';
  return `${WHY[verdict].commands}, run this on ${onDevice(device)} and paste what it prints${more}:`;
}

export function debugIntro(verdict: Verdict, { device }: DebugStep): string {
  return `${WHY[verdict].debug}, run this on ${onDevice(device)} (global), let the user log in once by push, and paste what it prints:`;
}

function onDevice(name: string | undefined): string {
  return name === undefined ? 'the FortiGate' : printableProse(name);
}

export const DEBUG_OFF_TEXT = 'then switch it off:';
export const QUESTIONS = 'Only you can find out:';

export function unlocksText(hops: readonly Hop[]): string {
  return hops.length === 0 ? '' : `This unlocks: ${hopNames(hops)}.`;
}

export function hopNames(hops: readonly Hop[]): string {
  return list(hops.map((hop) => ENGLISH_WORDING.hops[hop]));
}

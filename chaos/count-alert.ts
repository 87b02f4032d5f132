import type { Run } from '../src/platform/runs/run.ts';
import type { Counted } from './count.ts';
import type { ChaosPager } from './pager.ts';
import { CLOSED_CHANNEL } from './planned-request.ts';

/** Judges an alert by what its incident and the pager got, beside the answer in Slack. */
export function countAlert(
  counted: Counted,
  run: Run | undefined,
  pager: ChaosPager,
  /** Texts of direct messages: the next route, where the pager failed four times. */
  direct: readonly string[],
): Counted {
  const { asked, accepted, ending } = counted;
  if (asked.kind !== 'generic' || !accepted) return counted;
  const notes = pager.notes(asked.user);
  const pages = run?.alias === undefined ? 0 : pager.pages(run.alias);
  const note = JSON.stringify({ ...(JSON.parse(counted.note) as object), notes, pages });
  const judged = { ...counted, note };
  if (notes.length > 1 || pages > 1) return { ...judged, ending: 'doubled' };
  const alias = run?.alias ?? '';
  // The check of an alert that failed pages too: the alert may have been seen nowhere else.
  const mustPage =
    run?.outcome?.kind === 'failed' ||
    (run?.outcome?.kind === 'diagnosed' && run.outcome.diagnosis.verdict === 'broken');
  const isPaged = !mustPage || pages === 1 || direct.some((text) => text.includes(`${alias}:`));
  if (asked.channel === CLOSED_CHANNEL) {
    // While Slack was away, its refusal was not known yet.
    const saysWhy = notes.some((text) => text.includes('The answer is not in Slack'));
    return { ...judged, ending: saysWhy && isPaged && ending === 'lost' ? 'answered once' : ending };
  }
  if (ending !== 'answered once') return judged;
  return notes.length === 1 && isPaged ? judged : { ...judged, ending: 'lost' };
}

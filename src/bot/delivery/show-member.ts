import { memberId } from '../../platform/runs/group.ts';
import type { Asker, Run } from '../../platform/runs/run.ts';
import type { GroupStore } from '../../platform/store/group-store.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import type { Delivery } from './types.ts';

export type ShownDevice =
  | { readonly kind: 'shown' }
  /** It was posted before. */
  | { readonly kind: 'there'; readonly run: Run }
  /** The result is no longer kept. */
  | { readonly kind: 'expired' };

export interface ShowMemberOptions {
  readonly runs: RunStore;
  readonly groups: Pick<GroupStore, 'row' | 'outcome'>;
  readonly deliver: Delivery['deliver'];
}

/**
 * Posts the answer about one device of a group check in the thread of the group, from the stored result: the device
 * is not read again. From then on the device has a separate run, with all of its buttons. Idempotent. `pages`: it may
 * page.
 */
export async function showMember(
  group: Run,
  number: number,
  asker: Asker,
  { runs, groups, deliver }: ShowMemberOptions,
  pages = false,
): Promise<ShownDevice> {
  const id = memberId(group.id, number);
  const known = await runs.get(id);
  if (known?.answeredAt !== undefined) return { kind: 'there', run: known };
  const row = await groups.row(group.id, number);
  const outcome = await groups.outcome(group.id, number);
  if (row === undefined || outcome === undefined) return { kind: 'expired' };
  const { replyTo, rootTs, user, vdom, acceptedAt } = group;
  const run = await runs.create({
    id,
    kind: 'check',
    alias: row.name,
    user,
    vdom,
    asker,
    acceptedAt,
    replyTo: { ...replyTo, thread: replyTo.thread ?? rootTs ?? '' },
    partOf: { run: group.id, pages },
    outcome,
  });
  await deliver(run, outcome);
  return { kind: 'shown' };
}

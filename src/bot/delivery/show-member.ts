import { memberId } from '../../platform/runs/group.ts';
import type { Asker, Run, RunOutcome } from '../../platform/runs/run.ts';
import type { GroupStore } from '../../platform/store/group-store.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import type { Delivery } from './create-delivery.ts';

export type ShownDevice =
  | { readonly kind: 'shown' }
  /** It was posted before. */
  | { readonly kind: 'there'; readonly run: Run }
  | { readonly kind: 'expired' };

export interface ShowMemberOptions {
  readonly runs: RunStore;
  readonly groups: Pick<GroupStore, 'row' | 'outcome'>;
  readonly delivery: Pick<Delivery, 'deliver'>;
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
  options: ShowMemberOptions,
  pages = false,
): Promise<ShownDevice> {
  const known = await options.runs.get(memberId(group.id, number));
  if (known?.answeredAt !== undefined) return { kind: 'there', run: known };
  const member = await openMember(group, number, asker, options, pages);
  if (member === undefined) return { kind: 'expired' };
  await options.delivery.deliver(member.run, member.outcome);
  return { kind: 'shown' };
}

/**
 * Gives the device a run of its own, with its result and, once the result of the group is posted, its thread. Undefined
 * if the result expired. Idempotent.
 */
export async function openMember(
  group: Run,
  number: number,
  asker: Asker,
  { runs, groups }: Omit<ShowMemberOptions, 'delivery'>,
  pages = false,
): Promise<{ readonly run: Run; readonly outcome: RunOutcome } | undefined> {
  const id = memberId(group.id, number);
  const row = await groups.row(group.id, number);
  const outcome = await groups.outcome(group.id, number);
  if (row === undefined || outcome === undefined) return undefined;
  const { replyTo, rootTs, user, vdom, acceptedAt } = group;
  const thread = replyTo.thread ?? rootTs;
  const run = await runs.create({
    id,
    kind: 'check',
    alias: row.name,
    user,
    vdom,
    asker,
    acceptedAt,
    replyTo: thread === undefined ? replyTo : { ...replyTo, thread },
    partOf: { run: group.id, pages },
    outcome,
  });
  // It was opened before the result of the group was posted.
  if (rootTs === undefined || (run.replyTo.thread ?? run.rootTs) !== undefined) return { run, outcome };
  await runs.update(id, { rootTs });
  return { run: { ...run, rootTs }, outcome };
}

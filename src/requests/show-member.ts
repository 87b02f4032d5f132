import type { Delivery } from '../delivery/types.ts';
import { memberId } from '../runs/group.ts';
import type { Asker, Run } from '../runs/run.ts';
import type { GroupStore } from '../store/group-store.ts';
import type { RunStore } from '../store/run-store.ts';
import type { ShownDevice } from './past-runs-port.ts';

export interface ShowMemberOptions {
  readonly runs: RunStore;
  readonly groups: Pick<GroupStore, 'row' | 'outcome'>;
  readonly deliver: Delivery['deliver'];
  readonly linkTo: (run: Run) => Promise<string | undefined>;
}

/**
 * Answers about one device of a group check in the thread of the group, from the stored result: the device is not read
 * again. From then on the device has a run of its own, with all of its buttons. Idempotent.
 */
export async function showMember(
  group: Run,
  number: number,
  asker: Asker,
  { runs, groups, deliver, linkTo }: ShowMemberOptions,
): Promise<ShownDevice> {
  const id = memberId(group.id, number);
  const known = await runs.get(id);
  if (known?.answeredAt !== undefined) return { kind: 'there', link: await linkTo(known) };
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
    partOf: { run: group.id, pages: false },
    outcome,
  });
  await deliver(run, outcome);
  return { kind: 'shown' };
}

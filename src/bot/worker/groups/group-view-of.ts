import type { Run } from '../../../platform/runs/run.ts';
import type { GroupView } from '../../../report/documents/groups/group-view.ts';
import type { GroupOptions } from './group-options.ts';

/** The current state of a group check. */
export async function groupView(
  { id: runId, group, asker, user, vdom, acceptedAt }: Run,
  state: GroupView['state'],
  { groups, now }: Pick<GroupOptions, 'groups' | 'now'>,
): Promise<GroupView> {
  const rows = await groups.rows(runId);
  const cancelled =
    state === 'done' && rows.length < (group?.size ?? 0) ? await groups.cancelled(runId) : undefined;
  return {
    runId,
    group: group?.name ?? '',
    size: group?.size ?? rows.length,
    rows,
    askerName: asker.name,
    user,
    vdom,
    state,
    cancelled,
    tookMs: state === 'done' ? Math.max(0, now() - acceptedAt) : undefined,
  };
}

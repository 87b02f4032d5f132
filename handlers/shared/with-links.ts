import type { Requests } from '../../src/bot/requests/ports.ts';
import { isDirectMessage, type Run } from '../../src/platform/runs/run.ts';
import type { LinkedRun } from '../text/past-runs.ts';

/** No link into a direct message of another person. `user`: who sees the links. */
export async function withLinks(
  runs: readonly Run[],
  user: string,
  { past }: Pick<Requests, 'past'>,
): Promise<readonly LinkedRun[]> {
  const opens = ({ replyTo, asker }: Run) => !isDirectMessage(replyTo.channel) || asker.id === user;
  return await Promise.all(
    runs.map(async (run) => ({ run, link: opens(run) ? await past.linkTo(run) : undefined })),
  );
}

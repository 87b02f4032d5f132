import type { Requests } from '../../src/bot/requests/ports.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import type { LinkedRun } from '../text/past-runs.ts';

export async function withLinks(
  runs: readonly Run[],
  { past }: Pick<Requests, 'past'>,
): Promise<readonly LinkedRun[]> {
  return await Promise.all(runs.map(async (run) => ({ run, link: await past.linkTo(run) })));
}

import { z } from 'zod';

/** What a form is about: an escalation, or a run; and where its answer goes. */
const pagerFormPlace = z.object({
  escalation: z.string().optional(),
  runId: z.string().optional(),
  channel: z.string(),
  thread: z.string().optional(),
});

export type PagerFormPlace = z.infer<typeof pagerFormPlace>;

/** For `private_metadata`, which Slack returns with the submission. */
export function writePagerFormPlace(place: PagerFormPlace): string {
  return JSON.stringify(place);
}

/** Throws for another text. */
export function readPagerFormPlace(privateMetadata: string): PagerFormPlace {
  return pagerFormPlace.parse(JSON.parse(privateMetadata));
}

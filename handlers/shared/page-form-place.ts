import { z } from 'zod';

/** What a form is about: an open page, or a run; and where its answer goes. */
const pageFormPlace = z.object({
  page: z.string().optional(),
  runId: z.string().optional(),
  channel: z.string(),
  thread: z.string().optional(),
});

export type PageFormPlace = z.infer<typeof pageFormPlace>;

/** For `private_metadata`, which Slack returns with the submission. */
export function writePageFormPlace(place: PageFormPlace): string {
  return JSON.stringify(place);
}

/** Throws for another text. */
export function readPageFormPlace(privateMetadata: string): PageFormPlace {
  return pageFormPlace.parse(JSON.parse(privateMetadata));
}

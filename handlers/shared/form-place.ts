import { z } from 'zod';

/** What a form is about: an escalation, or a run; and where its answer goes. */
const formPlace = z.object({
  escalation: z.string().optional(),
  runId: z.string().optional(),
  channel: z.string(),
  thread: z.string().optional(),
});

export type FormPlace = z.infer<typeof formPlace>;

/** For `private_metadata`, which Slack returns with the submission. */
export function writeFormPlace(place: FormPlace): string {
  return JSON.stringify(place);
}

/** Throws for another text. */
export function readFormPlace(privateMetadata: string): FormPlace {
  return formPlace.parse(JSON.parse(privateMetadata));
}

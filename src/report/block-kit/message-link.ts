/**
 * Opens a message in the workspace the reader is signed in to: Slack finds the workspace by the channel's id, and the
 * thread by the timestamp of its root. Needs no call to Slack.
 */
export function messageLink({
  channel,
  ts,
  thread = ts,
}: {
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string | undefined;
}): string {
  const id = encodeURIComponent(channel);
  const message = `https://slack.com/archives/${id}/p${ts.replace('.', '')}`;
  return thread === ts ? message : `${message}?thread_ts=${thread}&cid=${id}`;
}

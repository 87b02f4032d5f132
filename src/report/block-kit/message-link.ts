/**
 * Opens a message in the workspace the reader is signed in to: Slack finds the workspace by the channel's id, and the
 * thread by the timestamp of its root. Needs no call to Slack.
 */
export function messageLink(channel: string, ts: string, thread = ts): string {
  const id = encodeURIComponent(channel);
  const message = `https://slack.com/archives/${id}/p${ts.replace('.', '')}`;
  return thread === ts ? message : `${message}?thread_ts=${thread}&cid=${id}`;
}

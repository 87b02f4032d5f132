import { createHmac } from 'node:crypto';

/** Headers of a request signed as Slack does it: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signedHeaders(
  body: string,
  signingSecret: string,
  atSeconds: number,
): Record<string, string> {
  const signature = createHmac('sha256', signingSecret).update(`v0:${atSeconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(atSeconds), 'x-slack-signature': `v0=${signature}` };
}

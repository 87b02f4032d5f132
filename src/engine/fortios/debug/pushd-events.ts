export type PushdLine =
  | { readonly kind: 'pushd-error'; readonly code: number; readonly text: string }
  | { readonly kind: 'pushd-queued' }
  | { readonly kind: 'pushd-sent'; readonly user?: string };

const ERROR = /\bpushd error (-?\d{1,6}): (.{0,160})/;
const QUEUED = /\bBroker: Deliver push task to job queue/;
const SENT = /\bSending push message\[[^\]]{0,80}\] to User\[([^\]]{0,256})\]/;

/** Messages of FortiAuthenticator's push daemon (KB333425, KB230258). */
export function readPushdLine(text: string): PushdLine | undefined {
  const error = ERROR.exec(text);
  if (error) return { kind: 'pushd-error', code: Number(error[1]), text: (error[2] ?? '').trim() };
  if (QUEUED.test(text)) return { kind: 'pushd-queued' };
  const sent = SENT.exec(text);
  if (!sent) return undefined;
  return { kind: 'pushd-sent', ...(sent[1] ? { user: sent[1] } : {}) };
}

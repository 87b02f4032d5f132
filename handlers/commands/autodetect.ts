import type { Requests } from '../../src/bot/requests/ports.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { autodetectText, refusedText } from '../text/replies.ts';
import type { ParsedRequest } from './parse-request.ts';

/**
 * `auto [on|off]`: whether pasted logs in this channel are analysed without a request. For anyone who may ask here.
 */
export async function switchAutodetect(
  { value }: Extract<ParsedRequest, { kind: 'auto' }>,
  { caller, reply }: RequestContext,
  requests: Requests,
): Promise<void> {
  const permission = await requests.authorise(caller);
  if (permission.kind === 'refused') return await reply(refusedText(permission));
  if (value === undefined) return await reply(autodetectText(await requests.autodetect.isOn(caller)));
  const on = value === 'on';
  const outcome = await requests.autodetect.set(caller, on);
  await reply(outcome === 'forbidden' ? autodetectText('forbidden') : autodetectText(on));
}

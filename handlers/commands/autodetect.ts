import type { Act } from '../../src/bot/requests/act.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { autodetectText } from '../text/replies.ts';
import type { ParsedRequest } from './parse-request.ts';

/**
 * `auto [on|off]`: whether pasted logs in this channel are analysed without a request. For anyone who may ask here.
 */
export async function switchAutodetect(
  act: Act<'autodetect'>,
  { value }: Extract<ParsedRequest, { kind: 'auto' }>,
  { caller, reply }: RequestContext,
  requests: Requests,
): Promise<void> {
  if (value === undefined) return await reply(autodetectText(await requests.autodetect.isOn(caller)));
  const on = value === 'on';
  const outcome = await requests.autodetect.set(act, on);
  await reply(outcome === 'forbidden' ? autodetectText('forbidden') : autodetectText(on));
}

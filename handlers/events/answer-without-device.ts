import type { Requests } from '../../src/bot/requests/ports.ts';
import { answerRequest } from '../commands/answer-request.ts';
import { authorise } from '../shared/authorise.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { nothingNamedText } from '../text/replies.ts';
import { isOrdinaryWord } from './ordinary-words.ts';
import { deviceLikeWords, type ParsedMention } from './parse-mention.ts';

type NoDevice = Extract<ParsedMention, { kind: 'no-device' }>;

const COURTESY =
  /^(?:thanks?(?: you)?|thx|ty|cheers|ok(?:ay)?|great|perfect|nice|got it|well done|that (?:helped|worked|was it))$/i;

/** "thanks!", "ok, great": no request, so nothing is read again and there is no reply. */
export function isCourtesy(text: string): boolean {
  const parts = text.split(/[\s]*[!.,;:)(]+[\s]*/).filter((part) => part !== '');
  const plain = parts.map((part) => part.replace(/ (?:a lot|so much|very much|all|everyone|again)$/i, ''));
  return plain.length > 0 && plain.every((part) => COURTESY.test(part.trim()));
}

/** False for a name alone, as in `@ftm-check fgt-hq`: the person means that device, not the log of the thread. */
export function readsThread(text: string, { asCommand }: NoDevice): boolean {
  return asCommand.kind !== 'check' || deviceLikeWords(text).length === 0;
}

/** False for a message that asks for a device, or has a word of that form. */
export function namesNoDevice(text: string, { asCommand }: NoDevice): boolean {
  const isNamed = asCommand.kind === 'check' && !isOrdinaryWord(asCommand.alias);
  return !isNamed && asCommand.kind !== 'nothing' && deviceLikeWords(text).length === 0;
}

/**
 * The reply to a person who named no device that they may check, and sent no log. A word that has the form of a
 * device name is refused like any other device: in the same words whether the device exists or not, audited, and
 * limited.
 */
export async function answerWithoutDevice(
  text: string,
  { asCommand }: NoDevice,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  if (asCommand.kind === 'nothing') return await answerRequest(asCommand, request, requests);
  if (asCommand.kind === 'check' && !isOrdinaryWord(asCommand.alias)) {
    return await answerRequest(asCommand, request, requests);
  }
  if ((await authorise('analyse', {}, request, requests)) === undefined) return;
  const [alias] = deviceLikeWords(text);
  if (alias !== undefined) return await answerRequest({ kind: 'check', alias }, request, requests);
  await request.reply(nothingNamedText(await requests.visibleDevices(request.caller)));
}

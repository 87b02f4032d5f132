import { expect, it } from 'vitest';
import { parseRequest } from '../../handlers/commands/parse-request.ts';
import { followUpIn, isForAnother, putOffWords } from '../../handlers/events/follow-up.ts';
import { parseMention } from '../../handlers/events/parse-mention.ts';
import { userNamed } from '../../handlers/events/user-named.ts';
import { withoutMention } from '../../src/bot/intake/incoming-message.ts';
import { nearNames } from '../../src/engine/fortios/near-names.ts';
import type { CheckTarget } from '../../src/platform/runs/run.ts';
import { sentences } from './sentences.ts';

const DEVICES = ['fgt-branch-07', 'fgt-branch-08'];

it.each(sentences)('$said', ({ said, after = false, comes }) => {
  expect(whatComes(said, after)).toBe(comes);
});

/** The decisions of the listeners, without what they do. */
function whatComes(said: string, after: boolean): string {
  if (said.startsWith('/')) return ofCommand(said.replace(/^\S+ /, ''));
  if (isForAnother(said, 'UBOT') && !said.includes('<@UBOT>')) return 'nothing';
  const { text } = withoutMention(said, 'UBOT');
  const parsed = parseMention(text, DEVICES);
  if (isForAnother(said, 'UBOT')) return parsed.kind === 'check' ? `ask ${named(parsed)}` : 'nothing';
  if (parsed.kind === 'put-off') return `ask ${parsed.targets.map(named).join(' ')}`;
  if (parsed.kind === 'check') return `check ${named(parsed)}`;
  if (parsed.kind === 'group') return `check group:${parsed.group}`;
  if (parsed.kind === 'oncall') return 'on-call';
  if (parsed.kind === 'list') return 'devices';
  if (parsed.kind !== 'no-device') return parsed.kind;
  const followUp = after && putOffWords(text) === undefined ? followUpIn(text) : undefined;
  const user = followUp === 'recheck' ? userNamed(text, []) : undefined;
  return user === undefined ? (followUp ?? 'nothing') : `check fgt-branch-07 ${user}`;
}

function ofCommand(text: string): string {
  const parsed = parseRequest(text);
  if (parsed.kind === 'group') return `suggest group:${nearNames(['branches'], parsed.group)[0]}`;
  if (parsed.kind !== 'unclear') return parsed.kind;
  const { meant = [] } = parsed;
  const known = meant.filter(({ alias }) => DEVICES.includes(alias));
  if (known.length > 1) return `choose ${known.map(({ alias }) => alias).join(' ')}`;
  const user = meant.find(({ alias }) => !DEVICES.includes(alias))?.alias ?? known[0]?.user;
  return `suggest ${known[0]?.alias} --user ${user}`;
}

function named({ alias, user }: CheckTarget): string {
  return user === undefined ? alias : `${alias} ${user}`;
}

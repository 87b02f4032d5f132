import { expect, it } from 'vitest';
import { parseTyped } from '../../handlers/commands/ftm-check.ts';
import { namesAnother, namesNoDevice } from '../../handlers/events/app-mention.ts';
import { findNamedUser } from '../../handlers/events/find-named-user.ts';
import { isForAnother, parseFollowUp, putOffWords } from '../../handlers/events/follow-up.ts';
import {
  deviceLikeWords,
  type ParsedMention,
  parseMention,
  wordsNotUnderstood,
} from '../../handlers/events/parse-mention.ts';
import { withoutMention } from '../../src/bot/intake/incoming-message.ts';
import { nearNames } from '../../src/engine/fortios/near-names.ts';
import { ALL_DEVICES } from '../../src/platform/runs/group.ts';
import type { CheckTarget } from '../../src/platform/runs/run.ts';
import { heldOut, sentences } from './sentences.ts';

const DEVICES = ['fgt-branch-07', 'fgt-branch-08'];
const ANSWER = { alias: 'fgt-branch-07' };

it.each([...sentences, ...heldOut])('$said', ({ said, after = false, comes }) => {
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
  if (parsed.kind === 'check')
    return [`check ${named(parsed)}`, ...ofWords(wordsNotUnderstood(text, parsed))].join(', ');
  if (parsed.kind === 'group') return checkGroup(parsed.group);
  if (parsed.kind === 'oncall') return 'on-call';
  if (parsed.kind === 'list') return 'devices';
  if (parsed.kind !== 'no-device') return parsed.kind;
  return after && !namesAnother(parseFollowUp(text), text, ANSWER)
    ? afterAnswer(text)
    : withoutDevice(text, parsed);
}

function afterAnswer(text: string): string {
  const followUp = parseFollowUp(text);
  if (followUp === undefined) return 'nothing';
  if (followUp !== 'noted' && putOffWords(text) !== undefined) return 'ask';
  const user = findNamedUser(text, []);
  if (followUp === 'watch') return user === undefined ? 'watch' : `watch ${user}`;
  return followUp !== 'recheck' || user === undefined ? followUp : `check fgt-branch-07 ${user}`;
}

function withoutDevice(text: string, parsed: Extract<ParsedMention, { kind: 'no-device' }>): string {
  const [word] = deviceLikeWords(text);
  if (putOffWords(text) !== undefined) return word === undefined ? 'nothing' : 'ask';
  const { asCommand } = parsed;
  const alias = asCommand.kind === 'check' && !namesNoDevice(text, parsed) ? asCommand.alias : word;
  return alias === undefined ? 'nothing' : `refuse ${alias}`;
}

/** Words that are not understood: a device that is refused, else users. */
function ofWords(words: readonly string[]): readonly string[] {
  const device = words.find((word) => nearNames(DEVICES, word).length > 0);
  if (device !== undefined) return [`refuse ${device}`];
  return words.length === 0 ? [] : [`suggest ${words.join(' ')}`];
}

function ofCommand(text: string): string {
  const parsed = parseTyped(text, DEVICES);
  if (parsed.kind === 'put-off') return `ask ${parsed.targets.map(named).join(' ')}`;
  if (parsed.kind === 'check') return `check ${named(parsed)}`;
  if (parsed.kind === 'group') return checkGroup(parsed.group);
  if (parsed.kind === 'oncall') return 'on-call';
  if (parsed.kind !== 'unclear') return parsed.kind;
  const { meant = [] } = parsed;
  const known = meant.filter(({ alias }) => DEVICES.includes(alias));
  if (known.length > 1) return `choose ${known.map(({ alias }) => alias).join(' ')}`;
  const others = meant.map(({ alias }) => alias).filter((alias) => !DEVICES.includes(alias));
  const [refused] = ofWords(others).filter((word) => word.startsWith('refuse'));
  if (known[0] !== undefined && refused !== undefined) return refused;
  const user = others[0] ?? known[0]?.user;
  return known[0] === undefined ? parsed.reason : `suggest ${known[0].alias} --user ${user}`;
}

function checkGroup(group: string): string {
  if (group === 'branches' || group === ALL_DEVICES) return `check group:${group}`;
  const [near] = nearNames(['branches'], group);
  return near === undefined ? `refuse group:${group}` : `suggest group:${near}`;
}

function named({ alias, user }: CheckTarget): string {
  return user === undefined ? alias : `${alias} ${user}`;
}

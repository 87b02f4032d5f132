import { type CliReply, failureReply, incomplete, NOTHING, parseErrorBefore } from '../reply.ts';
import type { DraftEntry } from './draft.ts';

/** `delete A`, `rename A to B`, `clone A to B`, `move A before|after B`. */
export type TableVerb = 'delete' | 'rename' | 'clone' | 'move';

const NAMED = ['rename', 'clone'];

export function editTable(
  table: { entries: DraftEntry[] },
  verb: TableVerb,
  words: readonly string[],
  usedBy: (key: string) => number,
): CliReply {
  const [key, how, other] = words;
  if (key === undefined) return incomplete();
  const entry = table.entries.find((each) => each.key === key);
  if (verb === 'delete') {
    if (how !== undefined) return parseErrorBefore(how);
    if (!entry) return notInTable();
    const users = usedBy(key);
    if (users > 0) return failureReply(-23, `The entry is used by other ${users} entries`);
    table.entries = table.entries.filter((each) => each !== entry);
    return NOTHING;
  }
  if (how === undefined || other === undefined) return incomplete();
  const expected = NAMED.includes(verb) ? ['to'] : ['before', 'after'];
  if (!expected.includes(how)) return parseErrorBefore(how);
  if (!entry) return notInTable();
  const target = table.entries.find((each) => each.key === other);
  if (verb === 'move') {
    if (!target || target === entry) return notInTable();
    const rest = table.entries.filter((each) => each !== entry);
    rest.splice(rest.indexOf(target) + (how === 'after' ? 1 : 0), 0, entry);
    table.entries = rest;
    return NOTHING;
  }
  if (target) return failureReply(-5, `duplicate entry '${other}'`);
  if (verb === 'clone') {
    table.entries.push({ ...structuredClone(entry), key: other, text: '' });
    return NOTHING;
  }
  const users = usedBy(key);
  if (users > 0) return failureReply(-23, `The entry is used by other ${users} entries`);
  entry.key = other;
  entry.text = '';
  return NOTHING;
}

function notInTable(): CliReply {
  return failureReply(-3, 'entry not found in table');
}

import type { z } from 'zod';
import { type Escalation, escalationRecord } from '../core/escalation.ts';

/**
 * Names in Redis. They are those of the first version, because processes of several versions share the records during
 * an update.
 */
const NAMES = { outbox: 'effects', notified: 'told', statusStarted: 'statusBegun' } as const;
const ENTRY_NAMES = { level: 'rung', started: 'begun', attempts: 'tries' } as const;

export function serializeEscalation(escalation: Escalation): string {
  const outbox = escalation.outbox.map((entry) => renamed(entry, ENTRY_NAMES));
  return JSON.stringify(renamed({ ...escalation, outbox }, NAMES));
}

/** Fails for a text that is not a stored escalation. */
export function parseEscalation(text: string): z.ZodSafeParseResult<Escalation> {
  const record = renamed(parseJson(text), inverse(NAMES));
  const { outbox } = record;
  const entries = Array.isArray(outbox)
    ? outbox.map((entry) => renamed(entry, inverse(ENTRY_NAMES)))
    : outbox;
  return escalationRecord.safeParse({ ...record, outbox: entries });
}

/** A copy with the keys that `names` maps under their new names. */
function renamed(value: unknown, names: Readonly<Record<string, string>>): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [Object.hasOwn(names, key) ? names[key] : key, each]),
  );
}

function inverse(names: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(names).map(([name, stored]) => [stored, name]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { gunzipSync } from 'node:zlib';
import type { Redis } from 'ioredis';
import type { RedisGateway } from '../queue/redis-connection.ts';

export type KeyGateway = Pick<RedisGateway, 'execute'>;

/** A key of the bot in Redis with everything in it, as text. */
export interface StoredKey {
  /** Without the prefix that all keys have. */
  readonly key: string;
  readonly type: 'hash' | 'members' | 'text';
  /** Fields of a hash; of other types the members, each with an empty name. */
  readonly parts: readonly { readonly name: string; readonly text: string }[];
}

/** Keys read at a time: a call of the gateway takes at most two seconds. */
const SCAN_COUNT = 100;
const MAX_UNPACKED = 64_000_000;
/** Base64 of gzip. */
const PACKED = /H4sI[A-Za-z0-9+/]{16,}={0,2}/g;

/** Every key with the prefix; one that is written meanwhile may be missing. */
export async function* scanStoredKeys(gateway: KeyGateway, prefix: string): AsyncGenerator<StoredKey> {
  const seen = new Set<string>();
  const pattern = `${prefix.replaceAll(/[\\*?[\]]/g, '\\$&')}:*`;
  let cursor = '0';
  do {
    const [next, found] = await gateway.execute((redis) =>
      redis.scan(cursor, 'MATCH', pattern, 'COUNT', SCAN_COUNT),
    );
    cursor = next;
    const keys = found.filter((key) => !seen.has(key));
    for (const key of keys) seen.add(key);
    const read = await gateway.execute((redis) => Promise.all(keys.map((key) => readKey(redis, key))));
    for (const [index, stored] of read.entries()) {
      if (stored !== undefined) yield { ...stored, key: (keys[index] ?? '').slice(prefix.length + 1) };
    }
  } while (cursor !== '0');
}

async function readKey(redis: Redis, key: string): Promise<Omit<StoredKey, 'key'> | undefined> {
  const members = (texts: readonly string[]) => ({
    type: 'members' as const,
    parts: texts.map((text) => ({ name: '', text })),
  });
  switch (await redis.type(key)) {
    case 'hash': {
      const fields = await redis.hgetall(key);
      return { type: 'hash', parts: Object.entries(fields).map(([name, text]) => ({ name, text })) };
    }
    case 'zset':
      return members(await redis.zrange(key, '0', '-1'));
    case 'set':
      return members(await redis.smembers(key));
    case 'list':
      return members(await redis.lrange(key, 0, -1));
    case 'stream':
      return members((await redis.xrange(key, '-', '+')).map(([id, fields]) => `${id} ${fields.join(' ')}`));
    case 'string':
      return { type: 'text', parts: [{ name: '', text: (await redis.get(key)) ?? '' }] };
    default:
      return undefined;
  }
}

/** The text, with the unpacked form of its packed parts after it. */
export function appendUnpacked(text: string): string {
  const inner = [...text.matchAll(PACKED)].map(([packed]) => unpack(packed) ?? '');
  return [text, ...inner].join('\n');
}

/** Undefined for text that only looks packed. */
function unpack(packed: string): string | undefined {
  try {
    const bytes = gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: MAX_UNPACKED });
    return bytes.toString('utf8');
  } catch {
    return undefined;
  }
}

/** Part of the value of an exported key: JSON and packed parts are shown in readable form. */
export function parseExported(text: string): unknown {
  const plain = text.startsWith('H4sI') ? (unpack(text) ?? text) : text;
  try {
    return JSON.parse(plain);
  } catch {
    return plain;
  }
}

const WORD = /[A-Za-z0-9_-]/;
/** `U012AB3CD`: keys join it to other words by any sign. */
const SLACK_ID = /^[UW][A-Z0-9]{2,}$/;

/**
 * Whether one of the names is in the text as a separate word: `fgt-1` is neither in `fgt-10` nor in `fgt-1.example`, but
 * the id of a Slack user is in `run-7.U012AB3CD.1700`. Other names than those ids are found in upper and lower case, as
 * in the inventory.
 */
export function mentions(text: string, names: readonly string[]): boolean {
  const lowered = text.toLowerCase();
  return names.some((name) => {
    if (SLACK_ID.test(name)) return new RegExp(`(?<![A-Za-z0-9])${name}(?![A-Za-z0-9])`).test(text);
    const word = name.toLowerCase();
    return mentionsExactly(lowered, word) || mentionsExactly(lowered, JSON.stringify(word).slice(1, -1));
  });
}

function mentionsExactly(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    if (!joinsBefore(text, at) && !joinsAfter(text, end)) return true;
  }
  return false;
}

/** In JSON a word may follow `\n`. */
function joinsBefore(text: string, at: number): boolean {
  if (text[at - 2] === '\\' && /[nrt]/.test(text[at - 1] ?? '')) return false;
  const before = text[at - 1] ?? '';
  return WORD.test(before) || (before === '.' && WORD.test(text[at - 2] ?? ''));
}

function joinsAfter(text: string, end: number): boolean {
  const after = text[end] ?? '';
  return WORD.test(after) || (after === '.' && WORD.test(text[end + 1] ?? ''));
}

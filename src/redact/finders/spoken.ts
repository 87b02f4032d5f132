import type { SecretKind } from '../kinds.ts';
import { secretKindOf } from '../secret-names.ts';
import { cutOf, type Span } from '../spans.ts';
import { readQuoted, readWord, SECRET_LIKE, toSpan } from '../values.ts';

/** What people and daemons call a secret in a sentence, in a table, and at a prompt: `admin@fw's password: …`. */
const NOUN =
  /(?<!\w|\w-)(?:password|passwd|pwd|pw|passwort|kennwort|passphrase|psk|psksecret|secret|shared[ \t]secret|pre-?shared[ \t]?key|community(?:[ \t]string)?|api[ \t]?key|activation[ \t]code)(?![\w-])/gi;
/** Words that others use for other things, too: what follows must look like a secret. */
const VAGUE_NOUN =
  /(?<!\w|\w-)(user-?password|unicodepwd|pass|seed|registration[ \t_-]id|reg[_-]id|svpncookie|credentials?)[*_~]{0,3}[ \t]{0,8}::?[ \t]{0,8}(?:[^\s:/]{1,64} ?\/ ?)?(?=\S)/gi;
/** Stands in every noun, and is far cheaper to look for. */
const HINT = /pass|pw|psk|secret|kennwort|shared|commun|api|activ|unicode|seed|reg|svpncookie|cred/i;
const PROMPT =
  /^(?:[ \t]for[ \t][^\s:]{1,64})?[*_~]{0,3}[ \t]{0,8}:[*_~]{0,3}(?:[ \t]{1,8}(?=[^\s`{[(])|(?=\w))/;
const LINK =
  /^(?:[ \t](?:is|was|has been|string|set to|changed to|type \d|\d{1,2}))?(?:[ \t|:–=-]|\\t){1,16}/;
const CODE = /^[A-Z0-9]{12,40}$/;
const STOPS = '|,;)]}"\'';
/** Beyond this a sentence is no longer about its noun. */
const OUTLOOK = 96;
/** More than a word that somebody says. */
const LONGEST = 257;

export function findSpokenSecrets(line: string): readonly Span[] {
  return HINT.test(line) ? [...nouns(line), ...vagueNouns(line)] : [];
}

function nouns(line: string): readonly Span[] {
  const spans: Span[] = [];
  NOUN.lastIndex = 0;
  for (let noun = NOUN.exec(line); noun; noun = NOUN.exec(line)) {
    const kind = secretKindOf(noun[0], 'colon') ?? 'password';
    const from = noun.index + noun[0].length;
    const after = line.slice(from, from + OUTLOOK);
    const prompt = PROMPT.exec(after);
    if (prompt) {
      const at = from + prompt[0].length;
      const value = readQuoted(line, at) ?? readWord(line, at);
      spans.push(...toSpan(line, value, kind));
      NOUN.lastIndex = Math.max(at, value.next);
      continue;
    }
    const link = LINK.exec(after);
    if (link) spans.push(...said(line, from + link[0].length, kind));
  }
  return spans;
}

function vagueNouns(line: string): readonly Span[] {
  return Array.from(line.matchAll(VAGUE_NOUN)).flatMap((noun) => {
    const kind = secretKindOf(noun[1] as string, 'colon') ?? 'password';
    return said(line, noun.index + noun[0].length, kind);
  });
}

function said(line: string, at: number, kind: SecretKind): readonly Span[] {
  const quoted = readQuoted(line, at);
  if (quoted) return quoted.open && cutOf(line) === 'hardly' ? [] : toSpan(line, quoted, kind);
  const word = readWord(line, at, STOPS, at + LONGEST);
  const end = line[word.end - 1] === '.' ? word.end - 1 : word.end;
  const form = kind === 'activation-code' || kind === 'seed' ? CODE : SECRET_LIKE;
  return form.test(line.slice(at, end)) ? toSpan(line, { ...word, end }, kind) : [];
}

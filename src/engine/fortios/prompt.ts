/**
 * FortiOS prompts: `HOST[(Primary|Secondary)][ (context)] #|$ `, one trailing space, no newline.
 * Everything but HOST changes within a session: the HA role on failover (glued to the name from 7.6.7), the
 * context with every `config`, `#`/`$` with the administrator's rights.
 */
export interface Prompt {
  /** As printed: names longer than 24 characters come as 20 characters, `~` and the last 3. Empty where it is left out. */
  readonly host: string;
  readonly role?: 'Primary' | 'Secondary';
  /** Innermost name only: `global`, `root`, `ftm-push`, `wan1`; may hold spaces, dots and `~`. */
  readonly context?: string;
  readonly privilege: '#' | '$';
}

export interface PromptLine extends Prompt {
  /** Text typed after the prompt, trimmed; empty for a bare prompt. */
  readonly command: string;
}

export interface PromptMatcher {
  readonly host: string;
  /** The prompt at the end of `tail`, if any; `tail` may be any amount of the latest output. */
  readonly match: (tail: string) => Prompt | undefined;
  /** The device was renamed during the session: from now on its prompts show this name. */
  readonly rename: (host: string) => void;
}

const HOST = '[A-Za-z0-9_-]{1,35}(?:~[A-Za-z0-9_-]{1,3})?';
const AFTER_HOST = '(?:\\((Primary|Secondary)\\))?(?: \\(([^()\\r\\n]{1,80})\\))? ([#$])';
const BARE_PROMPT = new RegExp(`^(${HOST})${AFTER_HOST} $`);
const PROMPT_WITH_TEXT = new RegExp(`^${HOST}${AFTER_HOST} `);
/** A device without a name shows its serial number, which redaction has already replaced in a transcript. */
const HIDDEN_HOST = '<serial#\\d{1,6}>';
/** People put the name into brackets where a mail or ticket shows two devices: `[fgt-a] # get system status` */
const PROMPT_WITH_COMMAND = new RegExp(`^\\[?(${HOST}|${HIDDEN_HOST})\\]?${AFTER_HOST}(?: (.*))?$`);
/** `(global) # execute ping push.fortinet.com`, where the person left the name out; `(venv) $` is a shell’s. */
const NAMELESS_PROMPT = /^\(([A-Za-z][\w-]{0,30})\) (#|\$(?= (?:get|show|diag\w*|exec?\w*) \w)) (.*)$/;
/**
 * `# show full-configuration system global | grep timeout`, `# get system ftm-push`; with other words it may be a
 * heading.
 */
const BARE_HASH =
  /^# (?<command>(?:get|show|diag\w*) [a-z][^|]{2,100}\| ?grep .*|(?:get|show) (?:full-configuration )?(?:system|user|vpn|firewall|router) [a-z][\w-]*(?: [\w".-]+){0,2})$/;
/** Characters; real prompts are shorter: 24 of name, 11 of role, 83 of context, 3 at the end. */
const MAX_PROMPT_LENGTH = 160;

/**
 * Recognises the prompt at the end of a session's first output. A bare `#` is not enough on purpose: banners are full
 * of them.
 */
export function learnPrompt(tail: string): Prompt | undefined {
  return readPrompt(BARE_PROMPT.exec(lastLine(tail)));
}

/** What follows the prompt with which a line begins, typed or printed. */
export function textBehindPrompt(line: string): string | undefined {
  const prompt = PROMPT_WITH_TEXT.exec(line)?.[0];
  return prompt === undefined ? undefined : line.slice(prompt.length);
}

export function createPromptMatcher(learnt: string): PromptMatcher {
  let host = learnt;
  return {
    get host() {
      return host;
    },
    rename(name) {
      host = name;
    },
    match: (tail) => {
      const line = lastLine(tail);
      if (!line.startsWith(host)) return undefined;
      const prompt = readPrompt(BARE_PROMPT.exec(line));
      return prompt?.host === host ? prompt : undefined;
    },
  };
}

/**
 * Reads one line of a transcript: prompt and the text typed after it. Without `host` the command must begin with a
 * FortiOS verb, because `todo # check this` is an ordinary comment; with a known host, any text counts.
 */
export function parsePromptLine(line: string, host?: string): PromptLine | undefined {
  if (!line.includes('#') && !line.includes('$')) return undefined;
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  const match = PROMPT_WITH_COMMAND.exec(text);
  const prompt = readPrompt(match);
  if (!match || !prompt) return namelessPrompt(text, host);
  const command = (match[5] ?? '').trim();
  const known = host !== undefined && prompt.host === host;
  if (known || startsWithVerb(command)) return { ...prompt, command };
  const unmistakable = prompt.role !== undefined || prompt.context !== undefined || match[5] === '';
  return command === '' && unmistakable ? { ...prompt, command } : undefined;
}

/** The name is that of the session, or empty. */
function namelessPrompt(line: string, host = ''): PromptLine | undefined {
  const bare = host === '' ? BARE_HASH.exec(line)?.groups : undefined;
  if (bare) return { host, privilege: '#', command: (bare.command ?? '').trim() };
  const [, context, privilege, typed = ''] = NAMELESS_PROMPT.exec(line) ?? [];
  const command = typed.trim();
  return context !== undefined && startsWithVerb(command)
    ? { host, context, privilege: privilege as '#' | '$', command }
    : undefined;
}

/** Whether the name in a prompt, possibly shortened, can be this hostname. */
export function promptMatchesHost(promptHost: string, hostname: string): boolean {
  const [head, tail] = promptHost.split('~');
  if (head === undefined || tail === undefined) return promptHost === hostname;
  return hostname.startsWith(head) && hostname.endsWith(tail);
}

/** Verbs at the start of a line, with the shortest abbreviation that people use (`conf`, `diag`, `exe`, `sh`). */
const VERBS: readonly (readonly [verb: string, shortest: number])[] = [
  ['get', 3],
  ['show', 2],
  ['config', 4],
  ['diagnose', 4],
  ['execute', 3],
  ['edit', 4],
  ['set', 3],
  ['unset', 5],
  ['append', 6],
  ['select', 6],
  ['unselect', 8],
  ['delete', 6],
  ['rename', 6],
  ['move', 4],
  ['clone', 5],
  ['next', 4],
  ['end', 3],
  ['abort', 5],
  ['exit', 4],
  ['sudo', 4],
];

const ABBREVIATIONS: ReadonlySet<string> = new Set(
  VERBS.flatMap(([verb, shortest]) =>
    Array.from(verb.slice(shortest - 1), (_, more) => verb.slice(0, shortest + more)),
  ),
);

function startsWithVerb(command: string): boolean {
  const end = command.indexOf(' ');
  return ABBREVIATIONS.has(end === -1 ? command : command.slice(0, end));
}

function lastLine(text: string): string {
  const tail = text.slice(-MAX_PROMPT_LENGTH);
  return tail.slice(Math.max(tail.lastIndexOf('\n'), tail.lastIndexOf('\r')) + 1);
}

function readPrompt(match: RegExpExecArray | null): Prompt | undefined {
  const [, host, role, context, privilege] = match ?? [];
  if (host === undefined || privilege === undefined) return undefined;
  return {
    host,
    role: role as 'Primary' | 'Secondary' | undefined,
    context,
    privilege: privilege as '#' | '$',
  };
}

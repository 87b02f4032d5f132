import type { ParsedRequest } from '../commands/parse-request.ts';

/** What words after an answer do with it. */
export type FollowUp = 'solved' | 'pasted' | 'recheck' | 'why' | 'draft' | 'undo' | 'report';

/** Longer messages describe something, and are not about the answer alone. */
const MAX_WORDS = 14;

/** The first that matches counts. Words of a sentence are apart by one space, in lower case, without punctuation. */
const FOLLOW_UPS: readonly (readonly [RegExp, FollowUp])[] = [
  // Sample: "it still does not work"
  [
    /\b(?:not|doesnt|didnt|isnt|wont|cant|cannot|never) (?:\w+ ){0,2}(?:works?|working|help|helped|better|fixed|solved)\b|\bstill (?:broken|failing|fails|down|the same|no)\b|\bno (?:change|luck|push)\b/u,
    'recheck',
  ],
  // Sample: "geht immer noch nicht"
  [
    /\b(?:geht|klappt|funktioniert|läuft|hilft|tut) (?:\S+ ){0,4}nicht\b|\bnicht (?:geholfen|gelöst)\b/u,
    'recheck',
  ],
  [/\bundo\b|\b(?:roll|revert)(?: it| that| this)? back\b|\brollback\b|\brevert\b/u, 'undo'],
  [/rückgängig|rueckgaengig|zurück(?:nehmen|rollen|setzen)/u, 'undo'],
  [
    /\bdraft\b|\b(?:for|to) (?:the|my|our) customer\b|\bentwurf\b|(?<!\p{L})für (?:den|die) kund(?:en|in)\b/u,
    'draft',
  ],
  [/^(?:(?:the|full|a|send|show|get|give|me|den|zeig|mir) )*(?:report|bericht)$/u, 'report'],
  // Sample: "done, I applied the fix"
  [
    /\b(?:i|we|ive|weve)(?: have)?(?: just)? (?:pasted|applied|entered|ran|run|did)\b|^(?:pasted|applied|done)\b|\bfix(?: is)? (?:pasted|applied|in)\b/u,
    'pasted',
  ],
  [/\b(?:eingefügt|eingespielt|angewendet|eingegeben|ausgeführt)\b|^(?:erledigt|gemacht)\b/u, 'pasted'],
  [
    /^(?:(?:but|and|so|hm+|ok) )*(?:why|how come)\b|\bwhat (?:does|did) (?:that|this|it) mean\b|\bwhat is (?:that|this|the cause)\b|\bexplain(?: (?:that|this|it|why|please))*$/u,
    'why',
  ],
  [/^(?:aber )?(?:warum|wieso|weshalb)\b|\bwas (?:heißt|heisst|bedeutet) (?:das|dies)\b|\berklär/u, 'why'],
  [
    /^(?:(?:please|pls|and|now|can|could|you) )*(?:re ?check|re ?test|re ?try)\b|\b(?:check|test|try|read|look|run)\b(?: \S+){0,3} (?:again|once more|one more time)\b|^(?:again|once more|one more time)\b/u,
    'recheck',
  ],
  [/\b(?:nochmals?|noch ?mal|noch einmal|erneut)\b/u, 'recheck'],
  // Sample: "check it for wren": of the same device.
  [/^(?:(?:please|can|could|you|and|now) )*check (?:it|this|that|the same)\b/u, 'recheck'],
  [
    /\b(?:works?|working)(?: (?:now|again|fine|for (?:me|him|her|them)))+\b|\b(?:it|that|this|all|everything) (?:works|worked)\b|^works?$|\b(?:solved|resolved)\b|\b(?:that|this|it)(?: has|s)? (?:fixed|helped|was it|did it)\b|\b(?:is|got|gets|are|am) (?:back )?in(?: now| again)?$/u,
    'solved',
  ],
  [
    /\b(?:geht|klappt|funktioniert|läuft)(?: (?:wieder|jetzt|nun|alles))+|\b(?:jetzt|nun|wieder|alles) (?:geht|klappt|funktioniert|läuft)|\bgelöst\b|\b(?:das|es) (?:hat geholfen|wars|war es)\b/u,
    'solved',
  ],
  [
    /^(?:many )?(?:thanks?|thx|ty|cheers)\b|\bthank you\b|^(?:vielen |besten )?dank(?:e|eschön)?\b/u,
    'solved',
  ],
];

/** Questions in ordinary words that are a command. */
const COMMANDS: readonly (readonly [RegExp, Exclude<ParsedRequest, { kind: 'nothing' }>])[] = [
  [
    /\bwho(?: is|s)? (?:now )?on ?(?:call|duty)\b|\bwer (?:hat|ist)(?: (?:gerade|heute|jetzt|in|auf))* (?:bereitschaft|rufbereitschaft|dienst)\b/u,
    { kind: 'oncall', wanted: { action: 'show' } },
  ],
  [
    /\b(?:which|what) (?:devices|firewalls|fortigates|hosts)\b|\bwelche (?:geräte|firewalls|fortigates)\b/u,
    { kind: 'list' },
  ],
  [
    /^(?:(?:please|bitte|can|could|you|kannst|du) )*(?:check|prüfe?) (?:all|every|alle)(?: (?:the|my|our))? (?:branch(?:es)?|filialen|standorte)\b/u,
    { kind: 'group', group: 'branches' },
  ],
  [
    /^(?:(?:please|show|me|the|zeig|mir|den|die) )*(?:history|verlauf|historie)$|\bwhat (?:did|have) (?:we|you|i) check(?:ed)?\b/u,
    { kind: 'history' },
  ],
];

/** What these words do with the answer above them; undefined for other conversation. */
export function followUpIn(text: string): FollowUp | undefined {
  return firstMatch(FOLLOW_UPS, text);
}

/** The command that a question in ordinary words means. */
export function commandMeant(text: string): Exclude<ParsedRequest, { kind: 'nothing' }> | undefined {
  return firstMatch(COMMANDS, text);
}

const CHECKING = '(?:check|read|run|look|start|test|touch|do|prüf\\w*|checken|lesen|starten|anfassen)';
/** The words of a person who wants nothing checked, or not now. Samples: "not now", "don't check it", "erst morgen". */
const PUT_OFF = [
  /\bnot (?:now|yet|today|right now)\b/u,
  new RegExp(`\\b(?:do not|dont|please not|never|no need to)(?: \\S+)? ${CHECKING}\\b`, 'u'),
  new RegExp(`\\bnicht (?:mehr )?${CHECKING}(?!\\p{L})`, 'u'),
  /(?<!\p{L})(?:prüf\w*|check\w*)(?: \S+){0,3} (?:noch )?nicht\b/u,
  /\bnicht jetzt\b|\b(?:jetzt|heute) (?:noch )?nicht$/u,
  /\btomorrow\b|\bnext (?:week|month|monday|tuesday|wednesday|thursday|friday)\b|\bin (?:an?|\d+) (?:hours?|days?)\b/u,
  /(?<!\b(?:heute|gestern|am|guten|seit|jeden) )\bmorgen\b|übermorgen|\bnächsten? (?:woche|monat|montag)\b/u,
  new RegExp(`\\b${CHECKING}\\b(?: \\S+){0,3} (?:later|später)\\b|^(?:later|später)\\b`, 'u'),
] as const;

/** The words that say "not" or "not now", as typed in lower case. */
export function putOffWords(text: string): string | undefined {
  const plain = plainWords(text);
  for (const words of PUT_OFF) {
    const [found] = words.exec(plain) ?? [];
    if (found !== undefined) return found.trim();
  }
  return undefined;
}

/** Whether the message begins by addressing a person other than the bot. Sample: "<@U02BEN> can you look at …". */
export function isForAnother(text: string, botUserId: string | undefined): boolean {
  const [, first] = /^\s*(?:(?:hi|hey|hello|hallo|ok|@?cc)[\s,]+)?<@(\w+)(?:\|[^>]*)?>/iu.exec(text) ?? [];
  return first !== undefined && first !== botUserId;
}

function firstMatch<T>(table: readonly (readonly [RegExp, T])[], text: string): T | undefined {
  const plain = plainWords(text);
  if (plain.split(' ').length > MAX_WORDS) return undefined;
  return table.find(([words]) => words.test(plain))?.[1];
}

/** Words apart by one space, in lower case, without punctuation, emoji and mentions. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/<[@#!][^>]*>|:[a-z0-9_+-]+:/g, ' ')
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}\s.-]|\.(?=\s|$)/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(
      /^ ?(?:(?:please|pls|bitte|hi|hey|hello|hallo|ok|okay|great|super|perfect|nice) )*| (?:please|pls|bitte)?$| $/g,
      '',
    )
    .trim();
}

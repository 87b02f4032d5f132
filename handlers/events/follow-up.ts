import { ALL_DEVICES } from '../../src/platform/runs/group.ts';
import type { ParsedRequest } from '../commands/parse-request.ts';

/** What words after an answer do with it. */
export type FollowUp = (typeof FOLLOW_UPS)[number][1];

/** Longer messages describe something, and are not about the answer alone. */
const MAX_WORDS = 14;

/**
 * The words that decide, English and German; the first that matches counts. The message is addressed to the bot and
 * follows an answer, so one word is enough. Words of a sentence are apart by one space, in lower case, without
 * punctuation.
 */
const FOLLOW_UPS = [
  // Samples: "ignore that", "thanks, I'll try it tonight": nothing is wanted now.
  [
    /\b(?:ignore|forget) (?:that|this|it|me)\b|\bnever ?mind\b|^(?:no thanks|nein danke)$|\b(?:ill|i will|well|we will|^will|going to) (?:\w+ ){0,2}(?:try|test|paste|apply|do|report back|let you know)\b/,
    'noted',
  ],
  [
    /\bvergiss (?:es|das)\b|\bich (?:probier|versuch|test)\p{L}* ?(?:es|das|heute|morgen|später|gleich)\b|\bich probiers\b|\bmelde mich\b/u,
    'noted',
  ],
  // Sample: "I don't get it"
  [/\b(?:dont|do not) (?:get|understand)\b|(?<!\p{L})versteh\p{L}*(?: \S+){0,3} nicht\b/u, 'why'],
  // Sample: "it still does not work"
  [
    /^(?:nope|no|nein|nö|leider nein)$|\b(?:not|doesnt|didnt|isnt|wont|cant|cannot|never) (?:\w+ ){0,2}(?:works?|working|help|helped|better|fine|fixed|solved|log|get in|connect)\b|\bstill (?:broken|denied|down|failing|fails|getting|not?|cant|cannot|stuck|the same|\w+ing out)\b|\b(?:no|same) (?:change|difference|error|issue|luck|problem|push|result|success|thing)\b/u,
    'broken',
  ],
  // Sample: "geht immer noch nicht"
  [
    /\b(?:geht|klappt|funktioniert|läuft|hilft|tut|kommt)(?: \S+){0,4} nicht\b|\bnicht (?:geholfen|gelöst)\b|\b(?:bringt|hilft) nichts\b|\bimmer noch (?:das|der|nicht|kein)|\b(?:gleiche|selbe)(?:r|s|n)? (?:fehler|problem)\b/u,
    'broken',
  ],
  // Samples: "works for wren but not for marlow", "geht nur bei wren": a part of the success.
  [
    /\bworks?\b.* (?:but (?:not|only)|except|only for)\b|\b(?:geht|klappt)\b.* (?:außer|nur (?:bei|für))\b/u,
    'broken',
  ],
  // Sample: "will this kick out users who are connected"
  [
    /\b(?:safe|risky?|dangerous|downtime|(?:needs?|requires?|causes?) (?:\w+ ){0,2}(?:reboot|restart)|(?:business|working|office) hours)\b|\b(?:kick|throw|drop|log)s?(?: \S+){0,2} (?:out|off)\b|\bwh?ats?(?: is)? the password\b/,
    'risk',
  ],
  [/\b(?:gefährlich|risiko|neustart nötig|tagsüber|im betrieb|fliegen|welches passwort)\b/u, 'risk'],
  [
    /\bundo\b|\brevert\b|\brollback\b|\b(?:roll|go|take|back|change)(?: it| that| this)? (?:back|out)\b/u,
    'undo',
  ],
  [/rückgängig|rueckgaengig|zurück(?:nehmen|rollen|setzen|drehen)|\bwie(?: \S+){1,3} zurück\b/u, 'undo'],
  // Samples: "for the customer", "what do I tell the customer", "Text für den Kunden"
  [/\bdraft\b|\b(?:for|to|tell|answer|write)(?: to)? (?:the|my|our|a) (?:customer|client)\b/u, 'draft'],
  [
    /\bentwurf\b|(?<!\p{L})(?:für|schreib\p{L}*|sag\p{L}*)(?: \S+){0,2} (?:den|die|dem|der) kund(?:en|in)\b/u,
    'draft',
  ],
  [/\b(?:report|bericht|pdf|html)\b(?! (?:back|to|it)\b)/u, 'report'],
  // Sample: "how do I verify that?"
  [
    /^(?:(?:show|me|the) )*verif(?:y|ication)$|\bhow (?:do|can) (?:i|we) (?:verify|confirm|prove|know|tell)\b/,
    'verify',
  ],
  [/\bwie (?:prüfe|teste|sehe|merke) (?:ich|wir|man)\b/u, 'verify'],
  // Sample: "done, I applied the fix"
  [
    /\b(?:i|we|ive|weve)(?: have)?(?: just)? (?:pasted|applied|entered|ran|run|did)\b|^(?:pasted|applied|done)\b|\bfix(?: is)? (?:pasted|applied|in)\b/u,
    'pasted',
  ],
  [/\b(?:eingefügt|eingespielt|angewendet|eingegeben|ausgeführt)\b|^(?:erledigt|gemacht)\b/u, 'pasted'],
  // Samples: "why?", "what is TCP 4433?"
  [
    /(?:^|\bbut )(?:(?:but|and|so|hm+) )*(?:why|how come)\b|\bwh?ats?(?: is)? (?:(?:tcp|udp|port) )+\d{2,5}\b|\bwh?ats?(?: is| was)? the (?:reason|cause)\b|\bwhat (?:does|did) (?:\S+ ){1,3}mean\b|\bwhat is (?:that|this)\b|\bexplain\b/u,
    'why',
  ],
  [
    /^(?:aber )?(?:warum|wieso|weshalb)\b|\bwas (?:heißt|heisst|bedeutet) (?:das|dies)\b|\bwas (?:ist|war) (?:die ursache|der grund)\b|(?<!\p{L})erklär/u,
    'why',
  ],
  // Samples: "how sure are you", "which line shows that", "woran siehst du das": the lines of evidence.
  [
    /\b(?:how sure|(?:are you|is (?:that|this|it)) (?:sure|certain|right)|evidence|which lines?|where do you see)\b/,
    'why',
  ],
  [/\b(?:wie sicher|bist du sicher|sicher dass|welche zeilen?|woran|wo steht|belege?)\b/u, 'why'],
  // Samples: "watch marlow's next login", "watch while he logs in"
  [/\bwatch\b(?: \S+){0,4} log ?s? ?ins?\b|^watch(?: it| him| her| them)?$|\bbeobachte\b/, 'watch'],
  [/\b(?:i am|im|we are) on it\b|\b(?:ill|i will) (?:take|handle) (?:it|this|that|over)\b/, 'mine'],
  [/\bich (?:übernehm|kümmer)|\bich bin dran\b/u, 'mine'],
  // Samples: "and for wren?", "user is called finch": the same device for that user.
  [
    /^(?:and|und|same|auch|das ?selbe) (?:for|für)\b|^(?:what|how) about (?!the|this|that|push)\S+$|\b(?:user|benutzer)(?:name)? (?:is called|is named|heißt)\b/u,
    'recheck',
  ],
  // Samples: "try once more", "prüf bitte nochmal", "check it for wren": of the same device.
  [
    /\bre-? ?(?:check|test|try)\b|\b(?:check|test|try|read|look|run|verify)\b(?: \S+){0,3} (?:again|once more|one more time)\b|^(?:again|once more|one more time)\b|\b(?:check|verify|test) (?:it|this|that|the same)\b/u,
    'recheck',
  ],
  [/\b(?:nochmals?|noch ?mal|noch einmal|erneut)\b/u, 'recheck'],
  [
    /\b(?:works?|worked|working|solved|resolved|fixed|sorted|helped|confirmed)\b|\b(?:all|its|is|everything|looks) (?:good|fine|ok|okay)\b|\bdid (?:it|the trick)\b|\bwas it\b|\bin(?: now| again| thanks?| cheers)*$|\blog in (?:again|now)\b|\b(?:came through|is connected)\b|(?<!not |dont )\bclose(?: (?:it|this|that))?$/u,
    'solved',
  ],
  [
    /(?<!\p{L})(?:geht|gehts|klappt|geklappt|funktioniert|läuft|geholfen|gelöst|behoben|passt|wars|schließen)(?!\p{L})|\b(?:war es|wieder rein|ist drin)\b/u,
    'solved',
  ],
  [/\b(?:thanks?|thx|ty|cheers)\b|(?<!\p{L})dank(?:e|eschön)?(?!\p{L})/u, 'solved'],
] as const satisfies readonly (readonly [RegExp, string])[];

/** Questions in ordinary words that are a command. */
const COMMANDS: readonly (readonly [RegExp, Exclude<ParsedRequest, { kind: 'nothing' }>])[] = [
  [
    /\bwho(?: is|s| has)?(?: \S+){0,3} on ?(?:call|duty)\b|\bwho (?:do|can|should) (?:i|we) (?:call|page)\b|\bwer (?:hat|ist)(?: \S+){0,2} (?:bereitschaft|rufbereitschaft|dienst|dran)\b/u,
    { kind: 'oncall', wanted: { action: 'show' } },
  ],
  [
    /\b(?:which|what) (?:devices|firewalls|fortigates|hosts)\b|\bwhat can (?:i|we|you) check\b|\bwelche (?:geräte|firewalls|fortigates)\b/u,
    { kind: 'list' },
  ],
  [
    /^(?:(?:show|me|the|zeig|mir|den|die) )*(?:history|verlauf|historie)$|\bwhat (?:did|have) (?:we|you|i) check(?:ed)?\b|\bwhat happened (?:here|before|last)\b|\bwhen (?:did|was)(?: \S+){1,2} last\b|\bwas (?:war|wurde) (?:hier|zuletzt|vorher)\b|\bwann(?: \S+){1,3} zuletzt\b/u,
    { kind: 'history' },
  ],
  [/^(?:hilfe|was kannst du|what can you do)$/u, { kind: 'help' }],
];

/** What these words do with the answer above them; undefined for other conversation. */
export function parseFollowUp(text: string): FollowUp | undefined {
  return firstMatch(FOLLOW_UPS, text);
}

export function commandMeant(text: string): Exclude<ParsedRequest, { kind: 'nothing' }> | undefined {
  const [, every] = ALL.exec(plainWords(text)) ?? [];
  if (every === undefined) return firstMatch(COMMANDS, text);
  const isAll = /^(?:devices?|firewalls?|fortigates?|geräte)$/u.test(every);
  return { kind: 'group', group: isAll ? ALL_DEVICES : every };
}

/** Samples: "check all branches", "prüfe alle Geräte". */
const ALL =
  /^(?:(?:can|could|would|you|kannst|du) )*(?:check|prüfe?) (?:all|every|alle)(?: (?:of|the|my|our|unsere) ?)* ?([\p{L}\p{N}_-]+)$/u;

const CHECKING =
  '(?:re-?check|check|watch|read|run|look|start|test|touch|do|prüf\\w*|checken|lesen|starten|anfassen)';
/** When something is checked later. Samples: "at 8", "um 17 Uhr", "in 10 minutes", "heute Abend", "after lunch". */
const LATER = `(?:later|später|tonight|(?:this|heute) (?:evening|afternoon|abend|nachmittag|nacht)|in (?:an?|\\d+|half an|einer?(?: halben)?|ein paar|a few) (?:h|hours?|min\\w*|days?|stunden?|tag(?:en)?)|(?:at|um|ab) \\d{1,2}|(?:after|before|nach|vor) (?:lunch|noon|\\d{1,2}(?: \\d\\d)? ?(?:am|pm|uhr|h))|(?:on|am) (?:mon|tues|wednes|thurs|fri|diens|mitt|donners|frei)\\w*)`;
const AGAIN = '(?:re-?check|check|prüf\\w*|(?<!ed )again|nochmals?|noch ?mal|noch einmal|erneut)';
/** The words of a person who wants nothing checked, or not now. Samples: "not now", "don't check it", "erst morgen". */
const PUT_OFF = [
  /\bnot (?:now|yet|today|right now|before (?:\d+ ?)?\w+)\b|\bnicht vor (?:\d+ )?\S+/u,
  new RegExp(`\\b(?:do not|dont|please not|never|no need to)(?: \\S+)? ${CHECKING}\\b`, 'u'),
  new RegExp(
    `\\bnicht (?:(?:mehr|nochmals?|noch ?mal|noch einmal|erneut|wieder|gleich) )?${CHECKING}(?!\\p{L})`,
    'u',
  ),
  /(?<!\p{L})(?:prüf\w*|check\w*)(?: \S+){0,3} (?:noch )?nicht\b/u,
  /\bnicht jetzt\b|\b(?:jetzt|heute) (?:noch )?nicht$/u,
  /\btomorrow\b|\bnext (?:week|month|monday|tuesday|wednesday|thursday|friday)\b|\bin (?:an?|\d+) (?:hours?|days?)\b/u,
  /(?<!\b(?:heute|gestern|am|guten|seit|jeden) )\bmorgen\b|übermorgen|\bnächsten? (?:woche|monat|montag)\b/u,
  // News of what happened, as in "check it, marlow was locked out at 8", are no time of a check.
  new RegExp(`\\b(?:${CHECKING}|${AGAIN})(?!\\p{L})(?: (?!\\S+ed\\b)\\S+){0,4} ${LATER}(?!\\p{L})`, 'u'),
  new RegExp(`(?<!\\p{L})${LATER}(?: (?!\\S+ed\\b)\\S+){0,2} ${AGAIN}(?!\\p{L})|^(?:later|später)\\b`, 'u'),
  /^(?:not|nicht) \S+$/u,
  // Samples: "hold off on fgt-branch-07", "fgt-branch-07 kann warten"
  /\bhold off\b|^(?:wait|warte\w*) (?:with|mit)\b|\berst (?:nach|um|ab|wenn)\b|\b(?:can|could|should|kann|soll) (?:wait|warten)\b|\bleave(?: \S+){1,2} alone\b|\bin ruhe\b|\bnobody (?:should|may|must)\b|\bniemand (?:soll|darf)\b/u,
  // Sample: "I already checked fgt-branch-07"
  /\b(?:i|we)(?: have)? already (?:checked|looked|did)\b|\bhabe?n?(?: \S+){0,3} schon (?:geprüft|angeschaut)\b/u,
  // Sample: "we replaced fgt-branch-07 last week": news, with nothing asked.
  /^(?:we|i|they) (?:have |just )?(?:replaced|swapped|moved|upgraded|rebooted|migrated)\b(?!.*\b(?:since|now|but|cannot|cant|not|no|fails?)\b)/u,
] as const;

/** The words that say "not" or "not now", as typed. */
export function putOffWords(text: string): string | undefined {
  const plain = plainWords(text);
  for (const words of PUT_OFF) {
    const [found] = words.exec(plain) ?? [];
    if (found !== undefined) return asTyped(text, found.trim());
  }
  return undefined;
}

/** Marks that may stand alone between plain words: "check – it", which bounds the search in a long text. */
const MAX_MARKS = 4;

/** The shortest part of a text that holds plain words. */
function asTyped(text: string, plain: string): string {
  const words = text.split(/\s+/);
  const most = plain.split(' ').length + MAX_MARKS;
  for (let count = 1; count <= most; count += 1) {
    for (let start = 0; start + count <= words.length; start += 1) {
      const part = words.slice(start, start + count).join(' ');
      if (plainWords(part).includes(plain)) return part.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    }
  }
  return plain;
}

/** Whether the message begins by addressing a person other than the bot. Samples: "<@U02BEN> can you look at …", "@Ben …". */
export function isForAnother(text: string, botUserId: string | undefined): boolean {
  const [, first] =
    /^\s*(?:(?:hi|hey|hello|hallo|ok|@?cc)[\s,]+)?(?:<@(?=\w+[|>])|@)([\w-]+)/iu.exec(text) ?? [];
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

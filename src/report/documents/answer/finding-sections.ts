import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { UNNAMED_USER } from '../../../engine/facts/attempt.ts';
import type { Hop } from '../../../engine/facts/hop.ts';
import { isClientId } from '../../../engine/rules/shared/vpn-logins.ts';
import {
  codePart,
  type Part,
  type PlacedQuote,
  prosePart,
  quotesPart,
  type SectionPart,
  sectionPart,
} from '../document.ts';
import { formatNumber, joinTexts, list, plural, printable, printableProse } from '../printable.ts';
import { decisiveQuote, decisiveWords, shortenForGlance } from '../quotes.ts';
import { type FoldedFinding, foldFindings } from './folded-findings.ts';

/** Words of a cause above the fold; a longer explanation is collapsed. */
const CAUSE_WORDS = 45;
/** Two lines of a phone. */
const NOTE_LENGTH = 84;

/** One section for each finding, the first one open. */
export function findingSections(diagnosis: Diagnosis): readonly SectionPart[] {
  const folded = foldFindings(diagnosis.findings);
  return folded.map(({ finding, alsoFixes }, index): SectionPart => {
    const id = `finding-${index + 1}`;
    const isFirst = index === 0;
    const isSaid = isFirst && diagnosis.headline.includes(finding.title);
    const start = folded.length === 2 ? 'Also found: ' : `${index + 1}. `;
    const title = isSaid ? '' : printableProse(finding.title);
    return {
      kind: 'section',
      id,
      shape: isFirst ? 'open' : 'fold',
      title: isFirst ? title : `${start}${title} (${alsoFoundGrade(finding, diagnosis)})`,
      parts: [
        ...fixParts(finding.fix, id),
        ...(isFirst ? prosePart(allNeededText(diagnosis), { tone: 'muted' }) : []),
        ...causeAndDetails({ finding, alsoFixes }, id, diagnosis),
      ],
    };
  });
}

/** Of a text below lines only two lines of a phone stand above the cause. */
function splitAfter({ after = '' }: Finding['fix']) {
  return firstSentences(after, (text) => text.length <= NOTE_LENGTH);
}

/** Whether the lines to apply have placeholders; else those to verify have them. */
function hasPlaceholder({ apply }: Finding['fix']): boolean {
  return apply.some((line) => line.includes('<'));
}

/** What must be replaced stands above the block, so that it is read before the block is copied. */
function fixParts(fix: Finding['fix'], id: string): readonly Part[] {
  const { apply, before = '', replace = '', todo = [], running = '', forward } = fix;
  const { to, text } = forward ?? {};
  const letter = sectionPart(
    `${id}-forward`,
    'detail',
    'Text to forward',
    codePart(
      text?.replaceAll('`', '').split(SENTENCE_END) ?? [],
      'text',
      printableProse(`Text to forward${to === undefined ? '' : ` to ${to}`}`),
    ),
  );
  if (apply.length === 0) {
    const steps = splitSteps(todo.join(' '));
    return [...steps.flatMap((step, index) => todoParts(step, index === 0 ? undefined : '')), ...letter];
  }
  const [after] = splitAfter(fix);
  return [
    ...todoParts(before, '', 'warning'),
    ...prosePart(hasPlaceholder(fix) ? replace : '', { tone: 'warning' }),
    ...codePart(apply, 'fix', 'Fix'),
    ...todoParts(after, '', 'warning'),
    ...prosePart(running, { tone: 'muted' }),
    ...letter,
  ];
}

/**
 * Complete commands behind a colon at the end of a sentence. Samples: "See whether it answers: `execute ping 192.0.2.9`.",
 * "Type: `config system global`, `set remoteauthtimeout 60`, `end`."
 */
const COMMANDS =
  /: (`(?:config|diagnose|execute|get|show) [^`]+`(?:, `(?:config|edit|set|unset|append|unselect|delete|next|end|diagnose|execute|get|show)(?: [^`]+)?`)*)\.(?= |$)/;

/** Begins a numbered step. Sample: "1. On the computer …. 2. On the FortiGate …". */
const STEP = /(?:^|(?<=[.”)]) )(?=[1-9]\. \p{Lu})/u;

/** The steps of a note that begins with `1.`, in order; else the whole note. */
function splitSteps(todo: string): readonly string[] {
  const steps = todo.split(STEP).filter((step) => step !== '');
  return steps.every((step, index) => step.startsWith(`${index + 1}. `)) ? steps : [todo];
}

/** Commands to run stand on lines of their own, so that they can be copied. */
function todoParts(
  todo: string,
  label: string | undefined = 'What to do',
  tone?: 'warning',
): readonly Part[] {
  const found = COMMANDS.exec(todo);
  const look = { ...(label && { label }), ...(tone && { tone }) };
  if (!found) return prosePart(todo, look);
  const [all, commands = ''] = found;
  return [
    ...prosePart(`${todo.slice(0, found.index)}:`, look),
    ...codePart(
      indentConfig([...commands.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command)),
      'commands',
    ),
    ...todoParts(todo.slice(found.index + all.length).trim(), '', tone),
  ];
}

/** As FortiOS shows a configuration. */
function indentConfig(commands: readonly string[]): readonly string[] {
  let depth = 0;
  return commands.map((command) => {
    if (/^(?:next|end)$/.test(command)) depth -= 1;
    const line = `${'    '.repeat(Math.max(0, depth))}${command}`;
    if (/^(?:config|edit) /.test(command)) depth += 1;
    return line;
  });
}

/** Ends a block. Sample: `    next`. */
const END = /^\s*(?:next|end)\s*$/;

/** The end of a block says something only where nothing else is quoted. */
function withoutEnds(evidence: Finding['evidence']): Finding['evidence'] {
  const others = evidence.filter(({ text }) => !END.test(text));
  return others.length === 0 ? evidence : others;
}

/** Pages that a reader opens; the text of the rule has all. */
const MAX_LINKS = 3;

function causeAndDetails(
  { finding, alsoFixes }: FoldedFinding,
  id: string,
  diagnosis: Diagnosis,
): readonly Part[] {
  const { confidence, summary, evidence, fix, references } = finding;
  const isShort = (text: string) => text.split(/\s+/).length <= CAUSE_WORDS;
  const [cause, why] = firstSentences(printableProse(summary), isShort);
  const [, more] = splitAfter(fix);
  const links = references.filter(({ url }) => /^https:\/\/\S{1,2000}$/.test(url)).slice(0, MAX_LINKS);
  const verify = verifyParts(finding, diagnosis);
  const titles = [
    more === '' ? '' : 'Note',
    why === '' ? '' : 'Why',
    evidence.length > 1 ? 'Evidence' : '',
    fix.undo.length > 0 ? 'Undo' : '',
    verify.length > 0 ? 'Verify' : '',
    links.length > 0 ? 'Docs' : '',
  ];
  const parts: readonly Part[] = [
    ...todoParts(more, '', 'warning'),
    ...prosePart(why),
    ...alsoFixes
      .filter((also) => isOfAnotherUser(also, finding, diagnosis))
      .flatMap(({ title }) => prosePart(`The same fix also solves: ${printableProse(title)}`)),
    ...quotesPart(withoutEnds(evidence), decisiveWords(finding)),
    ...codePart(fix.undo, 'undo', 'Undo'),
    ...verify,
    ...(links.length === 0
      ? []
      : [
          {
            kind: 'list',
            label: 'Docs',
            items: links.map(({ title, url }) => ({ text: printableProse(title) || url, url })),
          } as const,
        ]),
  ];
  return [
    ...prosePart(cause, { label: 'Cause', grade: confidence, quote: placeQuote(finding, diagnosis) }),
    {
      kind: 'section',
      id: `${id}-details`,
      shape: 'detail',
      title: joinTexts(titles) || 'Evidence',
      parts,
    },
  ];
}

/** The new setting and the login that must work; how debug is run stands above its lines. */
function verifyParts(finding: Finding, diagnosis: Diagnosis): readonly Part[] {
  const { fix } = finding;
  const { apply, verify, replace = '', running = '', asksForLogin } = fix;
  const isAsked = diagnosis.upgradeTo !== undefined || asksForLogin;
  const login = isAsked ? '' : `let ${failedUser(diagnosis, finding)} log in once.`;
  if (verify.length === 0) return prosePart(login.replace(/^l/, 'L'), { label: 'Verify' });
  const set = newSettings(apply, verify);
  const must = set === '' ? '' : `It must show ${set}.`;
  const how = joinTexts([hasPlaceholder(fix) ? '' : replace, apply.length === 0 ? running : ''], ' ');
  return [
    ...prosePart(how, { label: 'Verify' }),
    ...codePart(verify, 'verify', how === '' ? 'Verify' : undefined),
    ...prosePart(joinTexts([must, login === '' ? '' : `Then ${login}`], ' ')),
  ];
}

/** The new lines that `show` prints, if they are few. Sample: `show system global | grep timeout`. */
function newSettings(apply: readonly string[], verify: readonly string[]): string {
  const shows = verify.filter((line) => line.startsWith('show '));
  const words = shows.map(
    (line) => / \| grep ([\w-]+)$/.exec(line)?.[1] ?? (line.includes('|') ? undefined : ''),
  );
  const set = apply
    .map((line) => line.trim())
    .filter(
      (line) => line.startsWith('set ') && words.some((word) => word !== undefined && line.includes(word)),
    );
  // The members that the fix adds to lists. Sample: `append allowaccess ftm`.
  const added = apply.flatMap((line) => {
    const [, name, members = ''] = /^\s*append ([\w-]+) ([^<]+)$/.exec(line) ?? [];
    return name === undefined || shows.length === 0 ? [] : [`\`${printable(members)}\` in \`${name}\``];
  });
  const all = [...set.map((line) => `\`${printable(line)}\``), ...added];
  const isClear = all.length <= 2 && new Set(all).size === all.length && !set.join(' ').includes('<');
  return isClear ? list(all) : '';
}

/** The one user whose login failed, or whom the finding names, else the only one of the log, as it spells the name. */
function failedUser({ attempts, askedUser }: Diagnosis, { title }: Finding): string {
  const unsuccessful = attempts.filter(({ outcome }) => outcome !== 'succeeded');
  const named = unsuccessful.filter(({ user }) => title.includes(user));
  const failed = new Set(
    [named, unsuccessful, attempts]
      .find((logins) => logins.length > 0)
      ?.map(({ user, clientUser }) => clientUser ?? user),
  );
  const [name = askedUser?.name ?? 'the user'] = failed;
  return failed.size > 1 || name === UNNAMED_USER || isClientId(name) ? 'the user' : printableProse(name);
}

/**
 * A further finding of the same user is a consequence, and so is every one where no user is named; a finding of another
 * user is news, unless a cause of its own explains it, too.
 */
function isOfAnotherUser(also: Finding, finding: Finding, { attempts, findings }: Diagnosis): boolean {
  const said = `${finding.title} ${finding.summary}`;
  const isOfOne = attempts.some(({ user }) => said.includes(user));
  const causes = findings.filter(({ explainedBy }) => explainedBy === undefined);
  const isNews = (user: string) =>
    !said.includes(user) && !causes.some((cause) => cause.title.includes(user));
  return isOfOne && attempts.some(({ user }) => also.title.includes(user) && isNews(user));
}

function placeQuote(finding: Finding, { sources }: Diagnosis): PlacedQuote | undefined {
  const quote = decisiveQuote(finding);
  if (quote === undefined) return undefined;
  const line = `line ${formatNumber(quote.line)}`;
  return {
    place: sources.length === 1 ? `L${line.slice(1)}` : `${printable(quote.source)}, ${line}`,
    text: shortenForGlance(quote.text),
    words: decisiveWords(finding),
  };
}

/** Ends of sentences outside code: a full stop, a space, a capital. Samples: `… 80 s. The user …`, `… it up?” With …`. */
const SENTENCE_END = /(?<=[.!?]”?)\s+(?=[\p{Lu}`])/u;

/** The first sentences that are short enough together, at least one, and the others. */
function firstSentences(
  text: string,
  isShort: (text: string) => boolean,
): readonly [first: string, others: string] {
  const sentences = text.split(SENTENCE_END);
  let first = '';
  let count = 0;
  for (const sentence of sentences) {
    const longer = first === '' ? sentence : `${first} ${sentence}`;
    const isInCode = first.split('`').length % 2 === 0;
    if (first !== '' && !isInCode && !isShort(longer)) break;
    first = longer;
    count += 1;
  }
  return [first, sentences.slice(count).join(' ')];
}

/** A fault in one of these hops stops every login. */
const STOPS_EVERYBODY: ReadonlySet<Hop> = new Set(['callback', 'tls']);

/** Number of findings that stop the login at its first broken hop; 0 if fixing the first one is enough. */
function neededFixes({ findings, firstBrokenHop }: Diagnosis): number {
  const [first, ...others] = foldFindings(findings).map(({ finding }) => finding);
  if (!first || !stopsLogin(first, firstBrokenHop)) return 0;
  const same = others.filter((each) => each.device === first.device && stopsLogin(each, firstBrokenHop));
  return same.length === 0 ? 0 : same.length + 1;
}

function stopsLogin({ hop }: Finding, firstBrokenHop: Hop | null): boolean {
  return hop === firstBrokenHop && STOPS_EVERYBODY.has(hop);
}

/** Below the fix: fixing this one is not enough. */
export function allNeededText(diagnosis: Diagnosis): string {
  const count = neededFixes(diagnosis);
  if (count === 0) return '';
  return count === 2
    ? '1 more finding stops the same step: fix both.'
    : `${plural(count - 1, 'more finding')} stop the same step: fix all ${count}.`;
}

/** `certain; stops the same step, fix both`. */
function alsoFoundGrade(finding: Finding, diagnosis: Diagnosis): string {
  const count = neededFixes(diagnosis);
  const [first] = diagnosis.findings;
  if (count === 0 || finding.device !== first?.device || !stopsLogin(finding, diagnosis.firstBrokenHop))
    return finding.confidence;
  return `${finding.confidence}; stops the same step, fix ${count === 2 ? 'both' : `all ${count}`}`;
}

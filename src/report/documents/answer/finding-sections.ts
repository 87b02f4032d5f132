import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { UNNAMED_USER } from '../../../engine/facts/attempt.ts';
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
import { formatNumber, list, printable, printableProse } from '../printable.ts';
import { decisiveQuote, decisiveWords, glancedLine } from '../quotes.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import { allNeededText, alsoFoundTitle, titleBeside } from './finding-texts.ts';
import { type FoldedFinding, foldFindings } from './folded-findings.ts';

/** Words of a cause above the fold; a longer explanation is collapsed. */
const CAUSE_WORDS = 45;

/** One section for each finding, the first one open. */
export function findingSections(diagnosis: Diagnosis): readonly SectionPart[] {
  return foldFindings(diagnosis.findings).map((folded, index): SectionPart => {
    const id = `finding-${index + 1}`;
    const isFirst = index === 0;
    return {
      kind: 'section',
      id,
      shape: isFirst ? 'open' : 'fold',
      title: isFirst
        ? titleBeside(diagnosis.headline, folded.finding)
        : alsoFoundTitle(folded, index + 1, diagnosis),
      parts: [
        ...fixParts(folded.finding.fix, id),
        ...(isFirst ? prosePart(allNeededText(diagnosis), { tone: 'muted' }) : []),
        ...causeAndDetails(folded, id, diagnosis),
      ],
    };
  });
}

/** Begins the note of a block with placeholders. Sample: "Replace `<vpn-group>` first. The firewall policy …". */
const REPLACE = /^(Replace [^.]+(?:`[^`]*`[^.`]*)*\.)\s*/;

/** Ends a note with words for another person. Sample: "… To forward to its owner: “Is the server up?”". */
const FORWARD = /\s*To forward( to [^:“]+)?: “?([^”]+)”?$/u;

/** What must be replaced stands above the block, so that it is read before the block is copied. */
function fixParts({ apply, note = '' }: Finding['fix'], id: string): readonly Part[] {
  const [letter = '', recipient = '', text = ''] = FORWARD.exec(note) ?? [];
  const todo = note.slice(0, note.length - letter.length);
  const forward = sectionPart(
    `${id}-forward`,
    'detail',
    'Text to forward',
    codePart(
      text === '' ? [] : text.replaceAll('`', '').split(SENTENCE_END),
      'text',
      printableProse(`Text to forward${recipient}`),
    ),
  );
  if (apply.length === 0) return [...prosePart(todo, { label: 'What to do' }), ...forward];
  const [start = '', replace = ''] = REPLACE.exec(todo) ?? [];
  return [
    ...prosePart(replace, { tone: 'warning' }),
    ...codePart(apply, 'fix', 'Fix'),
    ...prosePart(todo.slice(start.length), { tone: 'warning' }),
    ...forward,
  ];
}

function causeAndDetails(
  { finding, alsoFixes }: FoldedFinding,
  id: string,
  diagnosis: Diagnosis,
): readonly Part[] {
  const { confidence, summary, evidence, fix, references } = finding;
  const [cause, more] = splitCause(printableProse(summary));
  const links = references.filter(({ url }) => /^https:\/\/\S{1,2000}$/.test(url));
  const verify = verifyParts(fix, diagnosis);
  const titles = [
    more === '' ? '' : 'Why',
    evidence.length > 1 ? 'Evidence' : '',
    fix.undo.length > 0 ? 'Undo' : '',
    verify.length > 0 ? 'Verify' : '',
    links.length > 0 ? 'Docs' : '',
  ];
  const parts: readonly Part[] = [
    ...prosePart(more),
    ...alsoFixes
      .filter((also) => isOfAnotherUser(also, finding, diagnosis))
      .flatMap(({ title }) => prosePart(`The same fix also solves: ${printableProse(title)}`)),
    ...quotesPart(evidence, decisiveWords(finding)),
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
    ...prosePart(cause, {
      label: 'Cause',
      grade: ENGLISH_WORDING.confidence[confidence],
      quote: placedQuote(finding, diagnosis),
    }),
    {
      kind: 'section',
      id: `${id}-details`,
      shape: 'detail',
      title: titles.filter((title) => title !== '').join(' · ') || 'Evidence',
      parts,
    },
  ];
}

/** The new setting and the login that must work. A note may ask for the login itself. */
function verifyParts({ apply, verify, note = '' }: Finding['fix'], diagnosis: Diagnosis): readonly Part[] {
  const isAsked = diagnosis.upgradeTo !== undefined || /\b[Ll]et .{1,40} log in\b/.test(note);
  const login = isAsked ? '' : `let ${failedUser(diagnosis)} log in once.`;
  if (verify.length === 0) return login === '' ? [] : prosePart(`Then ${login}`, { label: 'Verify' });
  const set = newSettings(apply, verify);
  const must = set === '' ? '' : `It must show ${set}.`;
  return [
    ...codePart(verify, 'verify', 'Verify'),
    ...prosePart([must, login === '' ? '' : `Then ${login}`].filter((part) => part !== '').join(' ')),
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
  const isClear = set.length <= 2 && new Set(set).size === set.length && !set.join(' ').includes('<');
  return isClear ? list(set.map((line) => `\`${printable(line)}\``)) : '';
}

/** The one user whose login failed, as the log spells the name. */
function failedUser({ attempts, askedUser }: Diagnosis): string {
  const failed = new Set(attempts.flatMap(({ user, outcome }) => (outcome === 'succeeded' ? [] : [user])));
  const [name = askedUser?.name ?? 'the user'] = failed;
  return failed.size > 1 || name === UNNAMED_USER || isClientId(name) ? 'the user' : printableProse(name);
}

/** What else the same user meets is a consequence; the trouble of another user is news. */
function isOfAnotherUser(also: Finding, { title, summary }: Finding, { attempts }: Diagnosis): boolean {
  const said = `${title} ${summary}`;
  return attempts.some(({ user }) => also.title.includes(user) && !said.includes(user));
}

function placedQuote(finding: Finding, { sources }: Diagnosis): PlacedQuote | undefined {
  const quote = decisiveQuote(finding);
  if (quote === undefined) return undefined;
  const line = `line ${formatNumber(quote.line)}`;
  return {
    place: sources.length === 1 ? `L${line.slice(1)}` : `${printable(quote.source)}, ${line}`,
    text: glancedLine(quote.text),
    words: decisiveWords(finding),
  };
}

/** Ends of sentences outside code: a full stop, a space, a capital. Sample: `… 80 s. The user …`. */
const SENTENCE_END = /(?<=[.!?])\s+(?=[\p{Lu}`])/u;

/** The first sentences of at most `CAUSE_WORDS` words, at least one, and the others. */
function splitCause(summary: string): readonly [cause: string, more: string] {
  const sentences = summary.split(SENTENCE_END);
  let cause = '';
  let count = 0;
  for (const sentence of sentences) {
    const longer = cause === '' ? sentence : `${cause} ${sentence}`;
    const isInCode = cause.split('`').length % 2 === 0;
    if (cause !== '' && !isInCode && longer.split(/\s+/).length > CAUSE_WORDS) break;
    cause = longer;
    count += 1;
  }
  return [cause, sentences.slice(count).join(' ')];
}

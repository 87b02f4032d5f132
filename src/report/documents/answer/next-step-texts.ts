import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { CUT_BACKUP } from '../../../engine/diagnosis/headline.ts';
import { OTHER_TEXT } from '../../../engine/evidence/describe-kinds.ts';
import { type Hop, PUSH_HOPS } from '../../../engine/facts/hop.ts';
import { COMMANDS } from '../../../engine/fortios/commands.ts';
import { getRule } from '../../../engine/rules/all-rules.ts';
import { findSymptoms } from '../../../engine/rules/symptoms.ts';
import { codePart, listPart, type Part, prosePart } from '../document.ts';
import { list, plural, printableProse } from '../printable.ts';
import { WORDING } from '../wording.ts';
import { foldFindings } from './folded-findings.ts';
import { type CommandStep, type DebugStep, isUndecided, type NextSteps, nextSteps } from './next-steps.ts';

/** `Needed: the FTM push settings`, `Needed: one login with debug on`; empty if nothing is needed. */
export function neededText(diagnosis: Diagnosis): string {
  if (isMailOfUser(diagnosis)) return 'Needed: the user name and the time of the login';
  const { commands, debug, debugFirst } = nextSteps(diagnosis);
  if (debug && (debugFirst || !commands))
    return `Needed: one ${isIkeAlone(debug.lines) ? 'IPsec ' : ''}login with debug on`;
  const [shown = 'one command output'] = commands ? shownNames(commands.first) : [];
  return commands ? `Needed: ${shown}` : '';
}

/** Such debug shows no login over SSL VPN. */
function isIkeAlone(lines: readonly string[]): boolean {
  return has(lines, 'ike') && !has(lines, 'sslvpn');
}

function has(lines: readonly string[], daemon: string): boolean {
  return lines.some((line) => line.includes(` application ${daemon} `));
}

/** Of debug for either VPN. */
const ASK_FIRST =
  'First ask what the client shows in the end (its message, percentage or code), and whether the connection is SSL VPN or IPsec.';

/** IKE’s debug prints the negotiations of all clients and sites (KB304205). */
const LIMIT_IKE =
  'Where many clients or sites connect, first limit it to the public address of the user: `diagnose vpn ike log filter rem-addr4 <address>` (up to 7.2 `diagnose vpn ike log-filter dst-addr4 <address>`); the same command with `clear` ends that.';

/** Names the user in a sentence with a code. Samples: `User: marlow. VPN stops …`, `Frau Keller bekommt -455`. */
const NAMES_USER = /\b(?:users?|Benutzer(?:in)?|Frau|Herrn?|Mrs?|Ms|of)\b[ :=]+["'“]?[\w.@-]{2,}/iu;

/** A person wrote what FortiClient shows at a refused login, and nothing else: the log has the event of that login. */
function isMailOfUser({ sources, findings, attempts, askedUser, explained = [] }: Diagnosis): boolean {
  if (!isTalk(sources) || findings.length + attempts.length > 0 || askedUser) return false;
  return explained.some(
    ({ evidence: { text } }) =>
      !NAMES_USER.test(text) &&
      findSymptoms(text).some(({ causes }) => causes.every((id) => getRule(id)?.hop !== 'connection')),
  );
}

/** Nothing of a FortiGate was recognised. */
export function isTalk(sources: Diagnosis['sources']): boolean {
  return sources.every(({ kinds }) => kinds.every((kind) => kind === OTHER_TEXT));
}

const EVENT_STEP: NextStep = {
  title: '',
  parts: [
    ...prosePart(
      'Ask for the user name and the time. The event of that login, “SSL VPN login fail” (39426), names the reason. List these events on the FortiGate, and paste those of the user here:',
    ),
    ...codePart(
      ['execute log filter category 1', 'execute log filter field logid 0101039426', 'execute log display'],
      'commands',
    ),
  ],
};

/** For a description in words: what to type where the person has access to the FortiGate. */
export function describeSteps(diagnosis: Diagnosis): readonly Part[] {
  const { debug } = nextSteps(diagnosis);
  return [...EVENT_STEP.parts, ...(debug ? debugStep(debug, diagnosis, 'paste the output here').parts : [])];
}

/** One thing to do next; `title` if it is collapsed. */
export interface NextStep {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** Continues "Run this on the FortiGate and" in a document that is passed on. */
const ADD_TO_CASE = 'add the output to this case';

/**
 * The most useful step first: of the commands the one that decides most, where nothing is decided. `withOutput`:
 * what the reader does with the output of a command, `paste the output here`.
 */
export function nextStepParts(diagnosis: Diagnosis, withOutput = ADD_TO_CASE): readonly NextStep[] {
  const { commands, debug, debugFirst, questions } = nextSteps(diagnosis);
  const isCut = diagnosis.headline.endsWith(CUT_BACKUP);
  const isOneFirst = !(debugFirst && debug) && !isCut && isUndecided(diagnosis);
  const both = [
    ...(commands ? commandSteps(commands, isOneFirst, withOutput) : []),
    ...(debug ? [debugStep(debug, diagnosis, withOutput)] : []),
  ];
  return [
    ...(isMailOfUser(diagnosis) ? [EVENT_STEP] : []),
    ...(isCut
      ? [{ title: '', parts: prosePart('Paste the whole backup of this device, to its last line.') }]
      : []),
    ...(debugFirst && debug ? both.toReversed() : both),
    ...(questions.length === 0 ? [] : [questionStep(questions)]),
  ];
}

/** After a fix that did not help: the other findings, else what to collect. */
export function stillBrokenParts(diagnosis: Diagnosis): readonly Part[] {
  const [, ...others] = foldFindings(diagnosis.findings).map(({ finding }) => printableProse(finding.title));
  if (others.length > 0) return listPart(others.slice(0, MAX_OTHERS), 'Also found, with its fix above:');
  const [step] = nextStepParts(diagnosis, 'paste the output here');
  return step === undefined
    ? prosePart(
        'Paste the debug log of one login that fails into this thread: it shows where the login stops.',
      )
    : [...prosePart(step.title, { tone: 'strong' }), ...step.parts];
}

const MAX_OTHERS = 3;

function commandSteps(
  { backupShowsMore, device, first, lines, count, vdom }: CommandStep,
  isOneFirst: boolean,
  withOutput: string,
): readonly NextStep[] {
  const more = backupShowsMore ? 'A full configuration backup shows more.' : '';
  const enter = (some: readonly string[]) =>
    vdom === undefined || some[0]?.startsWith('config ')
      ? ''
      : ' Enter the VDOM of the users first (`config vdom`, then `edit` and its name).';
  const run = runText(device, withOutput);
  const all = codePart(lines, 'commands');
  if (!isOneFirst) {
    const parts = [...prosePart(`${run}${enter(lines)}${more === '' ? '' : ` ${more}`}`), ...all];
    return [{ title: `${plural(count, 'command')} to run`, parts }];
  }
  const one = { title: '', parts: [...prosePart(`${run}${enter(first)}`), ...codePart(first, 'command')] };
  const rest = {
    title: `Or these ${count} outputs at once`,
    parts: [...prosePart(`${more}${enter(lines)}`.trim()), ...all],
  };
  return count === 1 ? [one] : [one, rest];
}

export function runText(device: string | undefined, withOutput = ADD_TO_CASE): string {
  return `Run this on ${onDevice(device)} and ${withOutput}.`;
}

function debugStep(
  { device, lines, after }: DebugStep,
  { device: { vdomMode }, hops, explained }: Diagnosis,
  withOutput: string,
): NextStep {
  const isScoped = vdomMode === 'single' || lines[0] === 'config global';
  const global = isScoped ? '' : ' With VDOMs, enter `config global` first.';
  const needsPush = hops.some(({ id, needed }) => PUSH_HOPS.has(id) && needed !== false);
  const withPush = needsPush ? ' with push' : '';
  const off = after.length === 0 ? '' : `, ${after.length} to switch it off`;
  // What the client shows tells its VPN as well.
  const isShown = explained?.some(({ shown }) => findSymptoms(shown).length > 0);
  return {
    title: `Debug of one login (${plural(lines.length, 'line')} to paste${off})`,
    parts: [
      ...(has(lines, 'ike') && has(lines, 'sslvpn') && !isShown ? prosePart(ASK_FIRST) : []),
      ...prosePart(
        `Run this on ${onDevice(device)}, let the user log in once${withPush}, and ${withOutput}.${global}`,
      ),
      ...(isIkeAlone(lines) && !lines.some((line) => line.includes(' ike log')) ? prosePart(LIMIT_IKE) : []),
      ...codePart(lines, 'debug on'),
      ...(after.length === 0
        ? []
        : [
            ...prosePart('When the client shows its result, switch debug off:'),
            ...codePart(after, 'debug off'),
          ]),
    ],
  };
}

function questionStep(questions: NextSteps['questions']): NextStep {
  const items = questions.map(({ text, unlocks }) => `${printableProse(text)} (${hopNames(unlocks)})`);
  return {
    title: plural(questions.length, 'thing to find out', 'things to find out'),
    parts: listPart(items, 'Please find out:'),
  };
}

function onDevice(name: string | undefined): string {
  return name === undefined ? 'the FortiGate' : printableProse(name);
}

export function hopNames(hops: readonly Hop[]): string {
  return list(hops.map((hop) => WORDING.hops[hop]));
}

const SHOWS: ReadonlyMap<string, string> = new Map(
  Object.values(COMMANDS).map(({ text, shows }) => [text, shows]),
);

/** What the commands show: `the local users`. */
export function shownNames(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.flatMap((line) => SHOWS.get(line) ?? []))];
}

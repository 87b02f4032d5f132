import { hideEvidence, setEvidence, showLine } from './evidence-pane.ts';
import { find } from './find.ts';
import type { AnalyzeRequest, LinePlace, PageAnswer, PageFile, WorkerMessage } from './messages.ts';
import { readSavedCase, withEvidence } from './saved-case.ts';
import { startTheme } from './theme.ts';

/** Entry of the page: takes evidence, lets a worker read it, and shows the report. */

/** Of the report's own script, which stands before this one. */
declare function enhanceReport(root: HTMLElement): void;

/** A saved report is not larger. Bytes. */
const MAX_REPORT = 16 << 20;
const PASTED = 'pasted text';
const TITLE = document.title;

const form = find('form', HTMLFormElement);
const text = find('text', HTMLTextAreaElement);
const files = find('files', HTMLInputElement);
const status = find('status', HTMLElement);
const progress = find('progress', HTMLProgressElement);
const report = find('report', HTMLElement);
const icon = find('icon', HTMLLinkElement);

/** What the page shows: the answer to these texts; `undefined`: the question. */
type Screen = { readonly answer: PageAnswer; readonly texts: readonly PageFile[] } | undefined;

/** The screens so far; an entry of the browser's history is a place in them. */
const screens: Screen[] = [];
let position = 0;
/** All texts of the case, in the order in which they came. */
let evidence: readonly PageFile[] = [];
/** Those that the answer was made from. */
let read: readonly PageFile[] = [];
let worker: Worker | undefined;
let answer: PageAnswer | undefined;

startTheme();
history.replaceState(position, '');

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (text.value.trim() === '') {
    if (evidence.length > 0) analyze(evidence);
    else
      refuse(
        'There is nothing to read yet.',
        'Paste what the FortiGate printed, choose a file, or tell the trouble in a few sentences.',
      );
    text.focus();
    return;
  }
  void add([toPastedFile(text.value)]);
});

text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

/** After a paste the text is read at once, below an answer too; typed text waits for the button. */
document.addEventListener('paste', (event) => {
  const { target } = event;
  if (target instanceof HTMLInputElement) return;
  const chosen = [...(event.clipboardData?.files ?? [])];
  const value = event.clipboardData?.getData('text/plain') ?? '';
  if (chosen.length > 0) {
    event.preventDefault();
    void add(chosen.map(ofFile));
    return;
  }
  const isTyped = answer === undefined && (!value.includes('\n') || text.value.trim() !== '');
  if (isTyped || value.trim() === '') return;
  event.preventDefault();
  void add([toPastedFile(value)]);
});

files.addEventListener('change', () => {
  const chosen = [...(files.files ?? [])].map(ofFile);
  files.value = '';
  if (chosen.length > 0) void add(chosen);
});

document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('over');
});
document.addEventListener('dragleave', () => document.body.classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('over');
  const dropped = [...(event.dataTransfer?.files ?? [])].map(ofFile);
  const value = event.dataTransfer?.getData('text/plain') ?? '';
  if (dropped.length > 0) void add(dropped);
  else if (value.trim() !== '') void add([toPastedFile(value)]);
});

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-sample]')) {
  button.addEventListener('click', () => {
    const data = find(`sample-${button.dataset.sample ?? ''}`, HTMLElement).textContent;
    const sample = String(JSON.parse(data ?? '""'));
    evidence = [];
    read = [];
    void add([{ name: button.dataset.name ?? PASTED, content: new Blob([sample]) }]);
  });
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  if (worker) cancel();
  else if (!find('evidence', HTMLElement).hidden) hideEvidence();
  else if (position > 0) history.back();
});

addEventListener('popstate', ({ state }) => {
  stop();
  position = Number(state);
  showScreen();
});

find('docs-open', HTMLElement).addEventListener('click', () => {
  const docs = find('docs', HTMLDetailsElement);
  docs.open = true;
  docs.scrollIntoView();
  docs.querySelector('summary')?.focus({ preventScroll: true });
});

find('cancel', HTMLElement).addEventListener('click', cancel);
find('add', HTMLElement).addEventListener('click', () => open(undefined));
find('again', HTMLElement).addEventListener('click', () => {
  read = [];
  text.value = '';
  open(undefined);
});
find('save-html', HTMLElement).addEventListener('click', () => {
  if (answer) save('ftm-check-report.html', 'text/html', `${withEvidence(answer.html, answer.evidence)}\n`);
});
find('save-json', HTMLElement).addEventListener('click', () => {
  if (answer) save('ftm-check.json', 'application/json', `${answer.json}\n`);
});
find('copy-markdown', HTMLElement).addEventListener('click', ({ currentTarget }) => {
  if (answer && currentTarget instanceof HTMLElement) void copyText(answer.markdown, currentTarget);
});

report.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  const place = readPlace(target);
  if (place) showLine(place);
});

/** The line that an element of the report is about: of a quoted line, a finding, or a step in the picture. */
function readPlace(target: Element): LinePlace | undefined {
  const step = target.closest('svg circle');
  if (step) {
    const steps = [...(step.closest('svg')?.querySelectorAll('circle') ?? [])];
    return step.closest('.steps-across, .steps-down')
      ? answer?.stepPlaces[steps.indexOf(step as SVGCircleElement)]
      : undefined;
  }
  const line = target.closest('.lines li') ?? figureBelow(target)?.querySelector('.lines li:not(.near)');
  const source = line?.closest('figure')?.querySelector('figcaption')?.textContent;
  const number = Number(line?.querySelector('.no')?.textContent);
  return source && number > 0 ? { source, line: number } : undefined;
}

/** The quotes of the part that a heading begins. */
function figureBelow(target: Element): Element | undefined {
  let next = target.closest('main > h2')?.nextElementSibling;
  while (next && !next.matches('figure, section')) next = next.nextElementSibling;
  return next?.matches('figure') ? next : undefined;
}

/** Adds to the case and diagnoses all of it again; a report that this page saved replaces it. */
async function add(chosen: readonly PageFile[]): Promise<void> {
  const [first] = chosen;
  if (chosen.length === 1 && first && first.content.size < MAX_REPORT) {
    const saved = readSavedCase(await first.content.text());
    if (saved === 'none') {
      refuse(`${first.name} is a report without its evidence.`, 'Choose the files that it was made from.');
      return;
    }
    if (saved) return analyze(saved);
  }
  const names = new Set(evidence.map(({ name }) => name));
  const added = chosen.map(({ name, content }) => {
    let unused = name;
    for (let number = 2; names.has(unused); number += 1) unused = `${name} ${number}`;
    names.add(unused);
    return { name: unused, content };
  });
  analyze([...evidence, ...added]);
}

function analyze(chosen: readonly PageFile[]): void {
  stop();
  evidence = chosen;
  status.textContent = `Reading ${chosen.map(({ name }) => name).join(', ')} …`;
  find('cancel-row', HTMLElement).hidden = false;
  progress.hidden = false;
  progress.removeAttribute('value');
  const code = find('worker', HTMLElement).textContent ?? '';
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  worker = new Worker(address);
  URL.revokeObjectURL(address);
  worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => take(data);
  worker.onerror = ({ message }) => refuse(`This could not be read to its end (${message}).`);
  const { version = '' } = document.body.dataset;
  const request: AnalyzeRequest = { files: chosen, readAt: Date.now(), version };
  worker.postMessage(request);
}

function take(message: WorkerMessage): void {
  if (message.kind === 'progress') {
    progress.max = message.total;
    progress.value = message.bytes;
    return;
  }
  if (message.kind === 'refused') {
    refuse(message.reason, message.advice);
    return;
  }
  stop();
  text.value = '';
  const texts = evidence.filter(({ name }) => !message.notRead.some(({ file }) => file === name));
  open({ answer: message, texts });
  report.focus({ preventScroll: true });
}

/** The next screen; Back leads to the one before. */
function open(screen: Screen): void {
  position += 1;
  screens.length = position;
  screens[position] = screen;
  history.pushState(position, '');
  showScreen();
  scrollTo(0, 0);
}

/** After a reload the screens before it are gone: the question stands in their place. */
function showScreen(): void {
  const screen = screens[position];
  answer = screen?.answer;
  if (screen) read = screen.texts;
  evidence = read;
  if (screen) showAnswer(screen.answer);
  else showAsk();
}

function showAnswer(shown: PageAnswer): void {
  status.textContent = shown.notRead.map(({ reason }) => `Not read: ${reason}`).join(' ');
  report.replaceChildren(...reportNodes(shown.html));
  enhanceReport(report);
  setEvidence(shown.evidence);
  if (shown.evidence.length > 0) showLinesAsButtons();
  report.classList.toggle('has-evidence', shown.evidence.length > 0);
  find('summary', HTMLElement).replaceChildren(...shown.summary.map(listItem));
  showPart('answer');
  document.title = `${shown.verdictTitle}: ${shown.headline} · ftm-check`;
  icon.href = verdictIcon(shown.verdict);
}

/** A quoted line can be shown in its text with the keyboard too. */
function showLinesAsButtons(): void {
  for (const number of report.querySelectorAll('.lines li:not(.near) .no')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'no';
    button.textContent = number.textContent;
    button.ariaLabel = `Show line ${number.textContent} in the evidence`;
    number.replaceWith(button);
  }
}

function showAsk(): void {
  showPart('ask');
  status.textContent = '';
  document.title = TITLE;
  icon.href = verdictIcon('inconclusive');
  hideEvidence();
  showEvidenceList();
  text.focus();
}

/** The texts of the case, each with a button that takes it out again. */
function showEvidenceList(): void {
  const list = find('case', HTMLElement);
  list.hidden = evidence.length === 0;
  find('submit', HTMLElement).textContent = evidence.length === 0 ? 'Find the cause' : 'Add to this case';
  find('case-list', HTMLElement).replaceChildren(
    ...evidence.map((file) => {
      const item = listItem(file.name);
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Remove';
      button.ariaLabel = `Remove ${file.name}`;
      button.addEventListener('click', () => {
        evidence = evidence.filter((each) => each !== file);
        read = evidence;
        showEvidenceList();
        text.focus();
      });
      item.append(' ', button);
      return item;
    }),
  );
}

/** The body of the report; the page already has its style sheet and its script, and none is copied. */
function reportNodes(html: string): readonly Node[] {
  const { body } = new DOMParser().parseFromString(html.slice(html.indexOf('<body')), 'text/html');
  for (const script of body.querySelectorAll('script')) script.remove();
  return [...body.childNodes].map((node) => document.importNode(node, true));
}

function refuse(reason: string, advice?: string): void {
  stop();
  // What could not be read is no part of the case.
  evidence = read;
  showEvidenceList();
  const note = document.createElement('span');
  note.className = 'refused';
  note.textContent = advice === undefined ? reason : `${reason} ${advice}`;
  status.replaceChildren(note);
}

function cancel(): void {
  stop();
  evidence = read;
  showEvidenceList();
  status.textContent = 'Cancelled.';
  if (answer === undefined) text.focus();
}

function stop(): void {
  worker?.terminate();
  worker = undefined;
  progress.hidden = true;
  find('cancel-row', HTMLElement).hidden = true;
}

function showPart(part: 'ask' | 'answer'): void {
  find('ask', HTMLElement).hidden = part !== 'ask';
  find('answer', HTMLElement).hidden = part !== 'answer';
}

/** A dot in the colour of the verdict. */
function verdictIcon(verdict: PageAnswer['verdict']): string {
  const colour = { broken: '%23cf222e', healthy: '%231a7f37', inconclusive: '%239a6700' }[verdict];
  return `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='7' fill='${colour}'/></svg>`;
}

function listItem(content: string): HTMLElement {
  const item = document.createElement('li');
  item.textContent = content;
  return item;
}

function toPastedFile(value: string): PageFile {
  return { name: PASTED, content: new Blob([value]) };
}

function ofFile(file: File): PageFile {
  return { name: file.name, content: file };
}

function save(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function copyText(value: string, button: HTMLElement): Promise<void> {
  const label = button.textContent;
  await navigator.clipboard.writeText(value);
  button.textContent = 'Copied';
  button.addEventListener('blur', () => (button.textContent = label), { once: true });
}

showEvidenceList();
enhanceReport(find('guide', HTMLElement));
enhanceReport(find('docs', HTMLElement));

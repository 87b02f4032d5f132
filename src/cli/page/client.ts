import type { AnalyzeRequest, PageAnswer, PageFile, WorkerMessage } from './messages.ts';

/** Entry of the page: takes evidence, lets a worker read it, and shows the report. */

/** Longer texts make a text field slow, so they are read without being shown in it. Characters. */
const MAX_SHOWN = 200_000;
const PASTED = 'pasted text';

const form = find('form', HTMLFormElement);
const text = find('text', HTMLTextAreaElement);
const files = find('files', HTMLInputElement);
const status = find('status', HTMLElement);
const progress = find('progress', HTMLProgressElement);
const report = find('report', HTMLElement);

let worker: Worker | undefined;
let answer: PageAnswer | undefined;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (text.value.trim() === '') {
    refuse('There is nothing to read yet.', 'Paste what the FortiGate printed, or choose a file.');
    text.focus();
    return;
  }
  analyze([pasted(text.value)]);
});

text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

/** After a paste the text is analysed at once; typed text waits for the button. */
document.addEventListener('paste', (event) => {
  if (find('ask', HTMLElement).hidden) return;
  const chosen = [...(event.clipboardData?.files ?? [])];
  const value = event.clipboardData?.getData('text/plain') ?? '';
  if (chosen.length > 0) {
    event.preventDefault();
    analyze(chosen.map(ofFile));
    return;
  }
  if (!value.includes('\n') || text.value.trim() !== '') return;
  event.preventDefault();
  text.value = value.length > MAX_SHOWN ? '' : value;
  analyze([pasted(value)]);
});

files.addEventListener('change', () => {
  const chosen = [...(files.files ?? [])].map(ofFile);
  files.value = '';
  if (chosen.length > 0) analyze(chosen);
});

document.addEventListener('dragover', (event) => {
  event.preventDefault();
  form.classList.add('over');
});
document.addEventListener('dragleave', () => form.classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  form.classList.remove('over');
  const dropped = [...(event.dataTransfer?.files ?? [])].map(ofFile);
  const value = event.dataTransfer?.getData('text/plain') ?? '';
  if (dropped.length > 0) analyze(dropped);
  else if (value.trim() !== '') analyze([pasted(value)]);
});

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-sample]')) {
  button.addEventListener('click', () => {
    const data = find(`sample-${button.dataset.sample ?? ''}`, HTMLElement).textContent;
    const sample = String(JSON.parse(data ?? '""'));
    text.value = sample;
    analyze([{ name: button.dataset.name ?? PASTED, content: new Blob([sample]) }]);
  });
}

find('cancel', HTMLElement).addEventListener('click', () => {
  stop();
  status.textContent = 'Cancelled.';
  text.focus();
});

find('again', HTMLElement).addEventListener('click', () => {
  show('ask');
  status.textContent = '';
  text.focus();
  text.select();
});

find('save-html', HTMLElement).addEventListener('click', () => {
  if (answer) save('ftm-check-report.html', 'text/html', `${answer.html}\n`);
});
find('save-json', HTMLElement).addEventListener('click', () => {
  if (answer) save('ftm-check.json', 'application/json', `${answer.json}\n`);
});
find('copy-markdown', HTMLElement).addEventListener('click', ({ currentTarget }) => {
  if (answer && currentTarget instanceof HTMLElement) copy(answer.markdown, currentTarget);
});

report.addEventListener('click', ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  const block = target.dataset.copy === undefined ? null : document.getElementById(target.dataset.copy);
  if (block) copy(block.textContent, target, block);
});

function analyze(chosen: readonly PageFile[]): void {
  stop();
  // A paste may replace the answer that is shown.
  show('ask');
  status.textContent = `Reading ${chosen.map(({ name }) => name).join(', ')} …`;
  find('cancel-row', HTMLElement).hidden = false;
  progress.hidden = false;
  progress.removeAttribute('value');
  find('cancel-row', HTMLElement).scrollIntoView({ block: 'nearest' });
  const code = find('worker', HTMLElement).textContent ?? '';
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  worker = new Worker(address);
  URL.revokeObjectURL(address);
  worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => take(data);
  worker.onerror = ({ message }) => refuse(`This could not be read to its end (${message}).`);
  const request: AnalyzeRequest = {
    files: chosen,
    readAt: Date.now(),
    version: document.body.dataset.version ?? '',
  };
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
  answer = message;
  status.textContent = '';
  report.replaceChildren(...reportNodes(message.html));
  show('answer');
  report.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** The body of the report; the page already has its style sheet. Scripts in it would not run, and none is copied. */
function reportNodes(html: string): readonly Node[] {
  const { body } = new DOMParser().parseFromString(html.slice(html.indexOf('<body')), 'text/html');
  for (const script of body.querySelectorAll('script')) script.remove();
  for (const button of body.querySelectorAll<HTMLElement>('button[data-copy]')) button.hidden = false;
  return [...body.childNodes].map((node) => document.importNode(node, true));
}

function refuse(reason: string, advice?: string): void {
  stop();
  show('ask');
  const note = document.createElement('span');
  note.className = 'refused';
  note.textContent = advice === undefined ? reason : `${reason} ${advice}`;
  status.replaceChildren(note);
  status.scrollIntoView({ block: 'nearest' });
}

function stop(): void {
  worker?.terminate();
  worker = undefined;
  progress.hidden = true;
  find('cancel-row', HTMLElement).hidden = true;
}

function show(part: 'ask' | 'answer'): void {
  find('ask', HTMLElement).hidden = part !== 'ask';
  find('answer', HTMLElement).hidden = part !== 'answer';
}

function pasted(value: string): PageFile {
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

/** `shown` holds the same text, for browsers that do not let a page write to the clipboard. */
function copy(value: string, button: HTMLElement, shown?: Node): void {
  const label = button.textContent;
  navigator.clipboard.writeText(value).catch(() => {
    if (!shown) return;
    getSelection()?.selectAllChildren(shown);
    document.execCommand('copy');
  });
  button.textContent = 'Copied';
  button.addEventListener('blur', () => (button.textContent = label), { once: true });
}

function find<T extends HTMLElement>(id: string, type: abstract new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} ${id}`);
  return found;
}

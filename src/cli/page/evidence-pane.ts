import { find } from './find.ts';
import type { LinePlace, ShownText } from './messages.ts';

/** Lines shown before and after the chosen one. */
const AROUND = 200;

const pane = find('evidence', HTMLElement);
const list = find('evidence-lines', HTMLOListElement);
const title = find('evidence-title', HTMLElement);

let texts: readonly ShownText[] = [];

/** The texts of which `showLine` shows lines; hides the pane. */
export function setEvidence(evidence: readonly ShownText[]): void {
  texts = evidence;
  hideEvidence();
}

export function hideEvidence(): void {
  pane.hidden = true;
}

/** Shows a line in its text, marked; false if the text is not kept. */
export function showLine({ source, line }: LinePlace): boolean {
  const text = texts.find(({ name }) => name === source)?.text;
  if (text === undefined) return false;
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, line - AROUND);
  const items = lines.slice(first - 1, line + AROUND).map((content, index) => {
    const item = document.createElement('li');
    const number = document.createElement('span');
    number.className = 'no';
    number.textContent = String(first + index);
    const code = document.createElement('code');
    code.textContent = content;
    item.append(number, code);
    if (first + index === line) item.className = 'chosen';
    return item;
  });
  title.textContent = `${source}, line ${line}`;
  list.replaceChildren(...items);
  pane.hidden = false;
  const chosen = list.querySelector<HTMLElement>('.chosen');
  if (chosen) list.scrollTop = chosen.offsetTop - list.clientHeight / 2;
  return true;
}

find('evidence-close', HTMLElement).addEventListener('click', hideEvidence);

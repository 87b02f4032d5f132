import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { constant, element, joinMarkup, type Markup } from '../../report/formats/html/markup.ts';
import type { LocalSlack } from '../../stand-ins/slack/local-slack.ts';
import { PREVIEW_STYLE, previewBlocks } from '../../stand-ins/slack/preview.ts';
import type { SlackMessage } from '../../stand-ins/slack/types.ts';

const ANA = 'U0ANA';
const CHANNEL = 'C0SUPPORT';
const MAX_BODY = 1 << 20;

const STYLE = `${PREVIEW_STYLE}
body{max-width:44rem;margin:0 auto;padding-bottom:9rem}
article{margin:0 0 1rem;padding:.2rem 0 0}
article.reply{margin-left:1.5rem;padding-left:.8rem;border-left:3px solid #ddd}
.who{font-weight:900}.private{color:#616061;font-size:13px}
.button{cursor:pointer;background:#fff;font:inherit}
summary{cursor:pointer;font-weight:700}details{border:1px solid #ddd;border-radius:8px;padding:6px 12px;margin:6px 0}
form{position:fixed;inset:auto 0 0 0;background:#fff;border-top:1px solid #ddd;padding:.6rem}
form div{max-width:44rem;margin:0 auto;display:grid;gap:.4rem;grid-template-columns:1fr auto}
textarea{font:inherit;padding:.4rem}#note{grid-column:1/3;color:#616061;font-size:13px;margin:0}`;

const SCRIPT = `const list = document.getElementById('messages');
const note = document.getElementById('note');
const field = document.getElementById('text');
let shown = '';
async function post(path, body) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  note.textContent = await response.text();
  await refresh();
}
async function refresh() {
  const html = await (await fetch('/messages')).text();
  if (html === shown) return;
  const isOpen = [...list.querySelectorAll('details')].map((each) => each.open);
  shown = html;
  list.innerHTML = html;
  [...list.querySelectorAll('details')].forEach((each, index) => { each.open = isOpen[index] === true; });
  list.lastElementChild?.scrollIntoView({ block: 'nearest' });
}
document.getElementById('say').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = field.value;
  field.value = '';
  if (text.trim() !== '') post('/say', { text });
});
field.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); field.form.requestSubmit(); }
});
list.addEventListener('click', ({ target }) => {
  const ts = target.closest('article')?.dataset.ts;
  if (target.dataset?.action && ts) post('/press', { ts, action: JSON.parse(target.dataset.action) });
});
refresh();
setInterval(refresh, 700);`;

export interface SlackPage extends AsyncDisposable {
  readonly url: string;
}

/** Shows one channel of the local Slack on a loopback port; a person types and presses buttons as Ana. */
export async function openSlackPage(slack: LocalSlack, port: number): Promise<SlackPage> {
  const server = createServer((request, response) => void answer(slack, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(slack: LocalSlack, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { method, url } = request;
    if (method === 'GET' && url === '/') return send(response, 200, renderPage());
    if (method === 'GET' && url === '/messages') return send(response, 200, renderMessages(slack));
    if (method !== 'POST' || !isFromPage(request)) return send(response, 404, 'There is nothing here.');
    const body = await text(request);
    if (body.length > MAX_BODY) return send(response, 413, 'This is too long for a message.');
    const done = url === '/press' ? await press(slack, JSON.parse(body)) : await say(slack, JSON.parse(body));
    return send(response, 200, done);
  } catch {
    return send(response, 400, 'The local Slack could not do this.');
  }
}

/** Another site in the same browser can post neither JSON nor with this host. */
function isFromPage({ headers }: IncomingMessage): boolean {
  return (
    headers['content-type'] === 'application/json' &&
    /^(?:127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '')
  );
}

async function say(slack: LocalSlack, { text: typed }: { text: string }): Promise<string> {
  const [, command, rest = ''] = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(typed.trim()) ?? [];
  if (command === undefined) await slack.message({ user: ANA, channel: CHANNEL, text: typed });
  else await slack.slash({ command, text: rest, user: ANA, channel: CHANNEL });
  return '';
}

async function press(
  slack: LocalSlack,
  { ts, action }: { ts: string; action: Readonly<Record<string, unknown>> },
): Promise<string> {
  const before = slack.views().length;
  await slack.action({ user: ANA, channel: CHANNEL, ts, action });
  return slack.views().length > before ? 'The bot opened a form, which this page does not show.' : '';
}

function renderMessages(slack: LocalSlack): string {
  const names: Readonly<Record<string, string>> = { [ANA]: 'Ana Ruiz', U0BEN: 'Ben Okafor' };
  const all = [...slack.messages(CHANNEL), ...slack.ephemeral(CHANNEL, ANA)];
  const start = ({ thread_ts: thread, ts }: SlackMessage) => Number(thread ?? ts);
  const sorted = [...new Set(all)].sort((a, b) => start(a) - start(b) || Number(a.ts) - Number(b.ts));
  return joinMarkup(sorted.map((message) => messageMarkup(message, names[message.user] ?? 'ftm-check')))
    .markup;
}

function messageMarkup(message: SlackMessage, who: string): Markup {
  const { ts, thread_ts: thread, blocks = [], files = [] } = message;
  const isReply = thread !== undefined && thread !== ts;
  return element(
    'article',
    { 'data-ts': ts, class: isReply ? 'reply' : undefined },
    element('div', { class: 'who' }, who),
    message.ephemeral_to === undefined
      ? undefined
      : element('div', { class: 'private' }, 'only you see this'),
    ...(blocks.length > 0 ? previewBlocks(blocks) : [element('p', {}, message.text)]),
    ...files.map(({ name }) => element('p', { class: 'private' }, `file: ${name}`)),
  );
}

function renderPage(): string {
  const hash = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  const policy = `default-src 'none'; connect-src 'self'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const { markup } = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('title', {}, '#support · local Slack'),
      element('style', {}, constant(STYLE)),
    ),
    element(
      'body',
      {},
      element('h1', {}, '#support'),
      element('p', {}, 'You are Ana. Type /ftm-check fgt-branch-07, or paste a debug log.'),
      element('main', { id: 'messages', 'aria-live': 'polite' }),
      element(
        'form',
        { id: 'say' },
        element(
          'div',
          {},
          element('textarea', { id: 'text', rows: 2, 'aria-label': 'Message', autofocus: true }),
          element('button', { type: 'submit', class: 'button' }, 'Send'),
          element('p', { id: 'note', role: 'status' }),
        ),
      ),
      element('script', {}, constant(SCRIPT)),
    ),
  );
  return `<!doctype html>\n${markup}\n`;
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
}

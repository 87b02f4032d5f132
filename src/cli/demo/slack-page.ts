import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../bot/http/listen.ts';
import { SLASH_COMMAND } from '../../bot/slack/manifest.ts';
import { option } from '../../report/block-kit/build-blocks.ts';
import { constant, element, joinMarkup, type Markup } from '../../report/formats/html/markup.ts';
import type { LocalSlack } from '../../stand-ins/slack/local-slack.ts';
import { mrkdwnMarkup } from '../../stand-ins/slack/mrkdwn-markup.ts';
import type { Names } from '../../stand-ins/slack/plain-text.ts';
import { PREVIEW_STYLE, previewBlocks } from '../../stand-ins/slack/preview.ts';
import type { SlackFile, SlackMessage } from '../../stand-ins/slack/types.ts';
import type { OpenView } from '../../stand-ins/slack/views.ts';
import { type Choices, formMarkup, formValues } from './slack-form.ts';

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
img{max-width:100%}.thread{border:0;background:none;padding:0;color:#1264a3;font:inherit;font-size:13px;cursor:pointer}
#say{position:fixed;inset:auto 0 0 0;background:#fff;border-top:1px solid #ddd;padding:.6rem}
#say div{max-width:44rem;margin:0 auto;display:grid;gap:.4rem;grid-template-columns:1fr auto}#where,#text{grid-column:1}#leave{grid-column:2}
textarea,input,select{font:inherit;padding:.4rem;max-width:100%}select.button{width:auto}td,th{overflow-wrap:normal}#note{grid-column:1/3;color:#616061;font-size:13px;margin:0}
dialog{border:1px solid #bbb;border-radius:8px;width:min(30rem,calc(100vw - 2rem));box-sizing:border-box;padding:1rem}
dialog label{display:grid;gap:.2rem;margin:.6rem 0;font-weight:700}dialog small{font-weight:400;color:#616061}
#wrong{color:#c01343;margin:0}`;

const SCRIPT = `const get = (id) => document.getElementById(id);
const list = get('messages');
const field = get('text');
let shown = '';
let thread;
async function post(path, body) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.text();
  await refresh();
  return answer;
}
async function refresh() {
  const html = await (await fetch('/messages')).text();
  if (html !== shown) {
    const isOpen = [...list.querySelectorAll('details')].map((each) => each.open);
    shown = html;
    list.innerHTML = html;
    [...list.querySelectorAll('details')].forEach((each, index) => { each.open = isOpen[index] === true; });
    list.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }
  showForm(await (await fetch('/form')).text());
}
function showForm(html) {
  const modal = get('modal');
  const parsed = new DOMParser().parseFromString(html, 'text/html').querySelector('form');
  if (parsed?.dataset.view === get('form')?.dataset.view) return;
  modal.replaceChildren(...(parsed ? [document.importNode(parsed, true)] : []));
  if (parsed) modal.showModal();
  else modal.close();
}
function inThread(ts) {
  thread = ts;
  get('where').textContent = ts ? 'Reply in the thread' : 'Message to #support';
  get('leave').hidden = !ts;
  field.focus();
}
get('say').addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = field.value;
  field.value = '';
  if (text.trim() !== '') get('note').textContent = await post('/say', { text, thread });
});
field.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); field.form.requestSubmit(); }
});
get('leave').addEventListener('click', () => inThread(undefined));
async function act(target, chosen) {
  const ts = target.closest('article')?.dataset.ts;
  const action = { ...JSON.parse(target.dataset.action), ...chosen };
  get('note').textContent = await post('/press', { ts, action });
}
list.addEventListener('click', ({ target }) => {
  if (target.dataset?.thread) inThread(target.dataset.thread);
  else if (target.localName === 'button' && target.dataset.action) act(target, {});
});
list.addEventListener('change', ({ target }) => {
  if (target.dataset?.action && target.value !== '') act(target, { selected_option: JSON.parse(target.value) });
});
get('modal').addEventListener('submit', async (event) => {
  event.preventDefault();
  const filled = Object.fromEntries(new FormData(event.target));
  const wrong = await post('/submit', { view: event.target.dataset.view, filled });
  const place = get('wrong');
  if (place) place.textContent = wrong;
});
function close() { post('/close', { view: get('form')?.dataset.view }); }
get('modal').addEventListener('click', ({ target }) => { if (target.id === 'close') close(); });
get('modal').addEventListener('cancel', close);
refresh();
setInterval(refresh, 700);`;

const BODY = [
  '<h1>#support</h1>',
  '<p>You are Ana Ruiz. Type /ftm-check fgt-branch-07, or /ftm-check alone for a form; write to @ftm-check; or paste a debug log.</p>',
  '<main id="messages" aria-live="polite"></main>',
  '<dialog id="modal"></dialog>',
  '<form id="say"><div>',
  '<label for="text" id="where">Message to #support</label>',
  '<button type="button" id="leave" class="thread" hidden>Leave the thread</button>',
  '<textarea id="text" rows="2" autofocus></textarea>',
  '<button type="submit" class="button">Send</button>',
  '<p id="note" role="status"></p>',
  '</div></form>',
].join('');

/** Shows one channel of the local Slack on a loopback port; a person types and presses buttons as Ana. */
export async function openSlackPage(slack: LocalSlack, port: number) {
  const closed = new Set<string>();
  const server = createServer((request, response) => void answer({ slack, closed }, request, response));
  const used = await listen(server, port, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${used}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Shown {
  readonly slack: LocalSlack;
  /** Ids of the modals that Ana submitted or closed. */
  readonly closed: Set<string>;
}

async function answer(shown: Shown, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { slack } = shown;
  try {
    const { method, url = '' } = request;
    if (method === 'GET' && url === '/') return send(response, 200, renderPage());
    if (method === 'GET' && url === '/messages') return send(response, 200, renderMessages(slack));
    if (method === 'GET' && url === '/form') return send(response, 200, renderForm(shown));
    if (method === 'GET' && url.startsWith('/file/'))
      return sendFile(slack, url.slice('/file/'.length), response);
    if (method !== 'POST' || !isFromPage(request)) return send(response, 404, 'There is nothing here.');
    const body = await text(request);
    if (body.length > MAX_BODY) return send(response, 413, 'This is too long for a message.');
    const act = ACTS[url];
    if (act === undefined) return send(response, 404, 'There is nothing here.');
    return send(response, 200, await act(shown, JSON.parse(body) as never));
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

/** What the page posts; each resolves with a text for the person, empty if there is nothing to say. */
const ACTS: Readonly<Record<string, (shown: Shown, body: never) => Promise<string>>> = {
  '/say': say,
  '/press': press,
  '/submit': submit,
  async '/close'({ closed }, { view }: { readonly view: string }) {
    closed.add(view);
    return '';
  },
};

async function say(
  { slack }: Shown,
  { text: typed, thread }: { readonly text: string; readonly thread?: string },
): Promise<string> {
  const [, command, rest = ''] = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(typed.trim()) ?? [];
  if (command === undefined) {
    await slack.message({ user: ANA, channel: CHANNEL, text: withMentions(typed, slack), thread });
    return '';
  }
  if (thread !== undefined) return `${command} is not supported in threads. Sorry!`;
  if (command !== SLASH_COMMAND) return `${command} is not a valid command.`;
  await slack.slash({ command, text: withMentions(rest, slack), user: ANA, channel: CHANNEL });
  return '';
}

/** `@ftm-check` and `@Ben Okafor` as a client sends them. */
function withMentions(typed: string, { workspace: { users } }: LocalSlack): string {
  return [...users.values()].reduce(
    (found, { id, name }) => found.replaceAll(new RegExp(`@${name}(?![\\w-])`, 'gi'), `<@${id}>`),
    typed,
  );
}

async function press(
  { slack }: Shown,
  { ts, action }: { readonly ts: string; readonly action: Readonly<Record<string, unknown>> },
): Promise<string> {
  await slack.action({ user: ANA, channel: CHANNEL, ts, action });
  return '';
}

/** Resolves with what the app finds wrong in the form, which then stays open. */
async function submit(
  { slack, closed }: Shown,
  { view: viewId, filled }: { readonly view: string; readonly filled: Readonly<Record<string, string>> },
): Promise<string> {
  const view = slack.views().find(({ id }) => id === viewId);
  if (view === undefined) return 'This form is closed.';
  const values = formValues(view, filled, listChoices(slack));
  const { ack } = await slack.submit({ user: ANA, viewId, values });
  const { errors = {} } = (ack ?? {}) as { readonly errors?: Readonly<Record<string, string>> };
  if (Object.keys(errors).length === 0) closed.add(viewId);
  return Object.values(errors).join(' ');
}

function renderForm({ slack, closed }: Shown): string {
  const open = slack.views().findLast((view: OpenView) => view.user === ANA && !closed.has(view.id));
  return open === undefined ? '' : formMarkup(open, listChoices(slack), listNames(slack)).markup;
}

function listChoices({ workspace }: LocalSlack): Choices {
  const people = [...workspace.users.values()].filter(({ id }) => id !== workspace.bot.userId);
  const channels = workspace.channels().filter(({ archived }) => !archived);
  return {
    users: people.map(({ id, name }) => option(name, id)),
    channels: channels.map(({ id, name }) => option(name, id)),
  };
}

function listNames({ workspace }: LocalSlack): Names {
  return {
    user: (id) => workspace.users.get(id)?.name ?? id,
    channel: (id) => workspace.channel(id)?.name ?? id,
  };
}

function renderMessages(slack: LocalSlack): string {
  const all = [...slack.messages(CHANNEL), ...slack.ephemeral(CHANNEL, ANA)];
  const start = ({ thread_ts: thread, ts }: SlackMessage) => Number(thread ?? ts);
  const sorted = [...new Set(all)].sort((a, b) => start(a) - start(b) || Number(a.ts) - Number(b.ts));
  return joinMarkup(sorted.map((message) => messageMarkup(message, listNames(slack)))).markup;
}

function messageMarkup(message: SlackMessage, names: Names): Markup {
  const { ts, thread_ts: thread, blocks = [], files = [] } = message;
  const isReply = thread !== undefined && thread !== ts;
  return element(
    'article',
    { 'data-ts': ts, class: isReply ? 'reply' : undefined },
    element('div', { class: 'who' }, names.user(message.user)),
    message.ephemeral_to === undefined
      ? undefined
      : element('div', { class: 'private' }, 'only you see this'),
    ...(blocks.length > 0 ? previewBlocks(blocks, names) : mrkdwnMarkup(message.text, names)),
    ...files.map(fileMarkup),
    isReply || message.ephemeral_to !== undefined
      ? undefined
      : element('button', { type: 'button', class: 'thread', 'data-thread': ts }, 'Reply in thread'),
  );
}

function fileMarkup({ id, name, mimetype }: SlackFile): Markup {
  const href = `/file/${id}`;
  if (mimetype.startsWith('image/')) return element('img', { src: href, alt: name });
  return element('p', { class: 'private' }, element('a', { href, download: name }, name));
}

/** A report has scripts: it is saved, not opened with the rights of this page. */
function sendFile(slack: LocalSlack, id: string, response: ServerResponse): void {
  const bytes = slack.fileBytes(id);
  if (bytes === undefined) {
    send(response, 404, 'There is nothing here.');
    return;
  }
  const isPicture = bytes[0] === 0x89;
  const type = isPicture ? 'image/png' : 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(bytes);
}

function renderPage(): string {
  const hash = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  const policy = `default-src 'none'; connect-src 'self'; img-src 'self'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const { markup } = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      element('meta', { charset: 'utf-8' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('title', '#support · local Slack'),
      element('style', constant(STYLE)),
    ),
    element('body', constant(BODY), element('script', constant(SCRIPT))),
  );
  return `<!doctype html>\n${markup}\n`;
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
}

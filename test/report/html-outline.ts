const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)>/y;
const ATTRIBUTE = /\s+([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"<>]*)")?/g;
const VOID = new Set(['meta', 'input', 'br']);

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * The elements of a document in order. Throws where a `<` or `>` is no part of a well-formed tag, an end tag does not
 * match, or an attribute is written in another way than the report writes them.
 */
export function outline(html: string): readonly Tag[] {
  const prefix = '<!doctype html>\n';
  if (!html.startsWith(prefix)) throw new Error('no doctype');
  const tags: Tag[] = [];
  const open: string[] = [];
  let at = prefix.length;
  while (at < html.length) {
    const inside = open.at(-1);
    // Their content is text of the program, not markup.
    if (inside === 'script' || inside === 'style') at = html.indexOf(`</${inside}>`, at);
    const next = html.indexOf('<', at);
    const text = html.slice(at, next === -1 ? html.length : next);
    if (text.includes('>')) throw new Error(`stray > in ${text.slice(0, 80)}`);
    if (next === -1) break;
    TAG.lastIndex = next;
    const [whole, slash, name = '', rest = ''] = TAG.exec(html) ?? [];
    if (whole === undefined) throw new Error(`no tag: ${html.slice(next, next + 80)}`);
    at = next + whole.length;
    if (slash === '/') {
      const opened = open.pop();
      if (opened !== name) throw new Error(`</${name}> ends <${opened}>`);
      continue;
    }
    tags.push({
      name,
      attributes: new Map([...rest.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value])),
    });
    if (!VOID.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`never ended: ${open.join(' ')}`);
  return tags;
}

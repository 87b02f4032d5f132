import { posix } from 'node:path';

/** Files of the repository that are pages of the site, and the page of each. `:name` stands for one part of a path. */
const PAGES: Readonly<Record<string, string>> = {
  'docs/README.md': 'index.md',
  'docs/pictures/:name.png': 'pictures/:name.png',
  'docs/:kind/:name.md': ':kind/:name.md',
  'src/engine/rules/:name/page.md': 'rules/:name.md',
  'helm/ftm-check/README.md': 'reference/chart.md',
  'README.md': 'overview.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'reporting.md',
  'CHANGELOG.md': 'changelog.md',
};

const PATTERNS = Object.entries(PAGES).map(([file, page]) => ({
  pattern: new RegExp(`^${file.replaceAll('.', '\\.').replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
  page: page.replaceAll(/:(\w+)/g, '$<$1>'),
}));

/** Read from left to right, so that what looks like a link in code is none. */
const FENCE_LINK_OR_CODE = /^```[\s\S]*?^```|(!?\[)((?:`[^`\n]*`|[^\]`])*)\]\(([^()\s]+)\)|`[^`\n]*`/gm;

/** With a width, which Markdown has not. */
const PICTURE = /^(<img src=")([^":]+)"/gm;

/** What to look for in the repository. */
export const PAGE_GLOBS: readonly string[] = Object.keys(PAGES).map((file) => file.replaceAll(/:\w+/g, '*'));

/** `docs/how-to/slack.md` → `how-to/slack.md`; `undefined` for a file that is no page, such as a schema. */
export function sitePage(file: string): string | undefined {
  const found = PATTERNS.find(({ pattern }) => pattern.test(file));
  return found && file.replace(found.pattern, found.page);
}

/**
 * The text of a page with its links as the site needs them. A link to a file that is no page leads to `source`, or is plain
 * text without it.
 *
 * @param file from the root of the repository
 * @param source an address that ends with `/`, such as `https://code.example.com/ftm-check/blob/main/`
 */
export function pageText(file: string, text: string, source: string | undefined): string {
  const linked = text.replaceAll(
    FENCE_LINK_OR_CODE,
    (whole: string, open = '', label = '', link?: string) => {
      if (link === undefined || /^(?:[a-z]+:|#)/i.test(link)) return whole;
      const [path = '', anchor] = link.split('#');
      const target = repositoryPath(file, path);
      const page = sitePage(target);
      if (page === undefined) return source === undefined ? label : `${open}${label}](${source}${target})`;
      const heading = anchor === undefined ? '' : `#${anchor}`;
      return `${open}${label}](${relativeLink(file, page)}${heading})`;
    },
  );
  return linked.replaceAll(PICTURE, (whole: string, open: string, link: string) => {
    const page = sitePage(repositoryPath(file, link));
    return page === undefined ? whole : `${open}${relativeLink(file, page)}"`;
  });
}

function relativeLink(file: string, page: string): string {
  const relative = posix.relative(posix.dirname(sitePage(file) ?? ''), page);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function repositoryPath(file: string, path: string): string {
  const target = posix.join(posix.dirname(file), path);
  // The folder has no page of its own.
  return target === 'docs/adr/' ? 'docs/adr/0001-architecture.md' : target;
}

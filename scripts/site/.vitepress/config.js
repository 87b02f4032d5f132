import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { defineConfig } from 'vitepress';

const PAGES = resolve(import.meta.dirname, '../pages');

export default defineConfig({
  title: 'ftm-check',
  description:
    'Finds out why a VPN login fails on a FortiGate: password, directory, SAML, group, policy, IPsec, and the FortiToken push behind it.',
  base: process.env.DOCS_BASE ?? '/',
  srcDir: 'pages',
  outDir: '../../dist/site',
  ignoreDeadLinks: 'localhostLinks',
  // Diagrams are a chunk of their own, which only pages with a diagram load.
  vite: { build: { chunkSizeWarningLimit: 1500 } },
  markdown: { config: renderCode },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Overview', link: '/overview' },
      { text: 'Tutorial', link: '/tutorial/first-diagnosis' },
      { text: 'Changes', link: '/changelog' },
    ],
    sidebar: [
      section('Tutorial', 'tutorial'),
      section('How to', 'how-to'),
      section('Reference', 'reference'),
      section('Explanation', 'explanation'),
      { ...section('Decisions', 'adr'), collapsed: true },
      { ...section('Root causes', 'rules'), collapsed: true },
    ],
  },
});

function section(text, folder) {
  const pages = globSync(`${folder}/*.md`, { cwd: PAGES }).toSorted();
  return { text, items: pages.map((page) => ({ text: titleOf(page), link: `/${page}` })) };
}

function titleOf(page) {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(PAGES, page), 'utf8')) ?? [];
  return title?.replaceAll('`', '') ?? basename(page, '.md');
}

function renderCode(md) {
  const { code_inline: codeInline, fence } = md.renderer.rules;
  // Vue would read `{{ x }}` as an expression.
  md.renderer.rules.code_inline = (...given) =>
    (codeInline?.(...given) ?? '').replace('<code', '<code v-pre');
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token?.info.trim() !== 'mermaid') return fence?.(tokens, index, ...rest) ?? '';
    return `<Mermaid code="${encodeURIComponent(token.content)}" />`;
  };
}

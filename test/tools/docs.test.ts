import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readClaims } from '../../scripts/attacks.ts';
import { CHART } from '../../scripts/chart-values.ts';
import { pictureSources } from '../../scripts/picture-shots.ts';
import { WRITTEN_PAGES } from '../../scripts/reference/pages.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('docs/explanation/security.md', () => {
  const claims = readClaims(read('docs/explanation/security.md'));

  it('names a test for nearly every defence', () => {
    expect(claims.length).toBeGreaterThan(30);
  });

  it('names tests that exist, by titles that they have', () => {
    const wrong = claims.flatMap(({ path, titles }) => {
      if (!existsSync(join(ROOT, path))) return [`no ${path}`];
      const text = read(path);
      return titles.filter((title) => !text.includes(title)).map((title) => `${path} has no "${title}"`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('docs/adr', () => {
  it('numbers each decision once, in its file name and in its title', () => {
    const numbers = globSync('docs/adr/*.md', { cwd: ROOT }).map((file) => [
      Number(/(\d+)-[\w-]+\.md$/.exec(file)?.[1]),
      Number(/^# (\d+)\./.exec(read(file))?.[1]),
    ]);
    expect(numbers.filter(([inName, inTitle]) => inName !== inTitle)).toEqual([]);
    expect(new Set(numbers.map(([inName]) => inName)).size).toBe(numbers.length);
  });
});

describe('docs/how-to/runbooks.md', () => {
  const text = read('docs/how-to/runbooks.md');

  it('says of every alert what to do, and every alert links to it', () => {
    const alerts = readFileSync(join(CHART, 'templates/prometheusrule.yaml'), 'utf8').matchAll(
      /alert: (\w+)/g,
    );
    const names = [...alerts].map(([, name = '']) => name);
    const parts = ['Symptom', 'Command', 'Action']
      .map((part) => `- \\*\\*${part}\\*\\*: [^\\n]+\\n(?: {2}[^\\n]+\\n)*`)
      .join('');
    expect(names.filter((name) => !new RegExp(`### ${name}\n\n${parts}`).test(text))).toEqual([]);
    const rules = readFileSync(join(CHART, 'templates/prometheusrule.yaml'), 'utf8');
    expect(names.filter((name) => !rules.includes(`$runbooks "${name.toLowerCase()}"`))).toEqual([]);
  });
});

describe('docs/how-to/operations.md', () => {
  const [index = '', ...sections] = read('docs/how-to/operations.md').split(/^## /m);
  const COMMAND = /\b(?:curl|docker|ftm-check|git|helm|jq|kill|kubectl|npm|redis-cli|systemctl) [a-z-]/;

  it.each(sections.map((section) => [section.split('\n')[0] ?? '', section]))(
    '%s: is in the index, and has a command',
    (title, section) => {
      expect(index).toContain(`](#${title.toLowerCase().replaceAll(' ', '-')})`);
      const code = [...section.matchAll(/```[^`]+```|`[^`]+`/g)].map(([found]) => found);
      expect(code.some((each) => COMMAND.test(each))).toBe(true);
    },
  );
});

describe('pages that `npm run docs` writes', () => {
  it.each(WRITTEN_PAGES.map((page) => [relative(ROOT, page.path.pathname), page] as const))(
    '%s is as the source says',
    (_, { path, render }) => {
      expect(readFileSync(path, 'utf8'), 'out of date: npm run docs').toBe(render());
    },
  );

  it('are all there are with the note that they are written', () => {
    const noted = globSync('docs/**/*.md', { cwd: ROOT }).filter((file) =>
      read(file).includes('`npm run docs`. -->'),
    );
    expect(noted.toSorted()).toEqual(
      WRITTEN_PAGES.map(({ path }) => relative(ROOT, path.pathname)).toSorted(),
    );
  });
});

describe('docs/pictures', () => {
  it('show what the program shows now', async () => {
    expect(JSON.parse(read('docs/pictures/made-from.json')), 'out of date: npm run screenshots').toEqual(
      await pictureSources(),
    );
  });

  it('are all made by the program', async () => {
    const pictures = globSync('docs/pictures/*.png', { cwd: ROOT }).map((file) => basename(file, '.png'));
    expect(pictures.toSorted()).toEqual(Object.keys(await pictureSources()).toSorted());
  });
});

describe('links', () => {
  const files = globSync(
    ['*.md', 'docs/**/*.md', 'helm/**/*.md', '.github/**/*.md', 'src/engine/rules/*/page.md'],
    {
      cwd: ROOT,
    },
  );

  it('lead to files and headings that exist', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(deadLinks)).toEqual([]);
  });

  it('stand beside names of files that exist', () => {
    const named = files
      .map((file) => [file, read(file)] as const)
      .filter(([, text]) => !text.includes('_Superseded by'))
      .flatMap(([file, text]) =>
        [...text.matchAll(/`((?:src|handlers|test|scripts)\/[\w./-]+\.(?:ts|cjs|mjs))`/g)].map(
          ([, path = '']) => [file, path] as const,
        ),
      );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(([, path]) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  function deadLinks(file: string): readonly string[] {
    const text = withoutCode(read(file));
    return [...text.matchAll(/(?:\]\(|<img src=")([^()\s"]+)[)"]/g)].flatMap(([, link = '']) => {
      if (/^(?:https?|mailto):/.test(link)) return [];
      const [path = '', heading] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(ROOT, target))) return [`${file}: ${link}`];
      const isKnown = heading === undefined || headingsOf(read(target)).includes(heading);
      return isKnown ? [] : [`${file}: ${link}`];
    });
  }

  /** As a code host makes them. */
  function headingsOf(markdown: string): readonly string[] {
    return [...withoutCode(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    );
  }

  function withoutCode(markdown: string): string {
    return markdown
      .replace(/^```[\s\S]*?^```/gm, '')
      .replace(/`[^`\n]*`/g, (code) => (code.includes('](') ? '' : code));
  }
});

it('README.md is short, with three pictures', () => {
  expect(read('README.md').split('\n').length).toBeLessThan(150);
  expect(read('README.md').match(/docs\/pictures\/[\w-]+\.png/g)).toHaveLength(3);
});

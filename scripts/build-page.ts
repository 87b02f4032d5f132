import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { diagnose } from '../src/engine/diagnosis/diagnose.ts';
import { RULES } from '../src/engine/rules/all-rules.ts';
import { nextSteps } from '../src/report/documents/answer/next-steps.ts';
import { createRuleDocument } from '../src/report/documents/rule-text.ts';
import { copyBlock } from '../src/report/formats/html/copy-block.ts';
import { element, joinMarkup, type Markup, proseMarkup } from '../src/report/formats/html/markup.ts';
import { partsMarkup } from '../src/report/formats/html/parts.ts';
import { ENHANCE } from '../src/report/formats/html/script.ts';
import { partOfPage } from '../src/report/formats/html/section-place.ts';
import { DARK, STYLE } from '../src/report/formats/html/styles.ts';
import { PICTURE_COLOURS } from '../src/report/picture/picture-style.ts';
import { readSamples, type Sample } from './page-samples.ts';

const ROOT = new URL('../', import.meta.url);

/**
 * The page of `ftm-check page` in one file, which loads nothing and can send nothing: `page.html` with its style sheet, the
 * sources of the pure layers bundled for a browser, samples and the documentation. The same sources give the same bytes.
 */
export async function buildPage(version: string): Promise<string> {
  const samples = readSamples();
  const { commands, debug } = nextSteps(diagnose([]));
  const [client, worker] = await Promise.all([
    bundle('src/cli/page/client.ts'),
    bundle('src/cli/page/worker.ts'),
  ]);
  const themes = theme('light', PICTURE_COLOURS) + theme('dark', DARK);
  const style = `${STYLE}
${themes}${read('src/cli/page/page.css')}`;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash(style)}'`,
    `script-src 'sha256-${hash(ENHANCE)}' 'sha256-${hash(client)}'`,
    'img-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: Readonly<Record<string, string>> = {
    version,
    policy,
    style,
    enhance: ENHANCE,
    client,
    worker,
    'guide-commands': copyBlock('guide-commands', commands?.lines ?? [], 'commands').markup,
    'guide-debug': copyBlock('guide-debug', debug?.lines ?? [], 'debug on').markup,
    'guide-debug-off': copyBlock('guide-debug-off', debug?.after ?? [], 'debug off').markup,
    samples: joinMarkup(samples.map(sampleButton)).markup,
    'sample-texts': samples.map(sampleText).join(''),
    docs: docsSection().markup,
  };
  // Indentation of the template would stand between the elements.
  return read('src/cli/page/page.html')
    .replaceAll(/(?<=>|\}\})\n +|\n +(?=<)/g, '')
    .replaceAll(/\n +/g, ' ')
    .replaceAll(/\{\{([a-z-]+)\}\}/g, (_, name: string) => parts[name] ?? '');
}

function theme(name: 'light' | 'dark', colours: Readonly<Record<string, string>>): string {
  const declarations = Object.entries(colours).map(([key, colour]) => `${key}:${colour}`);
  return `:root[data-theme=${name}]{color-scheme:${name};${declarations.join(';')}}\n`;
}

function sampleButton({ title, story, name }: Sample, index: number): Markup {
  const text = [element('strong', {}, title), element('span', {}, story)];
  return element(
    'li',
    {},
    element('button', { type: 'button', 'data-sample': index, 'data-name': name }, ...text),
  );
}

/** Text in a script element ends at `</script`; JSON can escape `<`. */
function sampleText({ text }: Sample, index: number): string {
  const data = JSON.stringify(text).replaceAll('<', '\\u003c');
  return `<script type="text/plain" id="sample-${index}">${data}</script>`;
}

/** How a verdict comes about, and the text of each cause. */
function docsSection(): Markup {
  const verdicts = createRuleDocument(read('docs/explanation/verdicts.md'));
  const causes = RULES.map(({ id, title }, index) => {
    const { parts } = createRuleDocument(read(`src/engine/rules/${id}/page.md`));
    const summary = element('summary', {}, proseMarkup(title));
    return element('details', {}, summary, ...partsMarkup(parts, partOfPage(`cause-${index + 1}`)));
  });
  return element(
    'details',
    { id: 'docs' },
    element('summary', {}, `Documentation: verdicts, and the ${causes.length} causes it knows`),
    element('h2', {}, verdicts.headline),
    ...partsMarkup(verdicts.parts, partOfPage('verdicts')),
    element('h2', {}, 'Causes'),
    ...causes,
  );
}

async function bundle(entry: string): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL(entry, ROOT)),
    platform: 'browser',
    logLevel: 'warn',
  });
  const { output } = await build.generate({ format: 'iife', minify: true });
  const code = output[0].code.trim();
  // Either would end or break a script element in HTML; both appear only inside strings and regular expressions.
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3c!--');
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

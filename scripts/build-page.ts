import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { readRuleText } from '../src/bot/requests/read-rule-text.ts';
import { type Guide, renderPage } from '../src/cli/page/render-page.ts';
import { diagnose } from '../src/engine/diagnosis/diagnose.ts';
import { RULES } from '../src/engine/rules/all-rules.ts';
import { nextSteps } from '../src/report/documents/answer/next-steps.ts';
import { createRuleDocument } from '../src/report/documents/rule-text.ts';
import { readSamples } from './page-samples.ts';

const ROOT = new URL('../', import.meta.url);

/** The page of `ftm-check page` in one file: the sources of the pure layers, bundled for a browser. */
export async function buildPage(version: string): Promise<string> {
  const [clientScript, workerScript] = await Promise.all([
    bundle('src/cli/page/client.ts'),
    bundle('src/cli/page/worker.ts'),
  ]);
  return renderPage({
    version,
    samples: readSamples(),
    guide: readGuide(),
    docs: {
      verdicts: createRuleDocument(readFileSync(new URL('docs/explanation/verdicts.md', ROOT), 'utf8')),
      causes: await Promise.all(
        RULES.map(async ({ id, title }) => ({
          ...createRuleDocument(await readRuleText(id)),
          headline: title,
        })),
      ),
    },
    clientScript,
    workerScript,
    hash,
  });
}

/** What an answer asks for where there is no evidence yet. */
function readGuide(): Guide {
  const { commands, debug } = nextSteps(diagnose([]));
  return { commands: commands?.lines ?? [], debugOn: debug?.lines ?? [], debugOff: debug?.after ?? [] };
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

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

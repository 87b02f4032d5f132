import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { helm, type Manifest, manifests, runHelm } from '../helm/chart.ts';
import { CHECKOUT } from './command-blocks.ts';

/** Stands for the values of a reader. */
const VALUES = join(CHECKOUT, 'helm/ftm-check/ci/socket-values.yaml');
const PAGES = globSync(['README.md', 'docs/**/*.md'], { cwd: CHECKOUT }).toSorted();

/** Each command of a page that needs a cluster, in a block or between backticks: `kubectl -n support get pods`. */
const COMMANDS = PAGES.flatMap((file) => {
  const text = readFileSync(join(CHECKOUT, file), 'utf8').replaceAll('\\\n', ' ');
  return [...text.matchAll(/\b(?:helm|kubectl) [^`\n&|#]+/g)].map(([found]) => [file, found.trim()] as const);
});
const CHART_COMMANDS = COMMANDS.filter(([, command]) => / (?:install|upgrade|template|lint) /.test(command));
const OTHERS = COMMANDS.filter((each) => !CHART_COMMANDS.includes(each));

/** The object, container or port that a command names: `deploy/ftm-check-bot`, `secret generic ftm-slack`. */
const NAMED = /\b(deploy|deployment|statefulset|secret generic)[ /]([a-z0-9-]+)|\b(ftm-check-valkey)-0:/g;
const KINDS: Readonly<Record<string, string>> = {
  deploy: 'Deployment',
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
};

describe.skipIf(helm === undefined)('commands for a cluster', () => {
  it('are found in the pages', () => {
    expect(CHART_COMMANDS.length).toBeGreaterThanOrEqual(3);
    expect(OTHERS.length).toBeGreaterThanOrEqual(10);
    process.stderr.write(
      `\nNo cluster here: the chart is rendered with the arguments of ${CHART_COMMANDS.length} commands, and what ${OTHERS.length} others name is looked for in it. Not executed:\n${OTHERS.map(([file, command]) => `  ${file}: ${command}`).join('\n')}\n`,
    );
  });

  it.each(CHART_COMMANDS)('%s: %s renders the chart, and passes its lint', async (_, command) => {
    const words = command
      .split(/\s+/)
      .slice(1)
      .map((word) => (word === 'values.yaml' ? VALUES : word));
    const at = words.findIndex((word) => /^(?:install|upgrade|template|lint)$/.test(word));
    const args = [...words.slice(0, at), ...words.slice(at + 1)].map((word) =>
      word.startsWith('helm/') ? join(CHECKOUT, word) : word,
    );
    const rendered = await runHelm(['template', ...args]);
    expect([rendered.status, rendered.stderr]).toEqual([0, '']);
    const linted = await runHelm(['lint', '--strict', ...args.filter((word) => word !== 'ftm-check')]);
    expect(linted.status, linted.stdout).toBe(0);
  });

  it.each(OTHERS)('%s: %s names what the chart makes', async (_, command) => {
    const { made, secrets } = await chart();
    for (const [, kind = 'statefulset', name = '', pod] of command.matchAll(NAMED)) {
      if (kind === 'secret generic') expect(secrets, command).toContain(name);
      else expect(made, command).toContain(`${KINDS[kind]}/${pod ?? name}`);
    }
    const [, label, value] = /-l ([\w./-]+)=([\w-]+)/.exec(command) ?? [];
    if (label !== undefined) expect((await labels()).get(label), command).toBe(value);
    const [, release] = /^helm -n support (?:test|rollback|uninstall) (\S+)/.exec(command) ?? [];
    if (command.startsWith('helm -n support')) expect(release).toBe('ftm-check');
  });
});

let known: Promise<readonly Manifest[]> | undefined;
function all(): Promise<readonly Manifest[]> {
  known ??= manifests({}, ['socket-values.yaml'], 'ftm-check');
  return known;
}

async function chart(): Promise<{ readonly made: readonly string[]; readonly secrets: readonly string[] }> {
  const found = await all();
  const text = JSON.stringify(found);
  return {
    made: found.map(({ kind, metadata: { name } }) => `${kind}/${name}`),
    // Secrets are the reader's: the pods, and examples of values, name them.
    secrets: [...text.matchAll(/"(?:secretName|name)":"(ftm-[a-z]+)"/g)]
      .map(([, name]) => name ?? '')
      .concat(exampleSecrets()),
  };
}

function exampleSecrets(): readonly string[] {
  const examples = globSync('helm/ftm-check/ci/*.yaml', { cwd: CHECKOUT });
  const texts = examples.map((file) => readFileSync(join(CHECKOUT, file), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/\bftm-[a-z]+\b/g)].map(([name]) => name));
}

async function labels(): Promise<ReadonlyMap<string, string>> {
  return new Map((await all()).flatMap(({ metadata }) => Object.entries(metadata.labels ?? {})));
}

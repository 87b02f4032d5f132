import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface Import {
  readonly file: string;
  readonly line: number;
  readonly from: string;
  readonly target: string;
}

export function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') || name.endsWith('.mjs'))
    .map((name) => join(folder, name))
    .sort();
}

/** The files that declare each exported name; a re-export declares nothing. */
export function exportedNames(sources: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const declaration =
    /^export (?:declare |async |abstract )*(?:function\*?|const|let|class|interface|type) (\w+)/gm;
  for (const file of sources) {
    for (const [, name = ''] of readFileSync(join(root, file), 'utf8').matchAll(declaration)) {
      const files = names.get(name) ?? [];
      if (!files.includes(file)) names.set(name, [...files, file]);
    }
  }
  return names;
}

export function linesOf(file: string): readonly string[] {
  return readFileSync(join(root, file), 'utf8').trimEnd().split('\n');
}

export function isComment(line: string): boolean {
  return /^\s*(?:\/?\*|\/\/)/.test(line);
}

/** `src/engine/rules/push-disabled/rule.ts` → `rules`; `handlers/events/app-mention.ts` → `handlers`; `src/app/create-app.ts` → `app`. */
export function layerOf(file: string): string {
  const [top = '', layer = ''] = file.split('/');
  return (top === 'src' ? layer : top).replace(/\.ts$/, '');
}

export function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const from = layerOf(file);
  return [...text.matchAll(/(?:^|\s)(?:from|import)\s*\(?\s*'([^'\n]+)'/g)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length,
    from,
    target: resolveTarget(file, match[1] ?? ''),
  }));
}

/** What is loaded before the file runs: types are not, and neither is what it imports on demand. */
export function loadedWith(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?'([^'\n]+)';/gm);
  return Array.from(statements, ([, specifier = '']) => resolveTarget(file, specifier));
}

/** Relative specifiers become `./` and the path from the project's root; packages stay as they are. */
function resolveTarget(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return `./${relative(root, resolve(root, dirname(file), specifier))}`;
}

export function layerOfTarget(target: string): string | undefined {
  return target.startsWith('./') ? layerOf(target.slice(2)) : undefined;
}

export function describeImport({ file, line, target }: Import): string {
  return `${file}:${line} imports ${target}`;
}

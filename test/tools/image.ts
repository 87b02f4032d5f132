import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { lockedPackages } from '../../scripts/licences.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The last stage of the Dockerfile, as far as it says what is in the image and how it starts. */
export interface ImageRecipe {
  /** From the project (or its build) to the image, relative. */
  readonly copies: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly user: number;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

export async function readRecipe(): Promise<ImageRecipe> {
  const text = (await readFile(join(ROOT, 'Dockerfile'), 'utf8')).replaceAll('\\\n', ' ');
  const stage = text.slice(text.lastIndexOf('\nFROM ')).split('\n');
  const all = (name: string) =>
    stage.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const list = (name: string) => JSON.parse(all(name)[0] ?? '[]') as string[];
  return {
    copies: all('COPY')
      .flatMap((line) =>
        line
          .replace(/^--from=\w+ /, '')
          .split(/\s+/)
          .slice(0, -1),
      )
      .map((path) => path.replace(/^\/app\//, '')),
    env: Object.fromEntries(
      all('ENV')
        .flatMap((line) => line.trim().split(/\s+/))
        .map((each) => each.split('=') as [string, string]),
    ),
    labels: Object.fromEntries(
      all('LABEL').flatMap((line) =>
        [...line.matchAll(/(\S+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
      ),
    ),
    user: Number(all('USER')[0]?.split(':')[0]),
    entrypoint: list('ENTRYPOINT'),
    command: list('CMD').length > 0 ? list('CMD') : ['serve'],
  };
}

/** Puts in a folder what the recipe copies, with the packages of `npm ci --omit=dev --omit=optional` and no others. */
export async function layOut({ copies }: ImageRecipe, folder: string): Promise<void> {
  for (const path of copies) {
    // Made by a command of an earlier stage, and nothing that the program reads.
    if (path === 'sbom.json') continue;
    if (path === 'node_modules') await layOutPackages(folder);
    else await cp(join(ROOT, path), join(folder, path), { recursive: true });
  }
}

async function layOutPackages(folder: string): Promise<void> {
  for (const [path, { dev, optional, devOptional }] of lockedPackages()) {
    if (dev || optional || devOptional) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const nested = join(ROOT, path, 'node_modules');
    await cp(join(ROOT, path), join(folder, path), {
      recursive: true,
      filter: (from) => !from.startsWith(nested),
    });
  }
}

/** A section of docs/explanation/security.md. */
export interface Attack {
  readonly name: string;
  /** Its first sentence. */
  readonly defence: string;
  readonly claims: readonly Claim[];
}

/** Tests that show the defence: those of a file with these titles, or all of them. */
export interface Claim {
  readonly path: string;
  readonly titles: readonly string[];
}

/** Of the JSON reporter of Vitest. `name` is relative to the repository. */
export interface TestFile {
  readonly name: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

/** `broke`: a test failed or did not exist. `not run`: all of its tests are long or were skipped. */
export interface JudgedAttack {
  readonly attack: Attack;
  readonly outcome: 'held' | 'broke' | 'not run';
  /** That passed. */
  readonly tests: number;
  readonly problems: readonly string[];
}

/** `test/x.test.ts` "title", "another title" */
export function readClaims(text: string): readonly Claim[] {
  const named = text.matchAll(/`(test\/[\w./-]+\.ts)`((?:,?\s+"[^"]+")*)/g);
  return [...named].map(([, path = '', titles = '']) => ({
    path,
    titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title.replaceAll(/\s+/g, ' ')),
  }));
}

/** The sections that name a test. */
export function readAttacks(page: string): readonly Attack[] {
  return page
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [name = '', ...lines] = section.split('\n');
      const text = lines.join('\n').replace(/^## [\s\S]*/m, '');
      const [paragraph = ''] = text.trim().split(/\n\n|\n- /);
      const [defence = ''] = paragraph.replaceAll(/\s+/g, ' ').split(/(?<=\.) /);
      return { name, defence, claims: readClaims(text) };
    })
    .filter(({ claims }) => claims.length > 0);
}

export function judgeAttacks(
  attacks: readonly Attack[],
  files: readonly TestFile[],
): readonly JudgedAttack[] {
  const byName = new Map(files.map((file) => [file.name, file.assertionResults]));
  return attacks.map((attack) => {
    const problems: string[] = [];
    let tests = 0;
    for (const { path, titles } of attack.claims) {
      const ran = byName.get(path);
      if (ran === undefined) continue;
      for (const title of titles.length > 0 ? titles : ['']) {
        const named = ran.filter(({ fullName }) => isTitled(fullName, title));
        if (named.length === 0) problems.push(`${path} has no test "${title}"`);
        for (const { fullName, status } of named) {
          if (status === 'failed') problems.push(`${path}: ${fullName}`);
          if (status === 'passed') tests += 1;
        }
      }
    }
    const outcome = problems.length > 0 ? 'broke' : tests > 0 ? 'held' : 'not run';
    return { attack, outcome, tests, problems };
  });
}

/** `hides: $name` and `a request signed with %s` stand for every case. */
function isTitled(fullName: string, title: string): boolean {
  let at = 0;
  return title.split(/%[sdj]|\$\w+/).every((part) => {
    const found = fullName.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
}

/** `npm run bench -- fleet [devices]`, `npm run bench -- folder [backups]`, `npm run bench -- logs [megabytes]`, `npm run bench -- memory`, `npm run bench -- page`, `npm run bench -- paste`, `npm run bench -- slack`, `npm run bench -- ssh`, `npm run bench -- vdoms`: figures to compare, not tests. */
const BENCHES: Readonly<
  Record<string, () => Promise<{ readonly bench: (args: readonly string[]) => Promise<void> }>>
> = {
  fleet: () => import('./fleet.ts'),
  folder: () => import('./folder.ts'),
  logs: () => import('./logs.ts'),
  memory: () => import('./memory.ts'),
  // Needs the types of a browser, which other benches do not have: tsconfig.browser.json checks it.
  page: () => import(new URL('../browser/bench-page.ts', import.meta.url).href),
  paste: () => import('./paste.ts'),
  slack: () => import('./slack.ts'),
  ssh: () => import('./ssh.ts'),
  vdoms: () => import('./vdoms.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = BENCHES[name];
if (load) await (await load()).bench(args);
else {
  console.error(`Usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [arguments]`);
  process.exitCode = 2;
}

import { fileURLToPath } from 'node:url';

/** Options of a thread that runs the sources of a checkout: it does not take over the launcher's hooks. */
export function sourceHooks(module: URL): { execArgv?: string[] } {
  if (!module.pathname.endsWith('.ts')) return {};
  return { execArgv: ['--require', fileURLToPath(new URL('./resolve-sources.cjs', import.meta.url))] };
}

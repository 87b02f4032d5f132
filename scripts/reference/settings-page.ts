import { type DescribedSetting, SETTINGS } from '../../src/platform/config/settings.ts';
import { code, table, WRITTEN } from './markdown.ts';

/** docs/reference/settings.md: every environment variable of `serve`, with the pages that explain it further. */
export function settingsPage(): string {
  const settings: readonly (readonly [string, DescribedSetting])[] = Object.entries(SETTINGS);
  return `${[
    WRITTEN,
    '# Settings',
    'Environment variables of `ftm-check serve`, or lines of a file `.env` in the current folder. An invalid one is reported at start,' +
      ' with the reason and an example. `ftm-check doctor` checks the whole set-up. An empty variable counts as not set.',
    table(
      ['variable', 'meaning', 'if not set'],
      settings.map(([name, { meaning, unset }]) => [code(name), meaning, unset]),
    ),
    '`HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`: see [proxy](../how-to/proxy.md). `NO_COLOR` and `FORCE_COLOR` set the colours in a' +
      ' terminal. `REDIS_URL` in detail: [operations](../how-to/operations.md#redis). Devices, people and paging are in the' +
      ' [inventory](inventory.md), and secrets of devices are named there.',
    '## Examples',
    table(
      ['variable', 'example'],
      settings.map(([name, { example }]) => [code(name), example]),
    ),
  ].join('\n\n')}\n`;
}

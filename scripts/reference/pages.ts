import { describedProgram } from '../described-program.ts';
import { GUIDE, INDEX, renderGuide, renderIndex } from '../rule-docs.ts';
import { commandsPage } from './commands-page.ts';
import { jsonPage } from './json-page.ts';
import { metricsPage } from './metrics-page.ts';
import { onYourFortigatePage } from './on-your-fortigate-page.ts';
import { ruleHelpersPage } from './rule-helpers-page.ts';
import { settingsPage } from './settings-page.ts';
import { symptomsPage } from './symptoms-page.ts';

export interface WrittenPage {
  readonly path: URL;
  readonly render: () => string;
}

const reference = (name: string) => new URL(`../../docs/reference/${name}`, import.meta.url);

/** Every page below docs/ that is written from the source; `npm run docs` writes them. */
export const WRITTEN_PAGES: readonly WrittenPage[] = [
  { path: reference('commands.md'), render: () => commandsPage(describedProgram()) },
  { path: reference('settings.md'), render: settingsPage },
  { path: reference('json.md'), render: jsonPage },
  { path: reference('metrics.md'), render: metricsPage },
  { path: reference('on-your-fortigate.md'), render: onYourFortigatePage },
  { path: reference('rule-helpers.md'), render: ruleHelpersPage },
  { path: reference('symptoms.md'), render: symptomsPage },
  { path: INDEX, render: renderIndex },
  { path: GUIDE, render: renderGuide },
];

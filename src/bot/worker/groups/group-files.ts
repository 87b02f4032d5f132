import { readVersion } from '../../../platform/observe/version.ts';
import { ALL_DEVICES, type MemberRow } from '../../../platform/runs/group.ts';
import type { GroupStore } from '../../../platform/store/group-store.ts';
import { renderCasesCsv, renderCasesJson } from '../../../report/documents/cases/render-cases.ts';
import { type GroupView, worstRows } from '../../../report/documents/groups/group-view.ts';
import {
  type DevicePage,
  devicePage,
  failedDevicePage,
  renderCasesHtml,
} from '../../../report/formats/html/render-cases-html.ts';

/** Characters of the pages of devices in one report. The table has all devices. */
const MAX_PAGES = 8_000_000;

interface GroupFile {
  readonly filename: string;
  readonly content: string;
}

/** The table for a spreadsheet and a program, and a report with the page of each device, the worst first. */
export async function groupFiles(
  view: GroupView,
  { groups }: { readonly groups: Pick<GroupStore, 'outcome'> },
): Promise<readonly GroupFile[]> {
  const rows = worstRows(view);
  if (rows.length === 0) return [];
  const name = `ftm-check-${view.group === ALL_DEVICES ? 'all' : view.group}`;
  const pages = await pagesOf(view.runId, rows, groups);
  return [
    { filename: `${name}.csv`, content: renderCasesCsv(rows) },
    { filename: `${name}.json`, content: renderCasesJson(rows) },
    {
      filename: `${name}.html`,
      content: renderCasesHtml(rows, { what: 'device', pages, version: readVersion() }),
    },
  ];
}

/** One after the other: the diagnoses of all devices at once may need more memory than the process has. */
async function pagesOf(
  runId: string,
  rows: readonly MemberRow[],
  groups: Pick<GroupStore, 'outcome'>,
): Promise<ReadonlyMap<string, DevicePage>> {
  const pages = new Map<string, DevicePage>();
  let length = 0;
  for (const { name: alias, number } of rows) {
    const outcome = await groups.outcome(runId, number);
    if (outcome === undefined) continue;
    const page =
      outcome.kind === 'diagnosed'
        ? devicePage(outcome.diagnosis, { alias, number, tookMs: outcome.tookMs, evidence: [] })
        : failedDevicePage(alias, number, [outcome.message, outcome.advice ?? ''].filter(Boolean));
    length += page.markup.markup.length;
    if (length > MAX_PAGES) break;
    pages.set(alias, page);
  }
  return pages;
}

import { readVersion } from '../../../platform/observe/version.ts';
import { ALL_DEVICES, type MemberRow } from '../../../platform/runs/group.ts';
import type { Run } from '../../../platform/runs/run.ts';
import { sortRows } from '../../../report/documents/cases/case-row.ts';
import { createCasesDocument } from '../../../report/documents/cases/case-table.ts';
import { renderCasesCsv, renderCasesJson } from '../../../report/documents/cases/render-cases.ts';
import type { GroupView } from '../../../report/documents/groups/group-view.ts';
import {
  type DevicePart,
  devicePart,
  failedDevicePart,
  renderHtmlDocument,
} from '../../../report/formats/html/render-html.ts';
import type { GroupAnswer } from '../../delivery/types.ts';
import type { WorkerOptions } from '../worker-options.ts';

export async function groupView(
  { id: runId, group, asker, user, vdom, acceptedAt }: Run,
  state: GroupView['state'],
  { groups, now }: Pick<WorkerOptions, 'groups' | 'now'>,
): Promise<GroupView> {
  const rows = await groups.rows(runId);
  const cancelled =
    state === 'done' && rows.length < (group?.size ?? 0) ? await groups.cancelled(runId) : undefined;
  return {
    runId,
    group: group?.name ?? '',
    size: group?.size ?? rows.length,
    rows,
    askerName: asker.name,
    user,
    vdom,
    state,
    cancelled,
    tookMs: state === 'done' ? Math.max(0, now() - acceptedAt) : undefined,
  };
}

/** Characters of the parts about devices in one report. The table has all devices. */
const MAX_LENGTH = 8_000_000;

/** The table for a spreadsheet and a program, and a report with a part about each device, the worst first. */
export async function groupFiles(
  view: GroupView,
  { groups }: { readonly groups: Outcomes },
): Promise<GroupAnswer['files']> {
  const rows = sortRows(view.rows);
  if (rows.length === 0) return [];
  const name = `ftm-check-${view.group === ALL_DEVICES ? 'all' : view.group.replaceAll(/[^\w.-]+/g, '-')}`;
  const sections = await deviceParts(view.runId, rows, groups);
  return [
    { filename: `${name}.csv`, content: renderCasesCsv(rows) },
    { filename: `${name}.json`, content: renderCasesJson(rows) },
    {
      filename: `${name}.html`,
      content: renderHtmlDocument(createCasesDocument(rows, { what: 'device', sections }), {
        version: readVersion(),
        below: [...sections.values()].map(({ markup }) => markup),
      }),
    },
  ];
}

type Outcomes = Pick<WorkerOptions['groups'], 'outcome'>;

/** One after the other: the diagnoses of all devices at once may need more memory than the process has. */
async function deviceParts(
  runId: string,
  rows: readonly MemberRow[],
  groups: Outcomes,
): Promise<ReadonlyMap<string, DevicePart>> {
  const parts = new Map<string, DevicePart>();
  let length = 0;
  for (const { name: alias, number } of rows) {
    const outcome = await groups.outcome(runId, number);
    if (outcome === undefined) continue;
    const part =
      outcome.kind === 'diagnosed'
        ? devicePart(outcome.diagnosis, { alias, number, tookMs: outcome.tookMs, evidence: [] })
        : failedDevicePart(alias, number, [outcome.message, outcome.advice ?? ''].filter(Boolean));
    length += part.markup.markup.length;
    if (length > MAX_LENGTH) break;
    parts.set(alias, part);
  }
  return parts;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceItem } from '../src/engine/evidence/types.ts';
import { TWO_USERS_LOG } from '../src/stand-ins/fortigate/two-users-log.ts';

export interface ScreenshotCase {
  readonly name: string;
  readonly items: readonly EvidenceItem[];
  /** The question of a device check; empty for a paste. */
  readonly question: { readonly alias?: string; readonly user?: string; readonly vdom?: string };
  /** Also takes pictures of the report. */
  readonly reports: boolean;
}

const SOURCE = join(import.meta.dirname, '../src');

/** One case for each form of an answer. */
export async function screenshotCases(): Promise<readonly ScreenshotCase[]> {
  return [
    { name: 'late-approval', items: [{ name: 'paste 1', text: TWO_USERS_LOG }], question: {}, reports: true },
    {
      name: 'wan-access',
      items: await readItems(
        'engine/rules/wan-ftm-access-missing/fixtures/broken.conf',
        'fgt-branch-07.conf',
      ),
      question: {},
      reports: true,
    },
    ...(await phoneCases()),
  ];
}

async function phoneCases(): Promise<readonly ScreenshotCase[]> {
  const campus = await readItems('stand-ins/fortigate/samples/campus.conf', 'campus.conf');
  const branch = await readItems('stand-ins/fortigate/samples/branch-07.conf', 'branch-07.conf');
  const text = 'hello, can anybody help me with the printer?';
  const cases = [
    { name: 'several-findings', items: branch, question: { alias: 'fgt-branch-07', user: 'marlow' } },
    { name: 'unknown-user', items: campus, question: { alias: 'fgt-campus', user: 'inse' } },
    {
      name: 'got-in',
      items: await readItems('engine/rules/shared/fixtures/login-by-push.log', 'paste 1'),
      question: {},
    },
    {
      name: 'not-on-the-fortigate',
      items: await readItems('engine/rules/callback-blocked-upstream/fixtures/broken.txt', 'paste 1'),
      question: {},
    },
    {
      name: 'log-stops-early',
      items: await readItems('engine/rules/shared/fixtures/cut-after-push.log', 'paste 1'),
      question: {},
    },
    { name: 'not-a-fortigate', items: [{ name: 'paste 1', text }], question: {} },
  ];
  return cases.map((each) => ({ ...each, reports: false }));
}

export async function readItems(path: string, name: string): Promise<readonly EvidenceItem[]> {
  return [{ name, text: await readFile(join(SOURCE, path), 'utf8') }];
}

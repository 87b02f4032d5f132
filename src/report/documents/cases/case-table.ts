import { upperFirst } from '../../../engine/rules/shared/logins.ts';
import { type Document, listPart, type Table, type TableRow } from '../document.ts';
import { type Place, placeCells, placeText, shownPlaces } from '../places.ts';
import { formatNumber, plural } from '../printable.ts';
import { WORDING } from '../wording.ts';
import type { CaseSince } from './baseline.ts';
import { type CaseRow, resultWord } from './case-row.ts';
import { countLine } from './count-rows.ts';

export interface CasesOptions {
  /** What one case is: `file` or `device`. */
  readonly what: string;
  /** Of a baseline: the table has what is new, and the rest by name. */
  readonly since?: readonly CaseSince[] | undefined;
  /** The section about a case, by its name. */
  readonly sections?: ReadonlyMap<string, { readonly id: string }>;
}

/** Many cases: their counts, and one row each. */
export function createCasesDocument(rows: readonly CaseRow[], options: CasesOptions): Document {
  const { since } = options;
  const isNews = ({ state, findings }: CaseRow) =>
    since === undefined || state === 'failed' || findings.some(({ isNew }) => isNew);
  const shown = rows.filter((row) => row.state !== 'unrelated' && isNews(row));
  return {
    headline: summaryLine(rows, options),
    parts: [
      ...(shown.length === 0 ? [] : [caseTable(shown, options)]),
      ...listPart((since ?? []).map(sinceText), 'Since the baseline'),
    ],
  };
}

const COUNTED = {
  gone: 'gone',
  renamed: 'renamed',
  unread: 'not read',
  unseen: 'with findings not seen again',
} as const;

const SINCE = {
  gone: 'is not there',
  renamed: 'is now',
  unread: 'was not read',
  repaired: 'is repaired:',
  unseen: 'does not show again, and does not exclude:',
} as const satisfies Record<CaseSince['what'], string>;

/** `site-a/fgt.conf is repaired: push-disabled` */
function sinceText({ name, what, to, rules = [], ...of }: CaseSince): string {
  const causes = rules.join(', ');
  const place = placeText(of);
  const subject = `${inCode(name)}${place === '' ? '' : ` (${place})`} ${SINCE[what]}`;
  if (what === 'renamed') return `${subject} ${inCode(to ?? '')}`;
  if (what === 'repaired' || what === 'unseen') return `${subject} ${causes}`;
  return `${subject}${causes === '' ? '' : `; it had ${causes}`}`;
}

function inCode(name: string): string {
  return `\`${name.replaceAll('`', "'")}\``;
}

function summaryLine(rows: readonly CaseRow[], { what, since }: CasesOptions): string {
  const counts = countLine(rows, what);
  if (since === undefined) return counts;
  const fresh = rows.flatMap(({ findings }) => findings).filter(({ isNew }) => isNew).length;
  const repaired = since.filter(({ what }) => what === 'repaired').flatMap(({ rules = [] }) => rules).length;
  const others = (['gone', 'renamed', 'unread', 'unseen'] as const).flatMap((what) => {
    const count = since.filter((each) => each.what === what).length;
    return count === 0 ? [] : [`${formatNumber(count)} ${COUNTED[what]}`];
  });
  return `${counts}. Since the baseline: ${[plural(fresh, 'new finding'), `${repaired} repaired`, ...others].join(', ')}`;
}

export function caseTable(rows: readonly CaseRow[], { what, sections }: CasesOptions): Table {
  const places = shownPlaces(rows);
  return {
    kind: 'table',
    caption: `${plural(rows.length, what)}, the worst first`,
    titles: [what, ...places, 'result', 'cause'].map(upperFirst),
    rows: rows.map((row) => tableRow(row, places, sections?.get(row.name)?.id)),
    what,
  };
}

const STATES = {
  broken: 'bad',
  healthy: 'good',
  inconclusive: 'unsure',
  failed: 'unsure',
  skipped: 'unused',
  unrelated: 'unused',
} as const satisfies Record<CaseRow['state'], TableRow['state']>;

function tableRow(row: CaseRow, places: readonly Place[], section: string | undefined): TableRow {
  const { name, state, headline, findings, notInUse } = row;
  const isNew = findings.some((finding) => finding.isNew) ? 'new: ' : '';
  return {
    state: notInUse ? 'unused' : STATES[state],
    mark: stateMark(row),
    cells: [name, ...placeCells(row, places), resultWord(row), `${isNew}${headline}`],
    ...(findings.length > 1 ? { more: ` (+${findings.length - 1})` } : {}),
    section,
  };
}

function stateMark({ state, notInUse }: CaseRow): string {
  if (state === 'failed' || state === 'unrelated') return '!';
  return state === 'skipped' || notInUse ? '–' : WORDING.verdictMarks[state];
}

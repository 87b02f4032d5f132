import { expect, it } from 'vitest';
import { parsePromptLine } from '../../../src/engine/fortios/prompt.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { diagnoseFixture } from '../../report/rule-fixtures.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';
import { FIXTURE_PATHS } from '../../support/rule-fixtures.ts';

/** A command with its whole answer, at a prompt, before another prompt. */
function answeredIn(text: string): ReadonlySet<string> {
  const lines = text.split('\n');
  const answered = new Set<string>();
  let typed: { readonly command: string; readonly at: number } | undefined;
  for (const [at, line] of lines.entries()) {
    const prompt = parsePromptLine(line);
    if (!prompt) continue;
    if (typed !== undefined && isWhole(lines.slice(typed.at + 1, at))) answered.add(typed.command);
    typed = prompt.context === undefined ? { command: prompt.command, at } : undefined;
  }
  return answered;
}

/** Tables that stand in a text without VDOMs and without a prompt: global ones with more than one entry. */
function shownIn(text: string): readonly string[] {
  if (/^config (?:vdom|global)$|vdom=1|\S # /m.test(text)) return [];
  const tables = [
    ...text.matchAll(
      /^config (system (?:interface|admin)|user (?:local|group|ldap|radius|saml)|firewall policy|vpn ipsec phase1-interface)\n([\s\S]*?)^end$/gm,
    ),
  ];
  return tables.flatMap(([, path = '', body = '']) => {
    const entries = body.match(/^ {4}edit /gm) ?? [];
    const isWholeTable =
      entries.length > (path.startsWith('system ') ? 1 : 0) && !/--More--|^\s*\.{3}/m.test(body);
    return isWholeTable ? [`show ${path}`, `show full-configuration ${path}`] : [];
  });
}

/** Not cut within a block; a command that was refused is refused again. */
function isWhole(answer: readonly string[]): boolean {
  const opens = answer.filter((line) => /^\s*config /.test(line)).length;
  const closes = answer.filter((line) => /^\s*end\s*$/.test(line)).length;
  return (
    answer.some((line) => line.trim() !== '') &&
    opens === closes &&
    !answer.some((line) => /Command fail|--More--|command parse error/.test(line))
  );
}

const asked = FIXTURE_PATHS.map((name) => {
  const { diagnosis, evidence } = diagnoseFixture(name);
  const commands = diagnosis.missing.flatMap((each) => each.commands);
  const text = evidence.map((each) => each.text).join('\n');
  const answered = new Set([...answeredIn(text), ...shownIn(text)]);
  return { name, again: commands.filter((command) => answered.has(command)), answered: answered.size };
});

it.each([
  [
    'a log with fnbamd and sslvpn',
    [
      '[2210:root:5c]sslvpn_authenticate_user:191 authenticate user: [wren]',
      '[1995] handle_req-Rcvd auth req 71 for wren in vpn-staff opt=00200421 prot=11',
      "[418] __compose_group_list_from_req-Group 'vpn-staff', type 1",
      '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 71, len=2144',
      '[2210:root:5c]fam_auth_proc_resp:1352 fnbam_auth_update_result return: 1 (authentication failed)',
      '[2210:root:5c]login_failed:393 user[wren],auth_type=1 failed [sslvpn_login_permission_denied]',
    ],
    /show user local "wren"\n\s*show user group "vpn-staff"/,
    /diagnose debug application/,
  ],
  [
    'a group',
    ['config user group', '    edit "vpn-staff"', '        set member "wren"', '    next', 'end'],
    /diagnose debug enable/,
    /show user group/,
  ],
])('%s is not asked for again', (_what, lines, next, never) => {
  const text = renderText(diagnoseText(`${lines.join('\n')}\n`), { width: 200 });
  expect(text).toMatch(next);
  expect(text).not.toMatch(never);
});

it('no answer asks for what was pasted whole', () => {
  expect(asked.filter(({ again }) => again.length > 0)).toEqual([]);
  expect(asked.filter(({ answered }) => answered > 0).length).toBeGreaterThan(20);
});

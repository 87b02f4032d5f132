import type { Fix, RuleContext } from '../rule.ts';
import { nameList } from './logins.ts';

type VdomOwner = 'the users' | 'the tunnel' | 'the callback interface' | 'the virtual IP' | 'the policy';

/** A fix of global settings: entered through `config global` on a device with VDOMs. */
export function globalFix(context: RuleContext, body: Fix): Fix {
  if (context.vdomMode === 'single') return body;
  if (context.vdomMode === 'multi') return wrapFix(body, ['config global'], ['end']);
  return runAs(body, 'With VDOMs, put `config global` before the block and `end` after it.');
}

/**
 * A fix inside one VDOM. `vdom` must come from the evidence: `edit` with an unknown name would create a VDOM. If it
 * is unknown, `of` describes the VDOM.
 */
export function vdomFix(
  context: RuleContext,
  vdom: string | undefined,
  body: Fix,
  of: VdomOwner = 'the users',
): Fix {
  if (context.vdomMode === 'single') return body;
  const wanted = vdom ?? context.vdom;
  const name = context.vdoms && !context.vdoms.has(wanted ?? '') ? undefined : wanted;
  // Not `edit <vdom>`: if that is refused, the next `edit` line of the fix would create a VDOM with its name.
  if (name === undefined) {
    return runAs(body, `With VDOMs, enter the VDOM of ${of} first.`);
  }
  if (context.vdomMode === undefined && name === 'root') {
    return runAs(body, 'With VDOMs, put `config vdom` and `edit root` before the block, and `end` after it.');
  }
  return wrapFix(body, ['config vdom', `edit ${/^[\w-]+$/.test(name) ? name : quoteValue(name)}`], ['end']);
}

/**
 * A fix in several VDOMs: each object is changed in its own VDOM, because `edit` in another one would create it
 * there.
 */
export function perVdomFix<T extends { readonly vdom?: string | undefined }>(
  context: RuleContext,
  things: readonly T[],
  bodyOf: (things: readonly T[]) => Fix,
  of: VdomOwner = 'the users',
): Fix {
  return inOrder(
    [...Map.groupBy(things, (each) => each.vdom)].map(([vdom, own]) =>
      vdomFix(context, vdom, bodyOf(own), of),
    ),
  );
}

/** Combines several fixes to paste in sequence; common texts appear once. */
export function inOrder(parts: readonly Fix[]): Fix {
  const text = (pick: (part: Fix) => string | undefined) => {
    const texts = [...new Set(parts.flatMap((part) => pick(part) ?? []))];
    return texts.length === 0 ? undefined : texts.join(' ');
  };
  return {
    apply: parts.flatMap((part) => part.apply),
    undo: parts.flatMap((part) => part.undo),
    verify: parts.flatMap((part) => part.verify),
    before: text(({ before }) => before),
    replace: text(({ replace }) => replace),
    note: text(({ note }) => note),
    running: text(({ running }) => running),
    forward: parts.find(({ forward }) => forward)?.forward,
    ...(parts.some(({ asksForLogin }) => asksForLogin) && { asksForLogin: true as const }),
  };
}

/** A line for a person, which a check never sends: it is a login. `server` and `user`: as the log names them. Ends with a blank. */
export function testAtServer(kind: 'ldap' | 'radius', server: string, user: string): string {
  const scheme = kind === 'radius' ? ' <scheme>' : '';
  return `\`diagnose test authserver ${kind} ${plainOr(server, '<server>')}${scheme} ${plainOr(user, '<user>')} <password>\` prints the groups that the server reports; it counts as a login, and wrong passwords may lock the account. `;
}

/** The debug of one login as lines to copy, and those that switch it off. `meanwhile`: what is done with debug on. */
export function debugLines(daemons: readonly string[], meanwhile: string): string {
  const on = daemons.map((daemon) => `\`diagnose debug application ${daemon} -1\``).join(', ');
  return `Switch debug on: ${on}, \`diagnose debug enable\`. ${meanwhile} Then switch it off: \`diagnose debug disable\`, \`diagnose debug reset\`.`;
}

/** One name that needs no quotes on the command line. */
export function plainOr(name: string, placeholder: string): string {
  return /^\w[\w.@-]{0,63}$/.test(name) ? name : placeholder;
}

/** Lines of a global object, for a FortiGate that a person describes; `path` may end with the key of an entry in quotes. */
export function describedFix(
  path: string,
  apply: readonly string[],
  undo: readonly string[],
  texts: Pick<Fix, 'before' | 'note'> | string,
): Fix {
  const [, table = path, key] = /^(.+) "(.+)"$/.exec(path) ?? [];
  const block = (lines: readonly string[]) =>
    key === undefined ? configBlock(table, lines) : configEntry(table, key, lines);
  const verify =
    table === 'system global'
      ? `show full-configuration ${table} | grep ${apply[0]?.split(' ')[1]}`
      : `show ${path}`;
  return globalFix(
    {},
    {
      apply: block(apply),
      undo: block(undo),
      verify: [verify],
      ...(typeof texts === 'string' ? { note: texts } : texts),
    },
  );
}

/** `config <path>` … `end` around set lines. */
export function configBlock(path: string, lines: readonly string[]): readonly string[] {
  return [`config ${path}`, ...lines.map((line) => `    ${line}`), 'end'];
}

/** `config <path>` / `edit <key>` … `next` / `end` around the lines of one entry. */
export function configEntry(path: string, key: string, lines: readonly string[]): readonly string[] {
  return configBlock(path, [`edit ${quoteValue(key)}`, ...lines.map((line) => `    ${line}`), 'next']);
}

/** Enables policies that are there. Their VDOM must come from the evidence. */
export function enablePolicies(
  context: RuleContext,
  policies: readonly { readonly id: string; readonly vdom?: string | undefined }[],
): Fix {
  const setStatus =
    (status: string) =>
    ({ id }: { readonly id: string }) =>
      configEntry('firewall policy', id, [`set status ${status}`]);
  return perVdomFix(context, policies, (own) => ({
    apply: own.flatMap(setStatus('enable')),
    undo: own.flatMap(setStatus('disable')),
    verify: own.map(({ id }) => `show full-configuration firewall policy ${quoteValue(id)} | grep status`),
    before: `First find out why ${policies.length === 1 ? 'it was' : 'they were'} disabled.`,
    note: 'An enabled policy opens its destination to its groups, or to everybody in the tunnel.',
  }));
}

/** `Policy 7 from ra-staff is disabled`, `Policies 7 and 9 from ra-staff are disabled` */
export function disabledText(policies: readonly { readonly id: string }[], from: string): string {
  const ids = nameList(policies.map(({ id }) => id));
  return policies.length === 1
    ? `Policy ${ids} from ${from} is disabled`
    : `Policies ${ids} from ${from} are disabled`;
}

/** Adds local users to a user group. */
export function appendMembers(
  group: string,
  users: readonly string[],
  texts: Pick<Fix, 'before' | 'note'>,
): Fix {
  const members = [...new Set(users.map(quoteValue))].join(' ');
  return {
    apply: configEntry('user group', group, [`append member ${members}`]),
    undo: configEntry('user group', group, [`unselect member ${members}`]),
    verify: [`show user group ${quoteValue(group)}`],
    ...texts,
  };
}

/** Sets which group of a server an entry of `config match` asks for. */
export function setMatchedGroup(userGroup: string, key: string, group: string): readonly string[] {
  return configEntry('user group', userGroup, [
    'config match',
    `    edit ${key}`,
    `        set group-name ${quoteValue(group)}`,
    '    next',
    'end',
  ]);
}

/** A value in FortiOS's input form: in double quotes, with quotes and backslashes escaped. */
export function quoteValue(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function wrapFix(body: Fix, enter: readonly string[], leave: readonly string[]): Fix {
  const wrap = (lines: readonly string[]) => (lines.length === 0 ? [] : [...enter, ...lines, ...leave]);
  return { ...body, apply: wrap(body.apply), undo: wrap(body.undo), verify: wrap(body.verify) };
}

function runAs(body: Fix, how: string): Fix {
  return { ...body, running: body.running === undefined ? how : `${body.running} ${how}` };
}

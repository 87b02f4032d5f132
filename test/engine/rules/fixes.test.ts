import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toFindingFix } from '../../../src/engine/diagnosis/fix-texts.ts';
import { valueIfKnown } from '../../../src/engine/facts/fact.ts';
import { parseVersion } from '../../../src/engine/fortios/version.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import type { Fix, Rule, RuleContext } from '../../../src/engine/rules/rule.ts';
import { COSTS } from '../../support/costs.ts';
import { fixtureFacts } from '../../support/rule-fixtures.ts';

/** When the fixtures are read that hold no clock of a device. */
const READ_AT = { ms: Date.UTC(2026, 0, 7, 14, 30), clock: 'request' } as const;

/** What each fix is written for: the device as the fixture shows it, and devices it does not show. */
const VARIANTS: readonly (RuleContext & { readonly name: string })[] = [
  { name: 'as shown' },
  { name: 'no VDOMs', vdomMode: 'single' },
  { name: 'VDOMs', vdomMode: 'multi', vdom: 'root' },
  { name: 'VDOMs, which is not known', vdomMode: 'multi' },
  ...['6.2.12', '6.4.9', '6.4.10', '7.2.8', '7.4.4', '7.6.4'].map((text) => {
    const version = parseVersion(text);
    return { name: text, ...(version ? { version } : {}) };
  }),
];

/** Settings that fit on a screen of 24 lines, whatever they are set to. */
const SHORT = /^show (?:full-configuration )?system (?:ftm-push|dns|ntp|ddns|fortiguard)$/;

/** A pager that asks for a key would take it from the line that is pasted behind. `grep` is never paged. */
function fitsOnScreen(line: string): boolean {
  return (
    !/^(?:show|get) /.test(line) ||
    / \| grep /.test(line) ||
    SHORT.test(line) ||
    /^show [a-z -]+ "/.test(line)
  );
}

const RULES_FOLDER = new URL('../../../src/engine/rules/', import.meta.url);
const cases = RULES.flatMap((rule) =>
  readdirSync(new URL(`${rule.id}/fixtures/`, RULES_FOLDER))
    .filter((file) => file.startsWith('broken'))
    .map((file) => ({ id: rule.id, rule, file })),
);

describe('fixes of broken fixtures', () => {
  it.each(cases)('$id: $file', ({ rule, file }) => {
    const found = fixesOf(rule, file);
    expect(found.length, 'the rule finds nothing in this fixture, so there is no fix').toBeGreaterThan(0);
    for (const { variant, fix } of found) {
      const { note } = toFindingFix(fix);
      const seen = (what: string) => `${what} (${variant})\n${JSON.stringify(fix, null, 1)}`;
      for (const block of ['apply', 'undo', 'verify'] as const) {
        expect(unbalanced(fix[block]), seen('every `config` and `edit` is left again')).toBeUndefined();
      }
      expect(
        [...fix.apply, ...fix.undo].filter((line) => /\bset allowaccess\b/.test(line)),
        seen('`set allowaccess` removes what is there: use `append`'),
      ).toEqual([]);
      expect(
        fix.verify.filter((line) => !isReadOnly(line)),
        seen('`verify` only reads'),
      ).toEqual([]);
      expect(
        fix.verify.filter((line) => !fitsOnScreen(line.trim())),
        seen('`verify` fits on a screen: name one entry, or use `| grep`'),
      ).toEqual([]);
      if (fix.apply.length > 0) {
        if (fix.undo.length === 0)
          expect(note, seen('without `undo` the note says why')).toContain('nothing to undo');
        expect(fix.verify.length, seen('`verify` is empty')).toBeGreaterThan(0);
      } else {
        expect(note, seen('nothing to type: the note says what to do')).toBeTruthy();
      }
      for (const [line, cost] of COSTS) {
        if (!fix.apply.some((each) => line.test(each))) continue;
        expect(note, seen(`the note states the cost of ${line}`)).toMatch(cost);
      }
      for (const [placeholder] of fix.apply.join('\n').matchAll(/<[^>]+>/g)) {
        expect(fix.replace, seen('`replace` names every placeholder')).toContain(`\`${placeholder}\``);
      }
      for (const line of [...fix.apply, ...fix.undo, ...fix.verify]) {
        expect(line, seen('a line that FortiOS does not take')).not.toMatch(
          /[\r\n“”’]|undefined|null|\[object/,
        );
      }
    }
  });

  it('leaves no line of a device with VDOMs outside of a scope', () => {
    for (const { rule, file, id } of cases) {
      for (const { variant, fix } of fixesOf(rule, file)) {
        if (variant !== 'VDOMs') continue;
        for (const block of [fix.apply, fix.undo, fix.verify]) {
          expect(outsideOfScopes(block), `${id}: ${file}, ${variant}`).toEqual([]);
        }
      }
    }
  });

  it('enters the global scope and leaves it where there are VDOMs', () => {
    const global = cases.find(({ id }) => id === 'push-disabled');
    const fix = global && fixesOf(global.rule, global.file).find(({ variant }) => variant === 'VDOMs')?.fix;
    expect(fix?.apply.at(0)).toBe('config global');
    expect(fix?.apply.at(-1)).toBe('end');
  });
});

type VariantFix = { readonly variant: string; readonly fix: Fix };

const fixes = new Map<string, readonly VariantFix[]>();

/** Two tests look at the fixes of every fixture. */
function fixesOf(rule: Rule, file: string): readonly VariantFix[] {
  const key = `${rule.id}/${file}`;
  const known = fixes.get(key) ?? judgeVariants(rule, file);
  fixes.set(key, known);
  return known;
}

function judgeVariants(rule: Rule, file: string): readonly VariantFix[] {
  const facts = fixtureFacts(`${rule.id}/fixtures/${file}`);
  const version = valueIfKnown(facts.version);
  const vdomMode = valueIfKnown(facts.vdomMode);
  return VARIANTS.flatMap(({ name, ...variant }) => {
    const judgement = rule.judge(facts, {
      readAt: READ_AT,
      ...(version ? { version } : {}),
      ...(vdomMode ? { vdomMode } : {}),
      ...variant,
    });
    return judgement.verdict === 'broken' ? [{ variant: name, fix: judgement.fix }] : [];
  });
}

function isReadOnly(line: string): boolean {
  return (
    /^(?:show|get|diagnose|execute ping) /.test(line.trim()) ||
    /^(?:config global|config vdom|edit \S+|end)$/.test(line.trim())
  );
}

/** Lines typed where neither `config global` nor a VDOM was entered. */
function outsideOfScopes(lines: readonly string[]): readonly string[] {
  let depth = 0;
  return lines.filter((raw) => {
    const line = raw.trim();
    const scope = depth === 0 && /^config (?:global|vdom)$/.test(line);
    const outside = depth === 0 && !scope;
    if (line.startsWith('config ')) depth += 1;
    else if (line === 'end') depth -= 1;
    return outside;
  });
}

/** Why these lines would leave a FortiGate's prompt somewhere else, or type a setting nowhere; `undefined` when fine. */
function unbalanced(lines: readonly string[]): string | undefined {
  const open: string[] = [];
  for (const raw of lines) {
    const line = raw.trim();
    const [word = ''] = line.split(' ');
    const inside = open.at(-1) ?? '';
    if (word === 'config') open.push(line);
    else if (word === 'edit') {
      if (!inside.startsWith('config ')) return `"${line}" outside a table`;
      open.push(line);
    } else if (word === 'next') {
      if (!inside.startsWith('edit ')) return '"next" without "edit"';
      open.pop();
    } else if (word === 'end') {
      if (inside.startsWith('edit ')) {
        open.pop();
        if (open.at(-1) !== 'config vdom') return `"end" leaves "${inside}" without "next"`;
      }
      if (open.pop() === undefined) return '"end" without "config"';
    } else if (/^(?:set|unset|append|unselect|select|delete|move|rename)$/.test(word)) {
      if (inside === '' || inside === 'config global' || inside === 'config vdom') {
        return `"${line}" outside a block`;
      }
    } else if (/^(?:show|get|diagnose|execute)$/.test(word)) {
      if (inside !== '' && inside !== 'config global' && open[0] !== 'config vdom') {
        return `"${line}" inside a block`;
      }
    } else return `"${line}" is no FortiOS line`;
  }
  return open.length === 0 ? undefined : `"${open.at(-1)}" is left open`;
}

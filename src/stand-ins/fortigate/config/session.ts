import type { ConfigScope } from '../../../engine/fortios/config/types.ts';
import { expand } from '../abbreviation.ts';
import type { ConfigWrite, DeviceState } from '../device-state.ts';
import { type CliReply, inConfigMode, incomplete, NOTHING, parseErrorBefore } from '../reply.ts';
import { findSchema } from '../schema/schemas.ts';
import type { Schema } from '../schema/types.ts';
import { showBlock } from '../show.ts';
import { refuseIncomplete, refuseObject, refuseSecondAddress } from './commit-checks.ts';
import { type DraftBlock, type DraftEntry, emptyBlock, emptyEntry, toDraft } from './draft.ts';
import { editSetting, refuseKey } from './edit-settings.ts';
import { editTable } from './edit-table.ts';
import { renderBlock } from './render.ts';
import { countUses, entryExists } from './usage.ts';

interface BlockFrame {
  readonly kind: 'block';
  readonly block: DraftBlock;
  readonly schema: Schema | undefined;
}

interface EntryFrame {
  readonly kind: 'entry';
  readonly entry: DraftEntry;
  readonly schema: Schema | undefined;
  readonly isNew: boolean;
}

type Frame = BlockFrame | EntryFrame;

const SETTING_VERBS = ['set', 'append', 'select', 'unselect', 'unset'] as const;
const TABLE_VERBS = ['delete', 'rename', 'clone', 'move'] as const;
const VERBS = [
  ...SETTING_VERBS,
  ...TABLE_VERBS,
  'edit',
  'config',
  'next',
  'end',
  'abort',
  'show',
  'get',
  'exit',
];

/**
 * One `config <path>` from its opening to the `end` or `abort` that leaves it. Edits a copy: an entry of the outermost table is stored at its `next`, an object at its `end`, as in FortiOS. Every
 * line that would change something is recorded when it is typed, refused or not: a read-only client types none.
 */
export class ConfigSession {
  readonly verbs: readonly string[] = VERBS;
  readonly #state: DeviceState;
  readonly #scope: ConfigScope;
  readonly #path: string;
  readonly #record: (write: ConfigWrite) => void;
  #frames: Frame[];

  constructor(state: DeviceState, scope: ConfigScope, path: string, record: (write: ConfigWrite) => void) {
    this.#state = state;
    this.#scope = scope;
    this.#path = path;
    this.#record = record;
    const block = toDraft(state.block(scope, path) ?? emptyBlock(path, scope));
    this.#frames = [{ kind: 'block', block, schema: findSchema(path) }];
  }

  /** `verb` is one of `verbs`; `line` is what was typed, for the record. */
  type(verb: string, words: readonly string[], line: string): CliReply {
    const setting = SETTING_VERBS.find((each) => each === verb);
    if (setting) return this.#write(words, line, () => this.#change(setting, words));
    const rearrange = TABLE_VERBS.find((each) => each === verb);
    if (rearrange) {
      const top = this.#frames.at(-1);
      if (top?.kind !== 'block') return inConfigMode();
      const usedBy = (key: string) =>
        this.#frames.length === 1 ? countUses(this.#state, this.#scope, this.#path, key) : 0;
      return this.#write(words, line, () => {
        const reply = editTable(top.block, rearrange, words, usedBy);
        if (this.#frames.length === 1) this.#store();
        return reply;
      });
    }
    switch (verb) {
      case 'edit': {
        const reply = this.#edit(words[0]);
        if (reply.lines[0]?.startsWith('new entry'))
          this.#record({ scope: this.#scope, path: this.#path, line });
        return reply;
      }
      case 'config':
        return this.#openInner(words);
      case 'next':
        return this.#frames.at(-1)?.kind === 'entry' ? (this.#closeEntry() ?? NOTHING) : inConfigMode();
      case 'end':
        return this.#end();
      case 'abort':
        this.#frames = [];
        return NOTHING;
      case 'exit':
        return { lines: ["please use 'end' to return to root shell"] };
      case 'show':
        return this.#show(words[0] !== undefined && 'full-configuration'.startsWith(words[0]));
      case 'get':
        return this.#show(true);
      default:
        return inConfigMode();
    }
  }

  /** Innermost name, for the prompt. */
  context(): string {
    const top = this.#frames.at(-1);
    if (top?.kind === 'entry') return top.entry.key;
    return top?.block.path.split(' ').at(-1) ?? '';
  }

  finished(): boolean {
    return this.#frames.length === 0;
  }

  #store(): void {
    const [root] = this.#frames;
    if (root?.kind === 'block') this.#state.replace(structuredClone(root.block));
  }

  #change(verb: (typeof SETTING_VERBS)[number], words: readonly string[]): CliReply {
    const top = this.#frames.at(-1);
    const inTable = top?.kind === 'block' && (top.schema?.key !== undefined || top.block.entries.length > 0);
    if (!top || inTable) return inConfigMode();
    const holder = top.kind === 'entry' ? top.entry : top.block;
    const before = holder.settings.map((each) => ({ ...each }));
    const target = {
      holder,
      schema: top.schema,
      version: this.#state.version,
      exists: (table: string, key: string) => entryExists(this.#state, this.#scope, table, key),
    };
    const reply = editSetting(target, verb, words);
    const second = verb === 'set' ? refuseSecondAddress(this.#path, holder, words[0] ?? '') : undefined;
    if (second) holder.settings = before;
    return second ?? reply;
  }

  #edit(key: string | undefined): CliReply {
    const top = this.#frames.at(-1);
    if (top?.kind !== 'block' || (top.schema && top.schema.options.length > 0 && !top.schema.key)) {
      return inConfigMode();
    }
    if (key === undefined) return incomplete();
    const { entries } = top.block;
    const known = entries.find((each) => each.key === key);
    if (known) {
      this.#frames.push({ kind: 'entry', entry: known, schema: top.schema, isNew: false });
      return NOTHING;
    }
    const refused = refuseKey(top.schema, key);
    if (refused) return refused;
    const entry = emptyEntry(key === '0' ? nextNumber(entries) : key);
    entries.push(entry);
    this.#frames.push({ kind: 'entry', entry, schema: top.schema, isNew: true });
    return { lines: [`new entry '${entry.key}' added`] };
  }

  #openInner(words: readonly string[]): CliReply {
    const top = this.#frames.at(-1);
    if (!top) return inConfigMode();
    const holder = top.kind === 'entry' ? top.entry : top.block;
    if (words.length === 0) return incomplete();
    const known = [
      ...(top.schema?.blocks ?? []).map((each) => each.path),
      ...holder.blocks.map((each) => each.path),
    ];
    const strict = top.schema !== undefined && top.schema.options.length > 0;
    const typed = words.join(' ');
    const name = expand(typed, known) ?? (strict ? undefined : typed);
    if (name === undefined) return parseErrorBefore(words[0] ?? '');
    let block = holder.blocks.find((each) => each.path === name);
    if (!block) {
      block = emptyBlock(name, this.#scope);
      holder.blocks.push(block);
    }
    this.#frames.push({
      kind: 'block',
      block,
      schema: top.schema?.blocks.find((each) => each.path === name),
    });
    return NOTHING;
  }

  /** Leaves the current entry; it is discarded if FortiOS refuses to store it. */
  #closeEntry(): CliReply | undefined {
    const top = this.#frames.at(-1);
    if (top?.kind !== 'entry') return undefined;
    this.#frames.pop();
    const refused = top.isNew ? refuseIncomplete(top.entry, top.schema, this.#state.version) : undefined;
    const table = this.#frames.at(-1);
    if (refused && table?.kind === 'block') {
      table.block.entries = table.block.entries.filter((each) => each !== top.entry);
    }
    if (this.#frames.length === 1) this.#store();
    return refused;
  }

  #end(): CliReply {
    const refusedEntry = this.#closeEntry();
    const top = this.#frames.pop();
    if (refusedEntry || top?.kind !== 'block' || this.#frames.length > 0) return refusedEntry ?? NOTHING;
    const refused = refuseObject(this.#path, top.block, this.#state.version);
    if (!refused) this.#state.replace(structuredClone(top.block));
    return refused ?? NOTHING;
  }

  #show(full: boolean): CliReply {
    const top = this.#frames.at(-1);
    const table = top?.kind === 'entry' ? this.#frames.at(-2) : top;
    if (table?.kind !== 'block') return NOTHING;
    const block =
      top?.kind === 'entry' ? { ...table.block, settings: [], entries: [top.entry] } : table.block;
    const lines = renderBlock(showBlock(block, this.#state.version, full)).split('\n');
    return { lines, paged: true };
  }

  #write(words: readonly string[], line: string, work: () => CliReply): CliReply {
    if (words.length > 0) this.#record({ scope: this.#scope, path: this.#path, line });
    return work();
  }
}

/** `edit 0` takes the next free number. */
function nextNumber(entries: readonly DraftEntry[]): string {
  return String(Math.max(0, ...entries.map((each) => Number(each.key) || 0)) + 1);
}

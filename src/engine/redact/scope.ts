import { hint } from './hint.ts';
import type { SecretKind } from './kinds.ts';
import type { LineContext } from './spans.ts';
import { marginEnd } from './values.ts';

const PROMPT = /^(?:[^\s#$]{1,64}(?: ?\([^)]{1,64}\)){0,3} ?[#$] ?)?/;
const CONFIG = /^config\s{1,8}(\S.{0,120})/;
/** Of the FortiGate, its access points and its switches; typed words may be abbreviated. */
const COMMUNITY = /^(?:sys\w{0,3} snmp comm\w{0,5}|(?:switch-controller )?snmp-community|community)$/;
const END = /^end\s*$/;
const MAX_DEPTH = 32;
/** RouterOS: the lines below the menu are commands in it. */
const ROUTER_COMMUNITY = /^\/snmp community\s*$/;
const MAX_ROUTER_LINES = 8;
/** Headers of a webhook and of a proxy, fields of a login form. */
const HEADERS = /^(?:http-headers|headers|form-data)$/;
const HEADER_NAME = /^(?:set (?:name|key)|edit) "?([\w-]{1,64})"?\s*$/;
const HARMLESS_HEADER =
  /^(?:content-type|accept(?:-\w+)?|user-agent|host|x-source|cache-control|connection|user(?:name)?|login|domain)$/i;
/** Kubernetes. */
const KIND = /^[ \t]*kind:[ \t]*["']?(\w+)["']?\s*$/;
/** Marks of a diff or a quotation. */
const DIFF = /^[>|+-][ \t]?(?!-)/;
/** The object ended: a separator, or text that is no YAML. */
const NO_MEMBER = /^(?:---|[^\s#:-][^:]*$)/;
/** Headers of HTTP that hold a secret: `Cookie: …`, with their indentation. */
const HEADER =
  /^([>|+\s-]{0,40})(?:((?:set-)?cookie2?)|(?:proxy-)?authorization|x-[\w-]{0,24}(?:token|key|secret)):/i;
/** A header of its own, or a member of YAML. */
const OTHER_HEADER = /^[\w.-]{1,60}:(?:\s|$)/;
/** Blocks, headers and objects have the name of a secret; this one has none. */
hint('stringdata');
const DATA = /^([ \t]*)(?:(stringData)|data):\s*$/;

/** Part of every line that says something about those below it, where none above does. */
const OPENS = /config|\/snmp|kind:|stringData:|cookie|authorization|x-/i;

const PLAIN: LineContext = { inCommunity: false, inHeaders: false, inSecretData: false };

/** What follows indentation and a prompt. */
function findCommand(line: string): string {
  return line.slice(0, 400).slice(marginEnd(line)).replace(PROMPT, '').trimStart();
}

/** `config system snmp community`: what stands below may depend on the block. */
export function opensBlock(line: string): boolean {
  return line.includes('config') && CONFIG.test(findCommand(line));
}

/** Follows blocks whose lines are secrets only there. */
export class Scope {
  readonly #path: string[] = [];
  #routerLines = 0;
  #isHarmlessHeader = false;
  #isSecretObject = false;
  /** Columns before the name of the data. */
  #dataIndent = -1;
  #header: { readonly kind: SecretKind; readonly indent: number; readonly isRemoved: boolean } | undefined;
  #context = PLAIN;
  /** The last line, if the same line again would change nothing: none says anything about those below it. */
  #settled: string | undefined;

  see(line: string): void {
    if (line === this.#settled) return;
    if (this.#settled !== undefined && !OPENS.test(line)) {
      this.#settled = line;
      return;
    }
    const head = findCommand(line);
    if (this.#routerLines > 0) this.#routerLines -= 1;
    if (head.startsWith('/')) this.#routerLines = ROUTER_COMMUNITY.test(head) ? MAX_ROUTER_LINES : 0;
    const config = CONFIG.exec(head)?.[1];
    if (config !== undefined) {
      if (this.#path.length === MAX_DEPTH) this.#path.shift();
      this.#path.push(config.trim().replaceAll(/\s+/g, ' '));
    } else if (END.test(head)) {
      this.#path.pop();
    }
    if (line.length < 200) this.#seeYaml(line);
    const block = this.#path.at(-1) ?? '';
    const isInHeaders = HEADERS.test(block);
    if (isInHeaders) {
      const name = HEADER_NAME.exec(head)?.[1];
      if (name !== undefined) this.#isHarmlessHeader = HARMLESS_HEADER.test(name);
      else if (!head.startsWith('set ')) this.#isHarmlessHeader = false;
    }
    const inCommunity = this.#routerLines > 0 || COMMUNITY.test(block);
    const inHeaders = isInHeaders && (!this.#isHarmlessHeader || head.startsWith('set key '));
    const inSecretData = this.#dataIndent >= 0;
    const inHeader = this.#seeHeader(line);
    this.#context =
      inCommunity || inHeaders || inSecretData || inHeader
        ? { inCommunity, inHeaders, inSecretData, ...(inHeader ? { inHeader } : {}) }
        : PLAIN;
    const isOutside =
      this.#path.length === 0 &&
      this.#context === PLAIN &&
      !this.#isSecretObject &&
      this.#header === undefined;
    this.#settled = isOutside ? line : undefined;
  }

  context(): LineContext {
    return this.#context;
  }

  /** Kind of the header that may go on in the next line. */
  inHeader(): SecretKind | undefined {
    return this.#header?.kind;
  }

  /** Nothing above says how the values of this line are found. */
  hasPlainContext(): boolean {
    return this.#context === PLAIN;
  }

  /** No line before says anything about this one. */
  isPlain(): boolean {
    return this.#context === PLAIN && !this.#isSecretObject && this.#header === undefined;
  }

  #seeYaml(text: string): void {
    const isOpen = this.#isSecretObject || this.#dataIndent >= 0;
    if (!isOpen && !text.includes(':')) return;
    const line = text.replace(DIFF, '');
    const kind = KIND.exec(line)?.[1];
    if (kind !== undefined) this.#isSecretObject = kind === 'Secret';
    if (NO_MEMBER.test(line)) this.#isSecretObject = false;
    if (this.#dataIndent >= 0 && line.trim() !== '' && line.search(/\S/) <= this.#dataIndent)
      this.#dataIndent = -1;
    const data = DATA.exec(line);
    if (data && (this.#isSecretObject || data[2] !== undefined))
      this.#dataIndent = (data[1] as string).length;
  }

  /** Kind of the header of which the line is a part; a folded header is indented deeper than its beginning. */
  #seeHeader(line: string): SecretKind | undefined {
    if (this.#header === undefined && !line.includes(':')) return undefined;
    const begun = HEADER.exec(line.slice(0, 80));
    if (begun === null && this.#header === undefined) return undefined;
    const isRemoved = line.startsWith('-');
    if (begun)
      this.#header = { kind: begun[2] ? 'cookie' : 'api-key', indent: begun[1]?.length ?? 0, isRemoved };
    const text = line.replace(/^[>|+\s-]{1,80}/, '');
    const isPart =
      this.#header?.isRemoved === isRemoved &&
      line.length - text.length > this.#header.indent &&
      !OTHER_HEADER.test(text);
    if (!begun && (!isPart || text === '')) this.#header = undefined;
    return begun ? undefined : this.#header?.kind;
  }
}

import { type Product, productOfHost, productOfLine, vendorOfLine } from './products.ts';
import type { Quote, Section } from './types.ts';

/** A device other than a FortiGate, with the line that identifies it. */
export interface OtherProduct {
  readonly name: string;
  readonly quote: Quote;
}

/** A product identified in a source, valid from this line on. */
interface Sign {
  readonly product: Product;
  readonly host: string | undefined;
  readonly quote: Quote;
}

/** Lines; other vendors' files identify themselves near the start. */
const HEAD = 40;
/** Commands whose output identifies the device itself. */
const NAMING = /^(?:get system status|show(?: full-configuration)?)\b/;
/** The logs of a FortiAuthenticator are of the same login, and a FortiGate’s may stand beside a client’s. */
const KEEPS_LOGS: ReadonlySet<string> = new Set(['FortiAuthenticator', 'FortiClient']);
/** Event log records name their own device: FortiAnalyzer and FortiManager store those of FortiGates. */
const EVENT = /\blogid="{0,3}\d{10}|"logid" ?: ?"?\d{10}/;

/**
 * Removes sections that another product printed: its administrators and interfaces do not concern push. Its event log
 * stays, and so do the logs of a FortiAuthenticator, which sends pushes itself.
 */
export function withoutOtherProducts(sections: readonly Section[]): {
  readonly sections: readonly Section[];
  readonly others: readonly OtherProduct[];
} {
  const bySource = Map.groupBy(sections, getOrigin);
  const signs = new Map([...bySource].map(([source, own]) => [source, findSigns(own)]));
  const found = [...signs.values()].flat().filter(({ product }) => !product.isFortigate);
  if (found.length === 0) return { sections, others: [] };
  return {
    sections: sections.flatMap((section) => {
      const product = findProduct(section, signs.get(getOrigin(section)) ?? []);
      return product === undefined || product.isFortigate ? [section] : whatStays(section, product);
    }),
    others: [...Map.groupBy(found, ({ product }) => product.name)].flatMap(([name, [first]]) =>
      first ? [{ name, quote: first.quote }] : [],
    ),
  };
}

/** One source, or everything read from one device. */
function getOrigin({ source, collected }: Section): string {
  return collected ? '' : source;
}

function findSigns(sections: readonly Section[]): readonly Sign[] {
  const signs: Sign[] = [];
  const weak: Sign[] = [];
  /** A log says only that its lines are of this product, not what stands beside it. */
  const isLog = sections.every(({ kind }) => kind === 'other' || kind === 'debug');
  for (const section of sections) {
    const { host } = section;
    const sign = (product: Product, index: number): Sign => ({
      product,
      host,
      quote: quoteLine(section, index),
    });
    const byHost = host === undefined ? undefined : productOfHost(host);
    if (byHost) weak.push(sign(byHost, 0));
    if (section.kind === 'debug') continue;
    // Other commands of a FortiGate also name the switches and access points that it manages.
    if (section.command !== undefined && !NAMING.test(section.command)) continue;
    for (let index = 0; index < section.lines.length; index += 1) {
      const line = section.lines[index] ?? '';
      const product = productOfLine(line);
      if (product) signs.push(sign(product, index));
      else if (section.start + index <= HEAD) {
        const vendor = vendorOfLine(line, isLog);
        if (vendor) weak.push(sign(vendor, index));
      }
    }
  }
  return signs.length > 0 ? signs : weak;
}

/** By its prompt, else by the nearest sign above or inside it, else by the first sign in its source. */
function findProduct(section: Section, signs: readonly Sign[]): Product | undefined {
  const { host, start, lines, collected } = section;
  if (collected) return signs[0]?.product;
  const own = host === undefined ? undefined : signs.find((sign) => sign.host === host);
  const end = start + lines.length;
  const above = signs.findLast(({ quote }) => quote.line < end);
  return (own ?? above ?? signs[0])?.product;
}

function whatStays(section: Section, { name }: Product): readonly Section[] {
  if (section.kind === 'config' || section.kind === 'output') return eventLines(section);
  return KEEPS_LOGS.has(name) || !name.startsWith('Forti') ? [section] : eventLines(section);
}

function eventLines({ source, start, lines }: Section): readonly Section[] {
  return lines.flatMap((line, index) =>
    EVENT.test(line.slice(0, 1_000)) ? [{ kind: 'debug', source, start: start + index, lines: [line] }] : [],
  );
}

function quoteLine({ source, start, lines }: Section, index: number): Quote {
  return { source, line: start + index, text: (lines[index] ?? '').trim() };
}

import type { Random } from './random.ts';

type Lines = readonly string[];
type Mutation = (lines: Lines, random: Random, other: Lines) => Lines;

const ODD: readonly string[] = [
  '\u0000',
  '\u001b[31m',
  '\b',
  '\r',
  '\ufeff',
  '\u00a0',
  '“',
  '`',
  '```',
  '&lt;',
  '<http://a|b>',
  '"',
  "'",
  '\\',
  '{',
  ']',
  '[5784:root:d9]',
  '[1906] handle_req-',
  'SSL: (where=0x10 ret=0x1)',
  '--More-- ',
  'config ',
  'end',
  '🚒',
  '\ud800',
  'ENC ',
];
const MAX_REPEATED = 4_000;

const MUTATIONS: readonly Mutation[] = [
  (lines, random) => lines.filter(() => !random.once(6)),
  (lines, random) => lines.flatMap((line) => (random.once(8) ? [line, line] : [line])),
  (lines, random) => lines.slice(random.int(lines.length)),
  (lines, random) => lines.slice(0, random.int(lines.length) + 1),
  (lines, random) => swap(lines, random.int(lines.length), random.int(lines.length)),
  (lines, random, other) => {
    const at = random.int(lines.length);
    const from = random.int(other.length);
    return [...lines.slice(0, at), ...other.slice(from, from + 1 + random.int(40)), ...lines.slice(at)];
  },
  (lines, random, other) => lines.flatMap((line, at) => [line, ...(random.once(2) ? [other[at] ?? ''] : [])]),
  (lines, random) =>
    changeOne(lines, random, (line, at) => line.slice(0, at) + random.pick(ODD) + line.slice(at)),
  (lines, random) => changeOne(lines, random, (line, at) => line.slice(0, at)),
  (lines, random) =>
    changeOne(
      lines,
      random,
      (line, at) => line.slice(0, at) + String.fromCharCode(random.int(0x3000)) + line.slice(at + 1),
    ),
  (lines, random) =>
    changeOne(
      lines,
      random,
      (line, at) =>
        line.slice(0, at) +
        random
          .pick([' ', '[', '"', 'a', '\r', '\\', 'SSL: ', '-----BEGIN '])
          .repeat(random.int(MAX_REPEATED)) +
        line.slice(at),
    ),
  (lines, random) => joinNext(lines, random.int(lines.length)),
  (lines) => lines.map((line) => `${line}\r`),
  (lines) => lines.map((line) => `> ${line}`),
  (lines) => lines.map((line) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '“')),
  (lines) => lines.flatMap((line) => line.match(/.{1,80}/gsu) ?? ['']),
  (lines, random) => lines.map((line) => `${' '.repeat(random.int(5))}${line}`),
  (lines) => ['```', ...lines, '```'],
];

/** A text changed in one to four ways; at least one line is left. */
export function mutate(lines: Lines, random: Random, other: Lines): Lines {
  let changed = lines;
  for (let turn = random.int(4); turn >= 0; turn -= 1) {
    changed = random.pick(MUTATIONS)(changed, random, other);
    if (changed.length === 0) changed = [''];
  }
  return changed;
}

function swap(lines: Lines, a: number, b: number): Lines {
  const swapped = [...lines];
  [swapped[a], swapped[b]] = [lines[b] ?? '', lines[a] ?? ''];
  return swapped;
}

function changeOne(lines: Lines, random: Random, change: (line: string, at: number) => string): Lines {
  const chosen = random.int(lines.length);
  return lines.map((line, at) => (at === chosen ? change(line, random.int(line.length + 1)) : line));
}

function joinNext(lines: Lines, at: number): Lines {
  return [...lines.slice(0, at), `${lines[at] ?? ''}${lines[at + 1] ?? ''}`, ...lines.slice(at + 2)];
}

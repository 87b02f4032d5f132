import * as fc from 'fast-check';
import { diagnose, diagnoseStream } from '../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { redact } from '../../src/engine/evidence/redact.ts';
import { renderSlack } from '../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../src/report/formats/text/render-text.ts';
import { PLANTINGS } from '../engine/redact/planted.ts';
import { chunksOf } from '../support/chunks.ts';
import { readCorpus } from './corpus.ts';
import { junk } from './junk.ts';
import { mutate } from './mutate.ts';
import { createRandom, type Random } from './random.ts';

export interface Failure {
  /** `npm run fuzz -- 1 <seed>` makes this input again. */
  readonly seed: number;
  readonly why: string;
  readonly text: string;
}

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** An input that takes longer is a hang, and some are made longer to see how time grows. Milliseconds. */
  readonly patience?: number;
  readonly onProgress?: (done: number) => void;
}

/** One in so many inputs means nothing at all; in one in so many the same text is also read in pieces. */
const JUNK = 5;
const IN_PIECES = 20;
const GROWN = 250;
const LEGIBLE = 8;

/** Reads inputs made from everything this system knows; answers those that it did not take as it should. */
export async function runFuzz({
  inputs,
  seed,
  patience,
  onProgress,
}: FuzzOptions): Promise<readonly Failure[]> {
  const corpus = readCorpus();
  const failures: Failure[] = [];
  for (let index = 0; index < inputs; index += 1) {
    const own = seed + index;
    const random = createRandom(own);
    const fail = (text: string, why: string) => failures.push({ seed: own, why, text });
    if (random.once(JUNK)) checkJunk(junk(random).join('\n'), fail);
    else await checkMutant(random, corpus, patience, fail);
    onProgress?.(index + 1);
  }
  return failures;
}

type Fail = (text: string, why: string) => void;

function checkJunk(text: string, fail: Fail): void {
  const diagnosis = attempt(text, fail);
  const [finding] = diagnosis?.findings ?? [];
  if (finding) fail(text, `junk has a finding: ${finding.rule}`);
  else if (diagnosis && diagnosis.verdict !== 'inconclusive') fail(text, `junk is ${diagnosis.verdict}`);
}

async function checkMutant(
  random: Random,
  corpus: readonly (readonly string[])[],
  patience: number | undefined,
  fail: Fail,
): Promise<void> {
  const lines = mutate(random.pick(corpus), random, random.pick(corpus));
  const { name, secret, plant } = random.pick(PLANTINGS);
  const [value = ''] = fc.sample(secret, { numRuns: 1, seed: random.int(1 << 30) });
  const at = random.int(lines.length + 1);
  // What is planted is a whole: a blank line keeps a value that is open above it from going on in it.
  const planted = [...lines.slice(0, at), '', ...plant(value), '', ...lines.slice(at)].join('\n');
  // Half a character is in no file: what is read in pieces could not hold it.
  const text = planted.toWellFormed();
  const begun = performance.now();
  const diagnosis = attempt(text, fail);
  const took = performance.now() - begun;
  if (patience !== undefined && took > patience) fail(text, `took ${Math.round(took)} ms`);
  if (!diagnosis) return;
  if (patience !== undefined && random.once(GROWN)) checkGrowth(text, random, fail);
  const output = everyOutput(diagnosis, text, fail);
  const piece = leaked(value, output, lines.join('\n'));
  if (piece !== undefined) fail(text, `${name}: ${piece} of ${value} is legible`);
  checkSecondRedaction(text, fail);
  if (random.once(IN_PIECES) && !/(?:<|&lt;)[a-z-]+#\d/.test(text)) {
    const size = 1 + random.int(5_000);
    if ((await inPieces(text, size)) !== JSON.stringify(diagnosis))
      fail(text, `differs in pieces of ${size}`);
  }
}

function checkSecondRedaction(text: string, fail: Fail): void {
  const { items, receipt } = redact([{ name: 'paste 1', text }]);
  if (redact(items, receipt).items[0]?.text !== items[0]?.text) fail(text, 'a second redaction differs');
}

/** Eight times the text may take eight times the processor time, and as much again. */
function checkGrowth(text: string, random: Random, fail: Fail): void {
  const lines = text.split('\n');
  const chosen = random.pick(lines);
  const asLines = (times: number) => text.concat('\n').repeat(times);
  const asOneLine = (times: number) => chosen.concat(' ').repeat(times * 50);
  const at = random.int(chosen.length + 1);
  const unit = random.pick([' ', '"', '=', chosen.slice(at, at + 1 + random.int(12)) || '.']);
  const stretched = (times: number) => chosen.slice(0, at) + unit.repeat(times * 500) + chosen.slice(at);
  for (const grown of [asLines, asOneLine, stretched]) {
    const short = Math.min(timeOf(grown(8)), timeOf(grown(8)));
    const long = Math.min(timeOf(grown(64)), timeOf(grown(64)));
    if (long > LONG_ENOUGH && long > short * 16) {
      fail(
        grown(8),
        `${grown.name}: ${short.toFixed(0)} ms become ${long.toFixed(0)} with eight times the text`,
      );
    }
  }
}

/** Less than this is not worth comparing. Milliseconds. */
const LONG_ENOUGH = 200;

/** Milliseconds of processor time, which other programs hardly change. */
function timeOf(text: string): number {
  const before = process.cpuUsage();
  diagnose([{ name: 'paste 1', text }]);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function attempt(text: string, fail: Fail): Diagnosis | undefined {
  try {
    return diagnose([{ name: 'paste 1', text }]);
  } catch (error) {
    fail(text, `threw ${error instanceof Error ? error.stack : String(error)}`);
    return undefined;
  }
}

function everyOutput(diagnosis: Diagnosis, text: string, fail: Fail): string {
  try {
    const slack = renderSlack(diagnosis, {});
    return [JSON.stringify(diagnosis), renderText(diagnosis, { colour: false }), JSON.stringify(slack)].join(
      '\n',
    );
  } catch (error) {
    fail(text, `could not be shown: ${error instanceof Error ? error.stack : String(error)}`);
    return '';
  }
}

async function inPieces(text: string, size: number): Promise<string> {
  const texts = [{ name: 'paste 1', text }];
  return JSON.stringify(await diagnoseStream(chunksOf(texts, () => size)));
}

/** A piece of a secret that can be read in the output and does not stand in the rest of the text anyhow. */
function leaked(secret: string, output: string, rest: string): string | undefined {
  for (let at = 0; at + LEGIBLE <= secret.length; at += 1) {
    const piece = secret.slice(at, at + LEGIBLE);
    if (output.includes(piece) && !rest.includes(piece)) return piece;
  }
  return undefined;
}

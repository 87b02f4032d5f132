/** `npm run chaos -- [--requests N] [--seed S] [--minutes M] [--mode http|socket] [--redis sentinels|single] [--rolling] [--alerts [--storm]] [--verbose]`, or `npm run chaos -- ssh [EVERY]` */
import process from 'node:process';
import { runChaos } from './chaos.ts';
import { BAD_ENDINGS, broken, table } from './count.ts';
import { readOptions } from './options.ts';
import { cutEverywhere } from './ssh.ts';
import { runStorm, stormText } from './storm.ts';

const [subject, ...rest] = process.argv.slice(2);
if (subject === 'ssh') process.exit((await cutEverywhere(rest)) ? 0 : 1);

const options = readOptions(process.argv.slice(2));
const begun = performance.now();
// A stopped run leaves no process behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

function say(line: string): void {
  if (!options.verbose) return;
  process.stderr.write(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${line}\n`);
}
function endWithoutRedis(): never {
  process.stderr.write('This needs valkey-server or redis-server on PATH.\n');
  process.exit(4);
}

if (options.storm) {
  const storm = await runStorm({ alerts: options.requests, minutes: options.minutes, say });
  if (storm === undefined) endWithoutRedis();
  process.stdout.write(stormText(storm));
  for (const problem of storm.problems) process.stderr.write(`NOT as promised: ${problem}\n`);
  process.exit(storm.problems.length > 0 ? 1 : 0);
}
const report = await runChaos({ options, say });
if (report === undefined) endWithoutRedis();
process.stdout.write(table(report));
const problems = broken(report, { everyAck: options.rolling });
for (const each of report.counted) {
  const edited = each.undone > 0 ? ', undone' : each.rewritten > 0 ? ', edited into another answer' : '';
  if (BAD_ENDINGS.includes(each.ending) || edited !== '')
    process.stderr.write(`${each.ending}${edited}: ${each.note}\n`);
}
for (const line of [...report.secrets, ...report.crashes]) process.stderr.write(`${line}\n`);
if (problems.length > 0) process.stderr.write(`NOT as promised: ${problems.join(', ')}\n`);
process.exit(problems.length > 0 ? 1 : 0);

import { spawnSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { findChromium } from '../test/support/find-chromium.ts';

const GIGABYTE = 2 ** 30;

/** The machine in words, by name. */
export function describeMachine(): Readonly<Record<string, string>> {
  return {
    Processor: `${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'an unknown kind'}`,
    Memory: `${(totalmem() / GIGABYTE).toFixed(0)} GB`,
    System: `${firstMatch('/bin/sh', ['-c', '. /etc/os-release && echo "$PRETTY_NAME"'], /(.+)/) ?? type()}, kernel ${release()}`,
  };
}

/** Versions of what is measured and of what it is compared with; undefined where it is not installed. */
export function readVersions(): Readonly<Record<string, string | undefined>> {
  const chromium = findChromium();
  const VERSION = /(\d+\.\d[\w.]*)/;
  return {
    'Node.js': process.versions.node,
    Valkey: firstMatch('valkey-server', ['--version'], /v=([\w.]+)/),
    Redis: firstMatch('redis-server', ['--version'], /v=([\w.]+)/),
    Python: firstMatch('/usr/bin/python3', ['--version'], VERSION),
    Netmiko: firstMatch('/usr/bin/python3', ['-c', 'import netmiko; print(netmiko.__version__)'], VERSION),
    OpenSSH: firstMatch('ssh', ['-V'], /OpenSSH_([\w.]+)/),
    lnav: firstMatch('lnav', ['-V'], VERSION),
    grep: firstMatch('grep', ['--version'], VERSION),
    Chromium: chromium === undefined ? undefined : firstMatch(chromium, ['--version'], VERSION),
  };
}

/** Of the last minute. */
export function loadText(): string {
  return (loadavg()[0] ?? Number.NaN).toFixed(1);
}

/** The commit that is checked out, with a note if files of it are changed. */
export function commitText(): string {
  const commit = firstMatch('git', ['rev-parse', '--short=12', 'HEAD'], /(\w+)/);
  const isChanged =
    firstMatch('git', ['status', '--porcelain', '--', 'src', 'handlers'], /(\S)/) !== undefined;
  return `${commit ?? 'unknown'}${isChanged ? ', with changes' : ''}`;
}

/** Of either output: some programs write their version to standard error. */
function firstMatch(command: string, args: readonly string[], pattern: RegExp): string | undefined {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? pattern.exec(`${stdout}\n${stderr}`)?.[1] : undefined;
}

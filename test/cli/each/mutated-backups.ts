import { readdirSync, readFileSync } from 'node:fs';
import { backup } from '../../../bench/backups.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { mutate } from '../../fuzz/mutate.ts';
import type { Random } from '../../fuzz/random.ts';

const FOLDER = new URL('../../../src/engine/rules/', import.meta.url);
const HEADER = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n';
/** A backup as large installations have it, but with few objects of each kind. */
const SMALL = shortened(backup(4));

/** Lines that a reader may mistake for something else. */
const LINES: readonly string[] = [
  'config system global',
  '    set hostname "end"',
  'config vdom',
  'edit root',
  'end',
  '    next',
  '    edit "x"',
  '        set comment "a',
  'config firewall policy',
  'b"',
  '        set buffer "<html>',
  "        set name 'x",
  '        set comment "a \\" b"',
  '        set comment "\\\\"',
  '        set comment x\\',
  '        set description "..."',
  '        set allowaccess ping ...',
  '# set x y',
  '#conf_file_ver=1',
  '#config-version=FAZVM64-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin',
  'fgt-branch-07 # diagnose debug enable',
  '[1234:root:1]SSL established',
  '2025-11-24 09:12:03 [5784:root:d9]login',
  'Missing server address.',
  "command parse error before 'ftm-push'",
  'Version: FortiMail-VM64 v7.4.1,build1,240101 (GA)',
  '        set type password',
  '        set passwd ENC SH2simulatedHashNotARealOne',
  '        set secret "hunter22"',
  '        set hostname "FGT60FTK20001234"',
  '        set alias "Büro → Wien"',
  '        set server "203.0.113.9" # public',
  '        set ip 198.51.100.9 255.255.255.0 <--- WAN',
  '        append allowaccess ftm',
  '        unset allowaccess',
  '        set trusthost1 0.0.0.0 0.0.0.0',
  '        set groups "vpn"',
  '        set reg-id "<reg-id>"',
  '        set license "EFTMTRIAL00000001"',
  '    config secondaryip',
  'config system snmp community',
  '        set name "public"',
  '',
  '    ',
  '\t',
  '<serial#7>',
  '        set fortitoken "FTKMOB0000000001"',
  '-----END CERTIFICATE-----"',
  '{"sender":"FGT-1"',
  'date=2025-11-24 time=09:12:03 logid="0101037124"',
];

/** Backups of every rule's fixtures among other blocks, in one VDOM and in several. */
export function baseBackups(): readonly string[] {
  const fixtures = RULES.flatMap(({ id }) =>
    readdirSync(new URL(`${id}/fixtures/`, FOLDER))
      .map((file) => readFileSync(new URL(`${id}/fixtures/${file}`, FOLDER), 'utf8'))
      .filter((text) => /^config /m.test(text)),
  );
  const plain = fixtures.filter((text) => !/^config (?:global|vdom)/m.test(text)).map(body);
  return [
    ...fixtures.map((text) => (text.startsWith('#config-version') ? text : `${HEADER}${body(text)}\n`)),
    ...plain.map((text) => SMALL.replace(/^config system ftm-push\n[\s\S]*?^end\n/m, `${text}\n`)),
    ...plain.map((text) => inVdoms(text)),
    sampleConfig('branch-07'),
    sampleConfig('campus'),
    SMALL,
  ];
}

function body(text: string): string {
  return text.replaceAll(/^#.*\n/gm, '').trimEnd();
}

function inVdoms(text: string): string {
  const list = 'config vdom\nedit root\nnext\nedit dmz\nnext\nend\n';
  return `${HEADER.replace('vdom=0', 'vdom=1')}\n${list}\nconfig global\n${text}\nend\n\nconfig vdom\nedit root\n${text}\nend\n\nconfig vdom\nedit dmz\n${text}\nend\n`;
}

/** One of them with some lines changed, and saved as some program saves it. */
export function mutatedBackup(backups: readonly string[], random: Random): Uint8Array {
  const lines = random.pick(backups).split('\n');
  if (random.once(6)) return Buffer.from(mutate(lines, random, random.pick(backups).split('\n')).join('\n'));
  for (let count = random.int(4); count > 0; count -= 1) changeSome(lines, random);
  return saved(lines.join('\n'), random);
}

function changeSome(lines: string[], random: Random): void {
  const at = random.int(lines.length);
  const one = random.pick(LINES);
  const line = lines[at] ?? '';
  switch (random.int(6)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, line);
      break;
    case 2:
      lines.splice(at, 0, random.pick(lines));
      break;
    case 3:
      lines[at] = line.slice(0, random.int(30));
      break;
    case 4:
      lines[at] = line.replace(/[\w.]+"?$/, one.trim());
      break;
    default:
      lines.splice(at, 0, one);
  }
}

function saved(text: string, random: Random): Uint8Array {
  switch (random.int(12)) {
    case 0:
      return Buffer.from(text.slice(0, random.int(text.length)));
    case 1:
      return Buffer.from(text.replaceAll('\n', '\r\n'));
    case 2:
      return Buffer.from(`\ufeff${text}`);
    case 3:
      return Buffer.from(text, 'latin1');
    case 4:
      return Buffer.from(text, 'utf16le');
    case 5:
      return Buffer.from(`${text}\n# vim: set ft=conf\n\n`);
    default:
      return Buffer.from(text);
  }
}

function shortened(text: string): string {
  const seen = new Map<string, number>();
  let table = '';
  return text.replaceAll(/^config .*\n|^ {4}edit [\s\S]*?^ {4}next\n/gm, (part) => {
    if (part.startsWith('config ')) {
      table = part;
      return part;
    }
    const count = (seen.get(table) ?? 0) + 1;
    seen.set(table, count);
    return count > 3 ? '' : part;
  });
}

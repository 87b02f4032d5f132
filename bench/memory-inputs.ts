import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBusyLog } from '../test/fixtures/logs/busy-gateway.ts';

/** Texts of the largest size that is accepted: what a device or a person may well send, and what an attacker would. */
const MAX = 20_000_000;

export interface Kind {
  readonly place: 'bot' | 'worker' | 'terminal';
  readonly name: string;
  readonly does: 'redact' | 'gather' | 'diagnose' | 'analyze';
  readonly text: () => string | Promise<string>;
  /** So many inputs at once. */
  readonly count?: number;
  /** The file holds the text so often. */
  readonly times?: number;
}

function repeat(line: (at: number) => string, size = MAX): string {
  const lines: string[] = [];
  for (let at = 0, total = 0; total < size; at += 1) {
    const next = line(at);
    lines.push(next);
    total += next.length;
  }
  return lines.join('');
}

const HEAD = `#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin
config system global
    set hostname "fgt-hq"
end
config system interface
    edit "wan1"
        set ip 192.0.2.1 255.255.255.0
    next
end
config system admin
    edit "admin"
    next
end
config system ftm-push
    set status disable
end
`;

function configuration(): string {
  const addresses = repeat(
    (at) => `    edit "host-${at}"
        set uuid 5c9d2c9a-1111-51e9-aaaa-${String(at).padStart(12, '0')}
        set subnet 198.51.100.${at & 255} 255.255.255.255
    next
`,
    MAX / 2,
  );
  const policies = repeat(
    (at) => `    edit ${at + 1}
        set name "policy ${at}"
        set srcintf "wan1"
        set dstintf "internal"
        set action accept
        set srcaddr "host-${at}"
        set dstaddr "all"
        set schedule "always"
        set service "ALL"
    next
`,
    MAX / 2 - 1000,
  );
  return `${HEAD}config firewall address\n${addresses}end\nconfig firewall policy\n${policies}end\nconfig router static\nend\n`;
}

const tiny = (size: number) => repeat(() => 'config system admin\nend\n', size);
const entries = () => `config system admin\n${repeat((at) => `edit ${at}\nnext\n`, MAX - 30)}end\n`;
const paste = () =>
  repeat((at) => `fnbamd_fsm.c[1890] handle_req-Rcvd auth req ${at} for ana in ssl-vpn\n`, 40_000);

async function log(): Promise<string> {
  const path = join(tmpdir(), `ftm-check-busy-${process.pid}.log`);
  await writeBusyLog(path, MAX);
  const text = await readFile(path, 'utf8');
  await rm(path);
  return text;
}

/** `bot` redacts or gathers, `worker` diagnoses, `terminal` runs the command. */
export const KINDS: readonly Kind[] = [
  { place: 'bot', name: 'paste of 40,000 characters', does: 'redact', text: paste },
  { place: 'bot', name: 'configuration of 20 MB', does: 'redact', text: configuration },
  { place: 'bot', name: 'zip of 20 MB', does: 'gather', text: configuration },
  { place: 'bot', name: 'thread of 100 such messages', does: 'gather', text: configuration, count: 100 },
  { place: 'worker', name: 'configuration of 20 MB', does: 'diagnose', text: configuration },
  { place: 'worker', name: 'eight of them at once', does: 'diagnose', text: configuration, count: 8 },
  { place: 'worker', name: 'debug log of 20 MB', does: 'diagnose', text: log },
  { place: 'worker', name: 'hostile: tiny blocks, 5 MB', does: 'diagnose', text: () => tiny(5_000_000) },
  { place: 'worker', name: 'hostile: tiny blocks, 20 MB', does: 'diagnose', text: () => tiny(MAX) },
  { place: 'worker', name: 'hostile: tiny entries, 20 MB', does: 'diagnose', text: entries },
  { place: 'terminal', name: 'configuration of 20 MB', does: 'analyze', text: configuration },
  { place: 'terminal', name: 'debug log of 200 MB', does: 'analyze', text: log, times: 10 },
];

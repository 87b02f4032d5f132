import type { Random } from './random.ts';

const WORDS =
  'push token login phone port server certificate denied timeout user vpn the a is not works since monday failed policy drop admin interface wan enable disable 4433 443 set config end show error approve request notification group ssl ike debug'.split(
    ' ',
  );

/** Lines that mean nothing to this system, however much they look like something. */
const LINES: readonly ((random: Random) => string)[] = [
  (random) => Array.from({ length: 1 + random.int(14) }, () => random.pick(WORDS)).join(' '),
  (random) => String.fromCharCode(...Array.from({ length: random.int(60) }, () => 1 + random.int(0xd7ff))),
  (random) => Array.from({ length: random.int(40) }, () => random.int(16).toString(16)).join(' '),
  (random) =>
    `${random.int(256)}.${random.int(256)}.${random.int(256)}.${random.int(256)} - - "GET /${random.pick(WORDS)} HTTP/1.1" ${random.int(600)}`,
  (random) =>
    `Nov 24 10:1${random.int(10)}:02 host sshd[${random.int(9999)}]: Failed password for ${random.pick(WORDS)}`,
  (random) => `interface GigabitEthernet0/${random.int(48)}`,
  (random) => ` ip address 192.0.2.${random.int(256)} 255.255.255.0`,
  (random) =>
    `{"${random.pick(WORDS)}": ${random.int(1000)}, "${random.pick(WORDS)}": "${random.pick(WORDS)}"}`,
  (random) =>
    `[${random.int(24)}:${random.int(60)}:${random.int(60)}] ${random.pick(WORDS)}: ${random.pick(WORDS)} ${random.pick(WORDS)}?`,
  (random) => `| ${random.pick(WORDS)} | ${random.int(9999)} |`,
  (random) => `%ASA-6-302013: Built inbound TCP connection ${random.int(9999)} for outside:203.0.113.9/4433`,
  (random) => `${random.pick(WORDS)}=${random.int(9999)}, ret=${random.int(20)}`,
  () => '',
];

export function junk(random: Random): readonly string[] {
  return Array.from({ length: 1 + random.int(60) }, () => random.pick(LINES)(random));
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secondOf } from '../fixtures/logs/busy-gateway.ts';
import { type Login, successfulFnbamd, successfulLogin, upToPush } from '../fixtures/logs/login-lines.ts';
import { twoUsersLog } from '../fixtures/logs/two-users.ts';

const RULES = join(import.meta.dirname, '../../src/engine/rules');
const ANA: Login = { user: 'ana', pid: 5784, sid: 'd9' };
const BEN: Login = { user: 'ben', pid: 5785, sid: 'e1', vdom: 'branch' };

/** Every fixture of every rule, and logs of every kind. */
export function readCorpus(): readonly (readonly string[])[] {
  const fixtures = readdirSync(RULES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /fixtures\/[^/]+\.\w+$/.test(name))
    .toSorted()
    .map((name) => readFileSync(join(RULES, name), 'utf8').split('\n'));
  return [
    ...fixtures,
    twoUsersLog(1),
    successfulLogin(ANA),
    successfulLogin(BEN, 3),
    upToPush(ANA, 3),
    successfulFnbamd(BEN, 3),
    [...secondOf(5), ...secondOf(15)],
    [
      'FGT-01 # diagnose sniffer packet any "tcp port 4433" 4 20 l',
      'interfaces=[any]',
      'filters=[tcp port 4433]',
      '4.118312 wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 2870211',
      '1 packets received by filter',
    ],
    [
      'id=65308 trace_id=1 func=f line=1 msg="vd-root:0 received a packet(proto=6, 203.0.113.55:51522->198.51.100.10:4433) from wan1. flag [S]"',
      'id=65308 trace_id=1 func=f line=1 msg="reverse path check fail, drop"',
    ],
  ];
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deafAfterEachPrompt, deafAtEdit, deafDevice, noise, renamed } from './hard-cases/noise-cases.ts';
import {
  bareAccept,
  dropsAfterPrompt,
  noProbes,
  pagerByHeight,
  roleFlips,
  slowButComing,
} from './hard-cases/session-cases.ts';
import {
  noGroup1,
  noPrompt,
  otherQuestion,
  passwordChanges,
  rsaUserKey,
  silentDeny,
} from './hard-cases/sign-in-cases.ts';
import { ghostVdom, longVdomName, missingBlocks, reservedVdom, vdomNames } from './hard-cases/vdom-cases.ts';

/** What becomes of a hard case here: a test of its own, one that stands elsewhere, or a reason why there is none. */
type Row =
  | { readonly here: () => Promise<void> | void }
  | { readonly there: readonly [file: string, test: string] }
  | { readonly not: string };

const atFirstPrompt = (test: string): Row => ({ there: ['device/session/first-prompt.test.ts', test] });
const inFaults = (test: string): Row => ({ there: ['device/faults.sampled.test.ts', test] });
const inPermissions = (test: string): Row => ({ there: ['device/permissions.test.ts', test] });
const inPrompts = (test: string): Row => ({ there: ['engine/fortios/prompt.test.ts', test] });
const NO_CONSOLE_WRITE: Row = {
  there: [
    'device/hostile-arguments.test.ts',
    'knows no command that changes a console, and no verb but those that read',
  ],
};
const NO_EXEC: Row = { not: 'the client opens a shell with a PTY and never the exec channel' };
const NO_REST: Row = { not: 'the client speaks SSH only, not REST' };
const NO_STREAM: Row = {
  not: 'a check sends no command that streams: no debug, sniffer or refreshing display',
};

/** The hard cases of a device session, by number. */
const CASES: Readonly<Record<number, readonly [what: string, row: Row]>> = {
  1: ['an HA role in the prompt, which changes in mid-session', { here: roleFlips }],
  2: ['one matcher for every prompt', inPrompts('follows role, context and privilege of the host it learnt')],
  3: ['a long hostname, cut with ~', atFirstPrompt('a shortened name')],
  4: ['a long VDOM name, cut with ~', { here: longVdomName }],
  5: ['a dot in a context', inPrompts("'fw (l2t.TESTIF) # '")],
  6: [
    'a prompt that changes with the context',
    { there: ['device/collect.test.ts', 'reads each command of a multi-VDOM device where it is valid'] },
  ],
  7: ['a limited account with $', atFirstPrompt('a limited account')],
  8: ['output that looks like a prompt', inFaults('text that looks like a prompt is text')],
  9: ['a banner full of # and $', atFirstPrompt('a banner full of prompt signs')],
  10: ['a post-login banner', atFirstPrompt('a post-login banner')],
  11: ['a bare a, without Enter', { here: bareAccept }],
  12: ['banners before and after the login', atFirstPrompt('both banners')],
  13: ['a banner on the exec channel', NO_EXEC],
  14: ['an output mode that cannot be read', NO_CONSOLE_WRITE],
  15: [
    'an administrator of one VDOM',
    inPermissions('an administrator of one reads it, and global commands say why they are missing'),
  ],
  16: ['a console left in another mode', NO_CONSOLE_WRITE],
  17: ['a pager that is set for the whole device', { here: pagerByHeight }],
  18: [
    '--More-- with a space behind it',
    { there: ['device/replay.test.ts', 'a recorded 91G session, pager and all'] },
  ],
  19: [
    'lines of nine spaces',
    { there: ['device/replay.test.ts', 'wipes what the pager and the terminal left behind'] },
  ],
  20: ['paging in spite of `set output standard`', NO_CONSOLE_WRITE],
  21: [
    'an answer of several pages',
    { there: ['device/replay.test.ts', 'a recorded 91G session, pager and all'] },
  ],
  22: [
    'grep that drops blank lines',
    { not: 'the client appends no grep: the tall PTY and the pager’s key are enough' },
  ],
  23: ['an answer that takes minutes but keeps coming', { here: slowButComing }],
  24: ['a late first byte', atFirstPrompt('a slow first byte')],
  25: [
    'a stall after `config global`',
    { there: ['device/collect.test.ts', 'reads each command of a multi-VDOM device where it is valid'] },
  ],
  26: ['`show` that pages', inFaults('50,000 lines come through, whole and in linear time')],
  27: ['50,000 lines', inFaults('50,000 lines come through, whole and in linear time')],
  28: ['a connect of many probes', { here: noProbes }],
  29: ['blocks that a `show` at the root leaves out', { here: missingBlocks }],
  30: ['SCP that is switched off', { not: 'the client copies no files' }],
  31: ['a reserved VDOM', { here: reservedVdom }],
  32: ['VDOM names with - and _, and the system’s own', { here: vdomNames }],
  33: ['a typing error that creates a VDOM', { here: ghostVdom }],
  34: ['an error without an exit status', inPermissions('other errors keep their words')],
  35: ['an exit status of 0 for a failure', NO_EXEC],
  36: ['`Unknown action 0` for a missing permission', inPermissions('diagnose on %s')],
  37: ['diagnose that an upgrade switched off', inPermissions('diagnose on %s')],
  38: ['an empty answer instead of a refusal', { here: silentDeny }],
  39: [
    'an RSA host key called rsa-sha2-512',
    { there: ['device/transport/scan-host-keys.test.ts', 'is explained, with the pins %j'] },
  ],
  40: ['an RSA key of a user, refused', { here: rsaUserKey }],
  41: ['group1, offered and then dropped', { here: noGroup1 }],
  42: ['a FortiADC', { there: ['device/not-a-fortigate.test.ts', 'a FortiADC'] }],
  43: ['a prompt of >', { there: ['device/not-a-fortigate.test.ts', "'> '"] }],
  44: [
    'a simulator that Netmiko cannot enter',
    {
      there: ['stand-ins/fortigate/netmiko.long.test.ts', 'a client nobody here wrote reads the look-alike'],
    },
  ],
  45: ['HA words that changed', { there: ['engine/fortios/corpus.test.ts', 'get system ha status, %s'] }],
  46: ['a first character that is eaten', inFaults('with an eaten first character')],
  47: ['a foreign line anywhere', inFaults('with a foreign line in the output')],
  48: ['a forced password change, in both forms', { here: passwordChanges }],
  49: ['too many administrators', atFirstPrompt('too many administrators')],
  50: [
    'Ctrl-C and Ctrl-D at the prompt',
    { there: ['device/session/write-command.test.ts', 'presses five keys and no other'] },
  ],
  51: ['? in an argument', inPermissions('the name %j is never sent')],
  52: ['an idle logout under a long debug', NO_STREAM],
  53: ['a display without end', NO_STREAM],
  54: ['a debug that goes on', NO_STREAM],
  55: ['secrets in what was read', { there: ['engine/redact/redact.sampled.test.ts', 'describe('] }],
  56: ['a difference in every run', { not: 'no configuration is stored or compared' }],
  57: ['REST behind a banner', NO_REST],
  58: ['a token in a URL', NO_REST],
  59: ['a connection that drops after a prompt', { here: dropsAfterPrompt }],
  60: ['an exec that prints only an error', NO_EXEC],
  61: [
    'a permission that was renamed',
    { there: ['device/account/account-recipe.test.ts', 'is allowed %j beside reading'] },
  ],
  62: ['a bad use of grep', { there: ['engine/fortios/cli-error.test.ts', "before '|'"] }],
  63: ['known messages anywhere in a line, an echo or a prompt', { here: () => noise('known') }],
  64: ['messages that nobody knows', { here: () => noise('foreign') }],
  65: ['input dropped for a while after a prompt', { here: deafDevice }],
  66: ['the first characters of an edit dropped', { here: deafAtEdit }],
  67: ['a new hostname in mid-session', { here: renamed }],
  68: ['a connection that is lost once', inFaults('once, after %s, is made up for by another connection')],
  69: ['a connection that is lost for good', inFaults('that cannot be opened again leaves what was read')],
  70: [
    'text behind a prompt',
    { there: ['device/replay.test.ts', 'keeps text that came after a prompt out of both'] },
  ],
  71: ['bytes without a prompt', { here: noPrompt }],
  72: ['a question at sign-in that is not about a FortiToken', { here: otherQuestion }],
  73: [
    'Ctrl-C while a login is watched',
    {
      there: [
        'cli/live.test.ts',
        'Ctrl-C in an open window switches debug off, and the configuration is answered',
      ],
    },
  ],
  74: ['input dropped after every prompt', { here: deafAfterEachPrompt }],
};

/** At the same time: most of them wait. */
describe.concurrent('hard cases of FortiOS over SSH', () => {
  for (const [number, [what, row]] of Object.entries(CASES)) {
    if ('here' in row) it(`${number} ${what}`, () => row.here());
    else if ('not' in row)
      it(`${number} ${what}: does not apply, ${row.not}`, () => expect(row.not).not.toBe(''));
    else {
      const [file, test] = row.there;
      it(`${number} ${what}: ${file}, “${test}”`, () => {
        const path = join(import.meta.dirname, '..', file);
        expect(existsSync(path)).toBe(true);
        expect(readFileSync(path, 'utf8')).toContain(test);
      });
    }
  }

  it('are all 74 here', () => {
    expect(Object.keys(CASES).map(Number)).toEqual(Array.from({ length: 74 }, (_, index) => index + 1));
  });
});

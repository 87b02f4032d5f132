import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createPromptMatcher,
  learnPrompt,
  parsePromptLine,
  promptMatchesHost,
} from '../../../src/engine/fortios/prompt.ts';
import { anyText } from '../../support/any-text.ts';

const PROMPTS: [string, ReturnType<typeof learnPrompt>][] = [
  ['TEST-FW1234 # ', { host: 'TEST-FW1234', privilege: '#' }],
  ['FortiCarrier-3200D $ ', { host: 'FortiCarrier-3200D', privilege: '$' }],
  ['fw (global) # ', { host: 'fw', context: 'global', privilege: '#' }],
  ['fw (l2t.TESTIF) # ', { host: 'fw', context: 'l2t.TESTIF', privilege: '#' }],
  ['fw (my inside port) $ ', { host: 'fw', context: 'my inside port', privilege: '$' }],
  ['fw (a-very-long-vdom~ame) # ', { host: 'fw', context: 'a-very-long-vdom~ame', privilege: '#' }],
  ['FW02-0_MAR02_SBMDEVE~MEN # ', { host: 'FW02-0_MAR02_SBMDEVE~MEN', privilege: '#' }],
  ['hq(Primary) # ', { host: 'hq', role: 'Primary', privilege: '#' }],
  ['900G-1(Secondary) $ ', { host: '900G-1', role: 'Secondary', privilege: '$' }],
  ['hq(Primary) (global) # ', { host: 'hq', role: 'Primary', context: 'global', privilege: '#' }],
];

describe('learnPrompt', () => {
  it.each(PROMPTS)('%j', (text, prompt) => {
    expect(learnPrompt(text)).toEqual(prompt);
    expect(learnPrompt(`Welcome!\r\n${text}`)).toEqual(prompt);
    expect(learnPrompt(`--More-- \r         \r${text}`)).toEqual(prompt);
  });

  it.each([
    ['a banner of hashes', '############ '],
    ['a banner with a dollar', 'cost: 5 $ '],
    ['a FortiADC', '(M) redhat-lb-01 $ '],
    ['a shell', 'root@debian:~# '],
    ['no trailing space yet', 'fw #'],
    ['a prompt with text after it', 'fw # get'],
    ['nothing', ''],
  ])('is not fooled by %s', (_, text) => {
    expect(learnPrompt(text)).toBeUndefined();
  });
});

describe('createPromptMatcher', () => {
  it('follows role, context and privilege of the host it learnt', () => {
    const { match } = createPromptMatcher('fw');
    expect(match('text\r\n\r\nfw (root) # ')?.context).toBe('root');
    expect(match('text\r\nfw(Secondary) $ ')).toEqual({ host: 'fw', role: 'Secondary', privilege: '$' });
  });

  it.each(['fw2 # ', 'xfw # ', '  fw # ', 'fw # x', 'set comment "fw # '])('refuses %j', (tail) => {
    expect(createPromptMatcher('fw').match(tail)).toBeUndefined();
  });
});

describe('parsePromptLine', () => {
  it.each([
    ['FGT-EDGE # config system ftm-push', 'config system ftm-push', undefined],
    ['FGT-EDGE (ftm-push) # set server-ip 198.51.100.10', 'set server-ip 198.51.100.10', 'ftm-push'],
    ['FGT-EDGE (global) $ diag debug info\r', 'diag debug info', 'global'],
    ['FGT-EDGE # sh sys admin', 'sh sys admin', undefined],
    ['FGT-EDGE (global) #', '', 'global'],
    ['FGT-EDGE # ', '', undefined],
  ])('%j', (line, command, context) => {
    const parsed = parsePromptLine(line);
    expect(parsed?.host).toBe('FGT-EDGE');
    expect(parsed?.command).toBe(command);
    expect(parsed?.context).toBe(context);
  });

  it.each([
    ['(global) # execute ping push.fortinet.com', 'execute ping push.fortinet.com', 'global'],
    ['(root) # sh vpn ssl settings', 'sh vpn ssl settings', 'root'],
    ['(ftm-push) # set status enable', 'set status enable', 'ftm-push'],
    ['(edge) $ get system status', 'get system status', 'edge'],
    ['(global) $ diag debug info\r', 'diag debug info', 'global'],
  ])('reads a prompt without its name: %j', (line, command, context) => {
    expect(parsePromptLine(line)).toMatchObject({ host: '', command, context });
    expect(parsePromptLine(line, 'FGT-EDGE')).toMatchObject({ host: 'FGT-EDGE', command, context });
  });

  it.each([
    '(venv) $ set -x',
    '(venv) $ show',
    '(see below) # show it',
    '(global) # checked this',
    '(global) #',
    '(1) # get it',
    'todo # check this later',
    '# a comment',
    '# show system requirements, and read on',
    '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0',
    '    set comment "show # get"',
    'set buffer "fw # show"',
    'Ticket #',
    'price (net) is 5 $ ',
    'config system global # get',
  ])('leaves %j alone', (line) => {
    expect(parsePromptLine(line)).toBeUndefined();
  });

  it('takes anything typed once the host is known', () => {
    expect(parsePromptLine('FGT # shwo system', 'FGT')?.command).toBe('shwo system');
    expect(parsePromptLine('FGT #', 'FGT')?.command).toBe('');
  });

  it('never throws, and reads back what it is given', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const parsed = parsePromptLine(text);
        if (parsed) expect(text).toContain(parsed.host);
      }),
    );
  });
});

it.each([
  ['FW02-0_MAR02_SBMDEVE~MEN', 'FW02-0_MAR02_SBMDEVELOPMEN', true],
  ['fw', 'fw', true],
  ['fw', 'fw2', false],
  ['FW02-0_MAR02_SBMDEVE~MEN', 'FW02', false],
])('promptMatchesHost %s %s', (prompt, hostname, expected) => {
  expect(promptMatchesHost(prompt, hostname)).toBe(expected);
});

import { expect, it } from 'vitest';
import { looksLikeEvidence } from '../../../src/engine/evidence/looks-like-evidence.ts';

it.each([
  ['a log', '[5784:root:d9]fam_do_cb:730 fnbamd return auth success.'],
  ['fnbamd', 'look:\n```[2042] handle_req-Rcvd ftm2_auth_withid req 15162```'],
  ['ftm-push', 'Connecting to server address: 203.0.113.9, port nubmer: 443 oif: 0'],
  [
    'mangled configuration',
    '```\nconfig system interface\n    edit \u201cwan1\u201d\n        set allowaccess ping\n    next\nend\n```',
  ],
  ['the push block', 'config system ftm-push\n\u00a0\u00a0set status enable'],
  ['a backup', '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin'],
  ['a prompt', 'EDGE-FW # diag debug app fnbamd -1'],
  ['a prompt with a context', 'EDGE-FW (root) $ show user local'],
  ['a quoted prompt', '&gt; EDGE-FW # get system status\n&gt; Version: x'],
  ['tokens', 'FORTITOKEN           DRIFT  STATUS'],
  ['a status', 'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)'],
  ['an event', 'date=2025-11-24 time=10:17:40 logid="0100032161" type="event"'],
])('takes %s for evidence', (_what, text) => {
  expect(looksLikeEvidence(text)).toBe(true);
});

it.each([
  ['nothing', ''],
  ['a greeting', 'Hi, push does not work for marlow on fgt-branch-07, can you look?'],
  ['talk about commands', 'Did you run diagnose debug application ftm-push -1 and show system ftm-push?'],
  ['talk about configuration', 'config system ftm-push is where you set it'],
  ['a remark that looks like a prompt', 'todo # check the status'],
  ['another remark', 'note # get milk'],
  ['times', '[12:30:45] marlow joined'],
  ['footnotes', '[1] follow-up with the vendor'],
  ['a shell', 'user@host:~$ show me\nhost $ cat x'],
  ['a Cisco prompt', 'Router# show running-config'],
  ['an HTTP exchange', 'Accept: */*\nUser-Agent: curl/8\nContent-Length: 2'],
  ['a table', 'status : open\nserver : mine'],
  ['a Kubernetes hint', 'kubectl config set-context x\nconfig view'],
])('does not fire on %s', (_what, text) => {
  expect(looksLikeEvidence(text)).toBe(false);
});

/**
 * First words of the paths that stand at the root of a configuration. Blocks inside other blocks have one-word paths
 * (`secondaryip`, `rule`, `authentication-rule`), so a path of two words that begins with one of these starts anew.
 */
const ROOT_WORDS: ReadonlySet<string> = new Set([
  'alertemail',
  'antivirus',
  'application',
  'authentication',
  'automation',
  'casb',
  'certificate',
  'diameter-filter',
  'dlp',
  'dnsfilter',
  'emailfilter',
  'endpoint-control',
  'ethernet-oam',
  'extender-controller',
  'extension-controller',
  'file-filter',
  'firewall',
  'ftp-proxy',
  'icap',
  'ips',
  'log',
  'monitoring',
  'nsxt',
  'report',
  'router',
  'rule',
  'sctp-filter',
  'spamfilter',
  'ssh-filter',
  'switch-controller',
  'system',
  'telemetry-controller',
  'user',
  'videofilter',
  'virtual-patch',
  'voip',
  'vpn',
  'waf',
  'wanopt',
  'web-proxy',
  'webfilter',
  'wireless-controller',
  'ztna',
]);

export function isRootPath(words: readonly string[]): boolean {
  return words.length >= 2 && ROOT_WORDS.has(words[0] ?? '');
}

/** Debug of one IKEv2 negotiation of a FortiClient: `texts` follow once a phase 1 is chosen, or instead of that. */
export function ikeLog(gateway: string | undefined, texts: readonly string[]): string {
  const before = 'ike 0:a1b2c3d4e5f60718/0000000000000000:501: ';
  const own = gateway === undefined ? before : `ike 0:${gateway}:501: `;
  return [
    'ike 0: comes 203.0.113.41:1012->198.51.100.10:500,ifindex=6,vrf=0,len=465....',
    `${before}responder received SA_INIT msg`,
    `${before}VID forticlient connect license 05E793CA87B27A45`,
    `${before}NETWORK ID : 0`,
    ...(gateway === undefined ? [] : [`${before}SA proposal chosen, matched gateway ${gateway}`]),
    ...texts.map((text) => `${own}${text}`),
  ]
    .map((line, index) => `2026-03-02 09:12:04.${String(100 + index).padStart(6, '0')} ${line}`)
    .join('\n');
}

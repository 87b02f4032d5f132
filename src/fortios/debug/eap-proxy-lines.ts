/**
 * eap_proxy is a RADIUS server for EAP that the other daemons talk to. Its lines are those of hostapd: on some releases
 * behind a stamp of seconds since the epoch, which a second time of day may follow (article 227138).
 */
const LINE =
  /^(?:\d{10}\.\d{6}: )?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?(?:EAP: |EAP-[A-Z0-9]{2,12}: |eap_comm_\w{1,40}:\d|RADIUS SRV: )/;

/** They name no user and no session: that the debug was on is all that is taken from them. */
export function isEapProxyLine(body: string): boolean {
  return LINE.test(body);
}

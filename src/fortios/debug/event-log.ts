export interface EventLogEvent {
  readonly kind: 'push-logged';
  readonly sent: boolean;
  /** `2025-11-24 10:15:02`, on the device's clock. */
  readonly at?: string;
  readonly vdom?: string;
}

/** 32160 LOG_ID_FTM_PUSH_SUCC and 32161 LOG_ID_FTM_PUSH_FAIL of the FortiOS Log Message Reference. */
const PUSH_ID = /\blogid="?\d{5}(3216[01])"?(?: |$)/;
const DATE = /\bdate="?(\d{4}-\d\d-\d\d)"? time="?(\d\d:\d\d:\d\d)/;
const VDOM = /\bvd="?([^"\s]{1,64})/;

export function readEventLog(text: string): EventLogEvent | undefined {
  const id = PUSH_ID.exec(text);
  if (!id) return undefined;
  const date = DATE.exec(text);
  const vdom = VDOM.exec(text)?.[1];
  return {
    kind: 'push-logged',
    sent: id[1] === '32160',
    ...(date ? { at: `${date[1]} ${date[2]}` } : {}),
    ...(vdom === undefined ? {} : { vdom }),
  };
}

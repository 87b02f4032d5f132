export interface TlsAlert {
  readonly level: 'warning' | 'fatal';
  readonly code: number;
  /** The FortiGate sent it, rather than received it. */
  readonly sent: boolean;
  /** Name of the alert in RFC 8446 §6. */
  readonly name: string;
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'close_notify'],
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [22, 'record_overflow'],
  [40, 'handshake_failure'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [90, 'user_canceled'],
  [109, 'missing_extension'],
  [112, 'unrecognized_name'],
  [116, 'certificate_required'],
  [120, 'no_application_protocol'],
]);

/** `SSL_CB_WRITE`, a bit of `where`. Sample: `(where=0x4008 ret=0x230)`. */
const WRITE = 0x08;

/** OpenSSL's info callback reports an alert as `level << 8 | code` (domain notes §3.2). */
export function decodeAlert(ret: number, where = 0): TlsAlert {
  const code = ret & 0xff;
  const name = NAMES.get(code) ?? `alert ${code}`;
  return { level: ret >> 8 === 1 ? 'warning' : 'fatal', code, name, sent: (where & WRITE) !== 0 };
}

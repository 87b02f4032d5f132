import type { Collect } from '../../device/collector.ts';
import type { DebugApplication } from '../../engine/fortios/debug-commands.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import { inSpan } from '../../platform/observe/tracing.ts';

/**
 * Adds audit records, timing and error counts to a collector. The record is written first: without a working audit
 * trail, no device is connected to.
 */
export function instrumentCollect(
  collect: Collect,
  { audit, logger, metrics, now }: Pick<Dependencies, 'audit' | 'logger' | 'metrics' | 'now'>,
): Collect {
  return async (request) => {
    const { alias: device, address, username: account } = request.device;
    audit.record({ event: 'device.connecting', device, address, account });
    const sent: string[] = [];
    const began = now();
    let outcome = 'read';
    let debug: 'none' | 'left-on' | 'off' = 'none';
    const { live } = request;
    const onRecord = live && {
      ...live,
      async onOpening(applications: readonly DebugApplication[]) {
        audit.record({ event: 'debug.opening', device, seconds: live.seconds, applications });
        debug = 'left-on';
        await live.onOpening?.(applications);
      },
      async onClosed() {
        debug = 'off';
        await live.onClosed?.();
      },
    };
    try {
      return await inSpan('read device', { kind: 'client', attributes: { 'ftm.device': device } }, (span) =>
        collect({
          ...request,
          live: onRecord,
          onSent(text) {
            sent.push(text);
            span.event('sent', { text: text.trimEnd() });
            request.onSent?.(text);
          },
        }),
      );
    } catch (error) {
      outcome = error instanceof FtmError ? error.code : 'ftm_internal';
      if (outcome.startsWith('ftm_device') || outcome.startsWith('ftm_host_key'))
        metrics.count('device_errors_total', { kind: outcome });
      throw error;
    } finally {
      metrics.observe('phase_seconds', now() - began, { phase: 'device' });
      recordOrLog(audit, { event: 'device.left', device, sent, outcome }, logger);
      if (debug !== 'none') recordOrLog(audit, { event: 'debug.ended', device, outcome: debug }, logger);
    }
  };
}

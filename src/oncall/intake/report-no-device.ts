import type { Logger } from '../../platform/observe/logger.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import { cut } from '../core/pager-text.ts';
import type { ReportToOps } from '../engine/report-to-ops.ts';
import { alertSender, type IncomingAlert } from './alert.ts';

export interface NoDeviceReportOptions {
  /** Counts a name that no device has, and records it on the audit trail. False after too many of the sender. */
  readonly count: (sender: string, name: string) => boolean;
  /** Removes secrets from the name, which may be any word of the title, before it is recorded. */
  readonly redact: (text: string) => string;
  /** Absent if no operations channel is set. */
  readonly reportToOps: ReportToOps | undefined;
  readonly logger: Logger;
}

const REPEAT_INTERVAL_MS = 24 * 3_600_000;
const MAX_TITLE = 200;

/**
 * Counts alerts that name no device. Once there are too many of a source, the operations channel is told, once a day:
 * either devices are missing from the inventory, or somebody tries names. Never rejects.
 */
export function createNoDeviceReport(
  options: NoDeviceReportOptions,
): (alert: IncomingAlert) => Promise<void> {
  const { count, redact, reportToOps, logger } = options;
  return async ({ source, title, device, names, words = [] }) => {
    const [name = ''] = redact([device ?? '', ...names, ...words].join(' ').trim()).split(' ');
    if (count(alertSender(source), name)) return;
    logger.warn({ source, title }, 'too many alerts name no device of the inventory');
    const text =
      `More than ten alerts from \`${source}\` in ten minutes name no device of the inventory, the last one: ` +
      `${escapeMrkdwn(cut(title, MAX_TITLE))}. Such alerts start no check. Alerts about known devices are still ` +
      'checked, but until this is over the answers of the webhook do not say which devices exist.';
    await reportToOps?.({ key: `alert-look-ups/${source}`, text, keepMs: REPEAT_INTERVAL_MS }).catch(
      (error: unknown) =>
        logger.warn({ err: error }, 'operations were not told about alerts without a device'),
    );
  };
}

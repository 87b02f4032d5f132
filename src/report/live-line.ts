import type { Diagnosis, LiveSummary } from '../diagnosis/diagnosis.ts';
import { list, plural } from './printable.ts';

/** What became of watching a login, in a sentence or two; empty where none was to be watched. */
export function liveLine(live: Diagnosis['live']): string {
  if (!live) return '';
  if (live.state === 'not-opened')
    return `No login was watched: ${live.reason ?? 'the device did not let us.'}`;
  if (live.state === 'left-on')
    return 'Debug may still be on: it could not be switched off. Please run there (global):';
  return `${ending(live)} ${seen(live)}, and debug is off again${leftToOthers(live)}.`;
}

function leftToOthers({ others = [] }: LiveSummary): string {
  if (others.length === 0) return '';
  return `, save that of ${list(others)}, which somebody else switched on meanwhile`;
}

function ending({ ended, seconds = 0 }: LiveSummary): string {
  if (ended === 'login') return `Watched until the login was seen, ${seconds} s:`;
  if (ended === 'flood') {
    return `More debug came than is good for a device, so it was ended after ${seconds} s:`;
  }
  if (ended === 'session-lost') {
    return `The session was lost after ${seconds} s; the device was entered again to end the debug:`;
  }
  return `Watched for ${seconds} s:`;
}

function seen({ lines = 0, applications }: LiveSummary): string {
  const daemons = list(applications);
  return lines === 0 ? `${daemons} said nothing` : `${plural(lines, 'line')} of ${daemons}`;
}

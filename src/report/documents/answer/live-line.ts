import type { Diagnosis, LiveSummary } from '../../../engine/diagnosis/diagnosis.ts';
import { list, plural } from '../printable.ts';

/** Result of the live session in a sentence or two; empty without one. */
export function liveLine(live: Diagnosis['live']): string {
  if (!live) return '';
  if (live.state === 'not-opened')
    return `No login was watched: ${live.reason ?? 'the device did not allow it.'}`;
  if (live.state === 'left-on')
    return 'Debug may still be on: ftm-check could not switch it off. Run this on the device, with VDOMs in `config global`:';
  if (live.ended === 'time' && live.lines === 0) {
    return `Nobody logged in in ${live.seconds ?? 0} s. Debug is off again${leftToOthers(live)}.`;
  }
  return `${ending(live)} ${seen(live)}. Debug is off again${leftToOthers(live)}.`;
}

function leftToOthers({ others = [] }: LiveSummary): string {
  if (others.length === 0) return '';
  return `, except for ${list(others)}, which another session switched on meanwhile`;
}

function ending({ ended, seconds = 0 }: LiveSummary): string {
  if (ended === 'login') return `Watched for ${seconds} s, until the login was seen:`;
  if (ended === 'flood') {
    return `Stopped after ${seconds} s, because the device printed too much:`;
  }
  if (ended === 'session-lost') {
    return `The session was lost after ${seconds} s, and a second one switched debug off:`;
  }
  if (ended === 'stopped') return `Stopped after ${seconds} s on request:`;
  return `Watched for ${seconds} s:`;
}

function seen({ lines = 0, applications }: LiveSummary): string {
  const daemons = list(applications);
  return lines === 0 ? `no line of ${daemons}` : `${plural(lines, 'line')} of ${daemons}`;
}

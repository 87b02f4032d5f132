import { z } from 'zod';
import type { DeviceComparison } from '../../../engine/diagnosis/changes/compare-devices.ts';
import { findingSchema } from '../../../engine/diagnosis/diagnosis.ts';
import { CHANGE_AREAS } from '../../../engine/facts/comparison/settings.ts';
import type { ComparedStates, NamedDiagnosis } from './comparison.ts';

const DEVICE_COMPARISON_SCHEMA_ID = 'ftm-check/comparison@1';

const quote = z.object({ source: z.string(), line: z.number().int(), text: z.string() });

const finding = findingSchema.pick({ rule: true, severity: true, confidence: true, title: true });

const state = z.object({
  name: z.string().describe('as it was given'),
  verdict: z.enum(['broken', 'healthy', 'inconclusive']),
  headline: z.string(),
  hostname: z.string().optional(),
  version: z.string().optional().describe('of FortiOS'),
});

/** What changed between two states of one device. */
export const deviceComparisonSchema = z
  .object({
    schema: z.literal(DEVICE_COMPARISON_SCHEMA_ID),
    old: state,
    new: state,
    findings: z.object({
      new: z.array(finding),
      gone: z.array(finding).describe('found before, and excluded now'),
      unseen: z.array(finding).describe('found before; the new evidence says nothing about it'),
      unchanged: z.array(finding),
    }),
    changes: z
      .array(
        z.object({
          area: z.enum(CHANGE_AREAS),
          kind: z.enum(['changed', 'added', 'removed']).describe('added and removed: the whole object'),
          place: z.string().describe('`system interface wan1`; empty for what no `config` holds'),
          vdom: z.string().optional(),
          setting: z
            .object({ name: z.string(), before: z.string(), after: z.string() })
            .optional()
            .describe('values are empty where it is not set'),
          rules: z.array(z.string()).describe('of new findings that point to it'),
          evidence: z.object({ old: z.array(quote), new: z.array(quote) }),
        }),
      )
      .describe('first those that new findings point to'),
    notCompared: z.array(
      z.object({ what: z.string(), side: z.enum(['old', 'new', 'both']).describe('which does not show it') }),
    ),
  })
  .meta({ id: DEVICE_COMPARISON_SCHEMA_ID, title: 'ftm-check comparison' });

/** Of findings and changes it has what the schema names. */
export function renderDeviceComparisonJson(
  { findings, changes, notCompared }: DeviceComparison,
  states: ComparedStates,
): string {
  const printed = {
    schema: DEVICE_COMPARISON_SCHEMA_ID,
    old: toState(states.old),
    new: toState(states.new),
    findings: {
      new: findings.appeared,
      gone: findings.fixed,
      unseen: findings.unseen,
      unchanged: findings.same,
    },
    changes,
    notCompared,
  };
  return JSON.stringify(deviceComparisonSchema.parse(printed), null, 2);
}

function toState({ name, diagnosis: { verdict, headline, device } }: NamedDiagnosis) {
  return { name, verdict, headline, hostname: device.hostname, version: device.version };
}

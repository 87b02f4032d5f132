import { z } from 'zod';
import { TIMED_MILESTONES } from '../facts/attempts/login-timing.ts';
import { HOPS } from '../facts/hop.ts';
import { DIAGNOSIS_SCHEMA_ID } from './schema-id.ts';

export { DIAGNOSIS_SCHEMA_ID } from './schema-id.ts';

/** A pattern instead of a list: adding or removing a rule does not change the contract. */
const ruleId = z.string().regex(/^[a-z0-9-]+$/);
const hop = z.enum(HOPS);

const quote = z.object({ source: z.string(), line: z.int().min(1), text: z.string() });

const hopResult = z.object({
  id: hop,
  status: z.enum(['ok', 'broken', 'not-reached', 'unknown']),
  needed: z.literal(false).optional().describe('a step that this login does not need'),
  evidence: z.array(quote),
});

const fix = z.object({
  apply: z.array(z.string()).describe('CLI lines to paste, scope entry and exit included'),
  undo: z.array(z.string()).describe('CLI lines that restore what was there before'),
  verify: z.array(z.string()).describe('read-only CLI lines that show the new state'),
  before: z
    .string()
    .optional()
    .describe('what to find out before the lines are pasted, where they are wrong, who loses access by them'),
  replace: z.string().optional().describe('which `<placeholders>` of the lines to replace'),
  todo: z.array(z.string()).optional().describe('what to do where there are no lines to apply'),
  after: z.string().optional().describe('what the lines cost, and a choice to make'),
  running: z
    .string()
    .optional()
    .describe('how the lines are run: their VDOM, when they end, what they must print'),
  forward: z
    .object({ to: z.string().optional().describe('where it is not the user'), text: z.string() })
    .optional()
    .describe('a text for another person, ready to send'),
  asksForLogin: z.literal(true).optional().describe('one of the texts asks for a login'),
  note: z.string().optional().describe('all these texts as one'),
});

const ofDevice = z.string().optional().describe('its name, where the evidence is about several');

export const findingSchema = z.object({
  rule: ruleId,
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  confidence: z.enum(['certain', 'likely', 'possible']),
  hop,
  title: z.string(),
  summary: z.string(),
  evidence: z.array(quote),
  fix,
  references: z.array(z.object({ title: z.string(), url: z.string() })),
  concerns: z
    .literal('some-users')
    .optional()
    .describe('not everybody, and nobody whose login is in question'),
  explainedBy: ruleId
    .optional()
    .describe('the finding, of the same device, that, once fixed, removes this one too'),
  device: ofDevice,
});

const check = z.object({
  rule: ruleId,
  verdict: z.enum(['broken', 'healthy', 'not-applicable', 'unknown', 'conflicting']),
  reason: z.string(),
  unasked: z
    .literal(true)
    .optional()
    .describe(
      'about push, a directory, SAML or a VPN that no login of the case uses: answers do not list it',
    ),
  noted: z.literal(true).optional().describe('healthy, and the reason names a risk: answers show it'),
  evidence: z
    .array(quote)
    .optional()
    .describe(
      'what the verdict rests on, the first lines of it: never empty where it is `healthy`. That something is absent is shown by the first and last line of the block or output that would hold it, or by the command that printed nothing',
    ),
});

const attempt = z.object({
  user: z.string(),
  vdom: z.string().optional(),
  session: z.string().optional(),
  startedAt: z.string().optional(),
  client: z.string().optional().describe('address of the client'),
  clientUser: z
    .string()
    .optional()
    .describe(
      'where no line names the user: the account of the client’s computer, as FortiClient sends it, or the name in its certificate',
    ),
  outcome: z.enum(['succeeded', 'denied', 'timed-out', 'failed', 'incomplete']),
  reason: z
    .string()
    .optional()
    .describe(
      'why it failed, in a few words, where a finding explains this login or FortiOS’s event log gives a reason; of a login that succeeded, what the event log says of its tunnel',
    ),
  waitedSeconds: z.number().optional().describe('from the token question to the last line of this login'),
  allowedSeconds: z.number().optional().describe('how long the VPN was willing to wait'),
  timing: z
    .object({
      events: z.array(z.object({ event: z.enum(TIMED_MILESTONES), seconds: z.number().min(0) })),
      limits: z
        .array(z.object({ limit: z.enum(['token', 'vpn']), seconds: z.number() }))
        .describe('when the wait ends, as the log states it'),
    })
    .optional()
    .describe(
      'what happened when, in seconds from the question for the second factor; absent where the log has no times',
    ),
  hops: z.array(hopResult),
  device: ofDevice,
});

const device = z.object({
  alias: z.string().optional(),
  customer: z.string().optional().describe('whose device it is, by the inventory'),
  site: z.string().optional().describe('where it stands, by the inventory'),
  hostname: z.string().optional(),
  model: z.string().optional(),
  version: z.string().optional(),
  vdomMode: z.enum(['single', 'multi']).optional(),
  haMode: z.string().optional(),
  algorithms: z
    .literal('legacy')
    .optional()
    .describe('the device was read over SSH with old algorithms, which others on the way could break'),
});

const missing = z.object({
  device: ofDevice,
  rule: ruleId,
  need: z.string(),
  commands: z.array(z.string()).describe('in order and with scope entry, ready to paste'),
});

const portService = z.enum([
  'ftm-push',
  'admin-https',
  'admin-other',
  'ssl-vpn',
  'virtual-ip',
  'ike-tcp',
  'local-in-policy',
]);

const portMap = z.object({
  port: z.int(),
  address: z.string().optional(),
  interface: z.string().optional(),
  claims: z
    .array(z.object({ service: portService, detail: z.string(), evidence: z.array(quote) }))
    .describe('who takes a connection to this port, the one that gets it first'),
  winner: portService.nullable(),
  confidence: z.enum(['certain', 'likely', 'possible']).describe('of the winner getting the connection'),
  unseen: z.array(portService).describe('possible owners that the evidence does not show'),
});

const timeBudget = z.object({
  limits: z
    .array(z.object({ name: z.string(), seconds: z.number() }))
    .min(2)
    .describe('what ends a login that waits for the approval, the first to end first: so long the user has'),
  note: z.string().optional().describe('a setting that is easily mistaken for one of them'),
});

const source = z.object({
  name: z.string(),
  lines: z.int().min(0),
  kinds: z.array(z.string()).describe('what was recognised in it'),
});

const live = z.object({
  state: z
    .enum(['watched', 'not-opened', 'left-on'])
    .describe('left-on: nobody could make sure that the debug is off again; `commands` switch it off'),
  ended: z
    .enum(['time', 'login', 'flood', 'session-lost', 'stopped'])
    .optional()
    .describe(
      'why watching ended: its time was over, the login was seen, too much came, the session was lost, it was stopped',
    ),
  seconds: z.int().min(0).optional(),
  lines: z.int().min(0).optional().describe('of debug output'),
  applications: z.array(z.string()).describe('daemons whose debug was on'),
  others: z
    .array(z.string())
    .optional()
    .describe('daemons whose debug somebody else switched on meanwhile; it was left on'),
  reason: z.string().optional().describe('why nothing was switched on'),
  unwatched: z.string().optional().describe('why IKE was not watched, on a device with dial-up tunnels'),
  commands: z.array(z.string()),
});

const VERDICTS = ['broken', 'healthy', 'inconclusive'] as const;

/** The diagnosis. All answers (blocks, text, JSON) are views of it. */
export const diagnosisSchema = z
  .object({
    schema: z.literal(DIAGNOSIS_SCHEMA_ID),
    verdict: z.enum(VERDICTS),
    headline: z.string().describe('the top line of the answer, in the words of a user'),
    whoFails: z
      .string()
      .optional()
      .describe(
        'of many logins: everybody, or the server, tunnel, group, user, client or network that fails',
      ),
    answers: z
      .array(z.object({ question: z.string(), answer: z.string(), evidence: quote }))
      .optional()
      .describe(
        'of questions that a person asks in the text: where the cause lies, or whom it stops, as far as the findings decide it',
      ),
    narrowedTo: z
      .object({
        client: z.string().optional(),
        since: z.string().optional(),
        until: z.string().optional(),
        symptom: z
          .string()
          .optional()
          .describe('a percentage or code of FortiClient, such as `48 %`; never a verdict'),
      })
      .optional()
      .describe('the logins that were looked at, where the request limits them'),
    upgradeTo: z
      .string()
      .optional()
      .describe('the release of an upgrade, where the question is which logins it stops'),
    whyNotHealthy: z
      .array(z.string())
      .optional()
      .describe(
        'of a case without a finding: what was not looked at, or does not agree, in clauses that go on from “nothing wrong in what could be read, but”',
      ),
    proof: z
      .enum(['login', 'configuration'])
      .optional()
      .describe(
        'of a healthy case: `login` if a login was seen to succeed by push; `configuration` if everything that a configuration shows is in order and no such login was seen',
      ),
    notExcluded: z
      .array(z.string())
      .optional()
      .describe(
        'of a healthy case without such a login: what would stop every push and no configuration shows',
      ),
    notInUse: z
      .literal(true)
      .optional()
      .describe('push is switched off, and the evidence shows that nobody uses a mobile token'),
    firstBrokenHop: hop.nullable(),
    hops: z.array(hopResult).length(HOPS.length),
    findings: z.array(findingSchema).describe('most decisive first'),
    checks: z.array(check),
    attempts: z.array(attempt),
    moreAttempts: z
      .int()
      .min(1)
      .optional()
      .describe(
        'logins of a very long log that are not in `attempts`, which then are the first and the last of each outcome',
      ),
    usersWithoutTrouble: z
      .object({ names: z.array(z.string()), count: z.int().min(1) })
      .optional()
      .describe(
        'of a log with `moreAttempts`: users who got in and of whom no login failed; `names` are the first few',
      ),
    otherLogins: z
      .object({ count: z.int().min(1), users: z.array(z.string()), evidence: z.array(quote) })
      .optional()
      .describe(
        'passwords that fnbamd checked for somebody else than the VPN, as the log shows: an administrator, a portal, a proxy; not in `attempts`. `users` are the first few',
      ),
    askedUser: z
      .object({
        name: z.string(),
        known: z
          .enum(['known', 'unknown-user', 'cannot-tell'])
          .describe(
            'cannot-tell: a user of a remote server, or of something that was not read, may be called so',
          ),
        suggestions: z
          .array(z.string())
          .describe('names of the evidence that may have been meant, best first'),
        reason: z.string().optional().describe('why the user is not known'),
      })
      .optional()
      .describe('the user that the request named; any other `known` than known goes with no healthy verdict'),
    unknownVdom: z
      .object({ name: z.string(), suggestions: z.array(z.string()) })
      .optional()
      .describe('the VDOM that the request named, where the evidence shows none of that name; never healthy'),
    device,
    devices: z
      .array(
        z.object({
          name: z.string(),
          verdict: z.enum(VERDICTS),
          headline: z.string(),
          firstBrokenHop: hop.nullable(),
          device,
        }),
      )
      .min(2)
      .optional()
      .describe(
        'set where the evidence is about several devices, the worst first; each is judged by itself. `device` is empty then, and `hops`, `missing`, `portMap` and `timeBudget` are of the first',
      ),
    sources: z.array(source),
    looksLike: z
      .object({ what: z.string(), send: z.string(), evidence: z.array(quote) })
      .optional()
      .describe(
        'set where nothing in the evidence is of a login at a FortiGate: what it looks like (empty if it is not recognised), and what to send instead',
      ),
    explained: z
      .array(z.object({ shown: z.string(), text: z.string(), evidence: quote }))
      .optional()
      .describe(
        'of a case that is not healthy: codes of FortiClient, and lines that look like a fault and are none, in words; never a verdict',
      ),
    live: live.optional().describe('of a check that watched a login, or was to'),
    portMap: portMap
      .optional()
      .describe('who answers where the phone calls; absent while the push service is unknown'),
    timeBudget: timeBudget
      .optional()
      .describe('how long a user has to approve; absent while fewer than two limits are known'),
    missing: z.array(missing),
    redactions: z.object({ total: z.int().min(0), byKind: z.record(z.string(), z.int().min(1)) }),
  })
  .meta({ id: DIAGNOSIS_SCHEMA_ID, title: 'ftm-check diagnosis' });

export type Diagnosis = z.infer<typeof diagnosisSchema>;
export type Finding = Diagnosis['findings'][number];
export type HopResult = Diagnosis['hops'][number];
export type AttemptSummary = Diagnosis['attempts'][number];
export type LiveSummary = NonNullable<Diagnosis['live']>;
export type MissingFact = Diagnosis['missing'][number];

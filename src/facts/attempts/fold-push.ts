import type { PushBody } from '../../fortios/debug/ftm-push-events.ts';
import type { Moment } from '../attempt.ts';
import { type EventRef, momentOf, secondsBetween } from './event-ref.ts';
import { advance, isWaiting, type LoginState, wasAsked } from './login-state.ts';
import type { Registry } from './registry.ts';

export interface PushFold {
  connecting(address: string, port: number, sighting: EventRef): void;
  head(sighting: EventRef): void;
  body(body: PushBody, sighting: EventRef): void;
  /** Pushes that belong to no login of the log, or to one of several. */
  settle(): readonly Moment[];
  /** The same for some of the logins of a long log, to whom nothing happens any more. */
  settleOver(drafts: readonly LoginState[]): void;
}

/** ftm-push acts at once on a request, so these are the logins its line may be about. Seconds; messages without times. */
const PROMPT = 10;
const PROMPT_MESSAGES = 60;
/** A request that has waited longer does not get a line at all any more. Seconds. */
const TOO_LATE = 30;
const MAX_UNCLAIMED = 50;

/**
 * Lines of ftm-push name no session: they are given to the login that has just sent its request. Of several at once
 * the first is served first, and a token's serial, once seen, tells them apart.
 */
export function createPushFold(registry: Registry): PushFold {
  const userOfToken = new Map<string, string>();
  const unclaimed: Moment[] = [];
  let head: EventRef | undefined;
  let latest: LoginState | undefined;

  function send(sighting: EventRef, body: PushBody | undefined): void {
    head = undefined;
    const { tokenSerial, platform } = body ?? {};
    const open = [...registry.live].filter(
      (draft) => !draft.milestones.pushSent && !draft.withoutToken && draft.stage !== 'approved',
    );
    const narrowed = narrow(open, (draft) => draft.stage === 'answer') ?? narrow(open, isWaiting) ?? open;
    const { draft, rivals } = pick(suited(narrowed, body), sighting);
    latest = draft;
    if (!draft) {
      if (unclaimed.length < MAX_UNCLAIMED) unclaimed.push(momentOf(sighting));
      return;
    }
    // IKE does not say that the question is out; the push does.
    if (draft.negotiation !== undefined) advance(draft, 'question');
    const certain = rivals.length === 0 && draft.pushRivals.size === 0;
    draft.milestones.pushSent = {
      ...momentOf(sighting),
      ...(platform === undefined || !certain ? {} : { platform }),
      ...(tokenSerial === undefined || !certain ? {} : { tokenSerial }),
    };
    for (const rival of rivals) {
      draft.pushRivals.add(rival);
      rival.pushRivals.add(draft);
    }
    if (tokenSerial !== undefined && draft.user !== undefined && certain) {
      userOfToken.set(tokenSerial, draft.user);
    }
  }

  /** A token is one user's, and the push names the VDOM it was sent for. */
  function suited(drafts: readonly LoginState[], body: PushBody | undefined): readonly LoginState[] {
    const sameVdom =
      narrow(drafts, (draft) => body?.vdom === undefined || (draft.vdom ?? body.vdom) === body.vdom) ??
      drafts;
    const serial = body?.tokenSerial;
    if (serial === undefined) return sameVdom;
    const owner = userOfToken.get(serial);
    if (owner !== undefined) return narrow(sameVdom, (draft) => draft.user === owner) ?? sameVdom;
    const others = new Set(userOfToken.values());
    return narrow(sameVdom, (draft) => draft.user === undefined || !others.has(draft.user)) ?? sameVdom;
  }

  return {
    connecting(address, port, sighting) {
      if (head) send(head, undefined);
      const open = [...registry.live].filter(
        (draft) => !draft.milestones.pushConnect && !draft.withoutToken && draft.stage !== 'approved',
      );
      // Of SSL VPN the connection is made before the password is answered; a kept-alive one serves others without a line.
      const asking = open.every(({ session }) => session !== undefined)
        ? narrow(open, ({ stage }) => stage === 'password')
        : undefined;
      const { draft, rivals } = pick(asking ?? open, sighting);
      if (!draft) return;
      draft.milestones.pushConnect = { ...momentOf(sighting), address, port };
      for (const rival of rivals) {
        draft.connectRivals.add(rival);
        rival.connectRivals.add(draft);
      }
    },

    head(sighting) {
      if (head) send(head, undefined);
      head = sighting;
    },

    body(body, sighting) {
      if (body.first) {
        send(sighting, body);
        return;
      }
      const sent = latest?.milestones.pushSent;
      if (!latest || !sent || latest.pushRivals.size > 0) return;
      const { platform = sent.platform, tokenSerial = sent.tokenSerial } = body;
      latest.milestones.pushSent = {
        ...sent,
        platform,
        tokenSerial,
      };
    },

    settleOver(drafts) {
      for (const moment of withdrawDoubtful(drafts)) {
        if (unclaimed.length < MAX_UNCLAIMED) unclaimed.push(moment);
      }
      if (latest && drafts.includes(latest)) latest = undefined;
    },

    settle() {
      if (head) send(head, undefined);
      return [...unclaimed, ...withdrawDoubtful(registry.drafts)];
    },
  };
}

function narrow(
  drafts: readonly LoginState[],
  fits: (draft: LoginState) => boolean,
): readonly LoginState[] | undefined {
  const found = drafts.filter(fits);
  return found.length > 0 ? found : undefined;
}

function pick(
  drafts: readonly LoginState[],
  now: EventRef,
): { draft?: LoginState; rivals: readonly LoginState[] } {
  const waiting = drafts
    .filter((draft) => (secondsBetween(draft.requested.at, now.at) ?? 0) <= TOO_LATE)
    .toSorted((a, b) => a.requested.order - b.requested.order);
  const prompt = waiting.filter((draft) => isPrompt(draft, now));
  const draft = prompt[0] ?? waiting.at(-1);
  return draft ? { draft, rivals: prompt.filter((other) => other !== draft) } : { rivals: [] };
}

function isPrompt({ requested: asked }: LoginState, now: EventRef): boolean {
  const waited = secondsBetween(asked.at, now.at);
  return waited === undefined ? now.order - asked.order <= PROMPT_MESSAGES : waited <= PROMPT;
}

/** Where a rival never got a line of its own, nobody can tell whose the one line was. */
function withdrawDoubtful(drafts: readonly LoginState[]): readonly Moment[] {
  withdrawConnects(drafts);
  const noPush = drafts.filter(
    ({ milestones: marks, pushRivals }) => marks.pushSent && lacks(pushRivals, 'pushSent'),
  );
  const withdrawn = noPush.flatMap(({ milestones: marks }) =>
    marks.pushSent ? [momentOf(marks.pushSent)] : [],
  );
  for (const draft of noPush) delete draft.milestones.pushSent;
  return withdrawn;
}

/** Who has lost a connection this way may have been the one that another's belongs to. */
function withdrawConnects(drafts: readonly LoginState[]): void {
  const doubtful = drafts.filter(
    (draft) =>
      draft.milestones.pushConnect && (neededNone(draft) || lacks(draft.connectRivals, 'pushConnect')),
  );
  for (const draft of doubtful) delete draft.milestones.pushConnect;
  if (doubtful.length > 0) withdrawConnects(drafts);
}

function lacks(rivals: ReadonlySet<LoginState>, mark: 'pushConnect' | 'pushSent'): boolean {
  return [...rivals].some(
    (rival) => rival.mergedInto === undefined && !rival.milestones[mark] && !neededNone(rival),
  );
}

/** It ended before its password was accepted, as far as fnbamd tells. */
function neededNone({ milestones: marks, toldByFnbamd, stage }: LoginState): boolean {
  if (marks.passwordRefused) return true;
  return toldByFnbamd && stage === 'over' && !wasAsked(marks) && !marks.pushSent;
}

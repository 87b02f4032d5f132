import type { InputBlock, ModalView, Option, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { isIpAddress } from '../../src/engine/fortios/address.ts';
import { findSymptom } from '../../src/engine/rules/symptoms.ts';
import type { CheckDetails } from '../../src/platform/runs/run.ts';
import { ACTIONS, VIEWS } from '../../src/report/block-kit/action-ids.ts';
import { input, modal, option, toPlainText } from '../../src/report/block-kit/build-blocks.ts';
import { LIMITS } from '../../src/report/block-kit/limits.ts';
import type { ParsedRequest } from '../commands/parse-request.ts';

/** Where the form was opened and the answer goes. Without a channel the form asks for one. */
export interface CheckFormPlace {
  readonly channel?: string;
  readonly team?: string;
}

const NAME_LIMIT = 100;

/**
 * Form for device, user, what the client shows, since when, VDOM and a live session. With more than Slack's limit of 100 options, the device is a search
 * field.
 */
export function checkForm(devices: readonly string[], place: CheckFormPlace): ModalView {
  return modal(
    VIEWS.check,
    JSON.stringify(place),
    { title: 'Check a device', submit: 'Check', close: 'Close' },
    [
      input('device', 'Device', deviceSelect(devices)),
      textInput('user', 'Who cannot log in', 'The name as it is typed into the client'),
      textInput('symptom', 'What the client says', 'A percentage or code if known, such as 48 % or -7200'),
      input('since', 'Since when', select('since', 'Not known', SINCE_OPTIONS), { optional: true }),
      textInput('vdom', 'VDOM', 'Only if the device has several'),
      input('live', 'Watch a login', select('live', 'No, only read the device', LIVE_OPTIONS), {
        optional: true,
        hint: 'Enables debug for this time, if allowed; a message says when the user must log in',
      }),
      textInput('client', 'Public address of the client', 'Only to watch a login to IPsec'),
      ...(place.channel === undefined ? [channelInput] : []),
    ],
  );
}

const channelInput = input(
  'channel',
  'Answer in',
  {
    type: 'conversations_select',
    action_id: 'channel',
    default_to_current_conversation: true,
    filter: { include: ['public', 'private'], exclude_bot_users: true },
  },
  { hint: 'A channel of the bot in which you may check this device' },
);

const SINCE_HOURS = { 'Within the last hour': 1, Today: 24, 'For days': 168 } as const;
const SINCE_OPTIONS = Object.entries(SINCE_HOURS).map(([text, hours]) => option(text, String(hours)));

/** Choices instead of a number, which could be mistyped. */
const LIVE_CHOICES_S = [30, 60, 120] as const;
const LIVE_OPTIONS = LIVE_CHOICES_S.map((seconds) => option(`For ${seconds} seconds`, String(seconds)));

function deviceSelect(devices: readonly string[]): InputBlock['element'] {
  if (devices.length <= LIMITS.options)
    return select(ACTIONS.pickDevice, 'Search by name', deviceOptions(devices, ''));
  return {
    type: 'external_select',
    action_id: ACTIONS.pickDevice,
    placeholder: toPlainText('Type a part of the name'),
    min_query_length: 0,
  };
}

function select(id: string, placeholder: string, options: PlainTextOption[]): InputBlock['element'] {
  return { type: 'static_select', action_id: id, placeholder: toPlainText(placeholder), options };
}

function textInput(id: 'user' | 'symptom' | 'vdom' | 'client', label: string, hint: string): InputBlock {
  const element = { type: 'plain_text_input', action_id: id, max_length: NAME_LIMIT } as const;
  return input(id, label, element, { optional: true, hint });
}

/** Names that contain `query`, those that begin with it first, up to Slack's limit. */
export function deviceOptions(devices: readonly string[], query: string): PlainTextOption[] {
  const wanted = query.trim().toLowerCase();
  const found = devices.filter((alias) => alias.toLowerCase().includes(wanted));
  const first = found.filter((alias) => alias.toLowerCase().startsWith(wanted));
  const rest = found.filter((alias) => !first.includes(alias));
  return [...first, ...rest].slice(0, LIMITS.options).map((alias) => option(alias, alias));
}

const picked = z.object({ selected_option: z.custom<Option>().nullish() });
const typed = z.object({ value: z.string().nullish() });

const submitted = z.object({
  device: z.object({ [ACTIONS.pickDevice]: picked }),
  user: z.object({ user: typed }),
  vdom: z.object({ vdom: typed }),
  live: z.object({ live: picked }).optional(),
  symptom: z.object({ symptom: typed }).optional(),
  since: z.object({ since: picked }).optional(),
  client: z.object({ client: typed }).optional(),
  channel: z.object({ channel: z.object({ selected_conversation: z.string().nullish() }) }).optional(),
});

export interface Submitted {
  readonly check: Extract<ParsedRequest, { kind: 'check' }>;
  /** Present only if the form asked for it. */
  readonly channel?: string;
}

export interface WrongInput {
  readonly block: 'symptom' | 'client';
  readonly reason: string;
}

/** Undefined if no device was picked, which Slack prevents. */
export function readCheckForm(values: unknown): Submitted | WrongInput | undefined {
  const form = submitted.parse(values);
  const alias = form.device[ACTIONS.pickDevice].selected_option?.value;
  if (alias === undefined) return undefined;
  const user = form.user.user.value?.trim() || undefined;
  const vdom = form.vdom.vdom.value?.trim() || undefined;
  const live = readNumber(form.live?.live);
  const channel = form.channel?.channel.selected_conversation ?? undefined;
  const details = readDetails(form);
  if (details && 'block' in details) return details;
  return { check: { kind: 'check', alias, user, vdom, live, details }, channel };
}

function readNumber(chosen: z.infer<typeof picked> | undefined): number | undefined {
  const value = chosen?.selected_option?.value;
  return value ? Number(value) : undefined;
}

/** Of the words only a known percentage or code is kept: people type anything. */
function readDetails(form: z.infer<typeof submitted>): CheckDetails | WrongInput | undefined {
  const says = form.symptom?.symptom.value?.trim();
  const symptom = says ? findSymptom(says)?.shown : undefined;
  if (says && symptom === undefined)
    return { block: 'symptom', reason: 'No percentage or code that I know. Leave it empty to go on.' };
  const client = form.client?.client.value?.trim() || undefined;
  if (client && !isIpAddress(client))
    return { block: 'client', reason: 'An IP address, such as 203.0.113.7, or nothing.' };
  const sinceHours = readNumber(form.since?.since);
  return symptom || client || sinceHours ? { symptom, client, sinceHours } : undefined;
}

const place = z.object({ channel: z.string().optional(), team: z.string().optional() });

export function parsePlace(privateMetadata: string): CheckFormPlace {
  const { channel, team } = place.parse(JSON.parse(privateMetadata));
  return { channel, team };
}

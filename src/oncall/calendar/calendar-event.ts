/** One occurrence of an event. Times in milliseconds since the Unix epoch. */
export interface CalendarEvent {
  readonly from: number;
  readonly until: number;
  readonly summary: string;
  /** Names (`CN`) and mail addresses, in the order of the file. */
  readonly attendees: readonly string[];
}

export interface CalendarTask {
  readonly text: string;
  /** Zone of all-day events and of times without a zone. */
  readonly timeZone: string;
  /** Occurrences that overlap this span are returned. */
  readonly from: number;
  readonly until: number;
}

export type CalendarRead =
  | { readonly kind: 'events'; readonly events: readonly CalendarEvent[] }
  /** `reason` holds nothing of the calendar or its address. `unreachable`: the other side did not answer. */
  | { readonly kind: 'failed'; readonly reason: string; readonly unreachable?: true };

export type CalendarText =
  | { readonly kind: 'text'; readonly text: string }
  | Extract<CalendarRead, { readonly kind: 'failed' }>;

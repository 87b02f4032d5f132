/** The part of ical.js that is used (`paths` in tsconfig.json). Its own types do not compile without `skipLibCheck` (2.2.1). */
declare namespace ICAL {
  /** Returns a component, or a list of them. Throws on anything else. */
  function parse(text: string): unknown[];

  interface TimeParts {
    readonly year: number;
    /** 1 to 12. */
    readonly month: number;
    readonly day: number;
    readonly hour?: number;
    readonly minute?: number;
    readonly second?: number;
    readonly isDate: boolean;
  }

  class Timezone {
    static readonly utcTimezone: Timezone;
    /** Of values without a zone, and of those whose zone the file does not define. */
    static readonly localTimezone: Timezone;
    readonly tzid: string;
  }

  class Time {
    static fromJSDate(date: Date, useUtc: boolean): Time;
    constructor(parts: TimeParts, zone?: Timezone);
    readonly year: number;
    readonly month: number;
    readonly day: number;
    readonly hour: number;
    readonly minute: number;
    readonly second: number;
    readonly isDate: boolean;
    readonly zone: Timezone | null;
    convertToZone(zone: Timezone): Time;
    /** Seconds since the Unix epoch. */
    toUnixTime(): number;
  }

  class Duration {
    readonly weeks: number;
    readonly days: number;
    readonly hours: number;
    readonly minutes: number;
    readonly seconds: number;
    readonly isNegative: boolean;
  }

  class Period {
    readonly start: Time;
    readonly end: Time | null;
    readonly duration: Duration | null;
  }

  class Recur {
    until: Time | null;
    clone(): Recur;
    iterator(start: Time): { next(): Time | null | undefined };
  }

  class Property {
    getFirstValue(): unknown;
    getValues(): unknown[];
    getFirstParameter(name: string): string;
  }

  class Component {
    constructor(jCal: unknown[]);
    readonly name: string;
    getAllSubcomponents(name: string): Component[];
    getAllProperties(name: string): Property[];
    getFirstProperty(name: string): Property | null;
    getFirstPropertyValue(name: string): unknown;
  }
}
export default ICAL;

import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** Trace context for another process (W3C `traceparent`): no names, no secrets. */
export type TraceCarrier = Readonly<Record<string, string>>;

export interface SpanOptions {
  readonly kind?: 'server' | 'consumer' | 'client';
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Context of the requesting process; by default the active span. */
  readonly parent?: TraceCarrier | undefined;
}

export interface OpenSpan {
  set(attributes: Readonly<Record<string, string | number>>): void;
  event(name: string, attributes: Readonly<Record<string, string | number>>): void;
}

const KINDS = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, client: SpanKind.CLIENT } as const;

/**
 * Runs work inside a span. Only the OpenTelemetry API is used: nothing is recorded or sent unless an SDK is loaded
 * before this program (docs/how-to/operations.md).
 */
export function inSpan<T>(
  name: string,
  { kind, attributes = {}, parent }: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  const from = parent === undefined ? context.active() : propagation.extract(context.active(), parent);
  const options = { kind: kind === undefined ? SpanKind.INTERNAL : KINDS[kind], attributes };
  return trace.getTracer('ftm-check').startActiveSpan(name, options, from, async (span) => {
    try {
      return await work({
        set: (more) => void span.setAttributes(more),
        event: (what, details) => void span.addEvent(what, details),
      });
    } catch (error) {
      // The code, not the message: a message may contain a host name or other foreign text.
      const code =
        error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'error';
      span.setStatus({ code: SpanStatusCode.ERROR, message: code });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Trace context to pass on; `undefined` if there is no active span. */
export function currentTrace(): TraceCarrier | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return Object.keys(carrier).length === 0 ? undefined : carrier;
}

import { context, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterEach, describe, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { currentTrace, inSpan } from '../../../src/platform/observe/tracing.ts';
import { liveCheck } from '../../device/live-fixture.ts';
import { startTestSystem } from '../../e2e/test-system.ts';
import { openTestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

function record(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
  return exporter;
}

afterEach(() => {
  for (const api of [trace, context, propagation]) api.disable();
});

describe('without an SDK', () => {
  it('does the work and leaves nothing for the queue to carry', async () => {
    expect(await inSpan('a', {}, async () => currentTrace())).toBeUndefined();
    const error = new FtmError('ftm_internal', 'x');
    await expect(inSpan('a', {}, async () => Promise.reject(error))).rejects.toBe(error);
  });
});

describe('with an SDK', () => {
  it('goes on from what another process left', async () => {
    const spans = record();
    const carrier = await inSpan('request', { kind: 'server' }, async () => currentTrace());
    await inSpan('run', { kind: 'consumer', parent: carrier }, async () =>
      inSpan('inner', {}, async () => {}),
    );
    const [request, inner, run] = spans.getFinishedSpans();
    expect(run?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(inner?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId);
  });

  it('keeps the words of errors to itself', async () => {
    const spans = record();
    const work = async () => Promise.reject(new FtmError('ftm_device_timeout', '192.0.2.7 is silent'));
    await expect(inSpan('a', {}, work)).rejects.toThrow();
    expect(spans.getFinishedSpans()[0]?.status).toEqual({ code: 2, message: 'ftm_device_timeout' });
  });

  it('has a span for every command of a debug window, and one for the window', async () => {
    const spans = record();
    const secret = 'hunter2-of-somebody';
    const behaviour = { debug: { fnbamd: [{ text: secret, afterMs: 200 }] } };
    await inSpan('read device', {}, () => liveCheck({ behaviour }, () => {}));
    const all = spans.getFinishedSpans();
    const root = all.find(({ name }) => name === 'read device')?.spanContext().spanId;
    const [window] = all.filter(({ name }) => name === 'debug window');
    expect(window?.attributes).toMatchObject({
      'ftm.command': 'debug-enable',
      'ftm.outcome': 'time',
      'ftm.lines': 1,
    });
    const children = all.filter(({ name }) => name === 'device command' || name === 'debug window');
    expect(children.map(({ parentSpanContext }) => parentSpanContext?.spanId === root)).not.toContain(false);
    expect(children.map(({ attributes }) => attributes['ftm.command'])).toEqual([
      'system-status',
      'ssl-vpn',
      'phase1-interfaces',
      'debug-info',
      'performance',
      'debug-reset',
      'debug-duration',
      'debug-timestamp',
      'debug-application',
      'debug-application',
      'debug-application',
      'debug-enable',
      'debug-disable',
      'debug-info',
      'debug-reset',
      'debug-info',
    ]);
    expect(JSON.stringify(all.map(({ attributes, events }) => [attributes, events]))).not.toContain(secret);
  });

  it('is one trace from Slack through the queue to the device and the answer', async (test) => {
    const redis = await openTestRedis();
    if (!redis) {
      test.skip('no valkey-server or redis-server here');
      return;
    }
    const spans = record();
    try {
      await using system = await startTestSystem({ redis });
      await system.check();
      await system.answered({ alias: 'fgt-branch-07' });
      await until(() => spans.getFinishedSpans().some(({ name }) => name === 'run'), 'the run has ended');
      const all = spans.getFinishedSpans();
      const find = (name: string) => all.find((span) => span.name === name);
      expect(new Set(all.map((span) => span.spanContext().traceId)).size).toBe(1);
      expect(find('run')?.parentSpanContext?.spanId).toBe(find('request')?.spanContext().spanId);
      for (const name of ['read device', 'answer']) {
        expect(find(name)?.parentSpanContext?.spanId).toBe(find('run')?.spanContext().spanId);
      }
      const commands = all.filter(({ name }) => name === 'device command');
      expect(commands.length).toBeGreaterThan(10);
      for (const span of commands) {
        expect(span.parentSpanContext?.spanId).toBe(find('read device')?.spanContext().spanId);
      }
      const ids = commands.map(({ attributes }) => attributes['ftm.command']);
      expect(ids.slice(0, 2)).toEqual(['system-status', 'ftm-push']);
      expect(new Set(commands.map(({ attributes }) => attributes['ftm.outcome']))).toEqual(
        new Set(['answered']),
      );
      const lines = find('read device')
        ?.events.map(({ attributes }) => attributes?.text)
        .filter((text) => text);
      expect(lines).toEqual(system.simulator.commands);
    } finally {
      await redis.stop();
    }
  });
});

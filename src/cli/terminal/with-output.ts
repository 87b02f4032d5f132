import type { Io } from './io.ts';

export const COLOURS = ['auto', 'always', 'never'] as const;

export interface OutputOptions {
  readonly output?: string;
  readonly color: (typeof COLOURS)[number];
}

export async function withOutput(
  { output, color }: OutputOptions,
  io: Io,
  work: (io: Io) => Promise<number>,
): Promise<number> {
  const coloured = changed(io, { env: { ...io.env, ...COLOUR_VARIABLES[color] } });
  if (output === undefined) return await work(coloured);
  const { intoFile } = await import('./into-file.ts');
  return await intoFile(output, (stdout) => work(changed(coloured, { stdout })));
}

const COLOUR_VARIABLES = { auto: {}, always: { FORCE_COLOR: '1' }, never: { FORCE_COLOR: '0' } } as const;

/** Node creates the streams of a process at first access, so the others are not touched here. */
function changed(io: Io, values: Partial<Io>): Io {
  const properties = Object.entries(values).map(
    ([name, value]) => [name, { value, enumerable: true }] as const,
  );
  return Object.create(io, Object.fromEntries(properties)) as Io;
}

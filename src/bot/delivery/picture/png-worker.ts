import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { answerTasks } from '../../../platform/threads/answer-tasks.ts';

const PIXELS_PER_UNIT = 3;
const FONT = 'Inter';
const FONT_FILES = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'];

/** Compiling the module takes most of the time of a first drawing, so this thread compiles it once. */
const fonts = loadRenderer();

answerTasks(async (svg: string) => {
  const drawing = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: PIXELS_PER_UNIT },
    font: { fontBuffers: await fonts, defaultFontFamily: FONT, sansSerifFamily: FONT },
  });
  const image = drawing.render();
  try {
    return image.asPng();
  } finally {
    // Memory of the module is not collected by V8.
    image.free();
    drawing.free();
  }
});

async function loadRenderer(): Promise<Uint8Array<ArrayBuffer>[]> {
  const [wasm, ...buffers] = await Promise.all([
    packageFile('@resvg/resvg-wasm/index_bg.wasm'),
    ...FONT_FILES.map((file) => packageFile(`@expo-google-fonts/inter/${file}`)),
  ]);
  await initWasm(wasm);
  return buffers;
}

function packageFile(specifier: string): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(fileURLToPath(import.meta.resolve(specifier)));
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { answerTasks } from '../../../platform/threads/answer-tasks.ts';
import type { FileBytes } from './wasm-types.ts';

const PIXELS_PER_UNIT = 3;
const FONT = 'Inter';
const FONT_FILES = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'];

answerTasks(async (svg: string) => {
  const [wasm, ...fonts] = await Promise.all([
    packageFile('@resvg/resvg-wasm/index_bg.wasm'),
    ...FONT_FILES.map((file) => packageFile(`@expo-google-fonts/inter/${file}`)),
  ]);
  await initWasm(wasm);
  const drawing = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: PIXELS_PER_UNIT },
    font: { fontBuffers: fonts, defaultFontFamily: FONT, sansSerifFamily: FONT },
  });
  return drawing.render().asPng();
});

function packageFile(specifier: string): Promise<FileBytes> {
  return readFile(fileURLToPath(import.meta.resolve(specifier)));
}

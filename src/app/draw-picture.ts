import type { Picture } from '../bot/delivery/delivery-options.ts';
import { renderPng } from '../bot/delivery/picture/render-png.ts';
import type { Diagnosis } from '../engine/diagnosis/diagnosis.ts';
import { loginsPictureFile } from '../report/picture/logins-picture-file.ts';

/** The picture below an answer, if times matter for the diagnosis. */
export async function drawPicture(
  diagnosis: Diagnosis,
  alias: string | undefined,
): Promise<Picture | undefined> {
  const file = loginsPictureFile(diagnosis, alias);
  if (file === undefined) return undefined;
  const { svg, ...named } = file;
  return { ...named, content: await renderPng(svg) };
}

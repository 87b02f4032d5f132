import type { Picture } from '../delivery/delivery-options.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { renderPng } from '../picture/render-png.ts';
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

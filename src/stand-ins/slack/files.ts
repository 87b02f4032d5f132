import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import type { SlackFile } from './types.ts';

export interface Files {
  /** A file that a person uploads. */
  add(file: { readonly name: string; readonly content: string | Buffer }): SlackFile;
  /** Announces an upload, as `files.getUploadURLExternal` does. */
  announce(name: string, altText?: string): { readonly id: string; readonly uploadUrl: string };
  receive(id: string, content: Buffer): boolean;
  complete(id: string, title: string): SlackFile | undefined;
  content(id: string): Buffer | undefined;
  info(id: string): SlackFile | undefined;
  /** Simulates the deletion of a file. */
  remove(id: string): void;
}

const TYPES: Readonly<Record<string, string>> = {
  gz: 'application/gzip',
  png: 'image/png',
  zip: 'application/zip',
};

export function createFiles(baseUrl: () => string): Files {
  const contents = new Map<string, Buffer>();
  const names = new Map<string, string>();
  const altTexts = new Map<string, string>();
  const complete = new Map<string, SlackFile>();

  function describe(id: string, name: string, title: string): SlackFile {
    const extension = extname(name).slice(1);
    const isText = ['', 'txt', 'log', 'conf', 'cfg'].includes(extension);
    const url = `${baseUrl()}/files-pri/${id}/${encodeURIComponent(name)}`;
    return {
      id,
      name,
      title,
      filetype: isText ? 'text' : extension,
      mimetype: isText ? 'text/plain' : (TYPES[extension] ?? 'application/octet-stream'),
      size: contents.get(id)?.length ?? 0,
      mode: isText ? 'snippet' : 'hosted',
      url_private: url,
      url_private_download: url,
    };
  }

  function newId(): string {
    return `F${randomBytes(5).toString('hex').toUpperCase()}`;
  }

  return {
    add({ name, content }) {
      const id = newId();
      contents.set(id, Buffer.from(content));
      const file = describe(id, name, name);
      complete.set(id, file);
      return file;
    },
    announce(name, altText) {
      const id = newId();
      if (altText !== undefined) altTexts.set(id, altText);
      names.set(id, name);
      return { id, uploadUrl: `${baseUrl()}/upload/${id}` };
    },
    receive(id, content) {
      if (!names.has(id)) return false;
      contents.set(id, content);
      return true;
    },
    complete(id, title) {
      const name = names.get(id);
      if (name === undefined || !contents.has(id)) return undefined;
      const altText = altTexts.get(id);
      const file = { ...describe(id, name, title), alt_txt: altText };
      complete.set(id, file);
      return file;
    },
    info: (id) => complete.get(id),
    remove(id) {
      complete.delete(id);
      contents.delete(id);
    },
    content: (id) => contents.get(id),
  };
}

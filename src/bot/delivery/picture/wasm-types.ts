/** Types of the web platform that the declarations of @resvg/resvg-wasm name, and that those of Node lack. */
declare global {
  type RequestInfo = string | URL | Request;
  type BufferSource = ArrayBuffer | ArrayBufferView<ArrayBuffer>;
  namespace WebAssembly {
    type Module = object;
  }
}

/** What `initWasm` and `fontBuffers` take. */
export type FileBytes = Uint8Array<ArrayBuffer>;

import { Transform } from "node:stream";

/**
 * Takes the bytes of a rendered document through, without the zero bytes that React 18 fills its 2 kB buffers up with
 * where a character of several bytes does not fit at their end. A browser would show each as "�", in the middle of a
 * Japanese word; no HTML document has a zero byte of its own.
 */
export function documentStream(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk);
    },
  });
}

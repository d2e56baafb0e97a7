/**
 * `next` messages of graphql-transport-ws for many sockets. The result is serialised once; per operation only its id is put
 * between ready pieces, and what comes together leaves in one write.
 */
export class SharedMessages {
  /** Everything behind the id, one character a byte. */
  readonly #tails: readonly string[];
  /** Pieces around the id, by the id's length: a frame begins with its own length. */
  readonly #pieces = new Map<number, readonly string[]>();

  /** `payloads` are results as JSON. */
  constructor(payloads: readonly string[]) {
    this.#tails = payloads.map((payload) => `,"type":"next","payload":${bytesOf(payload)}}`);
  }

  /** The WebSocket frames for one operation, one character a byte. `id` is JSON in the same form. */
  for(id: string): string {
    let pieces = this.#pieces.get(id.length);
    if (!pieces) this.#pieces.set(id.length, (pieces = this.#piecesFor(id.length)));
    return pieces.join(id);
  }

  #piecesFor(idLength: number): readonly string[] {
    const start = '{"id":';
    const pieces = [''];
    for (const tail of this.#tails) {
      pieces[pieces.length - 1] += header(start.length + idLength + tail.length) + start;
      pieces.push(tail);
    }
    return pieces;
  }
}

/** A text as one character a byte of its UTF-8: such strings are written to a socket without a copy in between. */
export const bytesOf = (text: string): string =>
  Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');

/** The head of one unmasked, unfragmented text frame (RFC 6455, 5.2). */
function header(length: number): string {
  if (length < 126) return String.fromCharCode(0x81, length);
  if (length < 65_536) return String.fromCharCode(0x81, 126, length >> 8, length & 255);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(length));
  return `${String.fromCharCode(0x81, 127)}${size.toString('latin1')}`;
}

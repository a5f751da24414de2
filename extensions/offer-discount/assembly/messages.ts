import { Policy } from "./policy.ts";

/** What discounts are called in the buyer's language. Each type's text is read once, and only where it is needed. */
export class Messages {
  private readonly policy: Policy;
  private readonly types: i32[] = [];
  private readonly texts: Uint8Array[] = [];
  private readonly bytes: i32[] = [];

  constructor(policy: Policy) {
    this.policy = policy;
  }

  /** The text of a type of offer, as bytes; empty where there is none. */
  of(type: i32): Uint8Array {
    return this.texts[this.placeOf(type)];
  }

  /** Bytes that the text of a type takes in JSON, without its quotes. */
  bytesOf(type: i32): i32 {
    return this.bytes[this.placeOf(type)];
  }

  private placeOf(type: i32): i32 {
    const known = this.types.indexOf(type);
    if (known >= 0) return known;
    const text = this.policy.messageOf(type);
    this.types.push(type);
    this.texts.push(text);
    this.bytes.push(bytesInJson(text));
    return this.types.length - 1;
  }
}

function bytesInJson(text: Uint8Array): i32 {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    if (text[i] == 34 || text[i] == 92) bytes += 1;
    else if (text[i] < 32) bytes += 5;
  }
  return bytes;
}

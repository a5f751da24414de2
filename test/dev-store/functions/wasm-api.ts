/**
 * The host side of Shopify's Wasm API for Functions, version 2 ("WebAssembly for Functions" on shopify.dev): what a
 * module imports to read its input and to write its output.
 */

/** The module that a Function's imports name. */
export const API_MODULE = "shopify_function_v2";

const BOXED = 0x7ffcn << 48n;
const TAG_SHIFT = 46n;
const LENGTH_SHIFT = 32n;
/** Longest length that fits into a value; of what is longer the module has to ask. */
const MOST_LENGTH = 0x3fff;

const TAGS = { null: 0n, boolean: 1n, string: 3n, object: 4n, array: 5n, error: 15n } as const;
const READ_ERRORS = { notAnObject: 1, indexOutOfBounds: 5, notIndexable: 6 } as const;
const WRITE_STATUS = {
  ok: 0,
  expectedKey: 2,
  objectLength: 3,
  alreadyWritten: 4,
  notAnObject: 5,
  arrayLength: 7,
  notAnArray: 8,
} as const;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Container =
  | { kind: "object"; left: number; key: string | null; value: { [name: string]: Json } }
  | { kind: "array"; left: number; value: Json[] };

/** Lets one run read an input and write an output, and counts its calls. */
export class WasmApi {
  calls = 0;
  logged = "";
  private memory: WebAssembly.Memory | null = null;
  private readonly input: Json;
  /** What the module has been given: a value's low 32 bits are its place here. */
  private readonly given: Json[] = [];
  private readonly places = new Map<Json, number>();
  private readonly interned: string[] = [];
  private readonly open: Container[] = [];
  private written: Json | undefined;
  private fault: string | null = null;

  constructor(input: unknown) {
    this.input = input as Json;
  }

  /** The imports of the module, and the memory that they read and write: known once it is there. */
  imports(): WebAssembly.Imports {
    const counted: Record<string, (...args: never[]) => unknown> = {};
    for (const [name, call] of Object.entries(this.calledByName())) {
      counted[`shopify_function_${name}`] = (...args: never[]) => {
        this.calls += 1;
        return call(...args);
      };
    }
    return { [API_MODULE]: counted as WebAssembly.ModuleImports };
  }

  attach(memory: WebAssembly.Memory): void {
    this.memory = memory;
  }

  /** The output as JSON. Throws where none was written, or not as the API wants it. */
  output(): string {
    if (this.fault !== null) throw new Error(this.fault);
    if (this.written === undefined || this.open.length > 0) throw new Error("The output was not finished.");
    return JSON.stringify(this.written);
  }

  private calledByName(): Record<string, (...args: never[]) => unknown> {
    return {
      input_get: () => this.box(this.input),
      input_get_val_len: (value: bigint) => this.lengthOf(this.unbox(value)),
      input_read_utf8_str: (place: number, into: number, length: number) => {
        const text = new TextEncoder().encode(String(this.given[place >>> 0]));
        this.bytes(into, length).set(text.subarray(0, length >>> 0));
      },
      input_get_obj_prop: (scope: bigint, at: number, length: number) => this.property(scope, this.text(at, length)),
      input_get_interned_obj_prop: (scope: bigint, id: number) => this.property(scope, this.interned[id]!),
      input_get_at_index: (scope: bigint, index: number) => this.atIndex(scope, index >>> 0),
      input_get_obj_key_at_index: (scope: bigint, index: number) => {
        const value = this.unbox(scope);
        if (!isObject(value)) return boxError(READ_ERRORS.notAnObject);
        const key = Object.keys(value)[index >>> 0];
        return key === undefined ? boxError(READ_ERRORS.indexOutOfBounds) : this.box(key);
      },
      intern_utf8_str: (at: number, length: number) => this.interned.push(this.text(at, length)) - 1,
      output_new_bool: (value: number) => this.write(value !== 0),
      output_new_null: () => this.write(null),
      output_new_i32: (value: number) => this.write(value),
      output_new_f64: (value: number) => this.write(value),
      output_new_utf8_str: (at: number, length: number) => this.write(this.text(at, length)),
      output_new_interned_utf8_str: (id: number) => this.write(this.interned[id]!),
      output_new_object: (left: number) => this.begin({ kind: "object", left: left >>> 0, key: null, value: {} }),
      output_finish_object: () => this.end("object"),
      output_new_array: (left: number) => this.begin({ kind: "array", left: left >>> 0, value: [] }),
      output_finish_array: () => this.end("array"),
      log_new_utf8_str: (at: number, length: number) => {
        this.logged += this.text(at, length);
      },
    };
  }

  private bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory!.buffer, at >>> 0, length >>> 0);
  }

  private text(at: number, length: number): string {
    return new TextDecoder("utf-8", { fatal: true }).decode(this.bytes(at, length));
  }

  private lengthOf(value: Json): number {
    if (typeof value === "string") return Buffer.byteLength(value);
    if (Array.isArray(value)) return value.length;
    return isObject(value) ? Object.keys(value).length : -1;
  }

  private box(value: Json): bigint {
    if (typeof value === "number") return new BigInt64Array(Float64Array.of(value).buffer)[0]!;
    if (value === null) return boxed(TAGS.null, 0, 0);
    if (typeof value === "boolean") return boxed(TAGS.boolean, 0, value ? 1 : 0);
    const tag = typeof value === "string" ? TAGS.string : Array.isArray(value) ? TAGS.array : TAGS.object;
    let place = this.places.get(value);
    if (place === undefined) {
      place = this.given.push(value) - 1;
      this.places.set(value, place);
    }
    return boxed(tag, this.lengthOf(value), place);
  }

  private unbox(value: bigint): Json {
    const bits = BigInt.asUintN(64, value);
    if ((bits & BOXED) !== BOXED) return new Float64Array(BigInt64Array.of(value).buffer)[0]!;
    const tag = (bits >> TAG_SHIFT) & 15n;
    const place = Number(bits & 0xffffffffn);
    if (tag === TAGS.boolean) return place !== 0;
    return tag === TAGS.null || tag === TAGS.error ? null : this.given[place]!;
  }

  private property(scope: bigint, name: string): bigint {
    const value = this.unbox(scope);
    if (!isObject(value)) return boxError(READ_ERRORS.notAnObject);
    return this.box(Object.hasOwn(value, name) ? value[name]! : null);
  }

  private atIndex(scope: bigint, index: number): bigint {
    const value = this.unbox(scope);
    if (!Array.isArray(value) && !isObject(value)) return boxError(READ_ERRORS.notIndexable);
    const elements = Object.values(value);
    return index < elements.length ? this.box(elements[index]!) : boxError(READ_ERRORS.indexOutOfBounds);
  }

  /** Writes a value where the container that is open wants one: of an object a name first, then its value. */
  private write(value: Json): number {
    const container = this.open.at(-1);
    if (container === undefined) {
      if (this.written !== undefined) return this.refuse("alreadyWritten");
      this.written = value;
      return WRITE_STATUS.ok;
    }
    if (container.kind === "array") {
      if (container.left === 0) return this.refuse("arrayLength");
      container.left -= 1;
      container.value.push(value);
      return WRITE_STATUS.ok;
    }
    if (container.key === null) {
      if (typeof value !== "string") return this.refuse("expectedKey");
      if (container.left === 0) return this.refuse("objectLength");
      container.left -= 1;
      container.key = value;
    } else {
      container.value[container.key] = value;
      container.key = null;
    }
    return WRITE_STATUS.ok;
  }

  private begin(container: Container): number {
    const status = this.write(container.value);
    if (status === WRITE_STATUS.ok) this.open.push(container);
    return status;
  }

  private end(kind: Container["kind"]): number {
    const container = this.open.at(-1);
    if (container?.kind !== kind) return this.refuse(kind === "object" ? "notAnObject" : "notAnArray");
    if (container.left > 0 || (container.kind === "object" && container.key !== null)) {
      return this.refuse(kind === "object" ? "objectLength" : "arrayLength");
    }
    this.open.pop();
    return WRITE_STATUS.ok;
  }

  /** The module gets the error and may ignore it; its output is not read any more. */
  private refuse(status: keyof typeof WRITE_STATUS): number {
    this.fault ??= `The output was not written as the Wasm API wants it: ${status}.`;
    return WRITE_STATUS[status];
  }
}

function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function boxed(tag: bigint, length: number, low: number): bigint {
  const bits = BOXED | (tag << TAG_SHIFT) | (BigInt(Math.min(length, MOST_LENGTH)) << LENGTH_SHIFT) | BigInt(low);
  return BigInt.asIntN(64, bits);
}

function boxError(code: number): bigint {
  return boxed(TAGS.error, 0, code);
}

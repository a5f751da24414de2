/**
 * Shopify's Wasm API, version 2 ("WebAssembly for Functions" on shopify.dev): how a Function reads its input and writes
 * its output. A value of the input is a NaN-boxed 64-bit integer: a number is itself, everything else has the quiet
 * NaN's bits set, then 4 bits of type, 14 bits of length and 32 bits of value. Each call costs; names are handed over
 * once ("interned").
 */

@external("shopify_function_v2", "shopify_function_input_get")
declare function input_get(): u64;
@external("shopify_function_v2", "shopify_function_input_get_val_len")
declare function input_get_val_len(scope: u64): u32;
@external("shopify_function_v2", "shopify_function_input_read_utf8_str")
declare function input_read_utf8_str(source: u32, into: usize, length: u32): void;
@external("shopify_function_v2", "shopify_function_input_get_obj_prop")
declare function input_get_obj_prop(scope: u64, name: usize, length: u32): u64;
@external("shopify_function_v2", "shopify_function_input_get_interned_obj_prop")
declare function input_get_interned_obj_prop(scope: u64, name: u32): u64;
@external("shopify_function_v2", "shopify_function_input_get_at_index")
declare function input_get_at_index(scope: u64, index: u32): u64;
@external("shopify_function_v2", "shopify_function_intern_utf8_str")
declare function intern_utf8_str(text: usize, length: u32): u32;
@external("shopify_function_v2", "shopify_function_output_new_bool")
declare function output_new_bool(value: u32): i32;
@external("shopify_function_v2", "shopify_function_output_new_i32")
declare function output_new_i32(value: i32): i32;
@external("shopify_function_v2", "shopify_function_output_new_utf8_str")
declare function output_new_utf8_str(text: usize, length: u32): i32;
@external("shopify_function_v2", "shopify_function_output_new_interned_utf8_str")
declare function output_new_interned_utf8_str(name: u32): i32;
@external("shopify_function_v2", "shopify_function_output_new_object")
declare function output_new_object(properties: u32): i32;
@external("shopify_function_v2", "shopify_function_output_finish_object")
declare function output_finish_object(): i32;
@external("shopify_function_v2", "shopify_function_output_new_array")
declare function output_new_array(elements: u32): i32;
@external("shopify_function_v2", "shopify_function_output_finish_array")
declare function output_finish_array(): i32;

/** A value of the input. */
export type Value = u64;

const BOXED: u64 = 0x7ffc000000000000;
const TAG_SHIFT: u64 = 46;
const BOOLEAN: u64 = 1;
const STRING: u64 = 3;
const OBJECT: u64 = 4;
const ARRAY: u64 = 5;
/** A length of 14 set bits says that the length has to be asked for. */
const LONG: u32 = 0x3fff;

function isBoxed(value: Value): bool {
  return (value & BOXED) == BOXED;
}

function hasTag(value: Value, tag: u64): bool {
  return isBoxed(value) && ((value >> TAG_SHIFT) & 15) == tag;
}

export function isTrue(value: Value): bool {
  return hasTag(value, BOOLEAN) && <u32>value != 0;
}

export function isString(value: Value): bool {
  return hasTag(value, STRING);
}

export function isObject(value: Value): bool {
  return hasTag(value, OBJECT);
}

/** A number; -1 for any other value. */
export function numberOf(value: Value): f64 {
  return isBoxed(value) ? -1 : reinterpret<f64>(value);
}

/** Bytes of a string, elements of an array. */
export function lengthOf(value: Value): i32 {
  const length = <u32>(value >> 32) & LONG;
  return <i32>(length == LONG ? input_get_val_len(value) : length);
}

/** Elements of an array; 0 for any other value. */
export function elementsOf(value: Value): i32 {
  return hasTag(value, ARRAY) ? lengthOf(value) : 0;
}

export function input(): Value {
  return input_get();
}

/** A property by its interned name: null where there is none, an error where this is no object. */
export function property(value: Value, name: u32): Value {
  return input_get_interned_obj_prop(value, name);
}

/** A property by a name that stands in memory. */
export function propertyNamed(value: Value, name: Uint8Array, start: i32, end: i32): Value {
  return input_get_obj_prop(value, name.dataStart + <usize>start, <u32>(end - start));
}

export function element(value: Value, index: i32): Value {
  return input_get_at_index(value, <u32>index);
}

/** Copies a string of a known length into memory, which must have room for it. */
export function copyString(value: Value, length: i32, into: Uint8Array, at: i32): void {
  input_read_utf8_str(<u32>value, into.dataStart + <usize>at, <u32>length);
}

/** Registers a name with the host, which knows it by this number from then on. Call it once per name. */
export function intern(name: string): u32 {
  const bytes = String.UTF8.encode(name);
  return intern_utf8_str(changetype<usize>(bytes), <u32>bytes.byteLength);
}

export function writeName(name: u32): void {
  output_new_interned_utf8_str(name);
}

export function writeBytes(bytes: Uint8Array, start: i32, end: i32): void {
  output_new_utf8_str(bytes.dataStart + <usize>start, <u32>(end - start));
}

export function writeInteger(value: i32): void {
  output_new_i32(value);
}

export function writeBoolean(value: bool): void {
  output_new_bool(value ? 1 : 0);
}

export function beginObject(properties: i32): void {
  output_new_object(<u32>properties);
}

export function endObject(): void {
  output_finish_object();
}

export function beginArray(elements: i32): void {
  output_new_array(<u32>elements);
}

export function endArray(): void {
  output_finish_array();
}

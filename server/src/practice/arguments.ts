/** Reads a command's arguments as QEMU's visitor does (qapi/qobject-input-visitor.c), with its words. */

import type { JsonObject, JsonValue } from '../qmp';
import { isJsonObject, jsonMember } from '../qmp';
import { Refusal } from './refusal';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/**
 * The members of one object, asked for in the order of QEMU's schema, then `done`: the first that is wrong is refused.
 * Floats must have been read as something that is no number.
 */
export class Arguments {
  private readonly asked = new Set<string>();

  constructor(
    private readonly object: JsonObject,
    /** Stands before the names in refusals: `limits.`. */
    private readonly prefix = '',
  ) {}

  string(name: string): string {
    const value = this.required(name);
    if (typeof value !== 'string') throw this.wrongType(name, 'string');
    return value;
  }

  any(name: string): JsonValue {
    return this.required(name);
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.take(name);
    if (value !== undefined && typeof value !== 'boolean') throw this.wrongType(name, 'boolean');
    return value;
  }

  optionalInteger(name: string): bigint | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' && typeof value !== 'bigint') throw this.wrongType(name, 'integer');
    const integer = BigInt(value);
    if (integer > INT64_MAX || integer < INT64_MIN) throw this.wrongType(name, 'integer');
    return integer;
  }

  optionalObject(name: string): Arguments | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (!isJsonObject(value)) throw this.wrongType(name, 'object');
    return new Arguments(value, `${this.prefix}${name}.`);
  }

  optionalStrings(name: string): readonly string[] {
    const value = this.take(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw this.wrongType(name, 'array');
    return value.map((item: JsonValue, index) => {
      if (typeof item !== 'string') throw this.wrongType(`${name}[${index}]`, 'string');
      return item;
    });
  }

  requiredInteger(name: string): bigint {
    this.required(name);
    return this.optionalInteger(name) ?? 0n;
  }

  optionalString(name: string): string | undefined {
    return this.take(name) === undefined ? undefined : this.string(name);
  }

  /** One of these words. */
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.string(name);
    const word = words.find(other => other === value);
    if (word === undefined) throw new Refusal(`Parameter '${name}' does not accept value '${value}'`);
    return word;
  }

  optionalOneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    return this.take(name) === undefined ? undefined : this.oneOf(name, words);
  }

  /** The name of a node. QEMU takes the description of a new one in its place; a practice VM does not. */
  node(name: string): string {
    const value = this.required(name);
    if (typeof value !== 'string') throw this.wrongType(name, 'BlockdevRef');
    return value;
  }

  /** The name of a node; null and no text say that there is none. */
  optionalNode(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') throw this.wrongType(name, 'BlockdevRefOrNull');
    return value;
  }

  /**
   * All members as the options of a command line, as device_add takes them (QEMU: qemu_opts_from_qdict): what is no
   * scalar is passed over, and so is an id that is no text.
   */
  options(): ReadonlyMap<string, string> {
    return new Map(
      Object.entries(this.object).flatMap(([name, value]): [string, string][] => {
        if (typeof value === 'object' || (name === 'id' && typeof value !== 'string')) return [];
        return [[name, typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)]];
      }),
    );
  }

  /** The objects of a list: each by its own name, `options[0].`. */
  objects(name: string): readonly Arguments[] {
    const value = this.required(name);
    if (!Array.isArray(value)) throw this.wrongType(name, 'array');
    return value.map((item: JsonValue, index) => {
      if (!isJsonObject(item)) throw this.wrongType(`${name}[${index}]`, 'object');
      return new Arguments(item, `${this.prefix}${name}[${index}].`);
    });
  }

  /** Refuses what was not asked for. */
  done(): void {
    const unexpected = Object.keys(this.object).find(name => !this.asked.has(name));
    if (unexpected !== undefined) throw new Refusal(`Parameter '${this.prefix}${unexpected}' is unexpected`);
  }

  private take(name: string): JsonValue | undefined {
    this.asked.add(name);
    return jsonMember(this.object, name);
  }

  private required(name: string): JsonValue {
    const value = this.take(name);
    if (value === undefined) throw new Refusal(`Parameter '${this.prefix}${name}' is missing`);
    return value;
  }

  private wrongType(name: string, expected: string): Refusal {
    return new Refusal(`Invalid parameter type for '${this.prefix}${name}', expected: ${expected}`);
  }
}

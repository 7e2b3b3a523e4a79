/** A schema for one kind of document, ready to check; and all schemas that stand in one folder, by root element. */

import { Compiler, type Completion } from './compile';
import { ElementChecker } from './check-element';
import { listedNames, nameKey } from './name-class';
import { PatternTable } from './pattern';
import { SiblingOrders } from './libxml2-order';
import { RngFiles, type ReadFile } from './rng-grammar';
import { leafNamed } from './throttle-grammar';
import { States, type ElementSet, type State } from './state';

/** A compiled schema. What it learns from documents is kept in it; it is shared by all documents of its kind. */
export class Schema {
  readonly states: States;
  readonly checker: ElementChecker;
  /** What the root may be. */
  readonly start: State;

  private constructor(
    /** The file that it was read from, such as `domain.rng`. */
    readonly file: string,
    files: RngFiles,
    completion: Completion,
  ) {
    const table = new PatternTable();
    const compiler = new Compiler(files, table, completion);
    this.states = new States(table);
    this.checker = new ElementChecker(this.states, new SiblingOrders(compiler));
    this.start = this.states.of(compiler.start(file));
  }

  static compile(file: string, files: RngFiles, completion: Completion): Schema {
    return new Schema(file, files, completion);
  }

  /** The `nameKey`s of the elements that a document may have as its root. */
  get roots(): readonly string[] {
    return this.start.nextElements().flatMap(element => listedNames(element.nameClass).map(nameKey));
  }

  rootCandidates(key: string): ElementSet | undefined {
    return this.start.elementsNamed(key);
  }

  /** How many patterns and states there are: bounded by the schema, however many documents are checked. */
  get size(): { readonly patterns: number; readonly states: number } {
    return { patterns: this.states.table.size, states: this.states.size };
  }
}

/** The schemas of one release of libvirt. Files are read and compiled when they are first needed. */
export class SchemaFolder {
  private readonly files: RngFiles;
  private readonly compiled = new Map<string, Schema | undefined>();
  private fileByRoot: ReadonlyMap<string, string> | undefined;
  private throttling: { readonly known: boolean | undefined } | undefined;

  /**
   * `names` are the files that stand beside each other (`domain.rng`, `domaincommon.rng`, ...); `readFile` gives the
   * text of one of them, and must always give the same.
   */
  constructor(
    private readonly names: readonly string[],
    readFile: ReadFile,
    private readonly completion: Completion = 'as-written',
  ) {
    this.files = new RngFiles(readFile);
  }

  static of(files: ReadonlyMap<string, string>, completion: Completion = 'as-written'): SchemaFolder {
    return new SchemaFolder([...files.keys()], name => files.get(name), completion);
  }

  /** The schema for documents whose root element has this name; undefined where there is none that can be used. */
  schemaFor(root: string): Schema | undefined {
    const file = this.fileFor(root);
    return file === undefined ? undefined : this.schemaIn(file);
  }

  /** The file whose documents have this root element. */
  fileFor(root: string): string | undefined {
    // The usual one is found without looking into the others, for a domain is what is mostly asked for.
    const usual = `${root}.rng`;
    if (this.names.includes(usual) && this.schemaIn(usual)?.roots.includes(root) === true) return usual;
    return this.roots().get(root);
  }

  /** All root elements that the schemas know, with the file of each. */
  roots(): ReadonlyMap<string, string> {
    if (this.fileByRoot !== undefined) return this.fileByRoot;
    const byRoot = new Map<string, string>();
    for (const file of [...this.names].sort()) {
      // Files without a start are parts of others.
      if (!file.endsWith('.rng') || !this.hasStart(file)) continue;
      for (const root of this.schemaIn(file)?.roots ?? []) {
        // Of two schemas for one root the one named after it is meant: inactiveDomain.rng is part of snapshots.
        if (!byRoot.has(root) || file === `${root}.rng`) byRoot.set(root, file);
      }
    }
    return (this.fileByRoot = byRoot);
  }

  /**
   * What is wrong with the schema files, in words. A schema that lacks a file is not used; what cannot be understood
   * further in takes anything.
   */
  get faults(): readonly string[] {
    return [...this.files.faults];
  }

  /**
   * Whether the schemas themselves know throttle groups, as those of libvirt 11.2 and later do; undefined where there is
   * no schema for domains. With `with-throttling` documents may use them all the same.
   */
  get knowsThrottling(): boolean | undefined {
    this.throttling ??= { known: this.findThrottling() };
    return this.throttling.known;
  }

  private findThrottling(): boolean | undefined {
    const file = this.fileFor('domain');
    if (file === undefined) return undefined;
    const schema = this.completion === 'as-written' ? this.schemaIn(file) : undefined;
    const written = schema ?? Schema.compile(file, this.files, 'as-written');
    return written.start
      .nextElements()
      .some(domain => leafNamed(domain.content(), 'throttlegroups') !== undefined);
  }

  /** The schema that a file holds; undefined where it can't be used. */
  schemaIn(file: string): Schema | undefined {
    if (!this.compiled.has(file)) {
      const before = this.files.faults.size;
      const schema = Schema.compile(file, this.files, this.completion);
      this.compiled.set(file, this.files.faults.size > before ? undefined : schema);
    }
    return this.compiled.get(file);
  }

  private hasStart(file: string): boolean {
    const root = this.files.root(file, '');
    return root?.name === 'element' || root?.children.some(child => child.name === 'start') === true;
  }
}

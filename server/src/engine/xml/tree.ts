/**
 * The XML tree. Nodes are immutable and know no absolute place: a parent holds where each child starts, relative
 * to its own start. So an edit re-makes the nodes on the path from the root to the edited element, and every other
 * node, before and behind, is shared with the version before. A node's place comes with it in a `Located`.
 *
 * Nodes hold no text (which would keep whole old documents alive), only names, which are interned.
 * Blank text between elements is no node; text that is more than blank, and all text of an element without child
 * elements, is.
 */

import type { SourceText, Span } from '../text';

export type XmlNode = XmlElement | XmlText | XmlCData | XmlComment | XmlProcessingInstruction | XmlDoctype;

interface NodeBase {
  /** From the node's first character to behind its last one. */
  readonly length: number;
}

/** Text as written, entities and all; decode with `decodedText`. */
export interface XmlText extends NodeBase {
  readonly kind: 'text';
}
/** `<![CDATA[...]]>`; the content is 9 characters in and, when `closed`, 3 characters from the end. */
export interface XmlCData extends NodeBase {
  readonly kind: 'cdata';
  readonly closed: boolean;
}
/** `<!--...-->`; the content is 4 characters in and, when `closed`, 3 characters from the end. */
export interface XmlComment extends NodeBase {
  readonly kind: 'comment';
  readonly closed: boolean;
}
/** `<?target ...?>`, the XML declaration too. */
export interface XmlProcessingInstruction extends NodeBase {
  readonly kind: 'processing-instruction';
  readonly target: string;
}
/** `<!DOCTYPE ...>`: skipped as a whole; nothing in it is read, loaded or expanded. */
export interface XmlDoctype extends NodeBase {
  readonly kind: 'doctype';
}

export interface XmlElement extends NodeBase {
  readonly kind: 'element';
  /** As written, with its prefix; '' for a lone `<`. */
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  /** Relative end of the open tag (behind `>` or `/>`, or where the broken tag was taken to end). */
  readonly openEnd: number;
  readonly selfClosing: boolean;
  /** Relative start of the close tag's `</`, or -1: self-closing, or not closed (then see `problems`). */
  readonly closeStart: number;
  readonly children: readonly XmlNode[];
  /** Start of each child, relative to this element's start. */
  readonly childStarts: readonly number[];
  /** Well-formedness problems of this element itself, relative to its start; not those of child elements. */
  readonly problems: readonly SyntaxProblem[];
  /** How many problems this element and everything in it have. */
  readonly problemCount: number;
}

/** All offsets relative to the start of the element. Without a value (`<a b>`), `valueStart` is -1. */
export interface XmlAttribute {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Between the quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly quote: '"' | "'" | '';
}

/** One well-formedness problem, in words that suffice to mend it. */
export interface SyntaxProblem extends Span {
  readonly message: string;
  readonly related?: readonly (Span & { readonly message: string })[];
}

export interface XmlDocument {
  readonly source: SourceText;
  /** Everything at the top: declaration, comments, elements (one in a good document). */
  readonly children: readonly XmlNode[];
  readonly childStarts: readonly number[];
  /** Problems outside of elements, absolute. */
  readonly problems: readonly SyntaxProblem[];
  readonly problemCount: number;
  /** Some broken piece was read by looking far ahead: the next edit may change it from afar, so all is read again. */
  readonly dependent: boolean;
  /** Names of all elements that lack their close tag, and perhaps of some that did in a version before. */
  readonly unclosed: ReadonlySet<string>;
}

/** An element with its place: the absolute offset of its first character. */
export interface Located<N extends XmlNode = XmlElement> {
  readonly node: N;
  readonly start: number;
  readonly parent: Located | undefined;
}

/** The only writer of document text. */

export * from './attributes';
export * from './close-tag';
export * from './disk-of-words';
export * from './elements';
export * from './filters';
export * from './format';
export * from './format-document';
export * from './groups';
export * from './limits';
export type { Layout } from './layout';
export type { Markup, Quote } from './markup';

export { formatDocument, formatRange } from './format-document';
export { formatFinishedTag, formatNewLine } from './format-typed';
export { LIBVIRT_STYLE, type FormatStyle } from './style';

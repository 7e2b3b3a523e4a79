export { formatDocument, formatRange } from './format-document';
export { LIBVIRT_STYLE, type FormatStyle } from './style';

/** The public face of QMP: other folders import from here only. */

export * from './monitor';
export * from './errors';
export * from './address';
export {
  libvirtMonitorDomain,
  pathTooLong,
  openChannel,
  type Channel,
  type ChannelOptions,
  type ChannelReceiver,
} from './channel';
export { connectQmp, QmpClient, type QmpOptions } from './client';
export { isJsonObject, jsonMember, JsonError, MAX_NESTING } from './json';
export { parseJson, type ParseOptions } from './parse-json';
export { formatJson, type FormatOptions } from './format-json';
export { Framing, OversizeError } from './framing';
export { redacted, type TranscriptEntry, type TranscriptListener } from './transcript';

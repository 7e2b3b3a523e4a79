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
export {
  formatJson,
  isJsonObject,
  jsonMember,
  JsonError,
  parseJson,
  MAX_NESTING,
  type FormatOptions,
  type ParseOptions,
} from './json';
export { Framing, OversizeError } from './framing';
export { redacted, type TranscriptEntry, type TranscriptListener } from './transcript';

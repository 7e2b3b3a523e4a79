import {
  analyze,
  desiredGroups,
  driftOf,
  sameUuid,
  SourceText,
  type DesiredGroups,
  type Drift,
  type VmState,
} from '../engine';
import { findDocuments, isFolder, readDocument, ReadText, type FoundDocument } from '../files';
import { listEverywhere, type ListedDomain, type Listing } from '../libvirt';
import { connectVm, errorWords, OFF } from '../vm';
import { shownPath } from './check/report';
import type { Arguments } from './arguments';
import { says, type Command } from './command';
import { jsonText, printable } from './printable';
import type { Terminal } from './terminal';
import { interruptible } from './vm/interrupt';
import { FORMAT_OPTION, VIRSH_OPTION } from './vm/options';
import { isJson } from './vm/show-state';

/** What of one side of a domain is not as its document says; undefined where there is no such side. */
type Side = readonly Drift[] | undefined;

/** A domain of libvirt's that a document describes. */
interface ComparedDomain {
  readonly uri: string;
  readonly name: string;
  readonly uuid: string;
  /** Undefined: it does not run. */
  readonly live: Side;
  /** Undefined: it is transient. */
  readonly config: Side;
  /** Why it could not be read. */
  readonly problem: string | undefined;
}

interface ComparedDocument {
  readonly path: string;
  readonly status: 'same' | 'differs' | 'not-found' | 'unfit' | 'failed';
  /** Why there is nothing to compare; empty where there is. */
  readonly message: string;
  readonly domains: readonly ComparedDomain[];
}

/** `domxml drift`: which domains of libvirt's are not as the documents of a folder say. */
export const driftCommand: Command = {
  syntax: {
    name: 'drift',
    summary: "Compare documents with libvirt's domains: groups, filters, iotune and which disks there are.",
    operand: { label: 'PATH', completes: 'file', least: 1, most: 'any' },
    options: [
      {
        name: '--connect',
        value: { label: 'URI', completes: 'nothing' },
        repeatable: true,
        required: true,
        summary: 'A connection of libvirt: qemu:///system, qemu+ssh://root@host/system.',
      },
      FORMAT_OPTION,
      VIRSH_OPTION,
    ],
    usageExit: 2,
    details: [
      'PATH is a document, or a folder: every *.xml below it that is a domain is compared, the rest passed over. A domain is found by its uuid, else by its name, on every connection that is given.',
      "The running VM and the persistent definition are compared each for itself, as libvirt's XML shows them: read-only, and nothing is marked. What was changed in QEMU behind libvirt's back is not seen.",
      'Exit code: 0 all are as their documents say; 1 one differs, is not found, cannot be read or is not fit to be compared; 2 a mistake in the arguments.',
    ],
  },
  run: async (given, terminal) => {
    const interrupt = interruptible(words => terminal.err(says(words)));
    try {
      const listings = await listEverywhere(given.values('--connect'), virshOf(given, interrupt.signal));
      for (const listing of listings) {
        if (listing.kind === 'failed') {
          terminal.err(says(printable(`${listing.uri}: ${errorWords(listing.error)}`)));
        }
      }
      const documents: ComparedDocument[] = [];
      for await (const found of documentsIn(given.operands)) {
        const compared = await compare(found, listings, given, interrupt.signal);
        if (compared === undefined) continue;
        documents.push(compared);
        if (!isJson(given)) terminal.out(textOf(compared));
      }
      if (isJson(given)) terminal.out(jsonText(jsonOf(listings, documents)));
      return end(documents, listings, terminal);
    } finally {
      interrupt.end();
    }
  },
};

const virshOf = (given: Arguments, signal: AbortSignal) => {
  const command = given.values('--virsh');
  return { signal, ...(command.length > 0 && { command }) };
};

async function* documentsIn(paths: readonly string[]): AsyncGenerator<FoundDocument> {
  for (const path of paths) {
    if (isFolder(path)) {
      yield* findDocuments(path);
      continue;
    }
    const read = await readDocument(path);
    yield read.kind === 'unreadable'
      ? { path, read }
      : { path, read: { kind: 'text', text: new ReadText(read.text) } };
  }
}

/** Undefined: the document is not a domain. */
async function compare(
  { path, read }: FoundDocument,
  listings: readonly Listing[],
  given: Arguments,
  signal: AbortSignal,
): Promise<ComparedDocument | undefined> {
  if (read.kind === 'unreadable') return unfit(path, `cannot be read: ${read.message}`);
  const analysis = analyze(SourceText.of(read.text.text));
  if (analysis.domain === undefined) return undefined;
  const result = desiredGroups(analysis);
  if (result.kind === 'refusal')
    return unfit(path, result.refusal.message.replace(/ Nothing was sent.*/s, ''));
  const { desired } = result;
  const { name, uuid } = desired.identity;
  if (name === undefined && uuid === undefined)
    return unfit(path, 'It has neither name nor uuid to find its domain by.');
  const found = listings.flatMap(listing =>
    listing.kind === 'failed'
      ? []
      : listing.domains.filter(isMeant(desired)).map(domain => ({ domain, uri: listing.uri })),
  );
  if (found.length === 0) {
    const message = `No domain ${uuid === undefined ? (name ?? '') : `of uuid ${uuid}`} on the connections.`;
    return { path, status: 'not-found', message, domains: [] };
  }
  const domains: ComparedDomain[] = [];
  for (const { domain, uri } of found) {
    domains.push(await compareDomain(desired, domain, uri, given, signal));
  }
  const status = domains.some(({ problem }) => problem !== undefined)
    ? 'failed'
    : domains.some(({ live = [], config = [] }) => live.length + config.length > 0)
      ? 'differs'
      : 'same';
  return { path, status, message: '', domains };
}

const unfit = (path: string, message: string): ComparedDocument => ({
  path,
  status: 'unfit',
  message,
  domains: [],
});

const isMeant =
  ({ identity: { name, uuid } }: DesiredGroups) =>
  (domain: ListedDomain): boolean =>
    uuid === undefined ? domain.name === name : sameUuid(domain.uuid, uuid);

async function compareDomain(
  desired: DesiredGroups,
  { name, uuid }: ListedDomain,
  uri: string,
  given: Arguments,
  signal: AbortSignal,
): Promise<ComparedDomain> {
  const about = { uri, name, uuid };
  const virshCommand = given.values('--virsh');
  try {
    const session = await connectVm(
      { kind: 'libvirt', domain: uuid, uri },
      { signal, ...(virshCommand.length > 0 && { virshCommand }) },
    );
    await session.close();
    const { state } = session;
    return {
      ...about,
      live: liveDrift(desired, state),
      config: configDrift(desired, state),
      problem: undefined,
    };
  } catch (error) {
    return { ...about, live: undefined, config: undefined, problem: errorWords(error) };
  }
}

const liveDrift = (desired: DesiredGroups, state: VmState): Side =>
  state.runState === OFF ? undefined : driftOf(desired, state);

const configDrift = (desired: DesiredGroups, { definition }: VmState): Side =>
  definition === undefined ? undefined : driftOf(desired, definition);

function textOf({ path, status, message, domains }: ComparedDocument): string {
  const title = printable(shownPath(path));
  if (domains.length === 0) return `${title}: ${status}: ${printable(message)}\n`;
  return domains
    .map(domain => `${title}: ${printable(`${domain.name} (${domain.uri})`)}\n${sidesText(domain)}`)
    .join('');
}

function sidesText({ live, config, problem }: ComparedDomain): string {
  if (problem !== undefined) return `  failed: ${printable(problem)}\n`;
  return `${sideText('running VM', live, 'does not run')}${sideText('persistent definition', config, 'transient')}`;
}

function sideText(title: string, side: Side, absent: string): string {
  if (side === undefined) return `  ${title}: ${absent}\n`;
  if (side.length === 0) return `  ${title}: as the document\n`;
  const lines = side.map(
    ({ object, vm, document }) =>
      `    ${printable(object)}: ${printable(vm)}; document: ${printable(document)}\n`,
  );
  return `  ${title}: ${side.length} ${side.length === 1 ? 'difference' : 'differences'}\n${lines.join('')}`;
}

const jsonOf = (listings: readonly Listing[], documents: readonly ComparedDocument[]) => ({
  connections: listings.map(listing => ({
    uri: listing.uri,
    problem: listing.kind === 'failed' ? errorWords(listing.error) : null,
  })),
  documents: documents.map(({ path, status, message, domains }) => ({
    path: shownPath(path),
    status,
    message,
    domains: domains.map(({ uri, name, uuid, live, config, problem }) => ({
      uri,
      name,
      uuid,
      live: live?.map(driftJson) ?? null,
      config: config?.map(driftJson) ?? null,
      problem: problem ?? null,
    })),
  })),
});

const driftJson = ({ object, vm, document }: Drift) => ({ object, vm, document });

function end(
  documents: readonly ComparedDocument[],
  listings: readonly Listing[],
  terminal: Terminal,
): number {
  const same = documents.filter(({ status }) => status === 'same').length;
  if (documents.length === 0) terminal.err(says('no domain among these documents'));
  else terminal.err(says(`${same} of ${documents.length} as their documents say`));
  return same === documents.length && listings.every(({ kind }) => kind === 'domains') ? 0 : 1;
}

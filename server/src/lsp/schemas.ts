/**
 * Libvirt's schemas of the session: loaded as soon as the settings are known and before the first document needs them,
 * compiled and made ready for completion in small steps, so that nobody waits.
 */

import { join } from 'node:path';
import { versionText } from '../engine';
import { isFolderWish, keepSchemas, loadSchemas, type LoadedSchemas } from '../files';
import { prepareCompletion } from '../language';
import { fetchSchemas } from '../libvirt';
import {
  SCHEMA_NOTIFICATION,
  type CommandAnswer,
  type FetchSchemasAnswer,
  type SchemaInfo,
} from '../protocol';
import { MessageType, ShowMessageNotification, type CancellationToken } from 'vscode-languageserver/node';
import { messageOf } from './guard';
import type { Session } from './session';
import { whileIdle } from './while-idle';

export class SessionSchemas {
  private loaded: LoadedSchemas = { kind: 'off' };
  private wish: string | undefined;
  /** Counts loads: a later one overtakes those before it. */
  private loads = 0;
  private told = false;

  /** `changed`: documents are judged by another schema now. */
  constructor(
    private readonly session: Session,
    private readonly changed: () => void,
  ) {}

  /** Loads what the settings want, where that is not loaded. Never rejects. */
  async follow(): Promise<void> {
    if (this.wish !== this.session.settings.schema) await this.load();
  }

  info(): SchemaInfo {
    const { loaded } = this;
    switch (loaded.kind) {
      case 'loaded': {
        const { folder, version, told } = loaded;
        const libvirt = version === undefined ? null : versionText(version);
        const origin = folder === this.fetchedFolder() ? 'fetched' : 'found';
        return { kind: 'loaded', directory: folder, libvirt, told: told ?? null, origin };
      }
      case 'off':
        return { kind: 'off' };
      case 'none':
        return { kind: 'none', looked: loaded.looked };
      case 'unusable':
        return { kind: 'unusable', directory: loaded.folder, message: loaded.message };
    }
  }

  /** From a host over ssh, into the folder that the editor gave. Only after the user asked, and in trusted workspaces. */
  async fetchFromHost(from: string, token: CancellationToken): Promise<CommandAnswer<FetchSchemasAnswer>> {
    const folder = this.fetchedFolder();
    if (!this.session.trusted) {
      return failure(
        'untrusted',
        'Schemas are fetched over ssh, which is off until the workspace is trusted.',
      );
    }
    if (folder === undefined) {
      return failure(
        'usage',
        'There is no folder to keep schemas in: give one as "storage" in the initialization options, or copy /usr/share/libvirt/schemas of the host and name the copy in the setting libvirtDomain.schema.',
      );
    }
    const stop = new AbortController();
    const cancelled = token.onCancellationRequested(() => stop.abort());
    try {
      const fetched = await fetchSchemas(from, { signal: stop.signal });
      if (fetched.kind === 'refused') return failure('refused', fetched.message);
      await keepSchemas(folder, fetched.files, fetched.host);
      await this.load();
      const used = this.loaded.kind === 'loaded' && this.loaded.folder === folder;
      return { ok: true, host: fetched.host, directory: folder, files: fetched.files.size, used };
    } catch (error) {
      return failure('document', `The schemas could not be kept in ${folder}: ${messageOf(error)}`);
    } finally {
      cancelled.dispose();
    }
  }

  /** A libvirt domain is open: where there is no schema, editors that don't show it by themselves are told once. */
  domainIsOpen(): void {
    if (this.told || this.session.client.showsSchema) return;
    const words = noticeOf(this.info());
    if (words === undefined) return;
    this.told = true;
    // A notification and not a request: there is nothing to answer, and a client may lack the request.
    void this.session.connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: words,
    });
  }

  private async load(): Promise<void> {
    const load = ++this.loads;
    const wish = (this.wish = this.session.settings.schema);
    const loaded = await this.read(wish);
    if (load !== this.loads) return;
    this.loaded = loaded;
    this.session.schema = loaded.kind === 'loaded' ? loaded.schemas : undefined;
    this.session.connection.console.info(wordsOf(this.info()));
    void this.session.connection.sendNotification(SCHEMA_NOTIFICATION, this.info());
    this.changed();
    if (loaded.kind === 'loaded') void this.prepare(loaded, load);
  }

  private async read(wish: string): Promise<LoadedSchemas> {
    const isFolder = wish !== 'auto' && wish !== 'none' && wish !== '';
    if (isFolder && !isFolderWish(wish)) {
      return {
        kind: 'unusable',
        folder: wish,
        message: 'write the whole path from / on: it would be another folder in each workspace',
      };
    }
    return loadSchemas(wish, this.fetchedFolder());
  }

  /** In the background, a few milliseconds at a time, and none while somebody types or waits for an answer. */
  private async prepare(loaded: Extract<LoadedSchemas, { kind: 'loaded' }>, load: number): Promise<void> {
    const { documents } = this.session;
    try {
      await whileIdle(
        prepareCompletion(loaded.schemas),
        () => documents.idleMillis(),
        () => load === this.loads,
      );
    } catch (error) {
      this.session.connection.console.error(`Preparing completion failed: ${messageOf(error)}`);
    }
  }

  private fetchedFolder(): string | undefined {
    const { storage } = this.session;
    return storage === undefined ? undefined : join(storage, 'schemas');
  }
}

const failure = (reason: string, message: string) => ({ ok: false, reason, message }) as const;

function wordsOf(info: SchemaInfo): string {
  switch (info.kind) {
    case 'loaded':
      return `Schema of libvirt ${info.libvirt ?? '(release unknown)'} in ${info.directory}${info.told === null ? '' : `, told by ${info.told}`}.`;
    case 'off':
      return "Documents are checked without libvirt's schema, as the settings say.";
    case 'none':
      return `No schemas of libvirt in ${info.looked.join(', ')}.`;
    case 'unusable':
      return `The schemas in ${info.directory} can't be used: ${info.message}.`;
  }
}

function noticeOf(info: SchemaInfo): string | undefined {
  switch (info.kind) {
    case 'loaded':
    case 'off':
      return undefined;
    case 'none':
      return 'Libvirt is not installed here, so documents are checked without its schema: throttling and well-formedness only. Copy /usr/share/libvirt/schemas from a libvirt host and name the copy in the setting libvirtDomain.schema, or run domxml.fetchSchemas with its ssh URI.';
    case 'unusable':
      return `${wordsOf(info)} Documents are checked without libvirt's schema. The setting is libvirtDomain.schema.`;
  }
}

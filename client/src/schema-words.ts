/** Words about the schema in use; needs no VS Code. */

import type { SchemaInfo } from '../../server/src/protocol';

/** "libvirt 11.3.0 schema": for the status item. */
export function schemaLabel(info: SchemaInfo): string {
  switch (info.kind) {
    case 'loaded':
      return info.libvirt === null ? 'libvirt schema' : `libvirt ${info.libvirt} schema`;
    case 'off':
    case 'none':
    case 'unusable':
      return 'No libvirt schema';
  }
}

/** Where it is and who says so, or why there is none. */
export function schemaTooltip(info: SchemaInfo): string {
  switch (info.kind) {
    case 'loaded': {
      const fetched = info.origin === 'fetched' ? 'fetched, ' : '';
      const told = info.told === null ? 'release unknown' : info.told;
      return `${fetched}${info.directory} (${told})`;
    }
    case 'off':
      return 'switched off by the setting libvirtDomain.schema';
    case 'none':
      return 'libvirt is not installed here: only throttling and well-formedness are checked';
    case 'unusable':
      return `${info.directory}: ${info.message}`;
  }
}

/** Whether the status item is a warning: documents are checked less than they could be, and nobody wanted that. */
export function schemaIsLacking(info: SchemaInfo): boolean {
  switch (info.kind) {
    case 'loaded':
    case 'off':
      return false;
    case 'none':
    case 'unusable':
      return true;
  }
}

/** What is told once where documents cannot be checked by a schema; undefined where there is nothing to tell. */
export function schemaNotice(info: SchemaInfo): string | undefined {
  switch (info.kind) {
    case 'loaded':
    case 'off':
      return undefined;
    case 'none':
      return "Libvirt is not installed on this machine, so documents are checked without its schema: throttling and well-formedness only. Fetch the schemas from a libvirt host over ssh, or name a folder that holds libvirt's domain.rng.";
    case 'unusable':
      return `The schemas in ${info.directory} cannot be used: ${info.message}. Documents are checked without libvirt's schema.`;
  }
}

/** Exact shapes of JSON: every key named, none more, none less. */

import assert from 'node:assert/strict';

export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'any'
  | { readonly oneOf: readonly unknown[] }
  | { readonly arrayOf: Shape }
  | { readonly nullOr: Shape }
  | { readonly mapOf: Shape }
  | { readonly object: Readonly<Record<string, Shape>> };

/** Fails with the place at which the value is not of the shape. */
export function assertShape(value: unknown, shape: Shape, at = '$'): void {
  if (shape === 'any') return;
  if (typeof shape === 'string') {
    assert.equal(typeof value, shape, `${at} is to be a ${shape}: ${JSON.stringify(value)}`);
  } else if ('oneOf' in shape) {
    assert.ok(shape.oneOf.includes(value), `${at} is ${JSON.stringify(value)}, none of what it may be`);
  } else if ('nullOr' in shape) {
    if (value !== null) assertShape(value, shape.nullOr, at);
  } else if ('arrayOf' in shape) {
    assert.ok(Array.isArray(value), `${at} is to be an array`);
    value.forEach((item, index) => assertShape(item, shape.arrayOf, `${at}[${index}]`));
  } else {
    assert.ok(
      typeof value === 'object' && value !== null && !Array.isArray(value),
      `${at} is to be an object`,
    );
    if ('mapOf' in shape) {
      for (const [key, item] of Object.entries(value)) assertShape(item, shape.mapOf, `${at}.${key}`);
      return;
    }
    assert.deepEqual(Object.keys(value).sort(), Object.keys(shape.object).sort(), `keys of ${at}`);
    const members = new Map<string, unknown>(Object.entries(value));
    for (const [key, member] of Object.entries(shape.object)) {
      assertShape(members.get(key), member, `${at}.${key}`);
    }
  }
}

const POSITION: Shape = { object: { line: 'number', character: 'number' } };
export const RANGE: Shape = { object: { start: POSITION, end: POSITION } };

/** The JSON of `check`, DESIGN 4.1. */
export const CHECK_SHAPE: Shape = {
  object: {
    schema: { nullOr: { object: { directory: 'string', libvirt: { nullOr: 'string' } } } },
    files: {
      arrayOf: {
        object: {
          path: 'string',
          status: { oneOf: ['checked', 'not-libvirt', 'unreadable'] },
          message: 'string',
          findings: {
            arrayOf: {
              object: {
                rule: 'string',
                severity: { oneOf: ['error', 'warning', 'information', 'hint'] },
                refusedBy: { oneOf: ['schema', 'libvirt', 'qemu', null] },
                message: 'string',
                range: RANGE,
                related: { arrayOf: { object: { message: 'string', range: RANGE } } },
                fixes: {
                  arrayOf: {
                    object: {
                      title: 'string',
                      safe: 'boolean',
                      edits: { arrayOf: { object: { range: RANGE, newText: 'string' } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

const TARGET: Shape = {
  object: {
    name: { nullOr: 'string' },
    uuid: { nullOr: 'string' },
    qemu: 'string',
    libvirt: { nullOr: 'string' },
    managedBy: { oneOf: ['libvirt', null] },
  },
};

const COMMANDS: Shape = { arrayOf: 'any' };

/** The JSON of `plan`, DESIGN 4.1. */
export const PLAN_SHAPE: Shape = {
  object: {
    vm: 'string',
    target: TARGET,
    hash: 'string',
    changes: 'number',
    notes: { arrayOf: 'string' },
    consequences: { arrayOf: { object: { kind: 'string', text: 'string' } } },
    steps: {
      arrayOf: {
        object: {
          kind: 'string',
          plane: { oneOf: ['live', 'config'] },
          via: { oneOf: ['qmp', 'virsh'] },
          summary: 'string',
          commands: COMMANDS,
          inverse: COMMANDS,
          sources: { arrayOf: 'any' },
        },
      },
    },
  },
};

/** The JSON of `apply`, DESIGN 4.1. */
export const APPLY_SHAPE: Shape = {
  object: {
    vm: 'string',
    target: { nullOr: TARGET },
    outcome: {
      oneOf: [
        ...['applied', 'unchanged', 'refused', 'drifted', 'cancelled'],
        ...['failed', 'rolled-back', 'partial', 'unknown'],
      ],
    },
    steps: {
      arrayOf: {
        object: {
          kind: 'string',
          summary: 'string',
          state: { oneOf: ['done', 'undone', 'skipped', 'failed', 'unknown'] },
        },
      },
    },
    state: { nullOr: { object: { groups: { mapOf: 'any' }, disks: { mapOf: 'any' } } } },
    differs: { arrayOf: { object: { object: 'string', before: 'any', now: 'any' } } },
    message: 'string',
  },
};

/** The JSON of `disks`. */
export const DISKS_SHAPE: Shape = {
  object: {
    vm: 'string',
    target: TARGET,
    runState: 'string',
    migrating: 'boolean',
    iothreads: { arrayOf: 'string' },
    disks: {
      arrayOf: {
        object: {
          alias: 'string',
          target: { nullOr: 'string' },
          qdev: 'string',
          bus: { nullOr: 'string' },
          serial: { nullOr: 'string' },
          sources: { arrayOf: 'string' },
          filters: { arrayOf: { object: { group: 'string', node: 'string' } } },
          base: { nullOr: 'string' },
          shape: { oneOf: ['plain', 'empty', 'mixed', 'unseen'] },
          readonly: 'boolean',
          thread: 'any',
          job: { nullOr: 'string' },
          iotune: { nullOr: { object: { group: { nullOr: 'string' }, limits: { mapOf: 'number' } } } },
          source: { oneOf: ['qemu', 'libvirt-live', 'libvirt-config'] },
        },
      },
    },
  },
};

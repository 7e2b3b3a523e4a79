/**
 * Who may write to a block node: what those that use it need and allow, as far as disks are concerned (QEMU: block.c,
 * bdrv_parent_perms_conflict and the bdrv_default_perms_for_... of node drivers; texts measured with QEMU 7.2).
 */

import { Refusal } from './refusal';
import type { AttachedDisk, BlockNode, PracticeState } from './state';
import { qdevOf } from './state';

type Permission = 'write' | 'resize';

const ALL: readonly Permission[] = ['write', 'resize'];

/** A user of a node. */
interface User {
  readonly words: string;
  readonly needs: readonly Permission[];
  /** What it lets the other users do. */
  readonly shares: readonly Permission[];
  readonly age: number;
}

/** Refuses what a new user of this node, or of one below it, must not do. `state` holds the new user already. */
export function checkPermissions(state: PracticeState, name: string | undefined): void {
  const node = state.nodes.get(name ?? '');
  if (node === undefined) return;
  const users = usersOf(state, node);
  for (const strict of users) {
    for (const other of users) {
      const conflict = other.needs.filter(permission => !strict.shares.includes(permission));
      if (other === strict || conflict.length === 0) continue;
      throw new Refusal(
        `Permission conflict on node '${node.name}': permissions '${conflict.join(', ')}' are both required by ` +
          `${other.words} and unshared by ${strict.words}.`,
      );
    }
  }
  if (node.readonly && users.some(({ needs }) => needs.length > 0)) {
    throw new Refusal('Block node is read-only');
  }
  checkPermissions(state, node.file);
  checkPermissions(state, node.backing);
}

/** The youngest first: QEMU puts each new parent at the head of the list. */
function usersOf(state: PracticeState, node: BlockNode): readonly User[] {
  const { name } = node;
  const users = [
    ...state.disks.filter(({ drive }) => drive === name).map(disk => deviceUser(disk, node)),
    ...[...state.nodes.values()].flatMap(parent => [
      ...(parent.file === name ? [fileUser(state, parent, name)] : []),
      ...(parent.backing === name ? [backingUser(state, parent, name)] : []),
    ]),
  ];
  return users.sort((a, b) => b.age - a.age);
}

/** A device never minds a resize; it writes to what is not read-only. */
function deviceUser(disk: AttachedDisk, { name, readonly: isReadonly }: BlockNode): User {
  return {
    words: `block device '${qdevOf(disk)}' (uses node '${name}' as 'root' child)`,
    needs: isReadonly ? [] : ['write'],
    shares: disk.shareRw ? ALL : ['resize'],
    age: disk.age,
  };
}

/** qcow2 keeps its metadata there, whoever uses it; raw and throttle hand through what their own users want. */
function fileUser(state: PracticeState, parent: BlockNode, name: string): User {
  const { age } = parent;
  const words = `node '${parent.name}' (uses node '${name}' as 'file' child)`;
  const { needs, shares } = wishes(state, parent);
  if (parent.driver !== 'qcow2') return { words, needs, shares, age };
  return { words, needs: parent.readonly ? needs : ALL, shares: [], age };
}

function backingUser(state: PracticeState, parent: BlockNode, name: string): User {
  const isShared = wishes(state, parent).shares.includes('write');
  return {
    words: `node '${parent.name}' (uses node '${name}' as 'backing' child)`,
    needs: [],
    shares: isShared ? ALL : [],
    age: parent.age,
  };
}

/** What all users of a node need and allow together. */
function wishes(state: PracticeState, node: BlockNode): Pick<User, 'needs' | 'shares'> {
  const users = usersOf(state, node);
  return {
    needs: ALL.filter(permission => users.some(({ needs }) => needs.includes(permission))),
    shares: ALL.filter(permission => users.every(({ shares }) => shares.includes(permission))),
  };
}

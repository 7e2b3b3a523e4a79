/**
 * Whether a path lies in a folder that is libvirt's alone. There an `xml` document with a root such as `<network>` or
 * `<pool>` is libvirt's; anywhere else such a root is too common a name to tell, and only the language `libvirt-domain`
 * or the command line makes it so.
 */
export const inLibvirtFolder = (path: string): boolean =>
  !path.includes('/../') && (SYSTEM_FOLDER.test(path) || USER_FOLDER.test(path));

const SYSTEM_FOLDER = /^\/(?:etc|usr\/share|var\/lib|run|var\/run)\/libvirt\//;
const USER_FOLDER = /\/\.config\/libvirt\//;

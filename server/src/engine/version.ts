/** A release such as libvirt 11.3.0, ordered by its numbers. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly micro: number;
}

/** Reads "11.3", "11.3.0" or "v11.3.0-1"; undefined where there are no two numbers. */
export function parseVersion(text: string): Version | undefined {
  const match = /^\s*v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), micro: Number(match[3] ?? 0) };
}

/** Negative when a is older than b, 0 when equal, positive when newer. */
export const compareVersions = (a: Version, b: Version): number =>
  a.major - b.major || a.minor - b.minor || a.micro - b.micro;

export const versionText = (version: Version): string => `${version.major}.${version.minor}.${version.micro}`;

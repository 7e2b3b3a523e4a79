/** Whole domains for tests of rules that look at more than one element: what is handed in stands on lines of its own. */

export interface DomainParts {
  /** Children of `<domain>` in front of the devices, indented by two blanks. */
  readonly settings?: string;
  /** Children of `<devices>`, indented by four blanks. */
  readonly devices?: string;
  readonly type?: string;
}

/** A domain with these parts; a blank first line of each is left out. */
export function domainWith({ settings = '', devices = '', type = 'kvm' }: DomainParts): string {
  const lines = (text: string): string => text.replace(/^\n/, '').replace(/\n *$/, '\n');
  return `<domain type='${type}'>\n  <name>db</name>\n${lines(settings)}  <devices>\n${lines(devices)}  </devices>\n</domain>\n`;
}

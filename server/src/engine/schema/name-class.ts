/** Name classes of RELAX NG: which names an element or attribute pattern takes. */

/** A name with its namespace; `ns` is '' for no namespace. */
export interface ExpandedName {
  readonly ns: string;
  readonly local: string;
}

export type NameClass =
  | { readonly kind: 'name'; readonly name: ExpandedName }
  | { readonly kind: 'any-name'; readonly except: NameClass | undefined }
  | { readonly kind: 'namespace'; readonly ns: string; readonly except: NameClass | undefined }
  | { readonly kind: 'choice'; readonly choices: readonly NameClass[] };

/** Whether the class takes the name (RELAX NG 6.2.1, `contains` of Clark's paper). */
export function takesName(nameClass: NameClass, name: ExpandedName): boolean {
  switch (nameClass.kind) {
    case 'name':
      return nameClass.name.local === name.local && nameClass.name.ns === name.ns;
    case 'any-name':
      return nameClass.except === undefined || !takesName(nameClass.except, name);
    case 'namespace':
      return (
        nameClass.ns === name.ns && (nameClass.except === undefined || !takesName(nameClass.except, name))
      );
    case 'choice':
      return nameClass.choices.some(choice => takesName(choice, name));
  }
}

/** The names that the class lists one by one; what it takes by wildcards is not among them. */
export function listedNames(nameClass: NameClass): readonly ExpandedName[] {
  switch (nameClass.kind) {
    case 'name':
      return [nameClass.name];
    case 'choice':
      return nameClass.choices.flatMap(listedNames);
    case 'any-name':
    case 'namespace':
      return [];
  }
}

/** A name as one string: `local`, or `{namespace}local`. Two names are equal when their keys are. */
export const nameKey = ({ ns, local }: ExpandedName): string => (ns === '' ? local : `{${ns}}${local}`);

/** The name of a key made by `nameKey`. */
export function nameOfKey(key: string): ExpandedName {
  if (!key.startsWith('{')) return { ns: '', local: key };
  const end = key.lastIndexOf('}');
  return { ns: key.slice(1, end), local: key.slice(end + 1) };
}

/** A text that is equal for equal classes. */
export function nameClassKey(nameClass: NameClass): string {
  switch (nameClass.kind) {
    case 'name':
      return nameKey(nameClass.name);
    case 'any-name':
      return `*${except(nameClass.except)}`;
    case 'namespace':
      return `{${nameClass.ns}}*${except(nameClass.except)}`;
    case 'choice':
      return nameClass.choices.map(nameClassKey).join('|');
  }
}

const except = (nameClass: NameClass | undefined): string =>
  nameClass === undefined ? '' : `-(${nameClassKey(nameClass)})`;

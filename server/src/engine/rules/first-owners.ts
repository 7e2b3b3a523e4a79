/** Lists of numbers that must not overlap: who was the first to name each number. */
export class FirstOwners<Owner> {
  private readonly owners = new Map<number, Owner>();

  /** Gives the owner those numbers that nobody has; tells the first of the others and who has it. */
  claim(
    numbers: Iterable<number>,
    owner: Owner,
  ): { readonly shared: number; readonly first: Owner } | undefined {
    let taken: { readonly shared: number; readonly first: Owner } | undefined;
    for (const number of numbers) {
      const first = this.owners.get(number);
      if (first === undefined) this.owners.set(number, owner);
      else taken ??= { shared: number, first };
    }
    return taken;
  }
}

/** QEMU's words where an object's id is not one (util/id.c: id_wellformed), else undefined. */
export const idProblem = (id: string): string | undefined =>
  /^[A-Za-z][A-Za-z0-9\-._]*$/.test(id) ? undefined : "Parameter 'id' expects an identifier";

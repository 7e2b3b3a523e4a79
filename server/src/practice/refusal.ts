/** QEMU's "no": class and text. Thrown inside a command, turned into the error reply by `converse`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    desc: string,
    readonly errorClass: 'GenericError' | 'CommandNotFound' | 'DeviceNotFound' = 'GenericError',
  ) {
    super(desc);
  }
}

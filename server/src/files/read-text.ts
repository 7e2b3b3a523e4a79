import { SourceText, parseXml, type XmlDocument } from '../engine';

/** A text that was read. It is parsed when its tree is first asked for: of many texts nobody asks. */
export class ReadText {
  private cut: SourceText | undefined;
  private parsed: XmlDocument | undefined;

  constructor(readonly text: string) {}

  get source(): SourceText {
    return (this.cut ??= SourceText.of(this.text));
  }

  get document(): XmlDocument {
    return (this.parsed ??= parseXml(this.source));
  }
}

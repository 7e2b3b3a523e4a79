import { versionText, type SourceText } from '../../engine';
import { jsonText } from '../printable';
import type { Terminal } from '../terminal';
import type { KnownFinding } from './outcomes';
import type { CheckedInput, Reporter } from './report';
import type { UsedSchema } from './schema';

/** The JSON contract of `check`: one document, lines and characters from 0 in UTF-16, as in LSP. */
export function jsonReporter(terminal: Terminal, schema: UsedSchema | undefined): Reporter {
  const files: object[] = [];
  return {
    input: checked => files.push(fileOf(checked)),
    end: () => terminal.out(jsonText({ schema: schemaOf(schema), files })),
  };
}

/** Null where documents were checked without a schema; `libvirt` null where no file tells the release. */
const schemaOf = (schema: UsedSchema | undefined): object | null =>
  schema === undefined
    ? null
    : {
        directory: schema.folder,
        libvirt: schema.version === undefined ? null : versionText(schema.version),
      };

function fileOf(checked: CheckedInput): object {
  const { path, status, message } = checked;
  const findings =
    checked.status === 'checked' ? checked.findings.map(finding => findingOf(finding, checked.source)) : [];
  return { path, status, message, findings };
}

function findingOf(finding: KnownFinding, source: SourceText): object {
  const { rule, severity, refusedBy, message, span, related, fixes } = finding;
  return {
    rule,
    severity,
    refusedBy,
    message,
    range: source.rangeOf(span),
    related: related.map(({ message, span }) => ({ message, range: source.rangeOf(span) })),
    fixes: fixes.map(({ title, safe, edits }) => ({
      title,
      safe,
      edits: edits.map(({ span, newText }) => ({ range: source.rangeOf(span), newText })),
    })),
  };
}

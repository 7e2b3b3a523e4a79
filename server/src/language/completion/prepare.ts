/**
 * Completes once in every usual place of an imagined domain, so that the first completion that somebody waits for finds
 * its offers made: snippets, and what of the schema they are made from.
 */

import {
  SourceText,
  analyze,
  childElements,
  listedNames,
  rootElement,
  skeletonOf,
  type Located,
  type SchemaFolder,
  type Validation,
} from '../../engine';
import { PLAIN_EDITOR, type EditorAbilities, type Subject } from '../subject';
import { completion } from './completion';
import { MOST_GROUPS } from './groups';

/** Goes on one place at each step, in a few milliseconds; whoever calls it lets others work between the steps. */
export function* prepareCompletion(schema: SchemaFolder): Generator<undefined, void> {
  const empty = subjectOf(`<domain type='kvm'>\n\n</domain>\n`, schema);
  yield;
  const { validation } = empty.analysis;
  if (validation === undefined) return;
  yield* makeSkeletons(validation, ['domain']);
  const devices = offered(
    subjectOf(`${EMPTY}<devices>\n\n</devices>\n</domain>\n`, schema),
    `${EMPTY}<devices>\n`.length,
  );
  yield;
  const children = offered(empty, EMPTY.length);
  yield;
  const full = subjectOf(
    `${EMPTY}${children.join('\n')}\n<devices>\n${devices.join('\n')}\n</devices>\n</domain>\n`,
    schema,
  );
  for (const subject of [full, subjectOf(THROTTLED, schema)]) {
    const root = rootElement(subject.analysis.document);
    if (root !== undefined) yield* askInside(subject, root, DEEPEST);
  }
  const tiered = subjectOf(TIERED, schema);
  for (let time = 0; time < 4; time++) yield* ask(tiered, TIERED.lastIndexOf("''") + 1);
}

const THROTTLED = `<domain type='kvm'>
  <throttlegroups>
    <throttlegroup>
      <group_name>a</group_name>
      <total_iops_sec>1</total_iops_sec>
      <read_bytes_sec>1</read_bytes_sec>
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk>
      <throttlefilters>
        <throttlefilter group='a'/>
        <throttlefilter group='b'/>
      </throttlefilters>
    </disk>
  </devices>
</domain>
`;

/** With as many groups as are offered at once: what makes their words should have run for each kind of limit. */
const TIERED = `<domain type='kvm'>
  <throttlegroups>
${Array.from(
  { length: MOST_GROUPS },
  (_, tier) => `    <throttlegroup>
      <group_name>tier${tier}</group_name>
      <${tier % 2 === 0 ? 'total' : 'read'}_iops_sec>${tier + 100}</${tier % 2 === 0 ? 'total' : 'read'}_iops_sec>
      <write_bytes_sec>${(tier + 1) * 1048576}</write_bytes_sec>
    </throttlegroup>
`,
).join('')}  </throttlegroups>
  <devices>
    <disk type='file' device='disk'>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='tier1'/>
        <throttlefilter group=''/>
      </throttlefilters>
    </disk>
  </devices>
</domain>
`;

/** Of what may stand in a domain, and of all devices. */
function* makeSkeletons({ schema }: Validation, path: readonly string[]): Generator<undefined, void> {
  const pending = schema.start.leaves('element').map(pattern => ({ pattern, path }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    skeletonOf(schema, next.pattern, next.path);
    yield;
    if (!['domain', 'devices'].includes(next.path.at(-1) ?? '')) continue;
    for (const pattern of schema.checker.contentOf(next.pattern).leaves('element')) {
      const [name] = listedNames(pattern.nameClass);
      if (name?.ns === '') pending.push({ pattern, path: [...next.path, name.local] });
    }
  }
}

const EMPTY = `<domain type='kvm'>\n`;

/** A domain, its devices, what is in them, in that, and filters. */
const DEEPEST = 4;

/** In the open tag and behind it, of the element and of those in it. */
function* askInside(subject: Subject, located: Located, depth: number): Generator<undefined, void> {
  const { node, start } = located;
  yield* ask(subject, start + 1 + node.name.length);
  const tagEnd = start + node.openEnd - (node.selfClosing ? 2 : 1);
  for (const { valueStart } of node.attributes) if (valueStart >= 0) yield* ask(subject, start + valueStart);
  yield* ask(subject, tagEnd);
  if (!node.selfClosing) yield* ask(subject, start + node.openEnd);
  if (depth > 0) for (const child of childElements(located)) yield* askInside(subject, child, depth - 1);
}

function* ask(subject: Subject, offset: number): Generator<undefined, void> {
  completion(subject, subject.analysis.source.positionAt(offset), ABILITIES);
  yield;
}

/** The elements that are offered at the place, each as text. */
function offered(subject: Subject, offset: number): readonly string[] {
  const { items } = completion(subject, subject.analysis.source.positionAt(offset), PLAIN_EDITOR);
  return items.flatMap(({ label, textEdit }) =>
    textEdit === undefined || label === 'devices' ? [] : [textEdit.newText],
  );
}

const ABILITIES: EditorAbilities = {
  ...PLAIN_EDITOR,
  snippets: true,
  keepsIndentation: true,
  markdown: true,
};

const subjectOf = (text: string, schema: SchemaFolder): Subject => ({
  uri: 'domxml:prepared',
  version: null,
  analysis: analyze(SourceText.of(text), { schema }),
});
